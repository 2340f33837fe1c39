//! Passwords of saved connections in the keyring of the operating system.
//!
//! A store that can be built is not yet a store that works: a session bus may be there
//! while the keyring behind it is locked or was never made. Only writing, reading and
//! deleting tells, so that is how [`SecretStore::state`] finds out.
//!
//! Every call may block, for as long as a person looks at an unlock prompt. Callers go
//! through [`ask`], which brings a thread of its own and a limit.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use keyring_core::{CredentialStore, Entry};
use rekey_engine::secret::{ExposeSecret, SecretString};
use secrecy::zeroize::Zeroizing;

use crate::api::types::KeyringState;

/// The service that every secret of ours is filed under.
pub const SERVICE: &str = "dev.rekey.app";

/// How long to wait for the keyring; a person may have to unlock it.
pub const LIMIT: Duration = Duration::from_secs(20);

/// Why a secret could not be read, kept or removed. Never holds the secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The keyring is there but locked.
    #[error("the system's keyring is locked: {detail}")]
    Locked {
        /// What it said.
        detail: String,
    },
    /// There is no keyring.
    #[error("there is no keyring service: {detail}")]
    Missing {
        /// What the system said.
        detail: String,
    },
    /// The keyring did not answer in time.
    #[error("the system's keyring did not answer within {} s", LIMIT.as_secs())]
    TooSlow,
    /// The keyring does not take this secret, or gave one that is no text.
    #[error("the system's keyring refused: {detail}")]
    Refused {
        /// Why.
        detail: String,
    },
    /// The window is driven by a program, which must not get at saved passwords.
    #[error("saved passwords are not loaded while the window is under remote control")]
    RemoteControlled,
}

/// A place for passwords, by the id of the saved connection.
pub trait SecretStore: Send + Sync {
    /// What the store can do right now. May show an unlock prompt.
    fn state(&self) -> KeyringState;

    /// The secret, where there is one.
    ///
    /// # Errors
    /// [`SecretError`]; a locked store is never told as "there is none".
    fn get(&self, id: &str) -> Result<Option<SecretString>, SecretError>;

    /// Keeps a secret, in place of an earlier one.
    ///
    /// # Errors
    /// [`SecretError`].
    fn set(&self, id: &str, secret: &SecretString) -> Result<(), SecretError>;

    /// Removes a secret; content if there is none.
    ///
    /// # Errors
    /// [`SecretError`].
    fn delete(&self, id: &str) -> Result<(), SecretError>;
}

/// Asks a store on a thread of its own, and gives up after [`LIMIT`].
///
/// # Errors
/// [`SecretError::TooSlow`] and whatever `question` gives.
pub async fn ask<T: Send + 'static>(
    store: &Arc<dyn SecretStore>,
    question: impl FnOnce(&dyn SecretStore) -> Result<T, SecretError> + Send + 'static,
) -> Result<T, SecretError> {
    let store = Arc::clone(store);
    let (answer, answered) = tokio::sync::oneshot::channel();
    // Not a thread of the runtime: it would wait at its end for one that waits for a person.
    std::thread::spawn(move || answer.send(question(store.as_ref())));
    match tokio::time::timeout(LIMIT, answered).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(SecretError::Missing { detail: "the keyring's library failed".to_owned() }),
        Err(_) => Err(SecretError::TooSlow),
    }
}

type Builder = fn() -> keyring_core::Result<Arc<CredentialStore>>;

/// The keyring of the operating system.
pub struct OsKeyring {
    build: Builder,
    // Kept between calls, built anew after a failure: a keyring that is started or
    // unlocked later is then found without starting Rekey again.
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl OsKeyring {
    /// The keyring of this system. Connects to nothing yet.
    pub fn new() -> Self {
        Self::built_by(system_store)
    }

    fn built_by(build: Builder) -> Self {
        OsKeyring { build, store: Mutex::new(None) }
    }

    fn with_entry<T>(
        &self,
        id: &str,
        work: impl FnOnce(&Entry) -> keyring_core::Result<T>,
    ) -> Result<Option<T>, SecretError> {
        let store = self.store()?;
        match store.build(SERVICE, id, None).and_then(|entry| work(&entry)) {
            Ok(value) => Ok(Some(value)),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => {
                *locked(&self.store) = None;
                Err(told(&error))
            }
        }
    }

    fn store(&self) -> Result<Arc<CredentialStore>, SecretError> {
        let mut kept = locked(&self.store);
        if let Some(store) = kept.as_ref() {
            return Ok(Arc::clone(store));
        }
        let store = (self.build)().map_err(|error| SecretError::Missing { detail: detail(&error) })?;
        *kept = Some(Arc::clone(&store));
        Ok(store)
    }

    fn probe(&self) -> Result<(), SecretError> {
        *locked(&self.store) = None;
        let id = format!("probe-{}", nanoid::nanoid!(10));
        let written = "written to see whether the keyring works";
        self.with_entry(&id, |entry| entry.set_password(written))?;
        let read = self.with_entry(&id, Entry::get_password)?;
        self.delete(&id)?;
        if read.as_deref() == Some(written) {
            Ok(())
        } else {
            Err(SecretError::Missing { detail: "it does not give back what was put in".to_owned() })
        }
    }
}

impl Default for OsKeyring {
    fn default() -> Self {
        Self::new()
    }
}

impl SecretStore for OsKeyring {
    fn state(&self) -> KeyringState {
        match self.probe() {
            Ok(()) => KeyringState::Works,
            Err(SecretError::Locked { detail }) => KeyringState::Locked { detail },
            Err(error @ (SecretError::TooSlow | SecretError::RemoteControlled)) => {
                KeyringState::Locked { detail: error.to_string() }
            }
            Err(SecretError::Missing { detail } | SecretError::Refused { detail }) => KeyringState::Missing { detail },
        }
    }

    fn get(&self, id: &str) -> Result<Option<SecretString>, SecretError> {
        if remote_controlled() {
            return Err(SecretError::RemoteControlled);
        }
        let Some(bytes) = self.with_entry(id, Entry::get_secret)?.map(Zeroizing::new) else {
            return Ok(None);
        };
        // From a slice: growing or shrinking a String would leave a copy behind.
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Some(SecretString::from(text))),
            Err(_) => Err(SecretError::Refused { detail: "what is kept there is not text".to_owned() }),
        }
    }

    fn set(&self, id: &str, secret: &SecretString) -> Result<(), SecretError> {
        self.with_entry(id, |entry| entry.set_secret(secret.expose_secret().as_bytes()))?
            .ok_or_else(|| SecretError::Refused { detail: "the entry vanished while it was written".to_owned() })
    }

    fn delete(&self, id: &str) -> Result<(), SecretError> {
        self.with_entry(id, Entry::delete_credential).map(|_| ())
    }
}

/// Passwords in zeroed memory, gone when Rekey is closed: what is left where there is no
/// keyring, and the keyring's stand-in for tests.
#[derive(Default)]
pub struct SessionOnly {
    kept: Mutex<BTreeMap<String, SecretString>>,
}

impl SessionOnly {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }
}

impl SecretStore for SessionOnly {
    fn state(&self) -> KeyringState {
        KeyringState::Missing { detail: "passwords are kept in memory only".to_owned() }
    }

    fn get(&self, id: &str) -> Result<Option<SecretString>, SecretError> {
        Ok(locked(&self.kept).get(id).cloned())
    }

    fn set(&self, id: &str, secret: &SecretString) -> Result<(), SecretError> {
        locked(&self.kept).insert(id.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, id: &str) -> Result<(), SecretError> {
        locked(&self.kept).remove(id);
        Ok(())
    }
}

// A panic elsewhere does not make what is kept here wrong.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

// Tauri heeds this variable in release builds too, so whoever can set it could read the
// window. Test builds are known by their named points.
fn remote_controlled() -> bool {
    withheld(cfg!(feature = "failpoints"), std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some())
}

fn withheld(for_tests: bool, driven: bool) -> bool {
    driven && !for_tests
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the library's enum may grow")]
fn told(error: &keyring_core::Error) -> SecretError {
    let detail = detail(error);
    match error {
        keyring_core::Error::NoStorageAccess(_) => SecretError::Locked { detail },
        keyring_core::Error::PlatformFailure(_) | keyring_core::Error::NoDefaultStore => {
            SecretError::Missing { detail }
        }
        _ => SecretError::Refused { detail },
    }
}

// Some of the library's errors carry the bytes of the secret; those are named, not printed.
#[allow(clippy::wildcard_enum_match_arm, reason = "the library's enum may grow")]
fn detail(error: &keyring_core::Error) -> String {
    match error {
        keyring_core::Error::BadEncoding(_) | keyring_core::Error::BadDataFormat(..) => {
            "what is kept there cannot be read".to_owned()
        }
        keyring_core::Error::PlatformFailure(cause) | keyring_core::Error::NoStorageAccess(cause) => cause.to_string(),
        other => other.to_string(),
    }
}

#[cfg(target_os = "linux")]
fn system_store() -> keyring_core::Result<Arc<CredentialStore>> {
    zbus_secret_service_keyring_store::Store::new().map(|store| store as Arc<CredentialStore>)
}

#[cfg(target_os = "macos")]
fn system_store() -> keyring_core::Result<Arc<CredentialStore>> {
    apple_native_keyring_store::keychain::Store::new().map(|store| store as Arc<CredentialStore>)
}

#[cfg(windows)]
fn system_store() -> keyring_core::Result<Arc<CredentialStore>> {
    windows_native_keyring_store::Store::new().map(|store| store as Arc<CredentialStore>)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn system_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(keyring_core::Error::NotSupportedByStore("Rekey knows no keyring on this system".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mock() -> keyring_core::Result<Arc<CredentialStore>> {
        keyring_core::mock::Store::new().map(|store| store as Arc<CredentialStore>)
    }

    fn locked_store() -> keyring_core::Result<Arc<CredentialStore>> {
        Err(keyring_core::Error::PlatformFailure("no session bus".into()))
    }

    fn keeps_and_forgets(store: &dyn SecretStore) {
        assert!(store.get("a").expect("get").is_none());
        store.set("a", &SecretString::from("first")).expect("set");
        store.set("a", &SecretString::from("sécond")).expect("set again");
        assert_eq!(store.get("a").expect("get").expect("kept").expose_secret(), "sécond");
        store.delete("a").expect("delete");
        store.delete("a").expect("delete what is gone");
        assert!(store.get("a").expect("get").is_none());
    }

    #[test]
    fn a_secret_is_kept_replaced_and_forgotten() {
        keeps_and_forgets(&SessionOnly::new());
        keeps_and_forgets(&OsKeyring::built_by(mock));
    }

    #[test]
    fn the_state_is_found_by_trying() {
        assert_eq!(OsKeyring::built_by(mock).state(), KeyringState::Works);
        let missing = OsKeyring::built_by(locked_store);
        assert_eq!(missing.state(), KeyringState::Missing { detail: "no session bus".to_owned() });
        assert!(matches!(missing.get("a"), Err(SecretError::Missing { .. })));
    }

    #[test]
    fn a_locked_keyring_is_told_as_locked_and_no_error_holds_the_secret() {
        let error = keyring_core::Error::NoStorageAccess("prompt dismissed".into());
        assert_eq!(told(&error), SecretError::Locked { detail: "prompt dismissed".to_owned() });
        let error = told(&keyring_core::Error::BadEncoding(b"canary".to_vec()));
        assert!(!format!("{error:?} {error}").contains("canary"));
    }

    #[test]
    fn a_driven_window_gets_no_saved_password_unless_it_was_built_for_tests() {
        assert!(withheld(false, true));
        assert!(!withheld(true, true) && !withheld(false, false));
    }

    #[tokio::test]
    async fn questions_are_asked_off_the_runtime() {
        let store: Arc<dyn SecretStore> = Arc::new(SessionOnly::new());
        ask(&store, |store| store.set("a", &SecretString::from("x"))).await.expect("set");
        assert!(ask(&store, |store| store.get("a")).await.expect("get").is_some());
    }
}
