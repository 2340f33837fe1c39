//! `run`: carries out a plan.

use std::time::{Duration, Instant};

use rekey_engine::Error;
use rekey_engine::check::{self, Finding, Severity};
use rekey_engine::dialect::{Access, tell_holder};
use rekey_engine::execute::{self, Cancel, Overrides, ProofResult, RunOptions, RunRecord, SafetyNet};
use rekey_engine::observer::{Event, Observer};
use rekey_engine::plan::{Plan, verify};
use rekey_engine::report::words::{argument, count, span, thousands};
use serde_json::json;

use crate::command::args::{ProgressStyle, RunArgs};
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::safety::{self, Safety};
use crate::command::session::Session;
use crate::command::text::{blocks, columns, plain};
use crate::command::{Outcome, Stop, check as checklist, history, ticks};
use crate::target::Target;

/// How long to wait before the checklist is tried again.
const CHECKLIST_PAUSE: Duration = Duration::from_millis(500);

/// Converts a database, or leaves it as it was.
pub async fn run(session: &Session, args: &RunArgs) -> Result<Outcome, Stop> {
    let plan = safety::plan(&args.plan)?;
    if !args.yes {
        return Err(unconfirmed(&plan, &args.target));
    }
    let safety = Safety::read(&args.safety)?;
    let sign_off = ticks::read(&args.people)?;
    safety.demand(&plan)?;
    let target = session.target(&args.target).await?;
    safety.fits(target.database.as_ref())?;
    let net = SafetyNet { sign_off, ..safety.net(&plan) };
    let options = options(&new_run(), net, &safety.overrides, args.lock_wait);
    let record = carry_out(session, &target, &plan, &options).await?;
    let text = text(&record, &args.target);
    Ok(Outcome::new(&record, text))
}

/// Goes through the checklist, runs the plan and notes the run in the history.
///
/// # Errors
/// A [`Stop`] with the state of the data.
pub async fn carry_out(
    session: &Session,
    target: &Target,
    plan: &Plan,
    options: &RunOptions,
) -> Result<RunRecord, Stop> {
    let database = target.database.as_ref();
    let found = wait_for_checklist(session, target, plan, options).await?;
    let mut options = options.clone();
    options.safety_net.accept(&found);
    let options = &options;
    history::note(session, &RunRecord::beginning(database, plan, options), Some(plan)).await;
    // As JSON every line of progress names the run itself.
    if session.console.progress() == ProgressStyle::Plain {
        session.console.note(&format!("Run {} on {} begins.", options.run, plain(&database.place())));
    }
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    let printer = Printer::new(&session.console, &options.run);
    match execute::run(database, plan, options, &printer, &cancel).await {
        Ok(record) => {
            history::note(session, &record, None).await;
            Ok(record)
        }
        Err(failed) => {
            history::note(session, &failed.record, None).await;
            let text =
                if failed.record.validation.is_empty() { String::new() } else { proofs(&failed.record.validation) };
            let record = failed.record.clone();
            Err(Stop::from(failed).with(&record, text))
        }
    }
}

// A lock in the way of the checklist is waited for as one in the way of the run is.
async fn wait_for_checklist(
    session: &Session,
    target: &Target,
    plan: &Plan,
    options: &RunOptions,
) -> Result<Vec<Finding>, Stop> {
    let printer = Printer::new(&session.console, &options.run);
    let began = Instant::now();
    let mut attempt = 0;
    loop {
        let held = match checked(target, plan, options).await? {
            Ok(found) => return Ok(found),
            Err(held) => held,
        };
        let Error::Locked { blockers, .. } = held else { return Err(held.into()) };
        attempt += 1;
        printer.notice(Event::Waiting { attempt, blockers: blockers.clone() });
        let waited = began.elapsed();
        if waited >= options.lock_limit {
            return Err(Error::Locked { seconds: waited.as_secs(), blockers }.into());
        }
        tokio::time::sleep(CHECKLIST_PAUSE.min(options.lock_limit - waited)).await;
    }
}

// The same checks as 'rekey check': what they find is refused before anything is locked.
// The inner error is a lock in the way.
async fn checked(target: &Target, plan: &Plan, options: &RunOptions) -> Result<Result<Vec<Finding>, Error>, Stop> {
    let database = target.database.as_ref();
    let mut connection = match database.connect(Access::Read, &format!("rekey:{}", options.run)).await {
        Err(error) if database.is_lock_timeout(&error) => {
            return Ok(tell_holder(database, &plan.tables(), Instant::now(), Err(error)).await);
        }
        other => other?,
    };
    let now = time::OffsetDateTime::now_utc();
    let circumstances = check::Circumstances::of(&options.safety_net, &options.overrides, now);
    let found = match check::check(database, connection.as_mut(), plan, &circumstances).await {
        Err(held @ Error::Locked { .. }) => return Ok(Err(held)),
        other => other?,
    };
    let Some(stop) = checklist::blocked(&found, Severity::Ask) else { return Ok(Ok(found)) };
    // A plan that does not fit the database has an error of its own that says more.
    let schema = database.inspect(connection.as_mut()).await?;
    verify(database, &schema, plan)?;
    Err(stop.with(&json!({ "findings": found }), String::new()))
}

/// How a run is to be carried out.
pub fn options(run: &str, safety_net: SafetyNet, overrides: &Overrides, lock_wait: u64) -> RunOptions {
    RunOptions {
        run: run.to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        lock_limit: Duration::from_secs(lock_wait),
        safety_net,
        overrides: overrides.clone(),
    }
}

/// A new id for a run: ten lower-case letters and digits.
pub fn new_run() -> String {
    const LETTERS: [char; 36] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l',
        'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
    ];
    nanoid::nanoid!(10, &LETTERS)
}

fn unconfirmed(plan: &Plan, target: &str) -> Stop {
    let columns: usize = plan.conversions.iter().map(|conversion| conversion.members.len()).sum();
    let would = format!(
        "It would convert {} ({}) of the {} database {} in one transaction, with the tables locked: about {} rows.",
        count(plan.conversions.len(), "key with every reference to it", "keys with every reference to them"),
        count(columns, "column", "columns"),
        plan.engine.label(),
        plain(&plan.database),
        thousands(plan.rows)
    );
    let again = format!(
        "Stop the application, then give the command again with --yes: rekey run {} ... --yes",
        argument(&rekey_engine::redact::redact(target))
    );
    Stop::usage("Nothing was done: --yes is missing.", &would, &[&again])
}

/// A finished run, for people.
pub fn text(record: &RunRecord, target: &str) -> String {
    let target = argument(&rekey_engine::redact::redact(target));
    let steps: Vec<[String; 2]> = record.steps.iter().map(|step| [step.title.clone(), span(step.seconds)]).collect();
    blocks(&[
        format!(
            "Run {}: converted and proven.\n{} in {}",
            record.run,
            count(usize::try_from(record.ids).unwrap_or(usize::MAX), "new id", "new ids"),
            span(record.seconds)
        ),
        columns(["Step", "Time"], &steps),
        proofs(&record.validation),
        format!(
            "Report:    rekey report --run {0} --format html -o report.html\nWay back:  rekey undo {target} --run {0} --yes\nOld ids:   rekey map {target} --run {0} --format csv",
            record.run
        ),
    ])
}

/// Proofs with their outcome; what failed in full.
pub fn proofs(proofs: &[ProofResult]) -> String {
    let failed: Vec<&ProofResult> = proofs.iter().filter(|proof| !proof.passed).collect();
    if failed.is_empty() {
        return format!("{} taken, all held.", count(proofs.len(), "proof was", "proofs were"));
    }
    let told = failed.iter().map(|proof| {
        format!(
            "  {}\n      expected {}\n      found    {}",
            plain(&proof.title),
            plain(&proof.expected),
            plain(&proof.found)
        )
    });
    let head = format!("{} of {} did not hold:", failed.len(), count(proofs.len(), "proof", "proofs"));
    format!("{head}\n{}", told.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_runs_are_ten_lower_case_letters_and_digits() {
        let run = new_run();
        assert!(run.len() == 10 && run.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase()), "{run}");
        assert_ne!(run, new_run());
    }
}
