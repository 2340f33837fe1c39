//! Rows that keep their old key as their number.
//!
//! A key that was another name for the row's number leaves that number to the row when it
//! becomes a UUID. In the run that converts it, the line of the map behind a new id is then
//! found by the number, in the order in which both tables lie, and must hold that id. A map
//! whose ids are all read so needs no index over them before the undo, when rows may have
//! been written that got numbers of their own.

use super::proof::met;
use super::work::{Work, rowid};
use crate::plan::ConversionKind;
use crate::schema::{Generator, TableName};

const WIDE: usize = 1000;

/// The name under which a converted column's old value is still there as the row's number.
pub fn number(work: &Work<'_>, table: &TableName, column: &str) -> Option<&'static str> {
    let known = work.table(table)?;
    let change = known.columns.get(column)?;
    let made = work.conversions.get(change.conversion)?.kind == ConversionKind::IntToUuid;
    let alias = known.table.column(column).is_some_and(|one| matches!(one.generator, Generator::RowId { .. }));
    // No query speaks of more than 2000 columns, and these are some more.
    let narrow = work.tables.iter().all(|one| one.table.columns.len() < WIDE);
    rowid(work.schema, known.table).filter(|_| made && alias && narrow)
}

/// True for a map whose new ids are read by numbers alone, but for those of values that
/// point nowhere. Its order proves that all are different.
pub fn is_bare(work: &Work<'_>, conversion: usize) -> bool {
    let Some(known) = work.conversions.get(conversion) else { return false };
    let through_parent = |table: &TableName, column: &str| {
        let Some(named) = work.table(table) else { return false };
        // A proof of another reference may name the row by its key.
        let key = named.table.primary_key.as_ref().is_some_and(|key| key.columns.iter().any(|one| one == column));
        !key && met(work, table)
            .iter()
            .any(|(own, key)| *own == column && number(work, &key.parent, &key.parent_columns[0]).is_some())
    };
    known.kind == ConversionKind::IntToUuid
        && known.uuid.ordered()
        && number(work, &known.root.table, &known.root.column).is_some()
        && known.members.iter().map(|member| &member.column).all(|column| {
            number(work, &column.table, &column.column).is_some() || through_parent(&column.table, &column.column)
        })
}
