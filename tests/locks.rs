//! A second runner, and sessions of others that hold what a run needs.

use std::time::Duration;

use libtest_mimic::Trial;

use crate::support::dump::assert_same;
use crate::support::failpoints::{Stopped, record};
use crate::support::holder::Holder;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::postgres::Database;
use crate::support::process::{Outcome, Reaped, drain, until};
use crate::support::rekey::{Answer, Rekey};
use crate::support::requirement::{Requirement, trial};
use crate::support::sqlite::File;
use crate::support::subject::{Postgres, Sqlite, Subject, new_postgres, new_sqlite};

const TABLES: &str = "
CREATE TABLE shelf (id integer PRIMARY KEY, name text);
CREATE TABLE jar (id integer PRIMARY KEY, shelf_id integer REFERENCES shelf (id), name text);
INSERT INTO shelf VALUES (1, 'top'), (2, 'bottom');
INSERT INTO jar VALUES (1, 2, 'jam'), (2, 1, 'honey');
";

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let postgres = [Requirement::Postgres, Requirement::Failpoints];
    let sqlite = [Requirement::SqliteTool, Requirement::Failpoints];
    vec![
        trial("locks::second_runner::postgres", &postgres, || second_runner(new_postgres("second_runner"))),
        trial("locks::second_runner::sqlite", &sqlite, || second_runner(new_sqlite("second_runner"))),
        trial("locks::two_at_once::postgres", &postgres[..1], || two_at_once(new_postgres("two_at_once"))),
        trial("locks::two_at_once::sqlite", &sqlite[..1], || two_at_once(new_sqlite("two_at_once"))),
        trial("locks::held_by_another::postgres", &postgres[..1], held_in_postgres),
        trial("locks::held_by_another::sqlite", &sqlite[..1], held_in_sqlite),
        trial("locks::held_for_undo::postgres", &postgres[..1], held_for_undo),
        trial("locks::given_back_in_time::postgres", &postgres[..1], given_back_in_time),
        trial("locks::a_reader_is_named::postgres", &postgres[..1], a_reader_is_named),
        trial("locks::readers_do_not_wait_for_an_inspection::postgres", &postgres[..1], inspection_takes_no_lock),
    ]
}

fn run_arguments<'a>(target: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["run", target, "--plan", "plan.json", "--yes"][..], &OVERRIDES, more].concat()
}

// The first stands still in the middle of its transaction; the second is refused with its name.
fn second_runner(subject: Box<dyn Subject>) {
    subject.execute(TABLES);
    let points = {
        let twin = subject.duplicate();
        let (journey, _) = Journey::plan(twin.as_ref(), &["--all"]);
        record(journey.rekey, &run_arguments(&twin.target(), &["--json"])).1
    };
    let (journey, answer) = Journey::plan(subject.as_ref(), &["--all"]);
    answer.expect(0);
    let target = subject.target();
    let middle = &points[points.len() / 2];
    let plan = std::fs::read(journey.plan_file()).unwrap();
    let (first, mut stopped) = Stopped::at(journey.rekey, middle, &run_arguments(&target, &[]));
    let second = Rekey::new(subject.password());
    std::fs::write(second.path("plan.json"), plan).unwrap();
    let refused = second.json(&run_arguments(&target, &["--lock-wait", "2"])).expect(1);
    let failure = refused.failure();
    assert_eq!(failure["state"]["state"], "untouched", "{refused}");
    let told = failure.to_string();
    let process = stopped.process.0.id().to_string();
    let named = stopped.output().split_whitespace().any(|word| word.len() == 10 && told.contains(word));
    assert!(
        told.contains("another Rekey") || told.contains("Another Rekey"),
        "the second runner does not say why: {refused}"
    );
    assert!(told.contains(&process) || named, "the first (process {process}) is not named: {refused}");
    stopped.process.kill();
    let journey = Journey { rekey: first, ..Journey::plan(subject.as_ref(), &["--all"]).0 };
    std::fs::write(journey.plan_file(), std::fs::read(second.path("plan.json")).unwrap()).unwrap();
    // The lock died with its holder: nobody has to clear anything up.
    let run = until_unlocked(&journey);
    journey.undo(&run);
}

// What a killed process leaves beside a file, its lock and its journal, the next one clears up.
fn until_unlocked(journey: &Journey<'_>) -> String {
    let harmless = |left: &String| [".rekey-lock", "-journal"].iter().any(|end| left.ends_with(end));
    until("the end of the first runner's session", Duration::from_secs(20), || {
        journey.subject.leftovers().iter().all(harmless).then_some(())
    });
    journey.convert()
}

// Started together, again and again: exactly one converts, the other changes nothing.
fn two_at_once(subject: Box<dyn Subject>) {
    subject.execute(TABLES);
    for _ in 0..6 {
        let subject = subject.duplicate();
        let (journey, answer) = Journey::plan(subject.as_ref(), &["--all"]);
        answer.expect(0);
        let target = subject.target();
        let arguments = run_arguments(&target, &["--json", "--lock-wait", "20"]);
        let mut first = start(&journey.rekey, &arguments);
        let mut second = start(&journey.rekey, &arguments);
        let answers = [end(&journey.rekey, &arguments, &mut first), end(&journey.rekey, &arguments, &mut second)];
        let done: Vec<&Answer> = answers.iter().filter(|answer| answer.outcome.code == Some(0)).collect();
        assert_eq!(done.len(), 1, "not exactly one of two runs was carried out: {} {}", answers[0], answers[1]);
        for refused in answers.iter().filter(|answer| answer.outcome.code != Some(0)) {
            refused.failure();
        }
        journey.assert_converted(done[0].json["run"].as_str().unwrap());
        assert_eq!(subject.runs_in_state("converted"), 1);
    }
}

fn start(rekey: &Rekey, arguments: &[&str]) -> Reaped {
    let mut command = rekey.command(arguments);
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    Reaped::spawn(&mut command)
}

fn end(rekey: &Rekey, arguments: &[&str], child: &mut Reaped) -> Answer {
    let (stdout, stderr) = (drain(child.0.stdout.take().unwrap()), drain(child.0.stderr.take().unwrap()));
    let status = until("the end of a run", Duration::from_secs(90), || child.0.try_wait().unwrap());
    let outcome = Outcome {
        code: status.code(),
        signal: std::os::unix::process::ExitStatusExt::signal(&status),
        stdout: stdout.join().unwrap(),
        stderr: String::from_utf8_lossy(&stderr.join().unwrap()).into_owned(),
    };
    rekey.judge(arguments, outcome)
}

fn held_in_postgres() {
    let subject = Postgres(Database::create("held"));
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    let holder =
        Holder::postgres(&subject.0, "SET application_name = 'the other one'; LOCK TABLE jar IN ACCESS EXCLUSIVE MODE");
    let target = subject.target();
    let refused = journey.rekey.json(&run_arguments(&target, &["--lock-wait", "2", "--progress", "json"])).expect(1);
    let failure = refused.failure().to_string();
    for part in [holder.said(), "postgres", "pg_backend_pid", "the other one"] {
        assert!(failure.contains(part), "'{part}' of the blocking session is not told: {refused}");
    }
    let waiting = refused.outcome.stderr.lines().any(|line| line.contains(holder.said()));
    assert!(waiting, "nothing was told while it waited: {refused}");
    // The holder's transaction is still open: nobody's session was ended.
    holder.release();
    assert_same("the dump after giving up", &journey.start.dump, &subject.dump());
    assert!(subject.leftovers().is_empty(), "{:?}", subject.leftovers());
    let run = journey.convert();
    journey.undo(&run);
}

fn held_in_sqlite() {
    let subject = Sqlite(File::create("held.db"));
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    let holder = Holder::sqlite(&subject.0, "INSERT INTO shelf VALUES (99, 'not yet')");
    let target = subject.target();
    let refused = journey.rekey.json(&run_arguments(&target, &["--lock-wait", "2"])).expect(1);
    let failure = refused.failure();
    assert_eq!(failure["state"]["state"], "untouched", "{refused}");
    let told = failure.to_string();
    assert!(told.contains("in use") || told.contains("lock"), "the lock is not told: {refused}");
    assert!(
        told.contains(&holder.process_id().to_string()),
        "process {} holds the lock and is not named: {refused}",
        holder.process_id()
    );
    holder.release();
    assert_same("the dump after giving up", &journey.start.dump, &subject.dump());
    let run = journey.convert();
    journey.undo(&run);
}

fn held_for_undo() {
    let subject = Postgres(Database::create("held_for_undo"));
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    let run = journey.convert();
    let converted = subject.dump();
    let holder = Holder::postgres(&subject.0, "UPDATE jar SET name = 'mine'");
    let target = subject.target();
    let refused = journey.rekey.json(&["undo", &target, "--run", &run, "--yes", "--lock-wait", "2"]).expect(1);
    let told = refused.failure().to_string();
    assert!(told.contains(holder.said()), "the blocking session {} is not told: {refused}", holder.said());
    holder.release();
    assert_same("the dump after giving up the undo", &converted, &subject.dump());
    journey.undo(&run);
}

// The lock is let go while the run tries: it then goes on by itself.
fn given_back_in_time() {
    let subject = Postgres(Database::create("given_back"));
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    let holder = Holder::postgres(&subject.0, "LOCK TABLE shelf IN SHARE MODE");
    let target = subject.target();
    let arguments = run_arguments(&target, &["--json", "--lock-wait", "60"]);
    let mut child = start(&journey.rekey, &arguments);
    // Once the server shows that it waits for us, we let go.
    until("the run to wait for the lock", Duration::from_secs(30), || {
        let waits = subject.0.value(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'rekey%' AND wait_event_type = 'Lock'",
        );
        (waits != "0").then_some(())
    });
    holder.release();
    let answer = end(&journey.rekey, &arguments, &mut child).expect(0);
    journey.assert_converted(answer.json["run"].as_str().unwrap());
}

// An idle transaction that has only read still holds a lock; the run must not queue behind
// it for long, or every other reader would queue behind the run.
fn a_reader_is_named() {
    let subject = Postgres(Database::create("reader"));
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    let holder = Holder::postgres(&subject.0, "SELECT count(*) FROM jar \\g /dev/null");
    let target = subject.target();
    let arguments = run_arguments(&target, &["--json", "--lock-wait", "4"]);
    let mut child = start(&journey.rekey, &arguments);
    until("the run to wait for the lock", Duration::from_secs(30), || {
        let waits = subject.0.value(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'rekey%' AND wait_event_type = 'Lock'",
        );
        (waits != "0").then_some(())
    });
    let asked = std::time::Instant::now();
    assert_eq!(subject.0.value("SELECT count(*) FROM jar"), "2");
    assert!(asked.elapsed() < Duration::from_secs(4), "a reader queued {:?} behind the run", asked.elapsed());
    let refused = end(&journey.rekey, &arguments, &mut child).expect(1);
    assert!(refused.failure().to_string().contains(holder.said()), "the reader is not named: {refused}");
    holder.release();
    assert_same("the dump after giving up", &journey.start.dump, &subject.dump());
}

fn inspection_takes_no_lock() {
    let subject = Postgres(Database::create("inspected"));
    subject.execute(TABLES);
    let rekey = Rekey::new(subject.password());
    let holder = Holder::postgres(&subject.0, "UPDATE jar SET name = 'x'");
    let target = subject.target();
    rekey.done(&["inspect", &target]);
    rekey.done(&["plan", &target, "-o", "plan.json", "--all"]);
    holder.release();
}
