//! Inspection: catalogue rows become a [`Schema`].
//!
//! The questions are in `query`, the reading of rows is pure, and an object of a kind that
//! is not known becomes an obstacle: nothing is skipped.

mod actions;
mod checks;
mod defaults;
mod dependents;
mod functions;
mod generated;
mod indexes;
mod kinds;
mod obstacles;
mod partitions;
mod policies;
mod publications;
mod query;
mod settings;
mod tables;
mod tail;
mod views;

pub use defaults::number as plain_number;
pub use functions::label as function_label;

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue;
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{Catalogue, EngineKind, Schema, Table, TableName};

/// Reads everything the planner needs but the catalogue.
pub async fn read(connection: &mut dyn Connection) -> Result<Schema> {
    let server = connection.query("SELECT current_setting('server_version'), current_database()::text").await?;
    let mut cells = server.into_iter().flatten().map(Option::unwrap_or_default);
    let version = cells.next().unwrap_or_default();
    let database = cells.next().unwrap_or_default();
    let tables = tables::read(connection).await?;
    let (mut dependents, mut obstacles) = dependents::read(connection).await?;
    dependents.extend(tables.iter().flat_map(defaults::of_table));
    obstacles.extend(obstacles::read(connection, &tables).await?);
    obstacles::free_generated(&mut obstacles, &dependents);
    obstacles.sort_by(|a, b| (&a.rule, &a.object).cmp(&(&b.rule, &b.object)));
    Ok(Schema {
        engine: EngineKind::Postgres,
        // "15.18 (Debian 15.18-1)" names the packager behind the number.
        server_version: version.split(' ').next().unwrap_or_default().to_owned(),
        database,
        tables: by_name(tables),
        dependents,
        obstacles,
        system_tables: Vec::new(),
        index_names: index_names(connection).await?,
        catalogue: Catalogue::default(),
    })
}

fn by_name(tables: Vec<Table>) -> BTreeMap<TableName, Table> {
    tables.into_iter().map(|table| (table.name.clone(), table)).collect()
}

async fn index_names(connection: &mut dyn Connection) -> Result<BTreeSet<TableName>> {
    let rows = connection.query(query::INDEX_NAMES).await?;
    let pairs = rows.into_iter().filter_map(|row| <[Option<String>; 2]>::try_from(row).ok());
    Ok(pairs.filter_map(|[schema, name]| Some(TableName::new(schema?, name?))).collect())
}

/// Reads rows of one JSON document each.
async fn documents<T: serde::de::DeserializeOwned>(
    connection: &mut dyn Connection,
    query: &'static str,
) -> Result<Vec<T>> {
    answers(connection, &catalogue::complete(query)).await
}

/// Likewise, by a query that holds names of the user's and is sent as it is.
async fn answers<T: serde::de::DeserializeOwned>(connection: &mut dyn Connection, sql: &str) -> Result<Vec<T>> {
    let rows = connection.query(sql).await?;
    rows.iter()
        .map(|row| {
            let text = row.first().cloned().flatten();
            let text = text.ok_or_else(|| Error::Internal { detail: "a row of the catalogue is empty".to_owned() })?;
            catalogue::json(&text)
        })
        .collect()
}
