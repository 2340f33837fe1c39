//! Report: what is kept of a run, of this job or of the past.

use std::path::{Path, PathBuf};

use rekey_engine::execute::RunRecord;
use rekey_engine::report::Report;
use rekey_engine::{Error, Failure};

use crate::api::migrate::can_undo;
use crate::api::session::run_view;
use crate::api::types::{ReportView, SessionView};
use crate::api::{App, failure};

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
            let here = session.target.as_ref().is_some_and(|target| target.server.place == record.place);
            (record, here)
        };
        let store = self.store().await?;
        let plan = store.plan(&record.plan_fingerprint).await?;
        let scanned = store.code(&record.plan_fingerprint).await?;
        let run = run_view(&record);
        let undoable = here && can_undo(&record);
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
            can_undo: undoable,
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

async fn write(path: &Path, text: String) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::File { path: path.display().to_string(), detail: error.to_string() };
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    tokio::fs::write(path, text).await.map_err(failed)
}
