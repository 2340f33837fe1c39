//! Where the password for a connection comes from. It never goes back to the window.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rekey_engine::Failure;
use rekey_engine::secret::SecretString;

use crate::api::types::{PasswordSource, SavedConnection};
use crate::api::{App, failure};
use crate::secrets::{self, SecretStore};

/// Passwords of pasted URLs, by ticket, until a connection is opened.
#[derive(Default)]
pub struct Held {
    passwords: Mutex<BTreeMap<String, SecretString>>,
}

impl Held {
    /// Holds a password in place of any other and gives the ticket for it.
    pub fn hold(&self, password: SecretString) -> String {
        let ticket = nanoid::nanoid!(10);
        let mut passwords = self.locked();
        passwords.clear();
        passwords.insert(ticket.clone(), password);
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

    async fn saved_password(&self, id: String) -> Result<SecretString, Failure> {
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
        let (kept, secret) = (id.clone(), password.clone());
        match secrets::ask(&self.secrets, move |secrets| secrets.set(&kept, &secret)).await {
            Ok(()) => {
                saved.password_saved = true;
                Ok(None)
            }
            Err(error) => {
                saved.password_saved = false;
                // The twin in memory takes everything.
                let _ = self.session_only.set(&id, password);
                Ok(Some(format!("The password is kept only until Rekey is closed: {error}.")))
            }
        }
    }

    /// Removes a password wherever it is kept.
    pub(super) async fn forget_password(&self, id: &str) -> Result<(), Failure> {
        let _ = self.session_only.delete(id);
        let id = id.to_owned();
        let removed = secrets::ask(&self.secrets, move |secrets| secrets.delete(&id)).await;
        removed.map_err(|error| failure::keyring(&error))
    }

    /// True where the password need not be typed.
    pub(super) fn has_password(&self, saved: &SavedConnection) -> bool {
        saved.password_saved || matches!(self.session_only.get(&saved.id), Ok(Some(_)))
    }
}
