//! Logs that complain, and logs that do not.

use libtest_mimic::Trial;
use serde_json::json;

use super::Home;
use crate::support::requirement::trial;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("services are told by their logs what goes wrong", &[], complains),
        trial("services without complaints are clean", &[], clean),
        trial("services write logs by commands only with a yes", &[], by_command),
    ]
}

// As the application of the guides writes it.
const LOG: &str = "\
2026-11-22 11:58:00,001 ERROR app: psycopg2.errors.InvalidTextRepresentation: invalid input syntax for type uuid: \"7\"
2026-11-22 12:00:00,002 INFO app: started
2026-11-22 12:00:03,101 ERROR app: Exception in ASGI application
Traceback (most recent call last):
  File \"/srv/vibes/backend/journals.py\", line 41, in journal
sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedFunction) operator does not exist: uuid = integer
2026-11-22 12:00:04,000 WARNING app: ValueError: badly formed hexadecimal UUID string, dsn=postgres://app:canary@db/vibes
";

fn complains() {
    let home = Home::new(
        &json!({ "logs": ["app.log"], "patterns": [{ "pattern": "ASGI", "meaning": "own", "remedy": "own" }] }),
    );
    std::fs::write(home.rekey.path("app.log"), LOG).unwrap();
    let told = home.services("log", &["--since", "2026-11-22T12:00:00Z"]).expect(1);
    told.failure();
    let hits = told.json["hits"].as_array().unwrap();
    let found: Vec<(u64, &str)> =
        hits.iter().map(|hit| (hit["line"].as_u64().unwrap(), hit["rule"].as_str().unwrap())).collect();
    assert_eq!(found, [(3, "own-1"), (6, "comparison"), (7, "uuid-form")], "{told}");
    assert!(!(told.outcome.text() + &told.outcome.stderr).contains("canary"), "{told}");
    let all = home.services("log", &[]).expect(1);
    assert_eq!(all.json["hits"].as_array().unwrap().len(), 4, "{all}");
    let end = home.services("log", &["--last", "150"]).expect(1);
    assert_eq!(end.json["hits"].as_array().unwrap().len(), 1, "{end}");
    assert_eq!(end.json["hits"][0]["line"], 7, "{end}");
    home.services("log", &["--since", "noon"]).expect(2).failure();
}

fn clean() {
    let home = Home::new(&json!({ "logs": ["app.log"] }));
    std::fs::write(
        home.rekey.path("app.log"),
        "2026-11-22 12:00:00 INFO GET /users/0190b0c4-7f1e-7000-8000-000000000001\n",
    )
    .unwrap();
    let told = home.services("log", &[]).expect(0);
    assert_eq!((&told.json["clean"], &told.json["sources"][0]["lines"]), (&json!(true), &json!(1)), "{told}");
    std::fs::remove_file(home.rekey.path("app.log")).unwrap();
    let gone = home.services("log", &[]).expect(1);
    assert!(gone.json["sources"][0]["trouble"].is_string(), "{gone}");
    Home::new(&json!({})).services("log", &[]).expect(2).failure();
}

fn by_command() {
    let home = Home::new(&json!({ "log_commands": [{ "command": ["./log.sh"] }] }));
    home.script("log.sh", "touch carried-out; echo fine; echo 'FOREIGN KEY constraint failed'");
    let unasked = home.services("log", &[]).expect(1);
    assert!(unasked.json["sources"][0]["trouble"].as_str().unwrap().contains("yes"), "{unasked}");
    assert!(!home.rekey.path("carried-out").exists());
    let told = home.services("log", &["--yes"]).expect(1);
    assert_eq!(
        (&told.json["hits"][0]["rule"], &told.json["hits"][0]["line"]),
        (&json!("reference"), &json!(2)),
        "{told}"
    );
}
