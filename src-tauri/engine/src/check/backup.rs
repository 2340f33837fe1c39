//! Is there a backup, or a typed reason for going without?

use crate::check::{Circumstances, Finding, Severity};

pub(super) fn check(circumstances: &Circumstances) -> Option<Finding> {
    if let Some(backup) = &circumstances.backup {
        return Some(Finding::new(
            Severity::Info,
            "RK-002",
            "backup",
            format!("The run rests on the backup {backup}."),
            "Keep it until you are sure of the new keys.",
        ));
    }
    Some(match &circumstances.no_backup {
        Some(reason) => Finding::new(
            Severity::Warn,
            "RK-002",
            "backup",
            format!("There is no backup of Rekey's. The reason given: {reason}"),
            "Undo works through the map; a backup also helps where the whole server is lost.",
        ),
        None => Finding::new(
            Severity::Ask,
            "RK-002",
            "backup",
            "There is no backup yet. Nothing is changed before there is one, or a reason why not.",
            "Make one, or go on with --no-backup and the reason.",
        ),
    })
}
