//! What can be said about the code without running it.

use crate::build::{self, WINDOW, cargo};
use crate::stages::Stages;
use crate::system::{self, Needs};
use crate::{Outcome, frontend, licences, process};

/// Formats the Rust code.
pub fn format() -> Outcome {
    process::run(&mut cargo(&["fmt", "--all"]))
}

/// All checks, with a summary.
pub fn lint() -> Outcome {
    let mut stages = Stages::begin();
    let ready = stages.run("system packages", || system::provide(&[Needs::Compiler, Needs::Window]));
    if !ready {
        return stages.finish(&[]);
    }
    let built = stages.run("front end: packages and build", || frontend::install().and_then(|()| frontend::build()));
    if built {
        stages.run("front end: types", frontend::check);
        stages.run("list of licences", licences::compare);
    }
    rust(&mut stages);
    stages.finish(&[])
}

/// The checks of the Rust code. The front end must be built: the app embeds it.
pub fn rust(stages: &mut Stages) {
    stages.run("formatting", || process::run(&mut cargo(&["fmt", "--all", "--check"])));
    stages.run("clippy", || {
        let mut clippy = cargo(&["clippy", "--workspace", "--all-targets"]);
        process::run(clippy.args(WINDOW).args(["--", "-D", "warnings"]))
    });
    stages.run("documentation", || {
        let mut doc = cargo(&["doc", "--workspace", "--no-deps"]);
        process::run(doc.args(WINDOW).env("RUSTDOCFLAGS", "-D warnings"))
    });
    if process::on_path("cargo-deny").is_some() {
        stages.run("licences and banned crates", || {
            process::run(&mut build::cargo(&["deny", "check", "licenses", "bans", "sources"]))
        });
    } else {
        stages.skip("licences and banned crates", "cargo-deny is not installed");
    }
}
