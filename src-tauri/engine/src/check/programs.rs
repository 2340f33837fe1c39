//! Which of the server's own programs a backup would be made and put back with.

use std::path::Path;

use super::{Finding, Looked, Severity};
use crate::backup;
use crate::backup::program::Program;
use crate::dialect::Database;
use crate::error::{Error, Result};

/// Finds them as a backup does. A run does not need them, so their lack is a warning.
pub(super) async fn look(database: &dyn Database, folder: Option<&Path>) -> Result<Looked> {
    match backup::programs(database, folder).await {
        Ok(Some(programs)) => Ok(Looked::passed(programs.iter().map(told).collect::<Vec<_>>().join(", "))),
        Ok(None) => Ok(Looked::not_applicable("A SQLite file is copied by Rekey itself; no program is needed.")),
        Err(Error::Program { reason, remedy }) => Ok(lacking(&reason, &remedy)),
        Err(held) if database.is_lock_timeout(&held) => Err(held),
        // The server is asked over a session of its own, which it need not have room for.
        Err(other) => Ok(Looked::unknown(format!("It was not to be found out which of them would fit: {other}."))),
    }
}

fn told(program: &Program) -> String {
    format!("{} ({})", program.label(), program.path.display())
}

fn lacking(reason: &str, remedy: &[String]) -> Looked {
    let remedy: Vec<&str> = remedy.iter().map(|line| line.trim_end_matches('.')).collect();
    let finding = Finding::new(
        Severity::Warn,
        "RK-054",
        "client programs",
        format!("No backup can be made or put back from this machine: {reason}."),
        format!("{}.", remedy.join(". ")),
    );
    Looked::found(reason, vec![finding])
}
