//! Is there a backup, and is it new enough? Or a typed reason for going without?

use std::time::Duration;

use super::manual::Profile;
use super::{BackupAtHand, Circumstances, Finding, Looked, Severity};

/// How old it may be where nobody said what the database is there for.
const OLDEST: Duration = Duration::from_hours(7 * 24);

/// What the circumstances say of a backup.
pub(super) fn look(circumstances: &Circumstances) -> Looked {
    let finding = |severity, meaning: String, remedy: &str| Finding::new(severity, "RK-002", "backup", meaning, remedy);
    match (&circumstances.backup, &circumstances.no_backup) {
        (Some(backup), _) => there(backup, circumstances.sign_off.as_ref().map(|sign_off| sign_off.profile)),
        (None, Some(reason)) => Looked::found(
            "none, for a reason that was given",
            vec![finding(
                Severity::Warn,
                format!("There is no backup of Rekey's. The reason given: {reason}"),
                "Undo works through the map; a backup also helps where the whole server is lost.",
            )],
        ),
        (None, None) => Looked::found(
            "none",
            vec![finding(
                Severity::Ask,
                "There is no backup yet. Nothing is changed before there is one, or a reason why not.".to_owned(),
                "Make one, or go on with --no-backup and the reason.",
            )],
        ),
    }
}

fn there(backup: &BackupAtHand, profile: Option<Profile>) -> Looked {
    let Some(age) = backup.age else {
        let meaning = format!("The run rests on the backup {}. How old it is cannot be read.", backup.path);
        return said(Severity::Warn, backup.path.clone(), meaning, "Make a new one: rekey backup.");
    };
    let oldest = profile.map_or(OLDEST, Profile::oldest_backup);
    let measured = format!("{}, {} old", backup.path, span(age));
    let rests = format!("The run rests on the backup {}, which is {} old.", backup.path, span(age));
    if age <= oldest {
        return said(Severity::Info, measured, rests, "Keep it until you are sure of the new keys.");
    }
    let meaning = format!(
        "{rests} That is more than {}, and what was written since is in no backup: where the whole server is lost, it is lost too.",
        span(oldest)
    );
    said(Severity::Warn, measured, meaning, "Make a new backup shortly before the run, and rehearse on that one.")
}

fn said(severity: Severity, measured: String, meaning: String, remedy: &str) -> Looked {
    Looked::found(measured, vec![Finding::new(severity, "RK-002", "backup", meaning, remedy)])
}

// The two largest units tell enough.
fn span(age: Duration) -> String {
    let minutes = age.as_secs() / 60;
    let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let count = |number: u64, one: &str, many: &str| {
        crate::report::words::count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
    };
    match (days, hours, rest) {
        (0, 0, 0) => "less than a minute".to_owned(),
        (0, 0, minutes) => count(minutes, "minute", "minutes"),
        (0, hours, _) => count(hours, "hour", "hours"),
        (days, 0, _) => count(days, "day", "days"),
        (days, hours, _) => format!("{} and {}", count(days, "day", "days"), count(hours, "hour", "hours")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Arrangements, Name, Outcome, SignOff};

    fn outcome(hours: u64, profile: Option<Profile>) -> Outcome {
        let backup = BackupAtHand { path: "/a".to_owned(), age: Some(Duration::from_hours(hours)) };
        let sign_off = profile.map(|profile| SignOff::of(profile, &Default::default(), Arrangements::default()));
        let circumstances = Circumstances { backup: Some(backup), sign_off, ..Circumstances::default() };
        look(&circumstances).on_list(Name::Backup).outcome
    }

    #[test]
    fn what_is_too_old_depends_on_what_the_database_is_there_for() {
        assert_eq!(outcome(23, Some(Profile::Production)), Outcome::Passed);
        assert_eq!(outcome(25, Some(Profile::Production)), Outcome::Warning);
        assert_eq!(outcome(25, Some(Profile::Staging)), Outcome::Passed);
        assert_eq!(outcome(7 * 24, None), Outcome::Passed);
        assert_eq!(outcome(7 * 24 + 1, None), Outcome::Warning);
    }

    #[test]
    fn an_age_is_told_in_its_two_largest_units() {
        for (minutes, told) in [
            (0, "less than a minute"),
            (1, "1 minute"),
            (130, "2 hours"),
            (1_440, "1 day"),
            (4_400, "3 days and 1 hour"),
        ] {
            assert_eq!(span(Duration::from_secs(minutes * 60 + 5)), told);
        }
    }
}
