//! How long trials take, so that a run that has become slow says by which of them.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many are named at the end.
const NAMED: usize = 25;

static TAKEN: Mutex<Vec<(Duration, String)>> = Mutex::new(Vec::new());

/// Does what a trial does and notes how long it took, also where it fails.
pub fn timed(name: &str, test: impl FnOnce()) {
    let _noted = Noted { name: name.to_owned(), since: Instant::now() };
    test();
}

struct Noted {
    name: String,
    since: Instant,
}

impl Drop for Noted {
    fn drop(&mut self) {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        taken.push((self.since.elapsed(), std::mem::take(&mut self.name)));
    }
}

/// Prints the slowest, in seconds, and what all of them took one after the other.
pub fn print() {
    let mut taken = std::mem::take(&mut *TAKEN.lock().unwrap_or_else(PoisonError::into_inner));
    taken.sort_by(|one, other| other.cmp(one));
    let sum: Duration = taken.iter().map(|(taken, _)| *taken).sum();
    let slowest: Vec<String> =
        taken.iter().take(NAMED).map(|(taken, name)| format!("{name} {:.1}", taken.as_secs_f64())).collect();
    println!("{} trials took {:.0} s in sum; the slowest: {}", taken.len(), sum.as_secs_f64(), slowest.join(", "));
}
