//! What the server tells of its indexes, and of how it answers a question.

use std::collections::BTreeMap;

use serde_json::Value;

use super::quote;
use crate::dialect::{Connection, Explained, Figure, Figures};
use crate::error::{Error, Result};
use crate::execute::Size;
use crate::schema::TableName;

/// Settings that an application finds, in place of those that Rekey works with.
pub const AS_APPLICATION: &str = "RESET search_path; RESET jit; RESET synchronize_seqscans";

/// Bytes of each index, those of partitions and of inheriting tables included.
pub async fn sizes(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
    let figures = figures(connection, tables, "pg_catalog.pg_relation_size(x.oid)").await?;
    Ok(Figures { figures, note: "Bytes on disk, as the server tells them.".to_owned() })
}

/// Bytes of each table and of its indexes, with what is kept aside of its rows (TOAST).
pub async fn table_sizes(connection: &mut dyn Connection, tables: &[TableName]) -> Result<BTreeMap<TableName, Size>> {
    let mut found = BTreeMap::new();
    if tables.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "WITH RECURSIVE wanted AS (\
         SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname, c.relname) IN ({}) \
         UNION SELECT h.inhrelid, w.nspname, w.relname FROM pg_catalog.pg_inherits h \
         JOIN wanted w ON w.oid = h.inhparent) \
         SELECT pg_catalog.jsonb_build_array(nspname, relname, pg_catalog.sum(pg_catalog.pg_table_size(oid)), \
         pg_catalog.sum(pg_catalog.pg_indexes_size(oid)))::text FROM wanted GROUP BY nspname, relname",
        names(tables)
    );
    for text in connection.query(&sql).await?.into_iter().filter_map(|row| row.into_iter().next().flatten()) {
        let (schema, name, table, indexes): (String, String, u64, u64) =
            serde_json::from_str(&text).map_err(|failure| Error::Internal { detail: failure.to_string() })?;
        found.insert(TableName::new(schema, name), Size { table, indexes });
    }
    Ok(found)
}

/// How often each index was searched (`pg_stat_all_indexes.idx_scan`).
pub async fn uses(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
    let sql = "SELECT pg_catalog.current_setting('track_counts'), \
        (SELECT pg_catalog.to_char(stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI \"UTC\"') \
         FROM pg_catalog.pg_stat_database WHERE datname = pg_catalog.current_database())";
    let row = connection.query(sql).await?.into_iter().next().unwrap_or_default();
    let mut cells = row.into_iter();
    if cells.next().flatten().as_deref() != Some("on") {
        return Ok(Figures::untold("The server does not count how often an index is used: track_counts is off."));
    }
    let since = cells.next().flatten().unwrap_or_else(|| "the server began to count".to_owned());
    let figures = figures(connection, tables, "pg_catalog.pg_stat_get_numscans(x.oid)").await?;
    Ok(Figures { figures, note: format!("Searches of each index in the database itself since {since}.") })
}

fn names(tables: &[TableName]) -> String {
    let one = |name: &TableName| format!("({}, {})", quote::literal(&name.schema), quote::literal(&name.name));
    tables.iter().map(one).collect::<Vec<_>>().join(", ")
}

async fn figures(connection: &mut dyn Connection, tables: &[TableName], number: &str) -> Result<Vec<Figure>> {
    if tables.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "WITH RECURSIVE wanted AS (\
         SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE (n.nspname, c.relname) IN ({}) \
         UNION SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN wanted w ON w.oid = h.inhparent) \
         SELECT pg_catalog.jsonb_build_array(n.nspname, c.relname, x.relname, {number})::text \
         FROM wanted w JOIN pg_catalog.pg_index i ON i.indrelid = w.oid \
         JOIN pg_catalog.pg_class c ON c.oid = w.oid JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE x.relkind = 'i' ORDER BY 1",
        names(tables)
    );
    let rows = connection.query(&sql).await?;
    let texts = rows.into_iter().filter_map(|row| row.into_iter().next().flatten());
    texts
        .map(|text| {
            let (schema, table, index, number): (String, String, String, u64) =
                serde_json::from_str(&text).map_err(|failure| Error::Internal { detail: failure.to_string() })?;
            Ok(Figure { table: TableName::new(schema, table), index, number })
        })
        .collect()
}

/// Has the server answer a question and tell how it did.
pub async fn explain(connection: &mut dyn Connection, sql: &str) -> Result<Explained> {
    let rows = connection.query(&format!("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")).await?;
    let text: Vec<String> = rows.into_iter().flatten().flatten().collect();
    read(&text.join("\n")).map_err(|failure| Error::Internal { detail: format!("the server's plan: {failure}") })
}

// https://www.postgresql.org/docs/current/sql-explain.html
fn read(text: &str) -> serde_json::Result<Explained> {
    let told: Value = serde_json::from_str(text)?;
    let whole = &told[0];
    let seconds = whole["Execution Time"].as_f64().map(|milliseconds| milliseconds / 1000.0);
    let mut found = Explained { seconds, ..Explained::default() };
    follow(&whole["Plan"], 0, &mut found);
    Ok(found)
}

fn follow(node: &Value, depth: usize, found: &mut Explained) {
    let word = |name: &str| node[name].as_str();
    let Some(kind) = word("Node Type") else { return };
    let mut line = format!("{}{kind}", "  ".repeat(depth));
    if let Some(index) = word("Index Name") {
        found.uses(index);
        line.push_str(&format!(" using {index}"));
    }
    if let Some(relation) = word("Relation Name") {
        line.push_str(&format!(" on {relation}"));
    }
    found.plan.push(line);
    for part in node["Plans"].as_array().into_iter().flatten() {
        follow(part, depth + 1, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_tells_its_time_and_its_indexes_once() {
        let text = r#"[{"Plan": {"Node Type": "Nested Loop", "Plans": [
            {"Node Type": "Seq Scan", "Relation Name": "child"},
            {"Node Type": "Index Scan", "Index Name": "parent_pkey", "Relation Name": "parent"},
            {"Node Type": "Index Only Scan", "Index Name": "parent_pkey", "Relation Name": "parent"}]},
            "Planning Time": 3.0, "Execution Time": 12.5}]"#;
        let found = read(text).expect("a plan");
        assert_eq!((found.seconds, found.indexes), (Some(0.0125), vec!["parent_pkey".to_owned()]));
        assert_eq!(found.plan[..3], ["Nested Loop", "  Seq Scan on child", "  Index Scan using parent_pkey on parent"]);
        assert!(read("no plan").is_err());
        assert_eq!(read("[{}]").expect("an empty one").seconds, None);
    }
}
