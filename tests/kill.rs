//! The command is killed at every point it passes. The database is then as before, or the
//! conversion is whole. A SQLite file goes on from there to the end in one copy, and back to
//! the start in another.

use libtest_mimic::Trial;

use crate::support::dump::assert_same;
use crate::support::failpoints::{Stopped, record};
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_postgres, new_sqlite};

/// One sweep per product and direction.
pub fn trials() -> Vec<Trial> {
    let postgres = [Requirement::Postgres, Requirement::Failpoints];
    let sqlite = [Requirement::SqliteTool, Requirement::Failpoints];
    vec![
        trial("kill::run::postgres", &postgres, || sweep_run(new_postgres("kill_run"))),
        trial("kill::run::sqlite", &sqlite, || sweep_run(new_sqlite("kill_run"))),
        trial("kill::run::sqlite_with_a_log", &sqlite, || sweep_run(with_a_log("kill_run_log"))),
        trial("kill::undo::postgres", &postgres, || sweep_undo(new_postgres("kill_undo"))),
        trial("kill::undo::sqlite", &sqlite, || sweep_undo(new_sqlite("kill_undo"))),
        trial("kill::undo::sqlite_with_a_log", &sqlite, || sweep_undo(with_a_log("kill_undo_log"))),
    ]
}

fn with_a_log(name: &str) -> Box<dyn Subject> {
    let subject = new_sqlite(name);
    subject.execute("PRAGMA journal_mode = WAL");
    subject
}

// A copy of a file is made at once, one of a server's database is not.
fn copied(journey: &Journey<'_>) -> Option<[Box<dyn Subject>; 2]> {
    (journey.subject.product() == "sqlite").then(|| [journey.subject.duplicate(), journey.subject.duplicate()])
}

// A journal that holds nothing stays beside the file until the next change.
fn settled(journey: &Journey<'_>) {
    journey.subject.execute("CREATE TABLE passing (id integer); DROP TABLE passing");
    journey.assert_converted(&run_id(journey));
}

// From a killed run: to the end in one copy, to the start in another.
fn on_and_back(journey: &Journey<'_>, point: &str) {
    let Some([on, back]) = copied(journey) else { return };
    let (onward, backward) = (journey.on(on.as_ref()), journey.on(back.as_ref()));
    if on.runs_in_state("converted") == 0 {
        onward.convert();
    }
    settled(&onward);
    if back.runs_in_state("converted") == 1 {
        backward.rekey.done(&["undo", &back.target(), "--run", &run_id(&backward), "--yes"]);
    }
    assert_same(&format!("killed at {point}: the dump of what goes back"), &journey.start.dump, &back.dump());
}

// From a killed undo: back to the end in one copy, forward to what it was in another.
fn back_and_on(journey: &Journey<'_>, point: &str) {
    let Some([back, on]) = copied(journey) else { return };
    let (backward, onward) = (journey.on(back.as_ref()), journey.on(on.as_ref()));
    if back.runs_in_state("converted") == 1 {
        backward.rekey.done(&["undo", &back.target(), "--run", &run_id(&backward), "--yes"]);
    }
    assert_same(&format!("killed at {point}: the dump of what goes back"), &journey.start.dump, &back.dump());
    if on.runs_in_state("converted") == 0 {
        onward.convert();
    }
    settled(&onward);
}

// One database for all points: as long as a killed run leaves it unchanged, the plan fits.
fn sweep_run(subject: Box<dyn Subject>) {
    subject.execute(SHOP);
    let points = points_of_run(subject.duplicate().as_ref());
    eprintln!("kill::run::{}: {} points: {}", subject.product(), points.len(), points.join(" "));
    assert!(points.len() >= 10, "a run passes only {} points: {points:?}", points.len());
    let (mut journey, answer) = Journey::plan(subject.as_ref(), &["--all", "--accept-defaults"]);
    answer.expect(0);
    let target = subject.target();
    let arguments = run_arguments(&target);
    let mut finished = 0;
    for point in &points {
        let (rekey, mut stopped) = Stopped::at(journey.rekey, point, &arguments);
        stopped.process.kill();
        journey.rekey = rekey;
        on_and_back(&journey, point);
        finished += usize::from(after_the_kill(&journey, point));
    }
    eprintln!("kill::run::{}: killed {} times, {finished} times after the commit", subject.product(), points.len());
    assert!(finished > 0 && finished < points.len(), "no point on both sides of the commit");
    let run = journey.convert();
    journey.undo(&run);
}

fn run_arguments(target: &str) -> Vec<&str> {
    [&["run", target, "--plan", "plan.json", "--yes", "--json"][..], &OVERRIDES].concat()
}

fn points_of_run(subject: &dyn Subject) -> Vec<String> {
    let (journey, answer) = Journey::plan(subject, &["--all", "--accept-defaults"]);
    answer.expect(0);
    record(journey.rekey, &run_arguments(&subject.target())).1
}

// Unchanged, or finished: then it validates and can be taken back. True where it was finished.
fn after_the_kill(journey: &Journey<'_>, point: &str) -> bool {
    wait_for_the_server(journey.subject);
    let unchanged = journey.subject.dump() == journey.start.dump;
    let finished = journey.subject.runs_in_state("converted") == 1;
    assert!(unchanged != finished, "killed at {point}: unchanged {unchanged}, finished {finished}");
    assert_nothing_left(journey.subject, point);
    if finished {
        let run = run_id(journey);
        journey.assert_converted(&run);
        journey.undo(&run);
    }
    finished
}

fn run_id(journey: &Journey<'_>) -> String {
    let status = journey.rekey.done(&["status", &journey.subject.target()]);
    let runs = status["runs"]
        .as_array()
        .or_else(|| status.as_array())
        .unwrap_or_else(|| panic!("no runs in {status}"))
        .clone();
    let done =
        runs.iter().find(|run| run["state"] == "converted").unwrap_or_else(|| panic!("no finished run in {status}"));
    done["run"].as_str().unwrap().to_owned()
}

fn sweep_undo(subject: Box<dyn Subject>) {
    subject.execute(SHOP);
    let (mut journey, answer) = Journey::plan(subject.as_ref(), &["--all", "--accept-defaults"]);
    answer.expect(0);
    let mut run = journey.convert();
    let mut converted = subject.dump();
    let points = {
        let twin = subject.duplicate();
        record(Rekey::new(subject.password()), &["undo", &twin.target(), "--run", &run, "--yes", "--json"]).1
    };
    eprintln!("kill::undo::{}: {} points: {}", subject.product(), points.len(), points.join(" "));
    assert!(points.len() >= 10, "an undo passes only {} points: {points:?}", points.len());
    let target = subject.target();
    let mut finished = 0;
    for point in &points {
        let (rekey, mut stopped) =
            Stopped::at(journey.rekey, point, &["undo", &target, "--run", &run, "--yes", "--json"]);
        stopped.process.kill();
        journey.rekey = rekey;
        wait_for_the_server(subject.as_ref());
        back_and_on(&journey, point);
        let now = subject.dump();
        let (still, back) = (now == converted, now == journey.start.dump);
        assert!(still != back, "killed at {point}: still converted {still}, back {back}");
        assert_nothing_left(subject.as_ref(), point);
        if back {
            finished += 1;
            run = journey.convert();
            converted = subject.dump();
        }
    }
    eprintln!("kill::undo::{}: killed {} times, {finished} times after the commit", subject.product(), points.len());
    assert!(finished > 0 && finished < points.len(), "no point on both sides of the commit");
    journey.assert_converted(&run);
    journey.undo(&run);
}

// Who is killed cannot take the run lock's file away (the system has let go of the lock
// itself, as the next command in the sweep shows), nor SQLite's journal or log, which SQLite
// looks at when it opens the database next.
fn assert_nothing_left(subject: &dyn Subject, point: &str) {
    let left: Vec<String> = subject
        .leftovers()
        .into_iter()
        .filter(|name| ![".rekey-lock", "-journal", "-wal", "-shm"].iter().any(|end| name.ends_with(end)))
        .collect();
    assert!(left.is_empty(), "left behind after a kill at {point}: {left:?}");
}

// The server notices the death of its client and rolls back; a fact, so it is waited for.
fn wait_for_the_server(subject: &dyn Subject) {
    crate::support::process::until("the end of the killed session", std::time::Duration::from_secs(20), || {
        let alive = subject.leftovers().iter().any(|left| left.starts_with("session") || left.starts_with("advisory"));
        (!alive).then_some(())
    });
}

/// A small database with what makes a conversion long: a self reference, a cycle, a join
/// table, a view and a trigger.
const SHOP: &str = "
CREATE TABLE customer (id integer PRIMARY KEY, name text NOT NULL, referred_by integer REFERENCES customer (id));
CREATE TABLE product (id integer PRIMARY KEY, title text NOT NULL);
CREATE TABLE purchase (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer (id) ON DELETE CASCADE, note text);
CREATE TABLE purchase_product (purchase_id integer NOT NULL REFERENCES purchase (id), product_id integer NOT NULL REFERENCES product (id),
  amount integer NOT NULL, PRIMARY KEY (purchase_id, product_id));
CREATE INDEX purchase_customer ON purchase (customer_id);
CREATE VIEW bought AS SELECT c.name, p.title FROM customer c JOIN purchase o ON o.customer_id = c.id
  JOIN purchase_product l ON l.purchase_id = o.id JOIN product p ON p.id = l.product_id;
INSERT INTO customer VALUES (1, 'Ann', NULL), (2, 'Ben', 1), (7, 'Cleo', 2), (-3, 'Dan', 7);
INSERT INTO product VALUES (1, 'tea'), (2, 'bread'), (3, 'salt');
INSERT INTO purchase VALUES (10, 1, 'a'), (11, 2, NULL), (12, -3, 'c'), (13, 7, 'd');
INSERT INTO purchase_product VALUES (10, 1, 2), (10, 3, 1), (11, 2, 5), (13, 1, 1);
";
