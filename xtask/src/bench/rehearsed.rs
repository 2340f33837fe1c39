//! Backup and rehearsal before the run, and what the rehearsal's estimate was worth.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::asked;
use super::measure::{self, Measured};
use crate::Outcome;

/// What was done before the run.
pub struct Rehearsed {
    /// The backup's file.
    pub backup: String,
    backed_up: Duration,
    whole: Duration,
    seconds: f64,
    low: f64,
    high: f64,
}

/// Makes a backup and rehearses the plan on it.
pub fn carry_out(command: &dyn Fn(&[&str]) -> Command, target: &str, plan: &str, folder: &Path) -> Outcome<Rehearsed> {
    let backups = folder.join("backups");
    let made = measure::run(&mut command(&["backup", target, "--dir", &backups.to_string_lossy()]))?;
    let backup = asked(&made, folder, "SELECT {} ->> '$.path'")?;
    let rehearsal = measure::run(&mut command(&["rehearse", target, "--plan", plan, "--backup", &backup]))?;
    let number = |path: &str| -> Outcome<f64> {
        let text = asked(&rehearsal, folder, &format!("SELECT {{}} ->> '{path}'"))?;
        text.parse().map_err(|_| format!("the rehearsal does not tell {path}: '{text}'"))
    };
    Ok(Rehearsed {
        backed_up: made.time,
        whole: rehearsal.time,
        seconds: number("$.seconds")?,
        low: number("$.window.low_seconds")?,
        high: number("$.window.high_seconds")?,
        backup,
    })
}

impl Rehearsed {
    /// Prints what it took, and the run's own seconds in times of the rehearsed ones.
    pub fn print(&self, ran: &Measured, folder: &Path) -> Outcome {
        let text = asked(ran, folder, "SELECT {} ->> '$.seconds'")?;
        let seconds: f64 = text.parse().map_err(|_| format!("the run does not tell its seconds: '{text}'"))?;
        println!("  {:<28}{:>9.2} s   restored and compared", "rekey backup", self.backed_up.as_secs_f64());
        println!("  {:<28}{:>9.2} s   restored, there, back, compared", "rekey rehearse", self.whole.as_secs_f64());
        println!(
            "  {:<28}{:>9.2} s   {:.1} to {:.1} s expected; the run itself took {seconds:.2} s = {:.2} times",
            "rehearsed conversion",
            self.seconds,
            self.low,
            self.high,
            seconds / self.seconds
        );
        Ok(())
    }
}
