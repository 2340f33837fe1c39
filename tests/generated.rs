//! Random databases: each is loaded, planned whole, checked, converted, judged by the tests'
//! own means, taken back, compared by its dump and converted again.
//!
//! A seed always makes the same database. `REKEY_SEEDS=500` takes that many instead of
//! the ordinary ones, `REKEY_SEEDS=26-60` takes those, `REKEY_SEED=7` takes that one alone,
//! `REKEY_GENERATED_ON=17` takes them on a server of that version (14 or newer), and
//! `REKEY_SHRINK=40` allows so many tries at a smaller database that fails in the same way.

mod answers;
mod build;
pub mod dice;
mod extras;
pub mod journey;
mod keys;
mod kinds;
mod links;
mod model;
mod names;
mod parts;
pub mod rows;
mod scattered;
mod script;
mod shrink;
pub mod tally;
mod values;
mod wish;

use std::path::PathBuf;

use libtest_mimic::Trial;

use crate::support::requirement::{Requirement, trial};
use journey::Failure;
use model::Model;

pub use tally::tell;

/// Seeds of an ordinary test run.
const ORDINARY: u32 = 25;

/// One trial per seed.
pub fn trials() -> Vec<Trial> {
    let need = number("REKEY_GENERATED_ON").map_or(Requirement::Postgres, Requirement::Version);
    seeds().map(|seed| trial(&format!("generated::postgres::seed_{seed}"), &[need], move || take(seed))).collect()
}

/// The seeds of this run.
pub fn seeds() -> std::ops::RangeInclusive<u32> {
    match number("REKEY_SEED") {
        Some(seed) => seed..=seed,
        None => std::env::var("REKEY_SEEDS").map_or(1..=ORDINARY, |text| range(&text)),
    }
}

// `500` or `26-60`.
fn range(text: &str) -> std::ops::RangeInclusive<u32> {
    let (first, last) = text.split_once('-').unwrap_or(("1", text));
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("REKEY_SEEDS is '{text}', neither 500 nor 26-60"));
    number(first)..=number(last)
}

fn number(variable: &str) -> Option<u32> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is '{text}', not a number")))
}

/// The version of the server, where it is not the installed one.
fn version() -> Option<u32> {
    number("REKEY_GENERATED_ON")
}

fn take(seed: u32) {
    let mut tree = shrink::grow(seed);
    let model = shrink::current(&tree);
    let file = write(seed, &model);
    match journey::attempt(&format!("gen_{seed}"), version(), &file, &model) {
        Ok(outcome) => {
            if number("REKEY_SEED").is_some() {
                eprintln!("seed {seed}: {outcome}, {}", file.display());
            }
            tally::add("PostgreSQL", &outcome);
        }
        Err(failure) => {
            tally::add_failure("PostgreSQL");
            // A model that does not load is a fault of the generator: nothing to make smaller.
            let tries = number("REKEY_SHRINK").unwrap_or(0);
            let smaller = shrink::shrink(&mut tree, seed, &failure, tries);
            tell_failure(seed, &file, &model, &failure, smaller);
        }
    }
}

fn tell_failure(seed: u32, file: &std::path::Path, model: &Model, failure: &Failure, smaller: Option<PathBuf>) -> ! {
    let kept = match smaller {
        Some(smaller) => format!("a smaller database that fails alike: {}", smaller.display()),
        None => format!("REKEY_SEED={seed} REKEY_SHRINK=40 looks for a smaller one\n{}", summary(model)),
    };
    panic!("seed {seed} fails at {}: {}\nthe database: {}\n{kept}", failure.stage, failure.told, file.display());
}

// Tables with what stands on them: enough to see what a failure may come from.
fn summary(model: &Model) -> String {
    let tables = model.tables.iter().map(|table| {
        let parts: Vec<String> = table.parts.iter().map(|(part, _)| format!("{part:?}")).collect();
        let references = table.references.len();
        format!("{}: {} rows, {references} references, {}\n", table.quoted(), table.rows.len(), parts.join(" "))
    });
    tables.collect()
}

/// Where the statements of a seed's database are kept.
fn write(seed: u32, model: &Model) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{seed}.sql"));
    std::fs::write(&file, script::write(model)).unwrap();
    file
}
