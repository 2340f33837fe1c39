//! The three ways back from a run: which are open, what each does to rows that were written
//! since, and the one that closes the others.

use std::sync::Arc;

use rekey_engine::execute::{self, RunFailure, RunRecord, RunState, Since};
use rekey_engine::observer::Silent;
use rekey_engine::{Error, Failure};

use crate::api::migrate::undo_options;
use crate::api::session::{Target, run_view};
use crate::api::types::{GoingBack, OneWay, RunView, Stage};
use crate::api::undo::stored;
use crate::api::{App, connect, failure};

impl App {
    /// Which ways back the run that is shown has.
    ///
    /// # Errors
    /// Where there is no run.
    pub async fn going_back(&self) -> Result<GoingBack, Failure> {
        let (record, here) = self.shown_run().await?;
        let backup = record.safety_net.backup_details.as_ref();
        let file = record.safety_net.backup.clone();
        let standing = standing(&record).or_else(|| elsewhere(here.as_deref()));
        Ok(GoingBack {
            undo: OneWay { closed: standing.clone() },
            restore: OneWay { closed: restore_closed(file.as_deref()) },
            finish: OneWay { closed: standing },
            backup_made: backup.map(|details| details.created.clone()),
            restore_lines: backup.map(|details| details.restore.clone()).unwrap_or_default(),
            backup: file,
        })
    }

    /// Counts the rows that were written since the run that is shown. It reads whole tables, so
    /// it is done when somebody asks for it.
    ///
    /// # Errors
    /// Where the run does not stand in the open database, or it cannot be asked.
    pub async fn rows_since(&self) -> Result<Vec<Since>, Failure> {
        let (record, here) = self.shown_run().await?;
        let target = open_run(&record, here)?;
        let stored = stored(&target, &record.run).await?;
        let mut connection = connect::reach(target.database.as_ref()).await?;
        Ok(execute::since(target.database.as_ref(), connection.as_mut(), &stored).await?)
    }

    /// Makes the run that is shown final: its maps go, and with them the undo. `confirmation` is
    /// the name of the database, whatever its environment.
    ///
    /// # Errors
    /// Where the run does not stand, the name does not match, or the maps cannot be removed; the
    /// run then stands as it did.
    pub async fn run_keep(&self, confirmation: &str) -> Result<RunView, Failure> {
        let (record, here) = self.shown_run().await?;
        let target = open_run(&record, here)?;
        if confirmation.trim() != target.server.database {
            return Err(failure::not_confirmed(&target.server.database));
        }
        let at_work = self.begin_work(Stage::Report)?;
        let stored = stored(&target, &record.run).await?;
        let ended = execute::keep(target.database.as_ref(), &stored, &undo_options(&record), &Silent).await;
        drop(at_work);
        let record = match ended {
            Ok(record) => record,
            Err(RunFailure { failure, .. }) => return Err(failure),
        };
        let notice = self.note(&record, None).await;
        let mut session = self.session.lock().await;
        if session.still(&target).is_ok() {
            session.reading = None;
            session.record = Some(record.clone());
            session.notice = notice;
        }
        Ok(run_view(&record))
    }

    async fn shown_run(&self) -> Result<(RunRecord, Option<Arc<Target>>), Failure> {
        let session = self.session.lock().await;
        let record = session.shown().cloned().ok_or_else(|| failure::closed("There is no run to report on yet."))?;
        let here = session.target.clone().filter(|target| target.server.place == record.place);
        Ok((record, here))
    }
}

fn open_run(record: &RunRecord, here: Option<Arc<Target>>) -> Result<Arc<Target>, Failure> {
    if let Some(reason) = standing(record).or_else(|| elsewhere(here.as_deref())) {
        return Err(failure::closed(&reason));
    }
    Ok(here.ok_or_else(|| Error::Unknown { kind: "run", name: record.run.clone() })?)
}

fn standing(record: &RunRecord) -> Option<String> {
    let reason = match record.state {
        RunState::Converted => return None,
        RunState::Started => "The run has not come to its end. Go on with it, or take it back, under Migrate.",
        RunState::RolledBack => "The database took this run back by itself, so there is nothing left of it.",
        RunState::Undoing => "The undo of this run has not come to its end. Go on with it under Migrate.",
        RunState::Undone => "This run was undone.",
        RunState::Kept => "This run was finished: its map is gone, and with it the undo.",
    };
    Some(reason.to_owned())
}

fn elsewhere(here: Option<&Target>) -> Option<String> {
    here.is_none().then(|| "Connect to the database of this run first.".to_owned())
}

fn restore_closed(file: Option<&str>) -> Option<String> {
    match file {
        None => Some("This run began without a backup of Rekey's.".to_owned()),
        Some(file) if !std::path::Path::new(file).exists() => {
            Some(format!("The backup is not where it was written: {file}"))
        }
        Some(_) => None,
    }
}
