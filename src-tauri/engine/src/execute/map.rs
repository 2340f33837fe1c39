//! The map from old ids to new ones, as a stream.

use crate::dialect::{Connection, Database};
use crate::error::Result;
use crate::execute::StoredRun;
use crate::schema::ColumnName;

/// One line of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapRow {
    /// The key.
    pub column: ColumnName,
    /// Its value before.
    pub old_id: String,
    /// Its value now.
    pub new_id: String,
}

/// Hands on every old and new id of every converted key, in the order of the old ids.
/// Memory stays flat whatever the number of rows.
///
/// # Errors
/// When the map cannot be read.
pub async fn map(
    database: &dyn Database,
    connection: &mut dyn Connection,
    stored: &StoredRun,
    sink: &mut (dyn FnMut(MapRow) + Send),
) -> Result<()> {
    let plan = &stored.plan;
    for (number, conversion) in plan.conversions.iter().enumerate() {
        let map = database.map_table(&plan.schema_fingerprint, &plan.conversions, number);
        let shared = conversion.members.iter().filter(|member| member.key).map(|member| &member.column);
        for column in std::iter::once(&conversion.root).chain(shared.filter(|column| **column != conversion.root)) {
            let table = &column.table;
            // The root stands for the whole domain, dangling references included; a shared
            // key lists its own rows only.
            let own = if *column == conversion.root {
                String::new()
            } else {
                format!(
                    " WHERE m.new_id IN (SELECT k.{} FROM {}.{} k)",
                    database.quote(&column.column),
                    database.quote(&table.schema),
                    database.quote(&table.name)
                )
            };
            let sql = format!(
                "SELECT {}, {} FROM {map} m{own} ORDER BY m.old_id",
                database.id_text("m.old_id"),
                database.uuid_text(conversion.storage, "m.new_id")
            );
            connection
                .stream(&sql, &mut |row| {
                    if let [Some(old_id), Some(new_id)] = row.as_slice() {
                        let (old_id, new_id) = (old_id.clone(), new_id.clone());
                        sink(MapRow { column: column.clone(), old_id, new_id });
                    }
                })
                .await?;
        }
    }
    Ok(())
}
