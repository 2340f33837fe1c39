//! What is large: wide tables, many references, many tables, many rows.

use std::time::Duration;

use crate::support::journey::{Journey, OVERRIDES};
use crate::support::mysql::PRODUCTS;
use crate::support::postgres::Database;
use crate::support::process::{Reaped, drain, until};
use crate::support::rekey::Rekey;
use crate::support::subject::{Postgres, Subject, new_postgres, new_sqlite};
use crate::support::subject_mysql::new_mysql;

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (1..=count).map(item).collect::<Vec<_>>().join(", ")
}

/// A table of as many columns as the server allows, one with five hundred references, an
/// empty one and one of a single row go there and back.
pub fn wide() {
    let subject = Postgres(Database::create("case_wide"));
    subject.execute(&format!(
        "CREATE TABLE hub (id serial PRIMARY KEY, name text);
         CREATE TABLE nothing (id bigserial PRIMARY KEY, hub_id integer REFERENCES hub (id));
         CREATE TABLE one (id smallint PRIMARY KEY, nothing_id bigint REFERENCES nothing (id));
         CREATE TABLE wide (id serial PRIMARY KEY, hub_id integer REFERENCES hub (id), {});
         CREATE TABLE spokes (id serial PRIMARY KEY, {});
         INSERT INTO hub (name) VALUES ('a'), ('b'), (NULL);
         INSERT INTO one VALUES (-1, NULL);
         INSERT INTO wide (hub_id, c1, c1598) VALUES (1, true, false), (NULL, NULL, NULL);
         INSERT INTO spokes (r1, r250, r500) VALUES (1, 2, 3), (3, NULL, 1)",
        list(1598, |n| format!("c{n} boolean")),
        list(500, |n| format!("r{n} integer REFERENCES hub (id)")),
    ));
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    assert_eq!((journey.roots().len(), journey.members.len()), (5, 5 + 2 + 1 + 500));
    let run = journey.convert();
    journey.undo(&run);
}

/// Five thousand tables are all seen, and all in the plan.
pub fn many_tables() {
    let subject = Postgres(Database::create("case_many"));
    subject.execute(
        "DO $$ BEGIN FOR n IN 1..5000 LOOP
           EXECUTE format('CREATE TABLE t%s (id integer PRIMARY KEY, up integer)', n);
           IF n % 5 = 0 THEN EXECUTE format('ALTER TABLE t%s ADD FOREIGN KEY (up) REFERENCES t%s', n, n - 1); END IF;
           IF n % 500 = 0 THEN COMMIT; END IF;
         END LOOP; END $$",
    );
    let rekey = Rekey::new(subject.password());
    let plan = rekey.done(&["plan", &subject.target(), "-o", "plan.json", "--all"]);
    let conversions = plan["conversions"].as_array().expect("conversions");
    let members: usize = conversions.iter().map(|one| one["members"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!((conversions.len(), members), (5000, 6000));
}

/// The command's memory does not follow the number of rows. What SQLite keeps at hand does,
/// up to a limit.
pub fn memory(product: &str) {
    let (few, many) = (peak(product, 1_000), peak(product, 150_000));
    assert!(many < 150_000, "{many} kB for many rows");
    let spare = if product == "sqlite" { 100_000 } else { few / 4 };
    assert!(many < few + spare, "{few} kB for few rows, {many} kB for a hundred and fifty times as many");
}

// The largest resident size of a run over that many rows, in kB.
fn peak(product: &str, rows: usize) -> u64 {
    let name = format!("case_memory_{rows}");
    let (subject, numbers) = if product == "sqlite" {
        let numbers = format!("WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {rows}) ");
        (new_sqlite(&name), (numbers, "printf('%.100c', 'x') FROM n".to_owned()))
    } else if let Some(product) = PRODUCTS.into_iter().find(|one| one.name() == product) {
        let digit = "(SELECT 0 AS i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
        let numbers = format!(
            "(SELECT a.i + 10 * b.i + 100 * c.i + 1000 * d.i + 10000 * e.i + 100000 * f.i + 1 AS n FROM \
             {digit} a, {digit} b, {digit} c, {digit} d, {digit} e, {digit} f) n WHERE n <= {rows} ORDER BY n"
        );
        (
            new_mysql(product, &name),
            ("SET foreign_key_checks = 0; ".to_owned(), format!("REPEAT('x', 100) FROM {numbers}")),
        )
    } else {
        (new_postgres(&name), (String::new(), format!("repeat('x', 100) FROM generate_series(1, {rows}) n")))
    };
    let half = if PRODUCTS.iter().any(|one| one.name() == product) { "n DIV 2" } else { "n / 2" };
    subject.execute(&format!(
        "CREATE TABLE big (id bigint PRIMARY KEY, up bigint, pad text, FOREIGN KEY (up) REFERENCES big (id));
         {}INSERT INTO big SELECT n * 14316, nullif({half}, 0) * 14316, {}",
        numbers.0, numbers.1
    ));
    let rekey = Rekey::new(subject.password());
    let target = subject.target();
    rekey.done(&["plan", &target, "-o", "plan.json", "--all"]);
    let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes", "--json"][..], &OVERRIDES].concat();
    let mut command = rekey.command(&arguments);
    command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
    let mut child = Reaped::spawn(&mut command);
    let output = drain(child.0.stdout.take().unwrap());
    let status = format!("/proc/{}/status", child.0.id());
    let mut peak = 0;
    let ended = until("the end of the run", Duration::from_secs(120), || {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = peak.max(line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default());
        child.0.try_wait().unwrap()
    });
    let said = String::from_utf8_lossy(&output.join().unwrap()).into_owned();
    assert!(ended.success() && peak > 0, "{said}");
    peak
}
