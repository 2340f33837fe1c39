//! What must hold once the new keys are in place.

use std::collections::BTreeMap;

use super::super::{quote, uuid};
use super::work::Work;
use super::{integrity, numbered, repoint, slug, text};
use crate::plan::{Assertion, Conversion, ConversionKind, Storage};
use crate::schema::ColumnName;

/// All assertions.
pub fn assertions(work: &Work<'_>) -> Vec<Assertion> {
    let mut found = Vec::new();
    for (number, conversion) in work.conversions.iter().enumerate() {
        found.extend(map(work, number, conversion));
        for member in &conversion.members {
            let column = &member.column;
            let (table, own) = (quote::name(&column.table.name), quote::name(&column.column));
            let (kind, length, parts) = match conversion.storage {
                Storage::Binary16 => ("blob", 16, "bytes"),
                Storage::Uuid | Storage::Char36 => ("text", 36, "characters"),
            };
            let wrong =
                format!("o.{own} IS NOT NULL AND NOT (typeof(o.{own}) = '{kind}' AND length(o.{own}) = {length})");
            // What references are led to is spelt as it is there.
            found.extend((conversion.kind != ConversionKind::Repoint).then(|| {
                none(
                    format!("values {column}"),
                    format!("Every value of {column} is a UUID of {length} {parts}"),
                    format!("{table} o WHERE {wrong}"),
                    true,
                )
            }));
            // Where each value is read through its parent, that proves the same.
            if *column != conversion.root && !numbered::is_bare(work, number) {
                found.push(known(work, number, conversion, column));
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
    found.extend(new_keys(work));
    found.extend(slug::assertions(work));
    found.extend(integrity::assertions(work));
    found
}

/// What is asked later, of what others have written by then.
pub fn later(work: &Work<'_>) -> Vec<Assertion> {
    let bare = work.conversions.iter().enumerate().filter(|(number, _)| numbered::is_bare(work, *number));
    let members = bare.flat_map(|(number, conversion)| {
        let members = conversion.members.iter().filter(|member| member.column != conversion.root);
        members.map(move |member| known(work, number, conversion, &member.column))
    });
    members.chain([integrity::later()]).collect()
}

// References that dangled before keep their ids in the map; nothing else may point nowhere.
fn known(work: &Work<'_>, number: usize, conversion: &Conversion, column: &ColumnName) -> Assertion {
    let place = repoint::place(conversion);
    let own = format!("o.{}", quote::name(&column.column));
    let there = format!(
        "EXISTS (SELECT 1 FROM {} r WHERE r.{} = {own})",
        quote::name(&place.table.name),
        quote::name(&place.column)
    );
    let stray = if numbered::is_bare(work, number) { " AND m.stray IS NOT NULL" } else { "" };
    let mapped = format!("EXISTS (SELECT 1 FROM {} m WHERE m.new_id = {own}{stray})", work.names.map(number));
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

fn map(work: &Work<'_>, number: usize, conversion: &Conversion) -> Vec<Assertion> {
    let (map, root) = (work.names.map(number), &conversion.root);
    let made = conversion.kind == ConversionKind::IntToUuid;
    let mut found = vec![if made && conversion.uuid.ordered() {
        Assertion {
            id: format!("order {root}"),
            title: format!("The new ids of {root} are all different and have the order of the old ones"),
            sql: format!("SELECT CAST(rekey_disorder(new_id) AS TEXT) FROM (SELECT new_id FROM {map} ORDER BY old_id)"),
            expect: "0".to_owned(),
            lasting: false,
        }
    } else {
        none(
            format!("map {root}"),
            format!("No old id and no new id of {root} appears twice in the map"),
            format!(
                "(SELECT 1 FROM {map} GROUP BY old_id HAVING count(*) > 1 UNION ALL SELECT 1 FROM {map} GROUP BY new_id HAVING count(*) > 1)"
            ),
            false,
        )
    }];
    found.extend(made.then(|| {
        none(
            format!("version {root}"),
            format!("The new ids of {root} are UUIDs of version {}", conversion.uuid.number()),
            format!("{map} WHERE NOT ({})", uuid::is_version(conversion.uuid, conversion.storage, "new_id")),
            false,
        )
    }));
    found.extend((conversion.kind == ConversionKind::TextToUuid).then(|| text::same(work, number, conversion)));
    found
}

// What defaults give from now on, once for each kind of ids.
fn new_keys(work: &Work<'_>) -> Vec<Assertion> {
    let generated = work.tables.iter().flat_map(|table| table.columns.values()).filter(|column| column.generated);
    let kinds: BTreeMap<(u8, &str), &Conversion> = generated
        .filter_map(|column| work.conversions.get(column.conversion))
        .map(|conversion| ((conversion.uuid.number(), conversion.storage.word()), conversion))
        .collect();
    let one = |conversion: &Conversion| {
        let (version, storage) = (conversion.uuid, conversion.storage);
        Some(Assertion {
            id: "new keys".to_owned(),
            title: format!("The default for new rows gives a UUID of version {}", version.number()),
            sql: format!(
                "WITH made (id) AS MATERIALIZED (SELECT {}) SELECT CAST(({}) AS TEXT) FROM made",
                uuid::default(work.schema, conversion)?,
                uuid::is_version(version, storage, "id")
            ),
            expect: "1".to_owned(),
            lasting: true,
        })
    };
    kinds.into_values().filter_map(one).collect()
}
