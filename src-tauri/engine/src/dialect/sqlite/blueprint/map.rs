//! The map of a domain: every old id with its new one.

use super::super::{quote, uuid};
use super::work::{Work, rowid};
use super::{held, numbered, repoint, sql_name, text};
use crate::plan::{Conversion, ConversionKind};
use crate::schema::{ColumnName, EngineKind, Table};
use crate::{Error, Result};

/// How many numbers there may be for each id that are none where ids are said to lie close
/// together. The moments in the new ids reach back by as much.
const CLOSE: u8 = 4;

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
    let members = references(work, number);
    let bare = numbered::is_bare(work, number);
    let unique = if bare { "" } else { " UNIQUE" };
    let stray = if members.is_empty() { "" } else { ", stray INTEGER" };
    let mut statements =
        vec![format!("CREATE TABLE {map} (old_id INTEGER PRIMARY KEY, new_id {new_type} NOT NULL{unique}{stray})")];
    let strays = quote::name(&work.names.passing(work.spare(number + 1)));
    if !members.is_empty() {
        statements.push(format!("CREATE TABLE {strays} (id INTEGER PRIMARY KEY)"));
        statements.extend(members.iter().map(|member| collect_strays(&strays, table, &conversion.root, member)));
    }
    statements.extend(fill(&map, table, conversion, (!members.is_empty()).then_some(strays.as_str())));
    if !members.is_empty() {
        statements.push(format!("DROP TABLE {strays}"));
        if bare {
            let index = work.names.map_strays(number);
            statements.push(format!("CREATE UNIQUE INDEX {index} ON {map} (new_id) WHERE stray IS NOT NULL"));
        }
        statements.extend(work.own.then(|| held::hold(number, &map)));
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

// Where the ids lie close together, the place of each among them follows from the id itself;
// else they are counted, which takes twice as long.
fn fill(map: &str, table: &Table, conversion: &Conversion, strays: Option<&str>) -> Vec<String> {
    // With its schema, since a table may have the name of one of the parts below.
    let (key, table) = (quote::name(&conversion.root.column), format!("main.{}", sql_name(table)));
    let own = format!("SELECT {key} AS id, NULL AS stray FROM {table} WHERE {key} IS NOT NULL");
    let ids = strays.map_or_else(|| own.clone(), |strays| format!("{own} UNION ALL SELECT id, 1 FROM {strays}"));
    let bounds = format!(
        "c (now, high, number, close) AS MATERIALIZED \
         (SELECT {}, max(id), count(*), max(id) - min(id) < {CLOSE} * count(*) FROM ({ids}))",
        uuid::NOW
    );
    let (columns, values) = match strays {
        Some(_) => ("old_id, new_id, stray", ", i.stray"),
        None => ("old_id, new_id", ""),
    };
    // No join with what is known once: two ordered sources are then merged, not sorted.
    let insert = |ids: &str, back: &str, rest: &str| {
        format!(
            "WITH {bounds} INSERT INTO {map} ({columns}) SELECT i.id, {}{values} FROM ({ids}) i{rest}",
            uuid::in_order(conversion, "(SELECT now FROM c)", back, "i.id")
        )
    };
    if !conversion.uuid.ordered() {
        return vec![insert(&ids, "0", " ORDER BY i.id")];
    }
    let counted = format!(
        "SELECT id, stray, row_number() OVER (ORDER BY id) AS place FROM ({ids}) WHERE NOT EXISTS (SELECT 1 FROM {map})"
    );
    vec![
        insert(&ids, "((SELECT high FROM c) - i.id)", " WHERE (SELECT close FROM c) ORDER BY i.id"),
        insert(&counted, "((SELECT number FROM c) - i.place)", ""),
    ]
}

/// The statements that give every UUID written since the conversion an id as they were before.
pub fn extend(work: &Work<'_>, number: usize) -> Result<Vec<String>> {
    let conversion = work.conversion(number)?;
    let table = root_table(work, conversion)?;
    let (map, root) = (work.names.map(number), &conversion.root);
    let fresh = quote::name(&work.names.passing(work.spare(number + 1)));
    let mut statements = repoint::renew(work, number, conversion, table);
    if numbered::is_bare(work, number) {
        statements.push(format!("CREATE UNIQUE INDEX {} ON {map} (new_id)", work.names.map_new(number)));
    }
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
