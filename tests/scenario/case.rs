//! One scenario on one product, from the plan to the second undo.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::description::{Check, Scattered, Scenario};
use super::golden;
use crate::cases::Class;
use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::oracle::Members;
use crate::support::rows::ColumnId;
use crate::support::scattered::{self, AllScattered};
use crate::support::subject::Subject;

/// A scenario with the database that it is tried on.
pub struct Case<'a> {
    /// Its folder.
    pub folder: &'a Path,
    /// What it says about itself.
    pub scenario: Scenario,
    /// The database, loaded.
    pub subject: &'a dyn Subject,
    /// Whether there are golden files for it.
    pub reviewed: bool,
}

impl Case<'_> {
    /// Takes it through everything that its class asks for.
    pub fn judge(&self) {
        if self.scenario.class == Some(Class::Ask) {
            self.assert_asked();
        }
        self.assert_checks(&self.scenario.before, "before anything happened");
        let answers = tempfile::NamedTempFile::new().expect("a file for the answers");
        std::fs::write(answers.path(), serde_json::to_string(&self.scenario.answers).unwrap()).unwrap();
        let file = answers.path().display().to_string();
        let mut choices: Vec<&str> = self.scenario.choices.iter().map(String::as_str).collect();
        if !self.scenario.answers.is_empty() {
            choices.extend(["--answers", &file]);
        }
        let probed = self.probe();
        let (mut journey, answer) = Journey::plan(self.subject, &choices);
        journey.views_may_go = self.scenario.answers.values().any(|answer| answer == "drop");
        self.assert_refused(&answer.json);
        self.assert_told(&answer.json, &journey.rekey);
        if self.scenario.convert.is_empty() {
            let answer = answer.expect(3);
            answer.failure();
            assert_same("the dump after a refused plan", &journey.start.dump, &self.subject.dump());
            return;
        }
        answer.expect(0);
        let mut expected = self.expected_members();
        // A key that its references leave stays as it is.
        expected.retain(|member, root| member != root || !journey.promises[root].given);
        assert_eq!(expected, journey.members, "what the plan converts");
        assert_eq!(self.expected_scattered(), journey.scattered, "what the plan converts in arrays and beside a class");
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
        let changed = golden::changes(&before, &self.subject.schema_dump());
        self.assert_probe(probed, "after the conversion");
        self.assert_checks(&self.scenario.after, "after the conversion");
        journey.report(&run);
        self.assert_proven(&run, &journey.rekey);
        journey.undo(&run);
        self.assert_probe(probed, "after undo");
        self.assert_checks(&self.scenario.before, "after undo");
        // The same plan still fits: nothing of the first run is left that could disturb it.
        let again = journey.convert();
        assert_ne!(run, again);
        self.written_since(journey, &again);
        changed
    }

    // Rows that the application wrote after the conversion stay, and get fresh integers.
    fn written_since(&self, journey: &Journey<'_>, run: &str) {
        let later = file_of(self.folder, "later.", self.subject.product(), ".sql");
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
        let more = file_of(self.folder, "later.", self.subject.product(), ".after-undo.sql");
        if more.is_file() {
            self.subject.load(&more);
        }
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

    fn expected_scattered(&self) -> AllScattered {
        let of = |one: &Scattered| scattered::Scattered {
            type_name: one.type_name.clone(),
            by: one.by.clone(),
            of: one.of.iter().map(|(class, root)| (class.clone(), self.column(root))).collect(),
        };
        self.scenario.scattered.iter().map(|(name, one)| (self.column(name), of(one))).collect()
    }

    /// Reads `schema/table/column`.
    pub(super) fn column(&self, text: &str) -> ColumnId {
        let own = self.subject.own_schema();
        let parts: Vec<&str> = text.split('/').collect();
        let [schema, table, column] = parts.as_slice() else { panic!("'{text}' is not schema/table/column") };
        let schema = if *schema == "@" { own } else { (*schema).to_owned() };
        (schema, (*table).to_owned(), (*column).to_owned())
    }

    fn assert_checks(&self, checks: &BTreeMap<String, Check>, when: &str) {
        for (name, check) in checks {
            let found = self.subject.answer(&check.sql);
            assert_eq!(check.expect, found.trim_end_matches('\n'), "'{name}' {when}: {}", check.sql);
        }
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
        golden::assert_reviewed(&file, found);
    }
}

/// The file for a product; what MariaDB has no file of its own for, it shares with MySQL.
pub(super) fn file_of(folder: &Path, start: &str, product: &str, end: &str) -> PathBuf {
    let own = folder.join(format!("{start}{product}{end}"));
    if product == "mariadb" && !own.is_file() { folder.join(format!("{start}mysql{end}")) } else { own }
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
