//! What the rehearsal measured before and after, as rows of words.

use crate::execute::RunRecord;
use crate::rehearse::{IndexRow, Indexes, Timing};
use crate::report::words::thousands;

/// The columns of [`timings`].
pub const TIMINGS: [&str; 6] = ["Question", "Before", "After", "Server before", "Server after", "Indexes used"];
/// The columns of [`indexes`].
pub const INDEXES: [&str; 5] = ["Table", "Index", "Before", "After", "Uses"];
/// What stands above [`timings`].
pub const TIMINGS_TOLD: &str = "How long answers took on the rehearsal's copy, with the old keys and with the new ones: until the answer was there, and as long as the server says it was at work";

/// What was asked of the copy, how long the answers took, and with which indexes.
pub fn timings(record: &RunRecord) -> Vec<[String; 6]> {
    record.safety_net.rehearsal.iter().flat_map(|rehearsal| &rehearsal.timings).map(timing).collect()
}

/// A question with its times before and after.
pub fn timing(timing: &Timing) -> [String; 6] {
    let server = |explained: &Option<crate::dialect::Explained>| {
        explained.as_ref().and_then(|one| one.seconds).map(fine).unwrap_or_default()
    };
    let after = match &timing.not_after {
        Some(_) => "not asked".to_owned(),
        None => timing.after_seconds.map(fine).unwrap_or_default(),
    };
    [
        timing.title.clone(),
        fine(timing.before_seconds),
        after,
        server(&timing.before),
        server(&timing.after),
        timing.not_after.clone().unwrap_or_else(|| used(timing)),
    ]
}

// The same on both sides is said once.
fn used(timing: &Timing) -> String {
    let names = |explained: &crate::dialect::Explained| {
        if explained.indexes.is_empty() { "none".to_owned() } else { explained.indexes.join(", ") }
    };
    match (timing.before.as_ref().map(names), timing.after.as_ref().map(names)) {
        (Some(before), Some(after)) if before != after => format!("{before} → {after}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

/// The indexes of the converted tables with their sizes and uses.
pub fn indexes(record: &RunRecord) -> Vec<[String; 5]> {
    told(record).into_iter().flat_map(|indexes| &indexes.indexes).map(index).collect()
}

/// An index with its bytes before and after and how often it was used.
pub fn index(row: &IndexRow) -> [String; 5] {
    let number = |number: Option<u64>| number.map_or_else(|| "–".to_owned(), thousands);
    let bytes =
        |bytes: Option<u64>| bytes.map_or_else(|| "–".to_owned(), |bytes| format!("{} bytes", thousands(bytes)));
    [row.table.to_string(), row.index.clone(), bytes(row.before_bytes), bytes(row.after_bytes), number(row.uses)]
}

/// What the numbers of [`indexes`] are, or why there are none.
pub fn notes(record: &RunRecord) -> Vec<String> {
    told(record).map(|indexes| vec![indexes.sizes.clone(), indexes.uses.clone()]).unwrap_or_default()
}

// Where nothing was measured there is nothing to say of it.
fn told(record: &RunRecord) -> Option<&Indexes> {
    record.safety_net.rehearsal.as_ref().map(|rehearsal| &rehearsal.indexes).filter(|one| !one.indexes.is_empty())
}

// Most answers take less than a hundredth of a second.
fn fine(seconds: f64) -> String {
    format!("{:.1} ms", seconds * 1000.0)
}
