//! Checks on SQLite files.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Pair;
use super::bench::{Bench, fired, look, quiet};
use super::everywhere::shop;
use crate::support::holder::Holder;
use crate::support::postgres::is_root;
use crate::support::process::finish;
use crate::support::rekey::Rekey;
use crate::support::requirement::Requirement;
use crate::support::sqlite::File;
use crate::support::subject::Sqlite;

struct Case {
    check: &'static str,
    before: &'static str,
    fire: &'static str,
    named: &'static str,
    plan: bool,
}

const CASES: &[Case] = &[
    Case {
        check: "orphans",
        before: "",
        fire: "INSERT INTO purchase VALUES (7, 70, NULL), (8, 80, NULL)",
        named: "main.purchase.customer_id: 2 rows",
        plan: false,
    },
    Case { check: "unindexed_references", before: "", fire: "DROP INDEX purchase_of", named: "RK-139", plan: true },
    Case {
        check: "rows_without_uuid",
        before: "CREATE TABLE thing (id int PRIMARY KEY); INSERT INTO thing VALUES (1)",
        fire: "INSERT INTO thing VALUES (NULL)",
        named: "RK-221",
        plan: false,
    },
    Case {
        check: "malformed_uuids",
        before: "CREATE TABLE thing (id varchar(36) PRIMARY KEY); INSERT INTO thing VALUES ('0B1E9F0A-6C1E-4B0E-9C6F-1A2B3C4D5E01')",
        fire: "INSERT INTO thing VALUES ('not-a-uuid')",
        named: "RK-184",
        plan: false,
    },
    Case {
        check: "duplicates",
        before: "CREATE TABLE thing (id varchar(36) PRIMARY KEY); INSERT INTO thing VALUES ('0B1E9F0A-6C1E-4B0E-9C6F-1A2B3C4D5E01')",
        fire: "INSERT INTO thing VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01')",
        named: "RK-186",
        plan: false,
    },
    Case {
        check: "left_out",
        before: "",
        fire: "CREATE TABLE summed (id integer PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2))",
        named: "main.summed.id",
        plan: true,
    },
];

pub fn pairs() -> Vec<Pair> {
    let one = |check, test: fn()| Pair::new(check, "sqlite", &[Requirement::SqliteTool], test);
    let mut pairs: Vec<Pair> = CASES
        .iter()
        .map(|case| Pair::new(case.check, "sqlite", &[Requirement::SqliteTool], move || show(case)))
        .collect();
    pairs.extend([
        one("rights", rights),
        one("sessions", || held("sessions")),
        one("long_transactions", || held("long_transactions")),
        one("writers", writers),
        one("backup", backup),
    ]);
    // Only root can give a file a small disk of its own.
    if is_root() {
        pairs.push(one("disk_for_rewrite", disk));
    }
    pairs
}

fn subject(name: &str) -> Sqlite {
    let subject = Sqlite(File::create(&format!("{name}.db")));
    shop(&subject);
    subject
}

fn show(case: &Case) {
    let subject = subject(case.check);
    subject.0.execute(case.before);
    Bench::new(&subject).pair(case.check, case.named, |bench| {
        bench.subject.execute(case.fire);
        if case.plan {
            bench.plan();
        }
    });
}

fn rights() {
    let subject = subject("rights");
    let mode = |mode| std::fs::set_permissions(subject.0.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    let bench = Bench::new(&subject);
    bench.pair("rights", "RK-230", |_| mode(0o444));
    mode(0o644);
}

fn held(check: &str) {
    let subject = subject(check);
    let bench = Bench::new(&subject);
    bench.is_quiet(check);
    let holder = Holder::sqlite(&subject.0, "UPDATE customer SET name = name");
    bench.fires(check, "sqlite3");
    holder.release();
}

// In the log beside the file readers and writers do not keep each other out.
fn writers() {
    let subject = subject("writers");
    subject.0.execute("PRAGMA journal_mode = WAL");
    let bench = Bench::new(&subject);
    let holder = Holder::sqlite_reading(&subject.0, "SELECT count(*) FROM customer");
    bench.is_quiet("writers");
    let enough = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !enough.load(Ordering::Relaxed) {
                // What is written as it was is not written at all.
                subject.0.execute("UPDATE customer SET name = hex(randomblob(4))");
            }
        });
        let check = bench.look("writers");
        enough.store(true, Ordering::Relaxed);
        fired(&check, "the file");
    });
    holder.release();
}

fn backup() {
    let subject = subject("backup");
    let bench = Bench::new(&subject);
    let target = subject.0.path().display().to_string();
    let made = bench.rekey.done(&["backup", &target, "--dir", &bench.rekey.file("backups")]);
    let path = made["path"].as_str().unwrap().to_owned();
    let words = ["check", &target, "--plan", "plan.json", "--only", "backup"];
    let with = bench.rekey.done(&[&words[..], &["--backup", &path]].concat());
    quiet(&with["checks"][0]);
    let without = bench.rekey.done(&words);
    assert_eq!(without["clear"], false, "{without:#}");
    fired(&without["checks"][0], "RK-002");
}

// A disk of a megabyte, of which the file takes the half.
fn disk() {
    let plain = subject("disk");
    Bench::new(&plain).is_quiet("disk_for_rewrite");
    let folder = tempfile::Builder::new().prefix("rk-disk-").tempdir().unwrap();
    let run = |program: &str, words: &[&str]| {
        let done = finish(Command::new(program).args(words).arg(folder.path()), None);
        assert_eq!(done.code, Some(0), "{program}: {}", done.stderr);
    };
    run("mount", &["-t", "tmpfs", "-o", "size=1m", "none"]);
    let file = folder.path().join("small.db");
    plain.0.execute("INSERT INTO purchase SELECT 100 + value, 1, hex(randomblob(40)) FROM generate_series(1, 5000)");
    std::fs::copy(plain.0.path(), &file).unwrap();
    let rekey = Rekey::new(None);
    let target = file.display().to_string();
    rekey.done(&["plan", &target, "-o", "plan.json", "--all", "--accept-defaults"]);
    let seen = look(&rekey, &target, "disk_for_rewrite");
    run("umount", &[]);
    fired(&seen, "disk free");
}
