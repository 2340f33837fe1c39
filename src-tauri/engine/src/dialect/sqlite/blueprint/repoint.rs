//! References that leave an integer key for a UUID column that its table has already. The
//! key stays as it is; the map is read from the table.

use super::super::ddl::Led;
use super::super::{quote, uuid};
use super::map::references;
use super::sql_name;
use super::work::Work;
use crate::plan::Conversion;
use crate::schema::{ColumnName, EngineKind, ForeignKey, Table};

/// The columns that a reference leads to afterwards.
pub fn parent_columns(conversions: &[Conversion], key: &ForeignKey) -> Vec<String> {
    let led = |column: &String| {
        let mut targets = conversions.iter().filter(|one| one.root.table == key.parent && one.root.column == *column);
        targets.find_map(Conversion::led_to).map_or_else(|| column.clone(), str::to_owned)
    };
    key.parent_columns.iter().map(led).collect()
}

/// The references of a table that lead elsewhere afterwards.
pub fn led_in<'a>(conversions: &[Conversion], table: &'a Table) -> Vec<Led<'a>> {
    let led = |key: &'a ForeignKey| {
        let to = parent_columns(conversions, key);
        (to != key.parent_columns).then(|| Led {
            columns: &key.columns,
            parent: &key.parent.name,
            from: &key.parent_columns,
            to,
        })
    };
    table.foreign_keys.iter().filter_map(led).collect()
}

/// Makes and fills the map: every key with the UUID of its row, and an id of its own for each
/// value of a reference that no row has. A row may come to have the number of such a value
/// later, so numbers may be there twice.
pub fn build(work: &Work<'_>, number: usize, conversion: &Conversion, root: &Table) -> Vec<String> {
    let Some(target) = conversion.led_to() else { return Vec::new() };
    let map = work.names.map(number);
    let (key, uuid, table) = (quote::name(&conversion.root.column), quote::name(target), sql_name(root));
    let mut statements = vec![
        format!(
            "CREATE TABLE {map} (old_id INTEGER NOT NULL, new_id {} NOT NULL UNIQUE)",
            conversion.storage.type_name(EngineKind::Sqlite)
        ),
        format!(
            "INSERT INTO {map} (old_id, new_id) SELECT t.{key}, t.{uuid} FROM {table} t \
             WHERE t.{key} IS NOT NULL AND t.{uuid} IS NOT NULL ORDER BY t.{key}"
        ),
        format!("CREATE INDEX {} ON {map} (old_id)", work.names.map_index(number)),
    ];
    let strays: Vec<String> = references(work, number)
        .into_iter()
        .map(|member| {
            let own = quote::name(&member.column);
            format!(
                "SELECT c.{own} AS id FROM {} c WHERE c.{own} IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM {map} m WHERE m.old_id = c.{own})",
                quote::name(&member.table.name)
            )
        })
        .collect();
    if !strays.is_empty() {
        statements.push(format!(
            "INSERT INTO {map} (old_id, new_id) SELECT v.id, {} FROM ({}) v",
            uuid::stored(conversion.storage, &uuid::version_4()),
            strays.join(" UNION ")
        ));
    }
    statements
}

/// Brings the map up to date before the way back: rows that came since, and numbers and UUIDs
/// that were changed.
pub fn renew(work: &Work<'_>, number: usize, conversion: &Conversion, root: &Table) -> Vec<String> {
    let Some(target) = conversion.led_to() else { return Vec::new() };
    let map = work.names.map(number);
    let (key, uuid, table) = (quote::name(&conversion.root.column), quote::name(target), sql_name(root));
    vec![
        format!(
            "UPDATE {map} SET old_id = t.{key} FROM {table} t \
             WHERE t.{uuid} = {map}.new_id AND t.{key} IS NOT NULL AND t.{key} <> {map}.old_id"
        ),
        format!(
            "INSERT INTO {map} (old_id, new_id) SELECT t.{key}, t.{uuid} FROM {table} t \
             WHERE t.{uuid} IS NOT NULL AND t.{key} IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM {map} m WHERE m.new_id = t.{uuid})"
        ),
    ]
}

/// The column of the root's table in which its UUIDs are afterwards.
pub fn place(conversion: &Conversion) -> ColumnName {
    let column = conversion.led_to().unwrap_or(&conversion.root.column).to_owned();
    ColumnName { table: conversion.root.table.clone(), column }
}
