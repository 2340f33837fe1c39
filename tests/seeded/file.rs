//! The same oracles on SQLite, each fed on its own.

mod catalogue;
mod edges;
mod rows;

use std::collections::BTreeMap;

use libtest_mimic::Trial;
use rekey_engine::dialect::Row;

use super::wire::{Proof, Wire, proofs};
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_sqlite};

/// One trial per oracle.
pub fn trials() -> [Trial; 3] {
    let need = [Requirement::SqliteTool];
    [
        trial("seeded::sqlite_catalogue", &need, catalogue::every_loss_is_named),
        trial("seeded::sqlite_rows", &need, rows::every_change_is_noticed),
        trial("seeded::sqlite_edges", &need, edges::every_reference_led_elsewhere_is_noticed),
    ]
}

/// Sends a defect, asks, and takes it back.
fn spoilt<T>(wire: &mut Wire, statements: &[String], ask: impl FnOnce(&mut Wire) -> T) -> T {
    wire.execute("BEGIN");
    for statement in statements {
        wire.execute(statement);
    }
    let answer = ask(wire);
    wire.execute("ROLLBACK");
    answer
}

/// A database that was converted, its proofs, and the answers that the right keys give.
pub(super) struct Converted {
    // Closed before the database is removed.
    pub(super) wire: Wire,
    pub(super) subject: Box<dyn Subject>,
    proofs: BTreeMap<String, Proof>,
    right: BTreeMap<String, Vec<Row>>,
}

impl Converted {
    fn new(name: &str, schema: &str) -> Converted {
        Converted::of(new_sqlite(name), schema, "")
    }

    /// Loads the schema, makes the plan, sends what comes after it, and converts.
    pub(super) fn of(subject: Box<dyn Subject>, schema: &str, after_the_plan: &str) -> Converted {
        subject.execute(schema);
        let (journey, answer) = Journey::plan(subject.as_ref(), &["--all", "--accept-defaults"]);
        answer.expect(0);
        if !after_the_plan.is_empty() {
            subject.execute(after_the_plan);
        }
        let proofs = proofs(&journey.plan_file());
        let mut wire = Wire::open(subject.as_ref());
        let old: Vec<Vec<Row>> = proofs.iter().map(|proof| wire.query(&proof.before)).collect();
        drop(wire);
        let target = subject.target();
        journey.rekey.done(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat());
        let mut wire = Wire::open(subject.as_ref());
        let right: BTreeMap<String, Vec<Row>> =
            proofs.iter().map(|proof| (proof.id.clone(), wire.query(&proof.after))).collect();
        for (proof, old) in proofs.iter().zip(&old) {
            assert_eq!(old, &right[&proof.id], "{} of the sound database", proof.id);
        }
        drop(journey);
        let proofs = proofs.into_iter().map(|proof| (proof.id.clone(), proof)).collect();
        Converted { wire, subject, proofs, right }
    }

    /// True where the proof of that id notices what the statements do.
    pub(super) fn notices(&mut self, proof: &str, statements: &[String]) -> bool {
        let right = self.right.get(proof).unwrap_or_else(|| panic!("no proof '{proof}', but {:?}", self.right.keys()));
        let question = &self.proofs[proof].after;
        spoilt(&mut self.wire, statements, |wire| wire.query(question)) != *right
    }

    /// The id of the proof that a reference is part of: one of its own, or that of the rows.
    fn proof_of_reference(&self, child: &str, number: usize) -> String {
        let own = format!("reference main.{child}_fk_{number}");
        if self.proofs.contains_key(&own) { own } else { format!("rows main.{child}") }
    }

    /// The map that holds the ids of a table.
    fn map_of(&mut self, table: &str) -> String {
        let maps = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '\\_rekey\\_map%' ESCAPE '\\'";
        let maps: Vec<String> = self.wire.query(maps).into_iter().flatten().flatten().collect();
        let holds = |wire: &mut Wire, map: &String| {
            wire.value(&format!("SELECT count(*) FROM {map} WHERE new_id = (SELECT id FROM {table} LIMIT 1)")) == "1"
        };
        maps.into_iter().find(|map| holds(&mut self.wire, map)).unwrap_or_else(|| panic!("no map holds {table}"))
    }
}

/// Two old ids lead to each other's new ones.
fn exchange(map: &str) -> Vec<String> {
    vec![
        format!("UPDATE {map} SET old_id = -old_id WHERE old_id IN (1, 2)"),
        format!("UPDATE {map} SET old_id = 3 + old_id WHERE old_id < 0"),
    ]
}
