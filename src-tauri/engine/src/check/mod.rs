//! Findings, and the checklist before a run: one file per check or group of checks, each says
//! all it has to say and none stops at the first. What a product alone can tell is asked of its
//! dialect (`Database::look`).

mod asked;
mod backup;
mod circumstances;
mod drift;
mod earlier_run;
mod finding;
pub mod flavour;
mod grade;
mod inventory;
mod list;
mod looked;
pub mod manual;
mod name;
mod probed;
mod programs;
mod rehearsal;
pub mod room;
mod sign_off;
mod tables;
mod version;
mod writers;

pub use asked::Asked;
pub use circumstances::{BackupAtHand, Circumstances, RehearsalAtHand};
pub use finding::{AnswerOption, Finding, Severity};
pub use grade::{Grade, Letter};
pub use inventory::Inventory;
pub use list::Checklist;
pub use looked::{Check, Looked, Outcome, Subject};
pub use name::{Group, Name};
pub use sign_off::{Arrangements, Communication, Contact, MaintenanceWindow, SignOff};
pub use tables::ExpectedRevision;
pub use writers::Writes;

use std::time::Instant;

use crate::dialect::{Connection, Database, tell_holder};
use crate::error::Result;
use crate::plan::Plan;

/// The findings of every check of a plan against the database as it is now, read-only.
///
/// # Errors
/// When the database cannot be read; a lock in the way is told with its holder.
pub async fn check(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    circumstances: &Circumstances,
) -> Result<Vec<Finding>> {
    Ok(checklist(database, connection, plan, circumstances, &[]).await?.findings)
}

/// The checklist of a plan against the database as it is now, read-only: these checks, or all
/// of them where none is named.
///
/// # Errors
/// When the database cannot be read; a lock in the way is told with its holder.
pub async fn checklist(
    database: &dyn Database,
    connection: &mut dyn Connection,
    plan: &Plan,
    circumstances: &Circumstances,
    only: &[Name],
) -> Result<Checklist> {
    let began = Instant::now();
    let looked = list::look(database, connection, plan, circumstances, only).await;
    tell_holder(database, &plan.tables(), began, looked).await
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
