//! Running a client program: in a group of its own, stopped as a whole, and heard out.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};

use crate::execute::Cancel;
use crate::{Error, Result};

/// Lines of what a program said that are kept for the message: the first that complain come
/// before those that follow from them.
const KEPT: usize = 20;

/// How long to wait before looking again whether a group is gone.
#[cfg(unix)]
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    /// True where it says that all went well.
    pub well: bool,
    /// What it said that was no progress, shortened.
    pub said: String,
}

/// A program that is at work.
#[derive(Debug)]
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts it with nothing of our environment but what it needs to run and to find its
    /// libraries, and what was set for it by name. `command` says its words, its input and its
    /// output; what it complains of is heard by [`Running::wait`].
    ///
    /// # Errors
    /// [`Error::Program`] where it cannot be started.
    pub fn start(mut command: Command) -> Result<Self> {
        let name = command.as_std().get_program().to_string_lossy().into_owned();
        command.stderr(Stdio::piped());
        Running::spawn(command).map_err(|failure| Error::Program {
            reason: format!("'{name}' cannot be started: {failure}"),
            remedy: vec!["Install it anew, or name another folder with --programs.".to_owned()],
        })
    }

    /// Starts it as [`Running::start`] does, with what it complains of going where `command` says.
    ///
    /// # Errors
    /// What the system said.
    pub fn spawn(mut command: Command) -> std::io::Result<Self> {
        // Clearing the environment would forget these too.
        let own = command.as_std().get_envs().filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())));
        let own: Vec<_> = own.collect();
        command.env_clear().kill_on_drop(true);
        for kept in ["PATH", "LD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        // What it complains of is read by people and by us.
        command.env("LC_ALL", "C.UTF-8").env("HOME", "/").envs(own);
        #[cfg(unix)]
        command.process_group(0);
        Ok(Running { child: command.spawn()? })
    }

    /// What it writes, where that is piped. Once.
    pub fn output(&mut self) -> Option<tokio::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// What it reads, where that is piped. Once.
    pub fn input(&mut self) -> Option<tokio::process::ChildStdin> {
        self.child.stdin.take()
    }

    /// Waits for its end; `hear` is told each line that it says and answers true for those
    /// that are mere progress. Where the user stops, its whole group is ended.
    ///
    /// # Errors
    /// [`Error::Cancelled`] where the user stopped; [`Error::Program`] where it cannot be waited for.
    pub async fn wait(&mut self, cancel: &Cancel, hear: &(dyn Fn(&str) -> bool + Send + Sync)) -> Result<Ended> {
        let said = self.child.stderr.take();
        let listening = async {
            match said {
                Some(said) => listen(said, hear).await,
                None => String::new(),
            }
        };
        tokio::pin!(listening);
        let mut heard = None;
        loop {
            tokio::select! {
                text = &mut listening, if heard.is_none() => heard = Some(text),
                () = cancel.cancelled() => {
                    self.stop().await;
                    return Err(Error::Cancelled);
                }
                status = self.child.wait(), if heard.is_some() => {
                    let status = status.map_err(|failure| Error::Internal { detail: failure.to_string() })?;
                    let said = heard.take().unwrap_or_default();
                    return Ok(Ended { well: status.success(), said });
                }
            }
        }
    }

    /// Waits until it has ended, whatever it started may go on.
    ///
    /// # Errors
    /// What the system said.
    pub async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// The group that it and all that it started belong to.
    #[cfg(unix)]
    pub fn group(&self) -> Option<rustix::process::Pid> {
        self.child.id().and_then(|id| rustix::process::Pid::from_raw(id.cast_signed()))
    }

    /// Asks it and all that it started to end, and ends what is left of them after `grace`.
    pub async fn ask_to_stop(&mut self, grace: Duration) {
        #[cfg(unix)]
        if let Some(group) = self.group() {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::TERM);
            let gone = async {
                // The group is there as long as one of it is, and so its number is nobody else's.
                let _ = self.child.wait().await;
                while rustix::process::test_kill_process_group(group).is_ok() {
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
            };
            if tokio::time::timeout(grace, gone).await.is_err() {
                let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            }
        }
        self.stop().await;
    }

    /// Ends it and all that it started.
    pub async fn stop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group() {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group() {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

async fn listen(said: impl AsyncRead + Unpin, hear: &(dyn Fn(&str) -> bool + Send + Sync)) -> String {
    let mut lines = BufReader::new(said).split(b'\n');
    let mut kept = Vec::new();
    while let Ok(Some(line)) = lines.next_segment().await {
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if !hear(line) && !line.is_empty() && kept.len() < KEPT {
            kept.push(line.to_owned());
        }
    }
    kept.join("\n")
}

#[cfg(all(test, unix))]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    #[tokio::test]
    async fn what_it_says_is_heard_and_progress_is_not_kept() {
        let mut running = Running::start(shell("echo progress 1 >&2; echo broken >&2; exit 3")).unwrap();
        let ended = running.wait(&Cancel::default(), &|line| line.starts_with("progress")).await.unwrap();
        assert!(!ended.well);
        assert_eq!(ended.said, "broken");
    }

    #[tokio::test]
    async fn stopping_it_stops_what_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let note = folder.path().join("pid");
        let script = format!("sleep 600 & echo $! > '{}'; echo ready >&2; wait", note.display());
        let mut running = Running::start(shell(&script)).unwrap();
        let cancel = Cancel::default();
        let stopper = cancel.clone();
        let ended = running
            .wait(&cancel, &move |line| {
                if line == "ready" {
                    stopper.cancel();
                }
                true
            })
            .await;
        assert!(matches!(ended, Err(Error::Cancelled)), "{ended:?}");
        let grandchild = std::fs::read_to_string(&note).unwrap();
        let stat = std::path::PathBuf::from(format!("/proc/{}/stat", grandchild.trim()));
        let until = Instant::now() + Duration::from_secs(10);
        // Whoever inherits it may take a moment to collect it.
        while std::fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
            assert!(Instant::now() < until, "it is still there");
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn it_sees_nothing_of_our_environment() {
        let mut command = shell("env >&2");
        command.env("SET_BY_NAME", "1");
        let mut running = Running::start(command).unwrap();
        let ended = running.wait(&Cancel::default(), &|_| false).await.unwrap();
        assert!(!ended.said.contains("CARGO"), "{}", ended.said);
        assert!(ended.said.contains("SET_BY_NAME=1"), "{}", ended.said);
    }
}
