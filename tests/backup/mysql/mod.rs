//! Backups of MySQL and MariaDB: each trial runs on both, MySQL where it could be fetched.

mod bench;
mod content;
mod corpora;
mod damage;
mod hostile;
mod left;
mod moments;
mod obstacles;
mod secrets;
mod tables;

use libtest_mimic::Trial;

use crate::support::mysql::{PRODUCTS, Product};
use crate::support::requirement::{Requirement, trial};

type Test = fn(Product);

/// The trials of this folder.
pub fn trials() -> Vec<Trial> {
    let tests: [(&str, Test, bool); 17] = [
        ("corpora::are_proven", corpora::are_proven, true),
        ("corpora::are_restored_by_hand", corpora::are_restored_by_hand, true),
        ("hostile::is_proven", hostile::is_proven, false),
        ("hostile::events_do_not_run_in_a_copy", hostile::events_do_not_run_in_a_copy, false),
        ("content::single_defects", content::single_defects, false),
        ("content::float_digits_are_named", content::float_digits_are_named, false),
        ("moments::one_for_dump_and_comparison", moments::one_for_dump_and_comparison, false),
        ("moments::without_the_right_to_lock", moments::without_the_right_to_lock, false),
        ("damage::is_caught", damage::is_caught, true),
        ("obstacles::programs", obstacles::programs, false),
        ("obstacles::ties_to_other_databases", obstacles::ties_to_other_databases, false),
        (
            "obstacles::a_server_that_stops_and_a_changed_password",
            obstacles::a_server_that_stops_and_a_changed_password,
            false,
        ),
        ("obstacles::full_disk_and_stopping", obstacles::full_disk_and_stopping, false),
        ("left::password_changed_while_restoring", left::password_changed_while_restoring, false),
        ("left::scratch_left_over_is_shown_and_removed", left::is_shown_and_removed, false),
        ("secrets::are_nowhere", secrets::are_nowhere, false),
        ("tables::chosen", tables::chosen, false),
    ];
    let mut trials = Vec::new();
    for product in PRODUCTS {
        let need = match product {
            Product::Mariadb => Requirement::Mariadb,
            Product::Mysql => Requirement::Mysql,
        };
        for (name, test, corpora) in tests {
            let needs = if corpora { vec![need, Requirement::Corpora] } else { vec![need] };
            trials.push(trial(&format!("backup::{}::{name}", product.name()), &needs, move || test(product)));
        }
    }
    trials
}
