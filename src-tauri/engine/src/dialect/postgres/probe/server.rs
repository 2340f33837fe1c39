//! Row security, replication and whatever else around the tables decides whether a run can
//! work. The rights of the one who runs it are looked at in `preflight`.

use std::collections::BTreeSet;

use super::super::blueprint::Scope;
use super::super::catalogue::complete;
use super::super::quote;
use super::{Found, each, firsts};
use crate::check::{AnswerOption, Severity};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{ColumnName, DependentKind, TableName};

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = hidden_rows(connection, scope).await?;
    found.extend(published(connection, scope).await?);
    found.extend(event_triggers(connection, scope).await?);
    found.extend(foreign_tables(connection, scope).await?);
    found.extend(stored_views(scope));
    Ok(found)
}

// One column for each conversion: what concerns the whole database concerns all of them.
fn roots<'s>(scope: &'s Scope<'_>) -> impl Iterator<Item = &'s ColumnName> {
    scope.conversions.iter().map(|conversion| &conversion.root)
}

fn list(names: &BTreeSet<&TableName>) -> String {
    names
        .iter()
        .map(|name| format!("({}, {})", quote::literal(&name.schema), quote::literal(&name.name)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn on<'s>(scope: &'s Scope<'_>, schema: &str, table: &str) -> Vec<&'s ColumnName> {
    let own: Vec<&ColumnName> =
        scope.columns.keys().filter(|column| column.table.schema == schema && column.table.name == table).collect();
    if own.is_empty() { roots(scope).collect() } else { own }
}

async fn hidden_rows(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let sql = format!(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname, c.relname) IN ({}) AND row_security_active(c.oid) ORDER BY 1, 2",
        list(&scope.touched())
    );
    let mut found = Vec::new();
    for row in connection.query(&sql).await? {
        let [Some(schema), Some(table)] = row.as_slice() else {
            continue;
        };
        let meaning =
            "Row security hides rows of this table from the connection's user, so nothing could be proven about them.";
        let remedy = "Connect as a user who sees every row: a superuser, or one with BYPASSRLS.";
        found.extend(each(
            on(scope, schema, table),
            Severity::Block,
            "RK-127",
            &format!("{schema}.{table}"),
            meaning,
            remedy,
        ));
    }
    Ok(found)
}

// Logical decoding of this database, whoever reads it.
const SLOTS: &str = "SELECT 'slot ' || slot_name FROM pg_replication_slots WHERE slot_type = 'logical' AND database = current_database() ORDER BY 1";

async fn published(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let sql = format!(
        "SELECT p.pubname, p.schemaname, p.tablename FROM pg_publication_tables p WHERE (p.schemaname, p.tablename) IN ({}) ORDER BY 1, 2, 3",
        list(&scope.touched())
    );
    let rows = connection.query(&sql).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let slots = firsts(connection.query(SLOTS).await?);
    let mut found = Vec::new();
    for row in rows {
        let [Some(publication), Some(schema), Some(table)] = row.as_slice() else {
            continue;
        };
        let (severity, readers) = match slots.as_slice() {
            [] => (Severity::Warn, "Nobody reads it just now; whoever does later needs UUIDs there.".to_owned()),
            slots => (
                Severity::Ask,
                format!(
                    "It is read through {}: subscribers still have integers there, stop at the first change that reaches them, and the server keeps everything for them until its disk is full.",
                    slots.join(", ")
                ),
            ),
        };
        let meaning = format!("The table is published by '{publication}'. {readers}");
        let remedy = "Stop the subscriptions before the run; convert or refill the subscribers' tables afterwards.";
        let object = quote::label(&[schema, table]);
        for (column, finding) in each(on(scope, schema, table), severity, "RK-128", &object, &meaning, remedy) {
            let option = AnswerOption::new("accept", "The conversion goes on; the subscribers are looked after.");
            let finding = if severity == Severity::Ask { finding.asking(vec![option], None) } else { finding };
            found.push((column, finding));
        }
    }
    Ok(found)
}

async fn event_triggers(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let names = firsts(
        connection.query("SELECT evtname::text FROM pg_event_trigger WHERE evtenabled <> 'D' ORDER BY 1").await?,
    );
    let mut found = Vec::new();
    for name in names {
        let meaning = "This event trigger runs its own code at changes of the schema; it may refuse the change or write about it.";
        let remedy = "Look at what it does, or disable it for the run.";
        let asked = each(roots(scope), Severity::Ask, "RK-129", &format!("event trigger {name}"), meaning, remedy);
        found.extend(asked.into_iter().map(|(column, finding)| {
            // If it refuses, the run fails and takes everything back, so nothing is at stake.
            let option = AnswerOption::new("accept", "It stays as it is and sees the changes of the run.");
            (column, finding.asking(vec![option], Some("accept")))
        }));
    }
    Ok(found)
}

const FOREIGN: &str =
    "SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'f' AND {user} AND {own class} ORDER BY 1, 2";

async fn foreign_tables(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for row in connection.query(&complete(FOREIGN)).await? {
        let [Some(schema), Some(table)] = row.as_slice() else {
            continue;
        };
        let meaning = "The rows of this foreign table lie elsewhere and are not converted: ids in them stay what they are there, and no longer meet the keys here.";
        let remedy =
            "If it holds ids, convert them where they lie and change the type of the column with ALTER FOREIGN TABLE.";
        let object = quote::label(&[schema, table]);
        found.extend(each(roots(scope), Severity::Warn, "RK-126", &object, meaning, remedy));
    }
    Ok(found)
}

fn stored_views(scope: &Scope<'_>) -> Vec<Found> {
    let views = scope.dependents().into_iter().filter(|one| one.kind == DependentKind::MaterializedView);
    views
        .flat_map(|view| {
            let meaning = "The materialized view is filled anew from the tables as they are then; if it is stale now, its rows will be newer afterwards.";
            each(scope.beneath(view), Severity::Info, "RK-133", &view.name, meaning, "Nothing has to be done.")
        })
        .collect()
}
