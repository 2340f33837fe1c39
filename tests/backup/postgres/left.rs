//! What is left behind, and what is not: passwords that change while a copy is restored,
//! sessions that are ended, processes that are killed.

use libtest_mimic::Trial;
use serde_json::Value;

use super::{back_up, nothing_left, own_server, shim, words};
use crate::support::dump::assert_same;
use crate::support::postgres::{Database, Server, literal, quoted};
use crate::support::process::{LIMIT, Reaped, until};
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};

/// All of them.
pub fn trials() -> Vec<Trial> {
    let needs = &[Requirement::Postgres];
    vec![
        trial("backup::postgres::password_changed_while_restoring", needs, password_changed),
        trial("backup::postgres::scratch_is_named_where_it_cannot_go", needs, cannot_go),
        trial("backup::postgres::scratch_left_over_is_shown_and_removed", needs, left_over),
    ]
}

const SCHEMA: &str = "CREATE TABLE item (id integer PRIMARY KEY, a text); INSERT INTO item SELECT n, n::text FROM generate_series(1, 1000) n";

fn copies(server: &'static Server) -> Vec<String> {
    let database = Database::create_on(server, "asks");
    let rows = database.query("SELECT datname FROM pg_database WHERE datname LIKE 'rekey!_copy!_%' ESCAPE '!'");
    rows.into_iter().flatten().flatten().collect()
}

// As somebody whose password is changed while the copy is being restored.
fn keeper(server: &'static Server) -> (Database, Rekey, Vec<String>) {
    server.sql("postgres", &format!("CREATE ROLE keeper SUPERUSER LOGIN PASSWORD {}", literal(server.password())));
    let database = Database::create_on(server, "shop");
    database.execute(SCHEMA);
    let url = server.url("shop").replace("postgres@", "keeper@");
    let words = ["backup", &url, "--dir", "out"].map(str::to_owned).to_vec();
    (database, Rekey::new(Some(server.password())), words)
}

fn change(server: &Server, word: &str) {
    server.sql("postgres", &format!("ALTER ROLE keeper PASSWORD {}", literal(word)));
}

// The session that made the scratch database is still in, and takes it away.
fn password_changed() {
    let server = own_server();
    let (_database, rekey, words) = keeper(server);
    let mut seen = Vec::new();
    let answer = shim::while_restoring(&rekey, &words, |_| {
        seen = copies(server);
        change(server, "another");
    });
    assert_eq!(seen.len(), 1, "{seen:?}");
    let told = answer.expect(1).failure().to_string();
    assert!(told.contains("password") && !told.contains("still there"), "{told}");
    assert_eq!(copies(server), Vec::<String>::new());
    nothing_left(&rekey, false);
    change(server, server.password());
    shim::while_restoring(&rekey, &words, |_| ()).expect(0);
    server.stop();
}

// Where that session was ended too, nobody can: it is named, with what removes it.
fn cannot_go() {
    let server = own_server();
    let (_database, rekey, words) = keeper(server);
    let answer = shim::while_restoring(&rekey, &words, |_| {
        change(server, "another");
        server.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'keeper'");
    });
    let answer = answer.expect(1);
    let left = copies(server);
    let [name] = left.as_slice() else { panic!("{left:?}") };
    let (what, remedy) = (answer.failure()["what"].to_string(), answer.failure()["remedy"].to_string());
    assert!(
        what.contains(&format!("the scratch database 127.0.0.1:{}/{name} is still there", server.port())),
        "{what}"
    );
    let by_hand = format!("DROP DATABASE IF EXISTS {};", quoted(name));
    let told = serde_json::from_str::<Vec<String>>(&remedy).unwrap().join("\n");
    assert!(told.contains(&by_hand) && told.contains(&format!("rekey scratch TARGET --remove {name}")), "{told}");
    nothing_left(&rekey, false);
    server.sql("postgres", &by_hand);
    assert_eq!(copies(server), Vec::<String>::new());
    server.stop();
}

fn scratch(rekey: &Rekey, server: &Server, more: &[&str]) -> crate::support::rekey::Answer {
    let url = server.url("shop");
    let words: Vec<&str> = ["scratch", &url].into_iter().chain(more.iter().copied()).collect();
    rekey.json(&words)
}

fn left_over() {
    let server = own_server();
    let database = Database::create_on(server, "shop");
    database.execute(SCHEMA);
    let before = database.dump(&[]);
    let rekey = Rekey::new(Some(server.password()));
    assert_eq!(scratch(&rekey, server, &[]).expect(0).json["scratch"], Value::Array(Vec::new()));
    // While a living one is at work with it, it is shown, and stays.
    let mut name = String::new();
    let answer = shim::while_restoring(&rekey, &words(&database, &[]), |_| {
        let found = scratch(&rekey, server, &[]).expect(0).json;
        name = found["scratch"][0]["name"].as_str().unwrap().to_owned();
        assert_eq!(found["scratch"][0]["in_use"], true, "{found}");
        let user = found["scratch"][0]["used_by"][0]["application"].as_str().unwrap().to_owned();
        assert_eq!(user, format!("rekey keeps {name}"));
        let refused = scratch(&rekey, server, &["--remove", &name, "--yes"]).expect(3);
        assert!(refused.failure()["what"].as_str().unwrap().contains("rekey keeps"), "{refused}");
        let none = scratch(&rekey, server, &["--remove-all", "--yes"]).expect(0).json;
        assert_eq!(none["removed"], Value::Array(Vec::new()));
        assert_eq!(copies(server), [name.clone()]);
    });
    answer.expect(0);
    std::fs::remove_dir_all(rekey.path("out")).unwrap();
    // One that was killed in the middle of the proof leaves it, and its unproven file.
    let mut child = shim::started_restoring(&rekey, &words(&database, &[]));
    child.kill();
    let found = until("the end of its sessions", LIMIT, || {
        let found = scratch(&rekey, server, &["--dir", "out"]).expect(0).json;
        found["scratch"].as_array().unwrap().iter().all(|one| one["in_use"] == false).then_some(found)
    });
    let all = found["scratch"].as_array().unwrap();
    assert_eq!(all.len(), 2, "{found}");
    let (name, file) = (all[0]["name"].as_str().unwrap(), all[1]["name"].as_str().unwrap());
    assert!(all[0]["bytes"].as_u64().unwrap() > 1_000_000 && file.ends_with(".dump.partial"), "{found}");
    stays_while_used(&rekey, server, name);
    assert!(scratch(&rekey, server, &["--remove", name]).expect(2).json["removed"] == Value::Array(Vec::new()));
    scratch(&rekey, server, &["--remove", "shop", "--yes"]).expect(2);
    let gone = scratch(&rekey, server, &["--dir", "out", "--remove", name, file, "--yes"]).expect(0).json;
    assert_eq!(
        (gone["scratch"].as_array().unwrap().len(), gone["removed"].as_array().unwrap().len()),
        (0, 2),
        "{gone}"
    );
    assert_eq!(copies(server), Vec::<String>::new());
    nothing_left_but(&rekey);
    assert_same("the database", &before, &database.dump(&[]));
    back_up(&Rekey::new(Some(server.password())), &database, &[]).expect(0);
    server.stop();
}

// Somebody else's session in it is named and keeps it.
fn stays_while_used(rekey: &Rekey, server: &'static Server, name: &str) {
    let mut command = server.client("psql", name);
    command.args(["-Xqc", "SELECT pg_sleep(600)"]).env("PGAPPNAME", "reports");
    let mut other = Reaped::spawn(&mut command);
    let refused = until("the session", LIMIT, || {
        let answer = scratch(rekey, server, &[]).expect(0).json;
        (answer["scratch"][0]["in_use"] == true).then(|| scratch(rekey, server, &["--remove", name, "--yes"]).expect(3))
    });
    assert!(refused.failure()["what"].as_str().unwrap().contains("(reports)"), "{refused}");
    assert_eq!(copies(server), [name.to_owned()]);
    other.kill();
    server.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reports'");
    until("its end", LIMIT, || {
        let answer = scratch(rekey, server, &[]).expect(0).json;
        (answer["scratch"][0]["in_use"] == false).then_some(())
    });
}

fn nothing_left_but(rekey: &Rekey) {
    let files: Vec<_> = std::fs::read_dir(rekey.path("out")).unwrap().flatten().map(|one| one.path()).collect();
    assert!(files.is_empty(), "{files:?}");
}
