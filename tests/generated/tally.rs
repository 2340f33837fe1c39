//! How many databases were converted whole, and which rules kept others from it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::journey::Outcome;

/// The sum over the seeds that ran.
#[derive(Debug, Default)]
struct Tally {
    whole: usize,
    partly: usize,
    refused: usize,
    failed: usize,
    domains: usize,
    domains_refused: usize,
    rules: BTreeMap<String, usize>,
}

/// So many domains in a hundred may be refused at most: a generator whose databases are
/// refused proves nothing.
const MOST_REFUSED: usize = 25;

static TALLY: Mutex<Option<Tally>> = Mutex::new(None);

fn tally() -> MutexGuard<'static, Option<Tally>> {
    TALLY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts a database that went its way.
pub fn add(outcome: &Outcome) {
    let mut slot = tally();
    let sum = slot.get_or_insert_default();
    match (outcome.converted, outcome.refused) {
        (_, 0) => sum.whole += 1,
        (0, _) => sum.refused += 1,
        _ => sum.partly += 1,
    }
    sum.domains += outcome.converted + outcome.refused;
    sum.domains_refused += outcome.refused;
    for (rule, times) in &outcome.rules {
        *sum.rules.entry(rule.clone()).or_default() += times;
    }
}

/// Counts a database that failed.
pub fn add_failure() {
    tally().get_or_insert_default().failed += 1;
}

/// Prints the sum, where there is one. False where too much was refused.
pub fn tell() -> bool {
    let slot = tally();
    let Some(sum) = slot.as_ref() else { return true };
    let rules: Vec<String> = sum.rules.iter().map(|(rule, times)| format!("{rule} {times}")).collect();
    println!(
        "generated databases: {} converted whole, {} in part, {} refused, {} failed; {} of {} domains refused ({})",
        sum.whole,
        sum.partly,
        sum.refused,
        sum.failed,
        sum.domains_refused,
        sum.domains,
        rules.join(", ")
    );
    let seeds = sum.whole + sum.partly + sum.refused;
    let good = seeds < 10 || sum.domains_refused * 100 <= sum.domains * MOST_REFUSED;
    if !good {
        println!("generated databases: more than {MOST_REFUSED} in a hundred domains were refused");
    }
    good
}
