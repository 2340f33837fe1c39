//! Names of keys on one server.

use libtest_mimic::Trial;

use super::{Converted, counts, load, renamed, shown};
use crate::support::redis::{Redis, Reply};
use crate::support::requirement::Requirement;
use crate::support::subject::new_postgres;

const RULE: &str = "user_sessions:{SCHEMA.users.id}";

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let needs = [Requirement::Redis, Requirement::SqliteTool];
    let of = |name: &str, test: fn()| shown(&format!("redis::names::{name}"), &needs, test);
    vec![
        of("templates_are_found_with_counts_and_examples", found),
        of("whole_segments_are_rewritten_and_taken_back", there_and_back),
        of("a_dry_run_changes_nothing_and_counts_the_same", dry),
        of("times_to_live_are_kept", times),
        of("names_that_are_taken_are_never_written_over", taken),
        of("texts_are_ids_too", texts),
        of("keys_are_bytes", binary),
        of("some_keys_go_and_some_are_left", deleted),
        of("what_cannot_be_meant_is_refused", refused),
        of("many_keys_are_rewritten", many),
        shown("redis::names::on_postgres", &[Requirement::Redis, Requirement::Postgres], on_postgres),
    ]
}

fn sessions(redis: &Redis, users: u32) {
    let lines: Vec<String> = (1..=users).map(|id| format!("HSET user_sessions:{id} name user{id} n {id}")).collect();
    load(&mut redis.client(), &lines);
}

fn found() {
    let redis = Redis::start(&[]);
    sessions(&redis, 30);
    redis.done("SET cache:018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04:x 1 EX 1000");
    redis.done("SET plain 1");
    let rekey = crate::support::rekey::Rekey::new(None);
    let told = rekey.done(&["redis", "scan", &redis.url()]);
    assert_eq!((told["keys"].as_u64(), told["sampled"].as_u64()), (Some(32), Some(32)), "{told:#}");
    let first = &told["templates"][0];
    assert_eq!(first["template"], "user_sessions:{int}", "{told:#}");
    assert_eq!(
        (first["count"].as_u64(), first["type"].as_str(), first["ttl"].as_str()),
        (Some(30), Some("hash"), Some("none"))
    );
    assert!(
        first["examples"].as_array().unwrap().iter().all(|key| key.as_str().unwrap().starts_with("user_sessions:"))
    );
    let others: Vec<&str> =
        told["templates"].as_array().unwrap().iter().skip(1).map(|one| one["template"].as_str().unwrap()).collect();
    assert_eq!(others, ["cache:{uuid}:x", "plain"]);
    assert_eq!(told["templates"][1]["ttl"], "all");
    let text = rekey.run(&["redis", "scan", &redis.url()]).expect(0);
    assert!(text.outcome.text().contains("user_sessions:{int}"), "{text}");
}

fn there_and_back() {
    let (converted, redis) = (Converted::sqlite(60), Redis::start(&[]));
    sessions(&redis, 60);
    let others = [
        "user_sessions:5:cart",
        "xuser_sessions:5",
        "user_sessions:05",
        "user_sessions:",
        "user_sessions:5x",
        "order:5:user:7",
        "v5:user",
    ];
    load(&mut redis.client(), &others.map(|key| format!("SET {key} kept")));
    redis.done("HSET user_sessions:61 name gone");
    let before = redis.content();
    let told = converted.done("rewrite", &redis.url(), &["--rule", RULE]);
    assert_eq!(counts(&told), [61, 60, 1, 0], "{told:#}");
    assert_eq!(told["unmapped_keys"][0], "user_sessions:61");
    assert_eq!(told["complete"], true);
    let expected = renamed(&before, |key| {
        let id = key
            .strip_prefix("user_sessions:")
            .and_then(|id| id.parse::<u32>().ok().filter(|known| known.to_string() == id));
        id.filter(|id| *id <= 60).map_or_else(|| key.to_owned(), |id| format!("user_sessions:{}", converted.user(id)))
    });
    assert_eq!(redis.content(), expected);
    let again = converted.done("rewrite", &redis.url(), &["--rule", RULE]);
    assert_eq!(counts(&again), [1, 0, 1, 0], "{again:#}");
    let arguments = converted.arguments("rewrite", &redis.url(), &["--rule", RULE, "--yes"]);
    let told = converted.rekey.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).expect(0);
    assert!(told.outcome.text().contains("nothing is left to do"), "{told}");
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(counts(&back), [60, 60, 0, 0], "{back:#}");
    assert_eq!(redis.content(), before);
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [0, 0, 0, 0]);
    assert_eq!(redis.content(), before);
}

fn on_postgres() {
    let converted = Converted::new(
        new_postgres("redis_names"),
        "CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
         INSERT INTO users SELECT generate_series(1, 50); INSERT INTO orders SELECT i, i FROM generate_series(1, 50) i",
    );
    let redis = Redis::start(&[]);
    sessions(&redis, 50);
    let before = redis.content();
    // A reference names the domain as well as its root.
    let told = converted.done("rewrite", &redis.url(), &["--rule", "user_sessions:{SCHEMA.orders.user_id}"]);
    assert_eq!(counts(&told), [50, 50, 0, 0], "{told:#}");
    assert!(redis.content().contains_key(format!("user_sessions:{}", converted.user(7)).as_bytes()));
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [50, 50, 0, 0]);
    assert_eq!(redis.content(), before);
    let gone = converted.rekey.done(&["undo", &converted.target(), "--run", &converted.run, "--yes"]);
    assert_eq!(gone["state"], "undone");
}

fn dry() {
    let (converted, redis) = (Converted::sqlite(30), Redis::start(&[]));
    sessions(&redis, 32);
    redis.done(&format!("SET user_sessions:{} taken", converted.user(3)));
    let before = redis.content();
    let dry = converted.redis("rewrite", &redis.url(), &["--rule", RULE, "--dry-run"]).expect(0).json;
    assert_eq!(redis.content(), before, "a dry run changes nothing");
    assert_eq!(counts(&dry), [32, 29, 2, 1], "{dry:#}");
    let examples = dry["examples"].as_array().unwrap();
    assert_eq!(examples.len(), 10);
    let id: u32 = examples[0]["before"].as_str().unwrap().strip_prefix("user_sessions:").unwrap().parse().unwrap();
    assert_eq!(examples[0]["after"], format!("user_sessions:{}", converted.user(id)));
    assert_eq!(converted.redis("rewrite", &redis.url(), &["--rule", RULE]).expect(2).failure()["code"], "RK-C02");
    assert_eq!(converted.redis("undo", &redis.url(), &["--yes"]).expect(3).failure()["code"], "RK-C03");
    assert_eq!(redis.content(), before, "without --yes nothing is changed");
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &["--rule", RULE])), counts(&dry));
}

fn times() {
    let (converted, redis) = (Converted::sqlite(5), Redis::start(&[]));
    sessions(&redis, 5);
    redis.done("PEXPIREAT user_sessions:2 4102444800123");
    redis.done("EXPIRE user_sessions:3 5000");
    redis.done("SET user_sessions:4 text PX 3600001");
    let before = redis.content();
    converted.done("rewrite", &redis.url(), &["--rule", RULE]);
    let expected = renamed(&before, |key| {
        format!("user_sessions:{}", converted.user(key.rsplit(':').next().unwrap().parse().unwrap()))
    });
    assert_eq!(redis.content(), expected, "values and moments are the same");
    converted.done("undo", &redis.url(), &[]);
    assert_eq!(redis.content(), before);
}

fn taken() {
    let (converted, redis) = (Converted::sqlite(10), Redis::start(&[]));
    sessions(&redis, 10);
    let target = format!("user_sessions:{}", converted.user(4));
    redis.done(&format!("SET {target} another"));
    let told = converted.done("rewrite", &redis.url(), &["--rule", RULE]);
    assert_eq!(counts(&told), [10, 9, 0, 1], "{told:#}");
    assert_eq!(told["conflict_keys"][0]["before"], "user_sessions:4");
    assert_eq!(told["conflict_keys"][0]["after"], target.as_str());
    assert_eq!(redis.done(&format!("GET {target}")).text(), "another");
    assert_eq!(redis.done("HGET user_sessions:4 n").text(), "4");
    assert_eq!(redis.done("DBSIZE"), Reply::Int(11));
}

fn texts() {
    let (converted, redis) = (Converted::sqlite(1), Redis::start(&[]));
    let mut spellings = converted.map.iter().filter(|((key, _), _)| key == "codes.code");
    let ((_, upper), new) = spellings.next().unwrap();
    assert_ne!(upper, new);
    redis.done(&format!("SET code:{upper}:x 1"));
    redis.done("SET code:b0000000000040008000000000000002:x 2");
    redis.done("SET code:nothing:x 3");
    let before = redis.content();
    let told = converted.done("rewrite", &redis.url(), &["--rule", "code:{SCHEMA.codes.code}:x"]);
    assert_eq!(counts(&told), [3, 2, 1, 0], "{told:#}");
    let again = converted.done("rewrite", &redis.url(), &["--rule", "code:{SCHEMA.codes.code}:x"]);
    assert_eq!(counts(&again), [1, 0, 1, 0], "{again:#}");
    assert_eq!(redis.done(&format!("GET code:{new}:x")).text(), "1");
    converted.done("undo", &redis.url(), &[]);
    assert_eq!(redis.content(), before);
}

fn binary() {
    let (converted, redis) = (Converted::sqlite(9), Redis::start(&[]));
    let key = b"bin:\xff\x00\r\n:7".to_vec();
    redis.client().say(&[b"SET", &key, b"\x00\xfe"]);
    redis.client().say(&[b"SET", b"bin:\xff:\xff7", b"kept"]);
    let told = converted.done("rewrite", &redis.url(), &["--rule", "bin:{any}:{SCHEMA.users.id}"]);
    assert_eq!(counts(&told), [1, 1, 0, 0], "{told:#}");
    let new = [b"bin:\xff\x00\r\n:", converted.user(7).as_bytes()].concat();
    assert_eq!(redis.client().say(&[b"GET", &new]), Reply::Bytes(b"\x00\xfe".to_vec()));
    assert_eq!(told["examples"][0]["before"], "bin:\\xff\\x00\\x0d\\x0a:7");
    assert_eq!(redis.done("DBSIZE"), Reply::Int(2));
}

fn deleted() {
    let (converted, redis) = (Converted::sqlite(9), Redis::start(&[]));
    sessions(&redis, 9);
    load(&mut redis.client(), &(1..=9).map(|id| format!("SET cache:user:{id}:page 1")).collect::<Vec<_>>());
    let rules = [
        "--rule",
        RULE,
        "--rule",
        "cache:user:{SCHEMA.users.id}:page",
        "--delete",
        "cache:user:{int}:*",
        "--leave",
        "*:5",
    ];
    let told = converted.done("rewrite", &redis.url(), &rules);
    assert_eq!((counts(&told), told["deleted"].as_u64()), ([17, 8, 0, 0], Some(9)), "{told:#}");
    assert!(redis.content().contains_key(b"user_sessions:5".as_slice()));
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!((counts(&back), back["deleted_before"].as_u64()), ([8, 8, 0, 0], Some(9)), "{back:#}");
    assert_eq!(redis.done("DBSIZE"), Reply::Int(9));
}

fn refused() {
    let (converted, redis) = (Converted::sqlite(2), Redis::start(&[]));
    sessions(&redis, 2);
    let before = redis.content();
    for rule in ["user_sessions:{SCHEMA.users.name}", "user{SCHEMA.users.id}", "user_sessions:*", "{SCHEMA.users.id"] {
        let answer = converted.redis("rewrite", &redis.url(), &["--rule", rule, "--yes"]).expect(2);
        assert_eq!(answer.failure()["code"], "RK-R02", "{answer}");
    }
    assert_eq!(converted.redis("rewrite", &redis.url(), &["--yes"]).expect(2).failure()["code"], "RK-C02");
    assert_eq!(
        converted.redis("rewrite", "http://x", &["--rule", RULE, "--yes"]).expect(2).failure()["code"],
        "RK-R01"
    );
    let unknown = [
        "redis",
        "rewrite",
        &redis.url(),
        "--target",
        &converted.target(),
        "--run",
        "nothing",
        "--rule",
        "a:{a.b.c}",
        "--yes",
    ];
    converted.rekey.json(&unknown).expect(2).failure();
    converted.rekey.done(&["keep", &converted.target(), "--run", &converted.run, "--yes"]);
    let kept = converted.redis("rewrite", &redis.url(), &["--rule", RULE, "--yes"]).expect(3);
    assert!(kept.failure()["what"].as_str().unwrap().contains("has no map"), "{kept}");
    assert_eq!(redis.content(), before);
}

fn many() {
    let (converted, redis) = (Converted::sqlite(20_000), Redis::start(&["--appendfsync", "no"]));
    let mut client = redis.client();
    for some in (1..=20_000).collect::<Vec<u32>>().chunks(5_000) {
        load(&mut client, &some.iter().map(|id| format!("SET user_sessions:{id} {id}")).collect::<Vec<_>>());
    }
    let told = converted.done("rewrite", &redis.url(), &["--rule", RULE]);
    assert_eq!(counts(&told), [20_000, 20_000, 0, 0]);
    assert_eq!(redis.done("DBSIZE"), Reply::Int(20_000));
    for id in [1, 777, 20_000] {
        assert_eq!(redis.done(&format!("GET user_sessions:{}", converted.user(id))).text(), id.to_string());
    }
    let slow = converted.done("undo", &redis.url(), &["--rate", "200000"]);
    assert_eq!(counts(&slow), [20_000, 20_000, 0, 0]);
    assert_eq!(redis.done("GET user_sessions:777").text(), "777");
}
