//! Files that hold a backup: written under another name until proven, readable by nobody
//! else, and safe on disk before anybody is told.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Backup;
use crate::{Error, Result};

/// Longest part of a file's name that comes from a database, in characters: with what is
/// added, every file system takes the name.
const LONGEST_NAME: usize = 80;

/// An error about this file.
pub fn failed(path: &Path, detail: impl ToString) -> Error {
    Error::File { path: path.display().to_string(), detail: detail.to_string() }
}

/// The path with something added to the file's name.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Where the backup of a database will lie: in `folder`, which is made where it is missing,
/// under the database's name with `name` (a moment or a run's id) added.
///
/// # Errors
/// [`Error::File`] where the folder cannot be used or there is such a backup already.
pub fn target(folder: &Path, database: &str, name: &str, ending: &str) -> Result<PathBuf> {
    make_folder(folder)?;
    let folder = folder.canonicalize().map_err(|failure| failed(folder, failure))?;
    let path = folder.join(format!("{}-{}.{ending}", plain(database), plain(name)));
    if path.exists() {
        return Err(failed(&path, "a backup of this name is there already; choose another name or folder"));
    }
    Ok(path)
}

// One that we make is nobody else's; one that is there keeps its rights.
fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|failure| failed(folder, failure))
}

// No separator, no control character, no leading dot or dash; letters of every language stay.
fn plain(name: &str) -> String {
    let fit = |letter: char| letter.is_alphanumeric() || "-_.'".contains(letter);
    let kept: String = name.chars().filter(|letter| fit(*letter)).take(LONGEST_NAME).collect();
    let kept = kept.trim_start_matches(['.', '-']);
    if kept.is_empty() { "database".to_owned() } else { kept.to_owned() }
}

/// Makes an empty file that nobody else may read, and marks it as one that is in use for as
/// long as the handle is open.
///
/// # Errors
/// [`Error::File`] where there is such a file already, or the folder cannot be written.
pub fn create_held(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // It holds everything that the database holds.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|failure| failed(path, failure))?;
    // Elsewhere such a lock would keep other programs from writing the file. Some network file
    // systems have none; there nobody can tell that it is in use.
    #[cfg(unix)]
    let _ = file.try_lock();
    Ok(file)
}

/// True where a process that made this file with [`create_held`] is still at work with it.
pub fn is_held(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    cfg!(unix) && matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock))
}

/// A backup as long as it is not proven; removed where that never comes.
#[derive(Debug)]
pub struct Partial {
    path: PathBuf,
    proven: bool,
    _held: File,
}

impl Partial {
    /// Makes the empty file beside `path`, which nobody else may read. What an attempt that was
    /// cut off left there is replaced; whatever is no ordinary file is not.
    ///
    /// # Errors
    /// [`Error::File`] where the folder cannot be written.
    pub fn create(path: &Path) -> Result<Self> {
        let path = beside(path, ".partial");
        if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
            std::fs::remove_file(&path).map_err(|failure| failed(&path, failure))?;
        }
        let held = create_held(&path)?;
        Ok(Partial { path, proven: false, _held: held })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// [`Error::File`] where it cannot be renamed.
    pub fn finish(mut self, path: &Path) -> Result<()> {
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

/// SHA-256 and size of a file.
pub fn hash(path: &Path) -> Result<(String, u64)> {
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

/// Returns once the content is on the disk.
pub fn sync(path: &Path) -> Result<()> {
    let file = OpenOptions::new().write(true).open(path).map_err(|failure| failed(path, failure))?;
    file.sync_all().map_err(|failure| failed(path, failure))
}

// Without this the name could be lost with the power, though not the content.
fn sync_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent().filter(|_| cfg!(unix)) else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|failure| failed(folder, failure))
}

/// Bytes that are free in the file system of this folder; none where that cannot be told.
pub fn free_space(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let found = rustix::fs::statvfs(folder).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

/// Writes the manifest beside the backup, readable by nobody else.
///
/// # Errors
/// [`Error::File`] where it cannot be written.
pub fn write_manifest(path: &Path, backup: &Backup) -> Result<()> {
    let text = serde_json::to_string_pretty(backup).map_err(|failure| failed(path, failure))?;
    write(path, text.as_bytes())
}

/// Writes a small file that nobody else may read, whole or not at all.
///
/// # Errors
/// [`Error::File`] where it cannot be written.
pub fn write(path: &Path, content: &[u8]) -> Result<()> {
    let partial = Partial::create(path)?;
    std::fs::write(partial.path(), content).map_err(|failure| failed(path, failure))?;
    sync(partial.path())?;
    partial.finish(path)
}

/// This moment, RFC 3339 in UTC, to the second.
pub fn now() -> String {
    let now = OffsetDateTime::now_utc();
    now.replace_nanosecond(0).unwrap_or(now).format(&Rfc3339).unwrap_or_default()
}

/// A path as one word of a shell.
pub fn quoted(path: &Path, ending: &str) -> String {
    format!("'{}{ending}'", path.display().to_string().replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        for name in ["../../etc/passwd", "-rf", ".", "a\nb", "a/b\0c", "", &"x".repeat(400), "Größe"] {
            let path = target(&folder.path().join("new"), name, "20260101", "dump").unwrap();
            assert_eq!(path.parent(), Some(real.join("new").as_path()), "{name}");
            Partial::create(&path).unwrap().finish(&path).unwrap();
            assert!(path.is_file() && !path.file_name().unwrap().to_string_lossy().starts_with(['-', '.']), "{name}");
            std::fs::remove_file(path).unwrap();
        }
    }

    #[test]
    fn a_link_in_the_way_is_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.dump"), folder.path().join("other"));
        std::fs::write(&other, "kept").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&other, beside(&path, ".partial")).unwrap();
            Partial::create(&path).unwrap_err();
            assert_eq!(std::fs::read_to_string(&other).unwrap(), "kept");
        }
    }

    #[test]
    fn what_is_not_proven_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.dump");
        drop(Partial::create(&path).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
