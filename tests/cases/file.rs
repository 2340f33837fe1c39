//! What is particular to a database that is one file.

use crate::bad_input;
use crate::support::dump::assert_same;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::rekey::Rekey;
use crate::support::sqlite::File;
use crate::support::subject::{Sqlite, Subject};

/// A table of as many columns as SQLite allows goes there and back.
pub fn wide() {
    let subject = Sqlite(File::create("wide.db"));
    let columns: Vec<String> = (1..=1998).map(|n| format!("c{n}")).collect();
    subject.execute(&format!(
        "CREATE TABLE hub (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE wide (id INTEGER PRIMARY KEY, hub_id INTEGER REFERENCES hub (id), {});
         INSERT INTO hub (name) VALUES ('a'), ('b');
         INSERT INTO wide (hub_id, c1, c1998) VALUES (1, 'first', x'00'), (NULL, NULL, 2.5), (2, 7, 'last')",
        columns.join(", ")
    ));
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    assert_eq!((journey.roots().len(), journey.members.len()), (2, 3));
    let run = journey.convert();
    journey.undo(&run);
}

/// A backup has what a write-ahead log still holds; a copy of the file alone has not.
pub fn copied() {
    let subject = Sqlite(File::create("log.db"));
    subject.execute(
        "PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t (v) VALUES ('old')",
    );
    subject.execute(".dbconfig no_ckpt_on_close on\nPRAGMA wal_autocheckpoint = 0;\nINSERT INTO t (v) VALUES ('new');");
    let naive = tempfile::tempdir().unwrap();
    let copy = naive.path().join("copy.db");
    std::fs::copy(subject.0.path(), &copy).unwrap();
    let rows = |file: &std::path::Path| File::count(file, "t");
    assert_eq!(rows(&copy), "1", "the copy of the file alone has the log's rows");
    let rekey = Rekey::new(None);
    let answer = rekey.done(&["backup", &subject.target(), "--dir", &naive.path().display().to_string()]);
    let backup = std::path::PathBuf::from(answer["path"].as_str().expect("where the backup is"));
    assert_eq!(rows(&backup), "2", "rows in the backup");
}

/// What SQLite keeps in the file's head stays, in a file whose texts are UTF-16.
pub fn settings() {
    let subject = Sqlite(File::create("settings.db"));
    std::fs::remove_file(subject.0.path()).unwrap();
    subject.execute(
        "PRAGMA page_size = 1024; PRAGMA encoding = 'UTF-16be'; PRAGMA auto_vacuum = 2;
         CREATE TABLE café (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE user (id TEXT PRIMARY KEY, café INTEGER REFERENCES café (id));
         PRAGMA user_version = 77; PRAGMA application_id = 1196444487;
         INSERT INTO café (name) VALUES ('Zoë'), ('naïve'), ('日本');
         INSERT INTO user VALUES ('6BA7B810-9DAD-11D1-80B4-00C04FD430C8', 1), ('{7ba7b8109dad11d180b400c04fd430c8}', 3)",
    );
    let settings = || {
        ["page_size", "encoding", "auto_vacuum", "user_version", "application_id", "journal_mode"]
            .map(|name| subject.answer(&format!("PRAGMA {name}")))
            .concat()
    };
    let before = settings();
    assert_eq!(before, "1024\nUTF-16be\n2\n77\n1196444487\ndelete\n");
    let (journey, answer) = Journey::plan(&subject, &["--all"]);
    answer.expect(0);
    assert_eq!(journey.members.len(), 3);
    let run = journey.convert();
    assert_same("settings after the conversion", &before, &settings());
    journey.undo(&run);
    assert_same("settings after undo", &before, &settings());
}

/// Files that are read-only, damaged, empty or no database.
pub fn unfit() {
    bad_input::files_that_are_no_database();
    bad_input::damaged_database();
    bad_input::read_only_file();
}

/// A reference to what is not unique makes SQLite refuse every check of it: both keys are
/// held back by name.
pub fn mismatched() {
    let subject = Sqlite(File::create("mismatch.db"));
    subject.execute(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, code INTEGER);
         CREATE TABLE child (id INTEGER PRIMARY KEY, code INTEGER, FOREIGN KEY (id, code) REFERENCES parent (id, code));
         CREATE TABLE other (id INTEGER PRIMARY KEY, gone INTEGER REFERENCES nowhere (id));
         INSERT INTO parent VALUES (1, 5), (2, 5); INSERT INTO child VALUES (1, 5); INSERT INTO other VALUES (1, 7), (2, NULL)",
    );
    let (before, rekey, target) = (subject.dump(), Rekey::new(None), subject.target());
    let plan = rekey.done(&["plan", &target, "-o", "plan.json", "--all"]);
    let refused = plan["refused"].as_array().expect("what is refused");
    assert!(!refused.is_empty(), "{plan}");
    for refusal in refused {
        assert_eq!(refusal["reasons"][0]["rule"], "RK-209", "{refusal}");
    }
    let roots: Vec<_> = plan["conversions"].as_array().into_iter().flatten().map(|one| &one["root"]["table"]).collect();
    assert_eq!(roots, ["other"], "{plan}");
    let run = rekey.done(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat());
    rekey.done(&["undo", &target, "--run", run["run"].as_str().unwrap(), "--yes"]);
    assert_same("the dump after undo", &before, &subject.dump());
}
