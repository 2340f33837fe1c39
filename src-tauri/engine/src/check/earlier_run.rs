//! Does an earlier run still stand, so that only the newer one can be undone first, or did one
//! stop on the way?

use crate::check::{Finding, Looked, Severity};
use crate::dialect::{Connection, Database};
use crate::error::Result;
use crate::execute::{RunState, StoredRun, runs};

pub(super) async fn look(database: &dyn Database, connection: &mut dyn Connection) -> Result<Looked> {
    let earlier = runs(database, connection).await?;
    let halfway = earlier.iter().find(|run| run.is_halfway()).map(stopped);
    let found = halfway.or_else(|| earlier.iter().find(|run| run.state == RunState::Converted).map(standing));
    Ok(match found {
        Some(finding) => Looked::found(format!("run {}", finding.object), vec![finding]).noted(),
        None => Looked::passed("none"),
    })
}

fn standing(run: &StoredRun) -> Finding {
    Finding::new(
        Severity::Info,
        "RK-003",
        run.run.clone(),
        "An earlier run still stands and can be undone. After this run, this one must be undone before that.",
        "Keep the earlier run first if you are sure of it.",
    )
}

fn stopped(run: &StoredRun) -> Finding {
    Finding::new(
        Severity::Block,
        "RK-031",
        run.run.clone(),
        "An earlier run stopped on the way. What it built is still there, and a new run cannot begin beside it.",
        "Take it to its end (rekey resume) or take it back (rekey undo) first.",
    )
}
