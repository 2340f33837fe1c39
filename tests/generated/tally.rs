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

/// By product.
static TALLY: Mutex<BTreeMap<&str, Tally>> = Mutex::new(BTreeMap::new());

fn tally() -> MutexGuard<'static, BTreeMap<&'static str, Tally>> {
    TALLY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts a database that went its way.
pub fn add(product: &'static str, outcome: &Outcome) {
    let mut slot = tally();
    let sum = slot.entry(product).or_default();
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
pub fn add_failure(product: &'static str) {
    tally().entry(product).or_default().failed += 1;
}

/// Prints the sums, where there are any. False where too much was refused.
pub fn tell() -> bool {
    tally().iter().fold(true, |good, (product, sum)| sum.tell(product) && good)
}

impl Tally {
    fn tell(&self, product: &str) -> bool {
        let rules: Vec<String> = self.rules.iter().map(|(rule, times)| format!("{rule} {times}")).collect();
        println!(
            "generated databases on {product}: {} converted whole, {} in part, {} refused, {} failed; {} of {} domains refused ({})",
            self.whole,
            self.partly,
            self.refused,
            self.failed,
            self.domains_refused,
            self.domains,
            rules.join(", ")
        );
        let seeds = self.whole + self.partly + self.refused;
        let good = seeds < 10 || self.domains_refused * 100 <= self.domains * MOST_REFUSED;
        if !good {
            println!("generated databases on {product}: more than {MOST_REFUSED} in a hundred domains were refused");
        }
        good
    }
}
