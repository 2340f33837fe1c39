//! Welcome: what a freshly opened window needs, and the built-in sample.

use rekey_engine::Failure;
use rekey_engine::connect::{Address, tunnel};
use rekey_engine::execute::RunRecord;

use crate::api::session::Session;
use crate::api::types::{AppView, Environment, RunSummary, SessionView, SshView};
use crate::api::{App, connect};
use crate::sample;

impl App {
    /// Everything a freshly opened or reloaded window needs.
    ///
    /// # Errors
    /// Where the data folder cannot be used.
    pub async fn app_view(&self) -> Result<AppView, Failure> {
        let store = self.store().await?;
        let mut connections = store.connections().await?;
        for saved in &mut connections {
            saved.password_saved = self.has_password(saved);
        }
        let at_work = self.work.run();
        let runs = store.runs().await?.iter().map(|record| summary(record, at_work.as_deref())).collect();
        let keyring = self.keyring.state(&self.secrets).await;
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let ssh = SshView { found: tunnel::program().is_some(), hosts: tunnel::hosts::of_user() };
        Ok(AppView { version, keyring, ssh, connections, runs, session: self.session_view().await? })
    }

    /// Makes the built-in sample anew and opens it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub async fn sample_open(&self) -> Result<SessionView, Failure> {
        self.idle()?;
        let path = sample::create(&self.folder.join("sample")).await?;
        let session = connect::open(Address::Sqlite { path }, Environment::Dev, true, None).await?;
        self.replace(session).await
    }

    /// Closes the job at hand. Nothing in the database changes by it.
    ///
    /// # Errors
    /// While a run is at work.
    pub async fn session_close(&self) -> Result<SessionView, Failure> {
        self.held.clear();
        self.replace(Session::default()).await
    }
}

fn summary(record: &RunRecord, at_work: Option<&str>) -> RunSummary {
    RunSummary {
        run: record.run.clone(),
        database: record.database.clone(),
        place: record.place.clone(),
        state: record.state,
        at_work: at_work == Some(record.run.as_str()),
        started: record.started.clone(),
        finished: record.finished.clone(),
        undone: record.undone.clone(),
        plan_fingerprint: record.plan_fingerprint.clone(),
        seconds: record.seconds,
        undo_seconds: record.undone.is_some().then(|| record.undo_steps.iter().map(|step| step.seconds).sum()),
        started_by: record.safety_net.started_by.clone(),
    }
}
