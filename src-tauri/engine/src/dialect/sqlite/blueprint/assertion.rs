//! What must hold once the new keys are in place.

use super::super::{quote, uuid};
use super::work::Work;
use crate::plan::Assertion;
use crate::schema::ColumnName;

/// All assertions.
pub fn assertions(work: &Work<'_>) -> Vec<Assertion> {
    let mut found = Vec::new();
    for (number, conversion) in work.conversions.iter().enumerate() {
        found.extend(map(work, number));
        for member in &conversion.members {
            let column = &member.column;
            let (table, own) = (quote::name(&column.table.name), quote::name(&column.column));
            let wrong = format!("o.{own} IS NOT NULL AND NOT (typeof(o.{own}) = 'text' AND length(o.{own}) = 36)");
            found.push(none(
                format!("values {column}"),
                format!("Every value of {column} is a UUID of 36 characters"),
                format!("{table} o WHERE {wrong}"),
                true,
            ));
            if *column != conversion.root {
                found.push(known(work, number, column));
            }
            if member.key {
                found.push(none(
                    format!("key {column}"),
                    format!("Every row of {} has a key", column.table),
                    format!("{table} WHERE {own} IS NULL"),
                    true,
                ));
            }
        }
    }
    if work.tables.iter().any(|table| table.columns.values().any(|column| column.generated)) {
        found.push(new_key());
    }
    found.push(Assertion {
        id: "integrity".to_owned(),
        title: "SQLite finds the file whole and every index complete".to_owned(),
        sql: "SELECT group_concat(integrity_check, '; ') FROM pragma_integrity_check".to_owned(),
        expect: "ok".to_owned(),
        lasting: true,
    });
    found
}

// References that dangled before keep their ids in the map; nothing else may point nowhere.
fn known(work: &Work<'_>, number: usize, column: &ColumnName) -> Assertion {
    let root = &work.conversions[number].root;
    let own = format!("o.{}", quote::name(&column.column));
    let there = format!(
        "EXISTS (SELECT 1 FROM {} r WHERE r.{} = {own})",
        quote::name(&root.table.name),
        quote::name(&root.column)
    );
    let mapped = format!("EXISTS (SELECT 1 FROM {} m WHERE m.new_id = {own})", work.names.map(number));
    none(
        format!("dangling {column}"),
        format!("No value of {column} points nowhere that did not before"),
        format!("{} o WHERE {own} IS NOT NULL AND NOT {there} AND NOT {mapped}", quote::name(&column.table.name)),
        true,
    )
}

fn none(id: String, title: String, from: String, lasting: bool) -> Assertion {
    Assertion { id, title, sql: format!("SELECT CAST(count(*) AS TEXT) FROM {from}"), expect: "0".to_owned(), lasting }
}

fn map(work: &Work<'_>, number: usize) -> [Assertion; 2] {
    let (map, root) = (work.names.map(number), &work.conversions[number].root);
    [
        none(
            format!("order {root}"),
            format!("The new ids of {root} are all different and have the order of the old ones"),
            format!(
                "(SELECT new_id, lag(new_id) OVER (ORDER BY old_id) AS earlier FROM {map}) WHERE earlier >= new_id"
            ),
            false,
        ),
        none(
            format!("version {root}"),
            format!("The new ids of {root} are UUIDs of version 7"),
            format!("{map} WHERE NOT ({})", uuid::is_version_7("new_id")),
            false,
        ),
    ]
}

fn new_key() -> Assertion {
    Assertion {
        id: "new keys".to_owned(),
        title: "The default for new rows gives a UUID of version 7".to_owned(),
        sql: format!(
            "WITH made (id) AS MATERIALIZED (SELECT {}) SELECT CAST(({}) AS TEXT) FROM made",
            uuid::new_key(),
            uuid::is_version_7("id")
        ),
        expect: "1".to_owned(),
        lasting: true,
    }
}
