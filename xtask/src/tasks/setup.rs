//! Everything that `run` and `test` would install.

use crate::system::{self, Needs};
use crate::{Outcome, build, frontend, process};

/// Everything the tasks need from the system.
pub const ALL: [Needs; 3] = [Needs::Compiler, Needs::Window, Needs::Tests];

/// Installs system packages, packages of the front end, and fetches crates.
pub fn setup() -> Outcome {
    system::provide(&ALL)?;
    frontend::install()?;
    process::run(&mut build::cargo(&["fetch", "--locked"]))?;
    if let Err(reason) = system::servers::provide() {
        println!("No PostgreSQL of other versions: {reason}. The tests that want them will be skipped by name.");
    }
    if let Err(reason) = system::python::provide() {
        println!("No Alembic and no Django: {reason}. The tests that want them will be skipped by name.");
    }
    println!("\nReady: `cargo xtask run` opens the app, `cargo xtask test` runs every test.");
    Ok(())
}
