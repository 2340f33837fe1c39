//! A SQLite file, copied page by page through SQLite's own backup API.
//!
//! The source is read in one transaction, so copy and digests are of the same moment.
//! Programs that read it are not held up; one that writes has to wait where the file is
//! not in WAL mode.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::backup::StepResult;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Backup, FORMAT};
use crate::dialect::sqlite::{SqliteConnection, open, row_digests};
use crate::dialect::{Access, Connection};
use crate::schema::EngineKind;
use crate::{Error, Result};

const PAGES_AT_ONCE: i32 = 1024;
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(100);
const TRIES: u32 = 50;

/// Told of the bytes done and of all bytes.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Copies `source` into `folder`, under its own name with `name` (a run's id, say) added,
/// reads the copy again and compares every row with the source.
///
/// # Errors
/// The connecting errors of [`Error`] for the source; [`Error::File`] for the copy: the
/// folder cannot be written, the disk is full, a backup of that name is there already, or
/// the copy is not what the source is. Nothing is left behind then.
pub async fn sqlite(source: &Path, folder: &Path, name: &str, progress: Progress<'_>) -> Result<Backup> {
    let real = open::real_path(source)?;
    let path = target(&real, folder, name)?;
    let partial = Partial::create(&path)?;
    let mut connection = SqliteConnection::open(&real, &source.display().to_string(), Access::Read).await?;
    connection.execute("BEGIN").await?;
    // The transaction begins with the first look.
    let expected = row_digests(&mut connection).await?;
    copy(&connection, partial.path(), progress).await?;
    connection.execute("ROLLBACK").await?;
    drop(connection);
    sync(partial.path())?;
    verify(partial.path(), &expected).await?;
    let (sha256, bytes) = hash(partial.path())?;
    partial.finish(&path)?;
    let (catalogue, digests) = expected;
    let manifest = open::beside(&path, ".json");
    let backup = Backup {
        format: FORMAT,
        engine: EngineKind::Sqlite,
        server_version: rusqlite::version().to_owned(),
        source: real.display().to_string(),
        created: now(),
        path: path.display().to_string(),
        manifest: manifest.display().to_string(),
        sha256,
        bytes,
        verified: true,
        catalogue,
        digests,
        restore: restore(&real, &path),
    };
    write_manifest(&manifest, &backup)?;
    Ok(backup)
}

fn failed(path: &Path, detail: impl ToString) -> Error {
    Error::File { path: path.display().to_string(), detail: detail.to_string() }
}

fn target(source: &Path, folder: &Path, name: &str) -> Result<PathBuf> {
    std::fs::create_dir_all(folder).map_err(|failure| failed(folder, failure))?;
    let folder = folder.canonicalize().map_err(|failure| failed(folder, failure))?;
    let part = |text: Option<&std::ffi::OsStr>, other: &str| {
        text.map_or(other.to_owned(), |text| text.to_string_lossy().into_owned())
    };
    let plain: String =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(*letter)).collect();
    let path =
        folder.join(format!("{}-{plain}.{}", part(source.file_stem(), "database"), part(source.extension(), "db")));
    if path.exists() {
        return Err(failed(&path, "a backup of this name is there already; choose another name or folder"));
    }
    Ok(path)
}

/// The copy as long as it is not proven; removed where that never comes.
struct Partial {
    path: PathBuf,
    proven: bool,
}

impl Partial {
    fn create(path: &Path) -> Result<Self> {
        let path = open::beside(path, ".partial");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // It holds everything that the database holds.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map_err(|failure| failed(&path, failure))?;
        Ok(Partial { path, proven: false })
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn finish(mut self, path: &Path) -> Result<()> {
        std::fs::rename(&self.path, path).map_err(|failure| failed(path, failure))?;
        self.proven = true;
        sync_folder(path)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.proven {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

async fn copy(connection: &SqliteConnection, path: &Path, progress: Progress<'_>) -> Result<()> {
    let (sender, mut receiver) = tokio::sync::mpsc::channel(16);
    let target = path.to_owned();
    let work = connection.with(move |source| copy_pages(source, &target, &sender));
    let listen = async {
        while let Some((done, all)) = receiver.recv().await {
            progress(done, all);
        }
    };
    tokio::join!(work, listen).0.map_err(|failure| failed(path, failure))
}

fn copy_pages(
    source: &rusqlite::Connection,
    path: &Path,
    progress: &tokio::sync::mpsc::Sender<(u64, u64)>,
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
        if step == StepResult::Done {
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

async fn verify(path: &Path, expected: &(String, BTreeMap<String, String>)) -> Result<()> {
    let mut copy = SqliteConnection::immutable(path).await?;
    let rows = copy.query("PRAGMA integrity_check(5)").await?;
    let complaints: Vec<String> = rows.into_iter().flatten().flatten().filter(|line| line != "ok").collect();
    if !complaints.is_empty() {
        return Err(failed(path, format!("the copy is damaged: {}", complaints.join("; "))));
    }
    let (catalogue, digests) = row_digests(&mut copy).await?;
    if catalogue != expected.0 {
        return Err(failed(path, "the copy has another catalogue than its source"));
    }
    let differing: Vec<&str> = expected
        .1
        .iter()
        .filter(|(table, digest)| digests.get(*table) != Some(digest))
        .map(|(table, _)| table.as_str())
        .collect();
    if differing.is_empty() && digests.len() == expected.1.len() {
        return Ok(());
    }
    Err(failed(path, format!("the copy has other rows than its source in {}", differing.join(", "))))
}

/// SHA-256 and size of a file.
pub(super) fn hash(path: &Path) -> Result<(String, u64)> {
    let mut file = File::open(path).map_err(|failure| failed(path, failure))?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(|failure| failed(path, failure))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
    Ok((hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), bytes))
}

fn sync(path: &Path) -> Result<()> {
    let file = OpenOptions::new().write(true).open(path).map_err(|failure| failed(path, failure))?;
    file.sync_all().map_err(|failure| failed(path, failure))
}

// Without this the name could be lost with the power, though not the content.
fn sync_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent().filter(|_| cfg!(unix)) else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|failure| failed(folder, failure))
}

fn write_manifest(path: &Path, backup: &Backup) -> Result<()> {
    let text = serde_json::to_string_pretty(backup).map_err(|failure| failed(path, failure))?;
    std::fs::write(path, text).map_err(|failure| failed(path, failure))?;
    sync(path)?;
    sync_folder(path)
}

fn now() -> String {
    let now = OffsetDateTime::now_utc();
    now.replace_nanosecond(0).unwrap_or(now).format(&Rfc3339).unwrap_or_default()
}

fn restore(source: &Path, backup: &Path) -> Vec<String> {
    let quoted = |path: &Path, ending: &str| format!("'{}{ending}'", path.display().to_string().replace('\'', "'\\''"));
    vec![
        format!("Stop every program that uses {}.", source.display()),
        format!("rm -f -- {} {} {}", quoted(source, "-wal"), quoted(source, "-shm"), quoted(source, "-journal")),
        format!("cp -- {} {}", quoted(backup, ""), quoted(source, "")),
        format!("sqlite3 {} 'PRAGMA integrity_check'", quoted(source, "")),
    ]
}

#[cfg(test)]
mod tests;
