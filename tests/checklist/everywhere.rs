//! Checks that every product has, with the same tables.

use super::Pair;
use super::bench::Bench;
use crate::support::mysql::Product;
use crate::support::requirement::Requirement;
use crate::support::subject::{Subject, new_postgres, new_sqlite};
use crate::support::subject_mysql::new_mysql;

struct Case {
    check: &'static str,
    fire: &'static str,
    named: &'static str,
    /// A new table needs a new plan.
    plan: bool,
}

const CASES: &[Case] = &[
    Case { check: "drift", fire: "ALTER TABLE customer ADD COLUMN late int", named: "late", plan: false },
    Case {
        check: "user_sessions",
        fire: "INSERT INTO user_sessions VALUES (1, 7)",
        named: "user_sessions: 1 rows",
        plan: false,
    },
    Case {
        check: "migrations",
        fire: "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL); INSERT INTO alembic_version VALUES ('ae1027a6acf')",
        named: "Alembic): its newest revision is ae1027a6acf",
        plan: true,
    },
    Case {
        check: "auto_sync",
        fire: "CREATE TABLE migrations (id int PRIMARY KEY, timestamp bigint NOT NULL, name varchar(80) NOT NULL)",
        named: "TypeORM",
        plan: true,
    },
];

/// Tables of a shop in words that every product understands; numbers are given by hand.
pub fn shop(subject: &dyn Subject) {
    subject.execute(
        "CREATE TABLE customer (id int NOT NULL PRIMARY KEY, name varchar(20) NOT NULL);
         CREATE TABLE purchase (id int NOT NULL PRIMARY KEY, customer_id int, note varchar(99), FOREIGN KEY (customer_id) REFERENCES customer (id));
         CREATE INDEX purchase_of ON purchase (customer_id);
         CREATE TABLE user_sessions (id int NOT NULL, user_number int);
         INSERT INTO customer VALUES (1, 'Ann'), (2, 'Ben');
         INSERT INTO purchase VALUES (1, 1, 'jam'), (2, 2, 'honey'), (3, NULL, NULL);",
    );
}

/// An empty database of that product.
pub fn database(product: &str, name: &str) -> Box<dyn Subject> {
    match product {
        "postgres" => new_postgres(name),
        "mariadb" => new_mysql(Product::Mariadb, name),
        "mysql" => new_mysql(Product::Mysql, name),
        _ => new_sqlite(name),
    }
}

pub const PRODUCTS: [(&str, Requirement); 4] = [
    ("postgres", Requirement::Postgres),
    ("mariadb", Requirement::Mariadb),
    ("mysql", Requirement::Mysql),
    ("sqlite", Requirement::SqliteTool),
];

pub fn pairs() -> Vec<Pair> {
    let each = PRODUCTS.iter().flat_map(|(product, needs)| {
        CASES.iter().map(move |case| Pair::new(case.check, product, &[*needs], move || show(case, product)))
    });
    let runs =
        PRODUCTS.iter().map(|(product, needs)| Pair::new("earlier_run", product, &[*needs], move || earlier(product)));
    each.chain(runs).collect()
}

fn show(case: &Case, product: &str) {
    let subject = database(product, &format!("list_{}", case.check));
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    bench.pair(case.check, case.named, |bench| {
        bench.subject.execute(case.fire);
        if case.plan {
            bench.plan();
        }
    });
}

// After the run the plan fits the database no longer; that the run stands is told all the same.
fn earlier(product: &str) {
    let subject = database(product, "list_earlier");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    bench.pair("earlier_run", "RK-003", |bench| {
        let target = bench.subject.target();
        let words =
            ["run", &target, "--plan", "plan.json", "--yes", "--no-backup", "a test", "--no-rehearsal", "a test"];
        bench.rekey.done(&words);
    });
}
