use std::sync::Mutex;

use super::*;
use crate::observer::{Event, Observer, Silent};

struct Heard(Mutex<Vec<(u64, u64)>>);

impl Observer for Heard {
    fn notice(&self, event: Event) {
        if let Event::Backup { table: None, bytes_done, bytes_total, .. } = event
            && bytes_total > 0
        {
            self.0.lock().unwrap().push((bytes_done, bytes_total));
        }
    }
}

async fn backed_up(path: &Path, folder: &Path, name: &str) -> Result<Backup> {
    heard(path, folder, name, &Silent).await
}

async fn heard(path: &Path, folder: &Path, name: &str, observer: &dyn Observer) -> Result<Backup> {
    let making = Making { folder, name, run: "4k2j9x0q1z", programs: None, server: None };
    let cancel = Cancel::default();
    make(&Sqlite::new(path), &making, &Work { observer, cancel: &cancel, bytes_total: 0 }).await
}

fn database(folder: &Path, journal: &str) -> PathBuf {
    let path = folder.join("shop's.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(&format!(
            "PRAGMA journal_mode={journal}; CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v BLOB); CREATE VIEW w AS SELECT * FROM a;
             INSERT INTO a (v) WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT randomblob(900) FROM n;"
        ))
        .unwrap();
    path
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_copy_is_proven_and_can_be_restored_by_hand() {
    for journal in ["DELETE", "WAL"] {
        let folder = tempfile::tempdir().unwrap();
        let path = database(folder.path(), journal);
        // What is only in the log of a database in use belongs to the backup too.
        let writer = rusqlite::Connection::open(&path).unwrap();
        writer.execute_batch("PRAGMA wal_autocheckpoint=0; INSERT INTO a (v) VALUES (x'77')").unwrap();
        let listener = Heard(Mutex::new(Vec::new()));
        let target = folder.path().join("backups");
        let backup = heard(&path, &target, "run/4k2j9x0q1z", &listener).await.unwrap();
        assert_eq!(names(&target), ["shop's-run4k2j9x0q1z.db", "shop's-run4k2j9x0q1z.db.json"]);
        let heard = listener.0.into_inner().unwrap();
        assert!(
            heard.len() > 1 && heard.last().is_some_and(|(done, all)| done == all && *all == backup.bytes),
            "{heard:?}"
        );
        assert!(backup.verified && backup.digests["rows main.a"].starts_with("5001"));
        assert_eq!(Backup::read(Path::new(&backup.manifest)).unwrap(), backup);
        backup.check().unwrap();
        writer.execute_batch("DELETE FROM a; DROP VIEW w").unwrap();
        drop(writer);
        for line in &backup.restore[1..] {
            let output = std::process::Command::new("sh").arg("-c").arg(line).output().unwrap();
            assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let restored = rusqlite::Connection::open(&path).unwrap();
        let rows: i64 = restored.query_row("SELECT count(*) FROM w", [], |row| row.get(0)).unwrap();
        let mode: String = restored.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
        assert_eq!((rows, mode), (5001, journal.to_lowercase()));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path(), "DELETE");
    let backup = backed_up(&path, folder.path(), "x").await.unwrap();
    assert_eq!(std::fs::metadata(&backup.path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_failure_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path(), "DELETE");
    let target = folder.path().join("backups");
    let backup = backed_up(&path, &target, "x").await.unwrap();
    let there = names(&target);
    assert!(matches!(backed_up(&path, &target, "x").await, Err(Error::File { .. })));
    std::fs::write(&path, "no database at all".repeat(100)).unwrap();
    assert!(matches!(backed_up(&path, &target, "y").await, Err(Error::NotADatabase { .. })));
    assert!(matches!(backed_up(&folder.path().join("none"), &target, "y").await, Err(Error::NoFile { .. })));
    assert_eq!(names(&target), there);
    assert!(matches!(backed_up(&path, Path::new("/dev/null/x"), "y").await, Err(Error::File { .. })));
    backup.check().unwrap();
}

#[tokio::test]
async fn a_backup_that_changed_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path(), "DELETE");
    let backup = backed_up(&path, folder.path(), "x").await.unwrap();
    let whole = std::fs::read(&backup.path).unwrap();
    for place in [0, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        std::fs::write(&backup.path, &bytes).unwrap();
        assert!(backup.check().is_err());
    }
    std::fs::write(&backup.path, &whole[..whole.len() - 1]).unwrap();
    assert!(backup.check().is_err());
    std::fs::remove_file(&backup.path).unwrap();
    assert!(backup.check().is_err());
}

#[tokio::test]
async fn another_content_is_not_taken_for_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path(), "DELETE");
    let backup = backed_up(&path, folder.path(), "x").await.unwrap();
    let expected = content(&mut SqliteConnection::immutable(Path::new(&backup.path)).await.unwrap()).await.unwrap();
    verify(Path::new(&backup.path), &expected).await.unwrap();
    for change in [
        "UPDATE a SET v = x'00' WHERE id = 77",
        "DELETE FROM a WHERE id = 5000",
        "UPDATE sqlite_sequence SET seq = 1",
        "DROP VIEW w",
    ] {
        let other = folder.path().join("other.db");
        std::fs::copy(&backup.path, &other).unwrap();
        rusqlite::Connection::open(&other).unwrap().execute_batch(change).unwrap();
        assert!(verify(&other, &expected).await.is_err(), "{change}");
    }
}
