//! What was rewritten where, kept beside the journal in the database with the map: the undo
//! finds its rules there.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use ts_rs::TS;

use super::domain::Domains;
use super::rule::Written;
use super::tally::Counts;
use crate::dialect::{Connection, Database};
use crate::error::{Error, Result};
use crate::plan::Plan;

/// How far the rewriting on one server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NoteState {
    /// Begun, and not known to have ended.
    Rewriting,
    /// A pass found nothing left.
    Rewritten,
    /// Going back, and not known to have ended.
    Undoing,
    /// The old ids are in place again.
    Undone,
}

/// What was done for a run on one server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The run.
    #[serde(skip)]
    pub run: String,
    /// The server and its database, without login.
    #[serde(skip)]
    pub server: String,
    /// How far it is.
    pub state: NoteState,
    /// Every rule that was ever given for this server, in the order in which they were.
    pub rules: Vec<Written>,
    /// What was done in all.
    pub counts: Counts,
    /// When it was begun, RFC 3339 in UTC.
    pub started: String,
    /// Version of Rekey.
    pub tool_version: String,
    /// The domains of the run, once the run itself was taken back and copies of its maps stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Held>,
}

/// A domain whose map stays for Redis alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Root and members, as rules name them.
    pub columns: Vec<String>,
    /// True where the old ids are whole numbers.
    pub numbers: bool,
}

impl Note {
    /// The note of a rewrite that is about to begin.
    pub fn new(run: &str, server: &str) -> Note {
        let now = OffsetDateTime::now_utc();
        Note {
            run: run.to_owned(),
            server: server.to_owned(),
            state: NoteState::Rewriting,
            rules: Vec::new(),
            counts: Counts::default(),
            started: now.replace_nanosecond(0).unwrap_or(now).format(&Rfc3339).unwrap_or_default(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            held: Vec::new(),
        }
    }
}

/// All notes of a database, the oldest first.
///
/// # Errors
/// When they cannot be read.
pub async fn notes(database: &dyn Database, connection: &mut dyn Connection) -> Result<Vec<Note>> {
    let journal = database.journal().redis;
    let there = connection.query(&journal.exists).await?;
    if there.first().and_then(|row| row.first()).is_none_or(|value| value.as_deref() != Some("1")) {
        return Ok(Vec::new());
    }
    let rows = connection.query(&journal.select).await?;
    rows.into_iter()
        .map(|row| {
            let [Some(run), Some(server), Some(note)] = row.as_slice() else {
                return Err(unreadable("it has other columns"));
            };
            let note: Note = serde_json::from_str(note).map_err(|error| unreadable(&error.to_string()))?;
            Ok(Note { run: run.clone(), server: server.clone(), ..note })
        })
        .collect()
}

fn unreadable(reason: &str) -> Error {
    Error::NotAPlan {
        reason: format!("what is noted of Redis in the database was written by another version: {reason}"),
    }
}

/// Writes a note in place of an earlier one about the same run and server.
///
/// # Errors
/// When the database refuses.
pub async fn put(database: &dyn Database, connection: &mut dyn Connection, note: &Note) -> Result<()> {
    let journal = database.journal().redis;
    let known = notes(database, connection).await?;
    for statement in &journal.create {
        connection.execute(statement).await?;
    }
    let text = serde_json::to_string(note).map_err(|error| Error::Internal { detail: error.to_string() })?;
    let (run, server) = (note.run.clone(), note.server.clone());
    if known.iter().any(|known| known.run == run && known.server == server) {
        return connection.execute_with(&journal.update, &[text, run, server].map(Some)).await;
    }
    connection.execute_with(&journal.insert, &[run, server, text].map(Some)).await
}

/// Before the maps of a run go: keeps copies of them where ids of the run still stand in Redis,
/// those of rows included that were written since. Good to be sent again.
///
/// # Errors
/// When the database refuses.
pub async fn hold(database: &dyn Database, connection: &mut dyn Connection, run: &str, plan: &Plan) -> Result<()> {
    // What is held has its copies, and the maps themselves may be gone by now.
    let standing = |note: &Note| note.run == run && note.state != NoteState::Undone && note.held.is_empty();
    let notes: Vec<Note> = notes(database, connection).await?.into_iter().filter(standing).collect();
    if notes.is_empty() {
        return Ok(());
    }
    for (number, conversion) in plan.conversions.iter().enumerate() {
        let map = database.map_table(&plan.schema_fingerprint, &plan.conversions, number);
        let statement = format!(
            "CREATE TABLE IF NOT EXISTS {} AS SELECT {} AS old_id, {} AS new_id FROM {map} m",
            database.redis_map(run, number),
            database.id_text("m.old_id"),
            database.uuid_text(conversion.storage, "m.new_id")
        );
        connection.execute(&statement).await?;
    }
    let held = Domains::of(database, plan).held();
    for note in notes {
        put(database, connection, &Note { held: held.clone(), ..note }).await?;
    }
    Ok(())
}

/// True where maps stay for Redis, and with them the journal.
///
/// # Errors
/// When the notes cannot be read.
pub async fn is_held(database: &dyn Database, connection: &mut dyn Connection) -> Result<bool> {
    Ok(notes(database, connection).await?.iter().any(|note| !note.held.is_empty()))
}

/// Once all servers of a run have their old ids back: removes the maps that stayed for them, and
/// the journal itself where nothing else is in it.
///
/// # Errors
/// When the database refuses.
pub async fn let_go(database: &dyn Database, connection: &mut dyn Connection, run: &str) -> Result<()> {
    let notes = notes(database, connection).await?;
    let own: Vec<&Note> = notes.iter().filter(|note| note.run == run).collect();
    let Some(held) = own.iter().map(|note| note.held.len()).max().filter(|held| *held > 0) else { return Ok(()) };
    if own.iter().any(|note| note.state != NoteState::Undone) {
        return Ok(());
    }
    for number in 0..held {
        connection.execute(&format!("DROP TABLE IF EXISTS {}", database.redis_map(run, number))).await?;
    }
    let journal = database.journal();
    connection.execute_with(&journal.redis.delete, &[Some(run.to_owned())]).await?;
    if !is_held(database, connection).await? && connection.query(&journal.select).await?.is_empty() {
        for statement in &journal.remove {
            connection.execute(statement).await?;
        }
    }
    Ok(())
}
