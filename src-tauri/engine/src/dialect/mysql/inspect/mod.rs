//! From what the server says to the schema as Rekey knows it.

mod dependents;
mod obstacles;
mod sizes;
mod tables;
mod words;

pub use words::{declares_integers, has_word, names};

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::catalogue;
use super::quote;
use super::read::{self, Raw};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{EngineKind, Schema, Table, TableName};

/// Up to this size a table is counted, above it the server's estimate has to do.
const COUNTED: u64 = 8 * 1024 * 1024;
/// Tables counted by one query.
const CHUNK: usize = 100;

/// Reads everything the planner needs.
pub async fn read(connection: &mut dyn Connection) -> Result<Schema> {
    let raw = read::read(connection).await?;
    let mut schema = schema(&raw);
    count(connection, &mut schema).await?;
    Ok(schema)
}

fn schema(raw: &Raw) -> Schema {
    let tables: BTreeMap<TableName, Table> =
        tables::tables(raw).into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut obstacles = obstacles::obstacles(raw, &tables);
    obstacles.sort_by(|a, b| (&a.rule, &a.object).cmp(&(&b.rule, &b.object)));
    Schema {
        engine: EngineKind::Mysql,
        server_version: raw.version.as_ref().map(ToString::to_string).unwrap_or_default(),
        database: raw.database.clone(),
        dependents: dependents::dependents(raw, &tables),
        obstacles,
        system_tables: Vec::new(),
        index_names: BTreeSet::new(),
        catalogue: catalogue(raw),
        tables,
    }
}

async fn count(connection: &mut dyn Connection, schema: &mut Schema) -> Result<()> {
    let small: Vec<TableName> =
        schema.tables.values().filter(|table| table.bytes <= COUNTED).map(|table| table.name.clone()).collect();
    for chunk in small.chunks(CHUNK) {
        let parts = chunk
            .iter()
            .enumerate()
            .map(|(number, name)| format!("SELECT '{number}', CAST(COUNT(*) AS CHAR) FROM {}", quote::table(name)));
        let sql = parts.collect::<Vec<_>>().join(" UNION ALL ");
        let rows = match connection.query(&sql).await {
            Ok(rows) => rows,
            // Without the right to read one of them, or with one that is damaged, the estimates stay.
            Err(Error::Rights { .. } | Error::Statement { .. }) => continue,
            Err(other) => return Err(other),
        };
        for row in rows {
            let mut cells = row.into_iter().map(|cell| cell.and_then(|text| text.parse::<u64>().ok()));
            let (Some(number), Some(rows)) = (cells.next().flatten(), cells.next().flatten()) else { continue };
            let name = usize::try_from(number).ok().and_then(|number| chunk.get(number));
            if let Some(table) = name.and_then(|name| schema.tables.get_mut(name)) {
                table.rows = rows;
                table.rows_estimated = false;
            }
        }
    }
    Ok(())
}
