//! What a run rests on, as its record keeps it for the report.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::backup::Backup;
use crate::check::{Finding, Severity, SignOff};
use crate::rehearse::{Indexes, Rehearsal, Timing, Window};

/// What a run rests on, and who began it with which warnings in view.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SafetyNet {
    /// The backup's file.
    pub backup: Option<String>,
    /// More of the backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub backup_details: Option<BackupDetails>,
    /// The green rehearsal of the same plan on that backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rehearsal: Option<Rehearsed>,
    /// Who began the run: the account and the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub started_by: Option<String>,
    /// What the checklist warned of when the run began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Finding>>")]
    pub accepted: Vec<Finding>,
    /// What people vouched for, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sign_off: Option<SignOff>,
}

/// What the report says of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BackupDetails {
    /// When it was made, RFC 3339 in UTC.
    pub created: String,
    /// The program that wrote it, with its version.
    pub client: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// How to restore it by hand, line by line.
    pub restore: Vec<String>,
}

/// What the report says of a rehearsal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Rehearsed {
    /// The file that tells it.
    pub path: String,
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// How long the conversion of the copy took.
    pub seconds: f64,
    /// How long its undo took.
    pub undo_seconds: f64,
    /// What was to be reckoned with.
    pub window: Option<Window>,
    /// How fast the usual questions were answered on the copy, before and after.
    #[serde(default)]
    pub timings: Vec<Timing>,
    /// The indexes of the converted tables, before and after.
    #[serde(default)]
    pub indexes: Indexes,
}

impl SafetyNet {
    /// Notes what there is. A rehearsal that is not green holds nothing and is left out.
    pub fn of(backup: Option<&Backup>, rehearsal: Option<(&Path, &Rehearsal)>) -> SafetyNet {
        SafetyNet {
            backup: backup.map(|backup| backup.path.clone()),
            backup_details: backup.map(BackupDetails::of),
            rehearsal: rehearsal.filter(|(_, one)| one.green).map(|(path, one)| Rehearsed::of(path, one)),
            started_by: Some(account()),
            accepted: Vec::new(),
            sign_off: None,
        }
    }

    /// Notes what the checklist warned of, for the report says who went on all the same.
    pub fn accept(&mut self, findings: &[Finding]) {
        self.accepted = findings.iter().filter(|finding| finding.severity == Severity::Warn).cloned().collect();
    }
}

impl BackupDetails {
    fn of(backup: &Backup) -> Self {
        BackupDetails {
            created: backup.created.clone(),
            client: backup.client.clone(),
            bytes: backup.bytes,
            sha256: backup.sha256.clone(),
            restore: backup.restore.clone(),
        }
    }
}

impl Rehearsed {
    fn of(path: &Path, rehearsal: &Rehearsal) -> Self {
        Rehearsed {
            path: path.display().to_string(),
            started: rehearsal.started.clone(),
            seconds: rehearsal.seconds,
            undo_seconds: rehearsal.undo_seconds,
            window: rehearsal.window,
            timings: rehearsal.timings.clone(),
            indexes: rehearsal.indexes.clone(),
        }
    }
}

// As the system knows the person; nobody is asked to log in to Rekey.
fn account() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let name = named.filter(|name| !name.is_empty()).unwrap_or_else(|| "somebody".to_owned());
    format!("{name} on {}", crate::purpose::host())
}
