//! Databases of our own beside the user's: who makes and removes them, and those that were
//! left over.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use serde::Serialize;
use ts_rs::TS;

use crate::backup::is_scratch_name;
use crate::error::{Error, Result};
use crate::observer::Blocker;

/// Makes databases beside one of the same server, and removes them again.
///
/// On a server it is a session that is kept open for as long as what it made is needed: whoever
/// is in stays in when a password is changed, and can still remove what it made. Others see by
/// it that a scratch database is in use, also while nobody is connected to that database.
#[async_trait]
pub trait Keeper: Send {
    /// Makes an empty database of that name, with these settings.
    ///
    /// # Errors
    /// [`crate::Error::Rights`] where the user may not; [`crate::Error::Statement`] or
    /// [`crate::Error::File`] where there is one of that name already.
    async fn create(&mut self, name: &str, settings: &BTreeMap<String, String>) -> Result<()>;

    /// Removes a database that this keeper made, or one whose name is a scratch database's, see
    /// [`crate::backup::is_scratch_name`]. Sessions of our own that are still in it are ended.
    /// Where the session was lost meanwhile, another one is tried.
    ///
    /// # Errors
    /// When the server refuses, or the name is another one's.
    async fn remove(&mut self, name: &str) -> Result<()>;

    /// Removes a scratch database that is left over. Nobody's session is ended.
    ///
    /// # Errors
    /// When the server refuses, as it may while somebody is connected to it, or the name is
    /// another one's.
    async fn clear(&mut self, name: &str) -> Result<()>;

    /// What a person types to remove it.
    fn by_hand(&self, name: &str) -> String;
}

/// Makes sure that a name is a scratch database's, or one of what a keeper made.
///
/// # Errors
/// [`Error::Internal`]: a database of somebody else's would be removed.
pub fn must_be_ours(name: &str, made: &BTreeSet<String>) -> Result<()> {
    if is_scratch_name(name) || made.contains(name) {
        return Ok(());
    }
    Err(Error::Internal { detail: format!("'{name}' is no database of Rekey's own") })
}

/// A database or a file of Rekey's own that may be left over from work that was cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Leftover {
    /// The database's name, or the whole path of a file.
    pub name: String,
    /// What it takes on disk; 0 where the server does not tell this user.
    #[ts(type = "number")]
    pub bytes: u64,
    /// True where somebody is at work with it: such a one is not removed.
    pub in_use: bool,
    /// Who that is, as far as it can be told.
    pub used_by: Vec<Blocker>,
}
