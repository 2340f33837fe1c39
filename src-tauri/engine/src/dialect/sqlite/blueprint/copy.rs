//! One table, rebuilt: new table, rows, old table away. Its name comes later, for all
//! tables at once; renaming an old table would point the references and triggers of
//! other tables to it.

use super::super::{ddl, quote};
use super::work::{ColumnWork, TableWork, Work, fits, rowid, stored};
use super::{sql_name, value};
use crate::schema::{Generator, TableName};
use crate::{Error, Result};

/// The statements that convert a table.
pub fn forward(work: &Work<'_>, table: &TableWork<'_>) -> Result<Vec<String>> {
    rebuild(work, table, &table.after, value::new, table.converts_rowid())
}

/// The statements that convert it back.
pub fn backward(work: &Work<'_>, table: &TableWork<'_>) -> Result<Vec<String>> {
    rebuild(work, table, table.before, value::old, false)
}

// What an expression for a value of the other side is made from.
type Translated = fn(&Work<'_>, &TableName, &str, &str, ColumnWork) -> String;

fn rebuild(
    work: &Work<'_>,
    table: &TableWork<'_>,
    text: &str,
    translated: Translated,
    was_alias: bool,
) -> Result<Vec<String>> {
    let passing = work.names.passing(table.number);
    let create = ddl::renamed(text, &passing)
        .ok_or_else(|| Error::Internal { detail: format!("the text of {} cannot be read", table.table.name) })?;
    let (name, passing) = (sql_name(table.table), quote::name(&passing));
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    let rowid = rowid(work.schema, table.table);
    if let Some(rowid) = rowid.filter(|_| (was_alias || !has_alias(table)) && fits(table.table.columns.len())) {
        columns.push(rowid.to_owned());
        values.push(format!("o.{rowid}"));
    }
    for column in stored(work.schema, table.table) {
        let own = quote::name(&column.name);
        values.push(match table.columns.get(column.name.as_str()) {
            Some(change) => translated(work, &table.table.name, "o", &column.name, *change),
            None => format!("o.{own}"),
        });
        columns.push(own);
    }
    // In the order of the rows, not of some index that happens to hold all columns.
    let order = rowid.map_or(String::new(), |rowid| format!(" ORDER BY o.{rowid}"));
    Ok(vec![
        create,
        format!(
            "INSERT OR ABORT INTO {passing} ({}) SELECT {} FROM {name} o{order}",
            columns.join(", "),
            values.join(", ")
        ),
        format!("DROP TABLE {name}"),
    ])
}

fn has_alias(table: &TableWork<'_>) -> bool {
    table.table.columns.iter().any(|column| matches!(column.generator, Generator::RowId { .. }))
}
