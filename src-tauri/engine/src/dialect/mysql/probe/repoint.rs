//! Can references leave a key for another column of its table? Each row that is referenced
//! needs a UUID of its own there.

use super::text::numbers;
use super::{Found, finding};
use crate::check::{Finding, Severity};
use crate::dialect::mysql::quote::{ident, table};
use crate::dialect::mysql::text;
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
    let (table, uuid) = (table(&target.table), ident(&target.column));
    let mut findings = Vec::new();
    let missing = count(connection, &format!("{table} t WHERE t.{uuid} IS NULL")).await?;
    let remedy = "Give each of them one first: UPDATE ... SET ... WHERE ... IS NULL.";
    findings.extend(told::missing(target, missing, remedy));
    let twice = format!("(SELECT 1 FROM {table} t WHERE t.{uuid} IS NOT NULL GROUP BY t.{uuid} HAVING COUNT(*) > 1) d");
    findings.extend(told::shared(target, count(connection, &twice).await?));
    if conversion.storage == Storage::Char36 {
        findings.extend(spelt(connection, target).await?);
    }
    findings.push(told::told(conversion, target));
    Ok(findings)
}

// References will hold what the column holds.
async fn spelt(connection: &mut dyn Connection, target: &ColumnName) -> Result<Option<Finding>> {
    let (table, own) = (table(&target.table), format!("t.{}", ident(&target.column)));
    let right = format!(
        "{} IS NOT NULL AND {own} LIKE '________-____-____-____-____________' AND {} = {}",
        text::digits(&text::utf8(&own)),
        text::bytes(&own),
        text::bytes(&format!("LOWER({own})"))
    );
    let rows = count(connection, &format!("{table} t WHERE {own} IS NOT NULL AND NOT ({right})")).await?;
    let meaning = format!(
        "{rows} values of this column are no UUIDs in lower case with four hyphens; nobody could tell references to them from numbers."
    );
    let remedy = "Write them so first, or name another column.";
    Ok((rows > 0).then(|| finding(Severity::Block, "RK-174", target, &meaning, remedy)))
}

async fn count(connection: &mut dyn Connection, from: &str) -> Result<u64> {
    let counted = numbers(connection, &format!("SELECT CAST(COUNT(*) AS CHAR) FROM {from}")).await?;
    Ok(counted.and_then(|counts| counts.first().copied()).unwrap_or_default())
}
