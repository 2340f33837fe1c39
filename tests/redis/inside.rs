//! Ids inside keys: members, fields, values, items and places in JSON, by explicit rules alone.

use libtest_mimic::Trial;

use super::{Converted, counts, load, shown};
use crate::support::redis::{Redis, Reply};
use crate::support::requirement::Requirement;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let needs = [Requirement::Redis, Requirement::SqliteTool];
    let of = |name: &str, test: fn()| shown(&format!("redis::inside::{name}"), &needs, test);
    vec![
        of("everything_there_and_back", there_and_back),
        of("what_is_there_already_is_a_conflict", taken),
        of("json_keeps_every_other_byte", json),
        of("large_keys_are_done_in_pieces", large),
        of("fields_that_go_by_themselves_keep_their_moment", field_times),
    ]
}

const RULES: [&str; 14] = [
    "--members",
    "online*={SCHEMA.users.id}",
    "--fields",
    "names={SCHEMA.users.id}",
    "--values",
    "owner:*=user:{SCHEMA.users.id}",
    "--values",
    "last={SCHEMA.users.id}",
    "--items",
    "queue={SCHEMA.users.id}",
    "--members",
    "room:{SCHEMA.orders.id}:users={SCHEMA.users.id}",
    "--rule",
    "room:{SCHEMA.orders.id}:users",
];

fn there_and_back() {
    let (converted, redis) = (Converted::sqlite(9), Redis::start(&[]));
    load(
        &mut redis.client(),
        &[
            "SADD online 1 2 3 77 x5".to_owned(),
            "ZADD online_since 1.5 1 2.25 2 3e22 3 0.1 77".to_owned(),
            "HSET names 1 one 2 two other 3".to_owned(),
            "HSET owner:a of user:4 by user:44 other 4".to_owned(),
            "SET last 5 EX 5000".to_owned(),
            "RPUSH queue 1 2 1 x 3 88".to_owned(),
            "SADD room:101:users 1 2".to_owned(),
            "SADD untouched 1 2".to_owned(),
            "EXPIRE online 4000".to_owned(),
        ],
    );
    let before = redis.content();
    let dry = converted.redis("rewrite", &redis.url(), &[&RULES[..], &["--dry-run"]].concat()).expect(0).json;
    assert_eq!(redis.content(), before);
    let told = converted.done("rewrite", &redis.url(), &RULES);
    assert_eq!(counts(&dry), counts(&told), "{dry:#}\n{told:#}");
    // 4 + 4 members, 2 fields, 2 + 1 values, 5 items, 2 members and a name.
    assert_eq!(counts(&told), [21, 17, 4, 0], "{told:#}");
    let user = |id| converted.user(id);
    let texts = |reply: Reply| {
        if let Reply::List(all) = reply { all.iter().map(Reply::text).collect::<Vec<_>>() } else { panic!("no list") }
    };
    let items = texts(redis.done("LRANGE queue 0 -1"));
    assert_eq!(items, [user(1), user(2), user(1), "x", user(3), "88"], "the order of items is kept");
    let scores = texts(redis.done("ZRANGE online_since 0 -1 WITHSCORES"));
    // Since Redis 7.2 it is spelt as it was given.
    let scores: Vec<String> = scores.iter().map(|score| score.replace("0.10000000000000001", "0.1")).collect();
    assert_eq!(scores, ["77", "0.1", user(1), "1.5", user(2), "2.25", user(3), "3e+22"]);
    assert_eq!(redis.done(&format!("HGET names {}", user(2))).text(), "two");
    assert_eq!(redis.done("HGET owner:a of").text(), format!("user:{}", user(4)));
    assert_eq!(redis.done("HGET owner:a by").text(), "user:44");
    assert_eq!(redis.done("GET last").text(), user(5));
    let room = &converted.map[&("orders.id".to_owned(), "101".to_owned())];
    assert_eq!(redis.done(&format!("SISMEMBER room:{room}:users {}", user(2))), Reply::Int(1));
    assert_eq!(redis.done("SCARD untouched"), Reply::Int(2));
    let now = redis.content();
    for key in ["online", "last"] {
        assert_eq!(now[key.as_bytes()].1, before[key.as_bytes()].1, "{key} goes when it would have gone");
    }
    let again = converted.done("rewrite", &redis.url(), &RULES);
    assert_eq!(counts(&again), [4, 0, 4, 0], "{again:#}");
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(counts(&back), [17, 17, 0, 0], "{back:#}");
    assert_eq!(redis.content(), before);
}

fn taken() {
    let (converted, redis) = (Converted::sqlite(3), Redis::start(&[]));
    load(
        &mut redis.client(),
        &[
            format!("ZADD z 1 1 9 {}", converted.user(1)),
            format!("HSET h 1 old {} new", converted.user(1)),
            "LPUSH wrong 1".to_owned(),
        ],
    );
    let before = redis.content();
    let told = converted.done(
        "rewrite",
        &redis.url(),
        &[
            "--members",
            "z={SCHEMA.users.id}",
            "--fields",
            "h={SCHEMA.users.id}",
            "--members",
            "wrong={SCHEMA.users.id}",
        ],
    );
    assert_eq!(counts(&told), [3, 0, 0, 2], "{told:#}");
    assert_eq!(told["skipped_keys"][0]["key"], "wrong", "{told:#}");
    assert_eq!(redis.content(), before, "neither score nor value is written over");
}

fn json() {
    let (converted, redis) = (Converted::sqlite(9), Redis::start(&[]));
    let document = |id: &str, text: &str, list: [&str; 2]| {
        format!(
            "{{\"z\": 1.0, \"big\":12345678901234567890123,\n \"user\":{{\"id\": {id} ,\"n\":\"\\u00e9\"}},\"as\":\"{text}\",\"l\":[{{\"o\":{}}},{{\"o\":{}}}],\"a\":1e5}}",
            list[0], list[1]
        )
    };
    let old = document("5", "user:6", ["7", "99"]);
    let set = |text: &str| {
        assert_eq!(redis.client().say(&[b"SET", b"s:1", text.as_bytes(), b"EX", b"1000"]), Reply::Bytes(b"OK".to_vec()))
    };
    set(&old);
    redis.done("SET s:bad {");
    let before = redis.content();
    let rules = [
        "--json-value",
        "s:*=$.user.id={SCHEMA.users.id}",
        "--json-value",
        "s:*=$.as=user:{SCHEMA.users.id}",
        "--json-value",
        "s:*=$.l[*].o={SCHEMA.users.id}",
    ];
    let told = converted.done("rewrite", &redis.url(), &rules);
    assert_eq!(counts(&told), [7, 3, 1, 0], "{told:#}");
    assert_eq!(told["skipped"], 3, "{told:#}");
    let quoted = |id: u32| format!("\"{}\"", converted.user(id));
    let expected = document(&quoted(5), &format!("user:{}", converted.user(6)), [&quoted(7), "99"]);
    assert_eq!(redis.done("GET s:1").text(), expected);
    assert_eq!(redis.content()[b"s:1".as_slice()].1, before[b"s:1".as_slice()].1);
    converted.done("undo", &redis.url(), &[]);
    assert_eq!(redis.content(), before, "numbers are numbers again");
}

fn large() {
    let (converted, redis) = (Converted::sqlite(3_000), Redis::start(&["--appendfsync", "no"]));
    let ids: Vec<String> = (1..=3_000).map(|id| id.to_string()).collect();
    load(
        &mut redis.client(),
        &[
            format!("SADD set {}", ids.join(" ")),
            format!("RPUSH list {}", ids.join(" ")),
            format!("ZADD sorted {}", ids.iter().map(|id| format!("{id} {id}")).collect::<Vec<_>>().join(" ")),
        ],
    );
    let before = redis.content();
    let told = converted.done(
        "rewrite",
        &redis.url(),
        &[
            "--members",
            "set={SCHEMA.users.id}",
            "--members",
            "sorted={SCHEMA.users.id}",
            "--items",
            "list={SCHEMA.users.id}",
        ],
    );
    assert_eq!(counts(&told), [9_000, 9_000, 0, 0], "{told:#}");
    assert_eq!(redis.done(&format!("ZSCORE sorted {}", converted.user(2_999))).text(), "2999");
    assert_eq!(redis.done("LINDEX list 1233").text(), converted.user(1_234));
    assert_eq!(redis.done("SCARD set"), Reply::Int(3_000));
    converted.done("undo", &redis.url(), &[]);
    assert_eq!(redis.content(), before);
}

fn field_times() {
    let (converted, redis) = (Converted::sqlite(4), Redis::start(&[]));
    let lines = ["HSET names 1 one 2 two other 3", "HSET owner:a of user:4 by user:3"];
    load(&mut redis.client(), &lines.map(str::to_owned));
    let asked = |line: &str| redis.client().say(&line.split(' ').map(str::as_bytes).collect::<Vec<_>>());
    if matches!(asked("HPEXPIREAT names 4102444800123 FIELDS 1 1"), Reply::Error(_)) {
        eprintln!(
            "skipped: redis::inside::fields_that_go_by_themselves_keep_their_moment: needs Redis 7.4; REKEY_REDIS names a server"
        );
        return;
    }
    redis.done("HPEXPIREAT owner:a 4102444800456 FIELDS 1 of");
    let times = |key: &str, one: &str, other: &str| redis.done(&format!("HPEXPIRETIME {key} FIELDS 2 {one} {other}"));
    let before = (redis.content(), times("names", "1", "2"), times("owner:a", "of", "by"));
    let rules = ["--fields", "names={SCHEMA.users.id}", "--values", "owner:*=user:{SCHEMA.users.id}"];
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &rules)), [4, 4, 0, 0]);
    assert_eq!(times("names", converted.user(1), converted.user(2)), before.1);
    assert_eq!(redis.done("HGET owner:a of").text(), format!("user:{}", converted.user(4)));
    assert_eq!(times("owner:a", "of", "by"), before.2);
    converted.done("undo", &redis.url(), &[]);
    assert_eq!((redis.content(), times("names", "1", "2"), times("owner:a", "of", "by")), before);
}
