//! Going on with, or taking back, a run that stopped on the way, where each statement is
//! final at once. Elsewhere a run is one transaction: complete, or not there at all.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::dialect::Database;
use crate::error::{DataState, Error, Result};
use crate::execute::gate::{Direction, Taken};
use crate::execute::run::{Stop, conclude, failed, go_forward, lock_step, now, rows};
use crate::execute::session::Session;
use crate::execute::staged::Course;
use crate::execute::undo::finish_back;
use crate::execute::{Cancel, RunFailure, RunOptions, RunRecord, RunState, StoredRun, journal};
use crate::observer::Observer;

impl StoredRun {
    /// True for a run that stopped on the way.
    pub fn is_halfway(&self) -> bool {
        matches!(self.state, RunState::Started | RunState::Undoing)
    }

    fn direction(&self) -> Direction {
        if self.state == RunState::Undoing { Direction::Back } else { Direction::Forward }
    }

    fn course(&self) -> Course<'_> {
        Course { run: &self.run, plan: &self.plan, before: &self.before, direction: self.direction() }
    }
}

/// Takes a run, or an undo, that stopped on the way to its end; where it was being taken back,
/// goes on with that.
///
/// # Errors
/// [`RunFailure`] with the state of the data. Where rows were written to the tables since,
/// it is refused, and the run can only be taken back.
pub async fn resume(
    database: &dyn Database,
    stored: &StoredRun,
    options: &RunOptions,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<RunRecord, RunFailure> {
    let began = Instant::now();
    let mut record = stored.record.clone();
    record.state = stored.state;
    let outcome = attempt(database, stored, options, (observer, cancel), &mut record, false).await;
    record.seconds += began.elapsed().as_secs_f64();
    note_end(&outcome, &mut record, stored);
    match outcome {
        Ok(_) => Ok(record),
        Err((error, state)) => Err(failed(&error, state, record)),
    }
}

/// Takes back a run that stopped on the way, or lets an undo that stopped on the way be: the
/// conversion then stands again.
///
/// # Errors
/// [`RunFailure`]. Where the tables had been exchanged and rows were written since, it is
/// refused: the run is to be resumed then.
pub async fn abandon(
    database: &dyn Database,
    stored: &StoredRun,
    options: &RunOptions,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<RunRecord, RunFailure> {
    let mut record = stored.record.clone();
    record.state = stored.state;
    let outcome = attempt(database, stored, options, (observer, cancel), &mut record, true).await;
    note_end(&outcome, &mut record, stored);
    match outcome {
        Ok(_) => Ok(record),
        Err((error, state)) => Err(failed(&error, state, record)),
    }
}

fn note_end(outcome: &Result<RunState, (Error, DataState)>, record: &mut RunRecord, stored: &StoredRun) {
    record.finished = Some(now());
    record.state = match outcome {
        Ok(state) => *state,
        Err((_, DataState::Converted { .. })) => RunState::Converted,
        Err((_, DataState::Untouched | DataState::RolledBack)) => RunState::RolledBack,
        Err((_, DataState::Halfway { .. } | DataState::Unclear { .. })) => stored.state,
    };
    if record.state == RunState::Undone {
        record.undone = Some(now());
    }
}

async fn attempt(
    database: &dyn Database,
    stored: &StoredRun,
    options: &RunOptions,
    (observer, cancel): (&dyn Observer, &Cancel),
    record: &mut RunRecord,
    take_back: bool,
) -> Result<RunState, (Error, DataState)> {
    let halfway = |error| (error, DataState::Halfway { run: stored.run.clone() });
    let mut session = Session::open(database, options, observer, cancel).await.map_err(halfway)?;
    let progress = journal::progress(database, session.connection.as_mut(), &stored.run).await.map_err(halfway)?.0;
    // What is being taken back can only be taken back.
    let outcome = if take_back || progress.taking_back.is_some() {
        let outcome = give_up(&mut session, stored, options).await;
        session.finish().await;
        outcome.map_err(halfway)
    } else {
        let outcome = carry_on(&mut session, stored, options, record).await;
        match stored.direction() {
            Direction::Forward => record.steps.clone_from(&session.steps),
            Direction::Back => record.undo_steps.clone_from(&session.steps),
        }
        let wanted = if stored.direction() == Direction::Back { RunState::Undone } else { RunState::Converted };
        match outcome {
            Err(Stop::Before(error)) => {
                session.finish().await;
                Err(halfway(error))
            }
            outcome => conclude(&mut session, outcome, &stored.run, wanted).await.map(|()| wanted),
        }
    };
    session.close().await;
    outcome
}

// The locks keep writers out again, as they did before the interruption.
async fn begin(session: &mut Session<'_>, stored: &StoredRun, options: &RunOptions) -> Result<Option<Taken>> {
    let course = stored.course();
    let plan = &stored.plan;
    session.begin(None, plan, options.lock_limit).await?;
    let (progress, taken) = journal::progress(session.database, session.connection.as_mut(), &stored.run).await?;
    session.take_up(progress.done);
    if !course.is_cut(session).await? {
        let steps = match course.direction {
            Direction::Forward => &plan.blueprint.steps,
            Direction::Back => &plan.blueprint.undo,
        };
        let lock = lock_step(steps).or_else(|| lock_step(&plan.blueprint.steps));
        session.begin(lock, plan, options.lock_limit).await?;
    }
    Ok(taken)
}

async fn carry_on(
    session: &mut Session<'_>,
    stored: &StoredRun,
    options: &RunOptions,
    record: &mut RunRecord,
) -> Result<(), Stop> {
    let course = stored.course();
    session.expect(stored.plan.blueprint.steps.len(), BTreeMap::new());
    let taken = begin(session, stored, options).await?;
    if let Some(taken) = &taken
        && !course.is_cut(session).await?
    {
        course.check_unwritten(session, taken).await?;
    }
    let schema = session.database.inspect(session.connection.as_mut()).await?;
    session.expect(stored.plan.blueprint.steps.len(), rows(&schema, &stored.plan));
    match course.direction {
        Direction::Forward => go_forward(session, &course, record).await,
        Direction::Back => finish_back(session, &course, record).await,
    }
}

async fn give_up(session: &mut Session<'_>, stored: &StoredRun, options: &RunOptions) -> Result<RunState> {
    let course = stored.course();
    session.begin(None, &stored.plan, options.lock_limit).await?;
    let (_, taken) = journal::progress(session.database, session.connection.as_mut(), &stored.run).await?;
    course.abandon(session, taken.as_ref()).await?;
    match course.direction {
        Direction::Forward => {
            journal::remove(session.database, session.connection.as_mut(), &stored.run).await?;
            Ok(RunState::RolledBack)
        }
        Direction::Back => {
            let mut standing = stored.record.clone();
            standing.state = RunState::Converted;
            journal::update(session.database, session.connection.as_mut(), &standing).await?;
            Ok(RunState::Converted)
        }
    }
}
