//! The run itself.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::application::versions::{self, VersionTable};
use crate::dialect::{Access, Database};
use crate::error::{DataState, Error, Failure, Result};
use crate::execute::gate::{self, Direction, Taken};
use crate::execute::session::Session;
use crate::execute::staged::Course;
use crate::execute::{Cancel, Overrides, ProofResult, RunRecord, RunState, SafetyNet, journal, sizes};
use crate::observer::Observer;
use crate::plan::{Action, Plan, Step, verify};
use crate::purpose::purpose;
use crate::schema::{Catalogue, Schema};

/// How a run is to be carried out.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Its id: a nanoid of ten lower-case letters and digits.
    pub run: String,
    /// Version of Rekey.
    pub tool_version: String,
    /// How long to try for locks altogether.
    pub lock_limit: Duration,
    /// What it rests on.
    pub safety_net: SafetyNet,
    /// What the user insisted on.
    pub overrides: Overrides,
}

/// A run that did not succeed: what went wrong and everything that is known of it.
#[derive(Debug)]
pub struct RunFailure {
    /// What went wrong and in which state the data is.
    pub failure: Failure,
    /// The record so far.
    pub record: Box<RunRecord>,
}

/// Carries out a plan. Returns only when the database is converted and proven, or as before.
///
/// # Errors
/// [`RunFailure`] with the state of the data.
pub async fn run(
    database: &dyn Database,
    plan: &Plan,
    options: &RunOptions,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<RunRecord, RunFailure> {
    let began = Instant::now();
    let mut record = RunRecord::beginning(database, plan, options);
    let outcome = attempt(database, plan, options, observer, cancel, &mut record).await;
    record.seconds = began.elapsed().as_secs_f64();
    record.finished = Some(now());
    match outcome {
        Ok(()) => Ok(record),
        Err((error, state)) => Err(failed(&error, state, record)),
    }
}

pub(super) fn failed(error: &Error, state: DataState, mut record: RunRecord) -> RunFailure {
    let failure = Failure::new(error, state);
    record.failure = Some(format!("{} {}", failure.what, failure.state_sentence));
    RunFailure { failure, record: Box::new(record) }
}

async fn attempt(
    database: &dyn Database,
    plan: &Plan,
    options: &RunOptions,
    observer: &dyn Observer,
    cancel: &Cancel,
    record: &mut RunRecord,
) -> Result<(), (Error, DataState)> {
    if plan.conversions.is_empty() {
        let error = Error::Refused { reasons: vec!["RK-017 plan: it converts nothing".to_owned()] };
        return Err((error, DataState::Untouched));
    }
    let mut session =
        Session::open(database, options, observer, cancel).await.map_err(|error| (error, DataState::Untouched))?;
    let outcome = convert(&mut session, plan, options, record).await;
    record.steps.clone_from(&session.steps);
    let outcome = conclude(&mut session, outcome, &options.run, RunState::Converted).await;
    session.close().await;
    record.state = match &outcome {
        Ok(()) | Err((_, DataState::Converted { .. })) => RunState::Converted,
        Err((_, DataState::Unclear { .. } | DataState::Halfway { .. })) => RunState::Started,
        Err((_, DataState::Untouched | DataState::RolledBack)) => RunState::RolledBack,
    };
    outcome
}

/// How far the work came before it failed.
pub(super) enum Stop {
    /// Before COMMIT was sent.
    Before(Error),
    /// While COMMIT was on its way: the outcome must be looked up.
    AtCommit(Error),
    /// Where each statement is final at once: what was done since is settled already.
    Settled(Error, DataState),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Before(error)
    }
}

async fn convert(
    session: &mut Session<'_>,
    plan: &Plan,
    options: &RunOptions,
    record: &mut RunRecord,
) -> Result<(), Stop> {
    let steps = &plan.blueprint.steps;
    session.expect(steps.len(), BTreeMap::new());
    session.begin(lock_step(steps), plan, options.lock_limit).await?;
    let began = Instant::now();
    let schema = session.database.inspect(session.connection.as_mut()).await?;
    verify(session.database, &schema, plan)?;
    record.server_version.clone_from(&schema.server_version);
    record.versions = read_versions(session, &schema).await?;
    sizes::before(session, plan, &mut record.sizes).await?;
    session.expect(steps.len(), rows(&schema, plan));
    if session.is_staged() {
        return convert_staged(session, plan, &schema.catalogue, record).await;
    }
    let taken = take_proofs(session, plan, Direction::Forward).await?;
    session.stage("proofs before", Direction::Forward.first_title(), began);
    for step in steps.iter().filter(|step| !matches!(step.action, Action::LockTables | Action::Record)) {
        session.step(step).await?;
    }
    let began = Instant::now();
    record.validation = prove(session, plan, Direction::Forward, &taken, &schema.catalogue).await?;
    record.ids = count_ids(session, plan).await?;
    session.stage("proofs after", Direction::Forward.second_title(), began);
    pass(&record.validation)?;
    sizes::after(session, plan, &mut record.sizes).await?;
    write_journal(session, plan, &schema.catalogue, record).await?;
    session.check_cancelled()?;
    session.commit().await.map_err(Stop::AtCommit)
}

// They are of use for the report alone: whoever may not read them goes on without.
async fn read_versions(session: &mut Session<'_>, schema: &Schema) -> Result<Vec<VersionTable>> {
    let database = session.database;
    if versions::found(schema).is_empty() {
        return Ok(Vec::new());
    }
    if session.is_staged() {
        return Ok(versions::read(database, session.connection.as_mut(), schema).await.unwrap_or_default());
    }
    let connection = session.connection.as_mut();
    connection.execute("SAVEPOINT rekey_versions").await?;
    let read = versions::read(database, connection, schema).await;
    if read.is_err() {
        connection.execute("ROLLBACK TO SAVEPOINT rekey_versions").await?;
    }
    connection.execute("RELEASE SAVEPOINT rekey_versions").await?;
    Ok(read.unwrap_or_default())
}

// The run stands in the journal before the first statement, and is taken out again only
// when nothing of it is left.
async fn convert_staged(
    session: &mut Session<'_>,
    plan: &Plan,
    before: &Catalogue,
    record: &mut RunRecord,
) -> Result<(), Stop> {
    for statement in session.database.journal().create {
        session.connection.execute(&statement).await?;
    }
    record.state = RunState::Started;
    journal::insert(session.database, session.connection.as_mut(), plan, before, record).await?;
    crate::failpoint::reached("journal.begun");
    let run = record.run.clone();
    let course = Course { run: &run, plan, before, direction: Direction::Forward };
    go_forward(session, &course, record).await
}

/// Goes on with a conversion whose statements are final one by one, and settles what fails.
pub(super) async fn go_forward(
    session: &mut Session<'_>,
    course: &Course<'_>,
    record: &mut RunRecord,
) -> Result<(), Stop> {
    let taken = journal::progress(session.database, session.connection.as_mut(), course.run).await?.1;
    match finish_forward(session, course, taken, record).await {
        Ok(()) => Ok(()),
        Err(Stop::Before(error) | Stop::AtCommit(error)) => {
            let state = course.settle(session, &error).await;
            if state == DataState::RolledBack {
                let _ = journal::remove(session.database, session.connection.as_mut(), course.run).await;
            }
            Err(Stop::Settled(error, state))
        }
        Err(settled) => Err(settled),
    }
}

async fn finish_forward(
    session: &mut Session<'_>,
    course: &Course<'_>,
    taken: Option<Taken>,
    record: &mut RunRecord,
) -> Result<(), Stop> {
    record.validation = course.go_on(session, taken).await?;
    record.ids = count_ids(session, course.plan).await?;
    sizes::after(session, course.plan, &mut record.sizes).await?;
    let mut stored = record.clone();
    stored.state = RunState::Converted;
    stored.finished = Some(now());
    stored.steps.clone_from(&session.steps);
    stored.seconds = stored.steps.iter().map(|step| step.seconds).sum();
    journal::update(session.database, session.connection.as_mut(), &stored).await?;
    crate::failpoint::reached("journal.written");
    session.finish().await;
    Ok(())
}

// The record goes into the journal before it is known how long COMMIT takes; the
// caller's copy has the final figures.
async fn write_journal(session: &mut Session<'_>, plan: &Plan, before: &Catalogue, record: &RunRecord) -> Result<()> {
    let began = Instant::now();
    for statement in session.database.journal().create {
        session.connection.execute(&statement).await?;
    }
    let mut stored = record.clone();
    stored.state = RunState::Converted;
    stored.finished = Some(now());
    stored.steps.clone_from(&session.steps);
    stored.seconds = stored.steps.iter().map(|step| step.seconds).sum();
    journal::insert(session.database, session.connection.as_mut(), plan, before, &stored).await?;
    if let Some(step) = plan.blueprint.steps.iter().find(|step| step.action == Action::Record) {
        session.stage(&step.id, &step.title, began);
    }
    crate::failpoint::reached("journal.written");
    Ok(())
}

/// Asks the first side of every proof.
pub(super) async fn take_proofs(session: &mut Session<'_>, plan: &Plan, direction: Direction) -> Result<Taken> {
    let mut taken = Taken::new();
    for proof in &plan.blueprint.proofs {
        session.check_cancelled()?;
        session.proving(direction.first_title());
        gate::take(session.connection.as_mut(), proof, direction, &mut taken).await?;
    }
    crate::failpoint::reached("proofs.before");
    Ok(taken)
}

/// Asks the second side of every proof, every assertion, and compares the catalogues.
pub(super) async fn prove(
    session: &mut Session<'_>,
    plan: &Plan,
    direction: Direction,
    taken: &Taken,
    before: &Catalogue,
) -> Result<Vec<ProofResult>> {
    if let Some(defect) = crate::failpoint::defect() {
        session.connection.execute(&defect).await?;
    }
    let mut results = Vec::new();
    for proof in &plan.blueprint.proofs {
        session.check_cancelled()?;
        session.proving(direction.second_title());
        results.push(gate::compare(session.connection.as_mut(), proof, direction, taken, None).await?);
    }
    if direction == Direction::Forward {
        for assertion in &plan.blueprint.assertions {
            session.check_cancelled()?;
            session.proving(direction.second_title());
            results.push(gate::assert(session.connection.as_mut(), assertion, None).await?);
        }
    }
    let after = session.database.catalogue(session.connection.as_mut()).await?;
    let announced = match direction {
        Direction::Forward => plan.blueprint.announced.as_slice(),
        Direction::Back => &[],
    };
    results.push(gate::catalogue(before, &after, announced));
    crate::failpoint::reached("proofs.after");
    Ok(results)
}

/// Lets nothing through that did not hold.
pub(super) fn pass(results: &[ProofResult]) -> Result<()> {
    let reasons: Vec<String> = results.iter().filter(|result| !result.passed).map(ProofResult::complaint).collect();
    if reasons.is_empty() { Ok(()) } else { Err(Error::Gate { reasons }) }
}

/// Rolls back what failed before COMMIT, looks up what failed at it.
pub(super) async fn conclude(
    session: &mut Session<'_>,
    outcome: Result<(), Stop>,
    run: &str,
    wanted: RunState,
) -> Result<(), (Error, DataState)> {
    match outcome {
        Ok(()) => Ok(()),
        Err(Stop::Before(error)) => {
            let state = if session.begun { DataState::RolledBack } else { DataState::Untouched };
            if session.begun {
                session.roll_back().await;
            }
            let standing = match (wanted, state) {
                // An undo that failed leaves the conversion standing.
                (RunState::Undone, _) => DataState::Converted { run: run.to_owned() },
                (_, state) => state,
            };
            Err((error, standing))
        }
        Err(Stop::Settled(error, state)) => {
            session.finish().await;
            Err((error, state))
        }
        Err(Stop::AtCommit(error)) => look_up(session, error, run, wanted).await,
    }
}

// Connection lost during COMMIT: the journal row tells which side of it we are on.
async fn look_up(
    session: &mut Session<'_>,
    error: Error,
    run: &str,
    wanted: RunState,
) -> Result<(), (Error, DataState)> {
    session.roll_back().await;
    let Some(standing) = is_converted(session.database, run).await else {
        return Err((error, DataState::Unclear { run: run.to_owned() }));
    };
    match (wanted, standing) {
        (RunState::Undone, false) | (RunState::Converted, true) => Ok(()),
        (_, true) => Err((error, DataState::Converted { run: run.to_owned() })),
        (_, false) => Err((error, DataState::RolledBack)),
    }
}

/// Whether the journal holds the run; none while the database cannot be asked. The server
/// may still be coming up, or the old session may still be ending.
async fn is_converted(database: &dyn Database, run: &str) -> Option<bool> {
    for _ in 0..20 {
        if let Ok(mut connection) = database.connect(Access::Read, &purpose(run)).await
            && let Ok(runs) = journal::runs(database, connection.as_mut()).await
        {
            return Some(runs.iter().any(|stored| stored.run == run));
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    None
}

pub(super) fn lock_step(steps: &[Step]) -> Option<&Step> {
    steps.iter().find(|step| step.action == Action::LockTables)
}

pub(super) fn rows(schema: &Schema, plan: &Plan) -> BTreeMap<String, u64> {
    let tables = plan.tables();
    let tables = tables.iter().filter_map(|name| schema.tables.get(name));
    // Partitions are converted with their table.
    let whole = tables.filter(|table| !schema.is_partition(table));
    whole.map(|table| (table.name.to_string(), table.rows)).collect()
}

async fn count_ids(session: &mut Session<'_>, plan: &Plan) -> Result<u64> {
    let mut ids = 0;
    for number in 0..plan.conversions.len() {
        let map = session.database.map_table(&plan.schema_fingerprint, &plan.conversions, number);
        let sql = format!("SELECT {} FROM {map}", session.database.text("count(*)"));
        ids += gate::answer(session.connection.as_mut(), &sql).await?.parse::<u64>().unwrap_or_default();
    }
    Ok(ids)
}

/// This moment, RFC 3339 in UTC, to the second.
pub(super) fn now() -> String {
    let now = OffsetDateTime::now_utc();
    now.replace_nanosecond(0).unwrap_or(now).format(&Rfc3339).unwrap_or_default()
}

impl RunRecord {
    /// The record of a run that is about to begin.
    pub fn beginning(database: &dyn Database, plan: &Plan, options: &RunOptions) -> Self {
        RunRecord {
            run: options.run.clone(),
            engine: plan.engine,
            server_version: String::new(),
            database: plan.database.clone(),
            place: database.place(),
            plan_fingerprint: plan.fingerprint.clone(),
            state: RunState::Started,
            started: now(),
            finished: None,
            seconds: 0.0,
            tool_version: options.tool_version.clone(),
            safety_net: options.safety_net.clone(),
            overrides: options.overrides.clone(),
            conversions: plan.conversions.clone(),
            ids: 0,
            steps: Vec::new(),
            validation: Vec::new(),
            findings: plan.findings.clone(),
            versions: Vec::new(),
            sizes: Vec::new(),
            failure: None,
            undone: None,
            undo_steps: Vec::new(),
            undo_validation: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(passed: bool) -> ProofResult {
        let text = |text: &str| text.to_owned();
        ProofResult {
            id: text("rows main.a"),
            title: text("Every row"),
            passed,
            expected: text("3"),
            found: text("2"),
            sql: String::new(),
        }
    }

    #[test]
    fn one_proof_that_does_not_hold_closes_the_gate() {
        assert!(pass(&[proof(true), proof(true)]).is_ok());
        let Err(Error::Gate { reasons }) = pass(&[proof(true), proof(false)]) else { panic!("the gate is open") };
        assert_eq!(reasons, ["Every row: expected 3, found 2"]);
        let failure = Failure::new(&Error::Gate { reasons }, DataState::RolledBack);
        assert_eq!(failure.exit, 4);
    }
}
