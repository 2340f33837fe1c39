//! What a run rests on: a backup, or the typed reason for going without.

use std::path::Path;

use rekey_engine::Error;
use rekey_engine::backup::Backup;
use rekey_engine::check::{Circumstances, RehearsalAtHand};
use rekey_engine::dialect::Database;
use rekey_engine::execute::{Overrides, SafetyNet};
use rekey_engine::plan::Plan;
use rekey_engine::rehearse::Rehearsal;
use rekey_engine::report::words::moment;

use crate::command::Stop;
use crate::command::args::SafetyArgs;

/// What was said on the command line, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Safety {
    /// The backup, unchanged since it was made.
    pub backup: Option<Backup>,
    /// The typed reasons.
    pub overrides: Overrides,
}

impl Safety {
    /// Reads the flags. A reason must have content, a backup must be there.
    ///
    /// # Errors
    /// A [`Stop`] with exit code 3 for an empty reason.
    pub fn read(args: &SafetyArgs) -> Result<Safety, Stop> {
        Ok(Safety {
            backup: args.backup.as_deref().map(read).transpose()?,
            overrides: Overrides {
                no_backup: reason("--no-backup", args.no_backup.as_deref())?,
                no_rehearsal: reason("--no-rehearsal", args.no_rehearsal.as_deref())?,
            },
        })
    }

    /// Refuses where there is neither a backup nor a reason, or neither a green rehearsal of
    /// this very plan on this very backup nor a reason.
    ///
    /// # Errors
    /// A [`Stop`] with exit code 3.
    pub fn demand(&self, plan: &Plan) -> Result<(), Stop> {
        self.demand_backup()?;
        match (&self.overrides.no_rehearsal, self.rehearsal(plan)) {
            (Some(_), _) => Ok(()),
            (None, Some(rehearsal)) if rehearsal.green => Ok(()),
            (None, found) => Err(unrehearsed(self.backup.as_ref(), found.as_ref())),
        }
    }

    /// What a run of this plan rests on, for the record.
    pub fn net(&self, plan: &Plan) -> SafetyNet {
        let backup = self.backup.as_ref();
        let rehearsal = backup.and_then(|backup| Some((Rehearsal::path(backup, plan), self.rehearsal(plan)?)));
        SafetyNet::of(backup, rehearsal.as_ref().map(|(path, rehearsal)| (path.as_path(), rehearsal)))
    }

    fn rehearsal(&self, plan: &Plan) -> Option<Rehearsal> {
        Rehearsal::find(self.backup.as_ref()?, plan)
    }

    fn demand_backup(&self) -> Result<(), Stop> {
        if self.backup.is_some() || self.overrides.no_backup.is_some() {
            return Ok(());
        }
        Err(Stop::refused(
            "There is no backup, and no reason was given for going without one.",
            "Nothing is changed before there is a way back that does not depend on this database.",
            &[
                "Make one with 'rekey backup' and name it with --backup.",
                "Or go on with --no-backup and the reason in words; the report prints it.",
            ],
        ))
    }

    /// Refuses a backup of another database.
    ///
    /// # Errors
    /// A [`Stop`] with exit code 3.
    pub fn fits(&self, database: &dyn Database) -> Result<(), Stop> {
        let Some(backup) = self.backup.as_ref().filter(|backup| backup.source != database.place()) else {
            return Ok(());
        };
        Err(Stop::refused(
            &format!(
                "The backup does not belong to this run: it was made of {} on {}.",
                backup.source,
                moment(&backup.created)
            ),
            "It is a backup of another database, or the database was moved since.",
            &["Make a new one with 'rekey backup'."],
        ))
    }

    /// The same, as the checks want it: a rehearsal that failed is told too.
    pub fn circumstances(&self, plan: &Plan) -> Circumstances {
        let failed = self.rehearsal(plan).filter(|one| !one.green).map(|one| RehearsalAtHand {
            place: one.place,
            failure: Some(one.failure.unwrap_or_else(|| "it was not carried to its end.".to_owned())),
        });
        let known = Circumstances::of(&self.net(plan), &self.overrides, time::OffsetDateTime::now_utc());
        Circumstances { rehearsal: known.rehearsal.clone().or(failed), ..known }
    }
}

fn unrehearsed(backup: Option<&Backup>, found: Option<&Rehearsal>) -> Stop {
    let what = match (backup, found) {
        (None, _) => "The plan was not rehearsed, and no reason was given for going on without that.".to_owned(),
        (Some(_), None) => "This plan was not rehearsed on this backup.".to_owned(),
        (Some(_), Some(rehearsal)) => format!(
            "The rehearsal of this plan failed: {}",
            rehearsal.failure.as_deref().unwrap_or("it was not carried to its end.")
        ),
    };
    Stop::refused(
        &what,
        "Nothing is changed before the very plan went there and back on a copy of the very data.",
        &[
            "Rehearse it: rekey rehearse TARGET --plan PLAN --backup BACKUP.",
            "Or go on with --no-rehearsal and the reason in words; the report prints it.",
        ],
    )
}

/// Reads a plan file.
///
/// # Errors
/// A [`Stop`] where it cannot be read, is no plan or was edited.
pub fn plan(path: &Path) -> Result<Plan, Stop> {
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    Ok(Plan::from_json(&text)?)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    if error.kind() == std::io::ErrorKind::InvalidData {
        return Error::NotAPlan { reason: format!("'{}' is not text", path.display()) }.into();
    }
    Stop::usage(
        &format!("The plan '{}' cannot be read: {error}.", path.display()),
        "The path is misspelt, or the file may not be read by you.",
        &["Name the file that 'rekey plan -o' wrote."],
    )
}

fn reason(flag: &str, text: Option<&str>) -> Result<Option<String>, Stop> {
    match text.map(str::trim) {
        Some("") => Err(Stop::refused(
            &format!("{flag} has no reason."),
            "The reason is printed in the report, for whoever asks later.",
            &["Write in a few words why, such as \"snapshot of the disk taken at noon\"."],
        )),
        other => Ok(other.map(str::to_owned)),
    }
}

/// Reads a backup that was named by its file or by the manifest beside it, and checks that it
/// is unchanged.
///
/// # Errors
/// A [`Stop`] with exit code 3.
pub fn read(path: &Path) -> Result<Backup, Stop> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".json");
    let backup = Backup::read(path).or_else(|_| Backup::read(Path::new(&beside))).map_err(|_| {
        Stop::refused(
            &format!("'{}' is not a backup made by Rekey.", path.display()),
            "The path is misspelt, the manifest beside the backup is missing, or another tool made it.",
            &[
                "Name the file that 'rekey backup' made, or its manifest.",
                "For a backup of another tool use --no-backup and say so in the reason.",
            ],
        )
    })?;
    backup.check().map_err(|error| {
        Stop::refused(
            &format!("The backup can no longer be relied on: {error}."),
            "The file was changed, moved or deleted after it was made.",
            &["Make a new one with 'rekey backup'."],
        )
    })?;
    Ok(backup)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_must_have_content() {
        let with = |text: &str| SafetyArgs { no_backup: Some(text.to_owned()), ..SafetyArgs::default() };
        assert_eq!(Safety::read(&with("  ")).expect_err("empty").failure.exit, 3);
        let safety = Safety::read(&with(" disk snapshot ")).expect("reason");
        assert_eq!(safety.overrides.no_backup.as_deref(), Some("disk snapshot"));
        assert!(safety.demand_backup().is_ok());
        assert_eq!(Safety::default().demand_backup().expect_err("nothing").failure.exit, 3);
    }

    #[test]
    fn a_backup_must_be_there() {
        let args = SafetyArgs { backup: Some("/no/such/backup".into()), ..SafetyArgs::default() };
        assert_eq!(Safety::read(&args).expect_err("missing").failure.exit, 3);
    }
}
