//! Ctrl-C during a run means Cancel, not an abrupt end.

use rekey_engine::execute::Cancel;
use tokio::task::JoinHandle;

use crate::command::console::Console;

/// Listens for Ctrl-C as long as it lives.
pub struct Interrupt {
    listener: JoinHandle<()>,
}

impl Interrupt {
    /// Starts to listen. The first Ctrl-C cancels; later ones change nothing.
    pub fn listen(console: &Console, cancel: &Cancel) -> Interrupt {
        Interrupt::saying(
            console,
            cancel,
            "Cancelling: the statement at work is ended and everything taken back.",
            "Already cancelling: the database is taking everything back. Please wait.",
        )
    }

    /// The same where what is at work is no statement: `first` is said at once, `again` later.
    pub fn saying(console: &Console, cancel: &Cancel, first: &'static str, again: &'static str) -> Interrupt {
        let (console, cancel) = (console.clone(), cancel.clone());
        let listener = tokio::spawn(async move {
            loop {
                if wanted().await.is_err() {
                    return;
                }
                if cancel.is_cancelled() {
                    console.note(again);
                } else {
                    console.note(first);
                    cancel.cancel();
                }
            }
        });
        Interrupt { listener }
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

// A service manager or a container asks with SIGTERM.
#[cfg(unix)]
async fn wanted() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn wanted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
