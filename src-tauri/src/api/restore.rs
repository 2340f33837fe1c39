//! Restoring the backup of this job into a new database, whole or some tables of it.

use std::path::{Path, PathBuf};

use rekey_engine::backup::{self, Backup, Restoring};
use rekey_engine::connect::{self, Address};
use rekey_engine::dialect::Database;
use rekey_engine::observer::Observer;
use rekey_engine::schema::EngineKind;
use rekey_engine::{Error, Failure};

use crate::api::session::Target;
use crate::api::types::{BackupView, Restorable, Stage};
use crate::api::{App, failure};

impl App {
    /// Restores the backup into a new database beside the one at hand and compares the two;
    /// where tables are named, these alone.
    ///
    /// # Errors
    /// Where there is no backup of Rekey's, there is a database of that name already, or the
    /// backup cannot be restored; nothing is left behind then, or it is named.
    pub async fn backup_restore(
        &self,
        name: &str,
        tables: &[String],
        observer: &dyn Observer,
    ) -> Result<BackupView, Failure> {
        let (target, backup, at_work) = {
            let session = self.session.lock().await;
            let target = session.open(Stage::Backup, self.work.stage())?;
            let backup = session.backup.clone();
            let backup = backup.ok_or_else(|| failure::closed("There is no backup of Rekey's to restore."))?;
            (target, backup, self.begin_work(Stage::Backup)?)
        };
        let new = new_database(&target, name)?;
        if backup::is_there(new.as_ref()).await? {
            return Err(failure::taken(&new.place()));
        }
        let restoring = Restoring { new: new.as_ref(), tables, programs: None };
        let ended = backup::restore(&backup, &restoring, observer, &at_work.cancel).await;
        drop(at_work);
        let restored = ended?;
        let mut session = self.session.lock().await;
        session.still(&target)?;
        session.restored = Some(restored);
        Ok(super::backup::view(&session))
    }
}

// A sibling of a SQLite file would lie under its bare name beside it; people name the file.
fn new_database(target: &Target, name: &str) -> Result<Box<dyn Database>, Failure> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::Address { reason: "the name of the new database is empty".to_owned() }.into());
    }
    if target.database.engine() != EngineKind::Sqlite {
        return Ok(target.database.sibling(name)?);
    }
    let path = PathBuf::from(name);
    if !path.is_absolute() {
        return Err(Error::Address { reason: format!("'{name}' is not the whole path of a file") }.into());
    }
    Ok(connect::open(&Address::Sqlite { path }, None)?)
}

/// What can be restored from it, and a name for where.
pub fn restorable(backup: &Backup) -> Restorable {
    let name = if backup.engine == EngineKind::Sqlite {
        let source = Path::new(&backup.source);
        let part = |text: Option<&std::ffi::OsStr>, other: &str| {
            text.map_or(other.to_owned(), |text| text.to_string_lossy().into_owned())
        };
        let name = format!("{}-restored.{}", part(source.file_stem(), "database"), part(source.extension(), "db"));
        source.with_file_name(name).display().to_string()
    } else {
        format!("{}_restored", backup.database)
    };
    Restorable { tables: backup.tables.iter().map(ToString::to_string).collect(), name }
}
