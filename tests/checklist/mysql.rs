//! Checks on MariaDB and MySQL, on the shared servers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Pair;
use super::bench::{Bench, fired};
use super::everywhere::shop;
use crate::support::holder::Holder;
use crate::support::mysql::{Database, Product};
use crate::support::process::until;
use crate::support::requirement::Requirement;
use crate::support::subject_mysql::Mysql;

struct Case {
    check: &'static str,
    before: &'static str,
    fire: &'static str,
    named: &'static str,
    plan: bool,
    after: &'static str,
}

const CASES: &[Case] = &[
    Case {
        check: "orphans",
        before: "",
        fire: "SET foreign_key_checks = 0; INSERT INTO purchase VALUES (7, 70, NULL), (8, 80, NULL)",
        named: "purchase.customer_id: 2 rows",
        plan: false,
        after: "",
    },
    Case {
        check: "unindexed_references",
        before: "CREATE TABLE refund (id int NOT NULL PRIMARY KEY, customer_id int, KEY refund_of (customer_id)); INSERT INTO refund VALUES (1, 1)",
        fire: "DROP INDEX refund_of ON refund",
        named: "RK-139",
        plan: true,
        after: "",
    },
    Case {
        check: "decisions",
        before: "",
        fire: "SET foreign_key_checks = 0; INSERT INTO purchase VALUES (7, 70, NULL)",
        named: "RK-309",
        plan: false,
        after: "",
    },
    Case {
        check: "left_out",
        before: "",
        fire: "CREATE TABLE old (id int PRIMARY KEY) ENGINE = MyISAM",
        named: ".old.id",
        plan: true,
        after: "",
    },
    Case {
        check: "malformed_uuids",
        before: "CREATE TABLE thing (id varchar(36) NOT NULL PRIMARY KEY); INSERT INTO thing VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01')",
        fire: "INSERT INTO thing VALUES ('not-a-uuid')",
        named: "RK-184",
        plan: false,
        after: "",
    },
    Case {
        check: "dependents",
        before: "",
        fire: "CREATE VIEW shown AS SELECT id, name FROM customer",
        named: "RK-317",
        plan: true,
        after: "",
    },
    Case {
        check: "prepared_transactions",
        before: "",
        fire: "XA START 'of a list'; UPDATE purchase SET note = 'mine'; XA END 'of a list'; XA PREPARE 'of a list'",
        named: "RK-024",
        plan: false,
        after: "XA ROLLBACK 'of a list'",
    },
    Case {
        check: "scheduled_jobs",
        before: "",
        fire: "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM purchase WHERE id < 0",
        named: "nightly",
        plan: true,
        after: "",
    },
];

pub fn pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (product, needs) in [(Product::Mariadb, Requirement::Mariadb), (Product::Mysql, Requirement::Mysql)] {
        pairs.extend(
            CASES.iter().map(|case| Pair::new(case.check, product.name(), &[needs], move || show(case, product))),
        );
        pairs.push(Pair::new("sessions", product.name(), &[needs], move || sessions(product)));
        pairs.push(Pair::new("long_transactions", product.name(), &[needs], move || long_transactions(product)));
        pairs.push(Pair::new("writers", product.name(), &[needs], move || writers(product)));
    }
    pairs
}

fn subject(product: Product, name: &str) -> Mysql {
    let subject = Mysql(Database::create(product, name));
    shop(&subject);
    subject
}

fn show(case: &Case, product: Product) {
    let subject = subject(product, &format!("list_{}", case.check));
    subject.0.sql(case.before);
    let bench = Bench::new(&subject);
    bench.pair(case.check, case.named, |bench| {
        bench.subject.execute(case.fire);
        if case.plan {
            bench.plan();
        }
    });
    subject.0.sql(case.after);
}

fn sessions(product: Product) {
    let subject = subject(product, "list_sessions");
    let bench = Bench::new(&subject);
    bench.is_quiet("sessions");
    let holder = Holder::mysql(&subject.0, "SET @seen = (SELECT COUNT(*) FROM purchase)");
    bench.fires("sessions", "owner: 1");
    holder.release();
}

fn long_transactions(product: Product) {
    let subject = subject(product, "list_long");
    let bench = Bench::new(&subject);
    let holder = Holder::mysql(&subject.0, "UPDATE purchase SET note = 'mine'");
    let check = until("the transaction to be open for long", Duration::from_secs(40), || {
        let check = bench.look("long_transactions");
        (check["outcome"] == "warning").then_some(check)
    });
    fired(&check, &format!("session {}", holder.said()));
    let session = format!("session {}", holder.said());
    holder.release();
    // Other trials on this server have transactions of their own.
    until("the transaction to be gone", Duration::from_secs(40), || {
        (!bench.look("long_transactions").to_string().contains(&session)).then_some(())
    });
}

// Statements are counted for the whole server, so it is one of its own, on which no other trial writes.
fn writers(product: Product) {
    let server: &'static crate::support::mysql::Server =
        Box::leak(Box::new(crate::support::mysql::Server::start(product, &[])));
    let subject = Mysql(Database::create_on(server, "list"));
    shop(&subject);
    let bench = Bench::new(&subject);
    let holder = Holder::mysql(&subject.0, "SET @seen = (SELECT COUNT(*) FROM purchase)");
    bench.is_quiet("writers");
    let enough = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !enough.load(Ordering::Relaxed) {
                subject.0.sql("UPDATE customer SET name = name");
            }
        });
        let check = bench.look("writers");
        enough.store(true, Ordering::Relaxed);
        fired(&check, "statements 'update'");
    });
    holder.release();
    drop(subject);
    server.stop();
}
