//! What a run rested on, and by what its success is measured.

use serde::Serialize;

use crate::check::SignOff;
use crate::check::manual::Profile;
use crate::execute::{RunRecord, RunState};
use crate::report::Totals;
use crate::report::words::{moment, span, thousands};

/// One measure of success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// True where it was met.
    pub met: bool,
    /// What is asked for, and what was found.
    pub text: String,
}

/// The measures, in order of weight; none where nothing was converted.
pub fn criteria(record: &RunRecord, totals: Totals) -> Vec<Criterion> {
    if !matches!(record.state, RunState::Converted | RunState::Kept) {
        return Vec::new();
    }
    let net = &record.safety_net;
    let mut found = vec![
        criterion(
            totals.proofs > 0 && totals.proofs_passed == totals.proofs,
            format!(
                "Every row, every reference and the whole catalogue are proven: {} of {} proofs held.",
                totals.proofs_passed, totals.proofs
            ),
        ),
        match &net.backup {
            Some(_) => {
                criterion(true, "There is a backup that was restored and compared with the database.".to_owned())
            }
            None => criterion(false, "There is no backup of Rekey's that was restored and compared.".to_owned()),
        },
    ];
    found.extend(rehearsed(record));
    // Where nobody is hurt, what is open is no measure.
    let asked = net.sign_off.as_ref().filter(|sign_off| sign_off.profile > Profile::Development);
    found.extend(asked.map(signed));
    found
}

fn signed(sign_off: &SignOff) -> Criterion {
    let open = sign_off.open();
    let text = match open.as_slice() {
        [] => "Everything that people were to vouch for is signed.".to_owned(),
        open => format!("Not everything that people were to vouch for is signed: {}.", open.join(", ")),
    };
    criterion(open.is_empty(), text)
}

fn rehearsed(record: &RunRecord) -> Vec<Criterion> {
    let Some(rehearsal) = &record.safety_net.rehearsal else {
        return vec![criterion(false, "The plan was not rehearsed on a copy.".to_owned())];
    };
    let mut found = vec![criterion(
        true,
        format!(
            "The same plan was rehearsed on a copy: there in {}, back in {}.",
            span(rehearsal.seconds),
            span(rehearsal.undo_seconds)
        ),
    )];
    if let Some(window) = rehearsal.window {
        found.push(criterion(
            record.seconds <= window.high_seconds,
            format!(
                "The run took {}; {} to {} were to be reckoned with.",
                span(record.seconds),
                span(window.low_seconds),
                span(window.high_seconds)
            ),
        ));
    }
    found
}

fn criterion(met: bool, text: String) -> Criterion {
    Criterion { met, text }
}

/// Backup, rehearsal and their overrides, as pairs of name and value.
pub fn facts(record: &RunRecord) -> Vec<(&'static str, String)> {
    let net = &record.safety_net;
    let typed = |reason: &str| format!("none; the reason given: “{reason}”");
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    facts.extend(net.started_by.as_ref().map(|name| ("Begun by", name.clone())));
    facts.extend(net.backup.as_ref().map(|path| ("Backup", path.clone())));
    if let Some(details) = &net.backup_details {
        let made = format!(
            "{} by {}, {} bytes, restored or read again and compared",
            moment(&details.created),
            details.client,
            thousands(details.bytes)
        );
        facts.push(("Backup made", made));
        facts.push(("Backup SHA-256", details.sha256.clone()));
    }
    facts.extend(record.overrides.no_backup.as_deref().map(|reason| ("Backup", typed(reason))));
    if let Some(rehearsal) = &net.rehearsal {
        let told = format!(
            "{}: there in {}, back in {}",
            moment(&rehearsal.started),
            span(rehearsal.seconds),
            span(rehearsal.undo_seconds)
        );
        facts.push(("Rehearsal", told));
    }
    facts.extend(record.overrides.no_rehearsal.as_deref().map(|reason| ("Rehearsal", typed(reason))));
    facts
}

/// How to restore the backup by hand; none where there is none.
pub fn restore(record: &RunRecord) -> Vec<String> {
    record.safety_net.backup_details.as_ref().map(|details| details.restore.clone()).unwrap_or_default()
}
