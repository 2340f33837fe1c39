//! Names and ids that are easily taken for something else, and rules that meet in one key.

use libtest_mimic::Trial;

use super::{Converted, counts, load, shown};
use crate::support::redis::{Redis, Reply};
use crate::support::requirement::Requirement;
use crate::support::subject::new_sqlite;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let needs = [Requirement::Redis, Requirement::SqliteTool];
    let of = |name: &str, test: fn()| shown(&format!("redis::hostile::{name}"), &needs, test);
    vec![
        of("what_two_rules_fit_comes_back_by_the_right_one", two_rules),
        of("what_one_rewrite_left_alone_and_another_did_not", left_once),
        of("two_ids_in_one_name", two_ids),
        of("other_spellings_of_ids", spellings),
        of("bytes_that_are_no_text", no_text),
        of("names_with_letters_that_patterns_know", patterns),
        of("streams_keep_their_groups", streams),
        of("a_sentinel_is_told_by_name", sentinel),
        of("a_server_that_lacks_a_command_inside_a_transaction", lacking),
    ]
}

// Ids of both tables stand in the same place, and new ids tell apart whose they are.
fn two_rules() {
    let (converted, redis) = (Converted::sqlite(9), Redis::start(&[]));
    load(&mut redis.client(), &(1..=9).map(|id| format!("SET x:{id} u{id}")).collect::<Vec<_>>());
    load(&mut redis.client(), &(101..=109).map(|id| format!("SET x:{id} o{id}")).collect::<Vec<_>>());
    let before = redis.content();
    let (users, orders) = (["--rule", "x:{SCHEMA.users.id}"], ["--rule", "x:{SCHEMA.orders.id}"]);
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &users)), [18, 9, 9, 0]);
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &orders)), [9, 9, 0, 0]);
    let order = &converted.map[&("orders.id".to_owned(), "103".to_owned())];
    assert_eq!(redis.done(&format!("GET x:{order}")).text(), "o103");
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [18, 18, 0, 0]);
    assert_eq!(redis.content(), before);
}

fn left_once() {
    let (converted, redis) = (Converted::sqlite(5), Redis::start(&[]));
    load(&mut redis.client(), &(1..=5).map(|id| format!("SET user:{id} {id}")).collect::<Vec<_>>());
    load(&mut redis.client(), &(1..=5).map(|id| format!("SET cart:{id} {id}")).collect::<Vec<_>>());
    let before = redis.content();
    converted.done("rewrite", &redis.url(), &["--rule", "user:{SCHEMA.users.id}"]);
    let second = ["--rule", "cart:{SCHEMA.users.id}", "--leave", "user:*"];
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &second)), [5, 5, 0, 0]);
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [10, 10, 0, 0]);
    assert_eq!(redis.content(), before);
}

fn two_ids() {
    let (converted, redis) = (Converted::sqlite(9), Redis::start(&[]));
    let mixed = format!("friend:{}:3", converted.user(2));
    let keys = ["friend:1:2", "friend:2:1", "friend:3:3", "friend:1:77", "friend:{1}:{2}", &mixed];
    load(&mut redis.client(), &keys.map(|key| format!("SET {key} v")));
    let before = redis.content();
    let rule = ["--rule", "friend:{SCHEMA.users.id}:{SCHEMA.users.id}"];
    let told = converted.done("rewrite", &redis.url(), &rule);
    assert_eq!(counts(&told), [4, 3, 1, 0], "{told:#}");
    assert_eq!(told["unmapped_keys"], serde_json::json!(["friend:1:77"]), "both ids are rewritten, or none");
    let (one, two, three) = (converted.user(1), converted.user(2), converted.user(3));
    for key in [format!("friend:{one}:{two}"), format!("friend:{two}:{one}"), format!("friend:{three}:{three}")] {
        assert_eq!(redis.done(&format!("GET {key}")).text(), "v", "{key}");
    }
    let tags = ["--rule", "friend:{{SCHEMA.users.id}}:{{SCHEMA.users.id}}"];
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &tags)), [1, 1, 0, 0]);
    assert_eq!(redis.done(&format!("GET friend:{{{one}}}:{{{two}}}")).text(), "v");
    converted.done("undo", &redis.url(), &[]);
    assert_eq!(redis.content(), before);
}

fn spellings() {
    let converted = Converted::new(
        new_sqlite("redis_spellings"),
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
         INSERT INTO users VALUES (-5, 'a'), (0, 'b'), (7, 'c'), (9223372036854775807, 'd'), (-9223372036854775808, 'e'), (1234, 'f')",
    );
    let redis = Redis::start(&[]);
    let user = |id: &str| converted.map[&("users.id".to_owned(), id.to_owned())].clone();
    let known = ["-5", "0", "7", "9223372036854775807", "-9223372036854775808"];
    load(&mut redis.client(), &known.map(|id| format!("SET u:{id} v{id}")));
    let wide = ["9223372036854775808", "-9223372036854775809", "18446744073709551615"];
    load(&mut redis.client(), &wide.map(|id| format!("SET u:{id} wide")));
    let others = ["007", "+7", "-0", "-05", "0x7", "7.0", "7e0", " 7"];
    for id in others {
        redis.client().say(&[b"SET", format!("u:{id}").as_bytes(), b"other"]);
    }
    load(&mut redis.client(), &["SET q:7x other".to_owned(), "SET q:7-x v".to_owned()]);
    // The third group of a UUID that is nobody's is the number of a user.
    redis.done("SET p:aaaaaaaa-bbbb-1234-8ccc-dddddddddddd-x v");
    let before = redis.content();
    let rules = ["u:{SCHEMA.users.id}", "p:*-{SCHEMA.users.id}-*", "q:{SCHEMA.users.id}*"].map(|rule| ["--rule", rule]);
    let told = converted.done("rewrite", &redis.url(), &rules.concat());
    assert_eq!(counts(&told), [9, 6, 3, 0], "{told:#}");
    for id in known {
        assert_eq!(redis.done(&format!("GET u:{}", user(id))).text(), format!("v{id}"));
    }
    // The application spells them in capital letters.
    let large = user("7").to_uppercase();
    redis.done(&format!("RENAME u:{} u:{large}", user("7")));
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(counts(&back), [6, 6, 0, 0], "{back:#}");
    assert_eq!(redis.content(), before);
}

fn no_text() {
    let (converted, redis) = (Converted::sqlite(1), Redis::start(&[]));
    let keys: [&[u8]; 4] =
        [b"code:a\x00b:x", b"code:\xff\xfe:x", b"code:'; DROP TABLE codes; --:x", "code:\u{fffd}:x".as_bytes()];
    for key in keys {
        redis.client().say(&[b"SET", key, b"v"]);
    }
    redis.done("SET code:b0000000000040008000000000000002:x 2");
    let before = redis.content();
    let told = converted.done("rewrite", &redis.url(), &["--rule", "code:{SCHEMA.codes.code}:x"]);
    assert_eq!(counts(&told), [5, 1, 4, 0], "{told:#}");
    for key in keys {
        assert_eq!(redis.client().say(&[b"GET", key]).text(), "v");
    }
    converted.done("undo", &redis.url(), &[]);
    assert_eq!(redis.content(), before);
}

fn patterns() {
    let (converted, redis) = (Converted::sqlite(5), Redis::start(&[]));
    let keys = ["a[bc]?:1", "ab?:2", "a\\[^x]:3", "a[bc]x:4", "a[bc]?:5:*"];
    load(&mut redis.client(), &keys.map(|key| format!("SET {key} v")));
    let before = redis.content();
    for (rule, id) in
        [("a[bc]?:{SCHEMA.users.id}", 1), ("a\\[^x]:{SCHEMA.users.id}", 3), ("a[bc]?:{SCHEMA.users.id}:{any}", 5)]
    {
        let told = converted.done("rewrite", &redis.url(), &["--rule", rule]);
        assert_eq!(counts(&told), [1, 1, 0, 0], "{rule}: {told:#}");
        let to = rule.replace("{SCHEMA.users.id}", converted.user(id)).replace("{any}", "*");
        assert_eq!(redis.done(&format!("GET {to}")).text(), "v");
    }
    converted.done("undo", &redis.url(), &[]);
    assert_eq!(redis.content(), before);
}

fn streams() {
    let (converted, redis) = (Converted::sqlite(3), Redis::start(&[]));
    let lines = [
        "XADD log:1 1-1 user 1",
        "XADD log:1 1-2 user 2",
        "XGROUP CREATE log:1 workers 0",
        "XREADGROUP GROUP workers ann COUNT 1 STREAMS log:1 >",
    ];
    load(&mut redis.client(), &lines.map(str::to_owned));
    let full = |key: &str| redis.done(&format!("XINFO STREAM {key} FULL"));
    let (before, groups) = (redis.content(), full("log:1"));
    let told = converted.done(
        "rewrite",
        &redis.url(),
        &["--rule", "log:{SCHEMA.users.id}", "--values", "log:*={SCHEMA.users.id}"],
    );
    assert_eq!((counts(&told), told["skipped"].as_u64()), ([2, 1, 0, 0], Some(1)), "{told:#}");
    assert!(told["skipped_keys"][0]["reason"].as_str().unwrap().contains("entries of a stream"), "{told:#}");
    assert_eq!(full(&format!("log:{}", converted.user(1))), groups, "groups, consumers and what is pending stay");
    converted.done("undo", &redis.url(), &[]);
    assert_eq!((redis.content(), full("log:1")), (before, groups));
}

fn sentinel() {
    let (converted, folder) = (Converted::sqlite(1), tempfile::tempdir().unwrap());
    let file = folder.path().join("sentinel.conf");
    std::fs::write(&file, "sentinel resolve-hostnames no\n").unwrap();
    let redis = Redis::sentinel(&file);
    let answer = converted.redis("rewrite", &redis.url(), &["--rule", "u:{SCHEMA.users.id}", "--yes"]).expect(3);
    assert_eq!(answer.failure()["code"], "RK-R03", "{answer}");
    assert!(answer.failure()["what"].as_str().unwrap().contains("Sentinel"), "{answer}");
    converted.rekey.json(&["redis", "scan", &redis.url()]).expect(3).failure();
}

fn lacking() {
    let (converted, redis) = (Converted::sqlite(3), Redis::start(&["--rename-command", "SREM", ""]));
    load(&mut redis.client(), &["SADD online 1 2".to_owned(), "SET user:1 a".to_owned()]);
    let rules = ["--members", "online={SCHEMA.users.id}", "--rule", "user:{SCHEMA.users.id}"];
    let told = converted.done("rewrite", &redis.url(), &rules);
    assert_eq!((counts(&told), told["skipped"].as_u64()), ([2, 1, 0, 0], Some(1)), "{told:#}");
    assert!(told["skipped_keys"][0]["reason"].as_str().unwrap().contains("unknown command"), "{told:#}");
    assert_eq!(redis.done("SCARD online"), Reply::Int(2), "the transaction was not begun");
}
