//! The application around the run: what the user's file says, done one by one with a yes each.
//!
//! The file is read once, when it is chosen. What is carried out is what was shown of it then,
//! whatever becomes of the file meanwhile.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rekey_engine::Failure;
use rekey_engine::application::probes::{self, Api, Comparison, Snapshot};
use rekey_engine::application::services::{
    self, Ended, LogReport, Period, Presence, Services, Shown, Trouble, Verb, Wellbeing,
};
use rekey_engine::secret::SecretString;
use serde::Serialize;
use time::OffsetDateTime;
use ts_rs::TS;

use crate::api::types::Stage;
use crate::api::{App, failure};
use crate::store::now;
use crate::{api_token, secrets};

/// How long to wait for services to leave the database.
const PATIENCE: Duration = Duration::from_secs(15);

/// What the chosen file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ServicesView {
    /// The file, where one was chosen.
    pub file: Option<String>,
    /// Its commands, in the order in which they are needed.
    pub actions: Vec<ServicesAction>,
    /// Where services tell that they are well.
    pub health: Option<String>,
    /// The logs that are files.
    pub logs: Vec<String>,
    /// The commands that write logs.
    pub log_commands: Vec<Shown>,
    /// The interface that is asked before and after.
    pub interface: Option<InterfaceView>,
}

/// A command that can be carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ServicesAction {
    /// What it does.
    pub verb: Verb,
    /// The command exactly as it is carried out.
    pub command: Shown,
}

/// The interface of the user's application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InterfaceView {
    /// Where it is.
    pub base: String,
    /// True where what is sent can be read on its way.
    pub open: bool,
    /// True where it wants a token and there is none.
    pub token_missing: bool,
    /// What is asked, by name.
    pub probes: Vec<String>,
    /// When it was asked before the run.
    pub asked_before: Option<String>,
}

/// The file that was chosen, and what was learnt since.
#[derive(Default)]
pub struct Chosen {
    current: Mutex<Option<Arc<Known>>>,
}

#[derive(Clone)]
struct Known {
    path: PathBuf,
    services: Services,
    started: Option<OffsetDateTime>,
    before: Option<Snapshot>,
}

impl Chosen {
    fn locked(&self) -> MutexGuard<'_, Option<Arc<Known>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> Result<Arc<Known>, Failure> {
        self.locked().clone().ok_or_else(|| failure::closed("Choose the file with your services first."))
    }

    // What was learnt of a file that is no longer the chosen one is dropped.
    fn learn(&self, of: &Arc<Known>, change: impl FnOnce(&mut Known)) {
        if let Some(current) = self.locked().as_mut().filter(|current| current.path == of.path) {
            change(Arc::make_mut(current));
        }
    }
}

impl App {
    /// What is known of the services.
    ///
    /// # Errors
    /// None at present; the window treats every command alike.
    pub async fn services_view(&self) -> Result<ServicesView, Failure> {
        let known = self.chosen.locked().clone();
        let Some(known) = known else { return Ok(ServicesView::default()) };
        let interface = match &known.services.api {
            Some(api) => Some(self.interface(api, known.before.as_ref()).await),
            None => None,
        };
        Ok(view(&known, interface))
    }

    async fn interface(&self, api: &Api, before: Option<&Snapshot>) -> InterfaceView {
        InterfaceView {
            base: api.base.clone(),
            open: api.is_open(),
            token_missing: api.token && self.api_token(api).await.is_none(),
            probes: api.probes.iter().map(|probe| probe.title().to_owned()).collect(),
            asked_before: before.map(|before| before.taken.clone()),
        }
    }

    /// Reads the file that the user chose.
    ///
    /// # Errors
    /// Where it cannot be used; the file chosen before stays.
    pub async fn services_read(&self, path: &Path) -> Result<ServicesView, Failure> {
        if !path.is_absolute() {
            return Err(failure::no_path(&path.display().to_string(), "a file"));
        }
        let services = Services::read(path)?;
        let known = Known { path: path.to_owned(), services, started: None, before: None };
        *self.chosen.locked() = Some(Arc::new(known));
        self.services_view().await
    }

    /// Carries out a command. `line` is the command that the user was shown and said yes to.
    ///
    /// # Errors
    /// Where that is another one, or it cannot be started. Every end that it comes to is an answer.
    pub async fn services_do(&self, verb: Verb, line: &str) -> Result<Ended, Failure> {
        let known = self.chosen.known()?;
        let task = known.services.task(verb)?;
        let shown = task.shown().line;
        if shown != line {
            return Err(failure::not_agreed(&shown));
        }
        let at_work = self.begin_work(Stage::Migrate)?;
        let begun = OffsetDateTime::now_utc();
        let ended = services::carry_out(task, &at_work.cancel).await?;
        if verb == Verb::Start {
            self.chosen.learn(&known, |known| known.started = Some(begun));
        }
        Ok(ended)
    }

    /// Looks whether the services have left the database, for a while.
    ///
    /// # Errors
    /// Where no database is open or it cannot be asked.
    pub async fn services_stopped(&self) -> Result<Presence, Failure> {
        let known = self.chosen.known()?;
        let target = self.session.lock().await.open(Stage::Inspect, self.work.stage())?;
        let at_work = self.begin_work(Stage::Migrate)?;
        let database = target.database.as_ref();
        Ok(services::wait_until_stopped(&known.services, database, PATIENCE, &at_work.cancel).await?)
    }

    /// Asks whether the services are well.
    ///
    /// # Errors
    /// Where the file names no address.
    pub async fn services_health(&self) -> Result<Wellbeing, Failure> {
        let known = self.chosen.known()?;
        let health = known.services.health.as_ref().ok_or(Trouble::Missing { key: "health" })?;
        let at_work = self.begin_work(Stage::Migrate)?;
        Ok(services::health(health, &at_work.cancel).await?)
    }

    /// Looks through the logs: since the services were started from here, else through their ends.
    /// `commands` says that the user was shown the commands that write logs and said yes.
    ///
    /// # Errors
    /// Where the file names no log.
    pub async fn services_log(&self, commands: bool) -> Result<LogReport, Failure> {
        let known = self.chosen.known()?;
        let period = Period::since(known.started);
        let at_work = self.begin_work(Stage::Migrate)?;
        Ok(services::scan(&known.services, period, commands, &at_work.cancel).await?)
    }

    /// Keeps the token for the interface in the keyring, or where that does not work in memory.
    ///
    /// # Errors
    /// Where no file with an interface was chosen.
    pub async fn services_token(&self, token: SecretString) -> Result<ServicesView, Failure> {
        let known = self.chosen.known()?;
        let api = known.services.api.as_ref().ok_or(Trouble::Missing { key: "api" })?;
        let (id, secret) = (api_token::id(api), token.clone());
        if secrets::ask(&self.secrets, move |secrets| secrets.set(&id, &secret)).await.is_err() {
            // The twin in memory takes everything.
            let _ = secrets::SecretStore::set(&self.session_only, &api_token::id(api), &token);
        }
        self.services_view().await
    }

    async fn api_token(&self, api: &Api) -> Option<SecretString> {
        let id = api_token::id(api);
        if let Ok(Some(token)) = secrets::SecretStore::get(&self.session_only, &id) {
            return Some(token);
        }
        secrets::ask(&self.secrets, move |secrets| secrets.get(&id)).await.ok().flatten()
    }

    /// Asks the interface before the run.
    ///
    /// # Errors
    /// Where the file names none, or its token is missing.
    pub async fn api_before(&self) -> Result<Snapshot, Failure> {
        let known = self.chosen.known()?;
        let before = self.answers(&known).await?;
        let kept = before.clone();
        self.chosen.learn(&known, |known| known.before = Some(kept));
        Ok(before)
    }

    /// Asks the interface after the run and compares.
    ///
    /// # Errors
    /// Where it was not asked before the run, and those of [`App::api_before`].
    pub async fn api_after(&self) -> Result<Comparison, Failure> {
        let known = self.chosen.known()?;
        let before = known.before.as_ref().ok_or_else(|| {
            failure::closed("The interface was not asked before the run, so there is nothing to compare with.")
        })?;
        let after = self.answers(&known).await?;
        Ok(probes::compare(before, &after))
    }

    async fn answers(&self, known: &Known) -> Result<Snapshot, Failure> {
        let api = known.services.api.as_ref().ok_or(Trouble::Missing { key: "api" })?;
        let token = if api.token { self.api_token(api).await } else { None };
        let at_work = self.begin_work(Stage::Migrate)?;
        Ok(probes::snapshot(api, token.as_ref(), now(), &at_work.cancel).await?)
    }
}

fn view(known: &Known, interface: Option<InterfaceView>) -> ServicesView {
    let services = &known.services;
    let actions = Verb::ALL.into_iter().filter_map(|verb| {
        let command = services.task(verb).ok()?.shown();
        Some(ServicesAction { verb, command })
    });
    ServicesView {
        file: Some(known.path.display().to_string()),
        actions: actions.collect(),
        health: services.health.as_ref().map(|health| health.url.clone()),
        logs: services.logs.iter().map(|path| path.display().to_string()).collect(),
        log_commands: services.log_commands.iter().map(services::Task::shown).collect(),
        interface,
    }
}

#[cfg(test)]
mod tests {
    use rekey_engine::application::services::How;

    use super::*;
    use crate::secrets::SessionOnly;

    fn app() -> (tempfile::TempDir, App) {
        let folder = tempfile::tempdir().expect("folder");
        let app = App::new(folder.path().join("data"), Arc::new(SessionOnly::new()));
        (folder, app)
    }

    fn described(folder: &tempfile::TempDir, text: &str) -> PathBuf {
        let path = folder.path().join("services.json");
        std::fs::write(&path, text).expect("write");
        path
    }

    // To be compiled is enough.
    #[allow(dead_code, reason = "the window sends what it waits for between threads")]
    fn everything_can_be_sent(app: &App) {
        fn is_sent<T: Send>(_: T) {}
        is_sent(app.services_view());
        is_sent(app.services_read(Path::new("")));
        is_sent(app.services_do(Verb::Stop, ""));
        is_sent(app.services_stopped());
        is_sent(app.services_health());
        is_sent(app.services_log(false));
        is_sent(app.services_token(SecretString::from("")));
        is_sent(app.api_before());
        is_sent(app.api_after());
    }

    #[tokio::test]
    async fn nothing_is_done_without_a_file() {
        let (_folder, app) = app();
        assert_eq!(app.services_view().await.expect("view"), ServicesView::default());
        let codes = [
            app.services_do(Verb::Stop, "").await.expect_err("do").code,
            app.services_stopped().await.expect_err("stopped").code,
            app.services_health().await.expect_err("health").code,
            app.services_log(true).await.expect_err("log").code,
            app.services_token(SecretString::from("x")).await.expect_err("token").code,
            app.api_before().await.expect_err("before").code,
            app.api_after().await.expect_err("after").code,
        ];
        assert!(codes.iter().all(|code| code == "RK-E40"), "{codes:?}");
    }

    #[tokio::test]
    async fn what_runs_is_what_was_shown() {
        let (folder, app) = app();
        let path = described(&folder, r#"{"stop": {"command": ["touch", "stopped"]}}"#);
        let view = app.services_read(&path).await.expect("read");
        let line = view.actions[0].command.line.clone();
        assert_eq!((view.actions.len(), line.as_str()), (1, "touch stopped"));
        assert_eq!(app.services_do(Verb::Stop, "touch other").await.expect_err("another").code, "RK-E59");
        assert!(!folder.path().join("stopped").exists());
        // The file says otherwise by now; the user saw what it said before.
        described(&folder, r#"{"stop": {"command": ["touch", "swapped"]}}"#);
        let ended = app.services_do(Verb::Stop, &line).await.expect("do");
        assert_eq!((ended.well, ended.how), (true, How::Exited));
        assert!(folder.path().join("stopped").exists() && !folder.path().join("swapped").exists());
        assert_eq!(app.services_do(Verb::Start, "").await.expect_err("none").code, "RK-S02");
        assert_eq!(app.services_stopped().await.expect_err("no database").code, "RK-E40");
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_used_leaves_the_one_before() {
        let (folder, app) = app();
        app.services_read(&described(&folder, r#"{"logs": ["app.log"]}"#)).await.expect("read");
        let broken = described(&folder, "{");
        assert_eq!(app.services_read(&broken).await.expect_err("broken").code, "RK-S01");
        assert_eq!(app.services_read(Path::new("services.json")).await.expect_err("no whole path").code, "RK-E53");
        assert_eq!(app.services_view().await.expect("view").logs.len(), 1);
    }

    #[tokio::test]
    async fn a_token_is_kept_and_never_comes_back() {
        let (folder, app) = app();
        let text = r#"{"api": {"base": "http://127.0.0.1:9", "token": true, "probes": [{"path": "/"}]}}"#;
        let view = app.services_read(&described(&folder, text)).await.expect("read");
        assert!(view.interface.is_some_and(|interface| interface.token_missing));
        assert_eq!(app.api_before().await.expect_err("no token").code, "RK-S05");
        let view = app.services_token(SecretString::from("canary-3f9c")).await.expect("token");
        assert!(!serde_json::to_string(&view).expect("view").contains("canary"));
        assert!(view.interface.is_some_and(|interface| !interface.token_missing));
        // Whatever else names another place gets none of it.
        let other = text.replace(":9", ":8");
        let view = app.services_read(&described(&folder, &other)).await.expect("read");
        assert!(view.interface.is_some_and(|interface| interface.token_missing));
    }
}
