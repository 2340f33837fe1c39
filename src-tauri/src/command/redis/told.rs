//! What a rewrite in Redis comes to, as data and for people.

use rekey_engine::redis::{Counts, Direction, Example, Passed, RuleCounts, Skipped};
use rekey_engine::report::words::thousands;
use serde::Serialize;

use crate::command::text::{blocks, columns, plain};

/// The document of a rewrite or of an undo.
#[derive(Debug, Serialize)]
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
    /// Keys that an earlier rewrite removed and that do not come back (undo).
    #[serde(skip_serializing_if = "Option::is_none")]
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
            deleted_before: None,
        }
    }

    /// The same for people.
    pub fn text(&self, direction: Direction) -> String {
        let counts = &self.counts;
        let done = match (self.dry_run, direction) {
            (true, Direction::Forward) => "would be rewritten",
            (false, Direction::Forward) => "rewritten",
            (true, Direction::Back) => "would get their old ids back",
            (false, Direction::Back) => "have their old ids back",
        };
        let mut head = format!("{}: {} {done}", self.server, thousands(counts.rewritten));
        if counts.deleted > 0 {
            let verb = if self.dry_run { "would be removed" } else { "removed" };
            head.push_str(&format!(", {} {verb}", thousands(counts.deleted)));
        }
        head.push('.');
        if counts.rewritten + counts.deleted == 0 && self.complete {
            head = format!("{}: nothing is left to do.", self.server);
        }
        let left = [
            (counts.unmapped, "not touched: the map does not know their id", named(&self.unmapped_keys)),
            (counts.conflicts, "not touched: what they would become is there already", pairs(&self.conflict_keys)),
            (counts.skipped, "not touched: the server could not do it", reasons(&self.skipped_keys)),
        ];
        let left: Vec<String> = left
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, what, names)| format!("{} {what}\n{names}", thousands(count)))
            .collect();
        let gone = self
            .deleted_before
            .filter(|gone| *gone > 0)
            .map(|gone| format!("{} keys that the rewrite removed do not come back.", thousands(gone)));
        blocks(&[head, self.rules(), examples(&self.examples), left.join("\n\n"), gone.unwrap_or_default()])
    }

    fn rules(&self) -> String {
        let rows: Vec<[String; 5]> = self
            .rules
            .iter()
            .map(|one| {
                let counts = &one.counts;
                let left = counts.unmapped + counts.conflicts + counts.skipped;
                [
                    format!("{} {}", one.option, one.rule),
                    thousands(counts.matched),
                    thousands(counts.rewritten),
                    thousands(counts.deleted),
                    thousands(left),
                ]
            })
            .collect();
        columns(["Rule", "Matched", "Rewritten", "Removed", "Left"], &rows)
    }
}

fn examples(examples: &[Example]) -> String {
    let rows: Vec<[String; 2]> = examples.iter().map(|one| [one.before.clone(), one.after.clone()]).collect();
    if rows.is_empty() { String::new() } else { columns(["Before", "After"], &rows) }
}

const SHOWN: usize = 20;

fn named(keys: &[String]) -> String {
    keys.iter().take(SHOWN).map(|key| format!("  {}", plain(key))).collect::<Vec<_>>().join("\n")
}

fn pairs(keys: &[Example]) -> String {
    keys.iter()
        .take(SHOWN)
        .map(|one| format!("  {} -> {}", plain(&one.before), plain(&one.after)))
        .collect::<Vec<_>>()
        .join("\n")
}

fn reasons(keys: &[Skipped]) -> String {
    keys.iter()
        .take(SHOWN)
        .map(|one| format!("  {}: {}", plain(&one.key), plain(&one.reason)))
        .collect::<Vec<_>>()
        .join("\n")
}
