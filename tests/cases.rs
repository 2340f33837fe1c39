//! The cases that decide whether a real schema comes through: which of them this run has
//! shown, and those that take more than a schema to show.
//!
//! `cases/list.txt` names every case with what must become of it, `cases/missing.txt` those
//! that nothing shows yet, each with the reason. Everything else is a folder of scenarios
//! with `cases` and `class`, or a trial here.

mod list;
mod registry;

use libtest_mimic::Trial;

use crate::support::requirement::{Requirement, trial};
pub use registry::{Class, counted, print};

/// A case that takes more than a schema.
struct Coded {
    name: &'static str,
    cases: &'static [&'static str],
    class: Class,
    needs: &'static [Requirement],
    test: fn(),
}

const CODED: &[Coded] = &[];

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let mut trials = vec![trial("cases::each_is_shown_or_named", &[], list::judge)];
    for coded in CODED {
        trials.push(trial(&format!("cases::{}", coded.name), coded.needs, move || {
            let cases: Vec<String> = coded.cases.iter().map(ToString::to_string).collect();
            counted(&cases, coded.class, coded.test);
        }));
    }
    trials
}
