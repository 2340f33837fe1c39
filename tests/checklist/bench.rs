//! A database with a plan, whose checks are looked at one by one.

use serde_json::Value;

use crate::support::rekey::Rekey;
use crate::support::subject::Subject;

/// A database with a plan.
pub struct Bench<'a> {
    pub subject: &'a dyn Subject,
    pub rekey: Rekey,
    choices: Vec<&'static str>,
}

impl<'a> Bench<'a> {
    /// Plans everything that can be converted.
    pub fn new(subject: &'a dyn Subject) -> Bench<'a> {
        Bench::choosing(subject, &["--all", "--accept-defaults"])
    }

    /// Plans with these choices.
    pub fn choosing(subject: &'a dyn Subject, choices: &[&'static str]) -> Bench<'a> {
        let bench = Bench { subject, rekey: Rekey::new(subject.password()), choices: choices.to_vec() };
        bench.plan();
        bench
    }

    /// Makes the plan anew.
    pub fn plan(&self) {
        let target = self.subject.target();
        self.rekey.done(&[&["plan", target.as_str(), "-o", "plan.json"][..], &self.choices].concat());
    }

    /// One check as it is now.
    pub fn look(&self, check: &str) -> Value {
        self.look_at(&self.subject.target(), check)
    }

    /// One check of the same plan over another address.
    pub fn look_at(&self, target: &str, check: &str) -> Value {
        look(&self.rekey, target, check)
    }

    /// One check with more said on the command line.
    pub fn look_with(&self, check: &str, more: &[&str]) -> Value {
        look_with(&self.rekey, &self.subject.target(), check, more)
    }

    /// The check does not fire.
    pub fn is_quiet(&self, check: &str) {
        quiet(&self.look(check));
    }

    /// The check fires, and what is measured names this.
    pub fn fires(&self, check: &str, named: &str) {
        fired(&self.look(check), named);
    }

    /// Quiet before it, and not after it.
    pub fn pair(&self, check: &str, named: &str, fire: impl FnOnce(&Bench)) {
        self.is_quiet(check);
        fire(self);
        self.fires(check, named);
    }
}

/// One check of the plan in that home.
pub fn look(rekey: &Rekey, target: &str, check: &str) -> Value {
    look_with(rekey, target, check, &["--no-backup", "a test"])
}

/// The same with more said on the command line.
pub fn look_with(rekey: &Rekey, target: &str, check: &str, more: &[&str]) -> Value {
    let words = ["check", target, "--plan", "plan.json", "--only", check];
    let answer = rekey.json(&[&words[..], more].concat());
    assert!(matches!(answer.outcome.code, Some(0 | 3)), "{answer}");
    let checks = answer.json["checks"].as_array().unwrap_or_else(|| panic!("no checks: {answer}"));
    let found = checks.iter().find(|one| one["name"] == check);
    found.unwrap_or_else(|| panic!("{check} was not looked at: {answer}")).clone()
}

/// It passed, and says what was measured.
pub fn quiet(check: &Value) {
    assert_eq!(check["outcome"], "passed", "{check:#}");
    assert!(check["measured"].as_str().is_some_and(|text| !text.is_empty()), "{check:#}");
}

/// It warns or blocks, says what was measured and what to do.
pub fn fired(check: &Value, named: &str) {
    assert!(["warning", "blocking"].iter().any(|word| check["outcome"] == *word), "{check:#}");
    let told = format!("{} {}", check["measured"], check["findings"]);
    assert!(told.contains(named), "'{named}' is not told: {check:#}");
    let remedy = check["remedy"].as_array().map_or(0, Vec::len);
    assert!(remedy > 0, "it does not say what to do: {check:#}");
}
