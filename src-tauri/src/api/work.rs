//! Work that must not be torn off: a run or an undo. One at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rekey_engine::execute::Cancel;

use crate::api::types::Stage;

/// What is at work.
#[derive(Default)]
pub struct Work {
    current: Mutex<Option<(Stage, Cancel)>>,
}

/// Held while work goes on; dropping it ends it, also when the work panics.
pub struct AtWork<'a> {
    work: &'a Work,
    /// The wish to stop.
    pub cancel: Cancel,
}

impl Work {
    /// Begins, unless something is at work already.
    pub fn begin(&self, stage: Stage) -> Option<AtWork<'_>> {
        let mut current = self.locked();
        if current.is_some() {
            return None;
        }
        let cancel = Cancel::default();
        *current = Some((stage, cancel.clone()));
        Some(AtWork { work: self, cancel })
    }

    /// The stage at work.
    pub fn stage(&self) -> Option<Stage> {
        self.locked().as_ref().map(|(stage, _)| *stage)
    }

    /// Asks what is at work to stop; says nothing if there is none.
    pub fn cancel(&self) {
        if let Some((_, cancel)) = self.locked().as_ref() {
            cancel.cancel();
        }
    }

    fn locked(&self) -> MutexGuard<'_, Option<(Stage, Cancel)>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        *self.work.locked() = None;
    }
}
