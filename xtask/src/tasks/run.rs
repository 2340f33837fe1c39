//! The app itself, or the sample where there is no display.

use std::process::Command;

use crate::system::{self, Needs};
use crate::{Outcome, build, frontend, process};

/// Opens the window, or converts the sample on the command line.
pub fn run(headless: bool) -> Outcome {
    if headless || !system::has_display() {
        if !headless {
            println!("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.");
        }
        println!("Converting the built-in sample on the command line instead.");
        return sample();
    }
    system::provide(&[Needs::Compiler, Needs::Window])?;
    frontend::install()?;
    frontend::build()?;
    let app = build::program("debug", "rekey-desktop", &["--features", "custom-protocol"])?;
    process::run(&mut Command::new(app))
}

// Needs neither the web view nor the front end, so neither is installed nor built.
fn sample() -> Outcome {
    system::provide(&[Needs::Compiler])?;
    let rekey = build::program("debug", "rekey", &["--no-default-features"])?;
    process::run(Command::new(rekey).arg("demo"))
}
