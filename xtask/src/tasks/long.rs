//! What takes too long for every day.

use crate::build::{ENGINE, cargo};
use crate::system::{self, Needs};
use crate::{Outcome, process, workspace};

/// Takes so many generated databases all the way.
pub fn long(seeds: &str) -> Outcome {
    if !seeds.parse::<u32>().is_ok_and(|count| count > 0) {
        return Err(format!("'{seeds}' is no number of seeds"));
    }
    system::provide(&[Needs::Compiler, Needs::Tests])?;
    let mut command = cargo(&["test", "--package", "rekey", "--test", "tests"]);
    command.args(ENGINE).env("REKEY_SEEDS", seeds).env("REKEY_DATA_DIR", workspace::scratch("data"));
    process::run(command.args(["--", "generated::"]))
}
