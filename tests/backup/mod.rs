//! Backups: made, proven by restoring them, and refused by name where they cannot be.

mod mysql;
mod postgres;
mod sqlite;

use libtest_mimic::Trial;

/// Those of every product.
pub fn trials() -> Vec<Trial> {
    let mut trials = postgres::trials();
    trials.extend(mysql::trials());
    trials.extend(sqlite::trials());
    trials
}
