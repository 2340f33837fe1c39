//! The wish to stop, shared between whoever presses the button and the run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// A wish to stop that can be handed around.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    wanted: AtomicBool,
    bell: Notify,
}

impl Cancel {
    /// Asks the run to stop: the statement in flight is ended and everything rolled back.
    pub fn cancel(&self) {
        self.shared.wanted.store(true, Ordering::SeqCst);
        self.shared.bell.notify_waiters();
    }

    /// True once somebody asked.
    pub fn is_cancelled(&self) -> bool {
        self.shared.wanted.load(Ordering::SeqCst)
    }

    /// Returns once somebody asked.
    pub async fn cancelled(&self) {
        loop {
            let rung = self.shared.bell.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            if self.is_cancelled() {
                return;
            }
            rung.await;
        }
    }
}
