//! Maps at hand while tables are copied.
//!
//! References name their parents in any order, and looking each up in its map takes several
//! pages of the file. So the first ids of a map are held in memory, as many as a fixed room
//! takes; whatever is not among them is looked up in the map.

use super::map::references;
use super::work::Work;
use crate::plan::ConversionKind;

/// True for the map of numbers to which references lead, where there are functions to hold it.
pub fn is_held(work: &Work<'_>, number: usize) -> bool {
    work.own
        && work.conversions.get(number).is_some_and(|one| one.kind == ConversionKind::IntToUuid)
        && !references(work, number).is_empty()
}

/// The statement that takes the ids of a map into memory.
pub fn hold(number: usize, map: &str) -> String {
    format!("SELECT rekey_hold({number}, old_id, new_id) FROM (SELECT old_id, new_id FROM {map} ORDER BY old_id)")
}

/// The new id of an old one where it is held, else what `otherwise` finds.
pub fn or(number: usize, old: &str, otherwise: &str) -> String {
    format!("coalesce(rekey_held({number}, {old}), {otherwise})")
}

/// The statement that gives the memory back.
pub fn let_go() -> String {
    "SELECT rekey_let_go()".to_owned()
}
