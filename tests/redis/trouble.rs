//! What goes wrong with a server: gone, read-only, full, forbidden, and behind TLS.

use std::process::Command;
use std::time::Duration;

use libtest_mimic::Trial;

use super::{Converted, counts, load, renamed};
use crate::support::failpoints::Stopped;
use crate::support::process::{find_program, finish, free_port};
use crate::support::redis::{Redis, Reply};
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};

const RULE: &str = "user_sessions:{SCHEMA.users.id}";

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let needs = [Requirement::Redis, Requirement::SqliteTool];
    let of = |name: &str, test: fn()| trial(&format!("redis::trouble::{name}"), &needs, test);
    let failing = [Requirement::Redis, Requirement::SqliteTool, Requirement::Failpoints];
    vec![
        of("a_server_that_is_not_there", nobody),
        of("a_replica_takes_no_writes", replica),
        of("a_full_server_takes_no_more", full),
        of("a_user_without_the_right", forbidden),
        of("a_certificate_of_an_own_authority", tls),
        of("what_is_written_meanwhile_is_rewritten_too", meanwhile),
        of("what_is_written_to_a_key_at_that_moment_stays", at_once),
        trial("redis::trouble::killed_and_started_again_meanwhile", &failing, restarted),
        trial("redis::trouble::killed_inside_a_key", &failing, killed_inside),
        trial("redis::trouble::killed_and_taken_back_at_once", &failing, taken_back),
        trial("redis::trouble::stopped_by_ctrl_c", &failing, interrupted),
    ]
}

fn filled(users: u32, settings: &[&str]) -> Redis {
    let redis = Redis::start(settings);
    load(&mut redis.client(), &(1..=users).map(|id| format!("SET user_sessions:{id} {id}")).collect::<Vec<_>>());
    redis
}

fn nobody() {
    let converted = Converted::sqlite(2);
    let url = format!("redis://127.0.0.1:{}", free_port());
    let answer = converted.redis("rewrite", &url, &["--rule", RULE, "--yes"]).expect(1);
    assert_eq!(answer.failure()["code"], "RK-R04", "{answer}");
    assert!(answer.failure()["state_sentence"].as_str().unwrap().starts_with("Nothing was changed"));
    converted.rekey.json(&["redis", "scan", &url]).expect(1).failure();
}

fn replica() {
    let (converted, redis) = (Converted::sqlite(5), filled(5, &[]));
    let before = redis.content();
    redis.done(&format!("REPLICAOF 127.0.0.1 {}", free_port()));
    let answer = converted.redis("rewrite", &redis.url(), &["--rule", RULE, "--yes", "--retry-for", "1"]);
    let answer = answer.expect(1);
    assert_eq!(answer.failure()["code"], "RK-R06", "{answer}");
    assert!(answer.failure()["what"].as_str().unwrap().contains("READONLY"), "{answer}");
    assert_eq!(redis.content(), before);
    redis.done("REPLICAOF NO ONE");
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &["--rule", RULE])), [5, 5, 0, 0]);
}

fn full() {
    let (converted, redis) = (Converted::sqlite(50), filled(50, &["--maxmemory-policy", "noeviction"]));
    load(
        &mut redis.client(),
        &[format!("SADD online {}", (1..=50).map(|id| id.to_string()).collect::<Vec<_>>().join(" "))],
    );
    let before = redis.content();
    redis.done("CONFIG SET maxmemory 1");
    let answer =
        converted.redis("rewrite", &redis.url(), &["--members", "online={SCHEMA.users.id}", "--yes"]).expect(1);
    let failure = answer.failure();
    assert_eq!(failure["code"], "RK-R05", "{answer}");
    assert!(failure["why"].as_str().unwrap().contains("maxmemory"), "{answer}");
    assert_eq!(redis.content(), before);
    redis.done("CONFIG SET maxmemory 0");
    let told = converted.done("rewrite", &redis.url(), &["--members", "online={SCHEMA.users.id}"]);
    assert_eq!(counts(&told), [50, 50, 0, 0]);
}

fn forbidden() {
    let (converted, redis) = (Converted::sqlite(5), filled(5, &[]));
    let before = redis.content();
    redis.done("ACL SETUSER ann on >secret-of-ann ~* +@read +@connection +dbsize +info");
    let url = format!("redis://ann@127.0.0.1:{}", redis.port());
    let file = converted.rekey.file("redis-password");
    std::fs::write(&file, "secret-of-ann\n").unwrap();
    let with = ["--redis-password-file", file.as_str(), "--rule", RULE, "--yes"];
    let answer = converted.redis("rewrite", &url, &with).expect(1);
    assert_eq!(answer.failure()["code"], "RK-R05", "{answer}");
    assert!(answer.failure()["what"].as_str().unwrap().contains("NOPERM"), "{answer}");
    std::fs::write(&file, "another\n").unwrap();
    let answer = converted.redis("rewrite", &url, &with).expect(1);
    assert!(answer.failure()["why"].as_str().unwrap().contains("password"), "{answer}");
    assert_eq!(redis.content(), before);
    // A password in the address is taken, and warned of without repeating it.
    redis.done("ACL SETUSER ann +@write");
    let answer =
        converted.redis("rewrite", &url.replace("ann@", "ann:secret-of-ann@"), &["--rule", RULE, "--yes"]).expect(0);
    assert!(answer.outcome.stderr.contains("the password in the address"), "{answer}");
    assert!(!(answer.outcome.text() + &answer.outcome.stderr).contains("secret-of-ann"), "{answer}");
    assert_eq!(counts(&answer.json), [5, 5, 0, 0]);
    let kept = String::from_utf8_lossy(&converted.subject.journal()).into_owned();
    assert!(
        kept.contains("user_sessions:") && !kept.contains("secret-of-ann"),
        "the rules are kept, the password is not"
    );
}

fn tls() {
    if find_program("openssl").is_none() {
        eprintln!("skipped: redis::trouble::a_certificate_of_an_own_authority: openssl is not installed");
        return;
    }
    let converted = Converted::sqlite(5);
    let folder = converted.rekey.home().to_owned();
    let openssl = |words: &str| {
        let made = finish(Command::new("openssl").args(words.split(' ')).current_dir(&folder), None);
        assert_eq!(made.code, Some(0), "openssl {words}: {}", made.stderr);
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    openssl(&format!(
        "req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority -addext basicConstraints=critical,CA:TRUE"
    ));
    openssl(&format!("req {key} -keyout own.key -out own.csr -subj /CN=localhost"));
    std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n").unwrap();
    openssl("x509 -req -in own.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out own.pem -days 2 -extfile names");
    let secure = free_port().to_string();
    let file = |name: &str| folder.join(name).display().to_string();
    let (cert, key, ca) = (file("own.pem"), file("own.key"), file("ca.pem"));
    let redis = filled(
        5,
        &[
            "--tls-port",
            &secure,
            "--tls-cert-file",
            &cert,
            "--tls-key-file",
            &key,
            "--tls-ca-cert-file",
            &ca,
            "--tls-auth-clients",
            "no",
        ],
    );
    let url = format!("rediss://127.0.0.1:{secure}");
    let before = redis.content();
    let stranger = converted.redis("rewrite", &url, &["--rule", RULE, "--yes"]).expect(1);
    assert_eq!(stranger.failure()["code"], "RK-R04", "an unknown authority is not trusted: {stranger}");
    assert_eq!(redis.content(), before);
    let told = converted.done("rewrite", &url, &["--redis-ca", &ca, "--rule", RULE]);
    assert_eq!(counts(&told), [5, 5, 0, 0], "{told:#}");
}

// Stops the command in the middle, does something to the server, and lets a new one go on.
fn restarted() {
    let (mut converted, mut redis) = (Converted::sqlite(200), filled(200, &[]));
    let after =
        renamed(&redis.content(), |key| format!("user_sessions:{}", converted.user(key[14..].parse().unwrap())));
    let arguments = converted.arguments("rewrite", &redis.url(), &["--rule", RULE, "--yes", "--json", "--rate", "50"]);
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let home = std::mem::replace(&mut converted.rekey, Rekey::new(None));
    let (home, mut stopped) = Stopped::at(home, "redis.renamed#3", &words);
    redis.kill();
    stopped.process.kill();
    converted.rekey = home;
    let answer = converted.redis("rewrite", &redis.url(), &["--rule", RULE, "--yes", "--retry-for", "1"]).expect(1);
    assert_eq!(answer.failure()["code"], "RK-R04", "{answer}");
    let status = converted.rekey.done(&["status", &converted.target()]);
    assert!(status["sentence"].as_str().unwrap().contains("Redis is pending"), "{status:#}");
    assert_eq!(status["state"], "converted", "the database is at rest");
    redis.start_again();
    let left = redis.content();
    assert_eq!(left.len(), 200, "nothing is lost");
    assert!(left.keys().any(|key| after.contains_key(key)) && left != after, "it was stopped in the middle");
    let told = converted.done("rewrite", &redis.url(), &["--rule", RULE]);
    assert!(counts(&told)[1] < 200, "{told:#}");
    assert_eq!(redis.content(), after);
    let status = converted.rekey.done(&["status", &converted.target()]);
    assert!(!status["sentence"].as_str().unwrap().contains("pending"), "{status:#}");
}

// What the first command noted before it touched a key is all that the way back has.
fn taken_back() {
    let (mut converted, redis) = (Converted::sqlite(50), filled(50, &[]));
    let before = redis.content();
    let arguments = converted.arguments("rewrite", &redis.url(), &["--rule", RULE, "--yes", "--json"]);
    let home = std::mem::replace(&mut converted.rekey, Rekey::new(None));
    let (home, mut stopped) =
        Stopped::at(home, "redis.renamed", &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_ne!(redis.content(), before, "keys were renamed");
    stopped.process.kill();
    converted.rekey = home;
    assert_eq!(counts(&converted.done("undo", &redis.url(), &[])), [50, 50, 0, 0]);
    assert_eq!(redis.content(), before);
}

fn killed_inside() {
    let (mut converted, redis) = (Converted::sqlite(1_200), Redis::start(&["--appendfsync", "no"]));
    let ids: Vec<String> = (1..=1_200).map(|id| id.to_string()).collect();
    load(&mut redis.client(), &[format!("SADD online {}", ids.join(" ")), format!("RPUSH queue {}", ids.join(" "))]);
    let before = redis.content();
    let rules = ["--members", "online={SCHEMA.users.id}", "--items", "queue={SCHEMA.users.id}"];
    for point in ["redis.inside", "redis.inside#2", "redis.inside#4"] {
        let arguments = converted.arguments("rewrite", &redis.url(), &[&rules[..], &["--yes", "--json"]].concat());
        let home = std::mem::replace(&mut converted.rekey, Rekey::new(None));
        let (home, mut stopped) = Stopped::at(home, point, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        stopped.process.kill();
        converted.rekey = home;
        let told = converted.done("rewrite", &redis.url(), &rules);
        assert_eq!(told["unmapped"], 0, "{told:#}");
        assert_eq!(redis.done("LINDEX queue 1199").text(), converted.user(1_200));
        assert_eq!(redis.done("SCARD online"), Reply::Int(1_200));
        converted.done("undo", &redis.url(), &[]);
        assert_eq!(redis.content(), before, "killed at {point}");
    }
}

// The only page of SCAN is read before the first key is renamed, so another pass must find them.
fn meanwhile() {
    let (converted, redis) = (Converted::sqlite(210), filled(200, &[]));
    let arguments = converted.arguments("rewrite", &redis.url(), &["--rule", RULE, "--yes", "--json", "--rate", "100"]);
    let mut command = converted.rekey.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let output = converted.rekey.path("output");
    let file = std::fs::File::create(&output).unwrap();
    command.stdout(file.try_clone().unwrap()).stderr(std::process::Stdio::null());
    let mut process = crate::support::process::Reaped::spawn(&mut command);
    crate::support::process::until("the first keys", Duration::from_secs(60), || {
        (redis.done("KEYS user_sessions:*-*") != Reply::List(Vec::new())).then_some(())
    });
    load(&mut redis.client(), &(201..=210).map(|id| format!("SET user_sessions:{id} {id}")).collect::<Vec<_>>());
    let ended = crate::support::process::until("the end", Duration::from_secs(60), || process.0.try_wait().unwrap());
    let told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&output).unwrap()).unwrap();
    assert_eq!(ended.code(), Some(0), "{told:#}");
    assert_eq!((counts(&told), told["written_meanwhile"].as_u64()), ([210, 210, 0, 0], Some(10)), "{told:#}");
    let Reply::List(keys) = redis.done("KEYS *") else { panic!("no list") };
    assert!(keys.iter().all(|key| key.text().contains('-')), "{keys:?}");
}

// The server holds all writes back, in their order: somebody's first, then the command's. When they
// are let through, what the command has read is not what is there any more.
fn at_once() {
    let (converted, redis) = (Converted::sqlite(5), Redis::start(&[]));
    let document = |id: &str, text: &str| format!("{{\"id\":{id},\"text\":\"{text}\"}}");
    redis.done(&format!("SET s:1 {}", document("5", "old")));
    redis.done("CLIENT PAUSE 60000 WRITE");
    let waiting = |number: u32| {
        crate::support::process::until("those who wait", Duration::from_secs(30), || {
            redis.done("INFO clients").text().contains(&format!("blocked_clients:{number}\r")).then_some(())
        });
    };
    let written = document("5", "new");
    let mut somebody = redis.client();
    let somebody = std::thread::spawn(move || somebody.say(&[b"SET", b"s:1", written.as_bytes()]));
    waiting(1);
    let rules = ["--json-value", "s:*=$.id={SCHEMA.users.id}", "--yes", "--json"];
    let arguments = converted.arguments("rewrite", &redis.url(), &rules);
    let mut command = converted.rekey.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut process = crate::support::process::Reaped::spawn(&mut command);
    waiting(2);
    redis.done("CLIENT UNPAUSE");
    let ended = crate::support::process::until("the end", Duration::from_secs(60), || process.0.try_wait().unwrap());
    assert_eq!((ended.code(), somebody.join().unwrap()), (Some(0), Reply::Bytes(b"OK".to_vec())));
    assert_eq!(redis.done("GET s:1").text(), document(&format!("\"{}\"", converted.user(5)), "new"));
}

fn interrupted() {
    let (converted, redis) = (Converted::sqlite(400), filled(400, &[]));
    let before = redis.content();
    let arguments = converted.arguments("rewrite", &redis.url(), &["--rule", RULE, "--yes", "--json", "--rate", "40"]);
    let mut command = converted.rekey.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let output = converted.rekey.path("output");
    let file = std::fs::File::create(&output).unwrap();
    command.stdout(file.try_clone().unwrap()).stderr(std::process::Stdio::null());
    let mut process = crate::support::process::Reaped::spawn(&mut command);
    crate::support::process::until("the first keys", Duration::from_secs(60), || {
        (redis.done("KEYS user_sessions:*-*") != Reply::List(Vec::new())).then_some(())
    });
    let pid = process.0.id().to_string();
    assert_eq!(finish(Command::new("kill").args(["-INT", &pid]), None).code, Some(0));
    let ended = crate::support::process::until("the end", Duration::from_secs(30), || process.0.try_wait().unwrap());
    let told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&output).unwrap()).unwrap();
    assert_eq!(ended.code(), Some(5), "{told:#}");
    assert_eq!(told["failure"]["code"], "RK-R07");
    assert!(told["failure"]["state_sentence"].as_str().unwrap().contains("goes on from there"), "{told:#}");
    let done = told["rewritten"].as_u64().unwrap();
    assert!(done > 0 && done < 400, "{told:#}");
    let new = redis.content().keys().filter(|key| !before.contains_key(*key)).count();
    assert_eq!(new as u64, done, "it tells what it did");
    assert_eq!(counts(&converted.done("rewrite", &redis.url(), &["--rule", RULE])), [400 - done, 400 - done, 0, 0]);
}
