//! Backups that were proven: written, read again and compared with their source before
//! anybody is told that there is one.

mod sqlite;

pub use sqlite::sqlite;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::schema::EngineKind;
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
    /// When it was made, RFC 3339 in UTC.
    pub created: String,
    /// The backup itself.
    pub path: String,
    /// The manifest beside it.
    pub manifest: String,
    /// SHA-256 of the backup, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// True where it was read again and found to hold the very catalogue and rows of its
    /// source. A backup that was not is an error, never a `false` here.
    pub verified: bool,
    /// Fingerprint of the source's catalogue.
    pub catalogue: String,
    /// Rows and digest by table, as they were compared.
    pub digests: BTreeMap<String, String>,
    /// How to restore it by hand, line by line.
    pub restore: Vec<String>,
}

impl Backup {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`Error::File`] where it cannot be read or is no manifest of this version.
    pub fn read(manifest: &Path) -> Result<Backup> {
        let failed = |detail: String| Error::File { path: manifest.display().to_string(), detail };
        let text = std::fs::read_to_string(manifest).map_err(|failure| failed(failure.to_string()))?;
        let backup: Backup = serde_json::from_str(&text).map_err(|failure| failed(failure.to_string()))?;
        if backup.format == FORMAT {
            Ok(backup)
        } else {
            Err(failed(format!("it has format {}, this version reads format {FORMAT}", backup.format)))
        }
    }

    /// Checks that the backup is still the file that was written, to the byte.
    ///
    /// # Errors
    /// [`Error::File`] where it is missing, cannot be read or has another content.
    pub fn check(&self) -> Result<()> {
        let (sha256, bytes) = sqlite::hash(Path::new(&self.path))?;
        if (sha256.as_str(), bytes) == (self.sha256.as_str(), self.bytes) {
            return Ok(());
        }
        let detail = format!(
            "it is not the backup that was made: {bytes} bytes with SHA-256 {sha256} instead of {} bytes with SHA-256 {}",
            self.bytes, self.sha256
        );
        Err(Error::File { path: self.path.clone(), detail })
    }
}
