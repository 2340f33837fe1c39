//! What stands in the way here and now: rights, a replica, sessions at work.

use std::collections::BTreeSet;

use super::blueprint::Scope;
use super::inspect::function_label;
use super::quote;
use crate::check::{Finding, Severity};
use crate::dialect::{Connection, Row};
use crate::error::Result;
use crate::plan::Conversion;
use crate::schema::{DependentKind, Schema};

/// Relations that are not owned by the user or a role the user belongs to.
const FOREIGN_OWNERS: &str = "SELECT n.nspname::text, c.relname::text, pg_get_userbyid(c.relowner)::text \
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
     WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT pg_has_role(c.relowner, 'USAGE') \
     ORDER BY 1, 2";

/// Functions and publications that others own.
const FOREIGN_FUNCTIONS: &str = "SELECT n.nspname::text, p.proname::text, pg_get_function_identity_arguments(p.oid), pg_get_userbyid(p.proowner)::text \
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT pg_has_role(p.proowner, 'USAGE') ORDER BY 1, 2, 3";
const FOREIGN_PUBLICATIONS: &str = "SELECT pubname::text, pg_get_userbyid(pubowner)::text FROM pg_publication \
     WHERE NOT pg_has_role(pubowner, 'USAGE') ORDER BY 1";

const SERVER: &str = "SELECT pg_is_in_recovery()::text, current_user::text, current_database()::text, \
     (CASE WHEN to_regnamespace('rekey') IS NULL THEN has_database_privilege(current_database(), 'CREATE') \
     ELSE has_schema_privilege('rekey', 'CREATE') END)::text";

const SESSIONS: &str = "SELECT coalesce(nullif(application_name, ''), 'unnamed')::text, count(*)::text, \
     coalesce(max(extract(epoch FROM now() - xact_start))::bigint, 0)::text \
     FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' \
       AND application_name NOT LIKE 'rekey:%' \
     GROUP BY 1 ORDER BY 1";

const PREPARED: &str =
    "SELECT gid::text, owner::text FROM pg_prepared_xacts WHERE database = current_database() ORDER BY 1";

pub(super) async fn preflight(
    connection: &mut dyn Connection,
    schema: &Schema,
    conversions: &[Conversion],
) -> Result<Vec<Finding>> {
    let mut findings = server(&connection.query(SERVER).await?);
    let scope = Scope::new(schema, conversions)?;
    findings.extend(owners(&connection.query(FOREIGN_OWNERS).await?, &scope));
    findings.extend(function_owners(&connection.query(FOREIGN_FUNCTIONS).await?, &scope));
    findings.extend(publication_owners(&connection.query(FOREIGN_PUBLICATIONS).await?, &scope));
    findings.extend(sessions(&connection.query(SESSIONS).await?));
    findings.extend(prepared(&connection.query(PREPARED).await?));
    Ok(findings)
}

fn text(row: &Row, column: usize) -> String {
    row.get(column).cloned().flatten().unwrap_or_default()
}

fn server(rows: &[Row]) -> Vec<Finding> {
    let Some(row) = rows.first() else { return Vec::new() };
    let (user, database) = (text(row, 1), text(row, 2));
    let mut findings = Vec::new();
    if text(row, 0) == "true" {
        findings.push(Finding::new(
            Severity::Block,
            "RK-020",
            database.clone(),
            "This server is a replica: it only repeats what its primary does.",
            "Connect to the primary server.",
        ));
    }
    if text(row, 3) != "true" {
        findings.push(Finding::new(
            Severity::Block,
            "RK-021",
            database.clone(),
            format!("The user '{user}' may not create the schema 'rekey', where maps and journal live."),
            format!("Have this run by the owner: GRANT CREATE ON DATABASE \"{database}\" TO \"{user}\";"),
        ));
    }
    findings
}

// Tables that are locked or changed and views that are made again; others need no right.
fn owners(rows: &[Row], scope: &Scope<'_>) -> Vec<Finding> {
    let mut touched: BTreeSet<String> =
        scope.locked().iter().map(|name| quote::label(&[&name.schema, &name.name])).collect();
    let views = scope
        .dependents()
        .into_iter()
        .filter(|one| matches!(one.kind, DependentKind::View | DependentKind::MaterializedView));
    touched.extend(views.map(|view| view.name.clone()));
    let labelled = rows.iter().map(|row| (quote::label(&[&text(row, 0), &text(row, 1)]), text(row, 2)));
    labelled.filter(|(name, _)| touched.contains(name)).map(|(name, owner)| owned(name, &owner)).collect()
}

fn owned(name: String, owner: &str) -> Finding {
    Finding::new(
        Severity::Block,
        "RK-022",
        name,
        format!("It belongs to '{owner}'. Only its owner can change it."),
        "Connect as its owner, or as a member of that role.",
    )
}

fn function_owners(rows: &[Row], scope: &Scope<'_>) -> Vec<Finding> {
    let named = rows.iter().map(|row| (function_label(&text(row, 0), &text(row, 1), &text(row, 2)), text(row, 3)));
    let replaced = |name: &str| scope.dependents().iter().any(|one| one.name == name);
    named.filter(|(name, _)| replaced(name)).map(|(name, owner)| owned(name, &owner)).collect()
}

fn publication_owners(rows: &[Row], scope: &Scope<'_>) -> Vec<Finding> {
    let dependents = scope.dependents();
    let places = dependents.iter().filter(|one| one.kind == DependentKind::Publication);
    places
        .filter_map(|place| {
            let row = rows.iter().find(|row| {
                let on = place.on.as_ref();
                on.is_some_and(|on| quote::on("publication", &text(row, 0), &on.schema, &on.name) == place.name)
            })?;
            Some(owned(place.name.clone(), &text(row, 1)))
        })
        .collect()
}

fn sessions(rows: &[Row]) -> Vec<Finding> {
    rows.iter()
        .map(|row| {
            let (application, count, age) = (text(row, 0), text(row, 1), text(row, 2));
            let open = if age == "0" { String::new() } else { format!(", the oldest open transaction is {age} s old") };
            Finding::new(
                Severity::Warn,
                "RK-023",
                application,
                format!(
                    "{count} sessions of this application are connected{open}. The run needs every table for itself."
                ),
                "Stop the application before the run. Rekey waits for locks only briefly and gives up by name.",
            )
        })
        .collect()
}

fn prepared(rows: &[Row]) -> Vec<Finding> {
    rows.iter()
        .map(|row| {
            Finding::new(
                Severity::Block,
                "RK-024",
                text(row, 0),
                format!("A prepared transaction of '{}' is open and keeps its locks for ever.", text(row, 1)),
                "Commit or roll it back: COMMIT PREPARED or ROLLBACK PREPARED with its name.",
            )
        })
        .collect()
}
