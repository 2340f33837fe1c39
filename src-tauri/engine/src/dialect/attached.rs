//! Who is connected to a database.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

/// Somebody's session in the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Attached {
    /// The server's number of the session; the operating system's of the process on SQLite.
    pub session: String,
    /// The user it runs as, empty on SQLite.
    pub user: String,
    /// The application it says it is, empty where the server keeps no such name.
    pub application: String,
    /// The machine it comes from; nothing where the server does not tell.
    pub host: Option<String>,
    /// Seconds for which its transaction is open, 0 without one.
    #[ts(type = "number")]
    pub open_seconds: u64,
}

/// Everybody who is connected, Rekey itself left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attendance {
    /// Their sessions.
    pub sessions: Vec<Attached>,
    /// True where the server keeps names of applications.
    pub names_applications: bool,
    /// Why there may be sessions that this user is not shown.
    pub hidden: Option<String>,
    /// What else to know before this is taken for the whole truth.
    pub caution: Option<String>,
}

impl Attendance {
    /// How many sessions there are by some name of theirs, and the longest open transaction
    /// among them in seconds.
    pub fn counted(&self, name: fn(&Attached) -> &str) -> BTreeMap<&str, (usize, u64)> {
        let mut counted: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        for session in &self.sessions {
            let (count, open) = counted.entry(name(session)).or_default();
            *count += 1;
            *open = (*open).max(session.open_seconds);
        }
        counted
    }
}
