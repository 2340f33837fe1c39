//! A SQLite file, copied page by page through SQLite's own backup API.
//!
//! The source is read in one transaction, so copy and digests are of the same moment.
//! Programs that read it are not held up; one that writes has to wait where the file is
//! not in WAL mode.

use std::path::{Path, PathBuf};

use rusqlite::backup::StepResult;

use super::file::{self, Partial, failed};
use super::{Backup, Content, FORMAT, Making, Rung, Scratch, Work, dumper};
use crate::connect::Address;
use crate::dialect::sqlite::{Sqlite, SqliteConnection, content, open};
use crate::dialect::{Access, Connection, Database};
use crate::execute::Cancel;
use crate::schema::{EngineKind, TableName};
use crate::{Error, Result};

const PAGES_AT_ONCE: i32 = 1024;
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(100);
const TRIES: u32 = 50;

/// Copies the file into the folder under its own name with `making.name` added, reads the
/// copy again and compares every row with the source.
pub async fn make(database: &dyn Database, making: &Making<'_>, work: &Work<'_>) -> Result<Backup> {
    let Address::Sqlite { path: source } = database.login().await?.address else {
        return Err(Error::Internal { detail: "it is no SQLite file".to_owned() });
    };
    let real = open::real_path(&source)?;
    let part = |text: Option<&std::ffi::OsStr>, other: &str| {
        text.map_or(other.to_owned(), |text| text.to_string_lossy().into_owned())
    };
    let (stem, ending) = (part(real.file_stem(), "database"), part(real.extension(), "db"));
    let path = file::target(making.folder, &stem, making.name, &ending)?;
    let partial = Partial::create(&path)?;
    let mut connection = SqliteConnection::open(&real, &source.display().to_string(), Access::Read).await?;
    connection.execute("BEGIN").await?;
    // The transaction begins with the first look.
    let expected = content(&mut connection).await?;
    let identity = database.identity(&mut connection).await?;
    copy(&connection, partial.path(), work).await?;
    connection.execute("ROLLBACK").await?;
    drop(connection);
    file::sync(partial.path())?;
    work.tell("Compare the copy with the database", None, 0, 0);
    verify(partial.path(), &expected).await?;
    let (sha256, bytes) = file::hash(partial.path())?;
    partial.finish(&path)?;
    let manifest = file::beside(&path, ".json");
    let backup = Backup {
        format: FORMAT,
        engine: EngineKind::Sqlite,
        server_version: rusqlite::version().to_owned(),
        source: real.display().to_string(),
        database: real.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        identity,
        created: file::now(),
        client: format!("SQLite {}", rusqlite::version()),
        path: path.display().to_string(),
        manifest: manifest.display().to_string(),
        sha256,
        bytes,
        verified: true,
        catalogue: expected.catalogue.fingerprint(),
        restore: by_hand(&real, &path),
        tables: tables(&expected),
        digests: expected.digests,
        settings: std::collections::BTreeMap::new(),
    };
    file::write_manifest(&manifest, &backup)?;
    Ok(backup)
}

/// Copies the backup to a scratch file beside it and compares that with the manifest.
pub async fn prove(backup: &Backup, run: &str, work: &Work<'_>) -> Result<Scratch> {
    let path = PathBuf::from(&backup.path);
    let scratch = Scratch::create(&Sqlite::new(&path), run, &backup.settings, &backup.identity).await?;
    work.tell("Restore the backup into a scratch file", None, 0, backup.bytes);
    let compared = match copy_file(&path, Path::new(&scratch.database.place())).await {
        Ok(()) => compare(backup, scratch.database.as_ref()).await,
        Err(error) => Err(error),
    };
    match compared {
        Ok(()) => Ok(scratch),
        Err(error) => Err(scratch.remove_after(error).await),
    }
}

/// Copies the backup to a file that was made for it, empty, and reads what is in it then.
pub async fn fill(backup: &Backup, new: &dyn Database) -> Result<Content> {
    copy_file(Path::new(&backup.path), Path::new(&new.place())).await?;
    let mut connection = new.connect(Access::Read, "rekey").await?;
    new.content(connection.as_mut()).await
}

// SQLite's own tables go with those that they are about.
fn tables(content: &Content) -> Vec<TableName> {
    let named = content.digests.keys().filter_map(|name| name.strip_prefix("rows main."));
    named.filter(|name| !name.starts_with("sqlite_")).map(|name| TableName::new("main", name)).collect()
}

async fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let copied = tokio::task::spawn_blocking(move || {
        std::fs::copy(&from, &to).map_err(|failure| failed(&to, failure))?;
        file::sync(&to)
    });
    copied.await.map_err(|failure| Error::Internal { detail: failure.to_string() })?
}

async fn compare(backup: &Backup, copy: &dyn Database) -> Result<()> {
    let mut connection = copy.connect(Access::Read, "rekey").await?;
    dumper::agrees(backup, &copy.content(connection.as_mut()).await?)
}

async fn copy(connection: &SqliteConnection, path: &Path, work: &Work<'_>) -> Result<()> {
    let (sender, mut receiver) = tokio::sync::mpsc::channel(16);
    let target = path.to_owned();
    let cancel = work.cancel.clone();
    let copying = connection.with(move |source| copy_pages(source, &target, &sender, &cancel));
    let listen = async {
        while let Some((done, all)) = receiver.recv().await {
            work.tell("Copy the database", None, done, all);
        }
    };
    let copied = tokio::join!(copying, listen).0;
    work.check_cancelled()?;
    copied.map_err(|failure| failed(path, failure))
}

fn copy_pages(
    source: &rusqlite::Connection,
    path: &Path,
    progress: &tokio::sync::mpsc::Sender<(u64, u64)>,
    cancel: &Cancel,
) -> rusqlite::Result<()> {
    let page: u32 = source.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let mut target = rusqlite::Connection::open(path)?;
    // Until it is proven the copy needs no protection of its own.
    target.execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")?;
    let backup = rusqlite::backup::Backup::new(source, &mut target)?;
    let mut tries = 0;
    loop {
        let step = backup.step(PAGES_AT_ONCE)?;
        let state = backup.progress();
        let bytes = |pages: i32| u64::try_from(pages).unwrap_or_default() * u64::from(page);
        let _ = progress.blocking_send((bytes(state.pagecount - state.remaining), bytes(state.pagecount)));
        if step == StepResult::Done || cancel.is_cancelled() {
            return Ok(());
        }
        if step == StepResult::More {
            tries = 0;
            continue;
        }
        tries += 1;
        if tries > TRIES {
            return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None));
        }
        std::thread::sleep(PATIENCE);
    }
}

async fn verify(path: &Path, expected: &Content) -> Result<()> {
    let damaged = |rung, detail| Err(Error::Backup { rung, detail });
    let mut copy = SqliteConnection::immutable(path).await?;
    let rows = copy.query("PRAGMA integrity_check(5)").await?;
    let complaints: Vec<String> = rows.into_iter().flatten().flatten().filter(|line| line != "ok").collect();
    if !complaints.is_empty() {
        return damaged(Rung::Readable, format!("the copy is damaged: {}", complaints.join("; ")));
    }
    expected.complaint(&content(&mut copy).await?).map_or(Ok(()), |detail| damaged(Rung::Compared, detail))
}

fn by_hand(source: &Path, backup: &Path) -> Vec<String> {
    let quoted = file::quoted;
    vec![
        format!("Stop every program that uses {}.", source.display()),
        format!("rm -f -- {} {} {}", quoted(source, "-wal"), quoted(source, "-shm"), quoted(source, "-journal")),
        format!("cp -- {} {}", quoted(backup, ""), quoted(source, "")),
        format!("sqlite3 {} 'PRAGMA integrity_check'", quoted(source, "")),
    ]
}

#[cfg(test)]
mod tests;
