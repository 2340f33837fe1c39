//! The lock that keeps a second runner out: a file beside the database, locked by the
//! operating system, which frees it when the process dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::open::beside;
use crate::dialect::RunLock;
use crate::purpose::host;
use crate::{Error, Result};

#[derive(Serialize, Deserialize)]
struct Holder {
    run: String,
    host: String,
    process: u32,
}

/// The lock; dropping it gives it back too.
pub struct FileLock {
    path: PathBuf,
    // Locked as long as it is open.
    _file: File,
}

/// Takes the lock beside the database.
pub fn take(database: &Path, run: &str) -> Result<FileLock> {
    let path = beside(database, ".rekey-lock");
    // Between opening and locking, its last holder may have removed the file: then the
    // lock is on a file that nobody else will ever find, and it is taken again.
    for _ in 0..10 {
        let mut file = open(database, &path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(&mut file)),
            Err(TryLockError::Error(failure)) => return Err(failed(&path, &failure)),
        }
        if !is_at(&file, &path) {
            continue;
        }
        sign(&mut file, run).map_err(|failure| failed(&path, &failure))?;
        return Ok(FileLock { path, _file: file });
    }
    Err(Error::File { path: path.display().to_string(), detail: "it is removed again and again".to_owned() })
}

fn open(database: &Path, path: &Path) -> Result<File> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    opened.map_err(|failure| {
        if matches!(failure.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
            let detail = format!("the run lock '{}' cannot be written: {failure}", path.display());
            return Error::ReadOnly { place: database.display().to_string(), detail };
        }
        failed(path, &failure)
    })
}

fn failed(path: &Path, failure: &std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), detail: failure.to_string() }
}

fn held(file: &mut File) -> Error {
    let mut text = String::new();
    let holder = file.read_to_string(&mut text).ok().and_then(|_| serde_json::from_str::<Holder>(&text).ok());
    let unknown = || "unknown".to_owned();
    let (run, host, process) =
        holder.map_or((unknown(), unknown(), unknown()), |one| (one.run, one.host, one.process.to_string()));
    Error::AnotherRunner { run, host, process }
}

fn sign(file: &mut File, run: &str) -> std::io::Result<()> {
    let holder = Holder { run: run.to_owned(), host: host(), process: std::process::id() };
    let text = serde_json::to_string(&holder)?;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |data: std::fs::Metadata| (data.dev(), data.ino());
    matches!((file.metadata().map(id), path.metadata().map(id)), (Ok(own), Ok(there)) if own == there)
}

// A file that is open cannot be removed here without its handle knowing.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[async_trait]
impl RunLock for FileLock {
    async fn release(self: Box<Self>) {}
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Removed while still locked, so that nobody can hold it at this moment.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_holds_it_and_it_is_gone_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("a.db");
        let first = take(&database, "firstrun01").unwrap();
        let Err(Error::AnotherRunner { run, process, .. }) = take(&database, "second") else { panic!("two runners") };
        assert_eq!((run.as_str(), process), ("firstrun01", std::process::id().to_string()));
        drop(first);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // What a killed process leaves behind is no lock.
        std::fs::write(beside(&database, ".rekey-lock"), "{}").unwrap();
        drop(take(&database, "third").unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        assert!(matches!(take(Path::new("/nowhere/at/all.db"), "x"), Err(Error::File { .. })));
    }
}
