//! The way back, through the map.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::dialect::Database;
use crate::error::{DataState, Error, Result};
use crate::execute::gate::{self, Direction};
use crate::execute::run::{Stop, conclude, failed, lock_step, now, pass, prove, rows, take_proofs};
use crate::execute::session::Session;
use crate::execute::staged::Course;
use crate::execute::{Cancel, RunFailure, RunOptions, RunRecord, RunState, StoredRun, journal};
use crate::observer::Observer;
use crate::plan::{Action, Step};
use crate::redis;

/// Takes a finished run back. Rows written since keep their place and get fresh integers.
///
/// `options.run` is the id of the run to take back.
///
/// # Errors
/// [`RunFailure`]; the conversion then still stands.
pub async fn undo(
    database: &dyn Database,
    stored: &StoredRun,
    options: &RunOptions,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<RunRecord, RunFailure> {
    let mut record = stored.record.clone();
    record.state = stored.state;
    match attempt(database, stored, options, observer, cancel, &mut record).await {
        Ok(()) => {
            record.state = RunState::Undone;
            record.undone = Some(now());
            Ok(record)
        }
        Err((error, state)) => Err(failed(&error, state, record)),
    }
}

async fn attempt(
    database: &dyn Database,
    stored: &StoredRun,
    options: &RunOptions,
    observer: &dyn Observer,
    cancel: &Cancel,
    record: &mut RunRecord,
) -> Result<(), (Error, DataState)> {
    let standing = || DataState::Converted { run: stored.run.clone() };
    let mut session = Session::open(database, options, observer, cancel).await.map_err(|error| (error, standing()))?;
    let outcome = go_back(&mut session, stored, options, record).await;
    record.undo_steps.clone_from(&session.steps);
    let outcome = conclude(&mut session, outcome, &stored.run, RunState::Undone).await;
    session.close().await;
    outcome
}

async fn go_back(
    session: &mut Session<'_>,
    stored: &StoredRun,
    options: &RunOptions,
    record: &mut RunRecord,
) -> Result<(), Stop> {
    let plan = &stored.plan;
    let steps = &plan.blueprint.undo;
    let lock = lock_step(steps).or_else(|| lock_step(&plan.blueprint.steps));
    session.expect(steps.len(), BTreeMap::new());
    session.begin(lock, plan, options.lock_limit).await?;
    check_newest(session, stored).await?;
    check_unchanged(session, stored).await?;
    let schema = session.database.inspect(session.connection.as_mut()).await?;
    session.expect(steps.len(), rows(&schema, plan));
    if session.is_staged() {
        return go_back_staged(session, stored, record).await;
    }
    let (before, after) = steps.split_at(first_change(steps));
    for step in work(before) {
        session.step(step).await?;
    }
    let began = Instant::now();
    let taken = take_proofs(session, plan, Direction::Back).await?;
    session.stage("proofs before", Direction::Back.first_title(), began);
    for step in work(after) {
        if step.action == Action::CleanUp {
            redis::hold(session.database, session.connection.as_mut(), &stored.run, plan).await?;
        }
        session.step(step).await?;
    }
    let began = Instant::now();
    record.undo_validation = prove(session, plan, Direction::Back, &taken, &stored.before).await?;
    session.stage("proofs after", Direction::Back.second_title(), began);
    pass(&record.undo_validation)?;
    journal::remove(session.database, session.connection.as_mut(), &stored.run).await?;
    crate::failpoint::reached("journal.written");
    session.check_cancelled()?;
    session.commit().await.map_err(Stop::AtCommit)
}

async fn go_back_staged(session: &mut Session<'_>, stored: &StoredRun, record: &mut RunRecord) -> Result<(), Stop> {
    record.state = RunState::Undoing;
    let (database, run) = (session.database, stored.run.as_str());
    journal::forget_progress(database, session.connection.as_mut(), run).await?;
    journal::update(database, session.connection.as_mut(), record).await?;
    crate::failpoint::reached("journal.begun");
    let (plan, before) = (&stored.plan, &stored.before);
    let course = Course { run, plan, before, direction: Direction::Back };
    finish_back(session, &course, record).await
}

/// Goes on with an undo whose statements are final one by one, and settles what fails.
pub(super) async fn finish_back(
    session: &mut Session<'_>,
    course: &Course<'_>,
    record: &mut RunRecord,
) -> Result<(), Stop> {
    let taken = journal::progress(session.database, session.connection.as_mut(), course.run).await?.1;
    match course.go_on(session, taken).await {
        Ok(validation) => {
            record.undo_validation = validation;
            journal::remove(session.database, session.connection.as_mut(), course.run).await?;
            crate::failpoint::reached("journal.written");
            session.finish().await;
            Ok(())
        }
        Err(Stop::Before(error) | Stop::AtCommit(error)) => {
            let state = course.settle(session, &error).await;
            if matches!(state, DataState::Converted { .. }) {
                record.state = RunState::Converted;
                let _ = journal::update(session.database, session.connection.as_mut(), record).await;
            }
            Err(Stop::Settled(error, state))
        }
        Err(settled) => Err(settled),
    }
}

fn work(steps: &[Step]) -> impl Iterator<Item = &Step> {
    steps.iter().filter(|step| !matches!(step.action, Action::LockTables | Action::Record))
}

// The map is completed first; the proofs need it.
fn first_change(steps: &[Step]) -> usize {
    let change = |step: &Step| matches!(step.action, Action::DropDependents | Action::ConvertTable { .. });
    steps.iter().position(change).unwrap_or(0)
}

async fn check_newest(session: &mut Session<'_>, stored: &StoredRun) -> Result<()> {
    let runs = journal::runs(session.database, session.connection.as_mut()).await?;
    match runs.iter().find(|run| run.state == RunState::Converted) {
        Some(newest) if newest.run == stored.run => Ok(()),
        Some(newest) => Err(Error::Refused {
            reasons: vec![format!("RK-018 run {}: run {} came later and must be undone first", stored.run, newest.run)],
        }),
        None => Err(Error::Unknown { kind: "run that can be undone", name: stored.run.clone() }),
    }
}

// The way back was written for the schema that the run left. Whatever was changed since
// would be lost, so it is named instead.
async fn check_unchanged(session: &mut Session<'_>, stored: &StoredRun) -> Result<()> {
    let now = session.database.catalogue(session.connection.as_mut()).await?;
    let changes = gate::unexpected(&stored.before, &now, &stored.plan.blueprint.announced);
    if changes.is_empty() { Ok(()) } else { Err(Error::SchemaChanged { changes }) }
}
