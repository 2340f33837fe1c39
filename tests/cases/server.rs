//! What the server is in the middle of: subscriptions, other sessions, event triggers,
//! prepared transactions, standing by.

use serde_json::Value;

use crate::support::dump::assert_same;
use crate::support::holder::Holder;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::postgres::{Database, Server, literal, shared};
use crate::support::rekey::{Answer, Rekey};
use crate::support::subject::{Postgres, Subject};
use crate::support::versions::Programs;

const TABLES: &str = "
CREATE TABLE shelf (id serial PRIMARY KEY, name text);
CREATE TABLE jar (id serial PRIMARY KEY, shelf_id integer REFERENCES shelf (id), name text);
INSERT INTO shelf (name) VALUES ('top'), ('bottom');
INSERT INTO jar (shelf_id, name) VALUES (2, 'jam'), (1, 'honey'), (NULL, 'salt');
";

fn subject(name: &str) -> Postgres {
    let subject = Postgres(Database::create(name));
    subject.execute(TABLES);
    subject
}

/// A table that a subscription fills is refused; on the publisher's side it is told.
pub fn subscribed() {
    let publisher = subject("case_publisher");
    publisher.execute("CREATE PUBLICATION jars FOR TABLE shelf, jar");
    let subscriber = subject("case_subscriber");
    let (port, password) = (shared().port(), shared().password());
    let address = format!(
        "host=127.0.0.1 port={port} user=postgres dbname=case_publisher password='{}'",
        password.replace('\\', "\\\\").replace('\'', "\\'")
    );
    subscriber.execute(&format!(
        "CREATE TABLE label (id serial PRIMARY KEY, text text); INSERT INTO label (text) VALUES ('red');
         CREATE SUBSCRIPTION jars CONNECTION {} PUBLICATION jars WITH (create_slot = false, enabled = false, slot_name = NONE)",
        literal(&address)
    ));
    let (journey, answer) = Journey::plan(&subscriber, &["--all"]);
    let answer = answer.expect(0);
    let refused = answer.json["refused"].to_string();
    assert!(refused.contains("RK-117") && refused.contains("public.jar"), "{answer}");
    assert_eq!(journey.roots().len(), 1, "only what is not subscribed is converted: {answer}");
    let run = journey.convert();
    journey.undo(&run);
    subscriber.execute("DROP SUBSCRIPTION jars");
    let (journey, answer) = Journey::plan(&publisher, &["--all", "--accept-defaults"]);
    let told = answer.expect(0).json["findings"].to_string();
    assert!(told.contains("RK-128") && told.contains("jars"), "{told}");
    let run = journey.convert();
    assert_eq!(publisher.0.value("SELECT count(*) FROM pg_publication_tables WHERE pubname = 'jars'"), "2");
    journey.undo(&run);
}

/// Temporary tables of other sessions are nobody's business, whatever they are called.
pub fn temporary_tables() {
    let subject = subject("case_temporary");
    let holder = Holder::postgres(
        &subject.0,
        "CREATE TEMP TABLE jar (id serial PRIMARY KEY, shelf_id integer); CREATE TEMP TABLE jam_id (id bigint PRIMARY KEY); INSERT INTO jam_id VALUES (1)",
    );
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    let answer = answer.expect(0);
    assert!(!answer.json.to_string().contains("jam_id"), "a temporary table is in the plan: {answer}");
    assert_eq!(journey.roots().len(), 2, "{answer}");
    let run = journey.convert();
    journey.undo(&run);
    holder.release();
}

/// An event trigger that forbids changes of the schema is named beforehand; where it
/// strikes, the run is taken back whole, and goes through once it is out of the way.
pub fn forbidden() {
    let subject = subject("case_forbidden");
    subject.execute(
        "CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'changes only with a ticket'; END $$;
         CREATE EVENT TRIGGER no_changes ON ddl_command_start WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION forbid()",
    );
    let (journey, answer) = Journey::plan(&subject, &["--all", "--accept-defaults"]);
    assert!(answer.expect(0).json["findings"].to_string().contains("event trigger no_changes"));
    let answer = run(&journey);
    let failure = answer.failure().to_string();
    assert!(failure.contains("changes only with a ticket"), "{answer}");
    assert!(failure.contains("rolled_back") || failure.contains("untouched"), "{answer}");
    assert_same("the dump after it was forbidden", &journey.start.dump, &subject.dump());
    subject.execute("ALTER EVENT TRIGGER no_changes DISABLE");
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    let run = journey.convert();
    journey.undo(&run);
}

fn run(journey: &Journey<'_>) -> Answer {
    let target = journey.subject.target();
    let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes", "--lock-wait", "2"][..], &OVERRIDES];
    let answer = journey.rekey.json(&arguments.concat());
    assert!(answer.outcome.code != Some(0), "it ran: {answer}");
    answer
}

fn assert_blocked(journey: &Journey<'_>, rule: &str) {
    let target = journey.subject.target();
    let checked = journey.rekey.json(&[&["check", &target, "--plan", "plan.json"][..], &OVERRIDES].concat()).expect(3);
    let findings = checked.json["findings"].as_array().cloned().unwrap_or_default();
    let blocks = |finding: &&Value| finding["rule"] == rule && finding["severity"] == "block";
    let finding = findings.iter().find(blocks).unwrap_or_else(|| panic!("{rule} does not block: {checked}"));
    assert!(finding["remedy"].as_str().is_some_and(|text| !text.is_empty()), "{finding}");
    run(journey).expect(3).failure();
}

/// A prepared transaction keeps its locks for ever: the checklist names it.
pub fn prepared() {
    let subject = subject("case_prepared");
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    subject.execute("BEGIN; UPDATE jar SET name = 'mine'; PREPARE TRANSACTION 'case of a jar'");
    assert_blocked(&journey, "RK-024");
    subject.execute("ROLLBACK PREPARED 'case of a jar'");
    assert_same("the dump after it was refused", &journey.start.dump, &subject.dump());
    let run = journey.convert();
    journey.undo(&run);
}

/// A server that stands by only reads; one whose sessions begin read-only can be told to
/// write, since that is a default and no wall.
pub fn read_only() {
    let subject = subject("case_read_only");
    subject.execute("ALTER DATABASE case_read_only SET default_transaction_read_only = on");
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    let run = journey.convert();
    journey.undo(&run);
    drop(journey);
    let server = Server::start(Programs::of(None).expect("the requirement was checked")).standing_by(TABLES);
    let rekey = Rekey::new(Some(server.password()));
    let url = server.url("postgres");
    let answer = rekey.json(&["plan", &url, "-o", "plan.json", "--all"]).expect(0);
    assert_eq!(answer.json["conversions"].as_array().map(Vec::len), Some(2), "{answer}");
    let answer = rekey.json(&[&["run", &url, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat()).expect(3);
    answer.failure();
    assert!(answer.json.to_string().contains("RK-020"), "it is not told that the server is a replica: {answer}");
    server.stop();
}
