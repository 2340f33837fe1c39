//! What the checks need to know beside the plan: what the run will rest on.

use std::path::PathBuf;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{ExpectedRevision, SignOff};
use crate::execute::{Overrides, SafetyNet};

/// What the checks need to know beside the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// The backup the run will rest on.
    pub backup: Option<BackupAtHand>,
    /// The typed reason for going without one.
    pub no_backup: Option<String>,
    /// The rehearsal of the plan on that backup.
    pub rehearsal: Option<RehearsalAtHand>,
    /// The typed reason for going without one.
    pub no_rehearsal: Option<String>,
    /// The folder with the client programs, where the user named one.
    pub programs: Option<PathBuf>,
    /// What people vouch for, where it was asked for.
    pub sign_off: Option<SignOff>,
    /// Where migration tools are expected to be.
    pub expected: Vec<ExpectedRevision>,
}

/// A backup that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupAtHand {
    /// Its file.
    pub path: String,
    /// How old it is; none where its moment cannot be read.
    pub age: Option<Duration>,
}

/// A rehearsal that there was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsalAtHand {
    /// The file that tells it, or where its copy was.
    pub place: String,
    /// What went wrong, where it is not green.
    pub failure: Option<String>,
}

impl Circumstances {
    /// What a run's record says that it rests on.
    pub fn of(net: &SafetyNet, overrides: &Overrides, now: OffsetDateTime) -> Circumstances {
        let created = net.backup_details.as_ref().map(|details| details.created.as_str());
        let rehearsal = net.rehearsal.as_ref();
        Circumstances {
            backup: net.backup.as_ref().map(|path| BackupAtHand::of(path, created.unwrap_or_default(), now)),
            no_backup: overrides.no_backup.clone(),
            rehearsal: rehearsal.map(|one| RehearsalAtHand { place: one.path.clone(), failure: None }),
            no_rehearsal: overrides.no_rehearsal.clone(),
            programs: None,
            sign_off: net.sign_off.clone(),
            expected: Vec::new(),
        }
    }
}

impl BackupAtHand {
    /// A backup that was made at that moment, in RFC 3339.
    pub fn of(path: &str, created: &str, now: OffsetDateTime) -> BackupAtHand {
        let made = OffsetDateTime::parse(created, &Rfc3339).ok();
        // A clock that was set back makes a backup of the future, which is new.
        let age = made.map(|made| (now - made).try_into().unwrap_or_default());
        BackupAtHand { path: path.to_owned(), age }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_follows_from_the_moment_it_was_made() {
        let now = time::macros::datetime!(2026-11-21 12:00 UTC);
        let age = |created: &str| BackupAtHand::of("/a", created, now).age;
        assert_eq!(age("2026-11-21T10:30:00Z"), Some(Duration::from_secs(5_400)));
        assert_eq!(age("2026-11-21T13:00:00+02:00"), Some(Duration::from_secs(3_600)));
        assert_eq!(age("2026-11-21T12:30:00Z"), Some(Duration::ZERO));
        assert_eq!(age("some day"), None);
    }
}
