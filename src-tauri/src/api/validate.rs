//! Validate: the proofs, looked at again.

use rekey_engine::Failure;
use rekey_engine::execute::{self, Sample};
use rekey_engine::schema::TableName;

use crate::api::session::run_view;
use crate::api::types::{RunView, Stage};
use crate::api::undo::stored;
use crate::api::{App, connect, failure};

impl App {
    /// Looks again whether the converted database still holds what the run proved. The
    /// proofs that the run itself took come first, those that last are taken anew.
    ///
    /// # Errors
    /// Where the database cannot be asked.
    pub async fn validate(&self) -> Result<RunView, Failure> {
        let (target, record) = {
            let session = self.session.lock().await;
            let target = session.open(Stage::Validate, self.work.stage())?;
            let record = session.record.clone().ok_or_else(|| failure::closed("Nothing has been converted yet."))?;
            (target, record)
        };
        let stored = stored(&target, &record.run).await?;
        let mut connection = connect::reach(target.database.as_ref()).await?;
        let proofs = execute::validate(target.database.as_ref(), connection.as_mut(), &stored).await?;
        let mut view = run_view(&record);
        for proof in proofs {
            match view.validation.iter_mut().find(|taken| (&taken.id, &taken.sql) == (&proof.id, &proof.sql)) {
                Some(taken) => *taken = proof,
                None => view.validation.push(proof),
            }
        }
        let mut session = self.session.lock().await;
        session.still(&target)?;
        session.validated = Some(view.validation.iter().all(|proof| proof.passed));
        Ok(view)
    }

    /// A few rows of a converted table with old and new ids. They go to the window and nowhere
    /// else.
    ///
    /// # Errors
    /// Where the run converted nothing of that table, or the database cannot be asked.
    pub async fn sample(&self, table: TableName) -> Result<Sample, Failure> {
        let (target, run) = {
            let session = self.session.lock().await;
            let target = session.open(Stage::Validate, self.work.stage())?;
            let run = session.record.as_ref().map(|record| record.run.clone());
            (target, run.ok_or_else(|| failure::closed("Nothing has been converted yet."))?)
        };
        let stored = stored(&target, &run).await?;
        let mut connection = connect::reach(target.database.as_ref()).await?;
        Ok(execute::sample(target.database.as_ref(), connection.as_mut(), &stored, &table).await?)
    }
}
