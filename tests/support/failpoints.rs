//! Stopping the command at a named point, to look at it or to kill it there, and spoiling
//! its work.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use super::process::{Reaped, until};
use super::rekey::Rekey;

/// The points that a command passes, in order, as `name#hit`.
pub fn record(rekey: Rekey, arguments: &[&str]) -> (Rekey, Vec<String>) {
    let folder = rekey.path("points");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let rekey = rekey.with_env("REKEY_FAILPOINTS", &folder.display().to_string());
    rekey.run(arguments).expect(0);
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let mut hits = std::collections::BTreeMap::new();
    let points = log
        .lines()
        .map(|name| {
            let hit = hits.entry(name.to_owned()).and_modify(|hit| *hit += 1).or_insert(1);
            format!("{name}#{hit}")
        })
        .collect();
    (rekey, points)
}

/// The same home, in which the next run is spoilt by these statements just before its gate.
pub fn spoiling(rekey: Rekey, statements: &str) -> Rekey {
    let file = rekey.path("defect.sql");
    std::fs::write(&file, statements).unwrap();
    rekey.with_env("REKEY_SPOIL", &file.display().to_string())
}

/// A command that has come to a point and sleeps there.
#[derive(Debug)]
pub struct Stopped {
    /// The process, killed when this value goes.
    pub process: Reaped,
    output: PathBuf,
}

impl Stopped {
    /// Starts the command and waits until it has come to the point.
    pub fn at(rekey: Rekey, point: &str, arguments: &[&str]) -> (Rekey, Stopped) {
        let folder = rekey.path("points");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let rekey = rekey.with_env("REKEY_FAILPOINTS", &folder.display().to_string()).with_env("REKEY_STOP_AT", point);
        let output = rekey.path("stopped-output");
        let file = std::fs::File::create(&output).unwrap();
        let mut command = rekey.command(arguments);
        command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        let mut process = Reaped::spawn(&mut command);
        let reached = folder.join("reached");
        until(&format!("the point {point}"), Duration::from_secs(60), || {
            if reached.exists() {
                return Some(());
            }
            if let Some(status) = process.0.try_wait().unwrap() {
                let said = std::fs::read_to_string(&output).unwrap_or_default();
                panic!("the command ended ({status}) before it came to {point}:\n{said}");
            }
            None
        });
        (rekey.without_stop(), Stopped { process, output })
    }

    /// What the command has written so far.
    pub fn output(&self) -> String {
        std::fs::read_to_string(&self.output).unwrap_or_default()
    }
}
