//! Scratch files beside a database: made, held and removed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::open;
use crate::Result;
use crate::backup::file;
use crate::dialect::Keeper;
use crate::dialect::keeper::must_be_ours;

/// What SQLite may put beside a file, and the run lock.
const BESIDE: [&str; 4] = ["-wal", "-shm", "-journal", ".rekey-lock"];

/// Where the database of that name lies.
pub fn place(beside: &Path, name: &str) -> PathBuf {
    beside.with_file_name(format!("{name}.db"))
}

/// Removes a file with all that was put beside it.
///
/// # Errors
/// [`crate::Error::File`] where the system refuses.
pub fn remove(path: &Path) -> Result<()> {
    for ending in BESIDE {
        open::remove(&open::beside(path, ending))?;
    }
    open::remove(path)
}

/// Keeps scratch files in the folder of a database, by a lock that only Rekey asks for.
pub struct Held {
    beside: PathBuf,
    made: BTreeSet<String>,
    // Closed when the file is removed and not before: closing it would drop SQLite's own locks.
    held: Vec<File>,
}

impl Held {
    /// In the folder of this file.
    pub fn beside(path: &Path) -> Self {
        Held { beside: path.to_owned(), made: BTreeSet::new(), held: Vec::new() }
    }
}

#[async_trait]
impl Keeper for Held {
    async fn create(&mut self, name: &str, _settings: &BTreeMap<String, String>) -> Result<()> {
        self.held.push(file::create_held(&place(&self.beside, name))?);
        self.made.insert(name.to_owned());
        Ok(())
    }

    async fn remove(&mut self, name: &str) -> Result<()> {
        self.held.clear();
        self.clear(name).await
    }

    async fn clear(&mut self, name: &str) -> Result<()> {
        must_be_ours(name, &self.made)?;
        remove(&place(&self.beside, name))
    }

    fn by_hand(&self, name: &str) -> String {
        let path = place(&self.beside, name);
        let words: Vec<String> = BESIDE.iter().chain(&[""]).map(|ending| file::quoted(&path, ending)).collect();
        format!("rm -f -- {}", words.join(" "))
    }
}
