//! The command, or the server, is killed at every point of a run on MariaDB and MySQL, where
//! each statement is final at once. From each point the run is taken to its end or taken
//! back, by turns; with `REKEY_LANES=all` both, and MySQL and the server's own end pass every
//! point too.

use std::time::Duration;

use libtest_mimic::Trial;

use crate::support::failpoints::{Stopped, record};
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::mysql::{Database, PRODUCTS, Product, Server};
use crate::support::process::until;
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::Subject;
use crate::support::subject_mysql::{Mysql, new_mysql};

/// A sweep per product, direction and victim.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for product in PRODUCTS {
        let need = match product {
            Product::Mariadb => Requirement::Mariadb,
            Product::Mysql => Requirement::Mysql,
        };
        let needs = [need, Requirement::Failpoints];
        let name = product.name();
        trials.push(trial(&format!("kill::run::{name}"), &needs, move || sweep(product, "run", None, &SHOP)));
        trials.push(trial(&format!("kill::undo::{name}"), &needs, move || sweep(product, "undo", None, &SHOP)));
        trials.push(trial(&format!("kill::texts::run::{name}"), &needs, move || sweep(product, "run", None, &TEXTS)));
        trials.push(trial(&format!("kill::texts::undo::{name}"), &needs, move || sweep(product, "undo", None, &TEXTS)));
    }
    for (product, need) in [(Product::Mariadb, Requirement::Mariadb), (Product::Mysql, Requirement::Mysql)] {
        let name = format!("kill::few_sessions::{}", product.name());
        trials.push(trial(&name, &[need], move || few_sessions(product)));
    }
    let needs = [Requirement::Mariadb, Requirement::Failpoints];
    trials.push(trial("kill::server::run::mariadb", &needs, || server_sweep("run")));
    trials.push(trial("kill::server::undo::mariadb", &needs, || server_sweep("undo")));
    trials
}

fn server_sweep(verb: &'static str) {
    // What was committed must have left the process before it is killed.
    let server: &'static Server =
        Box::leak(Box::new(Server::start(Product::Mariadb, &["--innodb-flush-log-at-trx-commit=2"])));
    sweep(Product::Mariadb, verb, Some(server), &SHOP);
    server.stop();
}

// As many sessions as a run cannot do without: the second one that does its work must have let
// its place go before the tables are exchanged. With one less there is no exchange, and the work
// of a single session is taken back.
fn few_sessions(product: Product) {
    let server: &'static Server = Box::leak(Box::new(Server::start(product, &[])));
    let subject = Mysql(Database::create_on(server, "few_sessions"));
    subject.execute(SHOP_TABLES);
    let (journey, answer) = Journey::plan(&subject, &["--all", "--accept-defaults"]);
    answer.expect(0);
    let admit = |sessions: u32| {
        server.sql("", &format!("ALTER USER 'owner'@'127.0.0.1' WITH MAX_USER_CONNECTIONS {sessions}"));
    };
    admit(3);
    let target = subject.target();
    let run = [&["run", &target, "--plan", "plan.json", "--yes", "--json"][..], &OVERRIDES].concat();
    journey.rekey.run(&run).expect(1);
    crate::support::dump::assert_same("the dump after the refusal", &journey.start.dump, &subject.dump());
    admit(4);
    journey.undo(&journey.convert());
    server.stop();
}

/// A database, and how it is converted; `§` stands for the database's name.
struct Sample {
    name: &'static str,
    tables: &'static str,
    choices: &'static [&'static str],
    answers: &'static str,
}

fn sweep(product: Product, verb: &str, server: Option<&'static Server>, sample: &Sample) {
    let name = format!("kill_{}_{verb}", sample.name);
    let subject: Box<dyn Subject> = match server {
        Some(server) => Box::new(Mysql(Database::create_on(server, &name))),
        None => new_mysql(product, &name),
    };
    subject.execute(sample.tables);
    let answers = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(answers.path(), sample.answers.replace('§', &name)).unwrap();
    let file = answers.path().display().to_string();
    let choices: Vec<String> = sample.choices.iter().map(|choice| choice.replace('§', &name)).collect();
    let all = ["--all", "--accept-defaults", "--answers", &file];
    let choices: Vec<&str> = all.into_iter().chain(choices.iter().map(String::as_str)).collect();
    let (journey, answer) = Journey::plan(subject.as_ref(), &choices);
    answer.expect(0);
    let mut sweep = Sweep { journey, verb, server, run: None };
    let points = sweep.points();
    eprintln!("kill::{}::{verb}::{}: {} points: {}", sample.name, product.name(), points.len(), points.join(" "));
    assert!(points.len() >= 20, "only {} points: {points:?}", points.len());
    let all = std::env::var("REKEY_LANES").as_deref() == Ok("all");
    let every = if all || (product == Product::Mariadb && server.is_none()) { 1 } else { 3 };
    let (mut killed, mut halfway) = (0, 0);
    for (place, point) in points.iter().enumerate().step_by(every) {
        let turn = place / every % 2 == 1;
        for back in if all { vec![false, true] } else { vec![turn] } {
            killed += 1;
            halfway += usize::from(sweep.kill_at(point, back));
        }
    }
    eprintln!(
        "kill::{}::{verb}::{}{}: killed {killed} times, halfway {halfway} times, each time taken to the end or taken back",
        sample.name,
        product.name(),
        if server.is_some() { " (the server)" } else { "" }
    );
    assert!(2 * halfway > killed, "a run is seldom halfway: {halfway} of {killed}");
}

struct Sweep<'a> {
    journey: Journey<'a>,
    verb: &'a str,
    server: Option<&'static Server>,
    /// The conversion that stands.
    run: Option<String>,
}

impl Sweep<'_> {
    // Once to the end, to learn the points.
    fn points(&mut self) -> Vec<String> {
        if self.verb == "undo" {
            self.run = Some(self.journey.convert());
        }
        let arguments = self.arguments();
        let (rekey, points) = record(self.take_rekey(), &words(&arguments));
        self.journey.rekey = rekey;
        match self.run.take() {
            Some(_) => self.assert_start("after the undo that is recorded"),
            None => self.journey.undo(&self.newest()),
        }
        // The server is restarted before each of them; not every point is worth that.
        let wanted = |point: &String| self.server.is_none() || point.contains(".before#") || point.contains("journal");
        points.into_iter().filter(wanted).collect()
    }

    // It goes along with the command that is stopped, and comes back.
    fn take_rekey(&mut self) -> Rekey {
        std::mem::replace(&mut self.journey.rekey, Rekey::new(None))
    }

    fn arguments(&self) -> Vec<String> {
        let target = self.journey.subject.target();
        let all: Vec<&str> = match &self.run {
            Some(run) => vec!["undo", &target, "--run", run, "--yes", "--json"],
            None => [&["run", &target, "--plan", "plan.json", "--yes", "--json"][..], &OVERRIDES].concat(),
        };
        all.into_iter().map(str::to_owned).collect()
    }

    // Kills and goes on, or back. True where the work had stopped on the way.
    fn kill_at(&mut self, point: &str, back: bool) -> bool {
        if self.verb == "undo" {
            self.run = Some(self.journey.convert());
        }
        let arguments = self.arguments();
        let (rekey, mut stopped) = Stopped::at(self.take_rekey(), point, &words(&arguments));
        self.journey.rekey = rekey;
        if let Some(server) = self.server {
            server.crash();
        }
        stopped.process.kill();
        if let Some(server) = self.server {
            server.start_again();
        }
        self.wait();
        let subject = self.journey.subject;
        let halfway = subject.runs_in_state("started") + subject.runs_in_state("undoing") == 1;
        match (halfway, self.verb) {
            (true, "run") => self.end_run(back, point),
            (true, _) => self.end_undo(back, point),
            (false, _) if subject.runs_in_state("converted") == 1 => {
                let run = self.newest();
                self.journey.assert_converted(&run);
                self.journey.undo(&run);
            }
            (false, _) => self.assert_start(point),
        }
        self.run = None;
        halfway
    }

    fn end_run(&self, back: bool, point: &str) {
        let (target, run) = (self.journey.subject.target(), self.newest());
        if back {
            self.journey.rekey.done(&["undo", &target, "--run", &run, "--yes"]);
            self.assert_start(&format!("taken back from {point}"));
        } else {
            self.journey.rekey.done(&["resume", &target, "--run", &run]);
            self.journey.assert_converted(&run);
            self.journey.undo(&run);
        }
    }

    // An undo goes on by either command.
    fn end_undo(&self, back: bool, point: &str) {
        let (target, run) = (self.journey.subject.target(), self.newest());
        if back {
            self.journey.rekey.done(&["undo", &target, "--run", &run, "--yes"]);
        } else {
            self.journey.rekey.done(&["resume", &target, "--run", &run]);
        }
        self.assert_start(&format!("undone from {point}"));
    }

    fn assert_start(&self, when: &str) {
        let subject = self.journey.subject;
        crate::support::dump::assert_same(&format!("the dump {when}"), &self.journey.start.dump, &subject.dump());
        let left = subject.leftovers();
        assert!(left.is_empty() && subject.journal().is_empty(), "left behind {when}: {left:?}");
    }

    fn newest(&self) -> String {
        let status = self.journey.rekey.done(&["status", &self.journey.subject.target()]);
        let runs = status["runs"].as_array().unwrap_or_else(|| panic!("no runs in {status}"));
        runs[0]["run"].as_str().unwrap_or_else(|| panic!("no run in {status}")).to_owned()
    }

    // The server notices the death of its client; a fact, so it is waited for.
    fn wait(&self) {
        until("the end of the killed sessions", Duration::from_secs(60), || {
            let alive = self.journey.subject.leftovers().iter().any(|left| left.starts_with("session"));
            (!alive).then_some(())
        });
    }
}

fn words(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

/// A small database with what makes an exchange long: a self reference, a join table, checks
/// that stay and that go, a trigger, and a table outside that refers to one of them.
const SHOP: Sample = Sample { name: "shop", tables: SHOP_TABLES, choices: &[], answers: "{}" };
const SHOP_TABLES: &str = "
CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20) NOT NULL, referred_by int,
  CONSTRAINT named CHECK (name <> ''), CONSTRAINT counted CHECK (referred_by > 0), FOREIGN KEY (referred_by) REFERENCES customer (id));
CREATE TABLE purchase (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int NOT NULL, note varchar(20), KEY by_note (note),
  CONSTRAINT bought FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE);
CREATE TABLE tag (purchase_id int, word varchar(20), CHECK (purchase_id > 0), FOREIGN KEY (purchase_id) REFERENCES purchase (id));
CREATE TRIGGER noted BEFORE INSERT ON purchase FOR EACH ROW SET NEW.note = UPPER(NEW.note);
INSERT INTO customer VALUES (1, 'Ann', NULL), (2, 'Ben', 1), (7, 'Cleo', 2);
INSERT INTO purchase VALUES (10, 1, 'a'), (11, 2, NULL), (13, 7, 'd');
INSERT INTO tag VALUES (10, 'x'), (10, 'x'), (NULL, 'y');
";

/// Keys of text with references spelt otherwise and one that points nowhere, references that
/// leave their key for a UUID, and short ids.
const TEXTS: Sample = Sample {
    name: "texts",
    tables: TEXT_TABLES,
    choices: &["--repoint", "§.person.id=uuid", "--slug", "§.person"],
    answers: r#"{"RK-309 §.reading.device_id": "keep", "RK-184 §.device.id": "new"}"#,
};
const TEXT_TABLES: &str = "
CREATE TABLE device (id varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL PRIMARY KEY, name varchar(20));
CREATE TABLE reading (n int NOT NULL, device_id varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL, PRIMARY KEY (n, device_id), CONSTRAINT reading_of FOREIGN KEY (device_id) REFERENCES device (id));
CREATE TABLE person (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, uuid char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE);
CREATE TABLE letter (n int NOT NULL AUTO_INCREMENT, person_id int, KEY (n), CONSTRAINT letter_to FOREIGN KEY (person_id) REFERENCES person (id));
INSERT INTO device VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01', 'a'), ('{0b1e9f0a6c1e4b0e9c6f1a2b3c4d5e02}', 'b'), ('Kitchen', 'c');
INSERT INTO reading VALUES (1, '0B1E9F0A-6C1E-4B0E-9C6F-1A2B3C4D5E01'), (1, '{0b1e9f0a6c1e4b0e9c6f1a2b3c4d5e02}'), (2, 'KITCHEN'), (3, 'kitchen ');
SET foreign_key_checks = 0; INSERT INTO reading VALUES (4, '0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e09'); SET foreign_key_checks = 1;
INSERT INTO person (uuid) VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5f01'), ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5f02');
INSERT INTO letter (person_id) VALUES (1), (2), (NULL);
";
