//! Inspect: what is in the database.

use rekey_engine::Failure;
use rekey_engine::inspect::{self, Inspection};

use crate::api::types::Stage;
use crate::api::{App, connect};

impl App {
    /// Looks at the database, read-only.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub async fn inspect(&self) -> Result<Inspection, Failure> {
        let target = self.session.lock().await.open(Stage::Inspect, self.work.stage())?;
        let mut connection = connect::reach(target.database.as_ref()).await?;
        let inspection = inspect::inspect(target.database.as_ref(), connection.as_mut()).await?;
        let mut session = self.session.lock().await;
        session.still(&target)?;
        session.inspected = true;
        session.versions.clone_from(&inspection.version_tables);
        Ok(inspection)
    }
}
