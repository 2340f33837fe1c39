//! What must hold once the new keys are in place.

use std::collections::BTreeMap;

use super::super::quote;
use super::super::uuid;
use super::work::Work;
use super::{repoint, slug, text};
use crate::plan::Assertion;
use crate::schema::{ColumnName, TableName};

/// All assertions, and by their ids the same questions asked of the tables built beside the
/// live ones.
pub fn assertions(work: &Work<'_>) -> (Vec<Assertion>, BTreeMap<String, String>) {
    let (mut found, mut aside) = (Vec::new(), BTreeMap::new());
    for number in 0..work.conversions.len() {
        found.extend(map(work, number));
        let conversion = &work.conversions[number];
        for member in &conversion.members {
            if member.column == conversion.root {
                continue;
            }
            let id = format!("dangling {}", member.column);
            let title = format!("No value of {} points nowhere that did not before", member.column);
            aside.insert(id.clone(), counted(&dangling(work, number, &member.column, |name| work.aside(name))));
            found.push(none(id, title, &dangling(work, number, &member.column, quote::table), true));
        }
    }
    for (table, column) in work.tables.iter().filter_map(|table| Some((table, table.slug?))) {
        let short = slug::assertion(table, column);
        aside.insert(short.id.clone(), slug::query(table, column, &table.built(work)));
        found.push(short);
    }
    (found, aside)
}

// References that dangled before keep their ids in the map; nothing else may point nowhere.
fn dangling(work: &Work<'_>, number: usize, column: &ColumnName, name: impl Fn(&TableName) -> String) -> String {
    let root = &work.conversions[number].root;
    let own = format!("o.{}", quote::ident(&column.column));
    let key = quote::ident(repoint::place(&work.conversions[number]));
    format!(
        "{} o LEFT JOIN {} r ON r.{key} = {own} LEFT JOIN {} m ON m.new_id = {own} \
         WHERE {own} IS NOT NULL AND r.{key} IS NULL AND m.new_id IS NULL",
        name(&column.table),
        name(&root.table),
        work.names.map(number)
    )
}

fn counted(from: &str) -> String {
    format!("SELECT CAST(COUNT(*) AS CHAR) FROM {from}")
}

fn none(id: String, title: String, from: &str, lasting: bool) -> Assertion {
    Assertion { id, title, sql: counted(from), expect: "0".to_owned(), lasting }
}

fn map(work: &Work<'_>, number: usize) -> Vec<Assertion> {
    let (map, conversion) = (work.names.map(number), &work.conversions[number]);
    let (root, kind) = (&conversion.root, conversion.uuid.number());
    if work.is_text(number) {
        return vec![text::same(work, number)];
    }
    if conversion.led_to().is_some() {
        return vec![repoint::given(work, number)];
    }
    let mut found = vec![none(
        format!("version {root}"),
        format!("The new ids of {root} are UUIDs of version {kind}"),
        &format!("{map} m WHERE NOT ({})", uuid::is_version(conversion.storage, conversion.uuid, "m.new_id")),
        false,
    )];
    if conversion.uuid.ordered() {
        let before = format!("SELECT n.new_id, LAG(n.new_id) OVER (ORDER BY n.old_id) AS new_before FROM {map} n");
        found.push(none(
            format!("order {root}"),
            format!("The new ids of {root} are all different and have the order of the old ones"),
            &format!("({before}) o WHERE o.new_before >= o.new_id"),
            false,
        ));
    }
    found
}
