//! Ids inside documents. They are left as they are; nobody is left to find that out afterwards.

use std::collections::BTreeMap;

use super::super::blueprint::Scope;
use super::super::quote;
use super::Found;
use super::scattered::{named, rows};
use crate::check::{Finding, Severity};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{Column, ColumnName, Table};

/// Rows of documents that are looked at.
const SAMPLE: u32 = 1_000;

/// Looks into one column of documents.
pub async fn look(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
) -> Result<Vec<Found>> {
    let sql = format!(
        "WITH RECURSIVE v(path, value, depth) AS (\n\
         SELECT ''::text, s.document::jsonb, 0 FROM (SELECT {} AS document FROM {} WHERE {} IS NOT NULL LIMIT {SAMPLE}) s\n\
         UNION ALL\n\
         SELECT v.path || e.step, e.value, v.depth + 1 FROM v CROSS JOIN LATERAL (\n\
         SELECT '.' || o.key AS step, o.value FROM jsonb_each(CASE WHEN jsonb_typeof(v.value) = 'object' THEN v.value ELSE '{{}}' END) o\n\
         UNION ALL SELECT '[]', a.value FROM jsonb_array_elements(CASE WHEN jsonb_typeof(v.value) = 'array' THEN v.value ELSE '[]' END) a) e\n\
         WHERE v.depth < 6)\n\
         SELECT v.path, count(*)::text FROM v WHERE jsonb_typeof(v.value) IN ('number', 'string') AND v.value #>> '{{}}' ~ '^[0-9]{{1,18}}$'\n\
         GROUP BY 1 ORDER BY 1 LIMIT 200",
        quote::ident(&column.name),
        scope.from(&table.name),
        quote::ident(&column.name)
    );
    let mut hits: BTreeMap<&ColumnName, Vec<String>> = BTreeMap::new();
    for row in rows(connection, &sql).await? {
        let [Some(path), Some(count)] = row.as_slice() else {
            continue;
        };
        let last = path.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
        if let Some(conversion) = named(scope, last) {
            hits.entry(&conversion.root).or_default().push(format!("{}{path} ({count})", column.name));
        }
    }
    let name = table.column_name(&column.name);
    Ok(hits
        .into_iter()
        .map(|(root, paths)| {
            let meaning = format!(
                "Documents in this column seem to hold ids of {root}; of at most {SAMPLE} that were looked at: {}. They stay as they are.",
                paths.join(", ")
            );
            let remedy = "Rewrite them through the map after the run, or let the application look them up there.";
            (root.clone(), Finding::new(Severity::Warn, "RK-195", name.to_string(), meaning, remedy))
        })
        .collect())
}
