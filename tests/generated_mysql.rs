//! Random databases for MariaDB and MySQL, made from a seed and taken the same way as those
//! for PostgreSQL: there, back, there again, and back with rows that were written since.
//!
//! An ordinary run takes the odd seeds on MariaDB and the even ones on MySQL; `REKEY_SEEDS`
//! and `REKEY_SEED` take those that they name on both.

mod build;
mod keys;
mod kinds;
mod links;
mod model;
mod names;
mod parts;
mod programs;
mod rows;
mod script;

use std::path::PathBuf;

use libtest_mimic::Trial;

use crate::generated::journey::Made;
use crate::generated::{journey, seeds, tally};
use crate::support::mysql::{self, PRODUCTS, Product};
use crate::support::requirement::{Requirement, trial};
use crate::support::subject_mysql::new_mysql;
use model::Model;

/// One trial per seed and product.
pub fn trials() -> Vec<Trial> {
    let chosen = ["REKEY_SEED", "REKEY_SEEDS"].iter().any(|variable| std::env::var_os(variable).is_some());
    let mut found = Vec::new();
    for product in PRODUCTS {
        let (needs, turn) = match product {
            Product::Mariadb => (Requirement::Mariadb, 1),
            Product::Mysql => (Requirement::Mysql, 0),
        };
        let own = seeds().filter(|seed| chosen || seed % 2 == turn);
        found.extend(own.map(|seed| {
            trial(&format!("generated::{}::seed_{seed}", product.name()), &[needs], move || take(product, seed))
        }));
    }
    found
}

fn take(product: Product, seed: u32) {
    let model = build::build(product, seed);
    let file = write(product, seed, &model);
    let told = match product {
        Product::Mariadb => "MariaDB",
        Product::Mysql => "MySQL",
    };
    match journey::attempt_on(&file, &model, || new_mysql(product, &model.database)) {
        Ok(outcome) => {
            if std::env::var_os("REKEY_SEED").is_some() {
                eprintln!("seed {seed} on {told}: {outcome}, {}", file.display());
            }
            tally::add(told, &outcome);
        }
        Err(failure) => {
            tally::add_failure(told);
            // A server that crashed takes no other seed with it.
            let crash =
                mysql::shared(product).revive().map_or_else(String::new, |log| format!("the server crashed:\n{log}"));
            panic!(
                "seed {seed} on {told} fails at {}: {}\nthe database: {}\n{}\n{crash}",
                failure.stage,
                failure.told,
                file.display(),
                model.choices().join(" ")
            );
        }
    }
}

/// Where the statements of a seed's database are kept.
fn write(product: Product, seed: u32, model: &Model) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{seed}.{}.sql", product.name()));
    std::fs::write(&file, script::write(model)).unwrap();
    file
}
