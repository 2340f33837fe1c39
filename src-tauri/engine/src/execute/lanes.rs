//! Jobs that several sessions share: each takes the first one whose predecessors are done.
//! Where one fails, or the user wants to stop, the statements of all are ended and waited for,
//! so that nothing is at work any more when the outcome is told.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;
use tokio::sync::Notify;

use crate::dialect::{Connection, Interrupter};
use crate::error::{Error, Result};
use crate::execute::Cancel;

/// How often long work gives a sign of life.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(1);

/// What is to be done, in the order in which it is begun.
#[async_trait]
pub(super) trait Jobs: Sync {
    /// For each job the numbers of those that must be done before it.
    fn after(&self) -> Vec<Vec<usize>>;

    /// Carries one out. Asks `board` between its statements whether to go on.
    async fn carry_out(&self, number: usize, connection: &mut dyn Connection, board: &Board) -> Result<()>;

    /// Gives a sign of life.
    fn beat(&self);
}

/// Carries all jobs out over these connections, the first one alone where there is no other.
/// `cancel` is the wish to stop, where it may be heard.
///
/// # Errors
/// The first one; [`Error::Cancelled`]. No statement is at work any more then.
pub(super) async fn share(
    jobs: &dyn Jobs,
    connections: Vec<&mut dyn Connection>,
    cancel: Option<&Cancel>,
) -> Result<()> {
    let board = Board::new(jobs.after());
    let interrupters: Vec<Box<dyn Interrupter>> = connections.iter().map(|one| one.interrupter()).collect();
    let lanes = join_all(connections.into_iter().map(|connection| lane(jobs, connection, &board)));
    tokio::pin!(lanes);
    let mut beat = tokio::time::interval(HEARTBEAT);
    beat.tick().await;
    let mut cancelled = false;
    loop {
        tokio::select! {
            _ = &mut lanes => break,
            _ = beat.tick() => {
                jobs.beat();
                // What was between two statements when it was to end is in one now.
                if board.is_stopped() {
                    interrupt(&interrupters).await;
                }
            }
            () = board.failure.notified() => interrupt(&interrupters).await,
            () = wish(cancel), if !cancelled => {
                cancelled = true;
                board.stop();
                interrupt(&interrupters).await;
            }
        }
    }
    board.outcome(cancelled)
}

async fn wish(cancel: Option<&Cancel>) {
    match cancel {
        Some(cancel) => cancel.cancelled().await,
        None => std::future::pending().await,
    }
}

async fn interrupt(interrupters: &[Box<dyn Interrupter>]) {
    for interrupter in interrupters {
        interrupter.interrupt().await;
    }
}

async fn lane(jobs: &dyn Jobs, connection: &mut dyn Connection, board: &Board) {
    loop {
        let ring = board.bell.notified();
        tokio::pin!(ring);
        ring.as_mut().enable();
        match board.take() {
            Next::Job(number) => board.finish(number, jobs.carry_out(number, connection, board).await),
            Next::Wait => ring.await,
            Next::Nothing => return,
        }
    }
}

/// Which jobs are begun and done.
pub(super) struct Board {
    after: Vec<Vec<usize>>,
    state: Mutex<State>,
    bell: Notify,
    failure: Notify,
}

struct State {
    begun: Vec<bool>,
    done: Vec<bool>,
    stopped: bool,
    failed: Option<Error>,
}

#[derive(Debug, PartialEq, Eq)]
enum Next {
    Job(usize),
    /// Another lane is to finish something first.
    Wait,
    Nothing,
}

impl Board {
    fn new(after: Vec<Vec<usize>>) -> Self {
        let none = vec![false; after.len()];
        let state = State { begun: none.clone(), done: none, stopped: false, failed: None };
        Board { after, state: Mutex::new(state), bell: Notify::new(), failure: Notify::new() }
    }

    // Marks are whole at any time.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Next {
        let mut state = self.state();
        if state.stopped {
            return Next::Nothing;
        }
        let ready =
            |number: &usize| !state.begun[*number] && self.after[*number].iter().all(|before| state.done[*before]);
        let found = (0..self.after.len()).find(ready);
        match found {
            Some(number) => {
                state.begun[number] = true;
                Next::Job(number)
            }
            None if state.begun.iter().all(|begun| *begun) => Next::Nothing,
            // Whoever is at work rings; where nobody is, no job could ever become ready.
            None if state.begun == state.done => Next::Nothing,
            None => Next::Wait,
        }
    }

    fn finish(&self, number: usize, outcome: Result<()>) {
        let mut state = self.state();
        match outcome {
            Ok(()) => state.done[number] = true,
            Err(error) => {
                state.stopped = true;
                state.failed.get_or_insert(error);
                self.failure.notify_one();
            }
        }
        drop(state);
        self.bell.notify_waiters();
    }

    fn stop(&self) {
        self.state().stopped = true;
        self.bell.notify_waiters();
    }

    fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Stops a job between two statements where another one failed or the user wants to stop.
    ///
    /// # Errors
    /// [`Error::Cancelled`], which tells nobody anything where another error came first.
    pub fn check(&self) -> Result<()> {
        if self.is_stopped() { Err(Error::Cancelled) } else { Ok(()) }
    }

    fn outcome(&self, cancelled: bool) -> Result<()> {
        let mut state = self.state();
        match state.failed.take() {
            Some(error @ Error::ConnectionLost { .. }) => Err(error),
            Some(_) if cancelled => Err(Error::Cancelled),
            Some(error) => Err(error),
            None if state.done.iter().all(|done| *done) => Ok(()),
            None if cancelled => Err(Error::Cancelled),
            None => Err(Error::Internal { detail: "some steps wait for each other".to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(detail: &str) -> Result<()> {
        Err(Error::Internal { detail: detail.to_owned() })
    }

    #[test]
    fn a_job_is_taken_once_what_it_needs_is_done() {
        let board = Board::new(vec![vec![], vec![0], vec![], vec![0, 1]]);
        assert_eq!([board.take(), board.take(), board.take()], [Next::Job(0), Next::Job(2), Next::Wait]);
        board.finish(0, Ok(()));
        assert_eq!([board.take(), board.take()], [Next::Job(1), Next::Wait]);
        board.finish(2, Ok(()));
        board.finish(1, Ok(()));
        assert_eq!([board.take(), board.take()], [Next::Job(3), Next::Nothing]);
        board.finish(3, Ok(()));
        assert!(board.outcome(false).is_ok());
    }

    #[test]
    fn nothing_is_begun_after_a_failure_and_the_first_one_is_told() {
        let board = Board::new(vec![vec![], vec![], vec![]]);
        assert_eq!([board.take(), board.take()], [Next::Job(0), Next::Job(1)]);
        board.finish(0, failed("first"));
        assert_eq!(board.take(), Next::Nothing);
        assert!(matches!(board.check(), Err(Error::Cancelled)));
        board.finish(1, board.check());
        assert!(matches!(board.outcome(false), Err(Error::Internal { detail }) if detail == "first"));
    }

    #[test]
    fn a_wish_to_stop_is_no_success() {
        let board = Board::new(vec![vec![], vec![]]);
        assert_eq!(board.take(), Next::Job(0));
        board.stop();
        board.finish(0, Ok(()));
        assert_eq!(board.take(), Next::Nothing);
        assert!(matches!(board.outcome(true), Err(Error::Cancelled)));
    }

    #[test]
    fn jobs_that_wait_for_each_other_are_an_error() {
        let board = Board::new(vec![vec![1], vec![0]]);
        assert_eq!(board.take(), Next::Nothing);
        assert!(matches!(board.outcome(false), Err(Error::Internal { .. })));
    }
}
