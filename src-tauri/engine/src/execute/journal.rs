//! The runs as the database itself knows them. The truth lies there, not in local files.

use crate::dialect::{Connection, Database, Row, StagedJournal};
use crate::error::{Error, Result};
use crate::execute::gate::Taken;
use crate::execute::staged::Progress;
use crate::execute::{RunRecord, RunState};
use crate::plan::Plan;
use crate::schema::Catalogue;

/// One run from the journal.
#[derive(Debug, Clone)]
pub struct StoredRun {
    /// Its id.
    pub run: String,
    /// Where it stands.
    pub state: RunState,
    /// The plan it carried out.
    pub plan: Plan,
    /// The catalogue before it.
    pub before: Catalogue,
    /// What was kept of it.
    pub record: RunRecord,
}

/// All runs that the database knows of, newest first.
///
/// # Errors
/// [`Error::NotAPlan`] where another version of Rekey wrote the journal; errors of reading.
pub async fn runs(database: &dyn Database, connection: &mut dyn Connection) -> Result<Vec<StoredRun>> {
    let journal = database.journal();
    let there = connection.query(&journal.exists).await?;
    let exists = there.first().and_then(|row| row.first()).is_some_and(|value| value.as_deref() == Some("1"));
    if !exists {
        return Ok(Vec::new());
    }
    let rows = connection.query(&journal.select).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<StoredRun> {
    let [run, _fingerprint, state, _started, _version, plan, before, record] = row.as_slice() else {
        return Err(unreadable("it has other columns"));
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let before = serde_json::from_str(&text(before)).map_err(|error| unreadable(&error.to_string()))?;
    let record: RunRecord = serde_json::from_str(&text(record)).map_err(|error| unreadable(&error.to_string()))?;
    let state = RunState::from_word(&text(state)).ok_or_else(|| unreadable("its state is unknown"))?;
    Ok(StoredRun { run: text(run), state, plan: Plan::from_json(&text(plan))?, before, record })
}

fn unreadable(reason: &str) -> Error {
    Error::NotAPlan { reason: format!("the journal in the database was written by another version: {reason}") }
}

/// Writes a run that is about to be committed. `create` statements were sent before.
pub(super) async fn insert(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    before: &Catalogue,
    record: &RunRecord,
) -> Result<()> {
    let values = [
        record.run.clone(),
        plan.fingerprint.clone(),
        record.state.word().to_owned(),
        record.tool_version.clone(),
        record.started.clone(),
        plan.to_json(),
        json(before)?,
        json(record)?,
    ];
    connection.execute_with(&database.journal().insert, &values.map(Some)).await
}

/// Takes an undone run out of the journal, and the journal itself once it is empty and no map
/// stays for Redis.
pub(super) async fn remove(database: &dyn Database, connection: &mut dyn Connection, run: &str) -> Result<()> {
    let journal = database.journal();
    connection.execute_with(&journal.delete, &[Some(run.to_owned())]).await?;
    let held = crate::redis::is_held(database, connection).await?;
    if !held && connection.query(&journal.select).await?.is_empty() {
        for statement in &journal.remove {
            connection.execute(statement).await?;
        }
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal { detail: error.to_string() })
}

/// Notes how far a run came.
pub(super) async fn note(
    database: &dyn Database,
    connection: &mut dyn Connection,
    run: &str,
    progress: &Progress,
) -> Result<()> {
    let values = [json(progress)?, run.to_owned()].map(Some);
    connection.execute_with(&staged(database)?.note, &values).await
}

/// Forgets how far the conversion came, before its undo begins.
pub(super) async fn forget_progress(database: &dyn Database, connection: &mut dyn Connection, run: &str) -> Result<()> {
    let staged = staged(database)?;
    for statement in [&staged.note, &staged.take] {
        connection.execute_with(statement, &[None, Some(run.to_owned())]).await?;
    }
    Ok(())
}

/// Notes what the proofs said before anything was built.
pub(super) async fn note_taken(
    database: &dyn Database,
    connection: &mut dyn Connection,
    run: &str,
    taken: &Taken,
) -> Result<()> {
    let values = [json(taken)?, run.to_owned()].map(Some);
    connection.execute_with(&staged(database)?.take, &values).await
}

/// How far a run came and, where they were asked already, what the proofs said.
pub(super) async fn progress(
    database: &dyn Database,
    connection: &mut dyn Connection,
    run: &str,
) -> Result<(Progress, Option<Taken>)> {
    let rows = connection.query(&staged(database)?.read).await?;
    let found = rows.into_iter().find(|row| row.first().is_some_and(|id| id.as_deref() == Some(run)));
    let mut values = found.unwrap_or_default().into_iter().skip(1);
    let progress = values.next().flatten().map_or_else(|| Ok(Progress::default()), |text| serde_json::from_str(&text));
    let taken = values.next().flatten().map(|text| serde_json::from_str(&text)).transpose();
    let unreadable = |error: serde_json::Error| unreadable(&error.to_string());
    Ok((progress.map_err(unreadable)?, taken.map_err(unreadable)?))
}

/// How far a run came that stopped on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The step that was about to be done, in plain words.
    pub doing: Option<String>,
    /// Steps that are done.
    pub done: usize,
    /// All steps of that way.
    pub of: usize,
    /// True where it is being taken back already, which is then the only way.
    pub taking_back: bool,
}

/// How far a run came that stopped on the way, where DDL is no part of a transaction.
///
/// # Errors
/// When the journal cannot be read.
pub async fn standing(
    database: &dyn Database,
    connection: &mut dyn Connection,
    stored: &StoredRun,
) -> Result<Standing> {
    let (progress, _) = progress(database, connection, &stored.run).await?;
    let blueprint = &stored.plan.blueprint;
    let steps = if stored.state == RunState::Undoing { &blueprint.undo } else { &blueprint.steps };
    let title = |id: &String| steps.iter().find(|step| step.id == *id).map_or(id, |step| &step.title).clone();
    let done = |step: &&crate::plan::Step| progress.done.iter().any(|done| done.id == step.id);
    Ok(Standing {
        doing: progress.doing.as_ref().map(title),
        done: steps.iter().filter(done).count(),
        of: steps.len(),
        taking_back: progress.taking_back.is_some(),
    })
}

/// Sets state and record of a run.
pub(super) async fn update(database: &dyn Database, connection: &mut dyn Connection, record: &RunRecord) -> Result<()> {
    let values = [record.state.word().to_owned(), json(record)?, record.run.clone()].map(Some);
    connection.execute_with(&database.journal().update, &values).await
}

fn staged(database: &dyn Database) -> Result<StagedJournal> {
    let missing = || Error::Internal { detail: "the journal of this product knows no steps".to_owned() };
    database.journal().staged.ok_or_else(missing)
}
