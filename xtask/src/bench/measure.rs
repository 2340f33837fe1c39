//! Time and memory of a program.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Outcome, process};

/// What a program took.
pub struct Measured {
    /// From start to end.
    pub time: Duration,
    /// The most memory that was resident at once, where the system says.
    pub peak_bytes: Option<u64>,
    /// What it wrote to its standard output.
    pub output: String,
}

/// Runs a program to its end and measures it.
pub fn run(command: &mut Command) -> Outcome<Measured> {
    println!("$ {}", process::shown(command));
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}", process::shown(command)))?;
    let reader = child.stdout.take().map(|mut pipe| {
        std::thread::spawn(move || {
            let mut text = String::new();
            let _ = pipe.read_to_string(&mut text);
            text
        })
    });
    let mut peak_bytes = None;
    // The high-water mark only grows, so the last look before the end is the peak but for
    // what came in the last moment.
    let status = loop {
        peak_bytes = high_water_mark(child.id()).or(peak_bytes);
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let time = start.elapsed();
    let output = reader.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if status.success() {
        Ok(Measured { time, peak_bytes, output })
    } else {
        Err(format!("{} ended with {status}:\n{output}", process::shown(command)))
    }
}

fn high_water_mark(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}
