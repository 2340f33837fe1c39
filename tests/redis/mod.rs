//! Ids in Redis: real servers and a real cluster, and a database that was really converted.
//! What a server holds in the end is compared whole with what it should hold.

mod cluster;
mod flush;
mod hostile;
mod inside;
mod maps;
mod names;
mod order;
mod system;
mod trouble;

use std::collections::BTreeMap;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::cases::{Class, counted};
use crate::support::journey::Journey;
use crate::support::redis::{Client, Held, Reply};
use crate::support::rekey::{Answer, Rekey};
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_sqlite};

/// The trials of this folder.
pub fn trials() -> Vec<Trial> {
    [
        names::trials(),
        hostile::trials(),
        maps::trials(),
        inside::trials(),
        cluster::trials(),
        trouble::trials(),
        flush::trials(),
        order::trials(),
        system::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which cases of the list these trials show, and what becomes of them.
const CASES: &[(&str, &[&str], Class)] = &[
    ("redis::names::whole_segments_are_rewritten_and_taken_back", &["R01", "R03"], Class::Convert),
    ("redis::hostile::two_ids_in_one_name", &["R01"], Class::Convert),
    ("redis::hostile::other_spellings_of_ids", &["R01"], Class::Convert),
    ("redis::inside::everything_there_and_back", &["R02"], Class::Convert),
    ("redis::hostile::streams_keep_their_groups", &["R02"], Class::Warn),
    ("redis::names::some_keys_go_and_some_are_left", &["R03"], Class::Convert),
    ("redis::names::times_to_live_are_kept", &["R04"], Class::Convert),
    ("redis::names::keys_are_bytes", &["R05"], Class::Convert),
    ("redis::hostile::bytes_that_are_no_text", &["R05"], Class::Convert),
    ("redis::cluster::keys_change_their_slots", &["R06"], Class::Convert),
    ("redis::cluster::a_slot_is_moved_meanwhile", &["R06"], Class::Convert),
    ("redis::hostile::a_sentinel_is_told_by_name", &["R06"], Class::Refuse),
    ("redis::names::names_that_are_taken_are_never_written_over", &["R07"], Class::Warn),
    ("redis::flush::a_database_under_its_typed_name", &["R08"], Class::Ask),
];

/// The name, the cases and their class of each trial that shows some.
pub fn cases() -> impl Iterator<Item = (&'static str, &'static [&'static str], Class)> {
    let there: Vec<String> = trials().iter().map(|trial| trial.name().to_owned()).collect();
    CASES.iter().copied().inspect(move |(name, ..)| assert!(there.iter().any(|one| one == name), "no trial is {name}"))
}

/// A trial, counted for the cases that it shows.
fn shown(name: &str, needs: &[Requirement], test: impl FnOnce() + Send + 'static) -> Trial {
    let found = CASES.iter().find(|(one, ..)| *one == name).copied();
    trial(name, needs, move || match found {
        Some((_, cases, class)) => {
            counted("redis", &cases.iter().map(ToString::to_string).collect::<Vec<_>>(), class, test)
        }
        None => test(),
    })
}

/// A converted database and what became of its ids.
pub struct Converted {
    subject: Box<dyn Subject>,
    /// The command's home.
    pub rekey: Rekey,
    /// The run.
    pub run: String,
    /// Old id to new one, of every key by `table.column`.
    pub map: BTreeMap<(String, String), String>,
    /// `schema.`, as rules begin.
    pub schema: String,
}

impl Converted {
    /// A SQLite file with users 1 to `users` and three codes of text, converted.
    pub fn sqlite(users: u32) -> Converted {
        Converted::new(new_sqlite("redis"), &format!(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
             CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
             CREATE TABLE codes (code TEXT PRIMARY KEY);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users}) INSERT INTO users SELECT i, 'user ' || i FROM n;
             INSERT INTO orders SELECT id + 100, id FROM users;
             INSERT INTO codes VALUES ('A0000000-0000-4000-8000-000000000001'), ('b0000000000040008000000000000002');"
        ))
    }

    /// Loads these statements and converts everything.
    pub fn new(subject: Box<dyn Subject>, statements: &str) -> Converted {
        Converted::with(subject, statements, &["--all", "--accept-defaults"])
    }

    /// Loads these statements and converts what was chosen.
    pub fn with(subject: Box<dyn Subject>, statements: &str, choices: &[&str]) -> Converted {
        subject.execute(statements);
        let (run, rekey) = {
            let (journey, answer) = Journey::plan(subject.as_ref(), choices);
            answer.expect(0);
            (journey.convert(), journey.rekey)
        };
        let told = rekey.done(&["map", &subject.target(), "--run", &run]);
        let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
        let rows = told["map"].as_array().unwrap();
        let map = rows
            .iter()
            .map(|row| {
                let key = format!("{}.{}", text(row, "table"), text(row, "column"));
                ((key, text(row, "old_id")), text(row, "new_id"))
            })
            .collect();
        let schema = rows.first().map(|row| text(row, "schema")).unwrap_or_default() + ".";
        Converted { subject, rekey, run, map, schema }
    }

    /// The database.
    pub fn target(&self) -> String {
        self.subject.target()
    }

    /// The new id of a user.
    pub fn user(&self, id: u32) -> &str {
        &self.map[&("users.id".to_owned(), id.to_string())]
    }

    /// The arguments of `rekey redis VERB`.
    pub fn arguments(&self, verb: &str, redis: &str, more: &[&str]) -> Vec<String> {
        let mut arguments: Vec<String> =
            ["redis", verb, redis, "--target", &self.target(), "--run", &self.run].map(str::to_owned).to_vec();
        if !more.contains(&"--retry-for") {
            arguments.extend(["--retry-for", "20"].map(str::to_owned));
        }
        arguments.extend(more.iter().map(|word| word.replace("SCHEMA.", &self.schema)));
        arguments
    }

    /// Runs `rekey redis VERB`; `SCHEMA.` in rules stands for the schema.
    pub fn redis(&self, verb: &str, redis: &str, more: &[&str]) -> Answer {
        let arguments = self.arguments(verb, redis, more);
        self.rekey.json(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Runs it with `--yes` and expects success.
    pub fn done(&self, verb: &str, redis: &str, more: &[&str]) -> Value {
        self.redis(verb, redis, &[more, &["--yes"]].concat()).expect(0).json
    }
}

/// The four counts of the contract.
pub fn counts(told: &Value) -> [u64; 4] {
    ["matched", "rewritten", "unmapped", "conflicts"]
        .map(|field| told[field].as_u64().unwrap_or_else(|| panic!("'{field}' is no number in {told:#}")))
}

/// What a server holds, under other names.
pub fn renamed(content: &BTreeMap<Vec<u8>, Held>, name: impl Fn(&str) -> String) -> BTreeMap<Vec<u8>, Held> {
    content
        .iter()
        .map(|(key, held)| {
            let key = std::str::from_utf8(key).map_or_else(|_| key.clone(), |text| name(text).into_bytes());
            (key, held.clone())
        })
        .collect()
}

/// Sends lines of words and expects no refusal.
pub fn load(client: &mut Client, lines: &[String]) {
    let commands: Vec<Vec<Vec<u8>>> =
        lines.iter().map(|line| line.split(' ').map(|word| word.as_bytes().to_vec()).collect()).collect();
    for (line, reply) in lines.iter().zip(client.say_all(&commands)) {
        assert!(!matches!(reply, Reply::Error(_)), "{line}: {reply:?}");
    }
}
