//! Backup: a copy to go back to, or a typed reason for going on without one.

use rekey_engine::backup::{self, Backup};
use rekey_engine::connect::Address;
use rekey_engine::schema::EngineKind;
use rekey_engine::{Error, Failure};

use crate::api::session::Session;
use crate::api::types::{BackupMade, BackupView, Stage};
use crate::api::{App, failure};
use crate::store::now;

// Shorter ones explain nothing to whoever reads the report.
const LEAST_REASON: usize = 10;

const POSTGRES_MISSING: &str = "This version does not make backups of PostgreSQL.";

impl App {
    /// How the backup stands.
    ///
    /// # Errors
    /// Where the stage is not open.
    pub async fn backup_view(&self) -> Result<BackupView, Failure> {
        let session = self.session.lock().await;
        session.open(Stage::Backup, self.work.stage())?;
        Ok(view(&session))
    }

    /// Makes a backup in the data folder, reads it back and compares it with the source.
    ///
    /// # Errors
    /// Where this version cannot make one, or it fails.
    pub async fn backup_make(&self) -> Result<BackupView, Failure> {
        let target = self.session.lock().await.open(Stage::Backup, self.work.stage())?;
        let Address::Sqlite { path } = &target.address else {
            return Err(failure::no_backup(POSTGRES_MISSING));
        };
        let folder = self.folder.join("backups");
        let backup = backup::sqlite(path, &folder, &now(), &|_, _| ()).await?;
        let noted = self.store().await?.keep_backup(&target.server.place, &made(&backup)).await;
        let mut session = self.session.lock().await;
        session.still(&target)?;
        // The backup is good whether or not the history could be written.
        session.notice = noted.err().map(|error| format!("The backup is not in the history of this machine: {error}."));
        session.backup = Some(backup);
        session.override_reason = None;
        Ok(view(&session))
    }

    /// Goes on without a backup of Rekey's, for a reason that the report prints.
    ///
    /// # Errors
    /// Where the reason says too little.
    pub async fn backup_override(&self, reason: &str) -> Result<BackupView, Failure> {
        let reason = reason.trim();
        if reason.chars().count() < LEAST_REASON {
            return Err(failure::reason_too_short(LEAST_REASON));
        }
        let mut session = self.session.lock().await;
        session.open(Stage::Backup, self.work.stage())?;
        session.override_reason = Some(reason.to_owned());
        Ok(view(&session))
    }
}

fn view(session: &Session) -> BackupView {
    let supported = session.target.as_ref().is_some_and(|target| target.database.engine() == EngineKind::Sqlite);
    BackupView {
        supported,
        missing: (!supported).then(|| {
            format!(
                "{POSTGRES_MISSING} Make one with pg_dump --format=custom and test that it can be restored; then say \
                 below where it is."
            )
        }),
        made: session.backup.as_ref().map(made),
        override_reason: session.override_reason.clone(),
    }
}

fn made(backup: &Backup) -> BackupMade {
    BackupMade {
        path: backup.path.clone(),
        bytes: backup.bytes,
        sha256: backup.sha256.clone(),
        verified: backup.verified,
        restore: backup.restore.join("\n"),
    }
}

/// Refuses where the backup is no longer the file that was made.
pub async fn check(backup: Backup) -> Result<(), Failure> {
    let checked = tokio::task::spawn_blocking(move || backup.check()).await;
    Ok(checked.map_err(|error| Error::Internal { detail: error.to_string() })??)
}
