//! A database that was converted, and the digests that its plan takes.

use std::collections::BTreeMap;

use rekey_engine::dialect::Row;

use super::wire::{Proof, Wire, proofs};
use crate::support::journey::Journey;
use crate::support::subject::Subject;

/// The database, its proofs, and the answers that the right keys give.
pub struct Converted {
    // Closed before the database is dropped.
    wire: Wire,
    _subject: Box<dyn Subject>,
    proofs: BTreeMap<String, Proof>,
    right: BTreeMap<String, Vec<Row>>,
}

impl Converted {
    /// Makes it, with the digests taken on both sides of the conversion.
    pub fn new(subject: Box<dyn Subject>, schema: &str) -> Converted {
        Converted::answered(subject, schema, &[])
    }

    /// The same with answers, by the question's id.
    pub fn answered(subject: Box<dyn Subject>, schema: &str, answers: &[(&str, &str)]) -> Converted {
        subject.execute(schema);
        let answers = answers_file(answers);
        let file = answers.path().display().to_string();
        let choices = ["--all", "--accept-defaults", "--answers", &file];
        let (journey, answer) = Journey::plan(subject.as_ref(), &choices);
        answer.expect(0);
        let proofs = proofs(&journey.plan_file());
        let mut wire = Wire::open(subject.as_ref());
        let old: Vec<Vec<Row>> = proofs.iter().map(|proof| wire.query(&proof.before)).collect();
        drop(wire);
        let target = subject.target();
        let arguments =
            [&["run", &target, "--plan", "plan.json", "--yes"][..], &crate::support::journey::OVERRIDES].concat();
        journey.rekey.done(&arguments);
        let mut wire = Wire::open(subject.as_ref());
        let right: BTreeMap<String, Vec<Row>> =
            proofs.iter().map(|proof| (proof.id.clone(), wire.query(&proof.after))).collect();
        for (proof, old) in proofs.iter().zip(&old) {
            assert_eq!(old, &right[&proof.id], "{} of the sound database", proof.id);
        }
        drop(journey);
        let proofs = proofs.into_iter().map(|proof| (proof.id.clone(), proof)).collect();
        Converted { wire, _subject: subject, proofs, right }
    }

    /// The server's major version.
    pub fn version(&mut self) -> u32 {
        self.wire.version()
    }

    /// True where the proof of that id notices what the statements do.
    pub fn notices(&mut self, proof: &str, statements: &str) -> bool {
        let right = self
            .right
            .get(proof)
            .unwrap_or_else(|| panic!("the plan has no proof '{proof}', but {:?}", self.right.keys()));
        let question = &self.proofs[proof].after;
        self.wire.spoilt(statements, |wire| wire.query(question)).unwrap() != *right
    }

    /// The id of the proof that a reference is part of: one of its own, or that of the rows.
    pub fn proof_of_reference(&self, child: &str, name: &str) -> String {
        let own = format!("references public.{child}.{name}");
        if self.proofs.contains_key(&own) { own } else { format!("rows public.{child}") }
    }

    /// The only table of values that were set aside, quoted and qualified.
    pub fn kept(&mut self) -> String {
        self.wire.value("SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace = 'rekey'::regnamespace AND c.relkind = 'r' AND c.relname ~ '_n[0-9]+$'")
    }

    /// The map of the conversion with that root, quoted and qualified.
    pub fn map_of(&mut self, root: &str) -> String {
        let (table, column) = root.rsplit_once('.').unwrap();
        let probe = format!("SELECT t.{column}::text FROM {table} t LIMIT 1");
        let id = self.wire.value(&probe);
        let maps = self.wire.query("SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'new_id' WHERE c.relnamespace = 'rekey'::regnamespace AND c.relkind = 'r'");
        let maps: Vec<String> = maps.into_iter().flatten().flatten().collect();
        let holds = |wire: &mut Wire, map: &String| {
            wire.value(&format!("SELECT count(*) FROM {map} WHERE new_id::text = '{id}'")) == "1"
        };
        maps.into_iter().find(|map| holds(&mut self.wire, map)).unwrap_or_else(|| panic!("no map holds {root}"))
    }
}

/// A file with these answers.
pub fn answers_file(answers: &[(&str, &str)]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file for the answers");
    let answers: BTreeMap<&str, &str> = answers.iter().copied().collect();
    std::fs::write(file.path(), serde_json::to_string(&answers).unwrap()).unwrap();
    file
}
