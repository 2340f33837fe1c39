//! The map of a domain: every old id with its new one.

use super::super::{quote, uuid};
use super::work::{Work, rowid};
use super::{repoint, sql_name, text};
use crate::plan::{Conversion, ConversionKind};
use crate::schema::{ColumnName, EngineKind, Table};
use crate::{Error, Result};

/// The statements that make and fill the map of a conversion.
///
/// The new ids of numbers have the order of the old ones, where their version has any.
pub fn build(work: &Work<'_>, number: usize) -> Result<Vec<String>> {
    let conversion = work.conversion(number)?;
    let table = root_table(work, conversion)?;
    Ok(match conversion.kind {
        ConversionKind::IntToUuid => numbers(work, number, conversion, table),
        ConversionKind::TextToUuid => text::build(work, number, conversion),
        ConversionKind::Repoint => repoint::build(work, number, conversion, table),
    })
}

fn root_table<'a>(work: &Work<'a>, conversion: &Conversion) -> Result<&'a Table> {
    let missing = || Error::Internal { detail: format!("{} is not in the schema", conversion.root.table) };
    work.schema.tables.get(&conversion.root.table).ok_or_else(missing)
}

fn numbers(work: &Work<'_>, number: usize, conversion: &Conversion, table: &Table) -> Vec<String> {
    let map = work.names.map(number);
    let new_type = conversion.storage.type_name(EngineKind::Sqlite);
    let mut statements =
        vec![format!("CREATE TABLE {map} (old_id INTEGER PRIMARY KEY, new_id {new_type} NOT NULL UNIQUE)")];
    let strays = quote::name(&work.names.passing(work.spare(number + 1)));
    let members = references(work, number);
    if !members.is_empty() {
        statements.push(format!("CREATE TABLE {strays} (id INTEGER PRIMARY KEY)"));
        statements.extend(members.iter().map(|member| collect_strays(&strays, table, &conversion.root, member)));
    }
    statements.push(fill(&map, table, conversion, (!members.is_empty()).then_some(strays.as_str())));
    if !members.is_empty() {
        statements.push(format!("DROP TABLE {strays}"));
    }
    statements
}

/// The members of a conversion but its root.
pub fn references<'a>(work: &Work<'a>, number: usize) -> Vec<&'a ColumnName> {
    let conversion = &work.conversions[number];
    conversion.members.iter().map(|member| &member.column).filter(|column| **column != conversion.root).collect()
}

// A reference that points nowhere keeps pointing nowhere, with a stable id of its own.
fn collect_strays(strays: &str, table: &Table, root: &ColumnName, member: &ColumnName) -> String {
    let (key, column) = (quote::name(&root.column), quote::name(&member.column));
    format!(
        "INSERT OR IGNORE INTO {strays} (id) SELECT c.{column} FROM {} c WHERE c.{column} IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM {} r WHERE r.{key} = c.{column})",
        quote::name(&member.table.name),
        sql_name(table)
    )
}

fn fill(map: &str, table: &Table, conversion: &Conversion, strays: Option<&str>) -> String {
    // With its schema, since a table may have the name of one of the parts below.
    let (key, table) = (quote::name(&conversion.root.column), format!("main.{}", sql_name(table)));
    let (more, count) = match strays {
        Some(strays) => {
            (format!(" UNION ALL SELECT id FROM {strays} ORDER BY 1"), format!(" + (SELECT count(*) FROM {strays})"))
        }
        None => (String::new(), String::new()),
    };
    format!(
        "WITH c (now, number) AS MATERIALIZED (SELECT {}, (SELECT count({key}) FROM {table}){count}), \
         ids (id) AS (SELECT {key} FROM {table} WHERE {key} IS NOT NULL{more}) \
         INSERT INTO {map} (old_id, new_id) SELECT i.id, {} \
         FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM ids) i CROSS JOIN c ORDER BY i.id",
        uuid::NOW,
        uuid::in_order(conversion, "c.now", "(c.number - i.place)", "i.id")
    )
}

/// The statements that give every UUID written since the conversion an id as they were before.
pub fn extend(work: &Work<'_>, number: usize) -> Result<Vec<String>> {
    let conversion = work.conversion(number)?;
    let table = root_table(work, conversion)?;
    let (map, root) = (work.names.map(number), &conversion.root);
    let fresh = quote::name(&work.names.passing(work.spare(number + 1)));
    let mut statements = repoint::renew(work, number, conversion, table);
    let new_type = conversion.storage.type_name(EngineKind::Sqlite);
    statements.push(format!("CREATE TABLE {fresh} (number INTEGER PRIMARY KEY, new_id {new_type} NOT NULL UNIQUE)"));
    if conversion.kind != ConversionKind::Repoint {
        statements.push(collect_fresh(&fresh, &map, root, rowid(work.schema, table)));
    }
    statements.extend(references(work, number).into_iter().map(|member| collect_fresh(&fresh, &map, member, None)));
    match conversion.kind {
        ConversionKind::TextToUuid => statements.push(text::extend(work, number, conversion, &fresh)),
        ConversionKind::IntToUuid | ConversionKind::Repoint => {
            statements.extend(next_numbers(work, root, &map, &fresh));
        }
    }
    statements.push(format!("DROP TABLE {fresh}"));
    Ok(statements)
}

fn next_numbers(work: &Work<'_>, root: &ColumnName, map: &str, fresh: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let sequence = work.table(&root.table).filter(|table| table.leaves_sequence()).map(|_| work.names.sequences());
    let name = quote::text(&root.table.name);
    let last = sequence
        .as_ref()
        .map_or("NULL".to_owned(), |saved| format!("(SELECT max(seq) FROM {saved} WHERE name = {name})"));
    statements.push(format!(
        "WITH top (id) AS MATERIALIZED (SELECT max(coalesce((SELECT max(old_id) FROM {map}), 0), coalesce({last}, 0))), \
         base (id) AS MATERIALIZED (SELECT CASE WHEN top.id <= 9223372036854775807 - (SELECT count(*) FROM {fresh}) THEN top.id \
         ELSE (SELECT coalesce(max(old_id), 0) FROM {map} WHERE old_id < 4611686018427387904) END FROM top) \
         INSERT INTO {map} (old_id, new_id) SELECT base.id + f.number, f.new_id FROM {fresh} f CROSS JOIN base"
    ));
    if let Some(saved) = sequence {
        let highest = format!("(SELECT max(old_id) FROM {map})");
        let any = format!("EXISTS (SELECT 1 FROM {fresh})");
        statements.push(format!("UPDATE {saved} SET seq = max(seq, {highest}) WHERE name = {name} AND {any}"));
        statements.push(format!(
            "INSERT INTO {saved} (name, seq) SELECT {name}, {highest} WHERE {any} AND NOT EXISTS (SELECT 1 FROM {saved} WHERE name = {name})"
        ));
    }
    statements
}

fn collect_fresh(fresh: &str, map: &str, column: &ColumnName, rowid: Option<&str>) -> String {
    let own = quote::name(&column.column);
    let order = rowid.map_or(String::new(), |rowid| format!(" ORDER BY o.{rowid}"));
    format!(
        "INSERT OR IGNORE INTO {fresh} (new_id) SELECT o.{own} FROM {} o WHERE o.{own} IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM {map} m WHERE m.new_id = o.{own}){order}",
        quote::name(&column.table.name)
    )
}
