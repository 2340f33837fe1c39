//! Connections found in the settings of other programs: a list to choose from. Nothing of it is
//! kept anywhere, and passwords stay on this side under tickets.

use std::path::{Path, PathBuf};

use rekey_engine::Failure;
use rekey_engine::connect::import::{self, Entry, Haul};
use rekey_engine::connect::{Draft, Ssh};
use rekey_engine::schema::EngineKind;

use crate::api::types::{ConnectionForm, ImportEntry, ImportView};
use crate::api::{App, failure};
use crate::target;

impl App {
    /// Looks into a pasted text.
    ///
    /// # Errors
    /// None that the text could cause: what cannot be read is told in the list.
    pub async fn import_text(&self, text: String) -> Result<ImportView, Failure> {
        let text = secrecy::zeroize::Zeroizing::new(text);
        self.looked(move || Ok(import::from_text(&text))).await
    }

    /// Looks into a file, or into the files of a folder. A `~` at the start means the home folder.
    ///
    /// # Errors
    /// Where the path is not a whole one, or there is nothing at it.
    pub async fn import_path(&self, path: &str) -> Result<ImportView, Failure> {
        let whole = whole(path.trim()).ok_or_else(|| failure::no_path(path, "a file or folder"))?;
        self.looked(move || import::from_path(&whole)).await
    }

    /// Looks into the files that PostgreSQL's and MySQL's programs read in the home folder.
    ///
    /// # Errors
    /// Where the system names no home folder.
    pub async fn import_usual(&self) -> Result<ImportView, Failure> {
        let home = dirs::home_dir().ok_or_else(|| failure::no_path("~", "a folder"))?;
        self.looked(move || Ok(import::from_home(&home))).await
    }

    async fn looked(
        &self,
        look: impl FnOnce() -> rekey_engine::Result<Haul> + Send + 'static,
    ) -> Result<ImportView, Failure> {
        let looked = tokio::task::spawn_blocking(look).await;
        let haul = looked.map_err(|error| rekey_engine::Error::Internal { detail: error.to_string() })??;
        let entries = haul.entries.into_iter().map(|entry| self.offered(entry)).collect();
        Ok(ImportView { entries, files: haul.files, remarks: haul.remarks })
    }

    fn offered(&self, entry: Entry) -> ImportEntry {
        let form = form(&entry.draft);
        ImportEntry {
            source: entry.source,
            place: entry.place,
            address: form.as_ref().map(|form| target::address_of(form).to_string()),
            form,
            held: entry.draft.password.map(|password| self.held.hold(password)),
            remarks: entry.draft.remarks,
        }
    }
}

fn whole(path: &str) -> Option<PathBuf> {
    let path = match path.strip_prefix("~/") {
        Some(rest) => dirs::home_dir()?.join(rest),
        None => Path::new(path).to_owned(),
    };
    path.is_absolute().then_some(path)
}

/// The form as far as a draft fills it; none where not even the product is known.
pub fn form(draft: &Draft) -> Option<ConnectionForm> {
    let engine = draft.engine?;
    let given = |part: &Option<String>| part.clone().unwrap_or_default();
    let server = engine != EngineKind::Sqlite;
    let user = given(&draft.user);
    let database = match (&draft.database, engine) {
        // As PostgreSQL's own programs do.
        (None, EngineKind::Postgres) => user.clone(),
        (database, EngineKind::Postgres | EngineKind::Mysql | EngineKind::Sqlite) => given(database),
    };
    Some(ConnectionForm {
        engine,
        host: if server { draft.host.clone().unwrap_or_else(|| "localhost".to_owned()) } else { String::new() },
        port: draft.port.unwrap_or(if engine == EngineKind::Mysql { 3306 } else { 5432 }),
        user,
        database,
        tls: if server { draft.protection() } else { rekey_engine::connect::Tls::default() },
        certificates: draft.certificates.clone(),
        ssh: Ssh::default(),
        path: draft.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default(),
        name: String::new(),
        environment: None,
        remember: false,
    })
}
