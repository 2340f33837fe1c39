//! What SQLite tells of its indexes, and of how it answers a question.

use std::collections::BTreeMap;

use super::inspect::table_name;
use super::quote;
use crate::dialect::{Connection, Explained, Figure, Figures};
use crate::execute::Size;
use crate::schema::TableName;
use crate::{Error, Result};

/// The largest file whose sizes are told. SQLite keeps none of them: dbstat reads every page, while
/// whoever writes has to wait.
const LOOKED_THROUGH: u64 = 64 * 1024 * 1024;

/// SQLite counts nothing (sqlite.org/dbstat.html is about sizes alone).
pub fn uses() -> Figures {
    Figures::untold("SQLite does not count how often an index is used.")
}

/// Bytes of each index.
pub async fn sizes(connection: &mut dyn Connection, tables: &[TableName]) -> Result<Figures> {
    let names = quote::texts(tables.iter().map(|table| table.name.as_str()));
    let sql = format!(
        "SELECT m.tbl_name, s.name, CAST(s.pgsize AS TEXT) FROM dbstat s JOIN sqlite_schema m ON m.name = s.name \
         WHERE s.aggregate = TRUE AND m.type = 'index' AND m.tbl_name IN ({names}) ORDER BY 1, 2"
    );
    let rows = match connection.query(&sql).await {
        // This SQLite was built without it.
        Err(Error::Statement { detail, .. }) if detail.contains("no such table") => {
            return Ok(Figures::untold("This SQLite was built without dbstat, which knows the sizes of indexes."));
        }
        other => other?,
    };
    let figure = |row: Vec<Option<String>>| {
        let [table, index, number] = <[Option<String>; 3]>::try_from(row).ok()?;
        Some(Figure { table: table_name(&table?), index: index?, number: number?.parse().ok()? })
    };
    Ok(Figures {
        figures: rows.into_iter().filter_map(figure).collect(),
        note: "Bytes of whole pages, as SQLite's dbstat tells them.".to_owned(),
    })
}

/// Bytes of each table and of its indexes, in whole pages; nothing where the file is large.
pub async fn table_sizes(connection: &mut dyn Connection, tables: &[TableName]) -> Result<BTreeMap<TableName, Size>> {
    if bytes(connection).await? > LOOKED_THROUGH {
        return Ok(BTreeMap::new());
    }
    let names = quote::texts(tables.iter().map(|table| table.name.as_str()));
    let sql = format!(
        "SELECT m.tbl_name, m.type, CAST(sum(s.pgsize) AS TEXT) FROM sqlite_schema m CROSS JOIN dbstat s ON s.name = m.name \
         WHERE s.aggregate = TRUE AND m.type IN ('table', 'index') AND m.tbl_name IN ({names}) GROUP BY 1, 2"
    );
    let mut found: BTreeMap<TableName, Size> = BTreeMap::new();
    for row in connection.query(&sql).await? {
        let [Some(table), Some(kind), Some(bytes)] = row.as_slice() else { continue };
        let size = found.entry(table_name(table)).or_insert(Size { table: 0, indexes: 0 });
        let bytes = bytes.parse().unwrap_or_default();
        if kind == "table" { size.table = bytes } else { size.indexes = bytes }
    }
    Ok(found)
}

// As many as were written, those of this transaction included.
async fn bytes(connection: &mut dyn Connection) -> Result<u64> {
    let rows = connection.query("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()").await?;
    Ok(rows.first().and_then(|row| row.first()?.as_deref()?.parse().ok()).unwrap_or(0))
}

/// Has SQLite tell how it would answer a question; it keeps no time itself.
pub async fn explain(connection: &mut dyn Connection, sql: &str) -> Result<Explained> {
    let rows = connection.query(&format!("EXPLAIN QUERY PLAN {sql}")).await?;
    Ok(read(rows.into_iter().filter_map(|row| row.into_iter().nth(3).flatten()).collect()))
}

// sqlite.org/eqp.html; an index that SQLite makes for one question is none of the file's.
fn read(plan: Vec<String>) -> Explained {
    let mut found = Explained::default();
    for line in &plan {
        let behind = ["USING INTEGER PRIMARY KEY", " USING COVERING INDEX ", " USING INDEX "]
            .into_iter()
            .find_map(|words| Some((words, line.split_once(words)?.1)));
        match behind {
            Some(("USING INTEGER PRIMARY KEY", _)) => found.uses("INTEGER PRIMARY KEY"),
            Some((_, rest)) => found.uses(rest.split(" (").next().unwrap_or(rest)),
            None => {}
        }
    }
    Explained { plan, ..found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_are_read_out_of_the_plan() {
        let lines = [
            "SCAN c USING COVERING INDEX child of (x=?)",
            "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)",
            "SEARCH q USING INDEX sqlite_autoindex_q_1 (id=?)",
            "SEARCH r USING AUTOMATIC COVERING INDEX (id=?)",
            "SCAN s",
        ];
        let found = read(lines.map(str::to_owned).to_vec());
        assert_eq!(found.indexes, ["child of", "INTEGER PRIMARY KEY", "sqlite_autoindex_q_1"]);
        assert_eq!((found.plan.len(), found.seconds), (5, None));
    }
}
