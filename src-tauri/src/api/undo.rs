//! The way back: the last run of this database, taken back through its map.

use std::sync::Arc;

use rekey_engine::execute::{self, RunFailure, RunRecord, StoredRun};
use rekey_engine::observer::Observer;
use rekey_engine::{DataState, Error, Failure};

use crate::api::migrate::{can_undo, confirm, undo_options};
use crate::api::session::{Target, run_view};
use crate::api::types::{RunView, Stage};
use crate::api::work::AtWork;
use crate::api::{App, connect, failure};
use crate::wizard::Outcome;

impl App {
    /// Takes back the run whose report is shown.
    ///
    /// # Errors
    /// Where there is no such run in the database that is open, the confirmation does
    /// not match, or the undo fails; the conversion then still stands.
    pub async fn undo(&self, observer: &dyn Observer, confirmation: &str) -> Result<RunView, Failure> {
        let (target, record, at_work) = self.begin_undo(confirmation).await?;
        let stored = stored(&target, &record.run).await?;
        let options = undo_options(&record);
        let ended = execute::undo(target.database.as_ref(), &stored, &options, observer, &at_work.cancel).await;
        drop(at_work);
        self.note_undo(&target, ended).await
    }

    async fn begin_undo(&self, confirmation: &str) -> Result<(Arc<Target>, RunRecord, AtWork<'_>), Failure> {
        let mut session = self.session.lock().await;
        let target = session.open(Stage::Report, self.work.stage())?;
        let Some(record) = session.shown().filter(|record| can_undo(record)).cloned() else {
            return Err(failure::closed("This run does not stand, so there is nothing to undo."));
        };
        if record.place != target.server.place {
            return Err(failure::closed("This run was on another database. Connect to that one first."));
        }
        confirm(&target, confirmation)?;
        let at_work = self.begin_work(Stage::Report)?.on(&record.run);
        session.notice = None;
        Ok((target, record, at_work))
    }

    async fn note_undo(&self, target: &Arc<Target>, ended: Result<RunRecord, RunFailure>) -> Result<RunView, Failure> {
        let (record, failure) = match ended {
            Ok(record) => (record, None),
            Err(RunFailure { failure, record }) => (*record, Some(failure)),
        };
        let notice = self.note(&record, None).await;
        let mut session = self.session.lock().await;
        if session.still(target).is_ok() {
            match failure.as_ref().map(|failure| &failure.state) {
                None => {
                    session.outcome = Some(Outcome::Undone);
                    session.validated = None;
                    // What was checked and copied was the converted database or an older one.
                    session.checklist = None;
                    session.forget_backup();
                }
                Some(DataState::Unclear { .. } | DataState::Halfway { .. }) => session.outcome = Some(Outcome::Unclear),
                Some(DataState::Untouched | DataState::RolledBack | DataState::Converted { .. }) => {}
            }
            session.reading = None;
            session.record = Some(record.clone());
            session.notice = notice;
        }
        let unclear = session.outcome == Some(Outcome::Unclear);
        drop(session);
        if unclear {
            self.look_for_stopped(target).await;
        }
        failure.map_or_else(|| Ok(run_view(&record)), Err)
    }
}

/// The run as the database itself knows it: with its plan and the catalogue before it.
pub async fn stored(target: &Target, run: &str) -> Result<StoredRun, Failure> {
    let mut connection = connect::reach(target.database.as_ref()).await?;
    let runs = execute::runs(target.database.as_ref(), connection.as_mut()).await?;
    let unknown = || Error::Unknown { kind: "run", name: run.to_owned() };
    Ok(runs.into_iter().find(|stored| stored.run == run).ok_or_else(unknown)?)
}
