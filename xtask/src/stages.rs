//! A list of stages that all get their turn, with one summary at the end.

use std::time::{Duration, Instant};

use crate::Outcome;

/// What ran so far.
pub struct Stages {
    began: Instant,
    done: Vec<Stage>,
}

struct Stage {
    name: &'static str,
    time: Duration,
    end: End,
}

enum End {
    Passed,
    Failed(String),
    Skipped(String),
}

impl Stages {
    /// Starts the clock.
    pub fn begin() -> Self {
        Stages { began: Instant::now(), done: Vec::new() }
    }

    /// Runs a stage; true where it passed. A failure is kept for the summary, so that
    /// later stages which do not need this one still run.
    pub fn run(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let end = match work() {
            Ok(()) => End::Passed,
            Err(reason) => {
                println!("FAILED: {reason}");
                End::Failed(reason)
            }
        };
        let passed = matches!(end, End::Passed);
        self.done.push(Stage { name, time: start.elapsed(), end });
        passed
    }

    /// Runs a stage that may fail for want of a network: then it counts as skipped, with the reason.
    pub fn attempt(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) {
        println!("\n== {name}");
        let start = Instant::now();
        let end = match work() {
            Ok(()) => End::Passed,
            Err(reason) => {
                println!("skipped: {reason}");
                End::Skipped(reason)
            }
        };
        self.done.push(Stage { name, time: start.elapsed(), end });
    }

    /// Notes a stage that cannot or need not run.
    pub fn skip(&mut self, name: &'static str, reason: impl Into<String>) {
        let end = End::Skipped(reason.into());
        self.done.push(Stage { name, time: Duration::ZERO, end });
    }

    /// Prints what passed, what did not and how long each took.
    pub fn finish(self, totals: &[String]) -> Outcome {
        println!("\n== summary");
        for stage in &self.done {
            println!("{}", stage.line());
        }
        for line in totals {
            println!("{line}");
        }
        let seconds = self.began.elapsed().as_secs();
        let failed: Vec<&str> = self.done.iter().filter(|s| matches!(s.end, End::Failed(_))).map(|s| s.name).collect();
        if failed.is_empty() {
            println!("Everything passed in {seconds} s.");
            Ok(())
        } else {
            println!("Failed after {seconds} s: {}.", failed.join(", "));
            Err(format!("these stages failed: {}", failed.join(", ")))
        }
    }
}

impl Stage {
    fn line(&self) -> String {
        let (word, remark) = match &self.end {
            End::Passed => ("passed", String::new()),
            End::Failed(reason) => ("FAILED", format!("  {}", reason.lines().next().unwrap_or_default())),
            End::Skipped(reason) => ("skipped", format!("  {reason}")),
        };
        format!("  {word:<8}{:>8.1} s  {}{remark}", self.time.as_secs_f64(), self.name)
    }
}
