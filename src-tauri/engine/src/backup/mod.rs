//! Backups that were proven: written, read again, restored and compared with their source
//! before anybody is told that there is one.

pub(crate) mod child;
mod content;
mod dumper;
pub mod file;
mod leftover;
mod mysql;
mod part;
mod postgres;
mod private;
pub mod program;
mod restore;
mod rung;
mod scratch;
mod sqlite;

pub use content::Content;
use dumper::Dumper;
pub use dumper::agrees;
pub use leftover::{clear, leftovers};
pub use restore::{Restored, Restoring, is_there, restore};
pub use rung::Rung;
pub use scratch::{Scratch, is_scratch_name, scratch_name};

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dialect::Database;
use crate::execute::Cancel;
use crate::observer::{Event, Observer};
use crate::schema::{EngineKind, TableName};
use crate::{Error, Result};

/// Version of the manifest's format.
pub const FORMAT: u32 = 1;

/// One backup, as its manifest tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Backup {
    /// [`FORMAT`].
    pub format: u32,
    /// Which product it is of.
    pub engine: EngineKind,
    /// Version of the server or library that wrote it.
    pub server_version: String,
    /// The database it was made of: host, port and database, or the path.
    pub source: String,
    /// The database's name.
    #[serde(default)]
    pub database: String,
    /// What tells the source from every other database, see [`Database::identity`].
    #[serde(default)]
    pub identity: String,
    /// When it was made, RFC 3339 in UTC.
    pub created: String,
    /// The program that wrote it, with its version.
    #[serde(default)]
    pub client: String,
    /// The backup itself.
    pub path: String,
    /// The manifest beside it.
    pub manifest: String,
    /// SHA-256 of the backup, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// True where it was restored, or read again, and found to hold the very catalogue and
    /// rows of its source. A backup that was not is an error, never a `false` here.
    pub verified: bool,
    /// Fingerprint of the source's catalogue.
    pub catalogue: String,
    /// Rows and digest by table, as they were compared.
    pub digests: BTreeMap<String, String>,
    /// How to restore it by hand, line by line.
    pub restore: Vec<String>,
    /// Its tables, any of which can be restored without the others. Backups of earlier versions
    /// do not tell them.
    #[serde(default)]
    pub tables: Vec<TableName>,
    /// What a database must be made with to take it, see [`Database::settings`].
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
}

impl Backup {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`Error::File`] where it cannot be read or is no manifest of this version.
    pub fn read(manifest: &Path) -> Result<Backup> {
        let text = std::fs::read_to_string(manifest).map_err(|failure| file::failed(manifest, failure))?;
        let backup: Backup = serde_json::from_str(&text).map_err(|failure| file::failed(manifest, failure))?;
        if backup.format == FORMAT {
            return Ok(backup);
        }
        let detail = format!("it has format {}, this version reads format {FORMAT}", backup.format);
        Err(file::failed(manifest, detail))
    }

    /// Checks that the backup is still the file that was written, to the byte.
    ///
    /// # Errors
    /// [`Error::File`] where it is missing or cannot be read; [`Error::Backup`] where it has
    /// another content.
    pub fn check(&self) -> Result<()> {
        let (sha256, bytes) = file::hash(Path::new(&self.path))?;
        if (sha256.as_str(), bytes) == (self.sha256.as_str(), self.bytes) {
            return Ok(());
        }
        let detail = format!(
            "'{}' is not the file that was made: {bytes} bytes with SHA-256 {sha256} instead of {} bytes with SHA-256 {}",
            self.path, self.bytes, self.sha256
        );
        Err(Error::Backup { rung: Rung::Unchanged, detail })
    }
}

/// How a backup is to be made.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    /// The folder for it, made where it is missing.
    pub folder: &'a Path,
    /// What is added to the database's name, such as a moment.
    pub name: &'a str,
    /// Ten lower-case letters and digits; the scratch database is named after it.
    pub run: &'a str,
    /// The folder with the client programs, where the user named one.
    pub programs: Option<&'a Path>,
    /// A database of the server that takes the scratch database, where it is not the source's own.
    pub server: Option<&'a dyn Database>,
}

/// What a piece of work on a backup needs beside its own matter.
#[derive(Clone, Copy)]
pub(crate) struct Work<'a> {
    pub observer: &'a dyn Observer,
    pub cancel: &'a Cancel,
    /// Bytes of the database, for progress; 0 where that is not known.
    pub bytes_total: u64,
}

impl Work<'_> {
    /// Tells how far it is.
    pub fn tell(&self, step: &str, table: Option<&str>, bytes_done: u64, bytes_total: u64) {
        let (step, table) = (step.to_owned(), table.map(str::to_owned));
        self.observer.notice(Event::Backup { step, table, bytes_done, bytes_total });
    }

    /// Stops here if the user wants to.
    pub fn check_cancelled(&self) -> Result<()> {
        if self.cancel.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }
}

/// Makes a backup and proves it: it is written, read, restored into a scratch database and
/// compared with what its source held at that moment.
///
/// # Errors
/// The connecting errors of [`Error`] for the source; [`Error::Program`] where the client
/// programs are missing or too old; [`Error::Backup`] with the rung of the ladder that
/// failed; [`Error::File`] for the folder; [`Error::Cancelled`]. Nothing is left behind then.
pub async fn make(
    database: &dyn Database,
    making: &Making<'_>,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<Backup> {
    let work = Work { observer, cancel, bytes_total: 0 };
    match dumper(database, making.programs).await? {
        Some(dumper) => dumper::make(dumper.as_ref(), database, making, &work).await,
        None => sqlite::make(database, making, &work).await,
    }
}

/// Climbs the whole ladder with a backup that was made before and gives the scratch database
/// that it was restored into, full. `server` is a database of the server that takes it.
///
/// # Errors
/// [`Error::Backup`] with the rung that failed, and those of [`make`].
pub async fn prove(
    backup: &Backup,
    server: &dyn Database,
    run: &str,
    programs: Option<&Path>,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<Scratch> {
    let work = Work { observer, cancel, bytes_total: backup.bytes };
    work.tell("Look whether the backup is unchanged", None, 0, 0);
    backup.check()?;
    match dumper(server, programs).await? {
        Some(dumper) => dumper::prove(dumper.as_ref(), backup, server, run, &work).await,
        None => sqlite::prove(backup, run, &work).await,
    }
}

/// The programs that a backup of this database would be made and put back with; none for a file,
/// which needs none.
///
/// # Errors
/// [`Error::Program`] with what was found and what to install; those of a connection.
pub async fn programs(database: &dyn Database, folder: Option<&Path>) -> Result<Option<[program::Program; 2]>> {
    Ok(dumper(database, folder).await?.map(|dumper| dumper.programs().map(Clone::clone)))
}

/// The programs that fit the server of this database; none for a file, which needs none.
async fn dumper(server: &dyn Database, folder: Option<&Path>) -> Result<Option<Box<dyn Dumper>>> {
    Ok(match server.engine() {
        EngineKind::Sqlite => None,
        EngineKind::Postgres => Some(Box::new(postgres::Programs::find(server, folder).await?)),
        EngineKind::Mysql => Some(Box::new(mysql::Programs::find(server, folder).await?)),
    })
}
