//! Is the schema still the one the plan was made for?

use crate::check::{Finding, Severity};
use crate::dialect::Database;
use crate::error::{Error, Result};
use crate::plan::{Plan, verify};
use crate::schema::Schema;

#[allow(clippy::wildcard_enum_match_arm, reason = "every other error is one of reading")]
pub(super) fn check(database: &dyn Database, schema: &Schema, plan: &Plan) -> Result<Vec<Finding>> {
    let finding = |meaning: String| {
        Finding::new(Severity::Block, "RK-001", plan.database.clone(), meaning, "Make a new plan and look at it again.")
    };
    match verify(database, schema, plan) {
        Ok(()) => Ok(Vec::new()),
        Err(Error::SchemaChanged { changes }) => {
            Ok(vec![finding(format!("The database changed since the plan was made: {}.", changes.join("; ")))])
        }
        Err(Error::PlanEdited) => Ok(vec![finding("The plan was changed after Rekey made it.".to_owned())]),
        Err(other) => Err(other),
    }
}
