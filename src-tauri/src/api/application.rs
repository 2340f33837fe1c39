//! What stands around the database: the plan in the hands of other programs, the code that takes
//! ids for numbers, and the revision at which the code expects a migration tool to be.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rekey_engine::application::code::{self, Names, Scan, Scanned};
use rekey_engine::check::{ExpectedRevision, Name};
use rekey_engine::dialect::Database;
use rekey_engine::execute::Cancel;
use rekey_engine::observer::{Event, Observer};
use rekey_engine::plan::{Conversion, Plan};
use rekey_engine::{Error, Failure};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::api::types::{ChecklistView, CodeOf, CodeView, ExportFile, ExportView, Stage, VersionsView};
use crate::api::{App, connect, failure};
use crate::command::export::{self, Wish};
use crate::store::now;

/// The wish to stop what looks through code; it changes nothing, so it keeps nobody from other work.
#[derive(Default)]
pub struct Scanning(Mutex<Option<Cancel>>);

impl Scanning {
    // One at a time: what was begun before is of no use to anybody any more.
    fn begin(&self) -> Cancel {
        let cancel = Cancel::default();
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(cancel.clone());
        before.iter().for_each(Cancel::cancel);
        cancel
    }

    fn cancel(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(Cancel::cancel);
    }
}

impl App {
    /// Writes the plan as a script or as a migration file; without a file it is only shown.
    ///
    /// # Errors
    /// Where there is no plan, or no run of it for a file that only moves versions on; the format
    /// cannot express it; or the file is there already or cannot be written.
    pub async fn export(&self, wish: Wish, file: Option<ExportFile>) -> Result<ExportView, Failure> {
        let (database, plan) = self.exported(&wish).await?;
        let mut connection = connect::reach(database.as_ref()).await?;
        let made = export::make(database.as_ref(), connection.as_mut(), &plan, &wish).await;
        let made = made.map_err(|stop| *stop.failure)?;
        let path = match file {
            Some(file) => Some(write(&file, &made.text).await?),
            None => None,
        };
        Ok(ExportView { text: made.text, run: made.run, unknown_models: made.unknown, path })
    }

    /// What must change in the code: what was last found, and advice.
    ///
    /// # Errors
    /// Where there is nothing that it could be about.
    pub async fn code_view(&self, of: CodeOf) -> Result<CodeView, Failure> {
        let (fingerprint, conversions) = self.converted(of).await?;
        let scan = self.store().await?.code(&fingerprint).await?;
        Ok(CodeView { scan, advice: code::advice(&conversions) })
    }

    /// Looks through a folder and keeps what it found for the report. Only reads the folder.
    ///
    /// # Errors
    /// Where it is no folder, or that was cancelled.
    pub async fn code_scan(&self, of: CodeOf, folder: &str, observer: &dyn Observer) -> Result<CodeView, Failure> {
        let (fingerprint, conversions) = self.converted(of).await?;
        let path = PathBuf::from(folder.trim());
        if !path.is_absolute() || !path.is_dir() {
            return Err(failure::no_path(folder.trim(), "a folder"));
        }
        let scan = look(path.clone(), Names::of(&conversions), self.scanning.begin(), observer).await?;
        let scanned = Scanned { folder: path.display().to_string(), at: now(), scan };
        self.store().await?.keep_code(&fingerprint, &scanned).await?;
        Ok(CodeView { scan: Some(scanned), advice: code::advice(&conversions) })
    }

    /// Stops what looks through code; says nothing if nothing does.
    ///
    /// # Errors
    /// None; the window treats every command alike.
    pub async fn code_cancel(&self) -> Result<(), Failure> {
        self.scanning.cancel();
        Ok(())
    }

    /// The tables of migration tools as they were found, and which revisions are expected.
    ///
    /// # Errors
    /// Where the stage is not open.
    pub async fn versions_view(&self) -> Result<VersionsView, Failure> {
        let session = self.session.lock().await;
        session.open(Stage::Checklist, self.work.stage())?;
        Ok(VersionsView { tables: session.versions.clone(), expected: session.expected.clone() })
    }

    /// Takes the revisions at which the code expects migration tools to be, and looks at them.
    ///
    /// # Errors
    /// Where the database cannot be read; the checklist then has to be gone through again.
    pub async fn versions_expect(&self, expected: Vec<ExpectedRevision>) -> Result<ChecklistView, Failure> {
        {
            let mut session = self.session.lock().await;
            session.open(Stage::Checklist, self.work.stage())?;
            let told = |one: ExpectedRevision| ExpectedRevision { revision: one.revision.trim().to_owned(), ..one };
            session.expected = expected.into_iter().map(told).filter(|one| !one.revision.is_empty()).collect();
        }
        let seen = self.checklist_again(Name::Migrations).await;
        if seen.is_err() {
            self.session.lock().await.checklist = None;
        }
        seen
    }

    // A file that only moves versions on is for the run that is shown.
    async fn exported(&self, wish: &Wish) -> Result<(Arc<dyn Database>, Plan), Failure> {
        let session = self.session.lock().await;
        if !wish.state_only {
            let target = session.open(Stage::Plan, self.work.stage())?;
            let plan = session.plan.clone().ok_or_else(|| failure::closed("Make a plan first."))?;
            return Ok((Arc::clone(&target.database), Plan::clone(&plan)));
        }
        let target = session.open(Stage::Report, self.work.stage())?;
        let record = session.shown().filter(|record| record.place == target.server.place).cloned();
        drop(session);
        let record = record.ok_or_else(|| failure::closed("This run was on another database. Connect to it first."))?;
        let stored = super::undo::stored(&target, &record.run).await?;
        Ok((Arc::clone(&target.database), stored.plan))
    }

    async fn converted(&self, of: CodeOf) -> Result<(String, Vec<Conversion>), Failure> {
        let session = self.session.lock().await;
        let found = match of {
            CodeOf::Plan => session.plan.as_ref().map(|plan| (plan.fingerprint.clone(), plan.conversions.clone())),
            CodeOf::Run => session.shown().map(|record| (record.plan_fingerprint.clone(), record.conversions.clone())),
        };
        found.ok_or_else(|| failure::closed("Make a plan first."))
    }
}

// Files are read on a thread of their own; what it tells comes back here.
async fn look(folder: PathBuf, names: Names, cancel: Cancel, observer: &dyn Observer) -> Result<Scan, Failure> {
    let (sender, mut receiver) = unbounded_channel();
    let work = tokio::task::spawn_blocking(move || code::scan(&folder, &names, &Told(sender), &cancel));
    while let Some(event) = receiver.recv().await {
        observer.notice(event);
    }
    Ok(work.await.map_err(|error| Error::Internal { detail: error.to_string() })??)
}

struct Told(UnboundedSender<Event>);

impl Observer for Told {
    fn notice(&self, event: Event) {
        // Nobody listens any more where the window has gone.
        let _ = self.0.send(event);
    }
}

// Whoever chose the file in the system's dialog was asked there; whoever typed it was not.
async fn write(file: &ExportFile, text: &str) -> Result<String, Failure> {
    let path = Path::new(file.path.trim());
    if !path.is_absolute() {
        return Err(failure::no_path(file.path.trim(), "a file"));
    }
    let failed = |error: std::io::Error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return failure::file_taken(&path.display().to_string());
        }
        Error::File { path: path.display().to_string(), detail: error.to_string() }.into()
    };
    if file.replace {
        tokio::fs::write(path, text).await.map_err(failed)?;
    } else {
        let mut opened = tokio::fs::OpenOptions::new().write(true).create_new(true).open(path).await.map_err(failed)?;
        tokio::io::AsyncWriteExt::write_all(&mut opened, text.as_bytes()).await.map_err(failed)?;
        opened.sync_all().await.map_err(failed)?;
    }
    Ok(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_that_is_begun_ends_the_one_before() {
        let scanning = Scanning::default();
        let (first, second) = (scanning.begin(), scanning.begin());
        assert!(first.is_cancelled() && !second.is_cancelled());
        scanning.cancel();
        assert!(second.is_cancelled());
    }
}
