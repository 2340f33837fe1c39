//! What a plan must say: refusals, questions, findings.

use std::collections::BTreeSet;

use serde_json::Value;

use super::case::Case;
use super::description::Expected;
use crate::support::oracle::column_id;
use crate::support::rekey::Rekey;
use crate::support::rows::ColumnId;

impl Case<'_> {
    /// What the scenario says is refused is, for that reason and with a way out, and nothing else.
    pub(super) fn assert_refused(&self, plan: &Value) {
        let refused = list(&plan["refused"]);
        let product = self.subject.product();
        let expected: Vec<&Expected> = self
            .scenario
            .refuse
            .iter()
            .filter(|expected| expected.product.as_deref().is_none_or(|only| only == product))
            .collect();
        for expected in &expected {
            let root = self.column(&expected.root);
            let refusal = refused.iter().find(|refusal| column_id(refusal) == root);
            let refusal = refusal.unwrap_or_else(|| panic!("{root:?} is not refused: {plan:#}"));
            assert_reason(&list(&refusal["reasons"]), expected);
        }
        let roots: BTreeSet<ColumnId> = expected.iter().map(|expected| self.column(&expected.root)).collect();
        let others: Vec<_> = refused.iter().filter(|refusal| !roots.contains(&column_id(refusal))).collect();
        assert!(others.is_empty(), "refused and not expected to be: {others:#?}");
    }

    /// Without answers and without taking defaults every question is open: it is asked with
    /// its answers and what follows from each, and its key stays as it is for that reason.
    pub(super) fn assert_asked(&self) {
        let rekey = Rekey::new(self.subject.password());
        let target = self.subject.target();
        let mut arguments = vec!["plan", target.as_str(), "-o", "open.json"];
        arguments.extend(self.scenario.choices.iter().map(String::as_str).filter(|word| *word != "--accept-defaults"));
        let answer = rekey.json(&arguments);
        assert!(matches!(answer.outcome.code, Some(0 | 3)), "{answer}");
        let (questions, refused) = (list(&answer.json["questions"]), list(&answer.json["refused"]));
        for id in self.scenario.answers.keys() {
            let question = questions.iter().find(|question| question["id"] == id.as_str());
            let question = question.unwrap_or_else(|| panic!("'{id}' is not asked: {questions:#?} {refused:#?}"));
            assert_eq!(question["answer"], Value::Null, "answered by nobody: {question:#}");
            let options = list(&question["options"]);
            let told = options.iter().all(|option| filled(&option["value"]) && filled(&option["consequence"]));
            assert!(options.len() > 1 && told && filled(&question["text"]), "not to be answered: {question:#}");
            let root = column_id(&question["root"]);
            let refusal = refused.iter().find(|refusal| column_id(refusal) == root);
            let reasons = list(&refusal.unwrap_or_else(|| panic!("{root:?} is not held back by '{id}'"))["reasons"]);
            let asks = |reason: &Value| {
                let object = reason["object"].as_str().unwrap_or("?");
                reason["severity"] == "ask" && filled(&reason["remedy"]) && id.ends_with(object)
            };
            assert!(reasons.iter().any(asks), "'{id}' is not why it is held back: {reasons:#?}");
        }
    }

    /// What must be told is told, by the plan or by the inspection.
    pub(super) fn assert_told(&self, plan: &Value, rekey: &Rekey) {
        if self.scenario.findings.is_empty() {
            return;
        }
        let mut told = list(&plan["findings"]);
        told.extend(list(&plan["refused"]).iter().flat_map(|refusal| list(&refusal["reasons"])));
        let inspected = rekey.done(&["inspect", &self.subject.target()]);
        told.extend(list(&inspected["findings"]));
        told.extend(list(&inspected["domains"]).iter().flat_map(|domain| list(&domain["findings"])));
        for expected in &self.scenario.findings {
            let fits = |finding: &&Value| {
                finding["rule"] == expected.rule.as_str()
                    && finding["object"] == expected.object.as_str()
                    && finding["severity"] == expected.severity.as_str()
                    && filled(&finding["meaning"])
                    && filled(&finding["remedy"])
            };
            assert!(told.iter().any(|finding| fits(&finding)), "{expected:?} is not told: {told:#?}");
        }
    }

    /// The proofs that the scenario names were among those of the run.
    pub(super) fn assert_proven(&self, run: &str, rekey: &Rekey) {
        if self.scenario.proofs.is_empty() {
            return;
        }
        let validated = rekey.done(&["validate", &self.subject.target(), "--run", run]).to_string();
        let report = std::fs::read_to_string(rekey.path("report.json")).unwrap_or_default();
        for proof in &self.scenario.proofs {
            let id = Value::from(proof.as_str()).to_string();
            assert!(validated.contains(&id) || report.contains(&id), "no proof {id}: {validated}\n{report}");
        }
    }
}

fn assert_reason(reasons: &[Value], expected: &Expected) {
    let fits = |reason: &&Value| {
        let text = format!(
            "{} {}",
            reason["object"].as_str().unwrap_or_default(),
            reason["meaning"].as_str().unwrap_or_default()
        );
        reason["rule"] == expected.rule.as_str() && text.contains(&expected.says)
    };
    let reason = reasons.iter().find(fits);
    let reason =
        reason.unwrap_or_else(|| panic!("not refused by {} for '{}': {reasons:#?}", expected.rule, expected.says));
    assert!(filled(&reason["remedy"]), "no way out is told: {reason}");
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn filled(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}
