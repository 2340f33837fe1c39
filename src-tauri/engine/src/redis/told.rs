//! What a rewrite comes to, as data.

use serde::Serialize;
use ts_rs::TS;

use super::{Counts, Example, Passed, RuleCounts, Skipped};

/// The document of a rewrite or of its way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Told {
    /// The run.
    pub run: String,
    /// The server and its database.
    pub server: String,
    /// True where keys are spread over a cluster.
    pub cluster: bool,
    /// True where nothing was written.
    pub dry_run: bool,
    /// All rules together.
    #[serde(flatten)]
    pub counts: Counts,
    /// How many passes there were over all keys.
    pub passes: u32,
    /// What was found after the first pass: written or moved meanwhile.
    #[ts(type = "number")]
    pub written_meanwhile: u64,
    /// True where the last pass found nothing left to do.
    pub complete: bool,
    /// Each rule.
    pub rules: Vec<RuleCounts>,
    /// The first ten.
    pub examples: Vec<Example>,
    /// What the map does not know; the first thousand.
    pub unmapped_keys: Vec<String>,
    /// Whose new name is taken; the first thousand.
    pub conflict_keys: Vec<Example>,
    /// What could not be done; the first thousand.
    pub skipped_keys: Vec<Skipped>,
    /// The statements that were sent to the database; of a dry run, those that would be.
    pub statements: Vec<String>,
    /// Keys that an earlier rewrite removed and that do not come back (undo).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub deleted_before: Option<u64>,
}

impl Told {
    /// The document of what came out.
    pub fn new(run: &str, server: &str, dry_run: bool, passed: &Passed) -> Told {
        let tally = &passed.tally;
        Told {
            run: run.to_owned(),
            server: server.to_owned(),
            cluster: passed.cluster,
            dry_run,
            counts: tally.total(),
            passes: passed.passes,
            written_meanwhile: passed.meanwhile,
            complete: passed.complete,
            rules: tally.rules(),
            examples: tally.examples.clone(),
            unmapped_keys: tally.unmapped.clone(),
            conflict_keys: tally.conflicts.clone(),
            skipped_keys: tally.skipped.clone(),
            statements: passed.statements.clone(),
            deleted_before: None,
        }
    }
}
