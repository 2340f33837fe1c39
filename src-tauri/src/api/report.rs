//! Report: what is kept of a run, of this job or of the past.

use std::path::{Path, PathBuf};

use rekey_engine::execute::RunRecord;
use rekey_engine::redis;
use rekey_engine::report::Report;
use rekey_engine::{Error, Failure};

use crate::api::migrate::can_undo;
use crate::api::session::{Target, run_view};
use crate::api::types::{ReportView, SessionView};
use crate::api::undo::stored;
use crate::api::{App, connect, failure};

impl App {
    /// Writes the report of the run that is shown into the data folder.
    ///
    /// # Errors
    /// Where there is no run, or the files cannot be written.
    pub async fn report(&self) -> Result<ReportView, Failure> {
        let (record, here) = {
            let session = self.session.lock().await;
            let record =
                session.shown().cloned().ok_or_else(|| failure::closed("There is no run to report on yet."))?;
            let here = session.target.clone().filter(|target| target.server.place == record.place);
            (record, here)
        };
        let store = self.store().await?;
        let plan = store.plan(&record.plan_fingerprint).await?;
        let scanned = store.code(&record.plan_fingerprint).await?;
        let run = run_view(&record);
        let (started, database) = (record.started.clone(), record.database.clone());
        // Where the database cannot say what an undo would send, there is none for now.
        let undo_statements = match here.filter(|_| can_undo(&record)) {
            Some(target) => held_for_redis(&target, &record.run).await.ok(),
            None => None,
        };
        let (html_path, json_path) = self.report_paths(&record);
        let report = Report::new(record, plan.as_ref()).with_code(scanned);
        write(&html_path, report.html()?).await?;
        write(&json_path, report.json()).await?;
        Ok(ReportView {
            run,
            html_path: html_path.display().to_string(),
            json_path: json_path.display().to_string(),
            advice: report.advice,
            stamps: report.stamps,
            started,
            database,
            can_undo: undo_statements.is_some(),
            undo_statements: undo_statements.unwrap_or_default(),
        })
    }

    /// The page of the report that is shown, written anew, to be opened by the system.
    ///
    /// # Errors
    /// As [`App::report`].
    pub async fn report_page(&self) -> Result<PathBuf, Failure> {
        self.report().await.map(|view| PathBuf::from(view.html_path))
    }

    /// Opens a run of the past to read its report.
    ///
    /// # Errors
    /// Where the history knows no such run, or while a run is at work.
    pub async fn run_open(&self, run: &str) -> Result<SessionView, Failure> {
        self.idle()?;
        let unknown = || Error::Unknown { kind: "run", name: run.to_owned() };
        let record = self.store().await?.run(run).await?.ok_or_else(unknown)?;
        let mut session = self.session.lock().await;
        session.reading = Some(record);
        Ok(self.view(&session))
    }

    fn report_paths(&self, record: &RunRecord) -> (PathBuf, PathBuf) {
        let folder = self.folder.join("reports");
        (folder.join(format!("{}.html", record.run)), folder.join(format!("{}.json", record.run)))
    }
}

// It depends on where ids stand, so no plan can show it.
async fn held_for_redis(target: &Target, run: &str) -> Result<Vec<String>, Failure> {
    let stored = stored(target, run).await?;
    let database = target.database.as_ref();
    let mut connection = connect::reach(database).await?;
    Ok(redis::held_by(database, connection.as_mut(), run, &stored.plan).await?)
}

async fn write(path: &Path, text: String) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::File { path: path.display().to_string(), detail: error.to_string() };
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    tokio::fs::write(path, text).await.map_err(failed)
}
