//! A cluster of three masters: keys that change their slot, slots that change their node.

use libtest_mimic::Trial;

use super::{Converted, counts, renamed, shown};
use crate::support::failpoints::Stopped;
use crate::support::process::{Reaped, until};
use crate::support::redis::{Cluster, Reply};
use crate::support::requirement::Requirement;

const RULE: &str = "user_sessions:{SCHEMA.users.id}";

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let needs = [Requirement::Redis, Requirement::SqliteTool];
    let failing = [Requirement::Redis, Requirement::SqliteTool, Requirement::Failpoints];
    vec![
        shown("redis::cluster::keys_change_their_slots", &needs, there_and_back),
        shown("redis::cluster::taken_names_and_large_contents", &needs, taken),
        shown("redis::cluster::a_slot_is_moved_meanwhile", &failing, moved),
        shown("redis::cluster::killed_at_every_point", &failing, killed),
    ]
}

fn filled(users: u32) -> Cluster {
    let cluster = Cluster::start();
    for id in 1..=users {
        let key = format!("user_sessions:{id}");
        let line = match id % 5 {
            3 => {
                cluster.done(&key, &format!("XGROUP CREATE {key} workers 0 MKSTREAM"));
                format!("XADD {key} 1-1 n {id}")
            }
            0 => format!("SET {key} text{id} PXAT 41024448{id:05}"),
            1 => format!("HSET {key} n {id} name user{id}"),
            2 => format!("ZADD {key} {id} a 1.5 b"),
            _ => format!("RPUSH {key} a b {id}"),
        };
        cluster.done(&key, &line);
    }
    cluster.done("{user:3}:cart", "SET {user:3}:cart kept");
    cluster
}

fn expected(
    converted: &Converted,
    cluster: &Cluster,
) -> std::collections::BTreeMap<Vec<u8>, crate::support::redis::Held> {
    renamed(&cluster.content(), |key| match key.strip_prefix("user_sessions:").and_then(|id| id.parse().ok()) {
        Some(id) => format!("user_sessions:{}", converted.user(id)),
        None => key.to_owned(),
    })
}

fn there_and_back() {
    let (converted, cluster) = (Converted::sqlite(120), filled(120));
    let (before, after) = (cluster.content(), expected(&converted, &cluster));
    let told = converted.rekey.done(&["redis", "scan", &cluster.url()]);
    assert_eq!(
        (told["cluster"].as_bool(), told["masters"].as_u64(), told["keys"].as_u64()),
        (Some(true), Some(3), Some(121)),
        "{told:#}"
    );
    assert_eq!(told["templates"][0]["count"], 120, "every master is looked at: {told:#}");
    let told = converted.done("rewrite", &cluster.url(), &["--rule", RULE]);
    assert_eq!(counts(&told), [120, 120, 0, 0], "{told:#}");
    assert_eq!(cluster.content(), after);
    let stream = format!("user_sessions:{}", converted.user(3));
    assert_ne!(cluster.slot(&stream), cluster.slot("user_sessions:3"));
    let Reply::List(groups) = cluster.done(&stream, &format!("XINFO GROUPS {stream}")) else { panic!("no groups") };
    assert_eq!(groups.len(), 1, "a stream keeps its groups");
    let crossed = (1..=120)
        .filter(|id| {
            cluster.slot(&format!("user_sessions:{id}"))
                != cluster.slot(&format!("user_sessions:{}", converted.user(*id)))
        })
        .count();
    assert!(crossed > 100, "only {crossed} keys changed their slot");
    let tagged = converted.done("rewrite", &cluster.nodes[2].url(), &["--rule", "{user:{SCHEMA.users.id}}:cart"]);
    assert_eq!(counts(&tagged), [1, 1, 0, 0], "{tagged:#}");
    assert_eq!(counts(&converted.done("undo", &cluster.url(), &[])), [120, 120, 0, 0]);
    assert_eq!(counts(&converted.done("undo", &cluster.nodes[2].url(), &[])), [1, 1, 0, 0]);
    assert_eq!(cluster.content(), before);
}

fn taken() {
    let (converted, cluster) = (Converted::sqlite(8), filled(8));
    let other = format!("user_sessions:{}", converted.user(5));
    cluster.done(&other, &format!("SET {other} another"));
    // What a stopped move leaves: both, and the same in both, though a set lies in another order there.
    let members: Vec<String> = (0..2_000).map(|number| format!("m{number}")).collect();
    cluster.done("user_sessions:6", "DEL user_sessions:6");
    cluster.done("user_sessions:6", &format!("SADD user_sessions:6 {}", members.join(" ")));
    let twin = format!("user_sessions:{}", converted.user(6));
    let reversed: Vec<String> = members.iter().rev().cloned().collect();
    cluster.done(&twin, &format!("SADD {twin} {}", reversed.join(" ")));
    let told = converted.done("rewrite", &cluster.url(), &["--rule", RULE]);
    assert_eq!(counts(&told), [8, 7, 0, 1], "{told:#}");
    assert_eq!(told["conflict_keys"][0]["before"], "user_sessions:5");
    let content = cluster.content();
    assert!(content.contains_key(b"user_sessions:5".as_slice()), "both stay");
    assert_eq!(content[other.as_bytes()].0, [Reply::Bytes(b"another".to_vec())]);
    assert!(!content.contains_key(b"user_sessions:6".as_slice()));
    assert_eq!(content[twin.as_bytes()].0.len(), 2_000);
}

// The command stands still in the middle of its work while a slot is half moved; it meets ASK and
// goes on, follows MOVED, and loses nothing.
fn moved() {
    let (mut converted, cluster) = (Converted::sqlite(120), filled(120));
    let after = expected(&converted, &cluster);
    let key = (1..=120).map(|id| format!("user_sessions:{id}")).find(|key| cluster.slot(key) <= 5460).unwrap();
    let slot = cluster.slot(&key);
    let (from, to) = (cluster.id(0), cluster.id(1));
    cluster.nodes[1].done(&format!("CLUSTER SETSLOT {slot} IMPORTING {from}"));
    cluster.nodes[0].done(&format!("CLUSTER SETSLOT {slot} MIGRATING {to}"));
    cluster.nodes[0].done(&format!("MIGRATE 127.0.0.1 {} {key} 0 5000", cluster.nodes[1].port()));
    let output = converted.rekey.path("output");
    let file = std::fs::File::create(&output).unwrap();
    let arguments =
        converted.arguments("rewrite", &cluster.url(), &["--rule", RULE, "--yes", "--json", "--progress", "none"]);
    let mut command = converted.rekey.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    command.stdout(file.try_clone().unwrap()).stderr(file);
    let mut process = Reaped::spawn(&mut command);
    let ended = until("the command", std::time::Duration::from_secs(60), || process.0.try_wait().unwrap());
    let said = std::fs::read_to_string(&output).unwrap();
    assert_eq!(ended.code(), Some(0), "{said}");
    // Now the slot changes its owner in the middle of the way back.
    let points: Vec<String> = converted.arguments("undo", &cluster.url(), &["--yes", "--json"]);
    let words: Vec<&str> = points.iter().map(String::as_str).collect();
    assert_eq!(content_of_all(&cluster), after.keys().cloned().collect::<Vec<_>>());
    let (rekey, mut stopped) = Stopped::at(
        std::mem::replace(&mut converted.rekey, crate::support::rekey::Rekey::new(None)),
        "redis.restored",
        &words,
    );
    converted.rekey = rekey;
    for node in &cluster.nodes[..2] {
        node.done(&format!("CLUSTER SETSLOT {slot} NODE {to}"));
    }
    let Reply::List(left) = cluster.nodes[0].done(&format!("CLUSTER GETKEYSINSLOT {slot} 100")) else {
        panic!("no list")
    };
    assert!(left.is_empty(), "{left:?} stayed behind");
    stopped.process.kill();
    let told = converted.done("undo", &cluster.url(), &[]);
    assert_eq!(told["complete"], true);
    assert!(cluster.nodes[1].content().contains_key(key.as_bytes()), "the slot is on the second node now");
    assert_eq!(cluster.content().len(), 121);
}

fn content_of_all(cluster: &Cluster) -> Vec<Vec<u8>> {
    cluster.content().into_keys().collect()
}

// Whatever a killed command left, the next one takes it to the same end.
fn killed() {
    let (mut converted, cluster) = (Converted::sqlite(40), filled(40));
    let (before, after) = (cluster.content(), expected(&converted, &cluster));
    let points = [
        "redis.batch",
        "redis.renamed",
        "redis.dumped",
        "redis.restored",
        "redis.compared",
        "redis.unlinked",
        "redis.restored#2",
    ];
    for point in points {
        for (verb, rules, end) in [("rewrite", &["--rule", RULE][..], &after), ("undo", &[][..], &before)] {
            let arguments = converted.arguments(verb, &cluster.url(), &[rules, &["--yes", "--json"]].concat());
            let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let home = std::mem::replace(&mut converted.rekey, crate::support::rekey::Rekey::new(None));
            let (rekey, mut stopped) = Stopped::at(home, point, &words);
            stopped.process.kill();
            converted.rekey = rekey;
            let told = converted.done(verb, &cluster.url(), rules);
            assert_eq!(counts(&told)[2..], [0, 0], "killed at {point}: {told:#}");
            assert_eq!(&cluster.content(), end, "killed at {point}");
        }
    }
}
