//! A run that stopped on the way: found when its database is opened, taken to its end or back.

use std::sync::Arc;

use rekey_engine::Failure;
use rekey_engine::dialect::{Connection, Database};
use rekey_engine::execute::{self, RunFailure, RunRecord, RunState, StoredRun};
use rekey_engine::observer::Observer;

use crate::api::migrate::{confirm, undo_options};
use crate::api::session::{self, Session, Target, run_view};
use crate::api::types::{RunView, Stage, StoppedRun};
use crate::api::undo::stored;
use crate::api::work::AtWork;
use crate::api::{App, connect, failure};
use crate::wizard::Outcome;

impl App {
    /// Takes the run, or the undo, that stopped on the way to its end.
    ///
    /// # Errors
    /// Where there is none, the confirmation does not match, or it stops once more; the failure
    /// then says in which state the data is.
    pub async fn run_resume(&self, observer: &dyn Observer, confirmation: &str) -> Result<RunView, Failure> {
        let (target, stored, at_work) = self.begin_stopped(confirmation).await?;
        let options = undo_options(&stored.record);
        let ended = execute::resume(target.database.as_ref(), &stored, &options, observer, &at_work.cancel).await;
        drop(at_work);
        self.note_stopped(&target, ended).await
    }

    /// Takes back what the run that stopped on the way had done; of an undo that stopped, the
    /// conversion then stands again.
    ///
    /// # Errors
    /// As [`App::run_resume`].
    pub async fn run_abandon(&self, observer: &dyn Observer, confirmation: &str) -> Result<RunView, Failure> {
        let (target, stored, at_work) = self.begin_stopped(confirmation).await?;
        let options = undo_options(&stored.record);
        let ended = execute::abandon(target.database.as_ref(), &stored, &options, observer, &at_work.cancel).await;
        drop(at_work);
        self.note_stopped(&target, ended).await
    }

    async fn begin_stopped(&self, confirmation: &str) -> Result<(Arc<Target>, StoredRun, AtWork<'_>), Failure> {
        let (target, run, at_work) = {
            let mut session = self.session.lock().await;
            let target = session.open(Stage::Migrate, self.work.stage())?;
            let stopped = session.stopped.as_ref().filter(|stopped| stopped.halfway);
            let run = stopped.map(|stopped| stopped.run.clone());
            let run = run.ok_or_else(|| failure::closed("No run of this database stopped on the way."))?;
            confirm(&target, confirmation)?;
            let at_work = self.begin_work(Stage::Migrate)?.on(&run);
            session.reading = None;
            session.notice = None;
            (target, run, at_work)
        };
        let stored = stored(&target, &run).await?;
        Ok((target, stored, at_work))
    }

    async fn note_stopped(
        &self,
        target: &Arc<Target>,
        ended: Result<RunRecord, RunFailure>,
    ) -> Result<RunView, Failure> {
        let (record, failure) = match ended {
            Ok(record) => (record, None),
            Err(RunFailure { failure, record }) => (*record, Some(failure)),
        };
        let notice = self.note(&record, None).await;
        let stopped = find(target.database.as_ref()).await;
        let mut session = self.session.lock().await;
        if session.still(target).is_ok() {
            session.outcome = session::outcome(record.state).or(Some(Outcome::Unclear));
            session.record = Some(record.clone());
            session.stopped = stopped;
            session.validated = session::proven(&record);
            session.notice = notice;
        }
        failure.map_or_else(|| Ok(run_view(&record)), Err)
    }

    /// Looks, after work that ended without saying how, whether something stopped on the way.
    pub(super) async fn look_for_stopped(&self, target: &Arc<Target>) {
        let stopped = find(target.database.as_ref()).await;
        let mut session = self.session.lock().await;
        if session.still(target).is_ok() {
            session.stopped = stopped;
        }
    }

    /// Settles runs in the history of this machine that began on this database and never said
    /// how they ended: where the server's transaction held all of them, it took them back.
    pub(super) async fn recall_stopped(&self, session: &mut Session) {
        let Some(target) = session.target.clone().filter(|_| session.stopped.is_none()) else { return };
        let Ok(store) = self.store().await else { return };
        let records = store.runs().await.unwrap_or_default();
        let begun =
            records.into_iter().filter(|one| one.place == target.server.place && one.state == RunState::Started);
        for record in begun.collect::<Vec<_>>() {
            let Ok(record) = settled(&target, record).await else { return };
            // Without a note in the history the run is asked for again the next time.
            let _ = store.record(&record).await;
            if record.state == RunState::RolledBack && session.stopped.is_none() {
                session.stopped = Some(taken_back(&record));
            }
        }
    }
}

/// What the journal of a database says of its newest run, where that stopped on the way.
pub async fn of(
    database: &dyn Database,
    connection: &mut dyn Connection,
    last: &StoredRun,
) -> Result<Option<StoppedRun>, Failure> {
    if !last.is_halfway() {
        return Ok(None);
    }
    let standing = execute::standing(database, connection, last).await?;
    Ok(Some(StoppedRun {
        run: last.run.clone(),
        state: last.state,
        started: last.record.started.clone(),
        halfway: true,
        taking_back: standing.taking_back,
        doing: standing.doing,
        done: standing.done,
        of: standing.of,
    }))
}

async fn find(database: &dyn Database) -> Option<StoppedRun> {
    let mut connection = connect::reach(database).await.ok()?;
    let runs = execute::runs(database, connection.as_mut()).await.ok()?;
    of(database, connection.as_mut(), runs.first()?).await.ok()?
}

// The run lock tells whether somebody is still at it.
async fn settled(target: &Target, mut record: RunRecord) -> Result<RunRecord, Failure> {
    let database = target.database.as_ref();
    database.run_lock(&record.run).await?.release().await;
    let mut connection = connect::reach(database).await?;
    let runs = execute::runs(database, connection.as_mut()).await?;
    match runs.into_iter().find(|stored| stored.run == record.run) {
        Some(stored) => Ok(stored.record),
        None => {
            record.state = RunState::RolledBack;
            record.failure = Some("Rekey ended before the run did. Nothing of it is in the database.".to_owned());
            Ok(record)
        }
    }
}

fn taken_back(record: &RunRecord) -> StoppedRun {
    StoppedRun {
        run: record.run.clone(),
        state: record.state,
        started: record.started.clone(),
        halfway: false,
        taking_back: false,
        doing: None,
        done: 0,
        of: 0,
    }
}
