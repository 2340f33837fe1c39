//! Random SQLite files, made from a seed: each is planned whole, checked, converted, judged by
//! the tests' own means, taken back, compared by its dump, converted again, written to and
//! taken back once more.
//!
//! `REKEY_SEEDS` and `REKEY_SEED` choose the seeds, as for PostgreSQL.

mod build;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use libtest_mimic::Trial;
use serde_json::Value;

use crate::generated::seeds;
use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::oracle::column_id;
use crate::support::requirement::{Requirement, trial};
use crate::support::rows::{ColumnId, Rows};
use crate::support::subject::new_sqlite;
use build::Made;

/// One trial per seed.
pub fn trials() -> Vec<Trial> {
    let one = |seed| trial(&format!("generated::sqlite::seed_{seed}"), &[Requirement::SqliteTool], move || take(seed));
    seeds().map(one).collect()
}

/// So many domains in a hundred may be refused at most.
const MOST_REFUSED: usize = 25;

/// Databases, converted domains and refused ones by rule.
#[derive(Debug, Default)]
struct Tally {
    databases: usize,
    converted: usize,
    rules: BTreeMap<String, usize>,
}

static TALLY: Mutex<Option<Tally>> = Mutex::new(None);

/// Prints what came of them, where any were made. False where too much was refused.
pub fn tell() -> bool {
    let slot = TALLY.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(tally) = slot.as_ref() else { return true };
    let refused: usize = tally.rules.values().sum();
    println!(
        "generated SQLite files: {}; {} domains converted, {refused} refused {:?}",
        tally.databases, tally.converted, tally.rules
    );
    tally.databases < 10 || refused * 100 <= (tally.converted + refused) * MOST_REFUSED
}

fn take(seed: u32) {
    let made = Made::new(seed);
    let file = write(seed, &made);
    let told = format!("the database of seed {seed}: {}", file.display());
    // Shown where the trial fails.
    println!("{told}");
    let subject = new_sqlite(&format!("gen_{seed}"));
    subject.load(&file);
    let keys = subject.integer_keys();
    let choices: Vec<&str> = made.choices.iter().map(String::as_str).collect();
    let (journey, answer) = Journey::plan(subject.as_ref(), &choices);
    assert!(matches!(answer.outcome.code, Some(0 | 3)), "{told}\n{answer}");
    assert_same(&format!("{told}: the dump after planning"), &journey.start.dump, &subject.dump());
    assert_none_passed_over(&journey, &keys, &answer.json);
    count(&journey, &answer.json);
    if journey.members.is_empty() {
        answer.expect(3);
        return;
    }
    answer.expect(0);
    journey.check();
    let run = journey.convert();
    journey.undo(&run);
    let again = journey.convert();
    written_since(&journey, &again, &made.later);
}

fn write(seed: u32, made: &Made) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{seed}.sqlite.sql"));
    std::fs::write(&file, &made.create).unwrap();
    file
}

fn count(journey: &Journey<'_>, plan: &Value) {
    let mut slot = TALLY.lock().unwrap_or_else(PoisonError::into_inner);
    let tally = slot.get_or_insert_default();
    tally.databases += 1;
    tally.converted += journey.roots().len();
    for refusal in plan["refused"].as_array().into_iter().flatten() {
        let reason = &refusal["reasons"][0];
        let filled = |field: &str| reason[field].as_str().is_some_and(|text| !text.is_empty());
        assert!(filled("rule") && filled("meaning") && filled("remedy"), "no reason or no way out: {refusal}");
        *tally.rules.entry(reason["rule"].as_str().unwrap().to_owned()).or_default() += 1;
    }
}

// Rows that the application wrote after the conversion stay, and get fresh integers.
fn written_since(journey: &Journey<'_>, run: &str, later: &str) {
    journey.subject.execute(later);
    let count =
        |rows: &Rows| rows.iter().map(|(table, content)| (table.clone(), content.rows.len())).collect::<Vec<_>>();
    let converted = count(&journey.subject.rows());
    journey.undo_alone(run);
    let after = journey.subject.rows();
    assert_eq!(converted, count(&after), "rows per table after undo");
    for (table, old) in &journey.start.rows {
        let kept: BTreeSet<_> = after[table].rows.iter().collect();
        let lost = old.rows.iter().find(|row| !kept.contains(row));
        assert_eq!(lost, None, "a row of {table:?} is gone after undo");
    }
}

// Converted or refused: no key is passed over in silence.
fn assert_none_passed_over(journey: &Journey<'_>, keys: &BTreeSet<ColumnId>, plan: &Value) {
    let refused: BTreeSet<ColumnId> = plan["refused"].as_array().into_iter().flatten().map(column_id).collect();
    for key in keys.iter().filter(|key| !journey.members.contains_key(*key) && !refused.contains(*key)) {
        let named = plan.to_string().contains(&format!("{}.{}.{}", key.0, key.1, key.2));
        assert!(named, "{key:?} is neither converted nor refused: {plan:#}");
    }
}
