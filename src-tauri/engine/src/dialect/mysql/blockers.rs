//! Who holds what. Servers tell it in different places, some only where somebody switched
//! them on or gave the right to look, so these are asked in turn.

use std::sync::Arc;

use super::connection::{MysqlConnection, Profile};
use super::quote::literal;
use crate::dialect::{Access, Connection as _, Row};
use crate::error::{Error, Result};
use crate::observer::Blocker;
use crate::schema::TableName;

/// Longest part of a statement that is shown.
const SHOWN: usize = 200;

/// Sessions that hold these tables, our own left out. Without tables: those that hold any
/// table against being read.
pub async fn blockers(profile: &Arc<Profile>, tables: &[TableName]) -> Result<Vec<Blocker>> {
    let mut connection = profile.connect(Access::Read).await?;
    let own = profile.own();
    let found = look(&mut connection, tables).await;
    connection.close().await;
    let mut found: Vec<Blocker> = found?.into_iter().map(blocker).collect();
    found.retain(|one| one.pid.parse().is_ok_and(|session| !own.contains(&session)));
    found.dedup_by(|a, b| a.pid == b.pid);
    Ok(found)
}

async fn look(connection: &mut MysqlConnection, tables: &[TableName]) -> Result<Vec<Row>> {
    let all = [in_performance_schema(tables), in_plugin(tables)];
    for sql in &all {
        match connection.query(sql).await {
            // Switched on, but nobody may have switched on what fills it.
            Ok(rows) if rows.is_empty() => {}
            Err(Error::Statement { .. } | Error::Rights { .. }) => {}
            other => return other,
        }
    }
    if tables.is_empty() {
        return Ok(Vec::new());
    }
    match connection.query(TRANSACTIONS).await {
        Err(Error::Statement { .. } | Error::Rights { .. }) => connection.query(SESSIONS).await,
        other => other,
    }
}

// MySQL, and MariaDB where it was switched on.
fn in_performance_schema(tables: &[TableName]) -> String {
    let which = which(tables, "l.OBJECT_SCHEMA", "l.OBJECT_NAME", "l.LOCK_TYPE = 'EXCLUSIVE'");
    format!(
        "SELECT CAST(t.PROCESSLIST_ID AS CHAR), CAST(t.PROCESSLIST_USER AS CHAR), \
         CAST((SELECT a.ATTR_VALUE FROM performance_schema.session_connect_attrs a \
           WHERE a.PROCESSLIST_ID = t.PROCESSLIST_ID AND a.ATTR_NAME = 'program_name') AS CHAR), \
         CAST(t.PROCESSLIST_COMMAND AS CHAR), \
         CAST(COALESCE(t.PROCESSLIST_INFO, (SELECT s.SQL_TEXT FROM performance_schema.events_statements_current s \
           WHERE s.THREAD_ID = t.THREAD_ID ORDER BY s.EVENT_ID DESC LIMIT 1)) AS CHAR) \
         FROM performance_schema.metadata_locks l JOIN performance_schema.threads t ON t.THREAD_ID = l.OWNER_THREAD_ID \
         WHERE l.OBJECT_TYPE = 'TABLE' AND l.LOCK_STATUS = 'GRANTED' AND t.PROCESSLIST_ID IS NOT NULL AND {which} ORDER BY 1"
    )
}

// MariaDB with the plugin of that name.
fn in_plugin(tables: &[TableName]) -> String {
    let which = which(tables, "l.TABLE_SCHEMA", "l.TABLE_NAME", "l.LOCK_MODE = 'MDL_EXCLUSIVE'");
    format!(
        "SELECT CAST(p.ID AS CHAR), p.USER, NULL, p.COMMAND, p.INFO FROM information_schema.METADATA_LOCK_INFO l \
         JOIN information_schema.PROCESSLIST p ON p.ID = l.THREAD_ID WHERE {which} ORDER BY 1"
    )
}

fn which(tables: &[TableName], schema: &str, name: &str, any: &str) -> String {
    if tables.is_empty() {
        return any.to_owned();
    }
    let names = tables.iter().map(|table| format!("({}, {})", literal(&table.schema), literal(&table.name)));
    format!("({schema}, {name}) IN ({})", names.collect::<Vec<_>>().join(", "))
}

/// Whoever has a transaction open in this database may be the one.
const TRANSACTIONS: &str = "SELECT CAST(p.ID AS CHAR), CAST(p.USER AS CHAR), NULL, CONCAT(CAST(p.COMMAND AS CHAR), ', in a transaction'), CAST(p.INFO AS CHAR) \
    FROM information_schema.PROCESSLIST p JOIN information_schema.INNODB_TRX x ON x.trx_mysql_thread_id = p.ID \
    WHERE p.DB = DATABASE() ORDER BY p.ID";

/// Without the right to see transactions: whoever works in this database.
const SESSIONS: &str = "SELECT CAST(p.ID AS CHAR), CAST(p.USER AS CHAR), NULL, CAST(p.COMMAND AS CHAR), CAST(p.INFO AS CHAR) \
    FROM information_schema.PROCESSLIST p WHERE p.DB = DATABASE() AND (p.COMMAND <> 'Sleep' OR p.TIME < 600) ORDER BY p.ID";

fn blocker(row: Row) -> Blocker {
    let mut cells = row.into_iter().map(Option::unwrap_or_default);
    let mut next = || cells.next().unwrap_or_default();
    let (pid, user, application, state) = (next(), next(), next(), next());
    let state = if state.starts_with("Sleep") { state.replacen("Sleep", "idle", 1) } else { state };
    Blocker { pid, user, application, state, query: next().chars().take(SHOWN).collect() }
}
