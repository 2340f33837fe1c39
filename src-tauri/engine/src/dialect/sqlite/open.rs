//! Opening the file: what it is, whether it may be written, and how SQLite is to treat it.
//!
//! The file itself is only ever opened by SQLite. Closing any other handle on it would
//! silently drop the locks that this process holds.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;

use super::{digest, error, functions, held, ordered};
pub use crate::backup::file::beside;
use crate::dialect::Access;
use crate::{Error, Result};

/// How long SQLite itself waits for a lock. The runner repeats on its own terms.
pub const BUSY_SECONDS: u64 = 2;

/// The smallest page that SQLite knows; no database but an empty one is smaller.
const SMALLEST: u64 = 512;

/// Finds the one path that every way to the file leads to.
pub fn real_path(path: &Path) -> Result<PathBuf> {
    if path.as_os_str().is_empty() {
        return Err(Error::Address { reason: "the path of the database file is empty".to_owned() });
    }
    let shown = path.display().to_string();
    let failed = |failure: std::io::Error| {
        if matches!(failure.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) {
            return Error::NoFile { path: shown.clone() };
        }
        Error::File { path: shown.clone(), detail: failure.to_string() }
    };
    let real = path.canonicalize().map_err(failed)?;
    let kind = real.metadata().map_err(failed)?;
    if kind.is_dir() {
        return Err(Error::NotADatabase { path: shown, detail: "it is a folder".to_owned() });
    }
    if !kind.is_file() {
        return Err(Error::NotADatabase { path: shown, detail: "it is not an ordinary file".to_owned() });
    }
    // SQLite would take it for an empty database and write over it.
    if (1..SMALLEST).contains(&kind.len()) {
        return Err(Error::NotADatabase { path: shown, detail: format!("it has only {} bytes", kind.len()) });
    }
    Ok(real)
}

/// Refuses a file or folder that is marked read-only, even where the user's rights (an
/// administrator's, say) would go past the mark, and a folder that takes no journal.
pub fn must_be_writable(path: &Path) -> Result<()> {
    let refuse = |detail: &str| Err(Error::ReadOnly { place: path.display().to_string(), detail: detail.to_owned() });
    if path.metadata().is_ok_and(|file| file.permissions().readonly()) {
        return refuse("the file is marked read-only");
    }
    let Some(folder) = path.parent() else { return Ok(()) };
    if cfg!(unix) && folder.metadata().is_ok_and(|folder| folder.permissions().readonly()) {
        return refuse("its folder is marked read-only, and SQLite must write its journal there");
    }
    let trial = beside(path, ".rekey-trial");
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&trial);
    match made {
        Ok(_) => std::fs::remove_file(&trial)
            .map_err(|failure| Error::File { path: trial.display().to_string(), detail: failure.to_string() }),
        Err(failure) if failure.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(failure) => refuse(&format!("nothing can be written into its folder: {failure}")),
    }
}

/// What tells this file from every other one, by whatever path it is reached.
pub fn identity(path: &Path) -> Result<String> {
    let real = real_path(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let found = real.metadata();
        let found =
            found.map_err(|failure| Error::File { path: real.display().to_string(), detail: failure.to_string() })?;
        Ok(format!("file {}:{}", found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    Ok(format!("file {}", real.display()))
}

/// Removes a file; one that is not there is removed already.
pub fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(failure) if failure.kind() != ErrorKind::NotFound => {
            Err(Error::File { path: path.display().to_string(), detail: failure.to_string() })
        }
        _ => Ok(()),
    }
}

/// Opens the file and sees that it is a database.
pub fn open(path: &Path, access: Access) -> Result<rusqlite::Connection> {
    let place = path.display().to_string();
    if access == Access::Write {
        must_be_writable(path)?;
    }
    let told = |failure: &rusqlite::Error| error::told(failure, &place, "");
    let connection = match access {
        Access::Read => reading(path),
        Access::Write => prepared(path, OpenFlags::SQLITE_OPEN_READ_WRITE),
    };
    let connection = connection.map_err(|failure| told(&failure))?;
    if access == Access::Write && connection.is_readonly("main").map_err(|failure| told(&failure))? {
        return Err(Error::ReadOnly { place, detail: "the system lets it be read only".to_owned() });
    }
    Ok(connection)
}

/// Opens a file that nobody else uses, without making any file beside it.
pub fn open_immutable(path: &Path) -> Result<rusqlite::Connection> {
    immutable(path).map_err(|failure| error::told(&failure, &path.display().to_string(), ""))
}

fn reading(path: &Path) -> rusqlite::Result<rusqlite::Connection> {
    let failure = match prepared(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        Ok(connection) => return Ok(connection),
        Err(failure) => failure,
    };
    match error::code(&failure) {
        // A program was killed in the middle of a transaction. SQLite shows nobody the
        // file before it has taken that back, and must write to do so.
        Some(code) if error::is_unfinished(code) && must_be_writable(path).is_ok() => {
            drop(prepared(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?);
            prepared(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        }
        // A database in WAL mode on read-only media cannot be opened the ordinary way,
        // since its index of the log cannot be made. Without a log nobody is writing.
        Some(code) if error::is_cannot_open(code) && !beside(path, "-wal").exists() => immutable(path),
        _ => Err(failure),
    }
}

fn immutable(path: &Path) -> rusqlite::Result<rusqlite::Connection> {
    let address = format!("file:{}?immutable=1", escaped(path));
    prepared(Path::new(&address), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
}

fn escaped(path: &Path) -> String {
    percent_encoding::utf8_percent_encode(&path.to_string_lossy(), percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn prepared(path: &Path, flags: OpenFlags) -> rusqlite::Result<rusqlite::Connection> {
    let connection = rusqlite::Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
    // The file may come from anywhere: what its schema says is not to be trusted.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY))?;
    // A table that is dropped must not take rows of others with it.
    if connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)? {
        return Err(rusqlite::Error::InvalidQuery);
    }
    // Pages that are looked up at random stay at hand, as many as the memory of the process allows.
    connection.execute_batch("PRAGMA cell_size_check=ON; PRAGMA cache_size=-32768")?;
    digest::register(&connection)?;
    functions::register(&connection)?;
    ordered::register(&connection)?;
    held::register(&connection)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}
