//! The rehearsal: the same plan, carried out by the same code on a copy that was restored from
//! the backup, and taken back again.
//!
//! It proves the backup once more, the plan, and the undo, and it is where the figures for the
//! real run come from. A green rehearsal lies as a small file beside its backup, so that it
//! goes where the backup goes; it counts for that very backup and that very plan alone.

mod disk;
mod indexes;
mod question;
mod timing;
mod window;

pub use indexes::{IndexRow, Indexes};
pub use question::Question;
pub use timing::Timing;
pub use window::Window;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::backup::{self, Backup, Scratch, file};
use crate::dialect::{Access, Database};
use crate::error::{Error, Result};
use crate::execute::{self, Cancel, Overrides, ProofResult, RunOptions, RunRecord, SafetyNet, StepRecord};
use crate::observer::Observer;
use crate::plan::{Action, Plan, differing_statements, transplant};
use crate::schema::EngineKind;
use disk::Gauge;
use timing::Answer;

/// Version of the file's format.
pub const FORMAT: u32 = 1;
/// How long the copy's locks are tried for: nobody else knows the copy.
const LOCK_LIMIT: Duration = Duration::from_secs(30);
const REASON: &str = "this is a rehearsal on a copy";

/// A rehearsal, as its file tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Rehearsal {
    /// [`FORMAT`].
    pub format: u32,
    /// Ten lower-case letters and digits; the copy was named after it.
    pub rehearsal: String,
    /// Fingerprint of the plan.
    pub plan_fingerprint: String,
    /// SHA-256 of the backup that was restored.
    pub backup_sha256: String,
    /// The backup that was restored.
    pub backup: String,
    /// Which product.
    pub engine: EngineKind,
    /// Version of the server that the copy was on.
    pub server_version: String,
    /// Where the copy was.
    pub place: String,
    /// True where the copy is still there.
    pub kept: bool,
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// True where everything held.
    pub green: bool,
    /// What went wrong, where something did.
    pub failure: Option<String>,
    /// Statements that are others on the copy than in the plan, names aside: the server may
    /// spell a definition in another way after a restore.
    pub differing_statements: usize,
    /// How long the conversion took.
    pub seconds: f64,
    /// Its steps with their times.
    pub steps: Vec<StepRecord>,
    /// Its proofs.
    pub validation: Vec<ProofResult>,
    /// New ids.
    #[ts(type = "number")]
    pub ids: u64,
    /// How long the undo took.
    pub undo_seconds: f64,
    /// Its steps with their times.
    pub undo_steps: Vec<StepRecord>,
    /// True where the undo was carried out and the copy was then what the backup holds.
    pub undo_tested: bool,
    /// Bytes that the copy took before.
    #[ts(type = "number")]
    pub disk_bytes: u64,
    /// Bytes that it took at the most. Without the server's log and what sorting writes.
    #[ts(type = "number")]
    pub peak_disk_bytes: u64,
    /// What to reckon with.
    pub window: Option<Window>,
    /// How fast the usual questions are answered before and after.
    #[serde(default)]
    pub timings: Vec<Timing>,
    /// The indexes of the converted tables, before and after.
    #[serde(default)]
    pub indexes: Indexes,
}

/// How a rehearsal is to be carried out.
#[derive(Clone, Copy)]
pub struct Rehearsing<'a> {
    /// Ten lower-case letters and digits.
    pub run: &'a str,
    /// Version of Rekey.
    pub tool_version: &'a str,
    /// A database of the server that takes the copy; on SQLite it lies beside the backup.
    pub server: &'a dyn Database,
    /// The database itself, which is asked for nothing but how often its indexes are used.
    pub source: &'a dyn Database,
    /// Questions to be timed before and after, beside the usual ones.
    pub questions: &'a [Question],
    /// The folder with the client programs, where the user named one.
    pub programs: Option<&'a Path>,
    /// True where the copy is to be kept, converted, for a look at it.
    pub keep: bool,
}

/// Restores the backup, carries out the plan on the copy, takes it back and compares the copy
/// with the backup; then removes it.
///
/// # Errors
/// Where there is no copy to rehearse on. What goes wrong on the copy is told in
/// [`Rehearsal::failure`].
pub async fn rehearse(
    plan: &Plan,
    backup: &Backup,
    rehearsing: &Rehearsing<'_>,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<Rehearsal> {
    let Rehearsing { run, server, programs, .. } = *rehearsing;
    let scratch = backup::prove(backup, server, run, programs, observer, cancel).await?;
    let mut rehearsal = beginning(plan, backup, rehearsing, &scratch);
    let gone_through =
        go_through(plan, backup, scratch.database.as_ref(), rehearsing, &mut rehearsal, observer, cancel).await;
    rehearsal.green = gone_through.is_ok();
    rehearsal.failure = gone_through.as_ref().err().map(ToString::to_string);
    match (gone_through, rehearsing.keep) {
        // What is kept for a look at it is a converted copy, and this is none.
        (Err(Error::Cancelled), _) => Err(scratch.remove_after(Error::Cancelled).await),
        (Ok(()) | Err(_), true) => Ok(rehearsal),
        (Ok(()), false) => scratch.remove().await.map(|()| rehearsal),
        (Err(error), false) => {
            let told = scratch.remove_after(error).await;
            if matches!(told, Error::Left { .. }) { Err(told) } else { Ok(rehearsal) }
        }
    }
}

fn beginning(plan: &Plan, backup: &Backup, rehearsing: &Rehearsing<'_>, scratch: &Scratch) -> Rehearsal {
    Rehearsal {
        format: FORMAT,
        rehearsal: rehearsing.run.to_owned(),
        plan_fingerprint: plan.fingerprint.clone(),
        backup_sha256: backup.sha256.clone(),
        backup: backup.path.clone(),
        engine: plan.engine,
        server_version: backup.server_version.clone(),
        place: scratch.database.place(),
        kept: rehearsing.keep,
        started: file::now(),
        green: false,
        failure: None,
        differing_statements: 0,
        seconds: 0.0,
        steps: Vec::new(),
        validation: Vec::new(),
        ids: 0,
        undo_seconds: 0.0,
        undo_steps: Vec::new(),
        undo_tested: false,
        disk_bytes: 0,
        peak_disk_bytes: 0,
        window: None,
        timings: Vec::new(),
        indexes: Indexes::default(),
    }
}

async fn go_through(
    plan: &Plan,
    backup: &Backup,
    copy: &dyn Database,
    rehearsing: &Rehearsing<'_>,
    rehearsal: &mut Rehearsal,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<()> {
    let given = plan;
    let (plan, answers) = prepare(copy, given, rehearsing, rehearsal).await?;
    let mut gauge = Gauge::new(copy).await?;
    rehearsal.disk_bytes = gauge.peak();
    let options = options(rehearsing, backup);
    let record = gauge.during(execute::run(copy, &plan, &options, observer, cancel)).await;
    rehearsal.peak_disk_bytes = gauge.peak();
    let record = match record {
        Ok(record) => record,
        Err(failed) => {
            rehearsal.take(&failed.record);
            return Err(stopped(&failed.record, cancel));
        }
    };
    rehearsal.take(&record);
    rehearsal.window = Some(Window::of(&plan, &record));
    drop(gauge);
    timing::after(copy, &mut rehearsal.timings, &answers).await?;
    rehearsal.indexes.after(copy, given, &plan).await?;
    take_back(copy, &record, &options, rehearsal, observer, cancel).await?;
    compare(copy, backup).await?;
    rehearsal.undo_tested = true;
    if rehearsing.keep {
        execute::run(copy, &plan, &options, observer, cancel)
            .await
            .map_err(|failed| stopped(&failed.record, cancel))?;
    }
    Ok(())
}

// The plan as it is for the copy; and what is looked at while the old keys are there.
async fn prepare(
    copy: &dyn Database,
    plan: &Plan,
    rehearsing: &Rehearsing<'_>,
    rehearsal: &mut Rehearsal,
) -> Result<(Plan, Vec<Answer>)> {
    let mut connection = copy.connect(Access::Read, "rekey").await?;
    let schema = copy.inspect(connection.as_mut()).await?;
    rehearsal.server_version.clone_from(&schema.server_version);
    let own = transplant(copy, &schema, plan)?;
    rehearsal.differing_statements = differing_statements(plan, &own);
    drop(connection);
    count(copy, &own).await?;
    let (timings, answers) = timing::before(copy, &schema, &own, rehearsing.questions).await?;
    rehearsal.timings = timings;
    rehearsal.indexes = Indexes::before(copy, plan, &own).await?;
    rehearsal.indexes.used(rehearsing.source, plan).await;
    Ok((own, answers))
}

// What was just restored has no statistics yet, by which both sides are to be answered.
async fn count(copy: &dyn Database, plan: &Plan) -> Result<()> {
    let steps = plan.blueprint.steps.iter().filter(|step| step.action == Action::Analyze);
    let statements: Vec<&String> = steps.flat_map(|step| &step.statements).collect();
    if statements.is_empty() {
        return Ok(());
    }
    let mut connection = copy.connect(Access::Write, "rekey").await?;
    for statement in statements {
        connection.execute(statement).await?;
    }
    Ok(())
}

fn options(rehearsing: &Rehearsing<'_>, backup: &Backup) -> RunOptions {
    RunOptions {
        run: rehearsing.run.to_owned(),
        tool_version: rehearsing.tool_version.to_owned(),
        lock_limit: LOCK_LIMIT,
        safety_net: SafetyNet::of(Some(backup), None),
        overrides: Overrides { no_backup: None, no_rehearsal: Some(REASON.to_owned()) },
    }
}

async fn take_back(
    copy: &dyn Database,
    record: &RunRecord,
    options: &RunOptions,
    rehearsal: &mut Rehearsal,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<()> {
    let mut connection = copy.connect(Access::Read, "rekey").await?;
    let known = execute::runs(copy, connection.as_mut()).await?;
    drop(connection);
    let stored = known.iter().find(|stored| stored.run == record.run);
    let stored = stored.ok_or_else(|| Error::Unknown { kind: "run", name: record.run.clone() })?;
    let undone = execute::undo(copy, stored, options, observer, cancel).await;
    let undone = undone.map_err(|failed| stopped(&failed.record, cancel))?;
    rehearsal.undo_seconds = undone.undo_steps.iter().map(|step| step.seconds).sum();
    rehearsal.undo_steps = undone.undo_steps;
    Ok(())
}

// There and back the copy must be what the backup holds, whatever the runs' own proofs said.
async fn compare(copy: &dyn Database, backup: &Backup) -> Result<()> {
    let mut connection = copy.connect(Access::Read, "rekey").await?;
    backup::agrees(backup, &copy.content(connection.as_mut()).await?)
}

fn stopped(record: &RunRecord, cancel: &Cancel) -> Error {
    if cancel.is_cancelled() {
        return Error::Cancelled;
    }
    let told = record.failure.clone().unwrap_or_else(|| "the run on the copy failed".to_owned());
    Error::Refused { reasons: vec![format!("on the copy: {told}")] }
}

impl Rehearsal {
    fn take(&mut self, record: &RunRecord) {
        self.seconds = record.seconds;
        self.steps.clone_from(&record.steps);
        self.validation.clone_from(&record.validation);
        self.ids = record.ids;
    }

    /// Where the rehearsal of that plan on that backup lies.
    pub fn path(backup: &Backup, plan: &Plan) -> PathBuf {
        let short: String = plan.fingerprint.chars().take(12).collect();
        file::beside(Path::new(&backup.path), &format!(".rehearsal-{short}.json"))
    }

    /// Writes it beside its backup, in place of an earlier one of the same plan.
    ///
    /// # Errors
    /// [`Error::File`] where it cannot be written.
    pub fn write(&self, backup: &Backup, plan: &Plan) -> Result<PathBuf> {
        let path = Self::path(backup, plan);
        let text = serde_json::to_string_pretty(self).map_err(|failure| file::failed(&path, failure))?;
        file::write(&path, text.as_bytes())?;
        Ok(path)
    }

    /// The rehearsal of that plan on that backup, green or not; none where there was none, or
    /// where the file is another version's.
    pub fn find(backup: &Backup, plan: &Plan) -> Option<Rehearsal> {
        let text = std::fs::read_to_string(Self::path(backup, plan)).ok()?;
        let found: Rehearsal = serde_json::from_str(&text).ok()?;
        let belongs = found.format == FORMAT
            && found.plan_fingerprint == plan.fingerprint
            && found.backup_sha256 == backup.sha256;
        belongs.then_some(found)
    }
}
