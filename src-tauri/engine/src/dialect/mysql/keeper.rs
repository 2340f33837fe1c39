//! The session that makes and removes scratch databases, and those that are left over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_trait::async_trait;

use super::connection::{MysqlConnection, Profile};
use super::{quote, sibling};
use crate::backup::is_scratch_name;
use crate::dialect::keeper::must_be_ours;
use crate::dialect::{Access, Connection, Keeper, Leftover};
use crate::error::{Error, Result};
use crate::observer::Blocker;

/// A session on the user's database. It holds a lock of the server's that has the scratch
/// database's name, since a session has no name here by which others could know it.
pub struct Held {
    profile: Arc<Profile>,
    connection: MysqlConnection,
    made: BTreeSet<String>,
}

impl Held {
    /// Opens it.
    pub async fn open(profile: &Arc<Profile>) -> Result<Self> {
        let connection = profile.connect(Access::Write).await?;
        Ok(Held { profile: Arc::clone(profile), connection, made: BTreeSet::new() })
    }

    // While it only waits it may write nothing, as every session on the user's database.
    async fn may_write(&mut self, may: bool) -> Result<()> {
        let word = if may { "WRITE" } else { "ONLY" };
        self.connection.execute(&format!("SET SESSION TRANSACTION READ {word}")).await
    }

    async fn drop(&mut self, name: &str) -> Result<()> {
        self.may_write(true).await?;
        self.connection.execute(&statement(name)).await
    }
}

#[async_trait]
impl Keeper for Held {
    async fn create(&mut self, name: &str, settings: &BTreeMap<String, String>) -> Result<()> {
        if is_scratch_name(name) {
            self.connection.query(&format!("SELECT GET_LOCK({}, 0)", quote::literal(name))).await?;
        }
        sibling::create(&mut self.connection, name, settings).await?;
        self.made.insert(name.to_owned());
        self.may_write(false).await
    }

    async fn remove(&mut self, name: &str) -> Result<()> {
        must_be_ours(name, &self.made)?;
        let outcome = self.drop(name).await;
        if !matches!(outcome, Err(Error::ConnectionLost { .. })) {
            return outcome;
        }
        self.connection = self.profile.connect(Access::Write).await?;
        self.drop(name).await
    }

    async fn clear(&mut self, name: &str) -> Result<()> {
        must_be_ours(name, &self.made)?;
        self.may_write(true).await?;
        self.connection.execute(&statement(name)).await
    }

    fn by_hand(&self, name: &str) -> String {
        format!("{};", statement(name))
    }
}

fn statement(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS {}", quote::ident(name))
}

const THERE: &str = "SELECT CAST(s.SCHEMA_NAME AS CHAR), \
    CAST((SELECT COALESCE(SUM(t.DATA_LENGTH + t.INDEX_LENGTH), 0) FROM information_schema.TABLES t \
      WHERE t.TABLE_SCHEMA = s.SCHEMA_NAME) AS CHAR), CAST(IS_USED_LOCK(s.SCHEMA_NAME) AS CHAR) \
    FROM information_schema.SCHEMATA s WHERE s.SCHEMA_NAME LIKE 'rekey!_copy!_%' ESCAPE '!' \
    AND s.SCHEMA_NAME <> DATABASE() ORDER BY 1";

// Who may see no other sessions than its own is told the others' by the lock alone.
const SESSIONS: &str = "SELECT CAST(p.ID AS CHAR), CAST(p.USER AS CHAR), CAST(p.COMMAND AS CHAR), CAST(p.DB AS CHAR) \
    FROM information_schema.PROCESSLIST p ORDER BY p.ID";

/// The scratch databases that are there, and who is at work with them.
pub async fn leftovers(connection: &mut dyn Connection) -> Result<Vec<Leftover>> {
    let sessions = connection.query(SESSIONS).await?;
    let mut found = Vec::new();
    for row in connection.query(THERE).await? {
        let [Some(name), bytes, holder] = row.as_slice() else { continue };
        if !is_scratch_name(name) {
            continue;
        }
        let used_by = users(&sessions, name, holder.as_deref());
        let bytes = bytes.as_deref().and_then(|bytes| bytes.parse().ok()).unwrap_or_default();
        found.push(Leftover { name: name.clone(), bytes, in_use: !used_by.is_empty(), used_by });
    }
    Ok(found)
}

fn users(sessions: &[Vec<Option<String>>], name: &str, holder: Option<&str>) -> Vec<Blocker> {
    let mut found = Vec::new();
    let mut holder = holder;
    for session in sessions {
        let [Some(pid), user, state, database] = session.as_slice() else { continue };
        let keeps = holder == Some(pid.as_str());
        if keeps {
            holder = None;
        }
        if keeps || database.as_deref() == Some(name) {
            let application = if keeps { "rekey, which keeps it" } else { "" };
            found.push(blocker(pid, user.as_deref(), application, state.as_deref()));
        }
    }
    found.extend(holder.map(|pid| blocker(pid, None, "rekey, which keeps it", None)));
    found
}

fn blocker(pid: &str, user: Option<&str>, application: &str, state: Option<&str>) -> Blocker {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let state = text(state).replacen("Sleep", "idle", 1);
    Blocker { pid: pid.to_owned(), user: text(user), application: application.to_owned(), state, query: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_keeps_it_is_told_also_where_no_other_session_is_seen() {
        let row = |cells: [&str; 4]| cells.map(|cell| Some(cell.to_owned())).to_vec();
        let sessions = [row(["7", "ann", "Sleep", "shop"]), row(["8", "ann", "Query", "rekey_copy_4k2j9x0q1z"])];
        let pids = |holder| -> Vec<String> {
            users(&sessions, "rekey_copy_4k2j9x0q1z", holder).into_iter().map(|user| user.pid).collect()
        };
        assert_eq!(pids(None), ["8"]);
        assert_eq!(pids(Some("7")), ["7", "8"]);
        assert_eq!(pids(Some("99")), ["8", "99"]);
        assert!(users(&sessions, "rekey_copy_aaaaaaaaaa", None).is_empty());
    }
}
