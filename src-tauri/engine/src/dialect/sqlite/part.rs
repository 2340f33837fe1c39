//! Some tables of a restored file alone: references to the others leave the texts of the
//! tables, then the others go, then what no longer works without them.

use std::path::Path;

use super::{ddl, quote};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{Schema, TableName};

// The tables behind a virtual one go with it.
const TABLES: &str = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name";
const REFERENCES: &str = "SELECT DISTINCT t.name, f.\"table\" FROM pragma_table_list t, pragma_foreign_key_list(t.name) f WHERE t.schema = 'main' ORDER BY 1, 2";

/// Takes out every table that is not among these.
pub async fn keep_only(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Vec<String>> {
    let stays = |name: &str| tables.iter().any(|table| table.name.eq_ignore_ascii_case(name));
    // It would take the rows of others with those of a table that goes.
    for statement in ["PRAGMA foreign_keys=OFF", "BEGIN EXCLUSIVE"] {
        connection.execute(statement).await?;
    }
    let mut told = Vec::new();
    for row in connection.query(REFERENCES).await? {
        if let [Some(table), Some(parent)] = row.as_slice()
            && stays(table)
            && !stays(parent)
        {
            unlead(connection, table, parent).await?;
            told.push(format!("the reference of {table} to {parent}"));
        }
    }
    for name in connection.query(TABLES).await?.into_iter().flatten().flatten().filter(|name| !stays(name)) {
        connection.execute(&format!("DROP TABLE {}", quote::name(&name))).await?;
    }
    told.extend(views(connection).await?);
    connection.execute("COMMIT").await?;
    Ok(told)
}

async fn unlead(connection: &mut dyn Connection, table: &str, parent: &str) -> Result<()> {
    let asked = format!("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = {}", quote::text(table));
    let text = connection.query(&asked).await?.into_iter().flatten().flatten().next().unwrap_or_default();
    let Some(without) = ddl::without_references(&text, parent) else {
        let reason =
            format!("the reference of {table} to {parent} cannot be found in the table's text: choose {parent} too");
        return Err(Error::Apart { reasons: vec![reason] });
    };
    for statement in [
        "PRAGMA writable_schema=ON".to_owned(),
        format!(
            "UPDATE sqlite_schema SET sql = {} WHERE type = 'table' AND name = {}",
            quote::text(&without),
            quote::text(table)
        ),
        // Reads the schema again.
        "PRAGMA writable_schema=RESET".to_owned(),
    ] {
        connection.execute(&statement).await?;
    }
    Ok(())
}

async fn views(connection: &mut dyn Connection) -> Result<Vec<String>> {
    let mut told = Vec::new();
    loop {
        let before = told.len();
        let names = connection.query("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").await?;
        for name in names.into_iter().flatten().flatten() {
            let view = quote::name(&name);
            if connection.query(&format!("SELECT 1 FROM {view} LIMIT 0")).await.is_err() {
                connection.execute(&format!("DROP VIEW {view}")).await?;
                told.push(format!("the view {name}"));
            }
        }
        if told.len() == before {
            return Ok(told);
        }
    }
}

/// What brings missing rows back, typed into `sqlite3` with the live file open.
pub async fn copy_back(
    path: &Path,
    connection: &mut dyn Connection,
    schema: &Schema,
    tables: &[TableName],
    live: &str,
) -> Result<Vec<String>> {
    let mut lines = vec![
        format!("-- Stop every program that uses {live}, then type this into: sqlite3 -bail {live}"),
        "-- Rows that are missing come back, parents first; rows that are there stay as they are. Triggers run."
            .to_owned(),
        "PRAGMA foreign_keys=ON;".to_owned(),
        format!("ATTACH {} AS rekey_restored;", quote::text(&path.display().to_string())),
        "BEGIN IMMEDIATE;".to_owned(),
    ];
    for name in tables {
        let table = quote::name(&name.name);
        let sql =
            format!("SELECT name FROM pragma_table_xinfo({}) WHERE hidden = 0 ORDER BY cid", quote::text(&name.name));
        let columns: Vec<String> = connection.query(&sql).await?.into_iter().flatten().flatten().collect();
        let list = quote::names(columns.iter().map(String::as_str));
        let key = schema.tables.get(name).and_then(|table| table.primary_key.as_ref());
        let by = key.map_or(&columns, |key| &key.columns);
        let alike: Vec<String> = by.iter().map(|column| format!("l.{0} IS r.{0}", quote::name(column))).collect();
        lines.push(format!(
            "INSERT INTO main.{table} ({list}) SELECT {list} FROM rekey_restored.{table} r WHERE NOT EXISTS (SELECT 1 FROM main.{table} l WHERE {});",
            alike.join(" AND ")
        ));
    }
    lines.push("COMMIT;".to_owned());
    Ok(lines)
}
