//! A folder of our own for what programs must be told in secret: files that nobody else may
//! read, gone with the value. Neither the list of processes nor a child's environment shows them.

use std::io::Write;
use std::path::PathBuf;

use super::file::failed;
use crate::Result;

/// A private folder among the temporary files.
#[derive(Debug)]
pub struct Private {
    folder: tempfile::TempDir,
}

impl Private {
    /// Makes one.
    ///
    /// # Errors
    /// [`crate::Error::File`] where nothing can be written among the temporary files.
    pub fn new() -> Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("rekey-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        Ok(Private { folder: builder.tempdir().map_err(|failure| failed(&std::env::temp_dir(), failure))? })
    }

    /// Puts a file into it that nobody else may read.
    ///
    /// # Errors
    /// [`crate::Error::File`] where it cannot be written.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<PathBuf> {
        let path = self.folder.path().join(name);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&path).and_then(|mut file| file.write_all(content));
        written.map_err(|failure| failed(&path, failure))?;
        Ok(path)
    }
}
