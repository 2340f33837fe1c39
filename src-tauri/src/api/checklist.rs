//! Checklist: what stands in the way of the plan, right now.

use rekey_engine::Failure;
use rekey_engine::check::{self, Check, Checklist, Circumstances, Name, Severity};
use time::OffsetDateTime;

use crate::api::session::Session;
use crate::api::types::{ChecklistView, Stage};
use crate::api::{App, connect, failure, migrate, rehearse};
use crate::store::now;

impl App {
    /// Goes through the checklist, read-only.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn checklist(&self) -> Result<ChecklistView, Failure> {
        self.look(&[]).await
    }

    /// Looks at one check again, read-only, and gives the whole list with it.
    ///
    /// # Errors
    /// Where the database cannot be read, or nothing was looked at before.
    pub async fn checklist_again(&self, name: Name) -> Result<ChecklistView, Failure> {
        if self.session.lock().await.checklist.is_none() {
            return Err(failure::closed("Go through the whole checklist first."));
        }
        self.look(&[name]).await
    }

    async fn look(&self, only: &[Name]) -> Result<ChecklistView, Failure> {
        let (target, plan, circumstances) = {
            let session = self.session.lock().await;
            let target = session.open(Stage::Checklist, self.work.stage())?;
            let plan = session.plan.clone().ok_or_else(|| failure::closed("Make a plan first."))?;
            let circumstances = circumstances(&session);
            (target, plan, circumstances)
        };
        let mut connection = connect::reach(target.database.as_ref()).await?;
        let found =
            check::checklist(target.database.as_ref(), connection.as_mut(), &plan, &circumstances, only).await?;
        let mut session = self.session.lock().await;
        session.still(&target)?;
        self.idle()?;
        let view = match session.checklist.clone().filter(|_| !only.is_empty()) {
            Some(before) => view(list(before).again(found)),
            None => view(found),
        };
        // Made for a plan that was replaced meanwhile, it says nothing about the new one.
        if session.plan.as_ref().is_some_and(|now| now.fingerprint == plan.fingerprint) {
            session.checklist = Some(view.clone());
        }
        Ok(view)
    }
}

fn circumstances(session: &Session) -> Circumstances {
    let overrides = migrate::overrides(session);
    let known = Circumstances::of(&rehearse::safety_net(session), &overrides, OffsetDateTime::now_utc());
    Circumstances { expected: session.expected.clone(), ..known }
}

// Later stages ask about backup and rehearsal; here they would only be in the way. What people
// vouch for is shown beside the findings, as it is now.
fn is_told_here(check: &Check) -> bool {
    let asks = || check.findings.iter().any(|finding| finding.severity == Severity::Ask);
    check.name != Name::SignOff && !([Name::Backup, Name::Rehearsal].contains(&check.name) && asks())
}

fn view(found: Checklist) -> ChecklistView {
    let Checklist { checks, findings, grade, inventory } = found.keeping(is_told_here);
    let clear = findings.iter().all(|finding| finding.severity < Severity::Ask);
    ChecklistView { findings, checks, grade, inventory, clear, at: now() }
}

fn list(view: ChecklistView) -> Checklist {
    let ChecklistView { findings, checks, grade, inventory, .. } = view;
    Checklist { checks, findings, grade, inventory }
}

#[cfg(test)]
mod tests {
    use rekey_engine::check::{Finding, Looked, Outcome};

    use super::*;

    fn check(name: Name, findings: &[(Severity, &str)]) -> Check {
        let findings =
            findings.iter().map(|(severity, rule)| Finding::new(*severity, rule, "object", "meaning", "remedy"));
        Looked::found("measured", findings.collect()).on_list(name)
    }

    fn of(checks: Vec<Check>) -> Checklist {
        let inventory = serde_json::from_value(serde_json::json!({
            "engine": "sqlite", "server_version": "3.50", "tables": 0, "rows": 0, "bytes": 0, "largest": 0,
            "columns": 0, "keys": {}, "references": 0, "self_references": 0, "objects": {}, "converted_keys": 0,
            "converted_columns": 0,
        }));
        let grade = serde_json::from_value(serde_json::json!({
            "letter": "C", "meaning": "", "minutes": 1.0, "decisions": 1, "open": 1,
        }));
        let list = Checklist {
            checks: Vec::new(),
            findings: Vec::new(),
            grade: Some(grade.expect("a grade")),
            inventory: inventory.expect("an inventory"),
        };
        let again = Checklist { checks, ..list.clone() };
        list.again(again)
    }

    #[test]
    fn what_has_a_place_of_its_own_does_not_close_the_stage() {
        let shown = view(of(vec![
            check(Name::Backup, &[(Severity::Ask, "RK-002")]),
            check(Name::Rehearsal, &[(Severity::Ask, "RK-004")]),
            check(Name::SignOff, &[(Severity::Ask, "RK-005")]),
            check(Name::Sessions, &[]),
        ]));
        assert!(shown.clear && shown.findings.is_empty() && shown.checks.len() == 1, "{shown:?}");
        let told = view(of(vec![check(Name::Backup, &[(Severity::Warn, "RK-002")])]));
        assert!(told.clear && told.findings.len() == 1, "{told:?}");
        assert!(!view(of(vec![check(Name::Drift, &[(Severity::Ask, "RK-001")])])).clear);
    }

    #[test]
    fn a_second_look_at_one_changes_that_one_and_the_grade() {
        let first = view(of(vec![
            check(Name::Sessions, &[(Severity::Block, "RK-310")]),
            check(Name::LongTransactions, &[(Severity::Warn, "RK-311")]),
        ]));
        let letter = |view: &ChecklistView| format!("{:?}", view.grade.as_ref().expect("a grade").letter);
        assert!(!first.clear && letter(&first) == "C", "{first:?}");
        let again = view(list(first).again(of(vec![check(Name::Sessions, &[])])));
        assert!(again.clear && letter(&again) == "B", "{again:?}");
        let outcomes: Vec<(Name, Outcome)> = again.checks.iter().map(|check| (check.name, check.outcome)).collect();
        assert_eq!(outcomes, [(Name::Sessions, Outcome::Passed), (Name::LongTransactions, Outcome::Warning)]);
        let rules: Vec<&str> = again.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(rules, ["RK-311"]);
    }
}
