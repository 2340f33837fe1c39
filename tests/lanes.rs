//! The same work on every version of PostgreSQL that Rekey is for: a wide set of scenarios,
//! two public databases, and the default for rows that the application writes afterwards.
//!
//! `REKEY_LANES=all` takes every scenario through every version.

use libtest_mimic::Trial;

use crate::support::journey::Journey;
use crate::support::oracle::is_uuid_v7;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::new_postgres_of;
use crate::support::{postgres, versions};
use crate::{corpora, scenario};

/// What hangs on something that differs between versions, and what everybody has.
const SCENARIOS: [&str; 27] = [
    "arrays-converted",
    "attributes",
    "composite-key-of-references",
    "content-types-converted",
    "cycle",
    "generated-column",
    "hostile-names",
    "identity",
    "indexes",
    "inheritance",
    "inferred-included",
    "inferred-set-null",
    "orphans",
    "reference-attributes",
    "reference-to-unique",
    "refuse-other-not-null",
    "rules",
    "self-reference",
    "sequences-chosen",
    "serial",
    "since-15",
    "since-18",
    "since-18-temporal",
    "shared-key",
    "triggers",
    "two-schemas",
    "views",
];

const CORPORA: [&str; 2] = ["chinook", "sakila"];

/// One trial per version and piece of work; a version that is not there is one trial, skipped by name.
pub fn trials() -> Vec<Trial> {
    versions::OTHERS.into_iter().flat_map(lane).collect()
}

fn lane(version: u32) -> Vec<Trial> {
    let need = Requirement::Version(version);
    if need.missing().is_some() {
        return vec![trial(&format!("lanes::{version}"), &[need], || ())];
    }
    let mut trials = vec![
        trial(&format!("lanes::{version}::is_that_version"), &[need], move || is_that_version(version)),
        trial(&format!("lanes::{version}::new_rows"), &[need], move || new_rows(version)),
    ];
    let all = std::env::var("REKEY_LANES").as_deref() == Ok("all");
    for name in scenario::for_postgres(version).into_iter().filter(|name| all || SCENARIOS.contains(&name.as_str())) {
        let title = format!("lanes::{version}::scenario::{name}");
        trials.push(trial(&title, &[need], move || scenario::take_on(version, &name)));
    }
    for name in CORPORA {
        let needs = [need, Requirement::Corpora];
        trials
            .push(trial(&format!("lanes::{version}::corpus::{name}"), &needs, move || corpora::take_on(version, name)));
    }
    trials
}

// A lane that ran on the wrong server would prove nothing.
fn is_that_version(version: u32) {
    let database = postgres::Database::create_on(postgres::shared_of(version), "which");
    let number = database.value("SHOW server_version_num");
    assert_eq!(number.parse::<u32>().unwrap() / 10_000, version, "the server says {number}");
}

// The default is really used, by somebody who owns nothing and whose path hides every
// operator and function behind a false one.
fn new_rows(version: u32) {
    let subject = new_postgres_of(version, "new_rows");
    subject.execute(
        "CREATE TABLE place (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
         CREATE TABLE visit (id serial PRIMARY KEY, place_id bigint REFERENCES place, note text);
         INSERT INTO place (name) SELECT 'p' || i FROM generate_series(1, 50) i;
         INSERT INTO visit (place_id, note) SELECT i, 'v' FROM generate_series(1, 50) i;
         DROP ROLE IF EXISTS lanes_writer; CREATE ROLE lanes_writer;
         GRANT SELECT, INSERT ON place, visit TO lanes_writer; GRANT USAGE ON SEQUENCE visit_id_seq TO lanes_writer",
    );
    let (journey, answer) = Journey::plan(subject.as_ref(), &["--all", "--accept-defaults"]);
    answer.expect(0);
    let run = journey.convert();
    subject.execute(
        "SET ROLE lanes_writer;
         INSERT INTO place (name) SELECT 'new ' || i FROM generate_series(1, 1000) i;
         INSERT INTO visit (place_id, note) SELECT id, 'of a new place' FROM place WHERE name LIKE 'new %'",
    );
    let ids =
        subject.answer("SELECT id FROM place WHERE name LIKE 'new %' UNION ALL SELECT id FROM visit WHERE note <> 'v'");
    let ids: Vec<&str> = ids.lines().collect();
    let different: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!((ids.len(), different.len()), (2000, 2000), "new ids and different ones among them");
    assert!(ids.iter().all(|id| is_uuid_v7(id)), "not all new ids are of version 7: {ids:?}");
    let tails: std::collections::BTreeSet<&str> = ids.iter().map(|id| &id[19..]).collect();
    assert_eq!(tails.len(), 2000, "the random parts of new ids repeat");
    let target = subject.target();
    journey.rekey.done(&["validate", &target, "--run", &run]);
    journey.undo_alone(&run);
    let kept = subject.answer(
        "SELECT count(*), count(DISTINCT p.id), count(v.id), min(p.id) FROM place p JOIN visit v ON v.place_id = p.id",
    );
    assert_eq!(kept.trim(), "1050|1050|1050|1", "rows after undo");
}
