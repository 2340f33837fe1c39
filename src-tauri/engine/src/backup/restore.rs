//! Bringing a backup back: into a new database, proven like the scratch database, so that
//! nothing that is there is ever written over.

use std::path::Path;

use super::{Backup, Work, dumper, sqlite};
use crate::connect::Address;
use crate::dialect::{Access, Database};
use crate::execute::Cancel;
use crate::observer::Observer;
use crate::{Error, Result};

/// Makes the database `new`, which must not be there yet, and restores the backup into it;
/// then compares it with the backup's manifest.
///
/// # Errors
/// [`Error::Backup`] with the rung that failed, and those of connecting. What could not be
/// completed is left there under its new name, and the message says so.
pub async fn restore(
    backup: &Backup,
    new: &dyn Database,
    programs: Option<&Path>,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> Result<()> {
    let work = Work { observer, cancel, bytes_total: backup.bytes };
    work.tell("Look whether the backup is unchanged", None, 0, 0);
    backup.check()?;
    let (always_there, name) = match new.login().address {
        Address::Sqlite { .. } => return sqlite::restore(backup, new).await,
        Address::Postgres { database, .. } => ("postgres", database),
        Address::Mysql { database, .. } => ("information_schema", database),
    };
    // A new database is made from one that is on every server of the product.
    let server = new.sibling(always_there)?;
    let Some(programs) = dumper(server.as_ref(), programs).await? else {
        return Err(Error::Internal { detail: "a server has no programs for its dumps".to_owned() });
    };
    server.create_sibling(&name, &backup.settings).await.map_err(dumper::unmade)?;
    let filled = dumper::fill(programs.as_ref(), Path::new(&backup.path), new, &work).await;
    filled.and_then(|found| dumper::agrees(backup, &found)).map_err(|error| incomplete(error, &new.place()))
}

#[allow(clippy::wildcard_enum_match_arm, reason = "every other error speaks for itself")]
fn incomplete(error: Error, place: &str) -> Error {
    match error {
        Error::Backup { rung, detail } => Error::Backup {
            rung,
            detail: format!(
                "{detail}; the new database {place} is there and incomplete, remove it before you try again"
            ),
        },
        other => other,
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
