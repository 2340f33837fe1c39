//! `status` and `resume`: the runs of a database and where they stand.

use rekey_engine::Error;
use rekey_engine::dialect::Database;
use rekey_engine::execute::{RunRecord, RunState, runs};
use rekey_engine::redis::{NoteState, notes};
use rekey_engine::report::words::{moment, span};
use serde::Serialize;

use crate::command::args::RunOfTarget;
use crate::command::session::Session;
use crate::command::text::{blocks, columns};
use crate::command::{Outcome, Stop, history};

/// Where a run is known from that the database's own journal has.
const DATABASE: &str = "database";

/// A run in the list.
#[derive(Debug, Clone, Serialize)]
struct Row {
    run: String,
    state: RunState,
    started: String,
    finished: Option<String>,
    undone: Option<String>,
    seconds: f64,
    ids: u64,
    plan_fingerprint: String,
    tool_version: String,
    /// `database` where its journal has the run, else `history`.
    known_from: &'static str,
}

/// Another Rekey that is at work.
#[derive(Debug, Clone, Serialize)]
struct AtWork {
    run: String,
    host: String,
    process: String,
}

/// Ids of a run in one Redis.
#[derive(Debug, Clone, Serialize)]
struct InRedis {
    run: String,
    server: String,
    state: NoteState,
    rewritten: u64,
}

/// The answer of `status`.
#[derive(Debug, Clone, Serialize)]
struct Status {
    place: String,
    state: &'static str,
    sentence: String,
    at_work: Option<AtWork>,
    runs: Vec<Row>,
    redis: Vec<InRedis>,
}

/// Shows the runs of a database.
pub async fn status(session: &Session, args: &RunOfTarget) -> Result<Outcome, Stop> {
    let status = look(session, args).await?;
    let text = text(&status);
    Ok(Outcome::new(&status, text))
}

/// Says where things stand, where there is nothing to resume.
pub async fn nothing_to_resume(session: &Session, args: &RunOfTarget, staged: bool) -> Result<Outcome, Stop> {
    let mut status = look(session, args).await?;
    let why = if staged {
        "no run stopped on the way"
    } else {
        "on this server a run is one transaction, complete or not there at all"
    };
    status.sentence = format!("There is nothing to resume: {why}. {}", status.sentence);
    let text = text(&status);
    Ok(Outcome::new(&status, text))
}

async fn look(session: &Session, args: &RunOfTarget) -> Result<Status, Stop> {
    let (target, mut connection) = session.reader(&args.target).await?;
    let database = target.database.as_ref();
    let mut rows: Vec<Row> = runs(database, connection.as_mut())
        .await?
        .iter()
        .map(|stored| row(&RunRecord { state: stored.state, ..stored.record.clone() }, DATABASE))
        .collect();
    let at_work = remembered(session, database, &mut rows).await?;
    rows.sort_by(|a, b| b.started.cmp(&a.started));
    if let Some(wanted) = &args.run {
        rows.retain(|row| row.run == *wanted);
        if rows.is_empty() {
            return Err(history::unknown(wanted, "this database"));
        }
    }
    let redis: Vec<InRedis> = notes(database, connection.as_mut())
        .await?
        .into_iter()
        .filter(|note| args.run.as_ref().is_none_or(|wanted| *wanted == note.run))
        .map(|note| InRedis { rewritten: note.counts.rewritten, run: note.run, server: note.server, state: note.state })
        .collect();
    let (state, mut sentence) = summary(&rows, at_work.as_ref());
    for pending in redis.iter().filter_map(|one| pending(one, &rows)) {
        sentence.push(' ');
        sentence.push_str(&pending);
    }
    Ok(Status { place: database.place(), state, sentence, at_work, runs: rows, redis })
}

// What is still to be done in Redis: the database is at rest all the same.
fn pending(one: &InRedis, rows: &[Row]) -> Option<String> {
    let InRedis { run, server, state, .. } = one;
    let stands = rows.iter().any(|row| row.run == *run && matches!(row.state, RunState::Converted | RunState::Kept));
    match state {
        NoteState::Rewriting if stands => Some(format!(
            "Redis is pending: on {server} the rewriting of run {run} has begun and not ended. Give 'rekey redis rewrite' again to go on, or 'rekey redis undo'."
        )),
        NoteState::Rewriting | NoteState::Rewritten if !stands => Some(format!(
            "Redis is pending: ids of run {run} still stand on {server}. 'rekey redis undo' brings the old ones back."
        )),
        NoteState::Undoing => Some(format!(
            "Redis is pending: on {server} the way back of run {run} has begun and not ended. Give 'rekey redis undo' again."
        )),
        NoteState::Rewriting | NoteState::Rewritten | NoteState::Undone => None,
    }
}

// What the journal no longer has, or never had, stands in the local history only. A run
// that began and is in no journal left no trace, unless it is still at work: the lock tells.
async fn remembered(session: &Session, database: &dyn Database, rows: &mut Vec<Row>) -> Result<Option<AtWork>, Stop> {
    let past = match &session.store {
        Some(store) => store.runs().await?,
        None => Vec::new(),
    };
    let place = database.place();
    let unknown: Vec<RunRecord> = past
        .into_iter()
        .filter(|record| record.place == place && !rows.iter().any(|row| row.run == record.run))
        .collect();
    let at_work = match database.run_lock("status").await {
        Ok(lock) => {
            lock.release().await;
            None
        }
        Err(Error::AnotherRunner { run, host, process }) => Some(AtWork { run, host, process }),
        // A user who may only read can have no lock, and no run of theirs is at work.
        Err(_) => None,
    };
    for mut record in unknown {
        match (record.state, &at_work) {
            (RunState::Started, None) => {
                record.state = RunState::RolledBack;
                record.failure = Some(
                    "The run ended without saying so; the database holds no trace of it and is as before.".to_owned(),
                );
                history::note(session, &record, None).await;
            }
            // The journal of the database is the truth: what it does not have does not stand.
            (RunState::Converted | RunState::Kept, _) => continue,
            (RunState::Started, Some(_)) | (RunState::RolledBack | RunState::Undone | RunState::Undoing, _) => {}
        }
        rows.push(row(&record, "history"));
    }
    Ok(at_work)
}

fn row(record: &RunRecord, known_from: &'static str) -> Row {
    Row {
        run: record.run.clone(),
        state: record.state,
        started: record.started.clone(),
        finished: record.finished.clone(),
        undone: record.undone.clone(),
        seconds: record.seconds,
        ids: record.ids,
        plan_fingerprint: record.plan_fingerprint.clone(),
        tool_version: record.tool_version.clone(),
        known_from,
    }
}

fn summary(rows: &[Row], at_work: Option<&AtWork>) -> (&'static str, String) {
    if let Some(other) = at_work {
        let sentence = format!("Run {} is at work on {}, process {}.", other.run, other.host, other.process);
        return ("running", sentence);
    }
    // What stands in the database counts before what was tried last.
    let halfway = |row: &&Row| matches!(row.state, RunState::Started | RunState::Undoing) && row.known_from == DATABASE;
    let standing = rows.iter().find(|row| matches!(row.state, RunState::Converted | RunState::Kept));
    let standing = rows.iter().find(halfway).or(standing);
    match standing.or(rows.first()) {
        None => ("unconverted", "No run of Rekey is known for this database.".to_owned()),
        Some(row) => (row.state.word(), sentence(row)),
    }
}

fn sentence(row: &Row) -> String {
    let run = &row.run;
    match row.state {
        RunState::Converted => format!("Run {run} is complete and proven; it can be undone or kept."),
        RunState::Kept => format!("Run {run} is complete for good."),
        RunState::Undone => format!("Run {run} was undone: the integer keys are in place."),
        RunState::RolledBack => format!("Run {run} did not succeed; the database is as it was before it."),
        RunState::Started => format!(
            "Run {run} has begun and not yet ended. 'rekey resume' takes it to its end, 'rekey undo' takes it back."
        ),
        RunState::Undoing => {
            format!("The undo of run {run} has begun and not yet ended. 'rekey resume' takes it to its end.")
        }
    }
}

fn text(status: &Status) -> String {
    let rows: Vec<[String; 5]> = status
        .runs
        .iter()
        .map(|row| {
            [
                row.run.clone(),
                row.state.word().replace('_', " "),
                moment(&row.started),
                span(row.seconds),
                row.known_from.to_owned(),
            ]
        })
        .collect();
    let table =
        if rows.is_empty() { String::new() } else { columns(["Run", "State", "Began", "Took", "Known from"], &rows) };
    blocks(&[status.sentence.clone(), table])
}
