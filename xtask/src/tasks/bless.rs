//! Writing again what the code makes and the project keeps.

use crate::build::{ENGINE, cargo};
use crate::{Outcome, generated, licences, process};

/// Renews golden SQL, generated TypeScript and the list of licences.
pub fn bless() -> Outcome {
    let made = generated::fresh()?;
    let mut export = cargo(&["test", "--workspace", "--lib"]);
    export.args(ENGINE).env(generated::FOLDER_VARIABLE, &made);
    process::run(export.args(["--", "export_bindings"]))?;
    generated::replace(&made)?;
    let mut golden = cargo(&["test", "--package", "rekey", "--test", "tests"]);
    process::run(golden.args(ENGINE).env("REKEY_BLESS", "1").args(["--", "scenario::"]))?;
    let mut report = cargo(&["test", "--package", "rekey-engine", "--lib"]);
    process::run(report.env("REKEY_BLESS", "1").args(["--", "report"]))?;
    licences::write()?;
    println!("\nSee what changed with `git diff` before you commit it.");
    Ok(())
}
