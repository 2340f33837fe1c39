//! Who may change what, and whether the server takes changes at all.

use std::collections::BTreeSet;

use super::super::quote;
use super::text;
use crate::check::{Finding, Looked, Severity, Subject};
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::plan::Conversion;
use crate::schema::{DependentKind, Schema};

const SERVER: &str = "SELECT CAST(@@global.read_only AS CHAR), CAST(@@global.innodb_read_only AS CHAR), \
     CAST(CURRENT_USER() AS CHAR), CAST(@@hostname AS CHAR)";

// The user's own rights and those of the roles that are switched on.
const RIGHTS: &str = "SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.USER_PRIVILEGES WHERE {grantees} \
     UNION SELECT CAST(PRIVILEGE_TYPE AS CHAR) FROM information_schema.SCHEMA_PRIVILEGES WHERE {grantees} \
     AND {database} LIKE TABLE_SCHEMA ORDER BY 1";

const ROLES: &str =
    "SELECT CAST(ROLE_NAME AS CHAR) FROM information_schema.ENABLED_ROLES WHERE ROLE_NAME IS NOT NULL ORDER BY 1";

/// What a run does, each needing a right of its own.
const NEEDED: [&str; 8] = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "LOCK TABLES"];

/// Rights on the whole database.
pub async fn rights(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let user = ask(connection, SERVER).await?.first().map(|row| text(row, 2)).unwrap_or_default();
    let needed = needed(subject.schema, subject.conversions);
    let findings = missing(connection, subject.schema, &needed, &user).await?;
    let measured = match findings.as_slice() {
        [] => format!("{user} has all {} rights that a run needs", needed.len()),
        _ => format!("{user} lacks rights that a run needs"),
    };
    Ok(Looked::found(measured, findings))
}

/// Whether the server takes changes.
pub async fn replica(connection: &mut dyn Connection) -> Result<Looked> {
    let findings: Vec<Finding> = ask(connection, SERVER).await?.iter().filter_map(read_only).collect();
    let measured = if findings.is_empty() { "read_only is off" } else { "read_only is on" };
    Ok(Looked::found(measured, findings))
}

// A server need not tell everybody.
async fn ask(connection: &mut dyn Connection, sql: &str) -> Result<Vec<Row>> {
    match connection.query(sql).await {
        Err(Error::Rights { .. } | Error::Statement { .. }) => Ok(Vec::new()),
        other => other,
    }
}

fn read_only(row: &Row) -> Option<Finding> {
    (writes_nothing(row, 0) || writes_nothing(row, 1)).then(|| {
        Finding::new(
            Severity::Block,
            "RK-020",
            text(row, 3),
            "This server takes no changes (read_only is on), as a replica does that only repeats its primary.",
            "Connect to the primary server, or have read_only switched off.",
        )
    })
}

// MySQL knows more than on and off: NO_LOCK and the like keep writers out too.
fn writes_nothing(row: &Row, column: usize) -> bool {
    !matches!(text(row, column).as_str(), "0" | "OFF" | "")
}

async fn missing(
    connection: &mut dyn Connection,
    schema: &Schema,
    needed: &[&'static str],
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
    let missing: Vec<&str> = needed.iter().copied().filter(|right| !had.contains(*right)).collect();
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
