//! A converted column's value on the other side, as an expression.

use super::super::{quote, uuid};
use super::work::{ColumnWork, Work};
use super::{held, text};
use crate::plan::ConversionKind;
use crate::schema::TableName;

/// A column of a row as SQL; `alias` is the row's.
pub fn own(alias: &str, column: &str) -> String {
    format!("{alias}.{}", quote::name(column))
}

/// The new value of a column with an old one.
pub fn new(work: &Work<'_>, table: &TableName, alias: &str, column: &str, change: ColumnWork) -> String {
    let own = own(alias, column);
    let mapped = format!("(SELECT m.new_id FROM {} m WHERE m.old_id = {own})", work.names.map(change.conversion));
    let Some(conversion) = work.conversions.get(change.conversion) else { return mapped };
    let is_root = conversion.root.table == *table && conversion.root.column == column;
    match conversion.kind {
        // A reference may be spelt differently from its key, whose spelling the map has.
        ConversionKind::TextToUuid if !is_root => {
            format!("coalesce({mapped}, {})", uuid::stored(conversion.storage, &text::read(conversion, &own)))
        }
        ConversionKind::IntToUuid if !is_root && work.own => held::or(change.conversion, &own, &mapped),
        ConversionKind::TextToUuid | ConversionKind::IntToUuid | ConversionKind::Repoint => mapped,
    }
}

/// The old value of a column with a new one; NULL where nobody knows it.
pub fn old(work: &Work<'_>, table: &TableName, alias: &str, column: &str, change: ColumnWork) -> String {
    let map = work.names.map(change.conversion);
    let mapped = format!("(SELECT m.old_id FROM {map} m WHERE m.new_id = {})", own(alias, column));
    match text::deviation(work, table, column) {
        Some(deviation) => format!("coalesce({}, {mapped})", deviation.spelling(work, alias)),
        None => mapped,
    }
}
