//! Every check and every test.

use std::path::PathBuf;

use super::{lint, setup};
use crate::build::{self, ENGINE, WINDOW, cargo};
use crate::stages::Stages;
use crate::totals::{self, Totals};
use crate::{Outcome, frontend, generated, licences, memory, process, system, workspace};

/// Runs everything, or only the Rust tests whose name contains `filter`.
pub fn test(filter: Option<&str>) -> Outcome {
    let mut stages = Stages::begin();
    let mut totals = Vec::new();
    if !stages.run("system packages", || system::provide(&setup::ALL)) {
        return stages.finish(&totals);
    }
    let front_end =
        stages.run("front end: packages", frontend::install) && stages.run("front end: build", frontend::build);
    if filter.is_none() {
        if front_end {
            stages.run("front end: types", frontend::check);
            stages.run("front end: tests", frontend::test);
            stages.run("list of licences", licences::compare);
            totals.extend(totals::front_end(&frontend::report_file()));
        }
        lint::rust(&mut stages);
    }
    stages.attempt("servers of other versions", system::servers::provide);
    stages.attempt("a real MySQL", system::mysql::provide);
    stages.attempt("Alembic and Django", system::python::provide);
    let app = window(&mut stages, front_end);
    let mut sum = Totals::default();
    stages.run("tests", || rust(filter, app, &mut sum));
    totals.push(sum.line());
    if filter.is_none() {
        stages.run("generated TypeScript", || generated::compare(&generated_by_tests()));
    }
    stages.finish(&totals)
}

/// Runs the tests that want a real MySQL. Where it cannot be fetched they are skipped, by name.
pub fn lane_mysql() -> Outcome {
    let mut stages = Stages::begin();
    stages.attempt("a real MySQL", system::mysql::provide);
    let mut sum = Totals::default();
    stages.run("tests", || rust(Some("mysql::mysql::"), None, &mut sum));
    stages.finish(&[sum.line()])
}

// The app that the window tests drive.
fn window(stages: &mut Stages, front_end: bool) -> Option<PathBuf> {
    let name = "build of the app";
    if !front_end {
        stages.skip(name, "the front end could not be built");
        return None;
    }
    let mut app = None;
    stages.run(name, || {
        app = Some(build::program("debug", "rekey-desktop", &WINDOW)?);
        Ok(())
    });
    app
}

fn rust(filter: Option<&str>, app: Option<PathBuf>, sum: &mut Totals) -> Outcome {
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast"]);
    command.args(ENGINE).env(generated::FOLDER_VARIABLE, generated::fresh()?);
    // No test may touch the user's own history, not even one that forgot to say where.
    command.env("REKEY_DATA_DIR", workspace::scratch("data"));
    command.env("REKEY_SERVERS", system::servers::folder());
    command.env("REKEY_MYSQL", system::mysql::folder());
    // Kept until all tests are over.
    let folder = memory::Folder::make();
    match &folder {
        Some(folder) => {
            command.env("TMPDIR", folder.path());
        }
        None => println!("Memory is short, or nothing can be started from there: tests keep their files on the disk."),
    }
    command.env("REKEY_PYTHON", system::python::folder());
    if let Some(app) = app {
        command.env("REKEY_DESKTOP", app);
    }
    if std::env::var_os("REKEY_CORPORA").is_none() {
        command.env("REKEY_CORPORA", workspace::root().join("../shared/corpora"));
    }
    if let Some(filter) = filter {
        command.arg("--").arg(filter);
    }
    process::run_watched(&mut command, |line| sum.see(line))?;
    match filter {
        Some(filter) if sum.found() == 0 => Err(format!("no test has '{filter}' in its name")),
        // What does not run cannot fail: a window that nobody opened must not look tested.
        None if cfg!(target_os = "linux") && sum.windows() == 0 => Err("no test drove the window".to_owned()),
        _ => Ok(()),
    }
}

// Tests of ts-rs write the types; pointed away from the committed ones, they show what
// would change instead of changing it.
fn generated_by_tests() -> PathBuf {
    workspace::scratch("generated")
}
