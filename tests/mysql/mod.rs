//! Looking into MySQL and MariaDB: each trial runs on both, MySQL where it could be fetched.

mod across;
pub mod connecting;
mod corpora;
mod defaults;
mod fingerprint;
mod obstacles;
mod reading;
mod rights;
pub mod wire;

use libtest_mimic::Trial;

use crate::support::mysql::{PRODUCTS, Product};
use crate::support::requirement::{Requirement, trial};

type Test = fn(Product);

/// The trials of this folder.
pub fn trials() -> Vec<Trial> {
    let tests: [(&str, Test, bool); 14] = [
        ("across::keys_over_two_databases", across::keys_over_two_databases, false),
        ("defaults::are_new_for_every_session", defaults::are_new_for_every_session, false),
        ("connecting::errors_say_what_it_is", connecting::errors_say_what_it_is, false),
        ("connecting::a_reading_session_changes_nothing", connecting::a_reading_session_changes_nothing, false),
        ("connecting::a_statement_can_be_ended", connecting::a_statement_can_be_ended, false),
        ("connecting::holders_are_named", connecting::holders_are_named, false),
        ("connecting::few_connections_suffice", connecting::few_connections_suffice, false),
        ("reading::names_and_other_databases", reading::names_and_other_databases, false),
        ("reading::a_thousand_tables", reading::a_thousand_tables, false),
        ("obstacles::each_by_its_rule", obstacles::each_by_its_rule, false),
        ("rights::missing_ones_are_named", rights::missing_ones_are_named, false),
        ("fingerprint::single_defects", fingerprint::single_defects, false),
        ("fingerprint::dump_and_restore", fingerprint::dump_and_restore, true),
        ("corpora::are_looked_into", corpora::are_looked_into, true),
    ];
    let mut trials = Vec::new();
    for product in PRODUCTS {
        let need = match product {
            Product::Mariadb => Requirement::Mariadb,
            Product::Mysql => Requirement::Mysql,
        };
        for (name, test, corpora) in tests {
            let needs = if corpora { vec![need, Requirement::Corpora] } else { vec![need] };
            trials.push(trial(&format!("mysql::{}::{name}", product.name()), &needs, move || test(product)));
        }
    }
    trials
}
