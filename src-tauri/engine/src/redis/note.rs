//! What was rewritten where, kept beside the journal in the database with the map: the undo
//! finds its rules there.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use ts_rs::TS;

use super::domain::{Direction, Domains};
use super::rule::{Kind, Written};
use super::tally::Counts;
use crate::dialect::{Connection, Database};
use crate::error::{Error, Result};
use crate::plan::{Conversion, Plan};

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
    /// New ids that the last way back found and that the map did not know: of rows, perhaps, that
    /// were written since, which get their old ids when the database is taken back.
    #[serde(default, skip_serializing_if = "is_none")]
    pub left: u64,
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
            left: 0,
            held: Vec::new(),
        }
    }

    /// Takes rules among its own. Keys that one rewrite left alone another one may have rewritten,
    /// so the way back leaves alone what every rewrite did.
    pub fn add(&mut self, rules: &[Written]) {
        let first = self.rules.is_empty();
        self.rules.retain(|known| known.kind != Kind::Leave || rules.contains(known));
        for rule in rules {
            if !self.rules.contains(rule) && (first || rule.kind != Kind::Leave) {
                self.rules.push(rule.clone());
            }
        }
    }

    /// Says that passes went to their end that way, and how many ids they did not know.
    pub fn end(&mut self, direction: Direction, unmapped: u64) {
        (self.state, self.left) = match direction {
            Direction::Forward => (NoteState::Rewritten, 0),
            // With the maps that stay, nobody will ever know more.
            Direction::Back => (NoteState::Undone, if self.held.is_empty() { unmapped } else { 0 }),
        };
    }

    // True where new ids of the run stand in Redis, or may.
    fn stands(&self) -> bool {
        self.state != NoteState::Undone || self.left > 0
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference on")]
fn is_none(left: &u64) -> bool {
    *left == 0
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

/// The statements that write notes.
pub fn statements(database: &dyn Database) -> Vec<String> {
    let journal = database.journal().redis;
    journal.create.into_iter().chain([journal.insert, journal.update]).collect()
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
    let notes = standing(database, connection, run).await?;
    if notes.is_empty() {
        return Ok(());
    }
    for statement in copies(database, run, plan) {
        connection.execute(&statement).await?;
    }
    let held = Domains::of(database, plan).held();
    for note in notes {
        let state = if note.state == NoteState::Undone { NoteState::Undoing } else { note.state };
        put(database, connection, &Note { state, held: held.clone(), ..note }).await?;
    }
    Ok(())
}

/// What [`hold`] would send, for the preview of an undo; nothing where no ids stand in Redis.
///
/// # Errors
/// When the notes cannot be read.
pub async fn held_by(
    database: &dyn Database,
    connection: &mut dyn Connection,
    run: &str,
    plan: &Plan,
) -> Result<Vec<String>> {
    if standing(database, connection, run).await?.is_empty() {
        return Ok(Vec::new());
    }
    let mut statements = copies(database, run, plan);
    statements.push(database.journal().redis.update);
    Ok(statements)
}

// What is held has its copies, and the maps themselves may be gone by now.
async fn standing(database: &dyn Database, connection: &mut dyn Connection, run: &str) -> Result<Vec<Note>> {
    let notes = notes(database, connection).await?.into_iter();
    Ok(notes.filter(|note| note.run == run && note.stands() && note.held.is_empty()).collect())
}

fn copies(database: &dyn Database, run: &str, plan: &Plan) -> Vec<String> {
    let copy = |(number, conversion): (usize, &Conversion)| {
        let map = database.map_table(&plan.schema_fingerprint, &plan.conversions, number);
        let (copy, old, new) = (database.redis_map(run, number), database.quote("old_id"), database.quote("new_id"));
        [
            format!("DROP TABLE IF EXISTS {copy}"),
            database.make_redis_map(run, number),
            format!(
                "INSERT INTO {copy} ({old}, {new}) SELECT {}, {} FROM {map} m ORDER BY m.new_id",
                database.id_text("m.old_id"),
                database.uuid_text(conversion.storage, "m.new_id")
            ),
        ]
    };
    plan.conversions.iter().enumerate().flat_map(copy).collect()
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
    // Whoever is stopped in between begins anew; where each statement is final by itself, a map that
    // nobody knows of any more is better than a note of one that is gone.
    let whole = database.capabilities().transactional_ddl;
    if whole {
        connection.execute("BEGIN").await?;
    }
    let journal = database.journal();
    connection.execute_with(&journal.redis.delete, &[Some(run.to_owned())]).await?;
    crate::failpoint::reached("redis.letting_go");
    for number in 0..held {
        connection.execute(&format!("DROP TABLE IF EXISTS {}", database.redis_map(run, number))).await?;
    }
    if !is_held(database, connection).await? && connection.query(&journal.select).await?.is_empty() {
        for statement in &journal.remove {
            connection.execute(statement).await?;
        }
    }
    if whole { connection.execute("COMMIT").await } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(kind: Kind, text: &str) -> Written {
        Written { kind, text: text.to_owned() }
    }

    #[test]
    fn the_way_back_leaves_alone_what_every_rewrite_did() {
        let mut note = Note::new("4k2j9x0q1z", "redis://h:6379/0");
        let (users, carts) = (rule(Kind::Names, "u:{a.b.c}"), rule(Kind::Names, "c:{a.b.c}"));
        let (always, once, late) = (rule(Kind::Leave, "x:*"), rule(Kind::Leave, "c:*"), rule(Kind::Leave, "u:*"));
        note.add(&[users.clone(), always.clone(), once]);
        note.add(&[carts.clone(), users.clone(), always.clone(), late]);
        assert_eq!(note.rules, [users, always, carts]);
    }

    #[test]
    fn ids_that_the_map_did_not_know_wait_for_the_database() {
        let mut note = Note::new("4k2j9x0q1z", "redis://h:6379/0");
        note.end(Direction::Forward, 3);
        assert!(note.stands() && note.left == 0);
        note.end(Direction::Back, 2);
        assert!(note.stands());
        note.held = vec![Held { columns: Vec::new(), numbers: true }];
        note.end(Direction::Back, 2);
        assert!(!note.stands(), "the maps that stay know of all rows");
    }
}
