//! What the journal is told by a script, so that Rekey knows of the run that it never saw.

use crate::application::export::Script;
use crate::application::export::script::Notes;
use crate::dialect::{Database, Journal};
use crate::error::{Error, Result};
use crate::execute::{Overrides, RunOptions, RunRecord, RunState, SafetyNet};
use crate::schema::Schema;

// Stands for the moment at which the script runs, which is not known when it is written.
const NOW: &str = "0000-00-00T00:00:00Z";

/// What is told on both ways.
pub(super) struct Both {
    pub forward: Notes,
    pub back: Notes,
}

/// The statements of the journal. `first` where it is empty now, so that the way back may remove it.
pub(super) fn journal(
    database: &dyn Database,
    schema: &Schema,
    script: &Script,
    tool_version: &str,
    first: bool,
) -> Result<Both> {
    let journal = database.journal();
    let why = "the plan was exported and carried out by another program";
    let options = RunOptions {
        run: script.run.clone(),
        tool_version: tool_version.to_owned(),
        lock_limit: std::time::Duration::ZERO,
        safety_net: SafetyNet::default(),
        overrides: Overrides { no_backup: Some(why.to_owned()), no_rehearsal: Some(why.to_owned()) },
    };
    let mut record = RunRecord::beginning(database, &script.plan, &options);
    record.server_version.clone_from(&schema.server_version);
    record.started = NOW.to_owned();
    let text = |value: &str| database.literal(value);
    let timed = |value: &str| format!("replace({}, '{NOW}', {})", text(value), script.client.now);
    let told = |record: &RunRecord| Ok::<_, Error>(timed(&json(record)?));
    let run = text(&script.run);
    let begun = told(&record)?;
    record.state = RunState::Converted;
    record.finished = Some(NOW.to_owned());
    let done = told(&record)?;
    let staged = !database.capabilities().transactional_ddl;
    let state = if staged { RunState::Started } else { RunState::Converted };
    let insert = Journal::filled(
        &journal.insert,
        &[
            run.clone(),
            text(&script.plan.fingerprint),
            text(state.word()),
            text(tool_version),
            script.client.now.to_owned(),
            text(&json(&script.plan)?),
            text(&json(&schema.catalogue)?),
            if staged { begun } else { done.clone() },
        ],
    );
    let update = |state: RunState, record: &str| {
        Journal::filled(&journal.update, &[text(state.word()), record.to_owned(), run.clone()])
    };
    let mut create = journal.create.clone();
    create.push(insert);
    let mut remove = vec![Journal::filled(&journal.delete, std::slice::from_ref(&run))];
    remove.extend(journal.remove.iter().filter(|_| first).cloned());
    Ok(if staged {
        Both {
            forward: Notes { start: create, end: vec![update(RunState::Converted, &done)] },
            back: Notes { start: vec![update(RunState::Undoing, &done)], end: remove },
        }
    } else {
        Both { forward: Notes { start: Vec::new(), end: create }, back: Notes { start: Vec::new(), end: remove } }
    })
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal { detail: error.to_string() })
}
