//! Bringing a backup back: into a new database, proven like the scratch database, so that
//! nothing that is there is ever written over.

use std::path::Path;

use serde::Serialize;
use ts_rs::TS;

use super::{Backup, Content, Work, dumper, file, part, sqlite};
use crate::connect::Address;
use crate::dialect::sqlite::keeper;
use crate::dialect::{Access, Database, Keeper};
use crate::execute::Cancel;
use crate::observer::Observer;
use crate::{Error, Result};

/// How a backup is to be restored.
#[derive(Clone, Copy)]
pub struct Restoring<'a> {
    /// The database to be made.
    pub new: &'a dyn Database,
    /// The tables to restore, each as `schema.table` or by its own name where no other has it;
    /// all where none is named.
    pub tables: &'a [String],
    /// The folder with the client programs, where the user named one.
    pub programs: Option<&'a Path>,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Restored {
    /// The new database: host, port and name, or the path.
    pub database: String,
    /// Digests of rows, sequences and whatever else is data that are those of the manifest.
    pub compared: usize,
    /// The tables, where some were chosen.
    pub tables: Vec<String>,
    /// What of theirs was left out, since it leads to tables that were not chosen.
    pub left_out: Vec<String>,
    /// What to type to copy missing rows back into the live database, line by line.
    pub copy_back: Vec<String>,
}

/// Makes the database, which must not be there yet, restores the backup into it whole, and
/// compares it with the backup's manifest. Where tables were chosen, all others are then taken
/// out of it, and what is left is compared once more.
///
/// # Errors
/// [`Error::Unknown`] for a table that the backup does not hold; [`Error::Backup`] with the rung
/// that failed; those of connecting and of [`Database::keep_only`]. The new database is removed
/// then; [`Error::Left`] where that cannot be done.
pub async fn restore(
    backup: &Backup,
    restoring: &Restoring<'_>,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<Restored> {
    let work = Work { observer, cancel, bytes_total: backup.bytes };
    part::must_be_there(backup, restoring.tables)?;
    work.tell("Look whether the backup is unchanged", None, 0, 0);
    backup.check()?;
    let (always_there, name) = match restoring.new.login().await?.address {
        Address::Sqlite { path } => return into_file(backup, restoring, &path, &work).await,
        Address::Postgres { database, .. } => ("postgres", database),
        Address::Mysql { database, .. } => ("information_schema", database),
    };
    // A new database is made from one that is on every server of the product.
    let server = restoring.new.sibling(always_there)?;
    let Some(programs) = super::dumper(server.as_ref(), restoring.programs).await? else {
        return Err(Error::Internal { detail: "a server has no programs for its dumps".to_owned() });
    };
    let mut keeper = server.keeper().await?;
    keeper.create(&name, &backup.settings).await.map_err(dumper::unmade)?;
    let filled = dumper::fill(programs.as_ref(), Path::new(&backup.path), restoring.new, &work).await;
    match settle(backup, restoring, filled, &work).await {
        Ok(restored) => Ok(restored),
        Err(error) => Err(take_back(keeper.as_mut(), &name, &restoring.new.place(), error).await),
    }
}

async fn into_file(backup: &Backup, restoring: &Restoring<'_>, path: &Path, work: &Work<'_>) -> Result<Restored> {
    let held = file::create_held(path)?;
    work.tell("Copy the backup", None, 0, backup.bytes);
    let filled = sqlite::fill(backup, restoring.new).await;
    let restored = settle(backup, restoring, filled, work).await;
    drop(held);
    restored.map_err(|error| match keeper::remove(path) {
        Ok(()) => error,
        Err(why) => left(error, &restoring.new.place(), &why, format!("rm -f -- {}", file::quoted(path, ""))),
    })
}

// Compares, and takes out what was not chosen.
async fn settle(
    backup: &Backup,
    restoring: &Restoring<'_>,
    filled: Result<Content>,
    work: &Work<'_>,
) -> Result<Restored> {
    let content = filled?;
    dumper::agrees(backup, &content)?;
    work.check_cancelled()?;
    let whole = Restored {
        database: restoring.new.place(),
        compared: content.digests.len(),
        tables: Vec::new(),
        left_out: Vec::new(),
        copy_back: Vec::new(),
    };
    if restoring.tables.is_empty() {
        return Ok(whole);
    }
    let restored = part::take_out_the_others(backup, restoring, &content, whole, work).await?;
    work.check_cancelled()?;
    Ok(restored)
}

// It was not there before and was never told to anybody: half of it is of no use.
async fn take_back(keeper: &mut dyn Keeper, name: &str, place: &str, error: Error) -> Error {
    match keeper.remove(name).await {
        Ok(()) => error,
        Err(why) => left(error, place, &why, keeper.by_hand(name)),
    }
}

fn left(first: Error, place: &str, why: &Error, by_hand: String) -> Error {
    Error::Left {
        first: Some(Box::new(first)),
        what: format!("the new database {place}, which is incomplete,"),
        detail: why.to_string(),
        remedy: vec![format!("Remove it by hand before you try again: {by_hand}")],
    }
}

/// True where the database is there already.
///
/// # Errors
/// Where the server cannot be reached at all.
pub async fn is_there(database: &dyn Database) -> Result<bool> {
    match database.connect(Access::Read, "rekey").await {
        Ok(_) => Ok(true),
        Err(Error::NoDatabase { .. } | Error::NoFile { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}
