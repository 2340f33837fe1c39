//! One piece of work inside one transaction: the run lock, the writing connection, the
//! locks on the tables, cancelling, progress.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rand::Rng;

use crate::dialect::{Access, Connection, Database, RunLock};
use crate::error::{Error, Result};
use crate::execute::lanes::HEARTBEAT;
use crate::execute::{Cancel, RunOptions, StepRecord};
use crate::failpoint;
use crate::observer::{Event, Observer, Progress};
use crate::plan::{Action, Plan, Step};
use crate::purpose::purpose;
use crate::schema::TableName;

/// The longest pause between two tries for the locks.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

/// How long a new session is asked for where the old one is still there.
const ADMISSION: Duration = Duration::from_secs(5);

/// What the work is done with.
pub(super) struct Session<'a> {
    pub database: &'a dyn Database,
    pub connection: Box<dyn Connection>,
    /// A second one for what can be done side by side, where it can be had.
    beside: Option<Box<dyn Connection>>,
    lock: Box<dyn RunLock>,
    /// What keeps writers out where DDL is no part of a transaction.
    guard: Option<Box<dyn Connection>>,
    /// What keeps everybody out between the exchange and the last reference.
    holder: Option<Box<dyn Connection>>,
    observer: &'a dyn Observer,
    cancel: &'a Cancel,
    /// True while work is taken back, which nobody may stop on the way.
    taking_back: bool,
    /// True between BEGIN, or the locks where there is no BEGIN, and the end of the work.
    pub begun: bool,
    meter: Meter,
    pub steps: Vec<StepRecord>,
}

/// How far the work is.
struct Meter {
    run: String,
    began: Instant,
    /// Seconds of work before an interruption.
    before: f64,
    number: AtomicU32,
    of: u32,
    rows_done: AtomicU64,
    rows_total: u64,
    /// Rows per table, `schema.table`.
    rows: BTreeMap<String, u64>,
}

impl<'a> Session<'a> {
    /// Takes the run lock and opens the writing connection.
    pub async fn open(
        database: &'a dyn Database,
        options: &RunOptions,
        observer: &'a dyn Observer,
        cancel: &'a Cancel,
    ) -> Result<Self> {
        let purpose = purpose(&options.run);
        let lock = database.run_lock(&options.run).await?;
        let connection = match database.connect(Access::Write, &purpose).await {
            Ok(connection) => connection,
            Err(error) => {
                lock.release().await;
                return Err(error);
            }
        };
        failpoint::reached("session.open");
        let meter = Meter {
            run: options.run.clone(),
            began: Instant::now(),
            before: 0.0,
            number: AtomicU32::new(0),
            of: 0,
            rows_done: AtomicU64::new(0),
            rows_total: 0,
            rows: BTreeMap::new(),
        };
        Ok(Session {
            database,
            connection,
            beside: None,
            lock,
            guard: None,
            holder: None,
            observer,
            cancel,
            taking_back: false,
            begun: false,
            meter,
            steps: Vec::new(),
        })
    }

    /// Goes on behind these steps, which were done before an interruption.
    pub fn take_up(&mut self, steps: Vec<StepRecord>) {
        self.meter.before = steps.iter().map(|step| step.at.unwrap_or_default() + step.seconds).fold(0.0, f64::max);
        self.steps = steps;
    }

    /// Says how much there is to do.
    pub fn expect(&mut self, steps: usize, rows: BTreeMap<String, u64>) {
        self.meter.of = u32::try_from(steps).unwrap_or(u32::MAX);
        self.meter.rows_total = rows.values().sum();
        self.meter.rows = rows;
    }

    /// Begins the transaction and locks every table, trying again with growing, jittered
    /// pauses. Nothing is held while waiting, so that queued application queries drain.
    pub async fn begin(&mut self, lock_step: Option<&Step>, plan: &Plan, limit: Duration) -> Result<()> {
        let tables = plan.tables();
        let started = Instant::now();
        if let Some(step) = lock_step {
            self.meter.next();
            self.notice(step, None);
        }
        let mut pause = Duration::from_millis(250);
        for attempt in 1.. {
            let Err(error) = self.try_begin(lock_step).await else {
                self.begun = true;
                if let Some(step) = lock_step {
                    self.stage(&step.id, &step.title, started);
                }
                failpoint::reached("session.begun");
                return Ok(());
            };
            let timed_out = self.database.is_lock_timeout(&error);
            self.roll_back().await;
            if !timed_out {
                return Err(error);
            }
            let blockers = self.database.blockers(&tables).await.unwrap_or_default();
            if started.elapsed() >= limit {
                return Err(Error::Locked { seconds: started.elapsed().as_secs(), blockers });
            }
            self.observer.notice(Event::Waiting { attempt, blockers });
            let jittered =
                pause.mul_f64(rand::rng().random_range(0.5..1.0)).min(limit.saturating_sub(started.elapsed()));
            tokio::select! {
                () = tokio::time::sleep(jittered) => {}
                () = self.cancel.cancelled() => return Err(Error::Cancelled),
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        Ok(())
    }

    async fn try_begin(&mut self, lock_step: Option<&Step>) -> Result<()> {
        for statement in self.database.begin() {
            self.connection.execute(&statement).await?;
        }
        let locks: Vec<&String> = lock_step.into_iter().flat_map(|step| &step.statements).collect();
        if self.is_staged() && !locks.is_empty() {
            return self.try_guard(&locks).await;
        }
        for statement in locks {
            self.send(statement, "lock").await?;
        }
        Ok(())
    }

    /// Keeps writers out of the tables that stand there now, where they are not yet kept out.
    pub async fn lock_again(&mut self, lock_step: Option<&Step>) -> Result<()> {
        let locks: Vec<&String> = lock_step.into_iter().flat_map(|step| &step.statements).collect();
        self.holder = None;
        self.guard = None;
        self.try_guard(&locks).await
    }

    /// True where each statement is final at once.
    pub fn is_staged(&self) -> bool {
        !self.database.capabilities().transactional_ddl
    }

    async fn try_guard(&mut self, locks: &[&String]) -> Result<()> {
        self.check_cancelled()?;
        let mut guard = self.database.connect(Access::Write, &purpose(&self.meter.run)).await?;
        for statement in self.database.guard().iter().chain(locks.iter().copied()) {
            guard.execute(statement).await.map_err(|error| in_step(error, "lock"))?;
        }
        self.guard = Some(guard);
        Ok(())
    }

    /// Carries out one step.
    pub async fn step(&mut self, step: &Step) -> Result<()> {
        self.staged_step(step, None).await
    }

    /// Carries out one step where each statement is final at once: not again what `done` says
    /// is done.
    pub async fn staged_step(&mut self, step: &Step, done: Option<&String>) -> Result<()> {
        let began = Instant::now();
        self.meter.next();
        let rows = self.meter.rows_of(step);
        failpoint::reached(&format!("step.{}.before", step.id));
        self.notice(step, None);
        if !self.is_done(done).await? {
            if step.action == Action::CutOver {
                self.cut_over(step).await?;
            } else {
                self.send_all(step).await?;
            }
        }
        self.meter.add(rows);
        failpoint::reached(&format!("step.{}.after", step.id));
        let ended = self.meter.ended(self.observer, &step.id, &step.title, began);
        self.steps.push(ended);
        Ok(())
    }

    /// Whether the database says that a step has been carried out already.
    pub async fn is_done(&mut self, question: Option<&String>) -> Result<bool> {
        is_done(self.connection.as_mut(), question).await
    }

    // Whoever came in since the tables were exchanged may have written what no reference held
    // back, so without the locks of the exchange every row is read again.
    async fn send_all(&mut self, step: &Step) -> Result<()> {
        let unproven = self.holder.is_none() && matches!(step.action, Action::RestoreForeignKeys { .. });
        let (before, after) = if unproven {
            (self.database.check_references(true), self.database.check_references(false))
        } else {
            (Vec::new(), Vec::new())
        };
        for statement in before.iter().chain(&step.statements).chain(&after) {
            self.send_with_heartbeat(statement, step).await?;
        }
        Ok(())
    }

    async fn cut_over(&mut self, step: &Step) -> Result<()> {
        self.check_cancelled()?;
        let missing = || Error::Internal { detail: "the tables are not locked".to_owned() };
        let guard = self.guard.take().ok_or_else(missing)?;
        let sent = self.database.cut_over(self.connection.as_mut(), guard, &step.statements).await;
        self.holder = sent.map_err(|error| in_step(error, &step.id))?;
        Ok(())
    }

    /// From here on work is taken back, and cancelling no longer stops it.
    pub fn take_back(&mut self) {
        self.taking_back = true;
    }

    /// Gives back the locks that the exchange took, once everything is in its place.
    pub fn let_go(&mut self) {
        self.holder = None;
    }

    /// Opens the working connection anew, after the old one was lost; the locks are gone with it.
    pub async fn reopen(&mut self) -> Result<()> {
        self.guard = None;
        self.holder = None;
        self.beside = None;
        let purpose = purpose(&self.meter.run);
        let until = Instant::now() + ADMISSION;
        // A server counts sessions for a moment that have ended, and may admit no more.
        self.connection = loop {
            match self.database.connect(Access::Write, &purpose).await {
                Ok(connection) => break connection,
                Err(error) if Instant::now() >= until => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        for statement in self.database.begin() {
            self.connection.execute(&statement).await?;
        }
        Ok(())
    }

    /// Times a piece of work that is no step of statements, such as the proofs.
    pub fn stage(&mut self, id: &str, title: &str, began: Instant) {
        let ended = self.meter.ended(self.observer, id, title, began);
        self.steps.push(ended);
    }

    /// Tells that a proof is being taken.
    pub fn proving(&self, title: &str) {
        self.observer.notice(Event::Progress(self.meter.progress(title, None)));
    }

    /// Stops here if the user wants to.
    pub fn check_cancelled(&self) -> Result<()> {
        if self.cancel.is_cancelled() && !self.taking_back { Err(Error::Cancelled) } else { Ok(()) }
    }

    fn notice(&self, step: &Step, table: Option<String>) {
        let table = table.or_else(|| table_of(step));
        self.observer.notice(Event::Progress(self.meter.progress(&step.title, table)));
    }

    async fn send_with_heartbeat(&mut self, statement: &str, step: &Step) -> Result<()> {
        self.check_cancelled()?;
        // Under the locks of the exchange nobody else may touch the tables.
        let connection = self.holder.as_mut().unwrap_or(&mut self.connection);
        let interrupter = connection.interrupter();
        let (observer, cancel, meter) = (self.observer, self.cancel, &self.meter);
        let stoppable = !self.taking_back;
        let mut beat = tokio::time::interval(HEARTBEAT);
        beat.tick().await;
        let mut interrupted = false;
        let work = connection.execute(statement);
        tokio::pin!(work);
        let outcome = loop {
            tokio::select! {
                outcome = &mut work => break outcome,
                _ = beat.tick() => {
                    observer.notice(Event::Progress(meter.progress(&step.title, table_of(step))));
                }
                () = cancel.cancelled(), if stoppable && !interrupted => {
                    interrupted = true;
                    interrupter.interrupt().await;
                }
            }
        };
        outcome.map_err(|error| if interrupted { Error::Cancelled } else { in_step(error, &step.id) })
    }

    async fn send(&mut self, statement: &str, step: &str) -> Result<()> {
        self.check_cancelled()?;
        self.connection.execute(statement).await.map_err(|error| in_step(error, step))
    }

    /// Opens a second session for what can be done side by side. Where it cannot be had,
    /// everything goes over the first.
    pub async fn widen(&mut self) {
        if self.beside.is_none() && self.database.capabilities().side_by_side {
            self.beside = self.second().await.ok();
        }
    }

    async fn second(&mut self) -> Result<Box<dyn Connection>> {
        let mut second = self.database.connect(Access::Write, &purpose(&self.meter.run)).await?;
        for statement in self.database.begin() {
            second.execute(&statement).await?;
        }
        Ok(second)
    }

    /// Lets the second session go: its place may be needed by another one.
    pub fn narrow(&mut self) {
        self.beside = None;
    }

    /// The sessions that can be at work side by side, and what whoever works over them needs.
    pub fn crew(&mut self) -> (Vec<&mut dyn Connection>, Crew<'_>) {
        let connections = [Some(&mut self.connection), self.beside.as_mut()];
        let crew = Crew {
            database: self.database,
            observer: self.observer,
            cancel: Some(self.cancel).filter(|_| !self.taking_back),
            meter: &self.meter,
        };
        (connections.into_iter().flatten().map(|one| one.as_mut() as &mut dyn Connection).collect(), crew)
    }

    /// Takes everything back. The server does so by itself where it cannot be reached.
    pub async fn roll_back(&mut self) {
        let _ = self.connection.execute("ROLLBACK").await;
        self.end().await;
    }

    /// Lets go of what keeps writers out, where DDL is no part of a transaction.
    pub async fn finish(&mut self) {
        self.guard = None;
        self.holder = None;
        self.end().await;
    }

    /// Makes everything final. Only the caller knows how to look up an unclear outcome.
    pub async fn commit(&mut self) -> Result<()> {
        failpoint::reached("commit.before");
        self.connection.execute("COMMIT").await?;
        failpoint::reached("commit.after");
        self.end().await;
        Ok(())
    }

    async fn end(&mut self) {
        self.begun = false;
        self.beside = None;
        self.guard = None;
        self.holder = None;
        for statement in self.database.end() {
            let _ = self.connection.execute(&statement).await;
        }
    }

    /// Gives the run lock back.
    pub async fn close(self) {
        drop((self.connection, self.beside));
        self.lock.release().await;
    }
}

/// Whether the database says that a step has been carried out already.
pub(super) async fn is_done(connection: &mut dyn Connection, question: Option<&String>) -> Result<bool> {
    let Some(question) = question else { return Ok(false) };
    let answer = connection.query(question).await?;
    Ok(answer.first().and_then(|row| row.first()).is_some_and(|value| value.as_deref() == Some("1")))
}

/// What those who work side by side have in common.
pub(super) struct Crew<'s> {
    pub database: &'s dyn Database,
    observer: &'s dyn Observer,
    /// The wish to stop, where it may be heard.
    pub cancel: Option<&'s Cancel>,
    meter: &'s Meter,
}

impl Crew<'_> {
    /// Tells that the next step begins.
    pub fn begin(&self, step: &Step) {
        self.meter.next();
        self.tell(step);
    }

    /// Tells what is at work.
    pub fn tell(&self, step: &Step) {
        self.observer.notice(Event::Progress(self.meter.progress(&step.title, table_of(step))));
    }

    /// Tells that a proof is being taken.
    pub fn proving(&self, title: &str) {
        self.observer.notice(Event::Progress(self.meter.progress(title, None)));
    }

    /// Tells that the work rests, or goes on.
    pub fn rests(&self, paused: bool) {
        self.observer.notice(Event::Paused { paused });
    }

    /// Tells that something is done and how long it took.
    pub fn ended(&self, id: &str, title: &str, began: Instant) -> StepRecord {
        self.meter.ended(self.observer, id, title, began)
    }

    /// How many rows a step goes through.
    pub fn rows_of(&self, step: &Step) -> u64 {
        self.meter.rows_of(step)
    }

    /// Counts rows that were done.
    pub fn add(&self, rows: u64) {
        self.meter.add(rows);
    }
}

// A driver's error knows the statement, the runner knows the step.
pub(super) fn in_step(mut error: Error, id: &str) -> Error {
    if let Error::Statement { step, .. } = &mut error {
        id.clone_into(step);
    }
    error
}

fn table_of(step: &Step) -> Option<String> {
    match &step.action {
        Action::ConvertTable { table } | Action::BuildIndexes { table } | Action::RestoreForeignKeys { table } => {
            Some(table.clone())
        }
        Action::BuildMap { root } | Action::ExtendMap { root } => Some(root.table.to_string()),
        Action::Prepare
        | Action::LockTables
        | Action::CutOver
        | Action::DropDependents
        | Action::RestoreDependents
        | Action::Analyze
        | Action::Record
        | Action::CleanUp => None,
    }
}

impl Meter {
    // Tells that something is done, and notes when it began and how long it took.
    fn ended(&self, observer: &dyn Observer, id: &str, title: &str, began: Instant) -> StepRecord {
        let seconds = began.elapsed().as_secs_f64();
        observer.notice(Event::StepDone { id: id.to_owned(), step: title.to_owned(), seconds });
        let at = self.before + began.saturating_duration_since(self.began).as_secs_f64();
        StepRecord { id: id.to_owned(), title: title.to_owned(), seconds, at: Some(at) }
    }

    fn next(&self) {
        self.number.fetch_add(1, Ordering::Relaxed);
    }

    fn add(&self, rows: u64) {
        self.rows_done.fetch_add(rows, Ordering::Relaxed);
    }

    fn rows_of(&self, step: &Step) -> u64 {
        match &step.action {
            Action::ConvertTable { table } => self.rows.get(table).copied().unwrap_or_default(),
            Action::BuildMap { .. }
            | Action::ExtendMap { .. }
            | Action::RestoreForeignKeys { .. }
            | Action::Prepare
            | Action::LockTables
            | Action::CutOver
            | Action::BuildIndexes { .. }
            | Action::DropDependents
            | Action::RestoreDependents
            | Action::Analyze
            | Action::Record
            | Action::CleanUp => 0,
        }
    }

    fn progress(&self, step: &str, table: Option<String>) -> Progress {
        let elapsed = self.began.elapsed().as_secs_f64();
        let rows_done = self.rows_done.load(Ordering::Relaxed);
        Progress {
            run: self.run.clone(),
            step: step.to_owned(),
            number: self.number.load(Ordering::Relaxed),
            of: self.of,
            table,
            rows_done,
            rows_total: self.rows_total,
            elapsed,
            eta: eta(elapsed, rows_done, self.rows_total),
        }
    }
}

// Before a twentieth is done, any figure would be a guess.
#[allow(clippy::cast_precision_loss, reason = "an estimate in seconds")]
fn eta(elapsed: f64, done: u64, total: u64) -> Option<f64> {
    (done > 0 && done.saturating_mul(20) >= total).then(|| elapsed / done as f64 * total.saturating_sub(done) as f64)
}

/// The tables of a plan, by their names.
impl Plan {
    /// Every table that holds a converted column, in order of name.
    pub fn tables(&self) -> Vec<TableName> {
        let members = self.conversions.iter().flat_map(|conversion| &conversion.members);
        let names: std::collections::BTreeSet<TableName> = members.map(|member| member.column.table.clone()).collect();
        names.into_iter().collect()
    }
}
