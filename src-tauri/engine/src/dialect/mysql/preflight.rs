//! What stands in the way here and now: a server that cannot be written, missing rights,
//! sessions at work; and how much room the new tables will take.

use std::collections::BTreeSet;

use super::quote;
use crate::check::{Finding, Severity};
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::plan::Conversion;
use crate::schema::{DependentKind, Schema};

/// Bytes of a table that say nothing about the disk.
const SMALL: u64 = 256 * 1024 * 1024;

const SERVER: &str = "SELECT CAST(@@global.read_only AS CHAR), CAST(@@global.innodb_read_only AS CHAR), \
     CAST(CURRENT_USER() AS CHAR), CAST(@@hostname AS CHAR)";

// The user's own rights and those of the roles that are switched on.
const RIGHTS: &str = "SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.USER_PRIVILEGES WHERE {grantees} \
     UNION SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.SCHEMA_PRIVILEGES WHERE {grantees} \
     AND {database} LIKE TABLE_SCHEMA ORDER BY 1";

const ROLES: &str =
    "SELECT CAST(ROLE_NAME AS CHAR) FROM information_schema.ENABLED_ROLES WHERE ROLE_NAME IS NOT NULL ORDER BY 1";

const SESSIONS: &str = "SELECT CAST(USER AS CHAR), CAST(COUNT(*) AS CHAR) FROM information_schema.PROCESSLIST \
     WHERE DB = DATABASE() AND ID <> CONNECTION_ID() GROUP BY 1 ORDER BY 1";

/// What a run does, each needing a right of its own.
const NEEDED: [&str; 8] = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "LOCK TABLES"];

/// Looks.
pub async fn preflight(
    connection: &mut dyn Connection,
    schema: &Schema,
    conversions: &[Conversion],
) -> Result<Vec<Finding>> {
    let server = ask(connection, SERVER).await?;
    let user = server.first().map(|row| text(row, 2)).unwrap_or_default();
    let mut findings: Vec<Finding> = server.iter().filter_map(read_only).collect();
    findings.extend(rights(connection, schema, conversions, &user).await?);
    findings.extend(ask(connection, SESSIONS).await?.iter().map(sessions));
    findings.extend(room(schema, conversions));
    Ok(findings)
}

fn text(row: &Row, column: usize) -> String {
    row.get(column).cloned().flatten().unwrap_or_default()
}

// A server need not tell everybody.
async fn ask(connection: &mut dyn Connection, sql: &str) -> Result<Vec<Row>> {
    match connection.query(sql).await {
        Err(Error::Rights { .. } | Error::Statement { .. }) => Ok(Vec::new()),
        other => other,
    }
}

fn read_only(row: &Row) -> Option<Finding> {
    let on = |column: usize| !matches!(text(row, column).as_str(), "0" | "OFF" | "");
    (on(0) || on(1)).then(|| {
        Finding::new(
            Severity::Block,
            "RK-020",
            text(row, 3),
            "This server takes no changes (read_only is on), as a replica does that only repeats its primary.",
            "Connect to the primary server, or have read_only switched off.",
        )
    })
}

async fn rights(
    connection: &mut dyn Connection,
    schema: &Schema,
    conversions: &[Conversion],
    user: &str,
) -> Result<Vec<Finding>> {
    let Some((name, host)) = user.rsplit_once('@') else { return Ok(Vec::new()) };
    let roles: Vec<String> = ask(connection, ROLES).await?.iter().map(|row| text(row, 0)).collect();
    let own = quote::literal(&format!("'{name}'@'{host}'"));
    // MySQL gives a role a host too.
    let of_roles = roles.iter().map(|role| format!("GRANTEE LIKE {}", quote::literal(&format!("%'{role}'%"))));
    let grantees: Vec<String> = [format!("GRANTEE = {own}")].into_iter().chain(of_roles).collect();
    let sql = RIGHTS
        .replace("{grantees}", &format!("({})", grantees.join(" OR ")))
        .replace("{database}", &quote::literal(&schema.database));
    let had: BTreeSet<String> = ask(connection, &sql).await?.iter().map(|row| text(row, 0)).collect();
    let missing: Vec<&str> = needed(schema, conversions).into_iter().filter(|right| !had.contains(*right)).collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    // What roles give through other roles is told nowhere.
    let severity = if roles.is_empty() { Severity::Block } else { Severity::Warn };
    let list = missing.join(", ");
    Ok(vec![Finding::new(
        severity,
        "RK-021",
        schema.database.clone(),
        format!(
            "The user {user} lacks rights on the database that a run needs: {list}. They count where they are given on the whole database, since the run makes tables there."
        ),
        format!("Have them given: GRANT {list} ON {}.* TO {own};", quote::ident(&schema.database)),
    )])
}

// Triggers, references and indexes are made again only where there are any.
fn needed(schema: &Schema, conversions: &[Conversion]) -> Vec<&'static str> {
    let converted: BTreeSet<_> =
        conversions.iter().flat_map(|one| &one.members).map(|member| &member.column.table).collect();
    let references = schema.tables.values().flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
    let refers =
        references.into_iter().any(|(table, key)| converted.contains(&table.name) || converted.contains(&key.parent));
    let triggers = schema.dependents.iter().any(|one| {
        one.kind == DependentKind::Trigger && one.on.as_ref().is_some_and(|table| converted.contains(table))
    });
    let mut needed = NEEDED.to_vec();
    needed.push("INDEX");
    needed.extend(refers.then_some("REFERENCES"));
    needed.extend(triggers.then_some("TRIGGER"));
    needed
}

fn sessions(row: &Row) -> Finding {
    Finding::new(
        Severity::Warn,
        "RK-023",
        text(row, 0),
        format!(
            "{} sessions of this user are connected. Writers are kept out for the length of the run.",
            text(row, 1)
        ),
        "Stop the application before the run. Rekey waits for locks only briefly and gives up by name.",
    )
}

// The server does not tell how much room its disk has.
fn room(schema: &Schema, conversions: &[Conversion]) -> Option<Finding> {
    let tables: BTreeSet<_> =
        conversions.iter().flat_map(|one| &one.members).map(|member| &member.column.table).collect();
    let bytes: u64 = tables.into_iter().filter_map(|name| schema.tables.get(name)).map(|table| table.bytes).sum();
    (bytes > SMALL).then(|| {
        Finding::new(
            Severity::Warn,
            "RK-326",
            schema.database.clone(),
            format!(
                "The tables take {} MB. They are built anew beside themselves and the old ones stay until the run is kept, so the server's disk needs about twice that much more for the time of the run.",
                bytes >> 20
            ),
            "See that the disk has the room; where it is full the run is taken back.",
        )
    })
}
