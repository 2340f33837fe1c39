//! What every command starts with: the console, the local history, and the way to a
//! database.

use std::path::PathBuf;
use std::sync::Arc;

use rekey_engine::connect::Ssh;
use rekey_engine::dialect::{Access, Connection};
use rekey_engine::redis::Address;
use rekey_engine::secret::SecretString;

use crate::command::Stop;
use crate::command::args::Global;
use crate::command::console::Console;
use crate::secrets::{self, OsKeyring, SecretStore};
use crate::store::{self, Store};
use crate::target::{self, Passwords, Target, Ways};

/// One call of the command.
pub struct Session {
    /// Where everything is printed.
    pub console: Console,
    /// The local history. Without it everything works, only nothing is remembered.
    pub store: Option<Store>,
    password_file: Option<PathBuf>,
    ssh: Option<Ssh>,
    keyring: Arc<dyn SecretStore>,
}

impl Session {
    /// Starts a call.
    pub async fn open(global: Global, console: Console) -> Session {
        let store = match Store::open(&store::data_folder()).await {
            Ok(store) => Some(store),
            Err(error) => {
                console.warn(&format!("the history is not available: {error}."));
                None
            }
        };
        let ssh = global.ssh.through();
        Session { console, store, password_file: global.password_file, ssh, keyring: Arc::new(OsKeyring::new()) }
    }

    /// The database that a TARGET names.
    ///
    /// # Errors
    /// A [`Stop`] where it names none.
    pub async fn target(&self, text: &str) -> Result<Target, Stop> {
        let target = target::open(text, &self.ways(), self.store.as_ref()).await?;
        for warning in &target.warnings {
            self.console.warn(warning);
        }
        if let (Some(store), Some(saved)) = (&self.store, &target.saved)
            && let Err(error) = store.touch_connection(&saved.id).await
        {
            self.console.warn(&error.to_string());
        }
        Ok(target)
    }

    /// The database that a TARGET names and that is to be made.
    ///
    /// # Errors
    /// A [`Stop`] where it names none.
    pub async fn new_target(&self, text: &str) -> Result<Target, Stop> {
        let target = target::open_new(text, &self.ways(), self.store.as_ref()).await?;
        for warning in &target.warnings {
            self.console.warn(warning);
        }
        Ok(target)
    }

    /// The password that the keyring holds for a Redis, where one was kept under its address.
    pub async fn redis_password(&self, address: &Address, warnings: &mut Vec<String>) -> Option<SecretString> {
        let id = address.to_string();
        if !self.store.as_ref()?.redis_password_kept(&id, None).await.unwrap_or(false) {
            return None;
        }
        let wanted = id.clone();
        match secrets::ask(&self.keyring, move |keyring| keyring.get(&wanted)).await {
            Ok(Some(password)) => return Some(password),
            Ok(None) => warnings.push(format!("the keyring holds no password for '{id}'.")),
            Err(error) => warnings.push(format!("the password for '{id}' could not be read: {error}.")),
        }
        None
    }

    /// The keyring.
    pub fn keyring(&self) -> &Arc<dyn SecretStore> {
        &self.keyring
    }

    fn ways(&self) -> Ways<'_> {
        let passwords =
            Passwords { file: self.password_file.as_deref(), keyring: &self.keyring, ask: self.console.can_ask() };
        Ways { passwords, ssh: self.ssh.as_ref() }
    }

    /// The database that a TARGET names, with a connection that can only read.
    ///
    /// # Errors
    /// A [`Stop`] where there is none or it cannot be reached.
    pub async fn reader(&self, text: &str) -> Result<(Target, Box<dyn Connection>), Stop> {
        let target = self.target(text).await?;
        let connection = target.database.connect(Access::Read, "rekey").await?;
        Ok((target, connection))
    }
}
