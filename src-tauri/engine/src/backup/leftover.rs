//! What work that was cut off left behind: scratch databases, and files that never became a
//! backup. It is shown, and removed where nobody is at work with it.

use std::path::{Path, PathBuf};

use super::{file, is_scratch_name};
use crate::dialect::sqlite::keeper;
use crate::dialect::{Access, Database, Leftover};
use crate::schema::EngineKind;
use crate::{Error, Result};

/// Endings of files that are not proven yet.
const UNPROVEN: [&str; 3] = [".dump.partial", ".sql.partial", ".db.partial"];

/// Scratch databases on the server of this database, and files of the same kind in these
/// folders and, for a SQLite file, beside it. The database itself is none, whatever its name.
///
/// # Errors
/// The connecting errors of [`Error`], and [`Error::File`] for a folder that cannot be read.
pub async fn leftovers(database: &dyn Database, folders: &[PathBuf]) -> Result<Vec<Leftover>> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let mut found = database.leftovers(connection.as_mut()).await?;
    drop(connection);
    let own = (database.engine() == EngineKind::Sqlite).then(|| PathBuf::from(database.place()));
    let beside = own.as_deref().and_then(Path::parent).map(Path::to_owned);
    let mut folders: Vec<PathBuf> = folders.iter().cloned().chain(beside).collect();
    folders.iter_mut().for_each(|folder| *folder = folder.canonicalize().unwrap_or_else(|_| folder.clone()));
    folders.sort();
    folders.dedup();
    let own = own.and_then(|path| path.canonicalize().ok());
    for folder in &folders {
        found.extend(in_folder(folder, own.as_deref())?);
    }
    Ok(found)
}

/// Removes one of [`leftovers`].
///
/// # Errors
/// [`Error::ScratchInUse`] where somebody is at work with it; [`Error::Unknown`] where there is
/// none of that name; what the server or the system says where they refuse.
pub async fn clear(database: &dyn Database, folders: &[PathBuf], name: &str) -> Result<Leftover> {
    let found = leftovers(database, folders).await?.into_iter().find(|one| one.name == name);
    let found = found.ok_or_else(|| Error::Unknown { kind: "scratch database", name: name.to_owned() })?;
    if found.in_use {
        return Err(Error::ScratchInUse { name: name.to_owned(), users: found.used_by });
    }
    if is_scratch_name(name) {
        database.keeper().await?.clear(name).await?;
    } else {
        keeper::remove(Path::new(name))?;
    }
    Ok(found)
}

fn in_folder(folder: &Path, own: Option<&Path>) -> Result<Vec<Leftover>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        // The folder of a backup that was removed with it.
        Err(failure) if failure.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(failure) => return Err(file::failed(folder, failure)),
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let ordinary = path.symlink_metadata().is_ok_and(|found| found.is_file());
        let name = entry.file_name().into_string().unwrap_or_default();
        if !ordinary || !is_ours(&name) || own == Some(path.as_path()) {
            continue;
        }
        let used_by = crate::dialect::sqlite::holders(&path);
        let in_use = file::is_held(&path) || !used_by.is_empty();
        let bytes = entry.metadata().map_or(0, |found| found.len());
        found.push(Leftover { name: path.display().to_string(), bytes, in_use, used_by });
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// True for a scratch file, and for a backup that was never proven: a name, the moment it was
/// begun, and an ending.
fn is_ours(name: &str) -> bool {
    if name.strip_suffix(".db").is_some_and(is_scratch_name) {
        return true;
    }
    let Some(stem) = UNPROVEN.iter().find_map(|ending| name.strip_suffix(ending)) else { return false };
    // 20261121-091412 from the command line, 2026-11-21T091412Z from the window.
    [("dddddddd-dddddd", 15), ("dddd-dd-ddTddddddZ", 18)].iter().any(|(shape, length)| {
        let start = stem.len().checked_sub(*length).filter(|start| *start > 1 && stem.is_char_boundary(*start));
        start.is_some_and(|start| {
            let (before, moment) = stem.split_at(start);
            let fits =
                |(letter, shape): (char, char)| if shape == 'd' { letter.is_ascii_digit() } else { letter == shape };
            before.ends_with('-') && moment.chars().zip(shape.chars()).all(fits)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::sqlite::Sqlite;

    #[test]
    fn nobody_elses_file_is_ours() {
        for name in [
            "rekey_copy_4k2j9x0q1z.db",
            "shop-20261121-091412.dump.partial",
            "shop-20261121-091412.db.partial",
            "größe-x-2026-11-21T091412Z.sql.partial",
        ] {
            assert!(is_ours(name), "{name}");
        }
        for name in [
            "shop.db",
            "rekey_copy_4k2j9x0q1.db",
            "rekey_copy_4k2j9x0q1z.db.partial",
            "film.partial",
            "film.db.partial",
            "shop-20261121-09141x.dump.partial",
            "20261121-091412.dump.partial",
            "shop-20261121-091412.dump",
            "é-0261121-091412.db.partial",
        ] {
            assert!(!is_ours(name), "{name}");
        }
    }

    #[tokio::test]
    async fn a_file_in_use_stays_and_one_left_over_goes() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("shop.db");
        rusqlite::Connection::open(&source).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
        let database = Sqlite::new(&source);
        let mut keeper = database.keeper().await.unwrap();
        keeper.create("rekey_copy_4k2j9x0q1z", &std::collections::BTreeMap::new()).await.unwrap();
        let found = leftovers(&database, &[]).await.unwrap();
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert!(one.in_use || cfg!(not(unix)));
        let refused = clear(&database, &[], &one.name).await;
        assert!(matches!(refused, Err(Error::ScratchInUse { .. })) || cfg!(not(unix)), "{refused:?}");
        drop(keeper);
        assert_eq!(clear(&database, &[], &one.name).await.unwrap().name, one.name);
        assert_eq!(leftovers(&database, &[]).await.unwrap(), Vec::new());
        let refused = clear(&database, &[], &source.display().to_string()).await;
        assert!(matches!(refused, Err(Error::Unknown { .. })), "{refused:?}");
        assert!(source.exists());
    }
}
