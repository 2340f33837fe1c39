//! The new tables are built beside the live ones, and the proofs of the live ones are taken:
//! each as soon as what it needs is there, over as many sessions as are to be had. A step is
//! noted as done by whoever ended it, and never before what it rests on.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;

use crate::dialect::Connection;
use crate::error::Result;
use crate::execute::gate::{self, Direction, Taken};
use crate::execute::lanes::{Board, HEARTBEAT, Jobs, share};
use crate::execute::session::{Crew, Session, in_step, is_done};
use crate::execute::staged::{Course, Progress};
use crate::execute::{StepRecord, journal};
use crate::failpoint;
use crate::plan::{Action, Proof, Slices, Step};

/// The longest rest: meanwhile nobody can write to the tables.
const LONGEST_REST: Duration = Duration::from_mins(15);

/// One piece of the work.
enum Job<'p> {
    Proof(&'p Proof),
    /// All proofs were taken: their answers go into the journal.
    Taken,
    Step(&'p Step),
    /// A part of the rows of a step.
    Part(&'p Step, &'p Slices, Option<&'p String>),
}

impl<'p> Job<'p> {
    fn step(&self) -> Option<&'p Step> {
        match self {
            Job::Proof(_) | Job::Taken => None,
            Job::Step(step) | Job::Part(step, ..) => Some(step),
        }
    }
}

/// Builds what is not built yet. `taken` is what the proofs said of the live tables; where it
/// is missing they are asked beside.
///
/// # Errors
/// The first one; [`crate::Error::Cancelled`].
pub(super) async fn build(
    session: &mut Session<'_>,
    course: &Course<'_>,
    steps: &[&Step],
    taken: Option<Taken>,
) -> Result<Taken> {
    if taken.is_none() {
        // Rows may have been written before the locks were taken again.
        session.steps.retain(|done| steps.iter().all(|step| step.id != done.id));
    }
    let missing: Vec<&Step> =
        steps.iter().copied().filter(|step| session.steps.iter().all(|done| done.id != step.id)).collect();
    let jobs = jobs(course, &missing, taken.is_none());
    let after = after(course, &jobs, steps);
    let steps = std::mem::take(&mut session.steps);
    session.widen().await;
    let (connections, crew) = session.crew();
    let cancel = crew.cancel;
    let building = Building {
        course,
        crew,
        jobs,
        after,
        steps: tokio::sync::Mutex::new(steps),
        answers: Mutex::new(taken.unwrap_or_default()),
        open: Mutex::default(),
    };
    let outcome = share(&building, connections, cancel).await;
    let Building { steps, answers, .. } = building;
    session.steps = steps.into_inner();
    outcome.map(|()| answers.into_inner().unwrap_or_else(PoisonError::into_inner))
}

// In the order of the plan, but maps go before the proofs, since they take longest.
fn jobs<'p>(course: &'p Course<'p>, steps: &[&'p Step], take: bool) -> Vec<Job<'p>> {
    let first = steps.iter().position(|step| converts(step)).unwrap_or(steps.len());
    let (before, building) = steps.split_at(first);
    let mut jobs: Vec<Job<'p>> = before.iter().map(|step| Job::Step(step)).collect();
    if take {
        jobs.extend(course.plan.blueprint.proofs.iter().map(Job::Proof));
        jobs.push(Job::Taken);
    }
    for step in building {
        match course.way().slices.get(&step.id) {
            Some(slices) if slices.parts.is_empty() => jobs.push(Job::Part(step, slices, None)),
            Some(slices) => jobs.extend(slices.parts.iter().map(|part| Job::Part(step, slices, Some(part)))),
            None => jobs.push(Job::Step(step)),
        }
    }
    jobs
}

// A step waits for those that the plan names, and where it names none for all before it. Rows
// are converted once the proofs of them are in the journal; those of the new keys need the map.
fn after(course: &Course<'_>, jobs: &[Job<'_>], steps: &[&Step]) -> Vec<Vec<usize>> {
    let named = &course.way().after;
    let before = |step: &Step| -> Vec<&String> {
        let all = || steps.iter().take_while(|one| one.id != step.id).map(|one| &one.id).collect();
        named.get(&step.id).map_or_else(all, |ids| ids.iter().collect())
    };
    let numbers = |wanted: &dyn Fn(&Job<'_>) -> bool| -> Vec<usize> {
        jobs.iter().enumerate().filter(|(_, job)| wanted(job)).map(|(number, _)| number).collect()
    };
    let of = |job: &Job<'_>| match job {
        Job::Proof(_) => match course.direction {
            Direction::Forward => Vec::new(),
            Direction::Back => numbers(&|job| job.step().is_some_and(completes)),
        },
        Job::Taken => numbers(&|job| matches!(job, Job::Proof(_))),
        Job::Step(step) | Job::Part(step, ..) => {
            let ids = before(step);
            numbers(&|job| match job.step() {
                Some(step) => ids.contains(&&step.id),
                None => matches!(job, Job::Taken) && converts_rows(step),
            })
        }
    };
    jobs.iter().map(of).collect()
}

// Whether everything that comes before a step may be done before the proofs are taken.
fn converts(step: &Step) -> bool {
    matches!(step.action, Action::ConvertTable { .. } | Action::CutOver)
}

fn converts_rows(step: &Step) -> bool {
    matches!(step.action, Action::ConvertTable { .. })
}

// The map, which the proofs of the way back need.
fn completes(step: &Step) -> bool {
    matches!(step.action, Action::ExtendMap { .. })
}

struct Building<'c> {
    course: &'c Course<'c>,
    crew: Crew<'c>,
    jobs: Vec<Job<'c>>,
    after: Vec<Vec<usize>>,
    /// Those done. Held while the journal is told of them, so that what was told last is all.
    steps: tokio::sync::Mutex<Vec<StepRecord>>,
    answers: Mutex<Taken>,
    open: Mutex<Open>,
}

/// What is at work.
#[derive(Default)]
struct Open {
    /// Since when the proofs are taken.
    proving: Option<Instant>,
    /// By the id of a step.
    steps: BTreeMap<String, Work>,
    /// The number of the job that was begun last.
    last: Option<usize>,
    /// How many jobs are begun and not ended.
    at_work: usize,
    /// How many of those rest.
    resting: usize,
}

struct Work {
    began: Instant,
    /// Parts that are not done yet.
    left: usize,
    /// Rows that were counted already.
    rows: u64,
}

#[async_trait]
impl Jobs for Building<'_> {
    fn after(&self) -> Vec<Vec<usize>> {
        self.after.clone()
    }

    async fn carry_out(&self, number: usize, connection: &mut dyn Connection, board: &Board) -> Result<()> {
        self.open(|open| {
            open.last = Some(number);
            open.at_work += 1;
        });
        let outcome = self.work(number, connection, board).await;
        self.open(|open| open.at_work -= 1);
        self.tell_rest();
        outcome
    }

    fn beat(&self) {
        let last = self.open(|open| open.last).and_then(|number| self.jobs.get(number));
        match last.and_then(Job::step) {
            Some(step) => self.crew.tell(step),
            None => self.crew.proving(self.course.direction.first_title()),
        }
    }
}

impl Building<'_> {
    // What it holds is whole at any time.
    fn open<T>(&self, look: impl FnOnce(&mut Open) -> T) -> T {
        look(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn work(&self, number: usize, connection: &mut dyn Connection, board: &Board) -> Result<()> {
        self.rest(board).await?;
        match &self.jobs[number] {
            Job::Proof(proof) => self.prove(connection, proof).await,
            Job::Taken => self.note_taken(connection).await,
            Job::Step(step) => {
                self.begin(connection, step).await?;
                if !is_done(connection, self.course.way().done.get(&step.id)).await? {
                    for statement in &step.statements {
                        board.check()?;
                        self.send(connection, step, statement).await?;
                    }
                }
                self.end(step).await;
                Ok(())
            }
            Job::Part(step, slices, part) => {
                self.begin(connection, step).await?;
                if let Some(part) = part {
                    self.send(connection, step, part).await?;
                }
                self.send_slices(connection, step, slices, board).await?;
                self.end(step).await;
                Ok(())
            }
        }
    }

    // Rests where the user wants to: what was copied is final and noted, so nothing is lost by
    // it. Who would hold the tables for ever goes on after a while.
    async fn rest(&self, board: &Board) -> Result<()> {
        let Some(cancel) = self.crew.cancel.filter(|cancel| cancel.is_paused()) else { return board.check() };
        self.open(|open| open.resting += 1);
        self.tell_rest();
        let until = Instant::now() + LONGEST_REST;
        let mut stopped = board.check();
        while stopped.is_ok() && cancel.is_paused() {
            if Instant::now() >= until {
                cancel.pause(false);
            }
            // Another session may fail meanwhile.
            let _ = tokio::time::timeout(HEARTBEAT, cancel.resumed()).await;
            stopped = board.check();
        }
        self.open(|open| open.resting -= 1);
        self.crew.rests(false);
        stopped
    }

    // It rests once nobody is at work any more.
    fn tell_rest(&self) {
        if self.open(|open| open.resting > 0 && open.resting == open.at_work) {
            self.crew.rests(true);
        }
    }

    async fn prove(&self, connection: &mut dyn Connection, proof: &Proof) -> Result<()> {
        self.open(|open| open.proving.get_or_insert_with(Instant::now).elapsed());
        self.crew.proving(self.course.direction.first_title());
        let found = gate::answer(connection, self.course.direction.first(proof)).await?;
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(proof.id.clone(), found);
        Ok(())
    }

    async fn note_taken(&self, connection: &mut dyn Connection) -> Result<()> {
        let began = self.open(|open| open.proving).unwrap_or_else(Instant::now);
        failpoint::reached("proofs.before");
        let taken = self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        journal::note_taken(self.crew.database, connection, self.course.run, &taken).await?;
        self.steps.lock().await.push(self.crew.ended("proofs before", self.course.direction.first_title(), began));
        Ok(())
    }

    // The first part of a step begins it.
    async fn begin(&self, connection: &mut dyn Connection, step: &Step) -> Result<()> {
        let parts = self.jobs.iter().filter(|job| job.step().is_some_and(|other| other.id == step.id)).count();
        let first = self.open(|open| {
            let first = !open.steps.contains_key(&step.id);
            open.steps.entry(step.id.clone()).or_insert(Work { began: Instant::now(), left: parts, rows: 0 });
            first
        });
        if !first {
            return Ok(());
        }
        {
            let done = self.steps.lock().await;
            let progress = Progress { doing: Some(step.id.clone()), done: done.clone(), taking_back: None };
            journal::note(self.crew.database, connection, self.course.run, &progress).await?;
        }
        failpoint::reached(&format!("step.{}.before", step.id));
        self.crew.begin(step);
        Ok(())
    }

    // The last part of a step ends it.
    async fn end(&self, step: &Step) {
        let ended = self.open(|open| {
            let work = open.steps.get_mut(&step.id)?;
            work.left -= 1;
            (work.left == 0).then_some((work.began, work.rows))
        });
        let Some((began, rows)) = ended else { return };
        self.crew.add(self.crew.rows_of(step).saturating_sub(rows));
        failpoint::reached(&format!("step.{}.after", step.id));
        self.steps.lock().await.push(self.crew.ended(&step.id, &step.title, began));
    }

    async fn send(&self, connection: &mut dyn Connection, step: &Step, statement: &str) -> Result<()> {
        connection.execute(statement).await.map_err(|error| in_step(error, &step.id))
    }

    // A slice and the note of how far it came are one transaction: after a crash the work
    // goes on at the first row that is not there.
    async fn send_slices(
        &self,
        connection: &mut dyn Connection,
        step: &Step,
        slices: &Slices,
        board: &Board,
    ) -> Result<()> {
        loop {
            self.rest(board).await?;
            for statement in &slices.find {
                self.send(connection, step, statement).await?;
            }
            let row = connection.query(&slices.more).await?.into_iter().next().unwrap_or_default();
            let mut values = row.into_iter().map(Option::unwrap_or_default);
            let more = values.next().is_some_and(|more| more == "1");
            self.count(step, values.next().and_then(|done| done.parse().ok()).unwrap_or(0));
            if !more {
                return Ok(());
            }
            connection.execute("BEGIN").await?;
            for statement in &step.statements {
                if let Err(error) = self.send(connection, step, statement).await {
                    let _ = connection.execute("ROLLBACK").await;
                    return Err(error);
                }
            }
            connection.execute("COMMIT").await?;
            failpoint::reached(&format!("slice.{}", step.id));
        }
    }

    // The database says how many rows all parts have done.
    fn count(&self, step: &Step, done: u64) {
        let new = self.open(|open| {
            let work = open.steps.get_mut(&step.id)?;
            let new = done.saturating_sub(work.rows);
            work.rows += new;
            Some(new)
        });
        self.crew.add(new.unwrap_or_default());
        self.crew.tell(step);
    }
}

/// Asks questions that do not depend on each other, over as many sessions as are to be had.
/// Gives the answers in their order.
///
/// # Errors
/// The first one; [`crate::Error::Cancelled`].
pub(super) async fn ask(session: &mut Session<'_>, title: &str, questions: &[&str]) -> Result<Vec<String>> {
    session.widen().await;
    let (connections, crew) = session.crew();
    let cancel = crew.cancel;
    let asking = Asking { crew, title, questions, answers: Mutex::new(vec![String::new(); questions.len()]) };
    share(&asking, connections, cancel).await?;
    Ok(asking.answers.into_inner().unwrap_or_else(PoisonError::into_inner))
}

struct Asking<'c> {
    crew: Crew<'c>,
    title: &'c str,
    questions: &'c [&'c str],
    answers: Mutex<Vec<String>>,
}

#[async_trait]
impl Jobs for Asking<'_> {
    fn after(&self) -> Vec<Vec<usize>> {
        vec![Vec::new(); self.questions.len()]
    }

    async fn carry_out(&self, number: usize, connection: &mut dyn Connection, _board: &Board) -> Result<()> {
        self.crew.proving(self.title);
        let found = gate::answer(connection, self.questions[number]).await?;
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)[number] = found;
        Ok(())
    }

    fn beat(&self) {
        self.crew.proving(self.title);
    }
}
