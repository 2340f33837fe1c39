//! The job at hand: which database, and how far it has come.

use std::sync::Arc;

use rekey_engine::Failure;
use rekey_engine::application::versions::VersionTable;
use rekey_engine::backup::{Backup, Restored};
use rekey_engine::check::{ExpectedRevision, SignOff};
use rekey_engine::dialect::Database;
use rekey_engine::execute::{RunRecord, RunState};
use rekey_engine::inspect::ServerInfo;
use rekey_engine::plan::Plan;
use rekey_engine::rehearse::Rehearsal;

use crate::api::redis::RedisJob;
use crate::api::types::{ChecklistView, Environment, RunView, SessionView, Stage, StoppedRun};
use crate::api::{failure, sign_off};
use crate::wizard::{self, Facts, Outcome, PlanFacts};

/// A database that was connected to.
pub struct Target {
    /// The database.
    pub database: Arc<dyn Database>,
    /// How it describes itself.
    pub server: ServerInfo,
    /// Its environment.
    pub environment: Environment,
    /// True for the built-in sample.
    pub sample: bool,
}

/// The job at hand.
#[derive(Default)]
pub struct Session {
    /// The database.
    pub target: Option<Arc<Target>>,
    /// True once it was inspected.
    pub inspected: bool,
    /// The tables of migration tools, as they were found.
    pub versions: Vec<VersionTable>,
    /// The revisions at which the application's code expects migration tools to be.
    pub expected: Vec<ExpectedRevision>,
    /// The plan.
    pub plan: Option<Arc<Plan>>,
    /// The checklist as it was last gone through.
    pub checklist: Option<ChecklistView>,
    /// The backup.
    pub backup: Option<Backup>,
    /// The typed reason for going on without one.
    pub override_reason: Option<String>,
    /// What was restored from the backup last.
    pub restored: Option<Restored>,
    /// The rehearsal of this plan on this backup.
    pub rehearsal: Option<Rehearsal>,
    /// The typed reason for going on without one.
    pub rehearsal_reason: Option<String>,
    /// What people vouch for.
    pub sign_off: Option<SignOff>,
    /// The last run on this database.
    pub record: Option<RunRecord>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// True where all proofs held when they were last looked at: by the run itself or since.
    pub validated: Option<bool>,
    /// A run of this database that stopped on the way.
    pub stopped: Option<StoppedRun>,
    /// A run of the past that was opened to read its report.
    pub reading: Option<RunRecord>,
    /// What the user should know about the last action.
    pub notice: Option<String>,
    /// Where ids live on beside the database.
    pub redis: RedisJob,
}

impl Session {
    /// A job on a database that was just connected to.
    pub fn on(target: Target) -> Self {
        Session { target: Some(Arc::new(target)), ..Session::default() }
    }

    /// What the wizard decides upon.
    pub fn facts(&self, busy: Option<Stage>) -> Facts {
        Facts {
            connected: self.target.is_some(),
            inspected: self.inspected,
            plan: self.plan.as_ref().map(|plan| PlanFacts {
                conversions: plan.conversions.len(),
                unanswered: plan.questions.iter().filter(|question| question.answer.is_none()).count(),
            }),
            checklist: self.checklist.as_ref().map(|list| list.clear),
            unsigned: self.sign_off.as_ref().filter(|one| one.refuses()).map_or(0, |one| one.open().len()),
            backup: self.backup.is_some() || self.override_reason.is_some(),
            rehearsed: self.rehearsal_reason.is_some() || self.rehearsal.as_ref().is_some_and(|one| one.green),
            rehearsal_failed: self.rehearsal.as_ref().is_some_and(|one| !one.green),
            outcome: self.outcome,
            report: self.shown().is_some(),
            validated: self.validated,
            stopped: self.stopped.as_ref().is_some_and(|stopped| stopped.halfway),
            busy,
        }
    }

    /// The run whose report is shown.
    pub fn shown(&self) -> Option<&RunRecord> {
        self.reading.as_ref().or(self.record.as_ref())
    }

    /// The job as the window sees it.
    pub fn view(&self, busy: Option<Stage>) -> SessionView {
        let target = self.target.as_deref();
        SessionView {
            server: target.map(|target| target.server.clone()),
            environment: target.map(|target| target.environment),
            sample: target.is_some_and(|target| target.sample),
            stages: wizard::stages(&self.facts(busy)),
            run: self.shown().map(|record| record.run.clone()),
            busy: busy.is_some(),
            stopped: self.stopped.clone(),
            notice: self.notice.clone(),
        }
    }

    /// The database, where the stage is open.
    ///
    /// # Errors
    /// The wizard's reason why it is not.
    pub fn open(&self, stage: Stage, busy: Option<Stage>) -> Result<Arc<Target>, Failure> {
        wizard::require(&self.facts(busy), stage).map_err(|reason| failure::closed(&reason))?;
        self.target.clone().ok_or_else(|| failure::closed("Connect to a database first."))
    }

    /// Refuses an answer that belongs to another database than the one that is open now.
    ///
    /// # Errors
    /// Where the job was closed or replaced meanwhile.
    pub fn still(&self, target: &Arc<Target>) -> Result<(), Failure> {
        match &self.target {
            Some(open) if Arc::ptr_eq(open, target) => Ok(()),
            _ => Err(failure::outdated()),
        }
    }

    /// Takes a new plan. What was checked and done for another one no longer counts; a
    /// backup of the same data does, unless the data was converted since.
    pub fn take_plan(&mut self, plan: Arc<Plan>) {
        if self.plan.as_ref().is_some_and(|old| old.fingerprint == plan.fingerprint) {
            return;
        }
        if let Some(outcome) = self.outcome.take() {
            self.forget_backup();
            self.forget_sign_off(outcome);
        }
        self.checklist = None;
        self.forget_rehearsal();
        self.validated = None;
        self.plan = Some(plan);
    }

    /// After the data changed: a backup from before is no longer a copy of it.
    pub fn forget_backup(&mut self) {
        self.backup = None;
        self.restored = None;
        self.override_reason = None;
        self.forget_rehearsal();
    }

    // What was signed for a run that came to its end was for that run.
    fn forget_sign_off(&mut self, outcome: Outcome) {
        let ended = matches!(outcome, Outcome::Converted | Outcome::Undone);
        if let Some(target) = self.target.as_deref().filter(|_| ended) {
            self.sign_off = Some(sign_off::nothing(target));
        }
    }

    // It was of another plan, or on another backup.
    fn forget_rehearsal(&mut self) {
        self.rehearsal = None;
        self.rehearsal_reason = None;
    }
}

/// How a run ended, as far as its record says.
pub fn outcome(state: RunState) -> Option<Outcome> {
    match state {
        RunState::Converted | RunState::Kept => Some(Outcome::Converted),
        RunState::Undone => Some(Outcome::Undone),
        RunState::RolledBack => Some(Outcome::Failed),
        RunState::Started | RunState::Undoing => None,
    }
}

/// What a run that stands found when it asked its proofs; none where it stands no longer.
pub fn proven(record: &RunRecord) -> Option<bool> {
    (outcome(record.state) == Some(Outcome::Converted))
        .then(|| run_view(record).validation.iter().all(|proof| proof.passed))
}

/// A run as the window sees it: of an undone one, the undo.
pub fn run_view(record: &RunRecord) -> RunView {
    let undone = record.state == RunState::Undone;
    RunView {
        run: record.run.clone(),
        state: record.state,
        seconds: if undone { record.undo_steps.iter().map(|step| step.seconds).sum() } else { record.seconds },
        ids: record.ids,
        steps: if undone { record.undo_steps.clone() } else { record.steps.clone() },
        sizes: record.sizes.clone(),
        validation: if undone { record.undo_validation.clone() } else { record.validation.clone() },
    }
}
