//! Next numbers, which move on without regard to any transaction.

use std::collections::BTreeMap;

use super::super::quote;
use crate::dialect::Connection;
use crate::error::Result;

const TABLES: &str = "SELECT CAST(t.TABLE_NAME AS CHAR), CAST(t.AUTO_INCREMENT AS CHAR) \
    FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_NAME IN \
    (SELECT c.TABLE_NAME FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = DATABASE() AND c.EXTRA LIKE '%auto_increment%')";
const SEQUENCES: &str = "SELECT CAST(TABLE_NAME AS CHAR) FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'SEQUENCE'";

/// What each table and each sequence gives out next.
pub async fn next_numbers(connection: &mut dyn Connection) -> Result<BTreeMap<String, i128>> {
    let mut found = BTreeMap::new();
    for row in connection.query(TABLES).await? {
        let mut cells = row.into_iter();
        let (Some(Some(table)), next) = (cells.next(), cells.next().flatten()) else { continue };
        // One that never gave any out gives 1, whether or not the server says so.
        let next = next.and_then(|text| text.parse().ok()).unwrap_or(1).max(1);
        found.insert(format!("next number of {table}"), next);
    }
    for name in connection.query(SEQUENCES).await?.into_iter().flatten().flatten() {
        let asked = format!("SELECT CAST(next_not_cached_value AS CHAR) FROM {}", quote::ident(&name));
        let next = connection.query(&asked).await?.into_iter().flatten().flatten().next();
        found.insert(format!("next value of {name}"), next.and_then(|text| text.parse().ok()).unwrap_or_default());
    }
    Ok(found)
}
