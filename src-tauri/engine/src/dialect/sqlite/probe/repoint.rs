//! Can references leave a key for another column of its table? Each row that is referenced
//! needs a UUID of its own there.

use super::{Found, count, finding};
use crate::check::{Finding, Severity};
use crate::dialect::sqlite::quote;
use crate::dialect::{Connection, repoint as told};
use crate::error::Result;
use crate::plan::{Conversion, Storage};
use crate::schema::ColumnName;

/// Looks.
pub async fn look(connection: &mut dyn Connection, conversions: &[Conversion]) -> Result<Found> {
    let mut found = Found::new();
    for (conversion, target, first) in told::led(conversions) {
        let findings = about(connection, conversion, &target).await?;
        found.extend(findings.into_iter().map(|finding| (first.clone(), finding)));
    }
    Ok(found)
}

async fn about(connection: &mut dyn Connection, conversion: &Conversion, target: &ColumnName) -> Result<Vec<Finding>> {
    let (table, uuid) = (quote::name(&target.table.name), quote::name(&target.column));
    let key = quote::name(&conversion.root.column);
    let mut findings = Vec::new();
    let missing = many(connection, &uuid, &format!("{table} WHERE {uuid} IS NULL")).await?;
    findings.extend(told::missing(
        target,
        missing,
        "Give each of them one first: UPDATE ... SET ... WHERE ... IS NULL.",
    ));
    let twice = format!(
        "(SELECT {uuid} FROM {table} WHERE {uuid} IS NOT NULL GROUP BY {uuid} COLLATE BINARY HAVING count(*) > 1)"
    );
    findings.extend(told::shared(target, many(connection, &uuid, &twice).await?));
    findings.extend(spelt(connection, conversion.storage, target).await?);
    let odd = format!("{table} WHERE {key} IS NOT NULL AND typeof({key}) <> 'integer'");
    if let Some((rows, example)) = count(connection, &key, &odd).await? {
        let meaning = format!("{rows} keys are no whole numbers, {example} for one.");
        let remedy = "Correct these values, or leave the references as they are.";
        findings.push(finding(Severity::Block, "RK-210", &conversion.root, &meaning, remedy));
    }
    findings.push(told::told(conversion, target));
    Ok(findings)
}

// References will hold what the column holds, in the storage that was chosen.
async fn spelt(connection: &mut dyn Connection, storage: Storage, target: &ColumnName) -> Result<Option<Finding>> {
    let (table, uuid) = (quote::name(&target.table.name), quote::name(&target.column));
    let (right, kind, remedy) = match storage {
        Storage::Binary16 => (
            format!("typeof({uuid}) = 'blob' AND length({uuid}) = 16"),
            "of 16 bytes",
            "Choose '--storage char36' where they are texts, or name another column.",
        ),
        Storage::Uuid | Storage::Char36 => (
            format!("rekey_uuid({uuid}) IS {uuid}"),
            "in lower case with four hyphens",
            "Choose '--storage binary16' where they are 16 bytes each; else write them so first, or name another column.",
        ),
    };
    let other = format!("{table} WHERE {uuid} IS NOT NULL AND NOT ({right})");
    let Some((rows, example)) = count(connection, &uuid, &other).await? else { return Ok(None) };
    let meaning = format!(
        "{rows} values of this column are no UUIDs {kind}, {example} for one; nobody could tell references to them from numbers."
    );
    Ok(Some(finding(Severity::Block, "RK-174", target, &meaning, remedy)))
}

async fn many(connection: &mut dyn Connection, value: &str, from: &str) -> Result<u64> {
    Ok(count(connection, value, from).await?.and_then(|(rows, _)| rows.parse().ok()).unwrap_or_default())
}
