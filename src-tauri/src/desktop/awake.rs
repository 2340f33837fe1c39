//! Keeps the computer from falling asleep while something is at work.
//!
//! On Linux that is asked of logind, which the desktops heed; closing the lid may put a laptop to
//! sleep all the same. The screen may go dark: only the work has to go on.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::api::Log;

/// Held while the computer must stay awake; dropping it lets it sleep again.
pub struct Awake {
    _end: Sender<()>,
}

/// Begins, and notes in the log whether the system agreed. Waits for nobody: a system that does
/// not answer must not keep the work from beginning.
pub fn keep(log: &Arc<Log>, reason: &'static str) -> Awake {
    let (end, ended) = channel();
    let log = Arc::clone(log);
    // A thread of its own: the calls may block, and on Windows the lock must not change threads.
    std::thread::spawn(move || hold(&log, reason, &ended));
    Awake { _end: end }
}

fn hold(log: &Log, reason: &str, ended: &Receiver<()>) {
    let mut wish = keepawake::Builder::default();
    wish.idle(true).sleep(true).reason(reason).app_name("Rekey").app_reverse_domain("dev.rekey.app");
    let held = wish.create();
    log.awake(held.as_ref().err().map(ToString::to_string).as_deref());
    if held.is_ok() {
        // Comes back with an error as soon as the other end is dropped; nothing is ever sent.
        let _ = ended.recv();
    }
}
