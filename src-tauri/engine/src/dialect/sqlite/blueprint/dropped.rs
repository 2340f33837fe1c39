//! What answers take away until the undo puts it back: conditions of a table, and indexes.

use super::super::catalogue::object_name;
use super::super::ddl::TableText;
use super::super::obstacle::{CONDITION, DROP, INDEX, checked, conditions as all_conditions};
use super::super::quote;
use super::work::{Work, place};
use crate::plan::Conversion;
use crate::schema::{Catalogue, Schema, Table};

fn goes(conversions: &[Conversion], rule: &str, object: &str) -> bool {
    let question = format!("{rule} {object}");
    conversions.iter().any(|one| one.answers.get(&question).is_some_and(|answer| answer == DROP))
}

/// The conditions of a table that go.
pub fn conditions<'a>(conversions: &[Conversion], table: &'a Table) -> Vec<&'a str> {
    let text = table.definition.as_deref().unwrap_or_default();
    let Some(parsed) = TableText::parse(text) else { return Vec::new() };
    let mut found = all_conditions(text, &parsed);
    found.retain(|condition| goes(conversions, CONDITION, &checked(&table.name.name, condition)));
    found.dedup();
    found
}

/// The names of a table's indexes that go.
pub fn indexes<'a>(schema: &'a Schema, conversions: &[Conversion], table: &Table) -> Vec<&'a str> {
    let objects = schema.catalogue.objects.iter();
    let own = objects.filter(|(_, index)| index.get("table") == Some(&table.name.name));
    let names = own.filter_map(|(name, _)| name.strip_prefix("index main."));
    names.filter(|name| goes(conversions, INDEX, &format!("main.{name}"))).collect()
}

/// The texts of a table's indexes that stay.
pub fn kept<'a>(work: &Work<'a>, table: &super::work::TableWork<'a>) -> Vec<&'a str> {
    let text = |name: &&str| work.schema.catalogue.objects.get(&object_name("index", name))?.get("sql");
    let gone: Vec<&String> = table.dropped.iter().filter_map(text).collect();
    table.indexes.iter().copied().filter(|sql| !gone.iter().any(|other| other.as_str() == *sql)).collect()
}

fn all<'a>(work: &'a Work<'_>) -> Vec<&'a str> {
    let mut names: Vec<&str> = work.tables.iter().flat_map(|table| table.dropped.iter().copied()).collect();
    names.sort_by_key(|name| place(work.schema, "index", name));
    names
}

/// Takes the indexes out of the catalogue; what stands behind them moves up.
pub fn announce(after: &mut Catalogue, work: &Work<'_>) {
    for name in all(work).into_iter().rev() {
        let gone = place(work.schema, "index", name);
        after.objects.remove(&object_name("index", name));
        let columns = |object: &String| object.starts_with("column ");
        for (_, attributes) in after.objects.iter_mut().filter(|(object, _)| !columns(object)) {
            let number = attributes.get("place").and_then(|place| place.parse::<usize>().ok());
            if let Some(number) = number.filter(|number| *number > gone) {
                attributes.insert("place".to_owned(), (number - 1).to_string());
            }
        }
    }
}

/// Gives the indexes that come back the places that they had among the rest.
pub fn places(work: &Work<'_>, order: &str) -> Vec<String> {
    let mut statements = Vec::new();
    for name in all(work) {
        let own = place(work.schema, "index", name);
        let before = work.schema.catalogue.objects.iter().filter(|(object, attributes)| {
            !object.starts_with("column ")
                && attributes.get("place").and_then(|place| place.parse::<usize>().ok()).is_some_and(|one| one < own)
        });
        let names = quote::texts(before.filter_map(|(object, _)| Some(object.split_once(" main.")?.1)));
        // Behind the last of those that stood before it and are still there.
        let last = format!("(SELECT coalesce(max(place), 0) FROM {order} WHERE name IN ({names}))");
        statements.push(format!("UPDATE {order} SET place = -place - 1 WHERE place > {last}"));
        statements.push(format!("UPDATE {order} SET place = -place WHERE place < 0"));
        statements
            .push(format!("INSERT INTO {order} (place, kind, name) SELECT {last} + 1, 'index', {}", quote::text(name)));
    }
    statements
}
