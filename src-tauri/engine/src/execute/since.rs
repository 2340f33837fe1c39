//! Rows that were written since a run: what each way back does to them is told with their
//! number.

use serde::Serialize;
use ts_rs::TS;

use crate::dialect::{Connection, Database};
use crate::error::{Error, Result};
use crate::execute::StoredRun;
use crate::plan::ConversionKind;
use crate::schema::ColumnName;

/// Rows of one table that have a key which the run did not give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Since {
    /// The key.
    #[serde(flatten)]
    pub key: ColumnName,
    /// The rows.
    #[ts(type = "number")]
    pub rows: u64,
}

/// Counts the rows that were written since, by the keys that no map knows. Tables whose own key
/// was not converted keep no trace of when a row came, and are left out.
///
/// # Errors
/// When the maps or the tables cannot be read.
pub async fn since(database: &dyn Database, connection: &mut dyn Connection, stored: &StoredRun) -> Result<Vec<Since>> {
    let plan = &stored.plan;
    let mut found = Vec::new();
    for (number, conversion) in plan.conversions.iter().enumerate() {
        // There the key stays as it is, and with it every row.
        if conversion.kind == ConversionKind::Repoint {
            continue;
        }
        let map = database.map_table(&plan.schema_fingerprint, &plan.conversions, number);
        let keys = conversion.members.iter().filter(|member| member.key).map(|member| &member.column);
        for key in std::iter::once(&conversion.root).chain(keys.filter(|key| **key != conversion.root)) {
            let column = database.quote(&key.column);
            let sql = format!(
                "SELECT {} FROM {}.{} k LEFT JOIN {map} m ON m.new_id = k.{column} \
                 WHERE m.new_id IS NULL AND k.{column} IS NOT NULL",
                database.text("count(*)"),
                database.quote(&key.table.schema),
                database.quote(&key.table.name)
            );
            let answer = connection.query(&sql).await?.into_iter().next().and_then(|row| row.into_iter().next());
            let unread = || Error::Internal { detail: "a count came back as no number".to_owned() };
            let rows = answer.flatten().and_then(|text| text.parse().ok()).ok_or_else(unread)?;
            found.push(Since { key: key.clone(), rows });
        }
    }
    Ok(found)
}
