//! Migrate: the conversion itself, and the wish to stop it.

use std::sync::Arc;
use std::time::Duration;

use rekey_engine::backup::Backup;
use rekey_engine::execute::{self, Overrides, RunFailure, RunOptions, RunRecord, RunState};
use rekey_engine::observer::Observer;
use rekey_engine::plan::Plan;
use rekey_engine::{DataState, Failure};

use crate::api::session::{self, Session, Target, run_view};
use crate::api::types::{Environment, RunView, Stage};
use crate::api::work::AtWork;
use crate::api::{App, backup, failure, rehearse};
use crate::command::run::new_run;
use crate::wizard::{self, Outcome};

/// How long a run tries for its locks altogether.
pub const LOCK_LIMIT: Duration = Duration::from_secs(60);

struct Job {
    target: Arc<Target>,
    plan: Arc<Plan>,
    options: RunOptions,
    backup: Option<Backup>,
}

impl App {
    /// Carries the plan out. Everything before it must be in order, whatever the window
    /// shows. `confirmation` is the database's name where it is a production database,
    /// else that or `yes`.
    ///
    /// # Errors
    /// Where a stage before is not in order, the confirmation does not match, or the run
    /// fails; the failure then says in which state the data is.
    pub async fn migrate(&self, observer: &dyn Observer, confirmation: &str) -> Result<RunView, Failure> {
        let (job, at_work) = self.begin(confirmation).await?;
        if let Some(backup) = job.backup.clone() {
            backup::check(backup).await?;
        }
        // Noted before it begins: should the machine go down, the run is known by its id.
        self.note(&RunRecord::beginning(job.target.database.as_ref(), &job.plan, &job.options), Some(&job.plan)).await;
        let ended =
            execute::run(job.target.database.as_ref(), &job.plan, &job.options, observer, &at_work.cancel).await;
        drop(at_work);
        self.note_run(&job, ended).await
    }

    /// Asks what is at work to stop and take everything back: a backup, a rehearsal, a run or
    /// an undo.
    ///
    /// # Errors
    /// None: where nothing is at work there is nothing to stop.
    pub async fn migrate_cancel(&self) -> Result<(), Failure> {
        self.work.cancel();
        Ok(())
    }

    /// Asks the run to rest after the batch of rows that is at work, or to go on.
    ///
    /// # Errors
    /// None: where nothing is at work, or all is one transaction, nobody hears it.
    pub async fn migrate_pause(&self, wanted: bool) -> Result<(), Failure> {
        self.work.pause(wanted);
        Ok(())
    }

    async fn begin(&self, confirmation: &str) -> Result<(Job, AtWork<'_>), Failure> {
        let mut session = self.session.lock().await;
        wizard::require_run(&session.facts(self.work.stage())).map_err(|reason| failure::closed(&reason))?;
        let (Some(target), Some(plan)) = (session.target.clone(), session.plan.clone()) else {
            return Err(failure::closed("Make a plan first."));
        };
        confirm(&target, confirmation)?;
        let options = options(&session);
        let at_work = self.begin_work(Stage::Migrate)?.on(&options.run);
        session.reading = None;
        session.notice = None;
        let backup = session.backup.clone();
        Ok((Job { target, plan, options, backup }, at_work))
    }

    pub(super) fn begin_work(&self, stage: Stage) -> Result<AtWork<'_>, Failure> {
        self.work.begin(stage).ok_or_else(|| failure::closed("Rekey is at work. Wait for it to end, or cancel it."))
    }

    pub(super) fn begin_redis(&self, stage: Stage) -> Result<AtWork<'_>, Failure> {
        let begun = self.work.begin_in_redis(stage);
        begun.ok_or_else(|| failure::closed("Rekey is at work. Wait for it to end, or cancel it."))
    }

    async fn note_run(&self, job: &Job, ended: Result<RunRecord, RunFailure>) -> Result<RunView, Failure> {
        let (record, failure) = match ended {
            Ok(record) => (record, None),
            Err(RunFailure { failure, record }) => (*record, Some(failure)),
        };
        let notice = self.note(&record, None).await;
        let outcome = outcome(&record, failure.as_ref());
        if outcome == Some(Outcome::Converted) {
            self.forget_sign_off(&job.target).await;
        }
        let mut session = self.session.lock().await;
        if session.still(&job.target).is_ok() {
            session.validated = session::proven(&record);
            session.outcome = outcome.or(session.outcome);
            session.record = Some(record.clone());
            session.notice = notice;
        }
        drop(session);
        if outcome == Some(Outcome::Unclear) {
            self.look_for_stopped(&job.target).await;
        }
        failure.map_or_else(|| Ok(run_view(&record)), Err)
    }

    /// Notes a run in the local history. The run itself does not depend on it, so a full
    /// disk here is worth a word and no more.
    pub(super) async fn note(&self, record: &RunRecord, plan: Option<&Plan>) -> Option<String> {
        let noted = async {
            let store = self.store().await?;
            store.record(record).await?;
            if let Some(plan) = plan {
                store.keep_plan(plan).await?;
            }
            Ok::<(), Failure>(())
        };
        let failure = noted.await.err()?;
        Some(format!("The run could not be noted in the history of this machine. {}", failure.what))
    }
}

/// Refuses where the confirmation is not the one that this database asks for.
pub fn confirm(target: &Target, confirmation: &str) -> Result<(), Failure> {
    let name = &target.server.database;
    let given = confirmation.trim();
    let plain = target.environment != Environment::Production && given == "yes";
    if plain || given == name { Ok(()) } else { Err(failure::not_confirmed(name)) }
}

fn outcome(record: &RunRecord, failure: Option<&Failure>) -> Option<Outcome> {
    match failure.map(|failure| &failure.state) {
        None => session::outcome(record.state),
        Some(DataState::Untouched | DataState::RolledBack) => Some(Outcome::Failed),
        Some(DataState::Converted { .. }) => Some(Outcome::Converted),
        Some(DataState::Unclear { .. } | DataState::Halfway { .. }) => Some(Outcome::Unclear),
    }
}

fn options(session: &Session) -> RunOptions {
    RunOptions {
        run: new_run(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        lock_limit: LOCK_LIMIT,
        safety_net: rehearse::safety_net(session),
        overrides: overrides(session),
    }
}

/// The typed reasons of this job.
pub fn overrides(session: &Session) -> Overrides {
    Overrides {
        no_backup: session.override_reason.clone().filter(|_| session.backup.is_none()),
        no_rehearsal: session.rehearsal_reason.clone(),
    }
}

/// The options under which a run is taken back.
pub fn undo_options(record: &RunRecord) -> RunOptions {
    RunOptions {
        run: record.run.clone(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        lock_limit: LOCK_LIMIT,
        safety_net: record.safety_net.clone(),
        overrides: record.overrides.clone(),
    }
}

/// True where a run stands and can be taken back.
pub fn can_undo(record: &RunRecord) -> bool {
    record.state == RunState::Converted
}
