//! Checklist: what stands in the way of the plan, right now.

use rekey_engine::Failure;
use rekey_engine::check::{self, Circumstances, Finding, Severity};

use crate::api::types::{ChecklistView, Stage};
use crate::api::{App, connect, failure};
use crate::store::now;

// The stage after this one asks about the backup; here it would only be in the way.
const BACKUP: &str = "RK-002";

impl App {
    /// Goes through the checklist, read-only.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn checklist(&self) -> Result<ChecklistView, Failure> {
        let (target, plan, circumstances) = {
            let session = self.session.lock().await;
            let target = session.open(Stage::Checklist, self.work.stage())?;
            let plan = session.plan.clone().ok_or_else(|| failure::closed("Make a plan first."))?;
            let backup = session.backup.as_ref().map(|made| made.path.clone());
            let no_backup = session.override_reason.clone();
            let rehearsal = session.rehearsal.as_ref().filter(|one| one.green).map(|one| one.place.clone());
            let no_rehearsal = session.rehearsal_reason.clone();
            (target, plan, Circumstances { backup, no_backup, rehearsal, no_rehearsal })
        };
        let mut connection = connect::reach(target.database.as_ref()).await?;
        let found = check::check(target.database.as_ref(), connection.as_mut(), &plan, &circumstances).await?;
        let view = view(found);
        let mut session = self.session.lock().await;
        session.still(&target)?;
        self.idle()?;
        // Made for a plan that was replaced meanwhile, it says nothing about the new one.
        if session.plan.as_ref().is_some_and(|current| current.fingerprint == plan.fingerprint) {
            session.checklist = Some(view.clone());
        }
        Ok(view)
    }
}

fn view(found: Vec<Finding>) -> ChecklistView {
    let later = |finding: &Finding| finding.rule == BACKUP && finding.severity == Severity::Ask;
    let findings: Vec<Finding> = found.into_iter().filter(|finding| !later(finding)).collect();
    let clear = findings.iter().all(|finding| finding.severity < Severity::Ask);
    ChecklistView { findings, clear, at: now() }
}
