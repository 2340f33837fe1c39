//! Can references leave a key for a UUID column of its table? Each row that is referenced
//! needs a UUID of its own there.

use super::super::blueprint::Scope;
use super::super::quote;
use super::{Found, count};
use crate::check::{Finding, Severity};
use crate::dialect::{Connection, repoint as told};
use crate::error::Result;
use crate::plan::Conversion;
use crate::schema::ColumnName;

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for (conversion, target, first) in told::led(scope.conversions) {
        let findings = about(connection, scope, conversion, &target).await?;
        found.extend(findings.into_iter().map(|finding| (first.clone(), finding)));
    }
    Ok(found)
}

async fn about(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    conversion: &Conversion,
    target: &ColumnName,
) -> Result<Vec<Finding>> {
    let (table, uuid) = (quote::table(&target.table), quote::ident(&target.column));
    let mut findings = Vec::new();
    let missing = format!("SELECT count(*)::text FROM ONLY {table} t WHERE t.{uuid} IS NULL");
    let rows = count(connection, &missing).await?.unwrap_or_default();
    let remedy = "Give each of them one first: UPDATE ... SET ... = gen_random_uuid() WHERE ... IS NULL.";
    findings.extend(told::missing(target, rows, remedy));
    let twice = format!(
        "SELECT count(*)::text FROM (SELECT FROM ONLY {table} t WHERE t.{uuid} IS NOT NULL GROUP BY t.{uuid} HAVING count(*) > 1) d"
    );
    findings.extend(told::shared(target, count(connection, &twice).await?.unwrap_or_default()));
    if only_deferrable(scope, target) {
        findings.push(block(
            "RK-175",
            target,
            "The unique constraint on this column is deferrable, and the server lets no foreign key lead to such a one.",
            "Add one that is not: ALTER TABLE ... ADD UNIQUE (...).",
        ));
    }
    findings.push(told::told(conversion, target));
    Ok(findings)
}

fn only_deferrable(scope: &Scope<'_>, target: &ColumnName) -> bool {
    let Some(table) = scope.table(&target.table) else { return false };
    let mut keys = table
        .primary_key
        .iter()
        .chain(&table.unique_keys)
        .filter(|key| key.columns == [target.column.clone()])
        .peekable();
    let deferrable = |name: &str| {
        let object = quote::key("constraint", &[&table.name.schema, &table.name.name, name]);
        scope
            .schema
            .catalogue
            .objects
            .get(&object)
            .and_then(|found| found.get("deferrable"))
            .is_some_and(|text| text == "true")
    };
    keys.peek().is_some() && keys.all(|key| deferrable(&key.name))
}

fn block(rule: &str, object: &ColumnName, meaning: &str, remedy: &str) -> Finding {
    Finding::new(Severity::Block, rule, object.to_string(), meaning, remedy)
}
