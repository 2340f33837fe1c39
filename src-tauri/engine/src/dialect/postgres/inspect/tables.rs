//! Tables, their columns and keys.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::quote;
use super::{answers, documents, partitions, query};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{Column, ColumnKind, ColumnName, ForeignKey, Generator, Key, Partitioned, Table, TableName};

/// Up to this size a table is counted, above it the server's estimate has to do.
const COUNTED: u64 = 8 * 1024 * 1024;
/// Tables counted by one query.
const CHUNK: usize = 100;

#[derive(Deserialize)]
struct RawTable {
    name: TableName,
    kind: char,
    estimate: i64,
    heap: u64,
    bytes: u64,
    readable: bool,
    parents: Vec<TableName>,
    partition_key: Option<Vec<String>>,
    columns: Vec<RawColumn>,
}

#[derive(Deserialize)]
struct RawColumn {
    name: String,
    #[serde(rename = "type")]
    type_name: String,
    base: String,
    domain_over: Option<String>,
    not_null: bool,
    inherited: bool,
    identity: String,
    default: Option<String>,
    // What the column's domain gives where the column itself has no default.
    domain_default: Option<String>,
    sequence: Option<RawSequence>,
}

#[derive(Deserialize)]
struct RawSequence {
    schema: String,
    name: String,
    start: i64,
    increment: i64,
    min: i64,
    max: i64,
    cache: i64,
    cycle: bool,
}

#[derive(Deserialize)]
struct RawKey {
    table: TableName,
    name: String,
    kind: char,
    columns: Vec<String>,
    parent: Option<TableName>,
    parent_columns: Option<Vec<String>>,
    definition: Option<String>,
    validated: Option<bool>,
    comment: Option<String>,
}

/// Reads all of them.
pub async fn read(connection: &mut dyn Connection) -> Result<Vec<Table>> {
    let raw: Vec<RawTable> = documents(connection, query::TABLES).await?;
    let counts = count(connection, &raw).await?;
    let adopted = raw.iter().flat_map(without_sequence).collect();
    let mut tables: BTreeMap<TableName, Table> =
        raw.into_iter().map(|raw| (raw.name.clone(), table(raw, &counts))).collect();
    adopt(&mut tables, adopted);
    for sql in [query::KEYS, query::UNIQUE_INDEXES] {
        for key in documents::<RawKey>(connection, sql).await? {
            if let Some(table) = tables.get_mut(&key.table) {
                add(table, key);
            }
        }
    }
    partitions::add(connection, &mut tables).await?;
    gather(&mut tables);
    Ok(tables.into_values().collect())
}

// From PostgreSQL 17 on a partition has the identity column of its table, and its sequence.
fn adopt(tables: &mut BTreeMap<TableName, Table>, mut columns: Vec<ColumnName>) {
    loop {
        let known = columns.len();
        columns.retain(|name| {
            let parent = tables.get(&name.table).and_then(|table| tables.get(table.parents.first()?));
            let generator = parent.and_then(|parent| Some(parent.column(&name.column)?.generator.clone()));
            let found = generator.filter(|generator| matches!(generator, Generator::Identity { .. }));
            let table = tables.get_mut(&name.table);
            let own = table.and_then(|table| table.columns.iter_mut().find(|column| column.name == name.column));
            match (own, found) {
                (Some(own), Some(found)) => own.generator = found,
                _ => return true,
            }
            false
        });
        if columns.len() == known {
            return;
        }
    }
}

fn without_sequence(raw: &RawTable) -> Vec<ColumnName> {
    let columns = raw.columns.iter().filter(|column| !column.identity.is_empty() && column.sequence.is_none());
    columns.map(|column| ColumnName { table: raw.name.clone(), column: column.name.clone() }).collect()
}

// A partitioned table has the rows and bytes of its partitions.
fn gather(tables: &mut BTreeMap<TableName, Table>) {
    let leaves: Vec<(TableName, u64, bool, u64)> = tables
        .values()
        .filter(|table| table.partitioned.is_none())
        .filter_map(|table| Some((table.parents.first()?.clone(), table.rows, table.rows_estimated, table.bytes)))
        .collect();
    for (parent, rows, estimated, bytes) in leaves {
        let mut next = Some(parent);
        while let Some(table) = next.and_then(|name| tables.get_mut(&name)).filter(|table| table.partitioned.is_some())
        {
            table.rows += rows;
            table.rows_estimated |= estimated;
            table.bytes += bytes;
            next = table.parents.first().cloned();
        }
    }
}

fn table(raw: RawTable, counts: &BTreeMap<TableName, u64>) -> Table {
    let counted = counts.get(&raw.name).copied();
    Table {
        rows: counted.unwrap_or_else(|| u64::try_from(raw.estimate).unwrap_or(0)),
        rows_estimated: counted.is_none(),
        columns: raw.columns.into_iter().map(column).collect(),
        primary_key: None,
        unique_keys: Vec::new(),
        foreign_keys: Vec::new(),
        parents: raw.parents,
        bytes: raw.bytes,
        definition: None,
        partitioned: raw.partition_key.map(|key| Partitioned { key, ..Partitioned::default() }),
        name: raw.name,
    }
}

fn column(raw: RawColumn) -> Column {
    Column {
        kind: kind(&raw.base),
        generator: generator(&raw),
        name: raw.name,
        type_name: raw.type_name,
        domain_over: raw.domain_over,
        nullable: !raw.not_null,
        default: raw.default,
        inherited: raw.inherited,
    }
}

// A domain counts as what it is made from: as a key it is then refused by name, not overlooked.
fn kind(base: &str) -> ColumnKind {
    match base {
        "int2" | "int4" | "int8" => ColumnKind::Integer,
        "numeric" => ColumnKind::Numeric,
        "text" | "varchar" | "bpchar" | "citext" | "name" => ColumnKind::Text,
        "uuid" => ColumnKind::Uuid,
        _ => ColumnKind::Other,
    }
}

fn generator(raw: &RawColumn) -> Generator {
    let Some(found) = &raw.sequence else {
        return Generator::None;
    };
    let sequence = quote::qualified(&found.schema, &found.name);
    let kind = match raw.identity.as_str() {
        "a" => "ALWAYS",
        "d" => "BY DEFAULT",
        _ if raw.default.as_ref().or(raw.domain_default.as_ref()).is_some_and(|text| text.starts_with("nextval(")) => {
            return Generator::Sequence { sequence };
        }
        _ => return Generator::None,
    };
    let cycle = if found.cycle { "CYCLE" } else { "NO CYCLE" };
    let clause = format!(
        "GENERATED {kind} AS IDENTITY (SEQUENCE NAME {sequence} START WITH {} INCREMENT BY {} MINVALUE {} MAXVALUE {} CACHE {} {cycle})",
        found.start, found.increment, found.min, found.max, found.cache
    );
    Generator::Identity { clause, sequence }
}

fn add(table: &mut Table, raw: RawKey) {
    let key = Key { name: raw.name, columns: raw.columns };
    match (raw.kind, raw.parent) {
        ('p', _) => table.primary_key = Some(key),
        ('f', Some(parent)) => table.foreign_keys.push(ForeignKey {
            name: key.name,
            columns: key.columns,
            parent,
            parent_columns: raw.parent_columns.unwrap_or_default(),
            definition: raw.definition.unwrap_or_default(),
            validated: raw.validated.unwrap_or(true),
            comment: raw.comment,
        }),
        _ => table.unique_keys.push(key),
    }
}

async fn count(connection: &mut dyn Connection, tables: &[RawTable]) -> Result<BTreeMap<TableName, u64>> {
    let small: Vec<&RawTable> =
        tables.iter().filter(|table| table.readable && table.kind == 'r' && table.heap <= COUNTED).collect();
    let mut counts = BTreeMap::new();
    for chunk in small.chunks(CHUNK) {
        let parts: Vec<String> = chunk
            .iter()
            .map(|table| format!("SELECT count(*)::text FROM ONLY {}", quote::table(&table.name)))
            .collect();
        let sql = format!("SELECT jsonb_build_array(({}))::text", parts.join("), ("));
        let found: Vec<Vec<String>> = answers(connection, &sql).await?;
        let numbers = found.into_iter().flatten().map(|text| text.parse().unwrap_or(0));
        counts.extend(chunk.iter().map(|table| table.name.clone()).zip(numbers));
    }
    Ok(counts)
}
