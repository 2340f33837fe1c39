//! Work that must not be torn off: a run or an undo. One at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rekey_engine::execute::Cancel;

use crate::api::types::Stage;

/// What is at work.
#[derive(Default)]
pub struct Work {
    current: Mutex<Option<Current>>,
}

struct Current {
    stage: Stage,
    cancel: Cancel,
    in_redis: bool,
    run: Option<String>,
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
        self.begin_as(stage, false)
    }

    /// Begins work in Redis, which is not taken back when it is stopped.
    pub fn begin_in_redis(&self, stage: Stage) -> Option<AtWork<'_>> {
        self.begin_as(stage, true)
    }

    fn begin_as(&self, stage: Stage, in_redis: bool) -> Option<AtWork<'_>> {
        let mut current = self.locked();
        if current.is_some() {
            return None;
        }
        let cancel = Cancel::default();
        *current = Some(Current { stage, cancel: cancel.clone(), in_redis, run: None });
        Some(AtWork { work: self, cancel })
    }

    /// The stage at work.
    pub fn stage(&self) -> Option<Stage> {
        self.locked().as_ref().map(|current| current.stage)
    }

    /// True where it is in Redis.
    pub fn in_redis(&self) -> bool {
        self.locked().as_ref().is_some_and(|current| current.in_redis)
    }

    /// The run that is made, gone on with or taken back, where it is one.
    pub fn run(&self) -> Option<String> {
        self.locked().as_ref().and_then(|current| current.run.clone())
    }

    /// Asks what is at work to stop; says nothing if there is none.
    pub fn cancel(&self) {
        if let Some(current) = self.locked().as_ref() {
            current.cancel.cancel();
        }
    }

    /// Asks what is at work to rest, or to go on.
    pub fn pause(&self, wanted: bool) {
        if let Some(current) = self.locked().as_ref() {
            current.cancel.pause(wanted);
        }
    }

    fn locked(&self) -> MutexGuard<'_, Option<Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AtWork<'_> {
    /// Says which run it is about.
    pub fn on(self, run: &str) -> Self {
        if let Some(current) = self.work.locked().as_mut() {
            current.run = Some(run.to_owned());
        }
        self
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        *self.work.locked() = None;
    }
}
