//! The runs as the database itself knows them. The truth lies there, not in local files.

use crate::dialect::{Connection, Database, Row};
use crate::error::{Error, Result};
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

/// Takes an undone run out of the journal, and the journal itself once it is empty.
pub(super) async fn remove(database: &dyn Database, connection: &mut dyn Connection, run: &str) -> Result<()> {
    let journal = database.journal();
    connection.execute_with(&journal.delete, &[Some(run.to_owned())]).await?;
    if connection.query(&journal.select).await?.is_empty() {
        for statement in &journal.remove {
            connection.execute(statement).await?;
        }
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal { detail: error.to_string() })
}
