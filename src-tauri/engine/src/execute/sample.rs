//! A few rows of one table with their old and new ids side by side, for a person who asks to
//! see them. They are shown and kept nowhere.

use serde::Serialize;
use ts_rs::TS;

use crate::dialect::{Connection, Database};
use crate::error::{Error, Result};
use crate::execute::StoredRun;
use crate::plan::{ConversionKind, Member};
use crate::schema::{ColumnName, Shape, TableName};

/// How many rows are shown.
const ROWS: usize = 20;

/// Rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Sample {
    /// The converted columns that are shown.
    pub columns: Vec<String>,
    /// Rows, with a cell for each column.
    pub rows: Vec<Vec<SampleCell>>,
    /// The query that found them.
    pub sql: String,
}

/// One id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SampleCell {
    /// Before the run; none where the row is newer, or the column is NULL.
    pub old: Option<String>,
    /// Now; none where the column is NULL.
    pub new: Option<String>,
}

/// The first rows that the server gives of a converted table.
///
/// # Errors
/// [`Error::Unknown`] where the run converted nothing of that table that can be shown; errors
/// of reading.
pub async fn sample(
    database: &dyn Database,
    connection: &mut dyn Connection,
    stored: &StoredRun,
    table: &TableName,
) -> Result<Sample> {
    let unknown = || Error::Unknown { kind: "converted table", name: table.to_string() };
    let members = members(stored, table);
    if members.is_empty() {
        return Err(unknown());
    }
    let sql = query(database, stored, table, &members);
    let rows = connection.query(&sql).await?;
    let pairs = |row: Vec<Option<String>>| {
        row.chunks(2)
            .map(|pair| SampleCell { old: pair.first().cloned().flatten(), new: pair.get(1).cloned().flatten() })
            .collect()
    };
    Ok(Sample {
        columns: members.iter().map(|(_, member)| member.column.column.clone()).collect(),
        rows: rows.into_iter().map(pairs).collect(),
        sql,
    })
}

// Those that hold one id each and were given another. The same column may belong to several
// conversions where it is a list of ids, which has no place in a table of pairs.
fn members<'s>(stored: &'s StoredRun, table: &TableName) -> Vec<(usize, &'s Member)> {
    let mut found: Vec<(usize, &Member)> = Vec::new();
    for (number, conversion) in stored.plan.conversions.iter().enumerate() {
        let kept = |column: &ColumnName| conversion.kind == ConversionKind::Repoint && *column == conversion.root;
        let here =
            |member: &&Member| member.column.table == *table && Shape::is_plain(&member.shape) && !kept(&member.column);
        found.extend(conversion.members.iter().filter(here).map(|member| (number, member)));
    }
    found.sort_by_key(|(_, member)| !member.key);
    found
}

fn query(database: &dyn Database, stored: &StoredRun, table: &TableName, members: &[(usize, &Member)]) -> String {
    let plan = &stored.plan;
    let cells = members.iter().enumerate().map(|(place, (number, member))| {
        let column = database.quote(&member.column.column);
        let storage = plan.conversions[*number].storage;
        let (old, new) =
            (database.id_text(&format!("m{place}.old_id")), database.uuid_text(storage, &format!("k.{column}")));
        format!("  {old}, {new}")
    });
    let joins = members.iter().enumerate().map(|(place, (number, member))| {
        let map = database.map_table(&plan.schema_fingerprint, &plan.conversions, *number);
        format!("\nLEFT JOIN {map} m{place} ON m{place}.new_id = k.{}", database.quote(&member.column.column))
    });
    format!(
        "SELECT\n{}\nFROM (SELECT * FROM {}.{} LIMIT {ROWS}) k{}",
        cells.collect::<Vec<_>>().join(",\n"),
        database.quote(&table.schema),
        database.quote(&table.name),
        joins.collect::<String>()
    )
}
