//! What the server tells of its indexes, and of how it answers a question.

mod plans;

use std::collections::BTreeMap;

use super::quote;
use super::version::Version;
use crate::dialect::{Connection, Explained, Figure, Figures, Row};
use crate::error::{Error, Result};
use crate::execute::Size;
use crate::schema::TableName;

/// Bytes of each index, by the server's own statistics of its tables
/// (dev.mysql.com/doc/refman/8.4/en/innodb-persistent-stats.html).
pub async fn sizes(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
    let sql = format!(
        "SELECT database_name, table_name, index_name, CAST(stat_value * @@innodb_page_size AS CHAR) \
         FROM mysql.innodb_index_stats WHERE stat_name = 'size' AND {} ORDER BY 1, 2, 3",
        among("database_name", "table_name", tables)
    );
    let untold = "The connection's user may not read mysql.innodb_index_stats, which knows the sizes of indexes.";
    told(connection, &sql, "Bytes of whole pages, by the statistics that the server keeps.", untold).await
}

/// How many rows were read through each index, by whatever counts them here.
pub async fn uses(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
    let may_not = "The connection's user may not read how often indexes are used.";
    if version(connection).await?.is_mariadb() && is_on(connection, "SELECT @@userstat").await? {
        // What was never read through is not listed.
        let sql = format!(
            "SELECT s.TABLE_SCHEMA, s.TABLE_NAME, s.INDEX_NAME, CAST(COALESCE(MAX(u.ROWS_READ), 0) AS CHAR) \
             FROM information_schema.STATISTICS s LEFT JOIN information_schema.INDEX_STATISTICS u \
             ON u.TABLE_SCHEMA = s.TABLE_SCHEMA AND u.TABLE_NAME = s.TABLE_NAME AND u.INDEX_NAME = s.INDEX_NAME \
             WHERE {} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            among("s.TABLE_SCHEMA", "s.TABLE_NAME", tables)
        );
        let note = "Rows read through each index in the database itself since userstat was switched on.";
        return told(connection, &sql, note, may_not).await;
    }
    let counted =
        "SELECT ENABLED = 'YES' FROM performance_schema.setup_instruments WHERE NAME = 'wait/io/table/sql/handler'";
    let counts = match is_on(connection, "SELECT @@performance_schema").await? {
        true => match is_on(connection, counted).await {
            Err(Error::Rights { .. }) => return Ok(Figures::untold(may_not)),
            other => other?,
        },
        false => false,
    };
    if !counts {
        return Ok(Figures::untold(
            "The server does not count how often an index is used: neither its performance schema nor userstat (MariaDB) is on.",
        ));
    }
    let sql = format!(
        "SELECT OBJECT_SCHEMA, OBJECT_NAME, INDEX_NAME, CAST(COUNT_READ AS CHAR) \
         FROM performance_schema.table_io_waits_summary_by_index_usage \
         WHERE OBJECT_TYPE = 'TABLE' AND INDEX_NAME IS NOT NULL AND {} ORDER BY 1, 2, 3",
        among("OBJECT_SCHEMA", "OBJECT_NAME", tables)
    );
    told(connection, &sql, "Rows read through each index in the database itself since the server started.", may_not)
        .await
}

/// Bytes of each table and of its indexes, by the server's own statistics. Of InnoDB the rows
/// lie in the index of their key, which counts as the table.
pub async fn table_sizes(connection: &mut dyn Connection, tables: &[TableName]) -> Result<BTreeMap<TableName, Size>> {
    let sql = format!(
        "SELECT CAST(TABLE_SCHEMA AS CHAR), CAST(TABLE_NAME AS CHAR), CAST(COALESCE(DATA_LENGTH, 0) AS CHAR), \
         CAST(COALESCE(INDEX_LENGTH, 0) AS CHAR) FROM information_schema.TABLES WHERE {}",
        among("TABLE_SCHEMA", "TABLE_NAME", tables)
    );
    let size = |row: Row| {
        let [schema, name, table, indexes] = <[Option<String>; 4]>::try_from(row).ok()?;
        let size = Size { table: table?.parse().ok()?, indexes: indexes?.parse().ok()? };
        Some((TableName::new(schema?, name?), size))
    };
    Ok(connection.query(&sql).await?.into_iter().filter_map(size).collect())
}

fn among(schema: &str, table: &str, tables: &[TableName]) -> String {
    let one = |name: &TableName| {
        format!("({schema} = {} AND {table} = {})", quote::literal(&name.schema), quote::literal(&name.name))
    };
    let all: Vec<String> = tables.iter().map(one).collect();
    if all.is_empty() { "FALSE".to_owned() } else { format!("({})", all.join(" OR ")) }
}

async fn told(connection: &mut dyn Connection, sql: &str, note: &str, may_not: &str) -> Result<Figures> {
    match connection.query(sql).await {
        Err(Error::Rights { .. }) => Ok(Figures::untold(may_not)),
        other => Ok(Figures { figures: other?.into_iter().filter_map(figure).collect(), note: note.to_owned() }),
    }
}

fn figure(row: Row) -> Option<Figure> {
    let [schema, table, index, number] = <[Option<String>; 4]>::try_from(row).ok()?;
    Some(Figure { table: TableName::new(schema?, table?), index: index?, number: number?.parse().ok()? })
}

async fn version(connection: &mut dyn Connection) -> Result<Version> {
    let text = first(connection, "SELECT VERSION()").await?;
    Version::parse(&text).ok_or_else(|| Error::Internal { detail: format!("the version {text} cannot be read") })
}

async fn is_on(connection: &mut dyn Connection, sql: &str) -> Result<bool> {
    Ok(first(connection, sql).await? == "1")
}

async fn first(connection: &mut dyn Connection, sql: &str) -> Result<String> {
    Ok(connection.query(sql).await?.into_iter().flatten().flatten().next().unwrap_or_default())
}

/// Has the server answer a question and tell how it did. MySQL tells it from 8.0.18 on.
pub async fn explain(connection: &mut dyn Connection, sql: &str) -> Result<Explained> {
    let version = version(connection).await?;
    if version.is_mariadb() {
        let text = first(connection, &format!("ANALYZE FORMAT=JSON {sql}")).await?;
        let read = plans::of_mariadb(&text);
        return read.map_err(|failure| Error::Internal { detail: format!("the server's plan: {failure}") });
    }
    if version.number < (8, 0, 18) {
        return Ok(Explained::default());
    }
    Ok(plans::of_mysql(&first(connection, &format!("EXPLAIN ANALYZE {sql}")).await?))
}
