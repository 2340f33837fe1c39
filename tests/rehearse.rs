//! Backup, rehearsal and run as a user does them, and what a run demands of the first two.

use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::mysql::Product;
use crate::support::rekey::Answer;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_postgres, new_sqlite};
use crate::support::subject_mysql::new_mysql;

const TABLES: &str = "
CREATE TABLE customer (id integer PRIMARY KEY, name varchar(80) NOT NULL, level varchar(10) CHECK (level IN ('low', 'high')));
CREATE TABLE purchase (id integer PRIMARY KEY, customer_id integer REFERENCES customer (id), amount decimal(10,2), CONSTRAINT positive CHECK (amount > 0));
CREATE INDEX purchase_of_customer ON purchase (customer_id);
CREATE VIEW spent AS SELECT customer_id, sum(amount) AS total FROM purchase GROUP BY customer_id;
INSERT INTO customer VALUES (1, 'Ann', 'low'), (2, 'Bo', NULL), (7, 'Cy''s', 'high');
INSERT INTO purchase VALUES (1, 2, 10.50), (2, 7, 3.20), (3, NULL, 1.00), (9, 7, 99.99);
";

type Make = fn(&str) -> Box<dyn Subject>;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let products: [(&str, Requirement, Make); 3] = [
        ("sqlite", Requirement::SqliteTool, new_sqlite),
        ("postgres", Requirement::Postgres, new_postgres),
        ("mariadb", Requirement::Mariadb, |name| new_mysql(Product::Mariadb, name)),
    ];
    let mut trials = Vec::new();
    for (product, needed, make) in products {
        let needs = [needed, Requirement::Failpoints];
        trials.push(trial(&format!("rehearse::the_whole_way::{product}"), &needs[..1], move || whole_way(make)));
        trials.push(trial(&format!("rehearse::a_run_demands_both::{product}"), &needs[..1], move || demands(make)));
        trials.push(trial(&format!("rehearse::a_red_one_opens_nothing::{product}"), &needs, move || red(make)));
        trials.push(trial(&format!("rehearse::a_backup_comes_back::{product}"), &needs[..1], move || back(make)));
        trials.push(trial(&format!("rehearse::a_copy_can_be_kept::{product}"), &needs[..1], move || kept(make)));
    }
    trials
}

/// A database with a plan, and with as many backups as are asked for.
struct Prepared<'a> {
    journey: Journey<'a>,
    target: String,
}

impl<'a> Prepared<'a> {
    fn new(subject: &'a dyn Subject) -> Self {
        subject.execute(TABLES);
        let (journey, answer) = Journey::plan(subject, &["--all"]);
        answer.expect(0);
        Prepared { journey, target: subject.target() }
    }

    fn backup(&self, folder: &str) -> String {
        let made = self.journey.rekey.done(&["backup", &self.target, "--dir", folder]);
        assert_eq!(made["verified"], true, "{made:#}");
        made["path"].as_str().expect("a path").to_owned()
    }

    fn rehearse(&self, backup: &str, more: &[&str]) -> Answer {
        let arguments = [&["rehearse", &self.target, "--plan", "plan.json", "--backup", backup][..], more].concat();
        self.journey.rekey.json(&arguments)
    }

    fn run(&self, more: &[&str]) -> Answer {
        self.journey.rekey.json(&[&["run", &self.target, "--plan", "plan.json", "--yes"][..], more].concat())
    }

    fn untouched(&self) {
        assert_same("after what must change nothing", &self.journey.start.dump, &self.journey.subject.dump());
        assert_eq!(self.journey.subject.leftovers(), Vec::<String>::new());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn whole_way(make: Make) {
    let subject = make("whole_way");
    let prepared = Prepared::new(subject.as_ref());
    let backup = prepared.backup("backups");
    let rehearsed = prepared.rehearse(&backup, &[]).expect(0).json;
    assert_eq!((&rehearsed["green"], &rehearsed["undo_tested"]), (&Value::from(true), &Value::from(true)));
    assert_eq!(rehearsed["ids"], 7, "{rehearsed:#}");
    assert!(rehearsed["steps"].as_array().is_some_and(|steps| steps.len() > 5));
    let peak = rehearsed["peak_disk_bytes"].as_u64().expect("bytes");
    assert!(peak >= rehearsed["disk_bytes"].as_u64().expect("bytes") && peak > 0);
    let window = &rehearsed["window"];
    assert!(window["low_seconds"].as_f64() <= window["high_seconds"].as_f64(), "{window}");
    let timings = rehearsed["timings"].as_array().expect("timings");
    let titles: Vec<&str> = timings.iter().filter_map(|one| one["title"].as_str()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert!(timings.iter().all(|one| one["after_seconds"].as_f64() > Some(0.0)), "{timings:?}");
    prepared.untouched();
    // Backup, manifest and rehearsal, and no copy.
    assert_eq!(files(Path::new(&backup).parent().unwrap()).len(), 3);
    let run = prepared.run(&["--backup", &backup]).expect(0).json;
    assert_eq!(run["backup"], backup.as_str());
    assert!(run["rehearsal"]["path"].as_str().is_some_and(|path| Path::new(path).is_file()), "{run:#}");
    let undone = prepared.journey.rekey.done(&["undo", &prepared.target, "--yes"]);
    assert_eq!(undone["state"], "undone");
    assert_same("after the undo", &prepared.journey.start.dump, &subject.dump());
}

// Each refusal is one of the checklist's, and changes nothing.
fn demands(make: Make) {
    let subject = make("demands_both");
    let mut prepared = Prepared::new(subject.as_ref());
    let reason = "tried on staging";
    let (one, other) = (prepared.backup("one"), prepared.backup("other"));
    prepared.run(&[]).expect(3);
    prepared.run(&["--no-rehearsal", reason]).expect(3);
    prepared.run(&["--no-backup", reason]).expect(3);
    prepared.run(&["--backup", &one]).expect(3);
    prepared.rehearse(&one, &[]).expect(0);
    // It counts for that backup alone, for that plan alone, and for an unchanged backup alone.
    prepared.run(&["--backup", &other]).expect(3);
    // Nor where its file tells of a backup or a plan with another digest.
    let noted = files(Path::new(&one).parent().unwrap());
    let noted = noted.iter().find(|file| file.display().to_string().contains(".rehearsal-")).expect("a rehearsal");
    let genuine = std::fs::read_to_string(noted).unwrap();
    for digest in ["backup_sha256", "plan_fingerprint"] {
        let mut told: Value = serde_json::from_str(&genuine).unwrap();
        told[digest] = Value::from("0".repeat(64));
        std::fs::write(noted, told.to_string()).unwrap();
        prepared.run(&["--backup", &one]).expect(3);
    }
    std::fs::write(noted, &genuine).unwrap();
    prepared.journey.decide(&["--all", "--uuid", "v4"]).expect(0);
    prepared.run(&["--backup", &one]).expect(3);
    prepared.journey.decide(&["--all"]).expect(0);
    let whole = std::fs::read(&one).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 4;
    std::fs::write(&one, &damaged).unwrap();
    prepared.run(&["--backup", &one]).expect(3);
    prepared.rehearse(&one, &[]).expect(3);
    std::fs::write(&one, &whole).unwrap();
    prepared.untouched();
    prepared.run(&["--backup", &one]).expect(0);
}

// What would fail on the database fails on the copy first.
fn red(make: Make) {
    let subject = make("red_rehearsal");
    let prepared = Prepared::new(subject.as_ref());
    let backup = prepared.backup("backups");
    let spoil = prepared.journey.rekey.path("spoil.sql");
    let Prepared { mut journey, target } = prepared;
    journey.rekey = journey.rekey.with_env("REKEY_SPOIL", &spoil_for(subject.as_ref(), &spoil));
    let prepared = Prepared { journey, target };
    let answer = prepared.rehearse(&backup, &[]).expect(3);
    assert_eq!(answer.json["green"], false, "{answer}");
    assert!(answer.json["failure"].is_string() || answer.json["failure"].is_object(), "{answer}");
    let Prepared { mut journey, target } = prepared;
    journey.rekey = journey.rekey.without_stop();
    let prepared = Prepared { journey, target };
    prepared.untouched();
    prepared.run(&["--backup", &backup]).expect(3);
    prepared.untouched();
    prepared.rehearse(&backup, &[]).expect(0);
    prepared.run(&["--backup", &backup]).expect(0);
}

// On PostgreSQL the connection's search path is the server's own alone; on MariaDB the live table
// is locked, and what is built beside it is what the gate looks at.
fn spoil_for(subject: &dyn Subject, file: &Path) -> String {
    let statements = match subject.product() {
        "postgres" => "UPDATE public.purchase SET amount = 77 WHERE amount = 1.00",
        "mariadb" => {
            "SET @t = (SELECT MIN(table_name) FROM information_schema.columns WHERE table_schema = DATABASE() \
             AND table_name LIKE 'rk\\_%' AND column_name = 'amount'); \
             SET @s = CONCAT('UPDATE ', @t, ' SET amount = 77 WHERE amount = 1.00'); PREPARE spoil FROM @s; EXECUTE spoil"
        }
        _ => "UPDATE purchase SET amount = 77 WHERE amount = 1.00",
    };
    std::fs::write(file, statements).unwrap();
    file.display().to_string()
}

fn kept(make: Make) {
    let subject = make("kept_copy");
    let prepared = Prepared::new(subject.as_ref());
    let backup = prepared.backup("backups");
    let kept = prepared.rehearse(&backup, &["--keep-copy"]).expect(0).json;
    let copy = kept["place"].as_str().expect("a place").to_owned();
    let name = copy.rsplit(['/', '\\']).next().expect("a name").to_owned();
    assert!(name.starts_with("rekey_copy_"), "{copy}");
    let address = match prepared.target.rsplit_once('/') {
        Some((server, _)) if prepared.target.contains("://") => format!("{server}/{name}"),
        _ => copy,
    };
    let status = prepared.journey.rekey.done(&["status", &address]);
    let runs = status["runs"].as_array().expect("runs");
    assert!(runs.iter().any(|run| run["state"] == "converted"), "{status:#}");
    prepared.untouched();
    // Another rehearsal beside it makes a copy of its own.
    prepared.rehearse(&backup, &[]).expect(0);
}

// Into a new database alone, with everything in it.
fn back(make: Make) {
    let subject = make("comes_back");
    let prepared = Prepared::new(subject.as_ref());
    let backup = prepared.backup("backups");
    let rekey = &prepared.journey.rekey;
    rekey.json(&["restore", &backup, &prepared.target]).expect(3);
    let new = match prepared.target.rsplit_once('/') {
        Some((server, _)) if prepared.target.contains("://") => format!("{server}/restored_{}", std::process::id()),
        _ => rekey.file("restored.db"),
    };
    let restored = rekey.done(&["restore", &backup, &new]);
    assert_eq!(restored["verified"], true, "{restored:#}");
    // Its own backup says the same of every row.
    let again = rekey.done(&["backup", &new, "--dir", "again"]);
    let manifest: Value = serde_json::from_slice(&std::fs::read(format!("{backup}.json")).unwrap()).unwrap();
    assert_eq!(again["digests"], manifest["digests"]);
    assert_eq!(again["catalogue"], manifest["catalogue"]);
    prepared.untouched();
}
