//! The state of the keyring, looked at without keeping the window waiting.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::api::types::KeyringState;
use crate::secrets::SecretStore;

// An unlock prompt may be open for as long as the user looks at it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Looks at the keyring on a thread of its own, at most one at a time: a second look
/// would show a second prompt.
#[derive(Clone, Default)]
pub struct Probe {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Seen>,
    bell: Notify,
}

#[derive(Default)]
struct Seen {
    state: Option<KeyringState>,
    looking: bool,
}

impl Probe {
    /// The state. A keyring that works is not asked twice; one that does not is asked
    /// anew each time, so that reloading the view is how the user tries again.
    pub async fn state(&self, secrets: &Arc<dyn SecretStore>) -> KeyringState {
        let rung = self.shared.bell.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        if let Some(state) = self.begin(secrets) {
            return state;
        }
        let answered = tokio::time::timeout(PATIENCE, rung).await.is_ok();
        let seen = self.shared.seen();
        match &seen.state {
            Some(state) if answered => state.clone(),
            _ => KeyringState::Locked { detail: "it has not answered yet; perhaps it waits to be unlocked".to_owned() },
        }
    }

    fn begin(&self, secrets: &Arc<dyn SecretStore>) -> Option<KeyringState> {
        let mut seen = self.shared.seen();
        if seen.state == Some(KeyringState::Works) {
            return seen.state.clone();
        }
        if !seen.looking {
            seen.looking = true;
            let (shared, secrets) = (Arc::clone(&self.shared), Arc::clone(secrets));
            std::thread::spawn(move || {
                let state = secrets.state();
                *shared.seen() = Seen { state: Some(state), looking: false };
                shared.bell.notify_waiters();
            });
        }
        None
    }
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
