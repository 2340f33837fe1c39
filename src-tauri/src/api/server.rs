//! The few questions about a server that only the window asks: what it is, and whether
//! the user may change what is in it. All read-only.

use rekey_engine::check::{Finding, Severity};
use rekey_engine::connect::Address;
use rekey_engine::dialect::{Connection, Database};
use rekey_engine::inspect::ServerInfo;
use rekey_engine::schema::EngineKind;
use rekey_engine::{Error, Result};

/// The server as it describes itself.
pub async fn describe(
    database: &dyn Database,
    connection: &mut dyn Connection,
    address: &Address,
) -> Result<ServerInfo> {
    let version = match database.engine() {
        EngineKind::Postgres => "SELECT pg_catalog.current_setting('server_version')",
        EngineKind::Mysql => "SELECT version()",
        EngineKind::Sqlite => "SELECT sqlite_version()",
    };
    let version = text(connection, version).await?;
    let version = match database.engine() {
        EngineKind::Mysql => rekey_engine::dialect::mysql::version_told(&version),
        EngineKind::Postgres | EngineKind::Sqlite => version.split_whitespace().next().unwrap_or_default().to_owned(),
    };
    Ok(ServerInfo { engine: database.engine(), version, database: name(address), place: database.place() })
}

/// Whether the user could change what is in the database: in a few words, and what is lacking.
///
/// # Errors
/// [`Error::ReadOnly`] for a file that cannot be written.
pub async fn rights(
    database: &dyn Database,
    connection: &mut dyn Connection,
    address: &Address,
) -> Result<(String, Vec<Finding>)> {
    match address {
        Address::Postgres { .. } => owner(database, connection).await,
        Address::Mysql { .. } => granted(database, connection).await,
        Address::Sqlite { path } => {
            // Opening for writing changes nothing, and is what the system decides upon.
            std::fs::OpenOptions::new()
                .write(true)
                .open(path)
                .map_err(|error| Error::ReadOnly { place: database.place(), detail: error.to_string() })?;
            Ok(("the file can be written".to_owned(), Vec::new()))
        }
    }
}

fn name(address: &Address) -> String {
    match address {
        Address::Postgres { database, .. } | Address::Mysql { database, .. } => database.clone(),
        Address::Sqlite { path } => {
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
        }
    }
}

const FOREIGN_TABLES: &str = "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  AND NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')
ORDER BY 1";

async fn owner(database: &dyn Database, connection: &mut dyn Connection) -> Result<(String, Vec<Finding>)> {
    let mut lacking = Vec::new();
    let may_create = "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')::text";
    if text(connection, may_create).await? != "true" {
        lacking.push(Finding::new(
            Severity::Warn,
            "RK-021",
            database.place(),
            "The user may not create a schema in this database, which a run needs for its journal and its map.",
            "Connect as the owner of the database, or have the right CREATE on it granted.",
        ));
    }
    let foreign = connection.query(FOREIGN_TABLES).await?;
    let first = foreign.first().and_then(|row| row.first()).and_then(Option::as_deref);
    let Some(first) = first else { return Ok(("the user owns every table".to_owned(), lacking)) };
    lacking.push(Finding::new(
        Severity::Warn,
        "RK-022",
        first,
        format!(
            "The user does not own {} of the tables, such as {first}. Only its owner can change a table.",
            foreign.len()
        ),
        "Connect as the owner of the tables, or as a member of that role.",
    ));
    Ok((format!("the user does not own {} of the tables", foreign.len()), lacking))
}

// What tables are built anew with, and exchanged with; and what their triggers need.
const NEEDED: [&str; 9] = ["ALTER", "CREATE", "DELETE", "DROP", "INDEX", "INSERT", "REFERENCES", "SELECT", "TRIGGER"];

async fn granted(database: &dyn Database, connection: &mut dyn Connection) -> Result<(String, Vec<Finding>)> {
    let granted = "SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.USER_PRIVILEGES
        UNION SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.SCHEMA_PRIVILEGES
        WHERE DATABASE() LIKE CAST(TABLE_SCHEMA AS CHAR)";
    let granted: Vec<String> = connection.query(granted).await?.into_iter().flatten().flatten().collect();
    let missing: Vec<&str> = NEEDED.into_iter().filter(|right| !granted.iter().any(|one| one == right)).collect();
    if missing.is_empty() {
        return Ok(("the user may change every table".to_owned(), Vec::new()));
    }
    let missing = missing.join(", ");
    let lacking = Finding::new(
        Severity::Warn,
        "RK-021",
        database.place(),
        format!("The user lacks {missing} in this database."),
        "Connect as a user with these rights, or have them granted.",
    );
    Ok((format!("the user lacks {missing}"), vec![lacking]))
}

async fn text(connection: &mut dyn Connection, sql: &str) -> Result<String> {
    let rows = connection.query(sql).await?;
    Ok(rows.into_iter().next().and_then(|row| row.into_iter().next()).flatten().unwrap_or_default())
}
