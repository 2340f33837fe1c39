//! Backups of SQLite files, as the command line makes and restores them.

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::support::dump::assert_same;
use crate::support::process::{LIMIT, Reaped, finish, until};
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::sqlite::File;

/// All of them.
pub fn trials() -> Vec<Trial> {
    let tool = &[Requirement::SqliteTool];
    vec![
        trial("backup::sqlite::chosen_tables", tool, chosen),
        trial("backup::sqlite::files_left_over", &[Requirement::SqliteTool, Requirement::Failpoints], left_over),
    ]
}

const SCHEMA: &str = "
CREATE TABLE team (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
  team_id INTEGER CONSTRAINT of_team REFERENCES team (id) ON DELETE SET NULL NOT NULL, boss INTEGER REFERENCES users, name TEXT CHECK (name <> ''), loud TEXT AS (upper(name)) STORED);
CREATE INDEX users_by_name ON users (name);
CREATE TABLE [jour'nals] (id INTEGER PRIMARY KEY, user_id INTEGER, t INTEGER, FOREIGN KEY (user_id) REFERENCES users (id), CONSTRAINT c FOREIGN KEY (t) REFERENCES team);
CREATE VIEW of_users AS SELECT name FROM users;
CREATE VIEW of_both AS SELECT * FROM users JOIN team ON team.id = team_id;
CREATE VIEW of_views AS SELECT * FROM of_both;
INSERT INTO team VALUES (1, 'red'), (2, 'blue');
INSERT INTO users (team_id, boss, name) VALUES (1, NULL, 'ann'), (2, 1, 'bob'), (2, 1, 'cid');
INSERT INTO users (team_id, name) VALUES (1, 'gone');
DELETE FROM users WHERE name = 'gone';
INSERT INTO [jour'nals] VALUES (1, 1, 1), (2, 3, 2);";

fn chosen() {
    let file = File::create("shop.db");
    file.execute(SCHEMA);
    let rekey = Rekey::new(None);
    let source = file.path().display().to_string();
    let made = rekey.done(&["backup", &source, "--dir", "out"]);
    let path = made["path"].as_str().unwrap();
    let new = file.folder().join("part.db").display().to_string();
    let restore = |more: &[&str]| {
        rekey.json(&["restore", path, &new].into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    };
    restore(&["--table", "nobody"]).expect(2);
    assert!(!std::path::Path::new(&new).exists());
    let part = restore(&["--table", "main.users", "--table", "jour'nals"]).expect(0).json;
    assert_eq!(part["tables"], json!(["main.jour'nals", "main.users"]));
    assert_eq!(
        part["left_out"],
        json!([
            "the reference of jour'nals to team",
            "the reference of users to team",
            "the view of_both",
            "the view of_views"
        ])
    );
    let dump = |path: &str, tables: &str| {
        let shown = finish(std::process::Command::new("sqlite3").arg(path).arg(format!(".dump {tables}")), None);
        shown.text()
    };
    let tables = "users jour'nals of_users";
    let expected = dump(&source, tables)
        .replace("CONSTRAINT of_team REFERENCES team (id) ON DELETE SET NULL ", " ")
        .replace(", CONSTRAINT c FOREIGN KEY (t) REFERENCES team", "");
    assert_same("the tables", &expected, &dump(&new, tables));
    assert!(!dump(&new, "").contains("team ("), "another table is there");
    let counters = finish(std::process::Command::new("sqlite3").arg(&new).arg("SELECT * FROM sqlite_sequence"), None);
    assert_eq!(counters.text().trim(), "users|4", "the next number is part of a table");
    restore(&["--table", "users"]).expect(3);

    let before = file.dump();
    file.execute("DELETE FROM [jour'nals]; DELETE FROM users WHERE id > 1; UPDATE users SET name = 'new' WHERE id = 1");
    let lines: Vec<&str> = part["copy_back"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert!(lines[0].contains(&format!("sqlite3 -bail {source}")), "{lines:?}");
    file.execute(&lines.join("\n"));
    assert_eq!(file.value("SELECT name FROM users WHERE id = 1"), "new");
    file.execute("UPDATE users SET name = 'ann' WHERE id = 1");
    assert_same("the live file", &before, &file.dump());
}

// A rehearsal that was killed leaves its copy beside the backup.
fn left_over() {
    let file = File::create("shop.db");
    file.execute(SCHEMA);
    let before = file.dump();
    let source = file.path().display().to_string();
    let rekey = Rekey::new(None);
    let made = rekey.done(&["backup", &source, "--dir", "out"]);
    let path = made["path"].as_str().unwrap().to_owned();
    rekey.json(&["plan", &source, "--all", "--accept-defaults", "-o", "plan.json"]).expect(0);
    let points = rekey.path("points");
    std::fs::create_dir_all(&points).unwrap();
    let stopping =
        rekey.with_env("REKEY_FAILPOINTS", &points.display().to_string()).with_env("REKEY_STOP_AT", "proofs.before");
    let mut command = stopping.command(&["rehearse", &source, "--plan", "plan.json", "--backup", &path]);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut child = Reaped::spawn(&mut command);
    until("the rehearsal", LIMIT, || points.join("reached").exists().then_some(()));
    let rekey = stopping.without_stop();
    let scratch =
        |more: &[&str]| rekey.json(&["scratch", &source].into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
    // The folder is known from the history.
    let found = scratch(&[]).expect(0).json;
    let one = &found["scratch"][0];
    let name = one["name"].as_str().unwrap().to_owned();
    assert!(one["in_use"] == true && name.contains("/out/rekey_copy_"), "{found}");
    scratch(&["--remove", &name, "--yes"]).expect(3);
    assert!(std::path::Path::new(&name).exists());
    child.kill();
    let found = until("its end", LIMIT, || {
        let found = scratch(&[]).expect(0).json;
        (found["scratch"][0]["in_use"] == false).then_some(found)
    });
    assert!(found["scratch"][0]["bytes"].as_u64().unwrap() > 0, "{found}");
    scratch(&["--remove", &source, "--yes"]).expect(2);
    let gone = scratch(&["--remove-all", "--yes"]).expect(0).json;
    assert_eq!(gone, json!({ "scratch": [], "removed": [name] }));
    let names: Vec<String> = std::fs::read_dir(rekey.path("out"))
        .unwrap()
        .flatten()
        .map(|one| one.file_name().into_string().unwrap())
        .collect();
    assert!(names.len() == 2 && !names.iter().any(|name| name.contains("rekey_copy")), "{names:?}");
    assert_same("the source", &before, &file.dump());
    assert_eq!(scratch(&[]).expect(0).json["scratch"], Value::Array(Vec::new()));
}
