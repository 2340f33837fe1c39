//! Rehearse: the plan there and back on a copy restored from the backup, or a typed reason for
//! going on without.

use std::sync::Arc;

use rekey_engine::Failure;
use rekey_engine::backup::Backup;
use rekey_engine::check::SignOff;
use rekey_engine::execute::SafetyNet;
use rekey_engine::observer::Observer;
use rekey_engine::plan::Plan;
use rekey_engine::rehearse::{self, Rehearsal, Rehearsing};

use crate::api::session::{Session, Target};
use crate::api::types::{RehearsalView, Stage};
use crate::api::work::AtWork;
use crate::api::{App, backup, failure};
use crate::command::run::new_run;

impl App {
    /// How the rehearsal stands.
    ///
    /// # Errors
    /// Where the stage is not open.
    pub async fn rehearsal_view(&self) -> Result<RehearsalView, Failure> {
        let session = self.session.lock().await;
        session.open(Stage::Rehearse, self.work.stage())?;
        Ok(view(&session))
    }

    /// Restores the backup into a scratch database, carries the plan out there, takes it back
    /// and removes the copy. What goes wrong on the copy is part of the answer.
    ///
    /// # Errors
    /// Where there is no backup of Rekey's, or no copy could be made.
    pub async fn rehearse(&self, observer: &dyn Observer) -> Result<RehearsalView, Failure> {
        let (target, plan, backup, at_work) = self.begin_rehearsal().await?;
        let run = new_run();
        let rehearsing = Rehearsing {
            run: &run,
            tool_version: env!("CARGO_PKG_VERSION"),
            server: target.database.as_ref(),
            source: target.database.as_ref(),
            questions: &[],
            programs: None,
            keep: false,
        };
        let ended = rehearse::rehearse(&plan, &backup, &rehearsing, observer, &at_work.cancel).await;
        drop(at_work);
        let rehearsal = ended?;
        let written = rehearsal.write(&backup, &plan);
        let mut session = self.session.lock().await;
        session.still(&target)?;
        // Here it counts whether or not it could be written down for later.
        session.notice = written.err().map(|error| format!("The rehearsal could not be noted: {error}."));
        if session.plan.as_ref().is_some_and(|current| current.fingerprint == plan.fingerprint) {
            session.rehearsal = Some(rehearsal);
            session.rehearsal_reason = None;
        }
        Ok(view(&session))
    }

    /// Goes on without a rehearsal, for a reason that the report prints.
    ///
    /// # Errors
    /// Where the reason says too little.
    pub async fn rehearsal_override(&self, reason: &str) -> Result<RehearsalView, Failure> {
        let reason = backup::enough(reason)?;
        let mut session = self.session.lock().await;
        session.open(Stage::Rehearse, self.work.stage())?;
        session.rehearsal_reason = Some(reason);
        Ok(view(&session))
    }

    async fn begin_rehearsal(&self) -> Result<(Arc<Target>, Arc<Plan>, Backup, AtWork<'_>), Failure> {
        let session = self.session.lock().await;
        let target = session.open(Stage::Rehearse, self.work.stage())?;
        let plan = session.plan.clone().ok_or_else(|| failure::closed("Make a plan first."))?;
        let backup = session.backup.clone().ok_or_else(|| {
            failure::closed("There is no backup of Rekey's to restore, so there is nothing to rehearse on.")
        })?;
        Ok((target, plan, backup, self.begin_work(Stage::Rehearse)?))
    }
}

fn view(session: &Session) -> RehearsalView {
    RehearsalView {
        possible: session.backup.is_some(),
        made: session.rehearsal.clone(),
        override_reason: session.rehearsal_reason.clone(),
    }
}

/// What a run of this job rests on, for its record.
pub fn safety_net(session: &Session) -> SafetyNet {
    let backup = session.backup.as_ref();
    let path = backup.zip(session.plan.as_ref()).map(|(backup, plan)| Rehearsal::path(backup, plan));
    let mut net = SafetyNet::of(backup, path.as_deref().zip(session.rehearsal.as_ref()));
    net.sign_off.clone_from(&session.sign_off);
    let open = session.sign_off.as_ref().and_then(SignOff::finding);
    let warned = session.checklist.iter().flat_map(|checklist| checklist.findings.iter().cloned());
    net.accept(&warned.chain(open).collect::<Vec<_>>());
    net
}
