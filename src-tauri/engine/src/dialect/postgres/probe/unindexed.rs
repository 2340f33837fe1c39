//! References whose columns no index begins with: each parent that is deleted, and each join
//! from its side, reads the whole table. They are offered an index, and left alone unless one is
//! wanted.

use std::collections::BTreeSet;

use super::super::blueprint::{Scope, index_name, references, undeclared};
use super::super::catalogue::complete;
use super::super::quote;
use super::{Found, firsts};
use crate::dialect::Connection;
use crate::dialect::unindexed::Reference;
use crate::error::Result;
use crate::schema::ColumnName;

// An index serves a reference where its first columns are those of the reference in any
// order, and where it holds every row.
const UNINDEXED: &str = "
SELECT jsonb_build_array(n.nspname, c.relname, k.conname)::text
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'f' AND c.relkind = 'r' AND NOT c.relispartition AND {user} AND NOT EXISTS (
  SELECT FROM pg_index x WHERE x.indrelid = k.conrelid AND x.indisvalid AND x.indpred IS NULL
    AND k.conkey <@ (x.indkey::int2[])[0:cardinality(k.conkey) - 1])
ORDER BY 1";

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let keys = names(connection, &complete(UNINDEXED)).await?;
    let guesses = undeclared(scope);
    let columns = if guesses.is_empty() { BTreeSet::new() } else { names(connection, &columns_of(&guesses)).await? };
    let lacks = |one: &Reference<'_>| {
        let (known, name) = one.key().map_or((&columns, one.column), |key| (&keys, key.name.as_str()));
        known.contains(&[one.table.name.schema.clone(), one.table.name.name.clone(), name.to_owned()])
    };
    let all = references(scope).into_iter().filter(lacks);
    Ok(all.filter_map(|one| Some((converted(scope, &one)?, one.finding(&index_name(scope, &one))))).collect())
}

fn converted(scope: &Scope<'_>, reference: &Reference<'_>) -> Option<ColumnName> {
    let mut columns = reference.columns().into_iter().map(|column| reference.table.column_name(column));
    columns.find(|column| scope.columns.contains_key(column))
}

async fn names(connection: &mut dyn Connection, sql: &str) -> Result<BTreeSet<[String; 3]>> {
    let rows = firsts(connection.query(sql).await?);
    Ok(rows.iter().filter_map(|row| serde_json::from_str(row).ok()).collect())
}

// The columns among these that no index begins with.
fn columns_of(references: &[Reference<'_>]) -> String {
    let listed: Vec<String> = references
        .iter()
        .map(|one| {
            let parts = [one.table.name.schema.as_str(), &one.table.name.name, one.column];
            format!("({})", parts.map(quote::literal).join(", "))
        })
        .collect();
    format!(
        "SELECT jsonb_build_array(n.nspname, c.relname, a.attname)::text \
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind = 'r' AND NOT c.relispartition AND (n.nspname, c.relname, a.attname) IN ({}) AND NOT EXISTS (\
         SELECT FROM pg_index x WHERE x.indrelid = c.oid AND x.indisvalid AND x.indpred IS NULL \
         AND x.indkey[0] = a.attnum) ORDER BY 1",
        listed.join(", ")
    )
}
