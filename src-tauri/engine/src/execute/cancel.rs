//! The wishes to stop and to rest, shared between whoever presses the buttons and the run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// A wish to stop, or to rest for a while, that can be handed around.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    wanted: AtomicBool,
    resting: AtomicBool,
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

    /// Asks the run to rest after the batch of rows that is at work, or to go on. It is heard
    /// only where rows are copied in batches; elsewhere all is one transaction.
    pub fn pause(&self, wanted: bool) {
        self.shared.resting.store(wanted, Ordering::SeqCst);
        self.shared.bell.notify_waiters();
    }

    /// True while the run is to rest.
    pub fn is_paused(&self) -> bool {
        self.shared.resting.load(Ordering::SeqCst) && !self.is_cancelled()
    }

    /// Returns once the run is to go on, or to stop.
    pub async fn resumed(&self) {
        loop {
            let rung = self.shared.bell.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            if !self.is_paused() {
                return;
            }
            rung.await;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_rests_goes_on_when_told_and_when_it_is_to_stop() {
        let cancel = Cancel::default();
        cancel.resumed().await;
        let ways: [fn(&Cancel); 2] = [|cancel| cancel.pause(false), Cancel::cancel];
        for go_on in ways {
            cancel.pause(true);
            assert!(cancel.is_paused());
            tokio::join!(cancel.resumed(), async { go_on(&cancel) });
            assert!(!cancel.is_paused());
        }
    }
}
