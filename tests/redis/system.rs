//! System S1 whole: a Django application on PostgreSQL with its sessions in Redis.

use libtest_mimic::Trial;

use super::{Converted, counts, load, renamed};
use crate::support::redis::Redis;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::new_postgres;

/// The trial of this file.
pub fn trials() -> Vec<Trial> {
    vec![trial("redis::system::s1_with_its_sessions", &[Requirement::Redis, Requirement::Postgres], s1)]
}

fn s1() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/s1-django-custom-user/postgres.sql");
    let choices = [
        "--domain",
        "public.accounts_customuser.id",
        "--uuid",
        "v6",
        "--slug",
        "public.accounts_customuser",
        "--accept-defaults",
    ];
    let converted = Converted::with(new_postgres("redis_s1"), &std::fs::read_to_string(script).unwrap(), &choices);
    let redis = Redis::start(&["--appendfsync", "no"]);
    // Ids of the scenario are 1, 4, 7 and so on; some sessions are of users who are gone.
    let ids: Vec<u32> = (1..=1_500).map(|number| number * 3 - 2).collect();
    let lines = ids.iter().map(|id| format!("SET user_sessions:{id} data{id} PXAT 4102444{id:06}")).chain([
        "HSET user_sessions:2 n gone".to_owned(),
        "SET :1:views.decorators.cache.page.1 kept".to_owned(),
        "RPUSH celery task".to_owned(),
    ]);
    load(&mut redis.client(), &lines.collect::<Vec<_>>());
    let before = redis.content();
    let user = |id: u32| &converted.map[&("accounts_customuser.id".to_owned(), id.to_string())];
    assert!(ids.iter().all(|id| &user(*id)[14..15] == "6"), "ids are of version 6");
    let told = converted.done("rewrite", &redis.url(), &["--rule", "user_sessions:{public.accounts_customuser.id}"]);
    assert_eq!(counts(&told), [1_501, 1_500, 1, 0], "{told:#}");
    assert_eq!(told["unmapped_keys"], serde_json::json!(["user_sessions:2"]));
    let expected = renamed(&before, |key| match key.strip_prefix("user_sessions:").and_then(|id| id.parse().ok()) {
        Some(2) | None => key.to_owned(),
        Some(id) => format!("user_sessions:{}", user(id)),
    });
    assert_eq!(redis.content(), expected, "values and times to live are kept");
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(counts(&back), [1_500, 1_500, 0, 0], "{back:#}");
    assert_eq!(redis.content(), before);
    let undone = converted.rekey.done(&["undo", &converted.target(), "--run", &converted.run, "--yes"]);
    assert_eq!(undone["state"], "undone");
    assert_eq!(converted.subject.answer("SELECT max(id)::text FROM accounts_customuser").trim(), "4498");
}
