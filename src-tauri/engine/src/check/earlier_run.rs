//! Does an earlier run still stand, so that only the newer one can be undone first?

use crate::check::{Finding, Severity};
use crate::dialect::{Connection, Database};
use crate::error::Result;
use crate::execute::{RunState, runs};

pub(super) async fn check(database: &dyn Database, connection: &mut dyn Connection) -> Result<Option<Finding>> {
    let earlier = runs(database, connection).await?;
    Ok(earlier.iter().find(|run| run.state == RunState::Converted).map(|run| {
        Finding::new(
            Severity::Info,
            "RK-003",
            run.run.clone(),
            "An earlier run still stands and can be undone. After this run, this one must be undone before that.",
            "Keep the earlier run first if you are sure of it.",
        )
    }))
}
