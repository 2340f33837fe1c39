//! Whether the services have left the database: by the sessions that the server shows.

use std::time::{Duration, Instant};

use regex::Regex;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Services, Trouble};
use crate::dialect::{Access, Attached, Attendance, Database};
use crate::execute::Cancel;

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(250);
/// How many sessions are told one by one.
const SHOWN: usize = 100;

/// By what a session is known; all that is given must fit, and `*` stands for anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// The application that it says it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// The user that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The machine that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Yes,
    No,
    Unknown,
}

impl Sign {
    pub(super) fn look_over(&self) -> Result<(), String> {
        match (&self.application, &self.user, &self.host) {
            (None, None, None) => Err("one of application, user and host must be named".to_owned()),
            _ => Ok(()),
        }
    }

    fn fits(&self, session: &Attached, attendance: &Attendance) -> Fit {
        let application = attendance.names_applications.then_some(session.application.as_str());
        let all = [
            (&self.application, application),
            (&self.user, Some(session.user.as_str())),
            (&self.host, session.host.as_deref()),
        ];
        let mut fit = Fit::Yes;
        for (wanted, found) in all {
            match (wanted, found) {
                (None, _) => {}
                (Some(_), None) => fit = Fit::Unknown,
                (Some(wanted), Some(found)) if like(wanted, found) => {}
                (Some(_), Some(_)) => return Fit::No,
            }
        }
        fit
    }
}

fn like(wanted: &str, found: &str) -> bool {
    let parts: Vec<String> = wanted.split('*').map(regex::escape).collect();
    Regex::new(&format!("(?s)^{}$", parts.join(".*"))).is_ok_and(|pattern| pattern.is_match(found))
}

/// Whether services are stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Standing {
    /// None of them is connected.
    Stopped,
    /// Some still are.
    Running,
    /// It cannot be told.
    Unclear,
}

/// Who is connected, and whether it is them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Presence {
    /// Whether they are stopped.
    pub standing: Standing,
    /// Their sessions, the first hundred.
    pub theirs: Vec<Attached>,
    /// Sessions that are not theirs, the first hundred.
    pub others: Vec<Attached>,
    /// Why it cannot be told, where it cannot.
    pub unclear: Option<String>,
    /// What else to know.
    pub caution: Option<String>,
    /// How long it was waited for them to leave.
    #[ts(type = "number")]
    pub seconds: u64,
}

/// Looks who is connected until none of them is, for as long as `patience` says.
///
/// # Errors
/// [`Trouble::Cancelled`], and [`Trouble::Database`] where it cannot be asked.
pub async fn wait_until_stopped(
    services: &Services,
    database: &dyn Database,
    patience: Duration,
    cancel: &Cancel,
) -> Result<Presence, Trouble> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let begun = Instant::now();
    loop {
        let attendance = database.attendance(connection.as_mut()).await?;
        let mut presence = judged(&services.sessions, attendance);
        presence.seconds = begun.elapsed().as_secs();
        if presence.standing != Standing::Running || begun.elapsed() >= patience {
            return Ok(presence);
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = cancel.cancelled() => return Err(Trouble::Cancelled),
        }
    }
}

fn judged(signs: &[Sign], attendance: Attendance) -> Presence {
    let fit = |session: &Attached| {
        let fits: Vec<Fit> = signs.iter().map(|sign| sign.fits(session, &attendance)).collect();
        match () {
            () if signs.is_empty() || fits.contains(&Fit::Yes) => Fit::Yes,
            () if fits.contains(&Fit::Unknown) => Fit::Unknown,
            () => Fit::No,
        }
    };
    let fits: Vec<Fit> = attendance.sessions.iter().map(fit).collect();
    let of = |wanted: bool| {
        let both = attendance.sessions.iter().zip(&fits);
        both.filter(|(_, fit)| (**fit == Fit::Yes) == wanted).map(|(session, _)| session.clone()).take(SHOWN).collect()
    };
    let (theirs, others): (Vec<Attached>, Vec<Attached>) = (of(true), of(false));
    let nameless = !attendance.names_applications && signs.iter().any(|sign| sign.application.is_some());
    let unclear = if nameless {
        Some("This server keeps no names of applications: name user or host under \"sessions\".".to_owned())
    } else if fits.contains(&Fit::Unknown) {
        Some("The server does not tell this user where some sessions come from; the right to see that is missing (pg_monitor on PostgreSQL).".to_owned())
    } else {
        attendance.hidden.clone()
    };
    let standing = match (&unclear, theirs.is_empty()) {
        (_, false) => Standing::Running,
        (Some(_), true) => Standing::Unclear,
        (None, true) => Standing::Stopped,
    };
    Presence { standing, theirs, others, unclear, caution: attendance.caution, seconds: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(user: &str, application: &str, host: Option<&str>) -> Attached {
        Attached {
            session: "1".to_owned(),
            user: user.to_owned(),
            application: application.to_owned(),
            host: host.map(str::to_owned),
            open_seconds: 0,
        }
    }

    fn sign(application: Option<&str>, user: Option<&str>, host: Option<&str>) -> Sign {
        Sign {
            application: application.map(str::to_owned),
            user: user.map(str::to_owned),
            host: host.map(str::to_owned),
        }
    }

    fn standing(signs: &[Sign], sessions: Vec<Attached>, names_applications: bool, hidden: Option<&str>) -> Standing {
        let hidden = hidden.map(str::to_owned);
        judged(signs, Attendance { sessions, names_applications, hidden, caution: None }).standing
    }

    #[test]
    fn all_that_a_sign_names_must_fit() {
        let gunicorn = [sign(Some("gunicorn*"), Some("vibes"), None)];
        let at = |application, user| standing(&gunicorn, vec![session(user, application, Some("local"))], true, None);
        assert_eq!(at("gunicorn: worker [app]", "vibes"), Standing::Running);
        assert_eq!(at("gunicorn", "other"), Standing::Stopped);
        assert_eq!(at("my gunicorn", "vibes"), Standing::Stopped);
        assert!(like("a.c*", "a.c\nd") && !like("a.c", "abc"));
    }

    #[test]
    fn without_signs_everybody_counts() {
        assert_eq!(standing(&[], vec![session("ann", "psql", None)], true, None), Standing::Running);
        assert_eq!(standing(&[], Vec::new(), true, None), Standing::Stopped);
    }

    #[test]
    fn what_is_not_told_is_never_taken_for_stopped() {
        let host = [sign(None, None, Some("10.0.0.5"))];
        assert_eq!(standing(&host, vec![session("ann", "", None)], true, None), Standing::Unclear);
        let application = [sign(Some("celery"), None, None)];
        assert_eq!(standing(&application, Vec::new(), false, None), Standing::Unclear);
        assert_eq!(standing(&[], Vec::new(), true, Some("not told")), Standing::Unclear);
        assert_eq!(standing(&[], vec![session("ann", "", None)], true, Some("not told")), Standing::Running);
    }
}
