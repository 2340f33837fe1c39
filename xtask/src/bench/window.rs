//! How soon the window can be used.
//!
//! Measured by a trial over the released window, since the trials have all that it takes: a
//! display, a bus, a keyring and a driver of their own.

use crate::build::{ENGINE, cargo};
use crate::system::{self, Needs};
use crate::tasks::bundle;
use crate::{Outcome, process};

/// Starts the released window several times and prints how long each start took.
pub fn bench(arguments: &[&str]) -> Outcome {
    let starts = match arguments {
        [] => "10",
        ["--starts", starts] if starts.parse::<u32>().is_ok_and(|count| count > 0) => *starts,
        other => return Err(format!("'{}' cannot be understood; only --starts N can", other.join(" "))),
    };
    system::provide(&[Needs::Compiler, Needs::Window, Needs::Tests])?;
    let window = bundle::programs()?.window;
    let mut command = cargo(&["test", "--package", "rekey", "--test", "tests"]);
    command.args(ENGINE).env("REKEY_RELEASED", window).env("REKEY_STARTS", starts);
    process::run(command.args(["--", "gui::a_released_window_can_soon_be_used"]))
}
