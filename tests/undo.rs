//! Undos that cannot be carried out: refused by name before anything is taken away, and open
//! again once the rows that stand in the way are gone.

use libtest_mimic::Trial;

use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::postgres::Database;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Postgres, Subject};

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let of = |name: &str, test: fn()| trial(&format!("undo::{name}"), &[Requirement::Postgres], test);
    vec![
        of("old_ids_that_a_column_cannot_hold", too_wide),
        of("texts_that_a_column_cannot_hold", too_long),
        of("no_number_left", none_left),
    ]
}

// Converts, writes, expects the refusal, takes back what was written and undoes.
fn refused(name: &str, tables: &str, written: &str, removed: &str, words: &[&str]) {
    let subject = Postgres(Database::create(name));
    subject.execute(tables);
    let (journey, answer) = Journey::plan(&subject, &["--all", "--accept-defaults"]);
    answer.expect(0);
    let run = journey.convert();
    let (rows, schema) = (subject.rows(), subject.schema_dump());
    subject.execute(written);
    let before = subject.dump();
    let target = subject.target();
    let answer = journey.rekey.json(&["undo", &target, "--run", &run, "--yes"]).expect(3);
    let failure = answer.failure();
    assert_eq!(failure["state"]["state"], "converted", "{answer}");
    let what = failure["what"].as_str().unwrap_or_default();
    for word in words {
        assert!(what.contains(word), "'{word}' is not in: {what}");
    }
    assert_same("the dump after a refused undo", &before, &subject.dump());
    subject.execute(removed);
    assert_eq!((rows, schema), (subject.rows(), subject.schema_dump()), "what the test itself took back");
    journey.undo(&run);
}

fn too_wide() {
    refused(
        "undo_too_wide",
        "CREATE TABLE wide (id bigint PRIMARY KEY, name text);
         CREATE TABLE \"50% off\" (id integer PRIMARY KEY, \"it's\" integer REFERENCES wide (id), more bigint REFERENCES wide (id));
         INSERT INTO wide VALUES (7, 'seven'), (3000000000, 'large'), (-3000000000, 'small');
         INSERT INTO \"50% off\" VALUES (1, 7, 3000000000), (2, NULL, -3000000000)",
        "UPDATE \"50% off\" SET \"it's\" = more WHERE more IN (SELECT id FROM wide WHERE name IN ('large', 'small'))",
        "UPDATE \"50% off\" SET \"it's\" = (SELECT id FROM wide WHERE name = 'seven') WHERE more = (SELECT id FROM wide WHERE name = 'large');
         UPDATE \"50% off\" SET \"it's\" = NULL WHERE more = (SELECT id FROM wide WHERE name = 'small')",
        &["RK-196", "public.50% off.it's", "2 of its values", "integer", "-3000000000"],
    );
}

fn too_long() {
    refused(
        "undo_too_long",
        "CREATE TABLE code (id varchar(64) PRIMARY KEY, name text);
         CREATE TABLE used (id integer PRIMARY KEY, code_id varchar(32) REFERENCES code (id));
         INSERT INTO code VALUES ('0b5d9f6e-4a83-4f0b-9a53-0c5a1f6c9d11', 'long'), ('4f0e2c7ab1d84e6f9c3b5a7d8e9f0a1b', 'short');
         INSERT INTO used VALUES (1, '4f0e2c7ab1d84e6f9c3b5a7d8e9f0a1b')",
        "UPDATE used SET code_id = '0b5d9f6e-4a83-4f0b-9a53-0c5a1f6c9d11'",
        "UPDATE used SET code_id = '4f0e2c7a-b1d8-4e6f-9c3b-5a7d8e9f0a1b'",
        &["RK-196", "public.used.code_id", "0b5d9f6e-4a83-4f0b-9a53-0c5a1f6c9d11", "character varying(32)"],
    );
}

fn none_left() {
    refused(
        "undo_none_left",
        "CREATE TABLE tiny (id smallint PRIMARY KEY, name text DEFAULT 'first');
         INSERT INTO tiny SELECT generate_series(1, 32766)",
        "INSERT INTO tiny SELECT gen_random_uuid(), 'since' FROM generate_series(1, 2)",
        "DELETE FROM tiny WHERE name = 'since'",
        &["RK-196", "public.tiny.id", "no number is left", "smallint"],
    );
}
