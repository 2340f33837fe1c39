//! Runs in the local history, beside the journal inside the database.

use rekey_engine::execute::{RunRecord, RunState, StoredRun};
use rekey_engine::plan::Plan;

use crate::command::Stop;
use crate::command::session::Session;

/// Notes a run, with its plan for the report. A history that cannot be written stops nothing.
pub async fn note(session: &Session, record: &RunRecord, plan: Option<&Plan>) {
    let Some(store) = &session.store else { return };
    let mut noted = store.record(record).await;
    if let (Ok(()), Some(plan)) = (&noted, plan) {
        noted = store.keep_plan(plan).await;
    }
    if let Err(error) = noted {
        session.console.warn(&format!("the history could not be written: {error}."));
    }
}

/// The run of that id, or the newest whose state is one of `states`.
///
/// # Errors
/// A [`Stop`] where there is none.
pub fn choose<'a>(runs: &'a [StoredRun], wanted: Option<&str>, states: &[RunState]) -> Result<&'a StoredRun, Stop> {
    match wanted {
        Some(id) => runs.iter().find(|stored| stored.run == id).ok_or_else(|| unknown(id, "this database")),
        None => runs.iter().find(|stored| states.contains(&stored.state)).ok_or_else(|| {
            Stop::refused(
                "There is no finished run in this database.",
                "It was never converted by Rekey, or the run was taken back.",
                &["Look with 'rekey status'."],
            )
        }),
    }
}

/// The answer where a run is not known.
pub fn unknown(run: &str, place: &str) -> Stop {
    Stop::usage(
        &format!("No run '{run}' is known in {place}."),
        "Its id is misspelt, it belongs to another database, or it was undone.",
        &["'rekey status TARGET' lists the runs of a database."],
    )
}
