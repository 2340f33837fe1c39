//! A wide schema: how long it takes to look at it and to plan its conversion.
//!
//! Many small tables, because what is measured here grows with the schema and not with
//! the rows. Every table has a key of its own that others refer to; there are chains,
//! references to itself, indexes, views, triggers and checks, as a schema of that size has.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Folder, measure, postgres, today};
use crate::system::{self, Needs};
use crate::{Outcome, build, process};

const TABLES: u64 = 1000;
const REFERENCES: u64 = 1500;
/// What both together may take.
const REACH: Duration = Duration::from_secs(3);

/// Builds the schema, looks at it and plans, and prints what that took.
pub fn bench() -> Outcome {
    system::provide(&[Needs::Compiler, Needs::Tests])?;
    let rekey = build::program("release", "rekey", &["--no-default-features"])?;
    let folder = Folder::new()?;
    println!("\nMaking {TABLES} tables with {REFERENCES} foreign keys ...");
    let server = postgres::Server::empty(&folder.path)?;
    server.sql("postgres", &["CREATE DATABASE rekey"])?;
    server.sql("rekey", &script())?;
    let counted = "SELECT count(*) FILTER (WHERE contype = 'p') || ' ' || count(*) FILTER (WHERE contype = 'f') \
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace";
    let counted = server.sql("rekey", &[counted])?;
    if counted != format!("{TABLES} {REFERENCES}") {
        return Err(format!("the schema has {counted} keys and references instead of {TABLES} {REFERENCES}"));
    }
    measured(&server, &rekey, &folder.path)
}

fn measured(server: &postgres::Server, rekey: &Path, folder: &Path) -> Outcome {
    use super::Contest;
    let (target, plan, data) = (server.target(), folder.join("plan.json"), folder.join("data"));
    let take = |words: &[&str]| {
        let mut command = Command::new(rekey);
        command.args(words).args(["--json", "--progress", "none"]).env("XDG_DATA_HOME", &data).env("HOME", &data);
        measure::run(&mut command)
    };
    let inspected = take(&["inspect", &target])?;
    let planned = take(&["plan", &target, "--all", "--accept-defaults", "-o", &plan.to_string_lossy()])?;
    let version = process::read(Command::new(rekey).arg("--version"))?;
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    println!("\n{}, {version}, {}, {system} {machine}, {cores} cores", today()?, server.product());
    println!("schema: {TABLES} tables, {REFERENCES} foreign keys, {} of JSON planned", size(planned.output.len()));
    let sum = inspected.time + planned.time;
    for (name, time) in [("rekey inspect", inspected.time), ("rekey plan", planned.time), ("together", sum)] {
        println!("  {name:<28}{:>9.2} s", time.as_secs_f64());
    }
    println!("  {:<28}{:>9.2} s: {}", "to reach", REACH.as_secs_f64(), if sum < REACH { "reached" } else { "MISSED" });
    Ok(())
}

fn size(bytes: usize) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

// The first reference of a table goes to one made before it, the others to any.
fn script() -> Vec<String> {
    let more = REFERENCES - (TABLES - 1);
    vec![
        format!(
            "DO $$ BEGIN FOR i IN 1..{TABLES} LOOP EXECUTE format(
               'CREATE TABLE t%1$s (id serial PRIMARY KEY, first_id integer, second_id integer, name text NOT NULL,
                  total numeric(10, 2) DEFAULT 0 CHECK (total >= 0), made timestamptz NOT NULL DEFAULT now(), note text)', i);
               EXECUTE format('CREATE INDEX ON t%1$s (first_id); CREATE INDEX ON t%1$s (made)', i);
             END LOOP; END $$"
        ),
        format!(
            "DO $$ BEGIN FOR i IN 2..{TABLES} LOOP EXECUTE format(
               'ALTER TABLE t%s ADD FOREIGN KEY (first_id) REFERENCES t%s ON DELETE CASCADE', i, 1 + (i::bigint * 7919) % (i - 1));
             END LOOP;
             FOR i IN 1..{more} LOOP EXECUTE format(
               'ALTER TABLE t%s ADD FOREIGN KEY (second_id) REFERENCES t%s', i, 1 + (i::bigint * 104729) % {TABLES});
             END LOOP; END $$"
        ),
        format!(
            "DO $$ BEGIN FOR i IN 1..{TABLES} LOOP EXECUTE format(
               'INSERT INTO t%s (name) SELECT ''row '' || n FROM generate_series(1, 5) n', i);
             END LOOP; END $$"
        ),
        format!(
            "DO $$ BEGIN FOR i IN 1..{TABLES} / 10 LOOP EXECUTE format(
               'CREATE VIEW v%1$s AS SELECT t.id, t.name, count(*) AS number FROM t%1$s t LEFT JOIN t%2$s o ON o.first_id = t.id GROUP BY t.id', i, i + 1);
               EXECUTE format('CREATE FUNCTION f%1$s() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN NEW.made := now(); RETURN NEW; END''', i);
               EXECUTE format('CREATE TRIGGER touch BEFORE UPDATE OF first_id ON t%1$s FOR EACH ROW EXECUTE FUNCTION f%1$s()', i);
             END LOOP; END $$"
        ),
        "ANALYZE".to_owned(),
    ]
}
