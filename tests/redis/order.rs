//! Whichever goes back first, the database or Redis: both come to where they began.

use libtest_mimic::Trial;

use super::{Converted, counts, load, shown};
use crate::support::failpoints::Stopped;
use crate::support::mysql::Product;
use crate::support::redis::Redis;
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_postgres, new_sqlite};
use crate::support::subject_mysql::new_mysql;

/// One trial per product.
pub fn trials() -> Vec<Trial> {
    let of = |product: &str, needs: Requirement, test: fn()| {
        trial(&format!("redis::order::the_database_goes_back_first::{product}"), &[Requirement::Redis, needs], test)
    };
    vec![
        of("sqlite", Requirement::SqliteTool, || there_and_back(new_sqlite("redis_order"))),
        of("postgres", Requirement::Postgres, || there_and_back(new_postgres("redis_order"))),
        of("mariadb", Requirement::Mariadb, || there_and_back(new_mysql(Product::Mariadb, "redis_order"))),
        of("mysql", Requirement::Mysql, || there_and_back(new_mysql(Product::Mysql, "redis_order"))),
        wide_on(Product::Mariadb, Requirement::Mariadb),
        wide_on(Product::Mysql, Requirement::Mysql),
        shown(
            "redis::order::a_way_back_cut_off_in_its_last_step_goes_on",
            &[Requirement::Redis, Requirement::SqliteTool, Requirement::Failpoints],
            letting_go,
        ),
        cut_off_on(Product::Mariadb, Requirement::Mariadb),
        cut_off_on(Product::Mysql, Requirement::Mysql),
    ]
}

fn there_and_back(subject: Box<dyn Subject>) {
    let rows: Vec<String> = (1..=40).map(|id| format!("({id}, 'user {id}')")).collect();
    let converted = Converted::new(
        subject,
        &format!(
            "CREATE TABLE users (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100)); INSERT INTO users VALUES {}",
            rows.join(", ")
        ),
    );
    let redis = Redis::start(&[]);
    load(&mut redis.client(), &(1..=40).map(|id| format!("SET user_sessions:{id} {id}")).collect::<Vec<_>>());
    let before = redis.content();
    let told = converted.done("rewrite", &redis.url(), &["--rule", "user_sessions:{SCHEMA.users.id}"]);
    assert_eq!(counts(&told), [40, 40, 0, 0], "{told:#}");
    let status = || converted.rekey.done(&["status", &converted.target()]);
    let told = status();
    assert_eq!(
        (&told["redis"][0]["state"], &told["redis"][0]["rewritten"]),
        (&"rewritten".into(), &40.into()),
        "{told:#}"
    );
    assert!(!told["sentence"].as_str().unwrap().contains("pending"), "{told:#}");
    // A user who came since, with a session of the new kind.
    let late = "f18f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04";
    // MySQL keeps UUIDs as 16 bytes.
    let stored =
        if converted.subject.product() == "mysql" { format!("UUID_TO_BIN('{late}')") } else { format!("'{late}'") };
    converted.subject.execute(&format!("INSERT INTO users VALUES ({stored}, 'late')"));
    redis.done(&format!("SET user_sessions:{late} late"));
    let shown = converted.rekey.json(&["undo", &converted.target(), "--run", &converted.run]).expect(2);
    let sent: Vec<&str> =
        shown.json["statements"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    let copy = |start: &str| sent.iter().filter(|one| one.starts_with(start) && one.contains("redis_")).count();
    assert_eq!(["DROP TABLE", "CREATE TABLE", "INSERT INTO"].map(copy), [1, 1, 1], "{shown}");
    let undone = converted.rekey.json(&["undo", &converted.target(), "--run", &converted.run, "--yes"]).expect(0);
    assert_eq!(undone.json["state"], "undone");
    assert!(undone.outcome.stderr.contains("rekey redis undo"), "{undone}");
    assert!(status()["sentence"].as_str().unwrap().contains("Redis is pending: ids of run"), "{:#}", status());
    let again = converted.redis("rewrite", &redis.url(), &["--rule", "user_sessions:{SCHEMA.users.id}", "--yes"]);
    assert_eq!(again.expect(3).failure()["code"], "RK-C03");
    let back = converted.done("undo", &redis.url(), &[]);
    assert_eq!(counts(&back), [41, 41, 0, 0], "{back:#}");
    let fresh = converted.subject.answer("SELECT id FROM users WHERE name = 'late'");
    assert_eq!(redis.done(&format!("GET user_sessions:{}", fresh.trim())).text(), "late");
    redis.done(&format!("DEL user_sessions:{}", fresh.trim()));
    assert_eq!(redis.content(), before);
    assert!(!status()["sentence"].as_str().unwrap().contains("pending"), "{:#}", status());
    let kept = String::from_utf8_lossy(&converted.subject.journal()).into_owned();
    let live = converted.subject.product() != "sqlite";
    assert!(!live || !kept.contains("redis"), "nothing of it stays in the database: {kept}");
    let gone = converted.redis("undo", &redis.url(), &["--yes"]).expect(2);
    assert!(gone.failure()["what"].as_str().unwrap().contains("is known"), "{gone}");
}

fn wide_on(product: Product, needs: Requirement) -> Trial {
    let name = format!("redis::order::numbers_beyond_the_signed_ones::{}", product.name());
    trial(&name, &[Requirement::Redis, needs], move || wide(product))
}

fn wide(product: Product) {
    let converted = Converted::new(
        new_mysql(product, "redis_wide"),
        "CREATE TABLE users (id BIGINT UNSIGNED NOT NULL PRIMARY KEY); INSERT INTO users VALUES (1), (9223372036854775808), (18446744073709551615)",
    );
    let redis = Redis::start(&[]);
    let ids = ["1", "9223372036854775808", "18446744073709551615", "-1"];
    load(&mut redis.client(), &ids.map(|id| format!("SET user_sessions:{id} {id}")));
    let before = redis.content();
    let told = converted.done("rewrite", &redis.url(), &["--rule", "user_sessions:{SCHEMA.users.id}"]);
    assert_eq!(counts(&told), [4, 3, 1, 0], "{told:#}");
    let new = &converted.map[&("users.id".to_owned(), ids[2].to_owned())];
    assert_eq!(redis.done(&format!("GET user_sessions:{new}")).text(), ids[2]);
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [3, 3, 0, 0]);
    assert_eq!(redis.content(), before);
}

// Note and maps go together.
fn letting_go() {
    let (mut converted, redis) = (Converted::sqlite(3), Redis::start(&[]));
    load(&mut redis.client(), &[1, 2, 3].map(|id| format!("SET user_sessions:{id} {id}")));
    let before = redis.content();
    converted.done("rewrite", &redis.url(), &["--rule", "user_sessions:{SCHEMA.users.id}"]);
    converted.rekey.done(&["undo", &converted.target(), "--run", &converted.run, "--yes"]);
    let arguments = converted.arguments("undo", &redis.url(), &["--yes", "--json"]);
    let home = std::mem::replace(&mut converted.rekey, Rekey::new(None));
    let (home, mut stopped) =
        Stopped::at(home, "redis.letting_go", &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    stopped.process.kill();
    converted.rekey = home;
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [0, 0, 0, 0]);
    assert_eq!(redis.content(), before);
    let left = "SELECT count(*) FROM sqlite_master WHERE name GLOB '_rekey*'";
    assert_eq!(converted.subject.answer(left).trim(), "0", "nothing of it stays");
}

fn cut_off_on(product: Product, needs: Requirement) -> Trial {
    let name = format!("redis::order::an_undo_cut_off_in_its_last_step_goes_on::{}", product.name());
    trial(&name, &[Requirement::Redis, Requirement::Failpoints, needs], move || cut_off(product))
}

// The maps are gone already, and what was to stay of them for Redis was kept before.
fn cut_off(product: Product) {
    let mut converted = Converted::new(
        new_mysql(product, "redis_cut_off"),
        "CREATE TABLE users (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100)); INSERT INTO users VALUES (1, 'ann'), (2, 'ben')",
    );
    let redis = Redis::start(&[]);
    load(&mut redis.client(), &["SET user_sessions:1 a".to_owned(), "SET user_sessions:2 b".to_owned()]);
    let before = redis.content();
    converted.done("rewrite", &redis.url(), &["--rule", "user_sessions:{SCHEMA.users.id}"]);
    let (target, run) = (converted.target(), converted.run.clone());
    let home = std::mem::replace(&mut converted.rekey, Rekey::new(None));
    let (home, mut stopped) =
        Stopped::at(home, "step.clean_up.after", &["undo", &target, "--run", &run, "--yes", "--json"]);
    stopped.process.kill();
    converted.rekey = home;
    let resumed = converted.rekey.json(&["resume", &target, "--run", &run]).expect(0);
    assert_eq!(resumed.json["state"], "undone", "{resumed}");
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [2, 2, 0, 0]);
    assert_eq!(redis.content(), before);
    assert_eq!(
        converted
            .subject
            .answer("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()")
            .trim(),
        "1"
    );
}
