//! A database beside the user's: what it must be made with, and what tells the two apart.

use std::collections::BTreeMap;

use super::quote;
use crate::backup::Rung;
use crate::dialect::Connection;
use crate::error::{Error, Result};

// Names of settings as the statement writes them.
const CHARACTER_SET: &str = "CHARACTER SET";
const COLLATION: &str = "COLLATE";
const ENCRYPTION: &str = "ENCRYPTION";
const COMMENT: &str = "COMMENT";
/// Other databases that foreign keys lead to, one a line. No part of the statement.
const NEEDS: &str = "foreign keys into";

/// What MySQL and MariaDB from 10.11 or 11 on know a server by, and what stands in for it before.
const WORDS: &str = "SHOW VARIABLES WHERE Variable_name IN ('server_uuid', 'server_uid', 'hostname', 'port', \
    'datadir', 'server_id', 'pid_file', 'lower_case_table_names')";
const STAND_IN: [&str; 5] = ["hostname", "port", "datadir", "server_id", "pid_file"];

/// What tells this database from every other one.
pub async fn identity(connection: &mut dyn Connection) -> Result<String> {
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for row in connection.query(WORDS).await? {
        if let [Some(name), Some(value)] = row.as_slice() {
            told.insert(name.to_ascii_lowercase(), value.clone());
        }
    }
    let name = one(connection, "SELECT CAST(DATABASE() AS CHAR)").await?;
    let word = |name: &str| told.get(name).cloned().unwrap_or_default();
    // Where the case of names counts for nothing, an address may spell it in any.
    let name = if word("lower_case_table_names") == "0" { name } else { name.to_lowercase() };
    let server = ["server_uuid", "server_uid"].iter().map(|name| word(name)).find(|value| !value.is_empty());
    let server = server.unwrap_or_else(|| STAND_IN.map(word).join("|"));
    Ok(format!("server {server} database {name}"))
}

/// Bytes of its tables with their indexes.
pub async fn bytes(connection: &mut dyn Connection) -> Result<u64> {
    let sum = "SELECT CAST(COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) AS CHAR) FROM information_schema.TABLES \
        WHERE TABLE_SCHEMA = DATABASE()";
    Ok(one(connection, sum).await?.parse().unwrap_or_default())
}

/// What a copy must be made with.
pub async fn settings(connection: &mut dyn Connection) -> Result<BTreeMap<String, String>> {
    let version = one(connection, "SELECT VERSION()").await?;
    let (own, column) =
        if version.contains("MariaDB") { (COMMENT, "SCHEMA_COMMENT") } else { (ENCRYPTION, "DEFAULT_ENCRYPTION") };
    let sql = format!(
        "SELECT CAST(DEFAULT_CHARACTER_SET_NAME AS CHAR), CAST(DEFAULT_COLLATION_NAME AS CHAR), CAST({column} AS CHAR) \
         FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE() ORDER BY BINARY SCHEMA_NAME = BINARY DATABASE() DESC LIMIT 1"
    );
    let values = connection.query(&sql).await?.into_iter().next().unwrap_or_default();
    let mut found: BTreeMap<String, String> = [CHARACTER_SET, COLLATION, own]
        .into_iter()
        .zip(values)
        .filter_map(|(name, value)| Some((name.to_owned(), value.filter(|value| !value.is_empty() && value != "NO")?)))
        .collect();
    let led_to = "SELECT DISTINCT CAST(REFERENCED_TABLE_SCHEMA AS CHAR) FROM information_schema.KEY_COLUMN_USAGE \
        WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA <> DATABASE() ORDER BY 1";
    let others: Vec<String> = connection.query(led_to).await?.into_iter().flatten().flatten().collect();
    if !others.is_empty() {
        found.insert(NEEDS.to_owned(), others.join("\n"));
    }
    Ok(found)
}

/// The statement that makes a database with these settings.
///
/// # Errors
/// [`Error::Internal`] where a setting is none that a server has, as in a manifest that
/// somebody wrote.
pub fn statement(name: &str, settings: &BTreeMap<String, String>) -> Result<String> {
    let mut sql = format!("CREATE DATABASE {}", quote::ident(name));
    for (setting, value) in settings {
        let plain = !value.is_empty() && value.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        match setting.as_str() {
            CHARACTER_SET | COLLATION if plain => sql.push_str(&format!(" {setting} {value}")),
            ENCRYPTION if value == "YES" => sql.push_str(" ENCRYPTION 'Y'"),
            COMMENT => sql.push_str(&format!(" COMMENT {}", quote::literal(value))),
            NEEDS => {}
            _ => return Err(Error::Internal { detail: format!("no database has the setting {setting} = {value}") }),
        }
    }
    Ok(sql)
}

/// Makes an empty database.
pub async fn create(connection: &mut dyn Connection, name: &str, settings: &BTreeMap<String, String>) -> Result<()> {
    for other in settings.get(NEEDS).into_iter().flat_map(|others| others.lines()) {
        refuse_if_tied(connection, other).await?;
    }
    connection.execute(&statement(name, settings)?).await
}

// Rows of a copy would keep the application from deleting or changing rows of that database.
async fn refuse_if_tied(connection: &mut dyn Connection, other: &str) -> Result<()> {
    let there =
        format!("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = {}", quote::literal(other));
    if one(connection, &there).await? == "0" {
        return Ok(());
    }
    Err(Error::Backup {
        rung: Rung::Restored,
        detail: format!(
            "foreign keys lead into the database '{other}'. Those of a copy on this server would keep its rows from being changed, so it is not made here; name a server without a database of that name with --scratch"
        ),
    })
}

async fn one(connection: &mut dyn Connection, sql: &str) -> Result<String> {
    Ok(connection.query(sql).await?.into_iter().flatten().flatten().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_never_more_than_a_setting() {
        let with = |name: &str, value: &str| statement("a`b", &BTreeMap::from([(name.to_owned(), value.to_owned())]));
        assert_eq!(with(COLLATION, "utf8mb4_bin").unwrap(), "CREATE DATABASE `a``b` COLLATE utf8mb4_bin");
        assert_eq!(with(COMMENT, "it's").unwrap(), "CREATE DATABASE `a``b` COMMENT 'it''s'");
        assert_eq!(with(ENCRYPTION, "YES").unwrap(), "CREATE DATABASE `a``b` ENCRYPTION 'Y'");
        for (name, value) in [(COLLATION, "x; DROP DATABASE a"), (CHARACTER_SET, ""), ("DATA", "x"), (ENCRYPTION, "'")]
        {
            assert!(with(name, value).is_err(), "{name} {value}");
        }
    }
}
