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
use crate::dialect::{Connection, Extent};
use crate::error::{Error, Result};
use crate::schema::{Catalogue, Dependent, EngineKind, Obstacle, Schema, Table, TableName};

/// Reads everything the planner needs but the catalogue.
pub async fn read(connection: &mut dyn Connection) -> Result<Schema> {
    let mut schema = skeleton(connection).await?;
    flesh_out(&mut schema, dependents::read(connection).await?);
    Ok(schema)
}

/// Likewise, and with the catalogue if wanted, half of it over a connection of its own: most of
/// the time goes into what the server writes down about a wide schema, which it does for each
/// connection in a process by itself.
pub async fn by_two(connection: &mut dyn Connection, beside: &mut dyn Connection, extent: Extent) -> Result<Schema> {
    let other = async {
        let found = dependents::read(beside).await?;
        let catalogue = match extent {
            Extent::Structure => Catalogue::default(),
            Extent::Whole => catalogue::read(beside).await?,
        };
        Ok((found, catalogue))
    };
    // Both to their end: a connection that is left in the middle of an answer is of no use.
    let (schema, other) = tokio::join!(skeleton(connection), other);
    let (mut schema, (found, catalogue)) = (schema?, other?);
    flesh_out(&mut schema, found);
    schema.catalogue = catalogue;
    Ok(schema)
}

// Tables, and what they alone say.
async fn skeleton(connection: &mut dyn Connection) -> Result<Schema> {
    let server = connection.query("SELECT current_setting('server_version'), current_database()::text").await?;
    let mut cells = server.into_iter().flatten().map(Option::unwrap_or_default);
    let version = cells.next().unwrap_or_default();
    let database = cells.next().unwrap_or_default();
    let tables = tables::read(connection).await?;
    Ok(Schema {
        engine: EngineKind::Postgres,
        // "15.18 (Debian 15.18-1)" names the packager behind the number.
        server_version: version.split(' ').next().unwrap_or_default().to_owned(),
        database,
        dependents: tables.iter().flat_map(defaults::of_table).collect(),
        obstacles: obstacles::read(connection, &tables).await?,
        tables: by_name(tables),
        system_tables: Vec::new(),
        index_names: index_names(connection).await?,
        catalogue: Catalogue::default(),
    })
}

// What stands on the tables comes before what they say themselves.
fn flesh_out(schema: &mut Schema, found: (Vec<Dependent>, Vec<Obstacle>)) {
    let (mut dependents, mut obstacles) = found;
    dependents.append(&mut schema.dependents);
    obstacles.append(&mut schema.obstacles);
    obstacles::free_generated(&mut obstacles, &dependents);
    obstacles.sort_by(|a, b| (&a.rule, &a.object).cmp(&(&b.rule, &b.object)));
    schema.dependents = dependents;
    schema.obstacles = obstacles;
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
