//! The maps that Redis goes back through: found by an index, shown before they are made, and
//! copied for ids that still stand there.

use libtest_mimic::Trial;

use super::{Converted, counts, load, shown};
use crate::support::redis::Redis;
use crate::support::requirement::Requirement;
use crate::support::subject::{Subject, new_postgres, new_sqlite};

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let both = |name: &str, database: &'static str, test: fn(Box<dyn Subject>)| {
        [
            shown(&format!("redis::maps::{name}::sqlite"), &[Requirement::Redis, Requirement::SqliteTool], move || {
                test(new_sqlite(database));
            }),
            shown(&format!("redis::maps::{name}::postgres"), &[Requirement::Redis, Requirement::Postgres], move || {
                test(new_postgres(database));
            }),
        ]
    };
    [
        both("new_ids_are_found_by_an_index", "redis_index", indexed),
        both("ids_of_later_rows_go_back_with_the_database", "redis_later", later),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const USERS: &str = "CREATE TABLE users (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100)); INSERT INTO users VALUES (1, 'ann'), (2, 'ben'), (3, 'cid')";
// The number of a row by itself, whose map SQLite leaves without an index.
const ROWIDS: &str = "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(100)); INSERT INTO users VALUES (1, 'ann'), (2, 'ben'), (3, 'cid')";
const RULE: [&str; 2] = ["--rule", "user:{SCHEMA.users.id}"];

fn filled() -> Redis {
    let redis = Redis::start(&[]);
    load(&mut redis.client(), &[1, 2, 3].map(|id| format!("SET user:{id} {id}")));
    redis
}

fn statements(told: &serde_json::Value) -> Vec<String> {
    let all = told["statements"].as_array().unwrap_or_else(|| panic!("no statements in {told:#}"));
    all.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn indexed(subject: Box<dyn Subject>) {
    let converted = Converted::new(subject, ROWIDS);
    let redis = filled();
    let before = redis.content();
    let indexes = || {
        let question = match converted.subject.product() {
            "sqlite" => "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name LIKE '%\\_redis' ESCAPE '\\'",
            _ => "SELECT count(*) FROM pg_indexes WHERE schemaname = 'rekey' AND indexname LIKE '%\\_redis'",
        };
        converted.subject.answer(question).trim().to_owned()
    };
    converted.done("rewrite", &redis.url(), &RULE);
    assert_eq!(indexes(), "0", "the way there needs none");
    let dry = converted.redis("undo", &redis.url(), &["--dry-run"]).expect(0).json;
    assert_eq!(indexes(), "0", "a dry run makes none");
    let made: Vec<String> = statements(&dry).into_iter().filter(|one| one.starts_with("CREATE INDEX")).collect();
    assert_eq!(made.len(), 1, "{dry:#}");
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(statements(&back), statements(&dry), "what was shown is what was sent");
    assert_eq!((indexes().as_str(), redis.content()), ("1", before));
    let again = converted.done("undo", &redis.url(), &[]);
    assert!(!statements(&again).iter().any(|one| one.starts_with("CREATE INDEX")), "one is enough: {again:#}");
    let undone = converted.rekey.done(&["undo", &converted.target(), "--run", &converted.run, "--yes"]);
    assert_eq!((undone["state"].as_str(), indexes().as_str()), (Some("undone"), "0"), "it goes with the map");
}

// Redis goes back first, and the map does not know who came since. The undo of the database gives
// them numbers, and leaves the map for their keys.
fn later(subject: Box<dyn Subject>) {
    let converted = Converted::new(subject, USERS);
    let redis = filled();
    converted.done("rewrite", &redis.url(), &RULE);
    let late = "f18f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04";
    converted.subject.execute(&format!("INSERT INTO users VALUES ('{late}', 'late')"));
    redis.done(&format!("SET user:{late} late"));
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(counts(&back), [4, 3, 1, 0], "{back:#}");
    let (target, run) = (converted.target(), converted.run.as_str());
    let shown = converted.rekey.json(&["undo", &target, "--run", run]).expect(2);
    assert!(statements(&shown.json).iter().any(|one| one.contains("redis_")), "{shown}");
    converted.rekey.done(&["undo", &target, "--run", run, "--yes"]);
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(counts(&back), [1, 1, 0, 0], "{back:#}");
    let fresh = converted.subject.answer("SELECT id FROM users WHERE name = 'late'");
    assert_eq!(redis.done(&format!("GET user:{}", fresh.trim())).text(), "late");
    converted.redis("undo", &redis.url(), &["--yes"]).expect(2).failure();
}
