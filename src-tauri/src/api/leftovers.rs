//! What work that was cut off left behind, offered for clean-up.

use std::path::PathBuf;
use std::sync::Arc;

use rekey_engine::Failure;
use rekey_engine::backup;
use rekey_engine::dialect::Leftover;

use crate::api::App;
use crate::api::session::Target;
use crate::api::types::Stage;
use crate::command::scratch;

impl App {
    /// Scratch databases on the server, and files where backups of this database lie.
    ///
    /// # Errors
    /// Where the stage is not open or the server does not answer.
    pub async fn leftovers(&self) -> Result<Vec<Leftover>, Failure> {
        let (target, folders) = self.places().await?;
        Ok(backup::leftovers(target.database.as_ref(), &folders).await?)
    }

    /// Removes one of them, and gives those that are still there.
    ///
    /// # Errors
    /// Where somebody is at work with it, or it cannot be removed.
    pub async fn leftover_remove(&self, name: &str) -> Result<Vec<Leftover>, Failure> {
        let (target, folders) = self.places().await?;
        // Nothing may begin meanwhile that would need it.
        let _at_work = self.begin_work(Stage::Backup)?;
        backup::clear(target.database.as_ref(), &folders, name).await?;
        Ok(backup::leftovers(target.database.as_ref(), &folders).await?)
    }

    async fn places(&self) -> Result<(Arc<Target>, Vec<PathBuf>), Failure> {
        let target = self.session.lock().await.open(Stage::Backup, self.work.stage())?;
        let mut folders = scratch::folders(self.store().await.ok(), &target.server.place).await;
        folders.push(self.folder.join("backups"));
        Ok((target, folders))
    }
}
