//! The checklist: each check is shown where it does not fire and where it does, on real servers.

mod answer;
mod bench;
mod everywhere;
mod last_steps;
mod mysql;
mod people;
mod pooler;
mod postgres;
mod programs;
mod roles;
mod servers;
mod sqlite;

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use rekey_engine::check::Name;

use crate::support::requirement::{Requirement, trial};

/// A trial of one check: it looks at the check where it is quiet, and then where it fires.
pub struct Pair {
    check: &'static str,
    product: &'static str,
    needs: Vec<Requirement>,
    test: Box<dyn FnOnce() + Send>,
}

impl Pair {
    fn new(
        check: &'static str,
        product: &'static str,
        needs: &[Requirement],
        test: impl FnOnce() + Send + 'static,
    ) -> Pair {
        Pair { check, product, needs: needs.to_vec(), test: Box::new(test) }
    }
}

fn pairs() -> Vec<Pair> {
    let all = [
        postgres::pairs(),
        roles::pairs(),
        servers::pairs(),
        pooler::pairs(),
        mysql::pairs(),
        sqlite::pairs(),
        everywhere::pairs(),
        last_steps::pairs(),
        people::pairs(),
        programs::pairs(),
    ];
    all.into_iter().flatten().collect()
}

/// The trials, and the one that fails where a check has none.
pub fn trials() -> Vec<Trial> {
    let shown: BTreeSet<&str> = pairs().iter().map(|pair| pair.check).collect();
    let all = trial("checklist every check is shown", &[], move || {
        let known: BTreeSet<&str> = Name::ALL.iter().map(|name| name.word()).collect();
        assert_eq!(shown, known, "every check has trials in which it fires and in which it does not");
    });
    let each = pairs().into_iter().map(|pair| {
        let test = pair.test;
        trial(&format!("checklist {} {}", pair.check, pair.product), &pair.needs, test)
    });
    each.chain([all]).chain(answer::trials()).chain(people::trials()).collect()
}
