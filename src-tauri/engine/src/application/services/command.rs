//! Carrying out a command of the user's: without a shell, in a group of its own, with an end.
//!
//! What it says goes into a private file and not into a pipe. A command that starts services
//! often leaves them with its own output, and they would break when a pipe is closed behind them.
//!
//! It is given little of our environment: where programs and libraries are, where temporary
//! files go, who the user is and where their home is, and what the file lets through by name.
//! So nothing that happens to be set where Rekey was started decides what a command does.

use std::io::{Read, Seek, SeekFrom};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde::Serialize;
use tempfile::NamedTempFile;
use tokio::process::Command;
use ts_rs::TS;

use super::{Task, Trouble};
use crate::backup::child::Running;
use crate::execute::Cancel;
use crate::redact;
use crate::report::words::argument;

/// What a command may write; one that writes more is ended.
pub(super) const MOST: u64 = 64 << 20;
/// What is kept of the beginning and of the end of it.
const HEAD: u64 = 16 << 10;
const TAIL: u64 = 48 << 10;
/// How long a command may take to end by itself once it is asked to.
const GRACE: Duration = Duration::from_secs(5);
/// How often it is looked at how much has been written.
const GLANCE: Duration = Duration::from_millis(20);
/// Shorter values of variables are words that may stand anywhere.
const SHORTEST_SECRET: usize = 6;

/// A command exactly as it is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Shown {
    /// The program and its words.
    pub command: Vec<String>,
    /// The same as a line, quoted as for a shell.
    pub line: String,
    /// The folder it works in.
    pub folder: String,
    /// Seconds after which it is ended.
    #[ts(type = "number")]
    pub timeout_seconds: u64,
    /// Names of the variables that it is given beside the usual ones.
    pub environment: Vec<String>,
}

impl Task {
    /// What will be carried out.
    pub fn shown(&self) -> Shown {
        Shown {
            command: self.command.clone(),
            line: self.command.iter().map(|word| argument(word)).collect::<Vec<_>>().join(" "),
            folder: self.folder.display().to_string(),
            timeout_seconds: self.timeout_seconds,
            environment: self.environment.clone(),
        }
    }
}

/// How a command came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum How {
    /// By itself.
    Exited,
    /// A signal ended it.
    Signalled,
    /// It took too long and was ended, with all that it started.
    TimedOut,
    /// It wrote too much and was ended, with all that it started.
    WroteTooMuch,
    /// The user pressed Cancel, and it was ended with all that it started.
    Cancelled,
}

/// What a command said on both its outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Said {
    /// Its beginning and its end, without secrets.
    pub text: String,
    /// How many bytes it was in all.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many of them are left out of `text`.
    #[ts(type = "number")]
    pub left_out: u64,
}

/// A command that has come to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Ended {
    /// The command.
    pub command: Shown,
    /// True where it says that all went well.
    pub well: bool,
    /// How it ended.
    pub how: How,
    /// Its exit code, where it has one.
    pub exit: Option<i32>,
    /// How long it took.
    #[ts(type = "number")]
    pub milliseconds: u64,
    /// True where something that it started is still running.
    pub left_running: bool,
    /// What it said.
    pub said: Said,
}

impl Ended {
    /// How it ended, in a sentence.
    pub fn sentence(&self) -> String {
        let seconds = self.command.timeout_seconds;
        match (self.how, self.exit) {
            (How::Exited, Some(0)) => "The command ended well.".to_owned(),
            (How::Exited, Some(code)) => format!("The command ended with exit code {code}."),
            (How::Exited | How::Signalled, _) => "The command was ended by a signal.".to_owned(),
            (How::TimedOut, _) => {
                format!("The command was not done after {seconds} s and was ended, with all that it had started.")
            }
            (How::WroteTooMuch, _) => {
                format!("The command wrote more than {} MiB and was ended, with all that it had started.", MOST >> 20)
            }
            (How::Cancelled, _) => {
                "You pressed Cancel; the command was ended, with all that it had started.".to_owned()
            }
        }
    }
}

/// Carries it out to its end.
///
/// # Errors
/// [`Trouble::Start`] where it cannot be started. Every end that it comes to is an [`Ended`].
pub async fn carry_out(task: &Task, cancel: &Cancel) -> Result<Ended, Trouble> {
    collect(task, cancel).await.map(|(ended, _)| ended)
}

/// The same, with the file that holds all it said.
pub(super) async fn collect(task: &Task, cancel: &Cancel) -> Result<(Ended, NamedTempFile), Trouble> {
    let begun = Instant::now();
    let said = tempfile::Builder::new().prefix("rekey-said-").tempfile().map_err(|error| unstarted(task, &error))?;
    let mut running = start(task, &said).map_err(|error| unstarted(task, &error))?;
    #[cfg(unix)]
    let group = running.group();
    let (how, exit) = watch(&mut running, task, &said, cancel).await;
    #[cfg(unix)]
    let left_running = group.is_some_and(|group| rustix::process::test_kill_process_group(group).is_ok());
    #[cfg(not(unix))]
    let left_running = false;
    let ended = Ended {
        command: task.shown(),
        well: how == How::Exited && exit == Some(0),
        how,
        exit,
        milliseconds: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        left_running: left_running && how == How::Exited,
        said: heard(&said, &secrets(task)).unwrap_or_default(),
    };
    Ok((ended, said))
}

fn start(task: &Task, said: &NamedTempFile) -> std::io::Result<Running> {
    if !task.folder.is_dir() {
        return Err(std::io::Error::other(format!("there is no folder '{}'", task.folder.display())));
    }
    let mut command = Command::new(task.command.first().map_or("", String::as_str));
    command.args(task.command.iter().skip(1)).current_dir(&task.folder).stdin(Stdio::null());
    // Both share one place in the file, so that the order of what they say is kept.
    command.stdout(said.as_file().try_clone()?).stderr(said.as_file().try_clone()?);
    let usual = ["HOME", "USER", "LOGNAME"].map(str::to_owned);
    for name in usual.iter().chain(&task.environment) {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    Running::spawn(command)
}

async fn watch(running: &mut Running, task: &Task, said: &NamedTempFile, cancel: &Cancel) -> (How, Option<i32>) {
    let limit = tokio::time::sleep(Duration::from_secs(task.timeout_seconds));
    tokio::pin!(limit);
    let mut glance = tokio::time::interval(GLANCE);
    let how = loop {
        tokio::select! {
            status = running.ended() => {
                let code = status.ok().and_then(|status| status.code());
                return (if code.is_some() { How::Exited } else { How::Signalled }, code);
            }
            () = cancel.cancelled() => break How::Cancelled,
            () = &mut limit => break How::TimedOut,
            _ = glance.tick() => {
                if said.as_file().metadata().is_ok_and(|found| found.len() > MOST) {
                    break How::WroteTooMuch;
                }
            }
        }
    };
    // Who floods the disk is not waited for.
    let grace = if how == How::WroteTooMuch { Duration::ZERO } else { GRACE };
    running.ask_to_stop(grace).await;
    (how, None)
}

fn unstarted(task: &Task, error: &std::io::Error) -> Trouble {
    Trouble::Start { command: task.shown().line, reason: error.to_string() }
}

// What a variable holds whose name speaks of a secret must not come back in what is said.
fn secrets(task: &Task) -> Vec<String> {
    let telling = ["PASS", "SECRET", "TOKEN", "KEY", "CREDENTIAL", "AUTH"];
    task.environment
        .iter()
        .filter(|name| telling.iter().any(|word| name.to_uppercase().contains(word)))
        .filter_map(|name| std::env::var(name).ok())
        .filter(|value| value.len() >= SHORTEST_SECRET)
        .collect()
}

fn heard(said: &NamedTempFile, secrets: &[String]) -> std::io::Result<Said> {
    // A place of our own in the file: what was left running still writes at the other one.
    let mut file = said.reopen()?;
    let bytes = file.metadata()?.len();
    let known: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let clean = |bytes: &[u8]| redact::said(&String::from_utf8_lossy(bytes), &known);
    let mut head = Vec::new();
    if bytes <= HEAD + TAIL {
        file.take(HEAD + TAIL).read_to_end(&mut head)?;
        return Ok(Said { text: clean(&head), bytes, left_out: 0 });
    }
    (&mut file).take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(bytes - TAIL))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    // Whole lines only: half a secret would not be known for one.
    let head = &head[..head.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1)];
    let tail = &tail[tail.iter().position(|&byte| byte == b'\n').map_or(tail.len(), |end| end + 1)..];
    let left_out = bytes - u64::try_from(head.len() + tail.len()).unwrap_or(bytes);
    let text = format!("{}[{left_out} bytes are left out here]\n{}", clean(head), clean(tail));
    Ok(Said { text, bytes, left_out })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn task(script: &str, timeout_seconds: u64) -> Task {
        Task {
            command: ["/bin/sh", "-c", script].map(str::to_owned).to_vec(),
            folder: std::env::temp_dir(),
            timeout_seconds,
            environment: Vec::new(),
        }
    }

    async fn ended(script: &str, timeout_seconds: u64) -> Result<Ended, Trouble> {
        carry_out(&task(script, timeout_seconds), &Cancel::default()).await
    }

    #[tokio::test]
    async fn both_outputs_are_kept_in_their_order_without_secrets() {
        let ended = ended("echo one; echo two >&2; echo password=canary; printf '\\377\\n'; exit 3", 60).await.unwrap();
        assert_eq!(ended.said.text, "one\ntwo\npassword=***\n\u{fffd}\n");
        assert_eq!((ended.well, ended.how, ended.exit), (false, How::Exited, Some(3)));
        assert!(ended.sentence().contains("exit code 3"));
    }

    #[tokio::test]
    async fn of_much_the_beginning_and_the_end_are_kept() {
        let ended = ended(
            "echo first; i=0; while [ $i -lt 9999 ]; do echo \"line $i is one of many\"; i=$((i+1)); done; echo last",
            60,
        )
        .await
        .unwrap();
        let text = &ended.said.text;
        assert!(ended.well && text.starts_with("first\nline 0 ") && text.ends_with("last\n"), "{}", text.len());
        assert!(text.len() < 70_000 && ended.said.left_out > 0 && ended.said.bytes > 200_000);
    }

    #[tokio::test]
    async fn a_line_without_an_end_is_left_out_whole() {
        let ended = ended("head -c 200000 /dev/zero | tr '\\0' x", 60).await.unwrap();
        assert_eq!(ended.said.text, "[200000 bytes are left out here]\n");
    }

    #[tokio::test]
    async fn a_flood_is_ended() {
        let ended = ended("while :; do head -c 1048576 /dev/zero; done", 60).await.unwrap();
        assert_eq!(ended.how, How::WroteTooMuch, "{}", ended.said.bytes);
    }

    #[tokio::test]
    async fn what_does_not_want_to_end_is_ended_with_all_that_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let note = folder.path().join("pid");
        let script =
            format!("trap '' TERM; (trap '' TERM; echo ready; sleep 600 & echo $! > '{}'; wait); wait", note.display());
        let ended = ended(&script, 1).await.unwrap();
        assert_eq!((ended.how, ended.well, ended.left_running), (How::TimedOut, false, false));
        let stat = format!("/proc/{}/stat", std::fs::read_to_string(&note).unwrap().trim());
        let until = Instant::now() + Duration::from_secs(10);
        while std::fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
            assert!(Instant::now() < until, "it is still there");
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn what_a_command_leaves_running_lives_on_and_can_still_write() {
        let folder = tempfile::tempdir().unwrap();
        let (go, done) = (folder.path().join("go"), folder.path().join("done"));
        let script = format!(
            "(while [ ! -e '{}' ]; do :; done; echo still here && echo written > '{}') & echo started",
            go.display(),
            done.display()
        );
        let ended = ended(&script, 60).await.unwrap();
        assert!(ended.well && ended.left_running && ended.said.text == "started\n", "{ended:?}");
        std::fs::write(&go, "").unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while !done.exists() {
            assert!(Instant::now() < until, "it could not write any more");
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn cancel_ends_it() {
        let cancel = Cancel::default();
        cancel.cancel();
        let ended = carry_out(&task("sleep 600", 60), &cancel).await.unwrap();
        assert_eq!(ended.how, How::Cancelled);
    }

    #[tokio::test]
    async fn it_sees_of_our_environment_what_is_let_through() {
        let mut task = task("env", 60);
        task.environment = vec!["CARGO_MANIFEST_DIR".to_owned(), "CARGO_PKG_NAME".to_owned()];
        let seen = carry_out(&task, &Cancel::default()).await.unwrap().said.text;
        let others: Vec<&str> = seen.lines().filter(|line| line.starts_with("CARGO")).collect();
        assert!(
            others.iter().all(|line| task.environment.iter().any(|name| line.starts_with(&format!("{name}=")))),
            "{seen}"
        );
        assert!(seen.contains("HOME=") && seen.contains("PATH="), "{seen}");
    }

    #[tokio::test]
    async fn what_is_not_there_is_told() {
        let mut missing = task("", 60);
        missing.command = vec!["rekey-no-such-program".to_owned()];
        assert!(matches!(carry_out(&missing, &Cancel::default()).await, Err(Trouble::Start { .. })));
        let mut nowhere = task("true", 60);
        nowhere.folder = "/rekey/no/such/folder".into();
        let told = carry_out(&nowhere, &Cancel::default()).await.unwrap_err().to_string();
        assert!(told.contains("/rekey/no/such/folder"), "{told}");
    }
}
