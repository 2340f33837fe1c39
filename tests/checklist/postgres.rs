//! Checks on PostgreSQL, on the shared server.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Pair;
use super::bench::{Bench, fired};
use super::everywhere::shop;
use crate::support::holder::Holder;
use crate::support::postgres::{Database, shared_of};
use crate::support::process::until;
use crate::support::requirement::Requirement;
use crate::support::subject::Postgres;

struct Case {
    check: &'static str,
    /// What is there beside the shop.
    before: &'static str,
    fire: &'static str,
    named: &'static str,
    /// What changes the catalogue needs a new plan.
    plan: bool,
}

const CASES: &[Case] = &[
    Case {
        check: "temporary_space",
        before: "INSERT INTO purchase SELECT n, 1, repeat('x', 90) FROM generate_series(10, 5000) n; ANALYZE",
        fire: "ALTER DATABASE list_temporary_space SET temp_file_limit = '64kB'",
        named: "64 kB",
        plan: true,
    },
    Case {
        check: "left_out",
        before: "",
        fire: "CREATE TABLE part (id int PRIMARY KEY) PARTITION BY HASH (id)",
        named: "public.part.id",
        plan: true,
    },
    Case {
        check: "dependents",
        before: "",
        fire: "CREATE FUNCTION named(p integer) RETURNS text LANGUAGE sql AS 'SELECT name::text FROM public.customer WHERE id = p'",
        named: "RK-131",
        plan: true,
    },
    Case { check: "unindexed_references", before: "", fire: "DROP INDEX purchase_of", named: "RK-139", plan: true },
    Case {
        check: "event_triggers",
        before: "",
        fire: "CREATE FUNCTION look() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER looks ON ddl_command_end EXECUTE FUNCTION look()",
        named: "looks",
        plan: true,
    },
    Case {
        check: "orphans",
        before: "",
        fire: "ALTER TABLE purchase DROP CONSTRAINT purchase_customer_id_fkey;
               INSERT INTO purchase VALUES (7, 70), (8, 80);
               ALTER TABLE purchase ADD CONSTRAINT loose FOREIGN KEY (customer_id) REFERENCES customer (id) NOT VALID",
        named: "public.purchase.customer_id: 2 rows",
        plan: true,
    },
    Case {
        check: "duplicates",
        before: "CREATE TABLE dear_customer () INHERITS (customer)",
        fire: "INSERT INTO dear_customer VALUES (1, 'Ann again')",
        named: "RK-142",
        plan: false,
    },
    Case {
        check: "malformed_uuids",
        before: "CREATE TABLE thing (id varchar(36) PRIMARY KEY); INSERT INTO thing VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01')",
        fire: "INSERT INTO thing VALUES ('not-a-uuid')",
        named: "RK-184",
        plan: false,
    },
    Case {
        check: "publications",
        before: "",
        fire: "CREATE PUBLICATION shown FOR TABLE purchase",
        named: "shown",
        plan: true,
    },
    Case {
        check: "prepared_transactions",
        before: "",
        fire: "BEGIN; UPDATE purchase SET note = 'mine'; PREPARE TRANSACTION 'list of a shop'",
        named: "list of a shop",
        plan: false,
    },
    Case {
        check: "scheduled_jobs",
        before: "",
        fire: "CREATE SCHEMA cron; CREATE TABLE cron.job (jobid bigint, active boolean); INSERT INTO cron.job VALUES (1, true)",
        named: "pg_cron",
        plan: true,
    },
    // No disk has the room for as many rows as the server believes to be there, in a table too
    // large to be counted.
    Case {
        check: "disk_for_rewrite",
        before: "INSERT INTO purchase SELECT n, 1, repeat('x', 90) FROM generate_series(10, 100000) n; ANALYZE",
        fire: "UPDATE pg_class SET reltuples = 1e13 WHERE relname = 'purchase'",
        named: "disk free",
        plan: false,
    },
];

pub fn pairs() -> Vec<Pair> {
    let one = |check, test: fn()| Pair::new(check, "postgres", &[Requirement::Postgres], test);
    let mut pairs: Vec<Pair> = CASES
        .iter()
        .map(|case| Pair::new(case.check, "postgres", &[Requirement::Postgres], move || show(case)))
        .collect();
    pairs.extend([
        one("sessions", sessions),
        one("long_transactions", long_transactions),
        one("writers", writers),
        one("rows_without_uuid", rows_without_uuid),
        Pair::new("server_version", "postgres", &[Requirement::Postgres, Requirement::Version(12)], server_version),
    ]);
    pairs
}

fn subject(name: &str) -> Postgres {
    let subject = Postgres(Database::create(name));
    shop(&subject);
    subject
}

fn show(case: &Case) {
    let subject = subject(&format!("list_{}", case.check));
    subject.0.execute(case.before);
    let bench = Bench::new(&subject);
    bench.pair(case.check, case.named, |bench| {
        bench.subject.execute(case.fire);
        if case.plan {
            bench.plan();
        }
    });
    if case.check == "prepared_transactions" {
        subject.0.execute("ROLLBACK PREPARED 'list of a shop'");
    }
}

fn sessions() {
    let subject = subject("list_sessions");
    let bench = Bench::new(&subject);
    bench.is_quiet("sessions");
    let holder = Holder::postgres(&subject.0, "SET application_name = 'till 7'; SELECT FROM purchase");
    bench.fires("sessions", "till 7");
    holder.release();
}

fn long_transactions() {
    let subject = subject("list_long");
    let bench = Bench::new(&subject);
    bench.is_quiet("long_transactions");
    let holder = Holder::postgres(&subject.0, "SET application_name = 'till 8'; SELECT FROM purchase");
    let check = until("the transaction to be open for long", Duration::from_secs(40), || {
        let check = bench.look("long_transactions");
        (check["outcome"] == "warning").then_some(check)
    });
    fired(&check, "till 8");
    holder.release();
}

fn writers() {
    let subject = subject("list_writers");
    let bench = Bench::new(&subject);
    let holder = Holder::postgres(&subject.0, "SELECT FROM customer");
    bench.is_quiet("writers");
    let enough = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !enough.load(Ordering::Relaxed) {
                subject.0.execute("UPDATE customer SET name = name");
            }
        });
        let check = bench.look("writers");
        enough.store(true, Ordering::Relaxed);
        fired(&check, "public.customer");
    });
    holder.release();
}

// References are to be led to a column of UUIDs that some rows lack.
fn rows_without_uuid() {
    let subject = Postgres(Database::create("list_without"));
    subject.0.execute(
        "CREATE TABLE users (id int PRIMARY KEY, uuid uuid UNIQUE);
         CREATE TABLE letter (id int PRIMARY KEY, user_id int REFERENCES users (id));
         CREATE INDEX letter_of ON letter (user_id);
         INSERT INTO users VALUES (1, '0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01'); INSERT INTO letter VALUES (1, 1)",
    );
    let choices = ["--domain", "public.users.id", "--repoint", "public.users.id=uuid", "--accept-defaults"];
    let bench = Bench::choosing(&subject, &choices);
    bench.pair("rows_without_uuid", "RK-180", |bench| {
        bench.subject.execute("INSERT INTO users VALUES (2, NULL); INSERT INTO letter VALUES (2, 2)");
    });
}

fn server_version() {
    let new = subject("list_version");
    Bench::new(&new).is_quiet("server_version");
    let old = Postgres(Database::create_on(shared_of(12), "list_version"));
    shop(&old);
    Bench::new(&old).fires("server_version", "November 2024");
}
