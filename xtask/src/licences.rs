//! What Rekey is made of, under which licences: a list that the window shows and packages carry.

use crate::{Outcome, frontend};

const SCRIPT: &str = "scripts/licences.mjs";

/// Writes the list again.
pub fn write() -> Outcome {
    frontend::script(&[SCRIPT])
}

/// Fails, naming every package, where the list is not what would be written.
pub fn compare() -> Outcome {
    frontend::script(&[SCRIPT, "--check"])
}
