//! What only the data and the server can tell beforehand, read-only.

mod answers;
mod beside;
mod bodies;
mod data;
mod defaults;
mod documents;
mod frame;
mod functions;
mod moments;
mod policies;
mod publications;
mod repoint;
mod rules;
mod scattered;
mod sequences;
mod server;
mod shadow;
mod text;
mod types;
mod unindexed;
mod views;

use std::collections::BTreeSet;

use super::blueprint::Scope;
use crate::check::{Finding, Severity};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::plan::Conversion;
use crate::schema::{ColumnName, Schema};

/// A finding with the column it concerns.
pub type Found = (ColumnName, Finding);

/// Looks at everything.
pub async fn look(connection: &mut dyn Connection, schema: &Schema, conversions: &[Conversion]) -> Result<Vec<Found>> {
    if conversions.is_empty() {
        return Ok(Vec::new());
    }
    let scope = Scope::new(schema, conversions)?;
    let mut found = server::look(connection, &scope).await?;
    found.extend(data::look(connection, &scope).await?);
    found.extend(moments::look(connection, &scope).await?);
    found.extend(repoint::look(connection, &scope).await?);
    found.extend(text::look(connection, &scope).await?);
    found.extend(shadow::look(connection, &scope).await?);
    found.extend(types::look(&scope));
    found.extend(publications::look(&scope));
    found.extend(defaults::look(connection, &scope).await?);
    found.extend(functions::look(connection, &scope).await?);
    found.extend(unindexed::look(connection, &scope).await?);
    found.extend(scattered::look(connection, &scope).await?);
    found.extend(sequences::look(connection, &scope).await?);
    Ok(found)
}

/// One finding for each of these columns.
fn each<'c>(
    columns: impl IntoIterator<Item = &'c ColumnName>,
    severity: Severity,
    rule: &str,
    object: &str,
    meaning: &str,
    remedy: &str,
) -> Vec<Found> {
    let columns: BTreeSet<&ColumnName> = columns.into_iter().collect();
    columns.into_iter().map(|column| (column.clone(), Finding::new(severity, rule, object, meaning, remedy))).collect()
}

/// The first cell of each row.
fn firsts(rows: Vec<Vec<Option<String>>>) -> Vec<String> {
    rows.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect()
}

/// The number that a query counts. None where the rows may not be read: who plans may be
/// another than who runs.
async fn count(connection: &mut dyn Connection, sql: &str) -> Result<Option<u64>> {
    match connection.query(sql).await {
        Ok(rows) => Ok(firsts(rows).first().and_then(|text| text.parse().ok())),
        Err(Error::Rights { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
