//! Checklist: what stands in the way of the plan, right now.

use rekey_engine::Failure;
use rekey_engine::check::{self, Circumstances, Finding, Severity};
use time::OffsetDateTime;

use crate::api::session::Session;
use crate::api::types::{ChecklistView, Stage};
use crate::api::{App, connect, failure, migrate, rehearse};
use crate::store::now;

// Later stages ask about backup and rehearsal; here they would only be in the way. What people
// vouch for is shown beside the findings, as it is now.
const BACKUP: &str = "RK-002";
const REHEARSAL: &str = "RK-004";
const SIGN_OFF: &str = "RK-005";

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
            let circumstances = circumstances(&session);
            (target, plan, circumstances)
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

fn circumstances(session: &Session) -> Circumstances {
    let overrides = migrate::overrides(session);
    Circumstances::of(&rehearse::safety_net(session), &overrides, OffsetDateTime::now_utc())
}

fn view(found: Vec<Finding>) -> ChecklistView {
    let elsewhere = |finding: &Finding| match finding.rule.as_str() {
        BACKUP | REHEARSAL => finding.severity == Severity::Ask,
        rule => rule == SIGN_OFF,
    };
    let findings: Vec<Finding> = found.into_iter().filter(|finding| !elsewhere(finding)).collect();
    let clear = findings.iter().all(|finding| finding.severity < Severity::Ask);
    ChecklistView { findings, clear, at: now() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_place_of_its_own_does_not_close_the_stage() {
        let found = |severity, rule: &str| Finding::new(severity, rule, "object", "meaning", "remedy");
        let shown = view(vec![
            found(Severity::Ask, BACKUP),
            found(Severity::Ask, REHEARSAL),
            found(Severity::Ask, SIGN_OFF),
            found(Severity::Warn, BACKUP),
        ]);
        assert!(shown.clear && shown.findings == [found(Severity::Warn, BACKUP)], "{shown:?}");
        assert!(!view(vec![found(Severity::Ask, "RK-001")]).clear);
    }
}
