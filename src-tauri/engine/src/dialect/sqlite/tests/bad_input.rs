//! Files that are no databases, may not be written, or are in use.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{File, Sqlite};
use crate::dialect::{Access, Database};
use crate::{DataState, Error};

async fn failure(path: &Path, access: Access) -> Error {
    match Sqlite::new(path).connect(access, "test").await {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

#[tokio::test]
async fn what_is_no_database_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("text.db"), "this is no database, but it is long enough to look at".repeat(50)).unwrap();
    std::fs::write(at("short.db"), "x").unwrap();
    let status = Command::new("mkfifo").arg(at("pipe.db")).status().unwrap();
    assert!(status.success());
    for access in [Access::Read, Access::Write] {
        assert!(matches!(failure(Path::new(""), access).await, Error::Address { .. }));
        assert!(matches!(failure(&at("missing.db"), access).await, Error::NoFile { .. }));
        assert!(matches!(failure(&at("text.db/x.db"), access).await, Error::NoFile { .. }));
        for name in ["text.db", "short.db", "pipe.db", "."] {
            assert!(matches!(failure(&at(name), access).await, Error::NotADatabase { .. }), "{name} {access:?}");
        }
    }
    assert!(!at("missing.db").exists());
}

#[tokio::test]
async fn a_damaged_file_is_no_database() {
    let file =
        File::from_sql("CREATE TABLE a (id INTEGER PRIMARY KEY, v); INSERT INTO a VALUES (1, hex(zeroblob(9000)));");
    let mut bytes = std::fs::read(file.path()).unwrap();
    for byte in bytes.iter_mut().skip(100).take(2000) {
        *byte = 0x5a;
    }
    std::fs::write(file.path(), bytes).unwrap();
    assert!(matches!(failure(&file.path(), Access::Read).await, Error::NotADatabase { .. }));
}

#[tokio::test]
async fn an_empty_file_is_an_empty_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    std::fs::write(&path, "").unwrap();
    let database = Sqlite::new(&path);
    let mut connection = database.connect(Access::Read, "test").await.unwrap();
    let schema = database.inspect(connection.as_mut()).await.unwrap();
    assert!(schema.tables.is_empty());
    assert_eq!(schema.database, "empty.db");
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_file_or_folder_is_refused_before_anything_begins() {
    use std::os::unix::fs::PermissionsExt;
    let file = File::from_sql("CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1);");
    let plan = file.plan().await;
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(&file.path(), 0o444);
    let failed = file.run(&plan).await.unwrap_err().failure;
    assert_eq!((failed.code.as_str(), failed.state), ("RK-E07", DataState::Untouched), "{}", failed.what);
    mode(&file.path(), 0o644);
    mode(file.folder.path(), 0o555);
    assert!(matches!(failure(&file.path(), Access::Write).await, Error::ReadOnly { .. }));
    assert!(file.database.connect(Access::Read, "test").await.is_ok());
    mode(file.folder.path(), 0o755);
    assert_eq!(file.files(), ["script.sql", "test.db"]);
}

#[tokio::test]
async fn reading_is_read_only_by_sqlites_own_setting() {
    let file = File::from_sql("CREATE TABLE a (id INTEGER PRIMARY KEY);");
    let mut connection = file.database.connect(Access::Read, "test").await.unwrap();
    for statement in ["INSERT INTO a VALUES (1)", "CREATE TABLE b (x)", "PRAGMA user_version = 3"] {
        assert!(matches!(connection.execute(statement).await, Err(Error::ReadOnly { .. })), "{statement}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn whoever_holds_the_file_is_named() {
    let file = File::from_sql("CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1), (2);");
    let plan = file.plan().await;
    for hold in ["BEGIN IMMEDIATE;", "BEGIN; SELECT * FROM a;"] {
        let mut tool =
            Command::new("sqlite3").arg(file.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = tool.stdin.as_mut().unwrap();
        writeln!(input, "{hold}\n.print ready").unwrap();
        let mut said = String::new();
        let mut output = std::io::BufReader::new(tool.stdout.take().unwrap());
        while !said.contains("ready") {
            std::io::BufRead::read_line(&mut output, &mut said).unwrap();
        }
        let failed = file.run(&plan).await.unwrap_err().failure;
        assert_eq!(failed.state, DataState::Untouched);
        assert!(
            failed.what.contains(&format!("session {}", tool.id())) && failed.what.contains("sqlite3"),
            "{}",
            failed.what
        );
        tool.kill().unwrap();
        tool.wait().unwrap();
    }
    assert!(file.run(&plan).await.is_ok());
}

#[tokio::test]
async fn a_statement_in_flight_is_interrupted_and_taken_back() {
    let file = File::from_sql("CREATE TABLE a (id INTEGER PRIMARY KEY);");
    let before = file.dump();
    let mut connection = file.database.connect(Access::Write, "test").await.unwrap();
    for statement in file.database.begin() {
        connection.execute(&statement).await.unwrap();
    }
    let interrupter = connection.interrupter();
    let endless = "INSERT INTO a WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    let work = connection.execute(endless);
    let stop = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        interrupter.interrupt().await;
    };
    let (outcome, ()) = tokio::join!(work, stop);
    assert!(matches!(outcome, Err(Error::Cancelled)));
    connection.execute("ROLLBACK").await.unwrap();
    drop(connection);
    assert_eq!(file.dump(), before);
}

#[tokio::test]
async fn what_a_killed_program_left_is_taken_back_first() {
    let file = File::from_sql(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, v); INSERT INTO a WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT i, hex(zeroblob(200)) FROM n;",
    );
    let before = file.dump();
    let mut tool =
        Command::new("sqlite3").arg(file.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    writeln!(tool.stdin.as_mut().unwrap(), "PRAGMA cache_size=5;\nBEGIN;\nUPDATE a SET v = 'x';\n.print ready")
        .unwrap();
    let mut said = String::new();
    let mut output = std::io::BufReader::new(tool.stdout.take().unwrap());
    while !said.contains("ready") {
        std::io::BufRead::read_line(&mut output, &mut said).unwrap();
    }
    tool.kill().unwrap();
    tool.wait().unwrap();
    assert_eq!(file.files(), ["script.sql", "test.db", "test.db-journal"]);
    let mut connection = file.database.connect(Access::Read, "test").await.unwrap();
    let rows = connection.query("SELECT CAST(count(*) AS TEXT) FROM a WHERE v = 'x'").await.unwrap();
    assert_eq!(rows, [[Some("0".to_owned())]]);
    drop(connection);
    assert_eq!(file.dump(), before);
    assert_eq!(file.files(), ["script.sql", "test.db"]);
}
