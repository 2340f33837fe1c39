//! Removing keys, and what nobody may do by accident.

use libtest_mimic::Trial;
use serde_json::Value;

use super::shown;
use crate::support::redis::{Redis, Reply};
use crate::support::rekey::Rekey;
use crate::support::requirement::Requirement;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        shown("redis::flush::by_pattern", &[Requirement::Redis], by_pattern),
        shown("redis::flush::a_database_under_its_typed_name", &[Requirement::Redis], whole),
    ]
}

fn by_pattern() {
    let (rekey, redis) = (Rekey::new(None), Redis::start(&[]));
    redis.done("MSET user_sessions:1 a user_sessions:2 b other 1");
    let flush = |more: &[&str]| rekey.json(&[&["redis", "flush", &redis.url()][..], more].concat());
    let dry = flush(&["--pattern", "user_sessions:*", "--dry-run"]).expect(0).json;
    assert_eq!((dry["matched"].as_u64(), dry["dry_run"].as_bool()), (Some(2), Some(true)), "{dry:#}");
    flush(&["--pattern", "user_sessions:*"]).expect(2).failure();
    flush(&["--pattern", "*", "--yes"]).expect(2).failure();
    assert_eq!(redis.done("DBSIZE"), Reply::Int(3), "nothing was removed");
    let removed = flush(&["--pattern", "user_sessions:*", "--yes", "--progress", "json"]).expect(0);
    let (told, events) = (&removed.json, &removed.outcome.stderr);
    assert_eq!(told["removed"], 2, "{told:#}");
    let all = events
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find(|event| event["step"] == "Remove keys from Redis" && event["rows_done"] == 3 && event["rows_total"] == 3);
    assert!(all.is_some(), "three keys are gone through, of which two go: {events}");
    assert_eq!(redis.done("GET other").text(), "1");
    assert_eq!(redis.done("DBSIZE"), Reply::Int(1));
}

fn whole() {
    let (rekey, redis) = (Rekey::new(None), Redis::start(&[]));
    redis.done("MSET user_sessions:1 a celery x");
    let mut other = redis.client();
    other.say(&[b"SELECT", b"3"]);
    other.say(&[b"SET", b"theirs", b"1"]);
    let url = redis.url();
    let flush = |more: &[&str]| rekey.json(&[&["redis", "flush", &url][..], more].concat());
    let shown = flush(&[]).expect(2);
    assert_eq!(shown.json["keys"], 2, "{shown}");
    let others: Vec<&str> =
        shown.json["databases"].as_array().unwrap().iter().map(|one| one["database"].as_str().unwrap()).collect();
    assert_eq!(others, ["db0", "db3"]);
    let name = shown.json["database"].as_str().unwrap().to_owned();
    flush(&["--database", "db0", "--yes"]).expect(3).failure();
    flush(&["--database", &name]).expect(2).failure();
    assert_eq!(redis.done("DBSIZE"), Reply::Int(2), "nothing was removed");
    let told = flush(&["--database", &name, "--yes"]).expect(0).json;
    assert_eq!(told["removed"], 2, "{told:#}");
    assert_eq!(redis.done("DBSIZE"), Reply::Int(0));
    assert_eq!(other.say(&[b"GET", b"theirs"]).text(), "1", "other databases stay");
}
