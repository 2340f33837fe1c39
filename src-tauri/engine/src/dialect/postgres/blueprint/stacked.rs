//! Which objects are taken away, in which order, and which of them for good.

use std::collections::{BTreeMap, BTreeSet};

use super::family::Families;
use super::scope::Converted;
use crate::plan::Conversion;
use crate::schema::{Dependent, Schema, TableName};

/// The answer that takes an object away until the undo.
pub const DROP: &str = "drop";

/// The objects that are to be taken away for good, by name: a question's id is its rule and
/// the object.
pub fn dropped(conversions: &[Conversion]) -> BTreeSet<&str> {
    let answers = conversions.iter().flat_map(|conversion| &conversion.answers);
    answers.filter(|(_, answer)| *answer == DROP).filter_map(|(id, _)| Some(id.split_once(' ')?.1)).collect()
}

/// What must be taken away, such that each comes after everything it stands on.
pub fn chosen<'a>(schema: &'a Schema, columns: &Converted, dropped: &BTreeSet<&str>) -> Vec<&'a Dependent> {
    let families = Families::new(schema);
    let direct = |one: &&Dependent| {
        one.columns.iter().any(|column| columns.contains_key(column))
            && (!one.kind.stays() || dropped.contains(one.name.as_str()) || is_apart(&families, columns, one))
    };
    let mut chosen: BTreeSet<&str> = schema.dependents.iter().filter(direct).map(|one| one.name.as_str()).collect();
    close(&schema.dependents.iter().collect::<Vec<_>>(), &mut chosen);
    order(schema.dependents.iter().filter(|one| chosen.contains(one.name.as_str())).collect(), &chosen)
}

// An inherited column is converted with the table it comes from, a table's own by itself: in
// between, what compares the two would hold a number against a UUID.
fn is_apart(families: &Families<'_>, columns: &Converted, one: &Dependent) -> bool {
    let converted = one.columns.iter().filter(|column| columns.contains_key(column));
    let places = converted
        .map(|column| families.ancestors(column).into_iter().map(|top| top.table).collect::<BTreeSet<TableName>>());
    places.collect::<BTreeSet<_>>().len() > 1
}

/// Those that are not put back: what was answered so, and what stands on that.
pub fn removed<'a>(dependents: &[&'a Dependent], dropped: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let mut removed = dependents.iter().map(|one| one.name.as_str()).filter(|name| dropped.contains(name)).collect();
    close(dependents, &mut removed);
    removed
}

/// Adds whatever stands on what is there already.
pub fn close<'a>(all: &[&'a Dependent], names: &mut BTreeSet<&'a str>) {
    let mut upon: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
    for one in all {
        for below in &one.requires {
            upon.entry(below).or_default().push(&one.name);
        }
    }
    let mut open: Vec<&str> = names.iter().copied().collect();
    while let Some(next) = open.pop() {
        for &above in upon.get(next).into_iter().flatten() {
            if names.insert(above) {
                open.push(above);
            }
        }
    }
}

fn order<'a>(mut waiting: Vec<&'a Dependent>, chosen: &BTreeSet<&str>) -> Vec<&'a Dependent> {
    let mut ordered: Vec<&Dependent> = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while !waiting.is_empty() {
        let ready = |one: &&Dependent| {
            let stands = |other: &&String| chosen.contains(other.as_str()) && **other != one.name;
            one.requires.iter().filter(stands).all(|other| done.contains(other.as_str()))
        };
        let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
        if now.is_empty() {
            break;
        }
        done.extend(now.iter().map(|one| one.name.as_str()));
        ordered.extend(now);
        waiting = later;
    }
    ordered
}
