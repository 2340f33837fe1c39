//! Backup: a copy to go back to, or a typed reason for going on without one.

use rekey_engine::backup::{self, Backup, Making};
use rekey_engine::observer::Observer;
use rekey_engine::{Error, Failure};

use crate::api::session::Session;
use crate::api::types::{BackupMade, BackupView, Stage};
use crate::api::{App, failure, restore};
use crate::command::run::new_run;
use crate::store::now;

// Shorter ones explain nothing to whoever reads the report.
const LEAST_REASON: usize = 10;

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

    /// Makes a backup in the data folder, restores it into a scratch database and compares it
    /// with the source.
    ///
    /// # Errors
    /// Where it cannot be made or proven; nothing of it is left then.
    pub async fn backup_make(&self, observer: &dyn Observer) -> Result<BackupView, Failure> {
        let (target, at_work) = {
            let session = self.session.lock().await;
            (session.open(Stage::Backup, self.work.stage())?, self.begin_work(Stage::Backup)?)
        };
        let (folder, run, name) = (self.folder.join("backups"), new_run(), now());
        let making = Making { folder: &folder, name: &name, run: &run, programs: None, server: None };
        let ended = backup::make(target.database.as_ref(), &making, observer, &at_work.cancel).await;
        drop(at_work);
        let backup = ended?;
        let noted = self.store().await?.keep_backup(&target.server.place, &made(&backup)).await;
        let mut session = self.session.lock().await;
        session.still(&target)?;
        // The backup is good whether or not the history could be written.
        session.notice = noted.err().map(|error| format!("The backup is not in the history of this machine: {error}."));
        session.forget_backup();
        session.backup = Some(backup);
        Ok(view(&session))
    }

    /// Goes on without a backup of Rekey's, for a reason that the report prints.
    ///
    /// # Errors
    /// Where the reason says too little.
    pub async fn backup_override(&self, reason: &str) -> Result<BackupView, Failure> {
        let reason = enough(reason)?;
        let mut session = self.session.lock().await;
        session.open(Stage::Backup, self.work.stage())?;
        session.override_reason = Some(reason);
        Ok(view(&session))
    }
}

/// A reason that says enough to be printed.
pub fn enough(reason: &str) -> Result<String, Failure> {
    let reason = reason.trim();
    if reason.chars().count() < LEAST_REASON {
        return Err(failure::reason_too_short(LEAST_REASON));
    }
    Ok(reason.to_owned())
}

/// The stage as it stands.
pub fn view(session: &Session) -> BackupView {
    BackupView {
        made: session.backup.as_ref().map(made),
        override_reason: session.override_reason.clone(),
        restorable: session.backup.as_ref().map(restore::restorable),
        restored: session.restored.clone(),
    }
}

fn made(backup: &Backup) -> BackupMade {
    BackupMade {
        path: backup.path.clone(),
        bytes: backup.bytes,
        sha256: backup.sha256.clone(),
        verified: backup.verified,
        client: backup.client.clone(),
        restore: backup.restore.join("\n"),
    }
}

/// Refuses where the backup is no longer the file that was made.
pub async fn check(backup: Backup) -> Result<(), Failure> {
    let checked = tokio::task::spawn_blocking(move || backup.check()).await;
    Ok(checked.map_err(|error| Error::Internal { detail: error.to_string() })??)
}
