//! How much room the server's disk has. No server tells it, but where it runs on this machine the
//! file system does. That the folder found here is the server's own must be proven: a tunnel or a
//! container has the same address and may have the same paths.

use std::path::{Path, PathBuf};

use super::{number, text};
use crate::check::room;
use crate::dialect::Connection;
use crate::error::Result;

/// Only superusers may ask for files, unless somebody was allowed to
/// (postgresql.org/docs/current/functions-admin.html, pg_stat_file).
const MAY_ASK: &str = "SELECT has_function_privilege('pg_catalog.pg_stat_file(text)', 'EXECUTE')::text";

/// The data directory, when it changed, and how many tables may lie elsewhere.
const DIRECTORY: &str = "SELECT (SELECT setting FROM pg_settings WHERE name = 'data_directory'), \
     floor(extract(epoch FROM modification))::bigint::text, floor(extract(epoch FROM change))::bigint::text, \
     (SELECT count(*) FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global'))::text \
     FROM pg_catalog.pg_stat_file('.')";

/// Free bytes with the place that they were asked of; none where that cannot be told truly.
pub async fn free(connection: &mut dyn Connection) -> Result<Option<(PathBuf, u64)>> {
    let may = connection.query(MAY_ASK).await?;
    if may.first().is_none_or(|row| text(row, 0) != "true") {
        return Ok(None);
    }
    let rows = connection.query(DIRECTORY).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let directory = PathBuf::from(text(row, 0));
    if number(row, 3) > 0 || !is_the_same(&directory, number(row, 1), number(row, 2)) {
        return Ok(None);
    }
    // What only the server's user may look into cannot be asked for either.
    let free = room::free(&directory.join("base")).or_else(|| room::free(&directory));
    Ok(free.map(|free| (directory, free)))
}

// Both moments, to the second: the server's own start changes them.
#[cfg(unix)]
fn is_the_same(directory: &Path, modified: u64, changed: u64) -> bool {
    use std::os::unix::fs::MetadataExt;
    let moments = |data: std::fs::Metadata| (u64::try_from(data.mtime()).ok(), u64::try_from(data.ctime()).ok());
    directory.is_absolute()
        && std::fs::metadata(directory).is_ok_and(|data| moments(data) == (Some(modified), Some(changed)))
}

#[cfg(not(unix))]
fn is_the_same(_: &Path, _: u64, _: u64) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn a_folder_is_the_server_s_own_only_where_both_moments_are() {
        let folder = tempfile::tempdir().expect("folder");
        let data = std::fs::metadata(folder.path()).expect("metadata");
        let (modified, changed) = (data.mtime().unsigned_abs(), data.ctime().unsigned_abs());
        assert!(is_the_same(folder.path(), modified, changed));
        assert!(!is_the_same(folder.path(), modified + 1, changed));
        assert!(!is_the_same(folder.path(), modified, changed + 1));
        assert!(!is_the_same(&folder.path().join("elsewhere"), modified, changed));
    }
}
