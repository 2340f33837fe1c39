//! References whose columns no index begins with: each parent that is deleted reads the
//! whole table. They are offered an index, and left alone unless one is wanted.

use std::collections::BTreeSet;

use super::super::blueprint::{CREATE, Scope, index_name, without_index};
use super::super::catalogue::complete;
use super::{Found, firsts};
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::Connection;
use crate::error::Result;
use crate::plan::LEAVE;
use crate::schema::{ForeignKey, Table};

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
    let rows = firsts(connection.query(&complete(UNINDEXED)).await?);
    let names: BTreeSet<[String; 3]> = rows.iter().filter_map(|row| serde_json::from_str(row).ok()).collect();
    let keys = scope
        .foreign_keys()
        .into_iter()
        .filter(|(table, key)| names.contains(&[table.name.schema.clone(), table.name.name.clone(), key.name.clone()]));
    Ok(keys
        .filter_map(|(table, key)| {
            let mut columns = key.columns.iter().map(|column| table.column_name(column));
            let column = columns.find(|column| scope.columns.contains_key(column))?;
            Some((column, finding(scope, table, key)))
        })
        .collect())
}

fn finding(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> Finding {
    let (rule, object) = without_index(table, key);
    let meaning = format!(
        "No index begins with the columns of the reference {} of {}: each row of {} that is deleted reads the whole table.",
        key.name, table.name, key.parent
    );
    let remedy =
        format!("An index can be made together with the conversion: answer '{rule} {object}' with '{CREATE}'.");
    let options = vec![
        AnswerOption::new(
            CREATE,
            format!("The index {} is made; the way back removes it.", index_name(scope, table, key)),
        ),
        AnswerOption::new(LEAVE, "Nothing is added."),
    ];
    Finding::new(Severity::Info, rule, object, meaning, remedy).asking(options, Some(LEAVE))
}
