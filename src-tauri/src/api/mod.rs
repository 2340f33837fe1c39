//! What the window may ask, one file per stage of the wizard, and the types of the
//! answers. Everything here works without a window: tests call it directly.
//!
//! Nothing is held locked while a database is asked: a server that never answers must
//! not keep the user from closing the job. What comes back is dropped where another job
//! was opened meanwhile.
#![allow(clippy::result_large_err, reason = "a failure is rare and goes straight to a person")]

mod application;
mod backup;
#[cfg(test)]
mod catalogue;
mod checklist;
mod connect;
mod connection_test;
mod failure;
mod going_back;
mod import;
mod inspect;
mod keyring;
mod leftovers;
mod log;
mod migrate;
mod password;
mod plan;
pub mod redis;
mod rehearse;
mod report;
mod restore;
mod resume;
mod server;
mod services;
mod session;
mod sign_off;
#[cfg(test)]
mod tests;
pub mod types;
mod undo;
mod validate;
mod welcome;
mod work;

pub use log::{Job, Log, LogLine};
pub use plan::PlanFormat;
pub use services::ServicesView;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rekey_engine::Failure;
use tokio::sync::{Mutex, OnceCell};

use crate::api::session::Session;
use crate::api::types::{SessionView, Stage};
use crate::secrets::{SecretStore, SessionOnly};
use crate::store::Store;

/// The application behind the window.
pub struct App {
    folder: PathBuf,
    store: OnceCell<Store>,
    secrets: Arc<dyn SecretStore>,
    // Passwords of saved connections that the keyring did not take.
    session_only: SessionOnly,
    keyring: keyring::Probe,
    held: password::Held,
    session: Mutex<Session>,
    chosen: services::Chosen,
    work: work::Work,
    scanning: application::Scanning,
    log: Arc<Log>,
}

impl App {
    /// An application that keeps its files in `folder` and its passwords in `secrets`.
    /// Opens neither yet.
    pub fn new(folder: impl Into<PathBuf>, secrets: Arc<dyn SecretStore>) -> Self {
        App {
            folder: folder.into(),
            store: OnceCell::new(),
            secrets,
            session_only: SessionOnly::new(),
            keyring: keyring::Probe::default(),
            held: password::Held::default(),
            session: Mutex::new(Session::default()),
            chosen: services::Chosen::default(),
            work: work::Work::default(),
            scanning: application::Scanning::default(),
            log: Arc::default(),
        }
    }

    /// The folder of its files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What was done since the window was opened.
    pub fn log(&self) -> &Arc<Log> {
        &self.log
    }

    /// The stage whose work must not be torn off, where one is at work.
    pub fn at_work(&self) -> Option<Stage> {
        self.work.stage()
    }

    /// True where the work is in Redis: what was done of it stays when it is cancelled.
    pub fn at_work_in_redis(&self) -> bool {
        self.work.in_redis()
    }

    /// The job at hand.
    ///
    /// # Errors
    /// None at present; the window treats every command alike.
    pub async fn session_view(&self) -> Result<SessionView, Failure> {
        Ok(self.view(&*self.session.lock().await))
    }

    fn view(&self, session: &Session) -> SessionView {
        session.view(self.work.stage())
    }

    // Opened late and again after a failure: a full disk must not keep the window shut.
    async fn store(&self) -> Result<&Store, Failure> {
        Ok(self.store.get_or_try_init(|| Store::open(&self.folder)).await?)
    }
}
