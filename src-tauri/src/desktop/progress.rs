//! From the run to the window: a few messages a second, however fast the run is.
//!
//! A flood of messages can bring the event loop down, and nobody reads more than five
//! pictures a second. Steps that ended are all told; of their progress only the latest.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rekey_engine::observer::{Event, Observer};

const PAUSE: Duration = Duration::from_millis(200);

/// Where messages go. False where nobody listens any more, such as a page that was
/// reloaded; the run goes on all the same.
pub type Send = Arc<dyn Fn(Event) -> bool + std::marker::Send + Sync>;

/// Listens to a run and passes on what is worth showing.
pub struct Forward {
    waiting: Arc<Mutex<Vec<Event>>>,
    send: Send,
    pulse: tokio::task::JoinHandle<()>,
}

impl Forward {
    /// Begins to pass on. Must be called within a runtime.
    pub fn to(send: Send) -> Self {
        let waiting = Arc::new(Mutex::new(Vec::new()));
        let (source, target) = (Arc::clone(&waiting), Arc::clone(&send));
        let pulse = tokio::spawn(async move {
            let mut pulse = tokio::time::interval(PAUSE);
            loop {
                pulse.tick().await;
                flush(&source, &target);
            }
        });
        Forward { waiting, send, pulse }
    }
}

impl Observer for Forward {
    fn notice(&self, event: Event) {
        let mut waiting = locked(&self.waiting);
        if waiting.last().is_some_and(|last| outdated(last, &event)) {
            waiting.pop();
        }
        waiting.push(event);
    }
}

// Whether nobody needs to hear of the one any more once there is the other.
fn outdated(last: &Event, next: &Event) -> bool {
    match (last, next) {
        (Event::Progress(last), Event::Progress(next)) => last.number == next.number,
        (Event::Backup { step: last, .. }, Event::Backup { step: next, .. }) => last == next,
        (Event::Code { .. }, Event::Code { .. }) => true,
        (
            Event::Progress(_)
            | Event::Backup { .. }
            | Event::Code { .. }
            | Event::StepDone { .. }
            | Event::Paused { .. }
            | Event::Waiting { .. },
            _,
        ) => false,
    }
}

impl Drop for Forward {
    fn drop(&mut self) {
        self.pulse.abort();
        flush(&self.waiting, &self.send);
    }
}

fn flush(waiting: &Mutex<Vec<Event>>, send: &Send) {
    let events = std::mem::take(&mut *locked(waiting));
    for event in events {
        if !send(event) {
            return;
        }
    }
}

fn locked(waiting: &Mutex<Vec<Event>>) -> MutexGuard<'_, Vec<Event>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use rekey_engine::observer::Progress;

    use super::*;

    fn progress(number: u32, rows_done: u64) -> Event {
        let (run, step) = ("r".to_owned(), format!("step {number}"));
        Event::Progress(Progress {
            run,
            step,
            number,
            of: 3,
            table: None,
            rows_done,
            rows_total: 1000,
            elapsed: 0.0,
            eta: None,
        })
    }

    fn done(id: &str) -> Event {
        Event::StepDone { id: id.to_owned(), step: id.to_owned(), seconds: 0.1 }
    }

    fn copied(step: &str, bytes_done: u64) -> Event {
        Event::Backup { step: step.to_owned(), table: None, bytes_done, bytes_total: 1000 }
    }

    #[tokio::test]
    async fn of_a_backup_the_latest_of_each_step_is_sent() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Arc::clone(&heard);
        let forward = Forward::to(Arc::new(move |event| {
            locked(&ears).push(event);
            true
        }));
        for bytes in 0..1000 {
            forward.notice(copied("write", bytes));
        }
        for bytes in 0..500 {
            forward.notice(copied("restore", bytes));
        }
        forward.notice(progress(1, 7));
        drop(forward);
        assert_eq!(*locked(&heard), [copied("write", 999), copied("restore", 499), progress(1, 7)]);
    }

    #[tokio::test]
    async fn of_many_only_the_latest_is_sent_but_every_end_is_told() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Arc::clone(&heard);
        let forward = Forward::to(Arc::new(move |event| {
            locked(&ears).push(event);
            true
        }));
        for rows in 0..1000 {
            forward.notice(progress(1, rows));
        }
        forward.notice(done("a"));
        forward.notice(done("b"));
        tokio::time::sleep(PAUSE * 2).await;
        assert_eq!(*locked(&heard), [progress(1, 999), done("a"), done("b")]);
        forward.notice(progress(2, 1));
        drop(forward);
        assert_eq!(locked(&heard).last(), Some(&progress(2, 1)));
    }
}
