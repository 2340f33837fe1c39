//! Who may change what, and whether the server takes changes at all.

use std::collections::BTreeSet;

use super::super::blueprint::Scope;
use super::super::inspect::function_label;
use super::super::quote;
use super::text;
use crate::check::{Finding, Looked, Severity, Subject};
use crate::dialect::{Connection, Row};
use crate::error::Result;
use crate::schema::DependentKind;

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

/// Rights by object.
pub async fn rights(connection: &mut dyn Connection, subject: Subject<'_>) -> Result<Looked> {
    let scope = Scope::new(subject.schema, subject.conversions)?;
    let server = connection.query(SERVER).await?;
    let mut findings: Vec<Finding> = server.iter().filter_map(creates).collect();
    findings.extend(owners(&connection.query(FOREIGN_OWNERS).await?, &scope));
    findings.extend(function_owners(&connection.query(FOREIGN_FUNCTIONS).await?, &scope));
    findings.extend(publication_owners(&connection.query(FOREIGN_PUBLICATIONS).await?, &scope));
    let user = server.first().map(|row| text(row, 1)).unwrap_or_default();
    let objects = scope.locked().len() + scope.dependents().len();
    let measured = match findings.len() {
        0 => format!("'{user}' may change all {objects} objects that a run touches"),
        missing => format!("'{user}' lacks {missing} of the rights on {objects} objects that a run touches"),
    };
    Ok(Looked::found(measured, findings))
}

/// Whether the server only repeats another one.
pub async fn replica(connection: &mut dyn Connection) -> Result<Looked> {
    let server = connection.query(SERVER).await?;
    let repeats = server.iter().filter(|row| text(row, 0) == "true");
    let findings: Vec<Finding> = repeats
        .map(|row| {
            Finding::new(
                Severity::Block,
                "RK-020",
                text(row, 2),
                "This server is a replica: it only repeats what its primary does.",
                "Connect to the primary server.",
            )
        })
        .collect();
    let measured = if findings.is_empty() { "a primary server" } else { "a replica" };
    Ok(Looked::found(measured, findings))
}

fn creates(row: &Row) -> Option<Finding> {
    let (user, database) = (text(row, 1), text(row, 2));
    (text(row, 3) != "true").then(|| {
        Finding::new(
            Severity::Block,
            "RK-021",
            database.clone(),
            format!("The user '{user}' may not create the schema 'rekey', where maps and journal live."),
            format!("Have this run by the owner: GRANT CREATE ON DATABASE \"{database}\" TO \"{user}\";"),
        )
    })
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
