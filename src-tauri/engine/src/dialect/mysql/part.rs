//! Some tables of a restored database alone: references to the others first, then the others,
//! then the views that no longer work without them.

use super::quote;
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::schema::{Schema, TableName};

const TABLES: &str = "SELECT CAST(TABLE_NAME AS CHAR) FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE NOT IN ('VIEW', 'SEQUENCE') ORDER BY 1";

const REFERENCES: &str = "SELECT CAST(TABLE_NAME AS CHAR), CAST(CONSTRAINT_NAME AS CHAR), \
    CAST(UNIQUE_CONSTRAINT_SCHEMA AS CHAR), CAST(REFERENCED_TABLE_NAME AS CHAR), CAST(DATABASE() AS CHAR) \
    FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() ORDER BY 1, 2";

const VIEWS: &str =
    "SELECT CAST(TABLE_NAME AS CHAR) FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1";

/// Takes out every table that is not among these.
pub async fn keep_only(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Vec<String>> {
    let stays = |name: &str| tables.iter().any(|table| table.name == name);
    let mut told = Vec::new();
    let mut dropped = Vec::new();
    for row in connection.query(REFERENCES).await? {
        let [Some(table), Some(name), Some(database), Some(parent), Some(own)] = row.as_slice() else { continue };
        if stays(table) && (database != own || !stays(parent)) {
            told.push(format!("the reference {name} of {table}, which leads to {parent}"));
            dropped.push(format!("ALTER TABLE {} DROP FOREIGN KEY {}", quote::ident(table), quote::ident(name)));
        }
    }
    for statement in dropped {
        connection.execute(&statement).await?;
    }
    // The others' own references to each other are of no account any more.
    connection.execute("SET SESSION foreign_key_checks = 0").await?;
    for name in connection.query(TABLES).await?.into_iter().flatten().flatten().filter(|name| !stays(name)) {
        connection.execute(&format!("DROP TABLE {}", quote::ident(&name))).await?;
    }
    connection.execute("SET SESSION foreign_key_checks = 1").await?;
    told.extend(views(connection).await?);
    Ok(told)
}

// A view may read another one, so this is repeated until all that are left work.
async fn views(connection: &mut dyn Connection) -> Result<Vec<String>> {
    let mut told = Vec::new();
    loop {
        let before = told.len();
        for name in connection.query(VIEWS).await?.into_iter().flatten().flatten() {
            let view = quote::ident(&name);
            match connection.query(&format!("SELECT 1 FROM {view} LIMIT 0")).await {
                Ok(_) => {}
                Err(Error::Statement { .. } | Error::Rights { .. }) => {
                    connection.execute(&format!("DROP VIEW {view}")).await?;
                    told.push(format!("the view {name}"));
                }
                Err(other) => return Err(other),
            }
        }
        if told.len() == before {
            return Ok(told);
        }
    }
}

/// What brings missing rows back: both databases are on this server.
pub async fn copy_back(
    connection: &mut dyn Connection,
    schema: &Schema,
    tables: &[TableName],
    live: &str,
) -> Result<Vec<String>> {
    let mut lines = vec![
        "-- Rows that are missing in the live database come back, parents first; rows that are there stay as they are."
            .to_owned(),
        "-- Triggers of the live tables run. If a line fails, ROLLBACK takes all of it back where tables are InnoDB."
            .to_owned(),
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';".to_owned(),
        "START TRANSACTION;".to_owned(),
    ];
    for name in tables {
        let columns = columns(connection, name).await?;
        let list = columns.join(", ");
        let other = quote::table(&TableName::new(live, &name.name));
        lines.push(format!(
            "INSERT INTO {other} ({list}) SELECT {list} FROM {} r WHERE NOT EXISTS (SELECT 1 FROM {other} l WHERE {});",
            quote::table(name),
            alike(schema, name, &columns)
        ));
    }
    lines.push("COMMIT;".to_owned());
    Ok(lines)
}

// By the primary key; without one, by all that the row holds.
fn alike(schema: &Schema, name: &TableName, columns: &[String]) -> String {
    let key = schema.tables.get(name).and_then(|table| table.primary_key.as_ref());
    let names = key.map(|key| key.columns.iter().map(|column| quote::ident(column)).collect());
    let names: Vec<String> = names.unwrap_or_else(|| columns.to_vec());
    names.iter().map(|column| format!("l.{column} <=> r.{column}")).collect::<Vec<_>>().join(" AND ")
}

// Those that can be written.
async fn columns(connection: &mut dyn Connection, name: &TableName) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT CAST(COLUMN_NAME AS CHAR) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = {} AND TABLE_NAME = {} \
         AND EXTRA NOT LIKE '%GENERATED%' ORDER BY ORDINAL_POSITION",
        quote::literal(&name.schema),
        quote::literal(&name.name)
    );
    let rows: Vec<Row> = connection.query(&sql).await?;
    Ok(rows.into_iter().flatten().flatten().map(|name| quote::ident(&name)).collect())
}
