//! One database taken through the whole job: plan, check, run, validate, map, undo, again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use super::dump::assert_same;
use super::folded::as_keys_spell;
use super::oracle::{self, Map, Members, Promises};
use super::rekey::{Answer, Rekey};
use super::rows::{ColumnId, Rows};
use super::scattered::{AllScattered, scattered};
use super::subject::Subject;

/// The reasons that a run without backup and rehearsal must be given.
pub const OVERRIDES: [&str; 4] = ["--no-backup", "a test database", "--no-rehearsal", "a test database"];

/// How the database was before anything happened.
#[derive(Debug, Clone)]
pub struct Start {
    /// Catalogue and data as text.
    pub dump: String,
    /// Every row.
    pub rows: Rows,
    dangling: BTreeMap<String, u64>,
    views: BTreeMap<String, String>,
}

impl Start {
    /// Looks at everything.
    pub fn of(subject: &dyn Subject) -> Start {
        Start { dump: subject.dump(), rows: subject.rows(), dangling: subject.dangling(), views: subject.view_counts() }
    }
}

/// A database on its way.
pub struct Journey<'a> {
    /// The database.
    pub subject: &'a dyn Subject,
    /// The command's home.
    pub rekey: Rekey,
    /// How it all began.
    pub start: Start,
    /// The converted columns.
    pub members: Members,
    /// Converted columns whose ids are in arrays or of several keys.
    pub scattered: AllScattered,
    /// References that lose the values which their key does not have.
    pub let_go: BTreeSet<ColumnId>,
    /// Questions about computed columns that are taken away.
    pub taken_away: BTreeSet<String>,
    /// Keys of text to which case is nothing.
    pub ignoring_case: BTreeSet<ColumnId>,
    /// What the plan says of the new ids.
    pub promises: Promises,
    /// True where an answer lets views be taken away; which ones the scenario then checks.
    pub views_may_go: bool,
}

impl<'a> Journey<'a> {
    /// Looks at the database and makes a plan with these choices. Planning changes nothing.
    pub fn plan(subject: &'a dyn Subject, choices: &[&str]) -> (Journey<'a>, Answer) {
        let mut journey = Journey::begin(subject);
        let answer = journey.decide(choices);
        (journey, answer)
    }

    /// The same plan for a copy of the database, in a home of its own.
    pub fn on<'b>(&self, copy: &'b dyn Subject) -> Journey<'b> {
        let rekey = Rekey::new(copy.password());
        std::fs::copy(self.plan_file(), rekey.path("plan.json")).unwrap();
        Journey {
            subject: copy,
            rekey,
            start: self.start.clone(),
            members: self.members.clone(),
            scattered: self.scattered.clone(),
            let_go: self.let_go.clone(),
            taken_away: self.taken_away.clone(),
            ignoring_case: self.ignoring_case.clone(),
            promises: self.promises.clone(),
            views_may_go: self.views_may_go,
        }
    }

    /// Looks at the database.
    pub fn begin(subject: &'a dyn Subject) -> Journey<'a> {
        Journey {
            subject,
            rekey: Rekey::new(subject.password()),
            start: Start::of(subject),
            members: Members::new(),
            scattered: AllScattered::new(),
            let_go: BTreeSet::new(),
            taken_away: BTreeSet::new(),
            ignoring_case: BTreeSet::new(),
            promises: Promises::new(),
            views_may_go: false,
        }
    }

    /// Makes a plan with these choices, in place of an earlier one.
    pub fn decide(&mut self, choices: &[&str]) -> Answer {
        let target = self.subject.target();
        let mut arguments = vec!["plan", target.as_str(), "-o", "plan.json", "--sql", "plan.sql"];
        arguments.extend(choices);
        let answer = self.rekey.json(&arguments);
        let planned = answer.outcome.code == Some(0);
        self.members = if planned { oracle::members(&answer.json) } else { Members::new() };
        self.promises = if planned { oracle::promises(&answer.json) } else { Promises::new() };
        self.ignoring_case = self.members.values().filter(|root| self.subject.ignores_case(root)).cloned().collect();
        self.let_go = if planned { oracle::let_go(&answer.json, &self.members) } else { BTreeSet::new() };
        self.taken_away = if planned { oracle::taken_away(&answer.json) } else { BTreeSet::new() };
        self.scattered = if planned { scattered(&answer.json) } else { AllScattered::new() };
        answer
    }

    /// The plan's file.
    pub fn plan_file(&self) -> PathBuf {
        self.rekey.path("plan.json")
    }

    /// Everything the plan converts, by root.
    pub fn roots(&self) -> BTreeSet<ColumnId> {
        self.members.values().cloned().collect()
    }

    /// The checklist, which must be clear.
    pub fn check(&self) {
        let target = self.subject.target();
        let answer = self.rekey.done(&[&["check", &target, "--plan", "plan.json"][..], &OVERRIDES].concat());
        let findings = answer["findings"].as_array().expect("check gives findings");
        let blocks: Vec<_> = findings.iter().filter(|finding| finding["severity"] == "block").collect();
        assert!(blocks.is_empty(), "the checklist is clear by its exit code and yet holds {blocks:?}");
    }

    /// Converts and judges the outcome. Returns the run's id.
    pub fn convert(&self) -> String {
        let target = self.subject.target();
        let answer = self.rekey.done(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat());
        let run = answer["run"].as_str().unwrap_or_else(|| panic!("no run id in {answer}")).to_owned();
        let well_formed = run.len() == 10 && run.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        assert!(well_formed, "'{run}' is no run id");
        let steps = answer["steps"].as_array().expect("a run tells its steps");
        assert!(!steps.is_empty() && steps.iter().all(|step| step["seconds"].is_number()), "steps: {steps:?}");
        assert_proofs(&answer["validation"]);
        self.assert_converted(&run);
        run
    }

    /// Judges a finished conversion by the test's own means, and by `validate` and `status`.
    pub fn assert_converted(&self, run: &str) {
        self.assert_rows(run);
        let target = self.subject.target();
        let mut views = self.start.views.clone();
        if self.views_may_go {
            let left = self.subject.view_counts();
            views.retain(|view, _| left.contains_key(view));
        }
        // What shows rows by a reference shows others where that became NULL.
        if !self.let_go.is_empty() {
            views = self.subject.view_counts();
        }
        oracle::assert_same_around(self.subject, &self.start.dangling, &views, &self.promises);
        let validated = self.rekey.done(&["validate", &target, "--run", run]);
        assert_proofs(validated.get("validation").unwrap_or(&validated));
        let status = self.rekey.done(&["status", &target]).to_string();
        assert!(status.contains(run) && status.contains("converted"), "status does not tell the run: {status}");
    }

    /// The rows alone: translated back through the exported map they are those of the start.
    pub fn assert_rows(&self, run: &str) {
        let (converted, parents) = ((&self.members, &self.scattered), self.subject.parents());
        let (map, after) = (self.map(run), oracle::without_slugs(self.subject.rows(), &self.promises, &parents));
        let after = oracle::with_ids_as_text(after, &self.members, &self.promises);
        oracle::assert_typed(&after, &self.members, &self.scattered, self.subject.product());
        let before = oracle::without_columns(self.start.rows.clone(), &self.taken_away);
        let before = oracle::without_strays(before, &self.members, &self.let_go);
        let before = as_keys_spell(before, &self.members, &self.ignoring_case);
        // What is computed from an id is another value with another id.
        let changed = |column: &ColumnId| self.members.contains_key(column) || self.scattered.contains_key(column);
        let computed = self.subject.computed().into_iter().filter(|(_, from)| changed(from)).map(|(column, _)| column);
        let computed: BTreeSet<ColumnId> = computed.collect();
        let (before, after) = (oracle::without(before, &computed), oracle::without(after, &computed));
        oracle::assert_map_complete(&before, &after, converted, &map, &parents);
        oracle::assert_translates_back(&before, &after, converted, &map, &parents);
    }

    /// The exported map.
    pub fn map(&self, run: &str) -> Map {
        let answer = self.rekey.run(&["map", &self.subject.target(), "--run", run, "--format", "csv"]).expect(0);
        Map::read(&answer.outcome.text(), &self.members, &self.promises)
    }

    /// The report in every format names what was converted.
    pub fn report(&self, run: &str) {
        for format in ["html", "json", "md"] {
            let file = format!("report.{format}");
            self.rekey.run(&["report", "--run", run, "--format", format, "-o", &file]).expect(0);
            let text = std::fs::read_to_string(self.rekey.path(&file)).expect("the report was written");
            assert!(text.contains(run), "the {format} report does not name its run");
            assert!(text.contains("a test database"), "the {format} report does not print the override's reason");
            match format {
                "html" => assert_self_contained(&text),
                "json" => drop(serde_json::from_str::<Value>(&text).expect("the JSON report is JSON")),
                _ => assert!(text.starts_with('#'), "the report in Markdown has no heading"),
            }
        }
    }

    /// Takes the run back; the database must then be what it was, to the letter.
    pub fn undo(&self, run: &str) {
        self.undo_alone(run);
        assert_same("the dump after undo", &self.start.dump, &self.subject.dump());
        assert_eq!(self.start.views, self.subject.view_counts(), "what the views show after undo");
    }

    /// Takes the run back and does not compare.
    pub fn undo_alone(&self, run: &str) {
        let target = self.subject.target();
        self.rekey.done(&["undo", &target, "--run", run, "--yes"]);
        self.subject.assert_healthy();
        let leftovers = self.subject.leftovers();
        assert!(leftovers.is_empty(), "left behind by undo: {leftovers:?}");
        let status = self.rekey.done(&["status", &target]).to_string();
        assert!(status.contains("undone"), "status does not tell that the run was taken back: {status}");
    }
}

/// Proofs that were all passed, and at least one.
fn assert_proofs(validation: &Value) {
    let proofs = validation.as_array().or_else(|| validation["proofs"].as_array());
    let proofs = proofs.unwrap_or_else(|| panic!("no proofs in {validation}"));
    assert!(!proofs.is_empty(), "nothing was proven");
    for proof in proofs {
        assert_eq!(proof["passed"], true, "{proof}");
    }
}

// A report is opened from disk, years later, by somebody without a network.
fn assert_self_contained(html: &str) {
    assert!(html.to_ascii_lowercase().starts_with("<!doctype html>"), "the report is no HTML page");
    for word in ["src=\"http", "href=\"http", "@import", "<script src"] {
        assert!(!html.contains(word), "the report loads something: {word}");
    }
}
