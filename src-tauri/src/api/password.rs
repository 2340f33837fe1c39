//! Where the password for a connection comes from. It never goes back to the window.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rekey_engine::Failure;
use rekey_engine::secret::SecretString;

use crate::api::types::{PasswordSource, SavedConnection};
use crate::api::{App, failure};
use crate::secrets::{self, SecretStore};

/// Passwords of pasted URLs and of settings, by ticket, until a connection is opened.
#[derive(Default)]
pub struct Held {
    passwords: Mutex<BTreeMap<String, SecretString>>,
}

impl Held {
    /// Holds a password and gives the ticket for it.
    pub fn hold(&self, password: SecretString) -> String {
        let ticket = nanoid::nanoid!(10);
        self.locked().insert(ticket.clone(), password);
        ticket
    }

    /// Lets go of all of them.
    pub fn clear(&self) {
        self.locked().clear();
    }

    fn get(&self, ticket: &str) -> Option<SecretString> {
        self.locked().get(ticket).cloned()
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, SecretString>> {
        self.passwords.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Fetches the password.
    pub(super) async fn password(&self, source: PasswordSource) -> Result<Option<SecretString>, Failure> {
        match source {
            PasswordSource::None => Ok(None),
            PasswordSource::Typed { password } => Ok(Some(password)),
            PasswordSource::Held { ticket } => self.held.get(&ticket).map(Some).ok_or_else(failure::no_ticket),
            PasswordSource::Keyring { connection } => self.saved_password(connection).await.map(Some),
        }
    }

    pub(super) async fn saved_password(&self, id: String) -> Result<SecretString, Failure> {
        if let Ok(Some(password)) = self.session_only.get(&id) {
            return Ok(password);
        }
        let wanted = id.clone();
        let found = secrets::ask(&self.secrets, move |secrets| secrets.get(&wanted)).await;
        match found.map_err(|error| failure::keyring(&error))? {
            Some(password) => Ok(password),
            None => {
                let name = self.store().await?.connection(&id).await?.map_or(id, |saved| saved.name);
                Err(failure::no_password(&name))
            }
        }
    }

    /// Keeps the password where that is wished, forgets it where it is not. Gives what
    /// the user should know where it could not be kept for good.
    pub(super) async fn keep_password(
        &self,
        saved: &mut SavedConnection,
        password: Option<&SecretString>,
    ) -> Result<Option<String>, Failure> {
        let id = saved.id.clone();
        let Some(password) = password.filter(|_| saved.form.remember) else {
            if saved.password_saved {
                self.forget_password(&id).await?;
                saved.password_saved = false;
            }
            return Ok(None);
        };
        let notice = self.keep_secret(&id, password).await;
        saved.password_saved = notice.is_none();
        Ok(notice)
    }

    /// Keeps a password in the keyring, or else until Rekey is closed; then it gives what the
    /// user should know.
    pub(super) async fn keep_secret(&self, id: &str, password: &SecretString) -> Option<String> {
        let (kept, secret) = (id.to_owned(), password.clone());
        let error = secrets::ask(&self.secrets, move |secrets| secrets.set(&kept, &secret)).await.err()?;
        // The twin in memory takes everything.
        let _ = self.session_only.set(id, password);
        Some(format!("The password is kept only until Rekey is closed: {error}."))
    }

    /// True where a password is held until Rekey is closed.
    pub(super) fn kept_for_now(&self, id: &str) -> bool {
        matches!(self.session_only.get(id), Ok(Some(_)))
    }

    /// Removes a password that is held until Rekey is closed.
    pub(super) fn session_only_forget(&self, id: &str) {
        let _ = self.session_only.delete(id);
    }

    /// Removes a password wherever it is kept.
    pub(super) async fn forget_password(&self, id: &str) -> Result<(), Failure> {
        self.session_only_forget(id);
        let id = id.to_owned();
        let removed = secrets::ask(&self.secrets, move |secrets| secrets.delete(&id)).await;
        removed.map_err(|error| failure::keyring(&error))
    }

    /// True where the password need not be typed.
    pub(super) fn has_password(&self, saved: &SavedConnection) -> bool {
        saved.password_saved || self.kept_for_now(&saved.id)
    }
}
