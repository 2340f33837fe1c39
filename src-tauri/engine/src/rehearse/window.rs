//! From the rehearsal's seconds to what a person should reckon with.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::execute::RunRecord;
use crate::plan::{Action, Plan};

/// The run itself may be this much faster than its rehearsal: the copy was restored just
/// before, and its pages may have had to be written.
const FASTER: f64 = 0.7;
/// Or this much slower: other work on the server, colder pages, a fuller disk.
const SLOWER: f64 = 1.5;
/// Nobody plans in less than a second.
const LEAST: f64 = 1.0;

/// How long the run will take, and who waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Window {
    /// Seconds that it takes at least.
    pub low_seconds: f64,
    /// Seconds to reckon with.
    pub high_seconds: f64,
    /// For how many of them programs that write to the tables would have waited.
    pub writers_wait_seconds: f64,
    /// For how many of them programs that only read would have waited.
    pub readers_wait_seconds: f64,
}

impl Window {
    /// What this run says of the next one.
    pub fn of(plan: &Plan, record: &RunRecord) -> Window {
        let readers = match &plan.blueprint.staged {
            // The whole run is one transaction that holds the tables.
            None => record.seconds,
            Some(_) => after_exchange(plan, record),
        };
        Window {
            low_seconds: (record.seconds * FASTER).max(LEAST),
            high_seconds: (record.seconds * SLOWER).max(LEAST * 2.0),
            writers_wait_seconds: record.seconds,
            readers_wait_seconds: readers,
        }
    }
}

// Tables built beside the live ones are in nobody's way until they are exchanged.
fn after_exchange(plan: &Plan, record: &RunRecord) -> f64 {
    let exchange = plan.blueprint.steps.iter().find(|step| step.action == Action::CutOver);
    let from = exchange.and_then(|step| record.steps.iter().position(|done| done.id == step.id));
    record.steps.iter().skip(from.unwrap_or_default()).map(|step| step.seconds).sum()
}
