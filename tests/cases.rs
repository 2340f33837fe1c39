//! The cases that decide whether a real schema comes through: which of them this run has
//! shown, and those that take more than a schema to show.
//!
//! `cases/list.txt` names every case with what must become of it, `cases/missing.txt` those
//! that nothing shows yet, each with the reason. Everything else is a folder of scenarios
//! with `cases` and `class`, or a trial here.

mod collision;
mod file;
mod large;
mod list;
mod mysql;
mod registry;
mod rights;
mod server;

use libtest_mimic::Trial;

use crate::mysql::connecting;
use crate::support::mysql::Product;
use crate::support::requirement::{Requirement, trial};
pub use registry::{Class, counted, print};

/// A case that takes more than a schema.
struct Coded {
    name: &'static str,
    product: &'static str,
    cases: &'static [&'static str],
    class: Class,
    /// Why that is another class than the list has, where it is.
    differs: Option<&'static str>,
    test: fn(),
}

const CODED: &[Coded] = &[
    coded("referenced_from_elsewhere", &["P13"], Class::Refuse, rights::referenced_from_elsewhere),
    coded("hidden_rows", &["P57"], Class::Refuse, rights::hidden_rows),
    coded("subscribed", &["P69"], Class::Refuse, server::subscribed),
    coded("temporary_tables", &["P72"], Class::Convert, server::temporary_tables),
    Coded {
        differs: Some(
            "whether its code refuses is known only when it runs; it is named before, and the run is one transaction that it takes back whole",
        ),
        ..coded("forbidden", &["P73"], Class::Warn, server::forbidden)
    },
    coded("prepared", &["P83"], Class::Refuse, server::prepared),
    coded("read_only", &["P83"], Class::Refuse, server::read_only),
    coded("wide", &["P80"], Class::Convert, large::wide),
    coded("many_tables", &["P80"], Class::Convert, large::many_tables),
    coded("stuck_generator", &["D09"], Class::Convert, collision::stuck_generator),
    coded("memory", &["D12"], Class::Convert, || large::memory("postgres")),
    on_sqlite("sqlite_memory", &["D12"], Class::Convert, || large::memory("sqlite")),
    on_sqlite("sqlite_wide", &["S18"], Class::Convert, file::wide),
    on_sqlite("sqlite_collision", &["D09"], Class::Convert, collision::computed_twice),
    on_sqlite("sqlite_mismatched", &["S08"], Class::Refuse, file::mismatched),
    on_sqlite("sqlite_copied", &["S14"], Class::Convert, file::copied),
    on_sqlite("sqlite_settings", &["S16"], Class::Convert, file::settings),
    on_sqlite("sqlite_unfit_files", &["S15"], Class::Refuse, file::unfit),
    on("mariadb", "mariadb_memory", &["D12"], Class::Convert, || large::memory("mariadb")),
    on("mysql", "mysql_memory", &["D12"], Class::Convert, || large::memory("mysql")),
    on("mariadb", "mariadb_collision", &["D09"], Class::Convert, || collision::of_staged(Product::Mariadb)),
    on("mysql", "mysql_collision", &["D09"], Class::Convert, || collision::of_staged(Product::Mysql)),
    on("mariadb", "mariadb_bad_values", &["D08"], Class::Convert, || mysql::bad_values(Product::Mariadb)),
    on("mysql", "mysql_bad_values", &["D08"], Class::Convert, || mysql::bad_values(Product::Mysql)),
    on("mariadb", "mariadb_meagre", &["M24", "M26"], Class::Convert, || mysql::meagre_server(Product::Mariadb)),
    on("mysql", "mysql_meagre", &["M24", "M26"], Class::Convert, || mysql::meagre_server(Product::Mysql)),
    on("mariadb", "mariadb_statements", &["M22"], Class::Refuse, || mysql::statements_are_replicated(Product::Mariadb)),
    on("mysql", "mysql_statements", &["M22"], Class::Refuse, || mysql::statements_are_replicated(Product::Mysql)),
    on("mariadb", "mariadb_lock", &["M27"], Class::Convert, || connecting::one_runner_at_a_time(Product::Mariadb)),
    on("mysql", "mysql_lock", &["M27"], Class::Convert, || connecting::one_runner_at_a_time(Product::Mysql)),
];

const fn on(
    product: &'static str,
    name: &'static str,
    cases: &'static [&'static str],
    class: Class,
    test: fn(),
) -> Coded {
    Coded { name, product, cases, class, differs: None, test }
}

const fn on_sqlite(name: &'static str, cases: &'static [&'static str], class: Class, test: fn()) -> Coded {
    Coded { name, product: "sqlite", cases, class, differs: None, test }
}

const fn coded(name: &'static str, cases: &'static [&'static str], class: Class, test: fn()) -> Coded {
    Coded { name, product: "postgres", cases, class, differs: None, test }
}

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let mut trials = vec![trial("cases::each_is_shown_or_named", &[], list::judge)];
    for coded in CODED {
        let need = match coded.product {
            "sqlite" => Requirement::SqliteTool,
            "mariadb" => Requirement::Mariadb,
            "mysql" => Requirement::Mysql,
            _ => Requirement::Postgres,
        };
        trials.push(trial(&format!("cases::{}", coded.name), &[need], move || {
            let cases: Vec<String> = coded.cases.iter().map(ToString::to_string).collect();
            counted(coded.product, &cases, coded.class, coded.test);
        }));
    }
    trials
}
