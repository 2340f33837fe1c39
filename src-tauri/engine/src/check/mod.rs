//! Findings, and the preflight checks: one file per check, each says all it has to say
//! and none stops at the first.

mod backup;
mod drift;
mod earlier_run;
mod finding;

pub use finding::{AnswerOption, Finding, Severity};

use std::time::Instant;

use crate::dialect::{Connection, Database, tell_holder};
use crate::error::Result;
use crate::plan::Plan;

/// What the checks need to know beside the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// The backup the run will rest on.
    pub backup: Option<String>,
    /// The typed reason for going without one.
    pub no_backup: Option<String>,
}

/// Runs every check of a plan against the database as it is now, read-only.
///
/// # Errors
/// When the database cannot be read; a lock in the way is told with its holder.
pub async fn check(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    circumstances: &Circumstances,
) -> Result<Vec<Finding>> {
    let began = Instant::now();
    let found = look(database, connection, plan, circumstances).await;
    tell_holder(database, &plan.tables(), began, found).await
}

async fn look(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    circumstances: &Circumstances,
) -> Result<Vec<Finding>> {
    let schema = database.inspect(connection).await?;
    let mut findings = drift::check(database, &schema, plan)?;
    // On another schema the plan's columns may not even be there.
    if findings.is_empty() {
        let probed = database.probe(connection, &schema, &plan.conversions).await?;
        findings.extend(accepted(plan, probed.into_iter().map(|(_, finding)| finding)));
        findings.extend(database.preflight(connection, &schema, &plan.conversions).await?);
    }
    findings.extend(earlier_run::check(database, connection).await?);
    findings.extend(backup::check(circumstances));
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.rule.cmp(&b.rule)));
    findings.dedup();
    Ok(findings)
}

// What was asked about and answered in the plan is not asked again, unless the answer is none
// any more: an array may have got elements that no row has.
fn accepted(plan: &Plan, probed: impl Iterator<Item = Finding>) -> Vec<Finding> {
    probed
        .map(|mut finding| {
            let known = |planned: &&Finding| planned.rule == finding.rule && planned.object == finding.object;
            if finding.severity == Severity::Ask
                && stands(plan, &finding)
                && let Some(planned) = plan.findings.iter().find(known)
            {
                finding.severity = planned.severity;
            }
            finding
        })
        .collect()
}

fn stands(plan: &Plan, finding: &Finding) -> bool {
    let given = plan.conversions.iter().filter_map(|conversion| conversion.answers.get(&finding.question()));
    let mut lost = given.filter(|answer| finding.options.iter().all(|option| option.value != **answer));
    finding.options.is_empty() || lost.next().is_none()
}
