//! The plan in the hands of other programs: scripts carried out by the products' own clients,
//! migrations by the real Alembic and Django. What comes of them is what a run of Rekey's
//! leaves, and what it was before when they go back.

mod frameworks;

use std::process::Command;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::mysql::{self, Product};
use crate::support::process::finish;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Postgres, Sqlite, Subject};
use crate::support::subject_mysql::Mysql;
use crate::support::{postgres, sqlite};

/// Scenarios that take the choices of every plan here.
const POSTGRES: &[&str] = &["attributes", "hostile-names", "identity", "s2-service-catalog"];
const SQLITE: &[&str] = &["hostile-names", "sqlite-dependents", "strict"];
const MYSQL: &[&str] = &["mysql-names", "mysql-references", "mysql-routines"];

/// The trials.
pub fn trials() -> Vec<Trial> {
    let of = |product: &'static str, needs: &'static [Requirement], shown: &'static [&'static str]| {
        shown.iter().map(move |scenario| {
            trial(&format!("exports sql {product} {scenario}"), needs, move || {
                its_own_client(&Place::new(product, scenario), scenario);
            })
        })
    };
    let mut trials: Vec<Trial> = of("postgres", &[Requirement::Postgres], POSTGRES).collect();
    trials.extend(of("sqlite", &[Requirement::SqliteTool], SQLITE));
    trials.extend(of("mariadb", &[Requirement::Mariadb], MYSQL));
    trials.extend(of("mysql", &[Requirement::Mysql], MYSQL));
    trials.push(trial("exports a script stops at a spoilt row", &[Requirement::Postgres], spoilt));
    trials.push(trial("exports what only rekey can do is refused", &[Requirement::SqliteTool], refused));
    trials.extend(frameworks::trials());
    trials
}

/// A database, and the client that comes with its product.
pub struct Place {
    /// The database.
    pub subject: Box<dyn Subject>,
    /// Starts the client on it; statements come from standard input.
    pub client: Box<dyn Fn() -> Command + Send>,
}

impl Place {
    /// An empty database.
    pub fn new(product: &str, name: &str) -> Place {
        let name = format!("ex_{}", name.replace('-', "_"));
        match product {
            "postgres" => {
                let database = postgres::Database::create(&name);
                let server = database.server();
                let client = move || {
                    let mut command = server.client("psql", &name);
                    command.args(["-X", "-q", "-o", "/dev/null"]);
                    command
                };
                Place { subject: Box::new(Postgres(database)), client: Box::new(client) }
            }
            "sqlite" => {
                let file = sqlite::File::create(&format!("{name}.db"));
                let path = file.path().to_owned();
                let client = move || {
                    let mut command = Command::new("sqlite3");
                    command.args(["-init", "/dev/null"]).arg(&path);
                    command
                };
                Place { subject: Box::new(Sqlite(file)), client: Box::new(client) }
            }
            product => {
                let kind = if product == "mysql" { Product::Mysql } else { Product::Mariadb };
                let database = mysql::Database::create(kind, &name);
                let server = database.server();
                let client = move || server.client(&name);
                Place { subject: Box::new(Mysql(database)), client: Box::new(client) }
            }
        }
    }

    fn run(&self, script: &str) {
        let outcome = finish(&mut (self.client)(), Some(script.as_bytes()));
        assert_eq!(outcome.code, Some(0), "{}\n{}", outcome.stderr, outcome.text());
        assert!(!outcome.stderr.to_lowercase().contains("error"), "{}", outcome.stderr);
    }
}

/// What a run of Rekey's leaves of the catalogue. The run is taken back.
pub fn catalogue_of_a_run(journey: &Journey<'_>) -> String {
    let run = journey.convert();
    let catalogue = journey.subject.schema_dump();
    journey.undo(&run);
    catalogue
}

/// What `export` answers with these arguments.
pub fn exported(journey: &Journey<'_>, arguments: &[&str]) -> Value {
    let target = journey.subject.target();
    journey.rekey.done(&[&["export", &target, "--plan", "plan.json"][..], arguments].concat())
}

fn its_own_client(place: &Place, scenario: &str) {
    let subject = place.subject.as_ref();
    let product = if subject.product() == "mariadb" { "mysql" } else { subject.product() };
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    subject.load(&std::path::Path::new(root).join(scenario).join(format!("{product}.sql")));
    let (journey, planned) = Journey::plan(subject, &["--all", "--accept-defaults"]);
    planned.expect(0);
    let wanted = catalogue_of_a_run(&journey);
    let (there, back) = (exported(&journey, &[]), exported(&journey, &["--undo"]));
    let run = there["run"].as_str().expect("the run that the journal will know").to_owned();
    place.run(there["script"].as_str().unwrap());
    assert_same("the catalogue that the script leaves", &wanted, &subject.schema_dump());
    journey.assert_converted(&run);
    place.run(back["script"].as_str().unwrap());
    assert_same("the dump after the script's way back", &journey.start.dump, &subject.dump());
    // And with Rekey's own undo, which knows of the run by the journal alone.
    place.run(there["script"].as_str().unwrap());
    journey.undo(&run);
}

// A row that changes between the proofs and their second look is noticed, and nothing stays.
fn spoilt() {
    let place = Place::new("postgres", "spoilt");
    let subject = place.subject.as_ref();
    subject.execute(
        "CREATE TABLE shelf (id serial PRIMARY KEY, name text); INSERT INTO shelf (name) VALUES ('a'), ('b');
         CREATE TABLE book (id serial PRIMARY KEY, shelf_id int REFERENCES shelf); INSERT INTO book (shelf_id) VALUES (1), (2)",
    );
    let (journey, planned) = Journey::plan(subject, &["--all", "--accept-defaults"]);
    planned.expect(0);
    let script = exported(&journey, &[])["script"].as_str().unwrap().to_owned();
    for defect in ["UPDATE public.shelf SET name = 'z' WHERE name = 'a'", "DELETE FROM public.book"] {
        let at = script.find("CREATE TEMPORARY TABLE rk_held").expect("the script compares");
        let spoilt = format!("{}{defect};\n{}", &script[..at], &script[at..]);
        let outcome = finish(&mut (place.client)(), Some(spoilt.as_bytes()));
        assert_eq!(outcome.code, Some(3), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("must_hold"), "{}", outcome.stderr);
        assert_same("the dump after a script that stopped", &journey.start.dump, &subject.dump());
    }
}

fn refused() {
    let place = Place::new("sqlite", "texts");
    let subject = place.subject.as_ref();
    subject.execute(
        "CREATE TABLE item (id TEXT PRIMARY KEY NOT NULL); INSERT INTO item VALUES ('018F3C5E-7D2A-7B41-9C30-5F1E2A6B8D04')",
    );
    let (journey, planned) = Journey::plan(subject, &["--all", "--accept-defaults"]);
    planned.expect(0);
    let answer = journey.rekey.json(&["export", &subject.target(), "--plan", "plan.json"]).expect(3);
    assert!(answer.failure()["what"].as_str().unwrap().contains("RK-330"), "{answer}");
    let unknown = journey.rekey.json(&["export", &subject.target(), "--plan", "plan.json", "--format", "yaml"]);
    unknown.expect(2).failure();
}
