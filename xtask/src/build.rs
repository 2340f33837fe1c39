//! Calls of cargo, and which features go together.
//!
//! Two sets of features are in use: [`ENGINE`] for whatever needs no window and [`WINDOW`]
//! for the app itself.

use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, process, workspace};

/// What cargo's configuration sets for whatever it starts, this program among them. Handed on to
/// another cargo it would look like a change, and everything that rests on it would be built anew.
const CONFIGURED: [&str; 3] = ["LIBSQLITE3_FLAGS", "TS_RS_EXPORT_DIR", "TS_RS_LARGE_INT"];

/// Features for engine and command line under test: no web view is compiled.
pub const ENGINE: [&str; 3] = ["--no-default-features", "--features", "failpoints"];
/// Features for the window under test.
pub const WINDOW: [&str; 2] = ["--features", "custom-protocol,failpoints"];

/// Cargo, as this program was started by it, in the project's folder.
pub fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = match fast_linker() {
        Some(mold) => {
            let mut command = Command::new(mold);
            command.arg("-run").arg(cargo);
            command
        }
        None => Command::new(cargo),
    };
    command.args(arguments).current_dir(workspace::root());
    for name in CONFIGURED {
        command.env_remove(name);
    }
    command
}

/// Builds a program and gives its path.
///
/// `profile` is `debug` or `release`.
pub fn program(profile: &str, name: &str, features: &[&str]) -> Outcome<PathBuf> {
    let mut command = cargo(&["build", "--package", "rekey", "--bin", name]);
    if profile == "release" {
        command.arg("--release");
    }
    process::run(command.args(features))?;
    Ok(workspace::program(profile, name))
}

// On x86_64 Linux rustc links with its own lld, which is as fast. Elsewhere `mold -run` puts
// mold in its place and, unlike a linker argument, causes no rebuild where mold comes or goes.
fn fast_linker() -> Option<PathBuf> {
    let slow = cfg!(target_os = "linux") && !cfg!(target_arch = "x86_64");
    if slow { process::on_path("mold") } else { None }
}
