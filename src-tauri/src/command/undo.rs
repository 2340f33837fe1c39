//! `undo`: takes a finished run back through its map.

use rekey_engine::dialect::Access;
use rekey_engine::execute::{self, Cancel, RunRecord, RunState, StoredRun, runs};
use rekey_engine::redact;
use rekey_engine::redis;
use rekey_engine::report::words::{argument, span};
use serde_json::json;

use crate::command::args::ConsentArgs;
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::redis::sent;
use crate::command::session::Session;
use crate::command::text::{blocks, columns};
use crate::command::{Outcome, Stop, history, run};
use crate::target::Target;

/// Brings the integers back.
pub async fn undo(session: &Session, args: &ConsentArgs) -> Result<Outcome, Stop> {
    let (target, stored) =
        of_state(session, args, &[RunState::Started, RunState::Undoing, RunState::Converted]).await?;
    if !args.yes {
        let stop = unconfirmed(
            args,
            &format!(
                "It would take back run {}: every key and reference gets its old integer, rows written since get fresh ones, and the map goes.",
                stored.run
            ),
            "undo",
        );
        return Err(preview(&target, &stored, stop).await?);
    }
    let options = run::options(&stored.run, stored.record.safety_net.clone(), &stored.record.overrides, args.lock_wait);
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    let printer = Printer::new(&session.console, &stored.run);
    let database = target.database.as_ref();
    let outcome = match stored.state {
        RunState::Started => execute::abandon(database, &stored, &options, &printer, &cancel).await,
        RunState::Undoing => execute::resume(database, &stored, &options, &printer, &cancel).await,
        RunState::Converted | RunState::RolledBack | RunState::Undone | RunState::Kept => {
            execute::undo(database, &stored, &options, &printer, &cancel).await
        }
    };
    match outcome {
        Ok(record) => {
            history::note(session, &record, Some(&stored.plan)).await;
            tell_of_redis(session, &target, &stored.run).await;
            let text = text(&record);
            Ok(Outcome::new(&record, text))
        }
        Err(failed) => {
            let text = if failed.record.undo_validation.is_empty() {
                String::new()
            } else {
                run::proofs(&failed.record.undo_validation)
            };
            let record = failed.record.clone();
            Err(Stop::from(failed).with(&record, text))
        }
    }
}

// The plan shows the statements of every undo; what is shown here depends on where ids stand.
async fn preview(target: &Target, stored: &StoredRun, stop: Stop) -> Result<Stop, Stop> {
    let database = target.database.as_ref();
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let statements = redis::held_by(database, connection.as_mut(), &stored.run, &stored.plan).await?;
    if statements.is_empty() {
        return Ok(stop);
    }
    let head = "Ids of the run still stand in Redis. Before the maps go, copies of them stay for 'rekey redis undo', besides what the plan shows:";
    Ok(stop.with(&json!({ "run": stored.run, "statements": statements }), sent(head, &statements)))
}

// Redis is never part of a run; its way back stays open.
async fn tell_of_redis(session: &Session, target: &Target, run: &str) {
    let database = target.database.as_ref();
    let Ok(mut connection) = database.connect(Access::Read, "rekey").await else { return };
    let notes = redis::notes(database, connection.as_mut()).await.unwrap_or_default();
    for note in notes.iter().filter(|note| note.run == run && !note.held.is_empty()) {
        session.console.warn(&format!(
            "{} still holds the new ids of run {run}. Its map stays in the database until 'rekey redis undo' has \
             brought the old ones back there.",
            note.server
        ));
    }
}

/// An undone run, for people.
pub fn text(record: &RunRecord) -> String {
    if record.state != RunState::Undone {
        return format!("Run {}: taken back. It is {} now.", record.run, record.state.word().replace('_', " "));
    }
    let steps: Vec<[String; 2]> =
        record.undo_steps.iter().map(|step| [step.title.clone(), span(step.seconds)]).collect();
    blocks(&[
        format!("Run {}: undone and proven. The integer keys are in place again.", record.run),
        columns(["Step", "Time"], &steps),
        run::proofs(&record.undo_validation),
    ])
}

/// The finished run that a command is about, and its database.
///
/// # Errors
/// A [`Stop`] where there is none, or it was made final.
pub async fn finished(session: &Session, args: &ConsentArgs) -> Result<(Target, StoredRun), Stop> {
    of_state(session, args, &[RunState::Converted]).await
}

async fn of_state(session: &Session, args: &ConsentArgs, states: &[RunState]) -> Result<(Target, StoredRun), Stop> {
    let target = session.target(&args.of.target).await?;
    let mut connection = target.database.connect(Access::Read, "rekey").await?;
    let known = runs(target.database.as_ref(), connection.as_mut()).await?;
    let stored = history::choose(&known, args.of.run.as_deref(), states)?.clone();
    if !states.contains(&stored.state) {
        return Err(Stop::refused(
            &format!("Run {} is {}.", stored.run, stored.state.word().replace('_', " ")),
            "Only a finished run whose map is still there can be undone or kept.",
            &["Look with 'rekey status'."],
        ));
    }
    Ok((target, stored))
}

/// The answer where `--yes` is missing.
pub fn unconfirmed(args: &ConsentArgs, would: &str, verb: &str) -> Stop {
    let target = argument(&redact::redact(&args.of.target));
    Stop::usage(
        "Nothing was done: --yes is missing.",
        would,
        &[&format!("Stop the application, then give the command again with --yes: rekey {verb} {target} --yes")],
    )
}
