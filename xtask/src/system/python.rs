//! The real Alembic and Django for the tests: packages of exact versions, fetched with pip once into
//! an environment of their own and checked by pip against the digests in the list.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, process, workspace};

/// Where they are kept, below the build folder.
pub fn folder() -> PathBuf {
    workspace::scratch("python")
}

/// Fetches them where they are not there yet. Without a network they are missing, and the tests
/// that want them say so by name.
pub fn provide() -> Outcome {
    let list = workspace::root().join("tests/frameworks/requirements.txt");
    let wanted = fs::read_to_string(&list).map_err(|problem| format!("{}: {problem}", list.display()))?;
    let folder = folder();
    let ready = folder.join("ready");
    if fs::read_to_string(&ready).is_ok_and(|text| text == wanted) {
        println!("Alembic and Django are there, in {}.", folder.display());
        return Ok(());
    }
    let _ = fs::remove_dir_all(&folder);
    process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    // Packages are unpacked and nothing of theirs is run; who has no network does not wait long.
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]);
    pip.args(["--only-binary", ":all:", "--retries", "1", "--timeout", "30", "-r"]).arg(&list);
    process::run(&mut pip)?;
    fs::write(&ready, &wanted).map_err(|problem| format!("{}: {problem}", ready.display()))
}
