//! Scenarios: a folder each, with a database per product, the choices and what must come
//! of them. See `scenarios/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use serde::Deserialize;
use serde_json::Value;

use crate::support::dump::{assert_same, differences};
use crate::support::journey::Journey;
use crate::support::oracle::Members;
use crate::support::requirement::{Requirement, trial};
use crate::support::rows::ColumnId;
use crate::support::subject::{Subject, new_postgres, new_postgres_of, new_sqlite};

/// `scenario.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    /// What is special about it, in one sentence.
    about: String,
    /// Arguments to `plan`.
    #[serde(default = "everything")]
    choices: Vec<String>,
    /// Roots with all their references, as `schema/table/column`; `@` is the product's own
    /// schema, `public` or `main`.
    #[serde(default)]
    convert: BTreeMap<String, Vec<String>>,
    /// What is refused, and why.
    #[serde(default)]
    refuse: Vec<Expected>,
    /// The oldest major version of PostgreSQL that has what the scenario is about.
    #[serde(default)]
    since: u32,
    /// A query that shows no ids; its answer must be the same at every stage.
    probe: Option<String>,
}

/// One refusal that must be among those of the plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    root: String,
    /// The stable rule.
    rule: String,
    /// A word of the object or the meaning.
    says: String,
    /// The only product it holds for, where it does not for all.
    product: Option<String>,
}

fn everything() -> Vec<String> {
    vec!["--all".to_owned(), "--accept-defaults".to_owned()]
}

/// One trial per folder and product.
pub fn trials() -> Vec<Trial> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root())
        .expect("the folder of scenarios")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let mut trials = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        for (product, need) in [("postgres", Requirement::Postgres), ("sqlite", Requirement::SqliteTool)] {
            if folder.join(format!("{product}.sql")).is_file() {
                let (folder, name) = (folder.clone(), name.clone());
                let needs = [need, Requirement::Installed(if product == "postgres" { read(&folder).since } else { 0 })];
                trials.push(trial(&format!("scenario::{name}::{product}"), &needs, move || {
                    take(&folder, &name, product)
                }));
            }
        }
    }
    trials
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

fn read(folder: &Path) -> Scenario {
    let text = std::fs::read_to_string(folder.join("scenario.json")).expect("scenario.json");
    let scenario: Scenario = serde_json::from_str(&text).unwrap_or_else(|error| panic!("scenario.json: {error}"));
    assert!(!scenario.about.is_empty());
    scenario
}

/// The scenarios for PostgreSQL that a server of this version can hold.
pub fn for_postgres(version: u32) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root()).expect("the folder of scenarios").flatten() {
        let folder = entry.path();
        if folder.join("postgres.sql").is_file() && read(&folder).since <= version {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    names
}

/// Takes a scenario through all of it on a PostgreSQL of another version. What the plan says
/// and what the catalogue's text looks like follow the version, so neither is compared with
/// what is reviewed.
pub fn take_on(version: u32, name: &str) {
    let folder = root().join(name);
    let subject = new_postgres_of(version, &format!("sc_{}", name.replace('-', "_")));
    subject.load(&folder.join("postgres.sql"));
    Case { folder: &folder, scenario: read(&folder), subject: subject.as_ref(), reviewed: false }.judge();
}

fn take(folder: &Path, name: &str, product: &'static str) {
    let scenario = read(folder);
    let name = name.replace('-', "_");
    let subject = if product == "postgres" { new_postgres(&format!("sc_{name}")) } else { new_sqlite(&name) };
    subject.load(&folder.join(format!("{product}.sql")));
    Case { folder, scenario, subject: subject.as_ref(), reviewed: true }.judge();
}

struct Case<'a> {
    folder: &'a Path,
    scenario: Scenario,
    subject: &'a dyn Subject,
    // Whether there are golden files for it.
    reviewed: bool,
}

impl Case<'_> {
    fn judge(&self) {
        let choices: Vec<&str> = self.scenario.choices.iter().map(String::as_str).collect();
        let probed = self.probe();
        let (journey, answer) = Journey::plan(self.subject, &choices);
        self.assert_refused(&answer.json);
        if self.scenario.convert.is_empty() {
            let answer = answer.expect(3);
            answer.failure();
            assert_same("the dump after a refused plan", &journey.start.dump, &self.subject.dump());
            return;
        }
        answer.expect(0);
        assert_eq!(self.expected_members(), journey.members, "what the plan converts");
        let script = std::fs::read_to_string(journey.rekey.path("plan.sql")).expect("--sql");
        assert_same("the dump after planning", &journey.start.dump, &self.subject.dump());
        let changed = self.there_and_back(&journey, probed.as_deref());
        if !self.reviewed {
            return;
        }
        // Last, so that a plan that is merely worded anew hides no fault.
        self.golden("changes", "txt", &changed);
        self.golden("plan", "sql", &script);
    }

    // Gives what the conversion changed in the catalogue.
    fn there_and_back(&self, journey: &Journey<'_>, probed: Option<&str>) -> String {
        let before = self.subject.schema_dump();
        journey.check();
        let run = journey.convert();
        let changed = changes(&before, &self.subject.schema_dump());
        self.assert_probe(probed, "after the conversion");
        journey.report(&run);
        journey.undo(&run);
        self.assert_probe(probed, "after undo");
        // The same plan still fits: nothing of the first run is left that could disturb it.
        let again = journey.convert();
        assert_ne!(run, again);
        self.written_since(journey, &again);
        changed
    }

    // Rows that the application wrote after the conversion stay, and get fresh integers.
    fn written_since(&self, journey: &Journey<'_>, run: &str) {
        let later = self.folder.join(format!("later.{}.sql", self.subject.product()));
        if !later.is_file() {
            journey.undo(run);
            return;
        }
        self.subject.load(&later);
        let (counted, probed) = (count(self.subject), self.probe());
        let target = self.subject.target();
        journey.rekey.done(&["validate", &target, "--run", run]);
        journey.undo_alone(run);
        assert_eq!(counted, count(self.subject), "rows per table after undo");
        self.assert_probe(probed.as_deref(), "after undo with rows written since");
        let after = self.subject.rows();
        for (table, old) in &journey.start.rows {
            let new = &after[table];
            assert_eq!((&old.columns, &old.types), (&new.columns, &new.types), "columns of {table:?} after undo");
            let kept: BTreeSet<_> = new.rows.iter().collect();
            let lost = old.rows.iter().find(|row| !kept.contains(row));
            assert!(
                lost.is_none() || later_touches(&later, &table.1),
                "a row of {table:?} is gone after undo: {lost:?}"
            );
        }
        // A third run proves that sequences and counters go on where the fresh integers end.
        let more = self.folder.join(format!("later.{}.after-undo.sql", self.subject.product()));
        if more.is_file() {
            self.subject.load(&more);
        }
    }

    fn assert_refused(&self, plan: &Value) {
        let refused = plan["refused"].as_array().cloned().unwrap_or_default();
        let product = self.subject.product();
        let expected: Vec<&Expected> = self
            .scenario
            .refuse
            .iter()
            .filter(|expected| expected.product.as_deref().is_none_or(|only| only == product))
            .collect();
        for expected in &expected {
            let root = self.column(&expected.root);
            let refusal = refused.iter().find(|refusal| crate::support::oracle::column_id(refusal) == root);
            let refusal = refusal.unwrap_or_else(|| panic!("{root:?} is not refused: {plan:#}"));
            let reasons = refusal["reasons"].as_array().cloned().unwrap_or_default();
            let fits = |reason: &&Value| {
                let text = format!(
                    "{} {}",
                    reason["object"].as_str().unwrap_or_default(),
                    reason["meaning"].as_str().unwrap_or_default()
                );
                reason["rule"] == expected.rule.as_str() && text.contains(&expected.says)
            };
            let reason = reasons.iter().find(fits);
            let reason = reason
                .unwrap_or_else(|| panic!("not refused by {} for '{}': {reasons:#?}", expected.rule, expected.says));
            assert!(!reason["remedy"].as_str().unwrap_or_default().is_empty(), "no way out is told: {reason}");
        }
        let roots: BTreeSet<ColumnId> = expected.iter().map(|expected| self.column(&expected.root)).collect();
        let others: Vec<_> =
            refused.iter().filter(|refusal| !roots.contains(&crate::support::oracle::column_id(refusal))).collect();
        assert!(others.is_empty(), "refused and not expected to be: {others:#?}");
    }

    fn expected_members(&self) -> Members {
        let mut members = Members::new();
        for (root, references) in &self.scenario.convert {
            let root = self.column(root);
            members.insert(root.clone(), root.clone());
            for reference in references {
                members.insert(self.column(reference), root.clone());
            }
        }
        members
    }

    fn column(&self, text: &str) -> ColumnId {
        let own = if self.subject.product() == "postgres" { "public" } else { "main" };
        let parts: Vec<&str> = text.split('/').collect();
        let [schema, table, column] = parts.as_slice() else { panic!("'{text}' is not schema/table/column") };
        let schema = if *schema == "@" { own } else { schema };
        (schema.to_owned(), (*table).to_owned(), (*column).to_owned())
    }

    fn probe(&self) -> Option<String> {
        let query = self.scenario.probe.as_ref()?;
        Some(self.subject.answer(query))
    }

    fn assert_probe(&self, before: Option<&str>, when: &str) {
        if let Some(before) = before {
            assert_same(&format!("the answer to the scenario's query {when}"), before, &self.probe().unwrap());
        }
    }

    fn golden(&self, name: &str, ending: &str, found: &str) {
        let file = self.folder.join(format!("{name}.{}.{ending}", self.subject.product()));
        let found = &without_fingerprints(found);
        if std::env::var("REKEY_BLESS").as_deref() == Ok("1") {
            std::fs::write(&file, found).unwrap();
            return;
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(!expected.is_empty(), "{} is missing: look at what REKEY_BLESS=1 writes, then keep it", file.display());
        assert_same(&format!("{} against what is reviewed", file.display()), &expected, found);
    }
}

// Fingerprints follow the catalogue of the server's version and every word of the plan; the
// names of helper objects follow them.
fn without_fingerprints(text: &str) -> String {
    let mut kept = String::new();
    let mut run = String::new();
    for letter in text.chars().chain(['\n']) {
        if matches!(letter, '0'..='9' | 'a'..='f') {
            run.push(letter);
            continue;
        }
        let word =
            kept.rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next().unwrap_or_default();
        let helper = run.len() == 8 && (word == "rk_" || (word.starts_with("_rekey_") && word.ends_with('_')));
        kept += &if helper || run.len() == 64 { "0".repeat(run.len()) } else { std::mem::take(&mut run) };
        run.clear();
        kept.push(letter);
    }
    kept.truncate(kept.len() - 1);
    kept
}

// A statement of the file that changes or deletes rows of the table.
fn later_touches(file: &Path, table: &str) -> bool {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().any(|line| (line.starts_with("UPDATE") || line.starts_with("DELETE")) && line.contains(table))
}

fn count(subject: &dyn Subject) -> Vec<(String, usize)> {
    subject
        .rows()
        .into_iter()
        .map(|(table, content)| (format!("{}.{}", table.0, table.1), content.rows.len()))
        .collect()
}

// Which lines of the catalogue's text went and came. Short enough to be reviewed.
fn changes(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let (lost, gained) = differences(&old, &new);
    let told = |sign: &str, lines: Vec<&str>| {
        lines
            .iter()
            .filter(|line| !matches!(line.trim(), "" | "--"))
            .map(|line| format!("{sign} {}\n", line.trim_end()))
            .collect::<String>()
    };
    told("-", lost) + &told("+", gained)
}
