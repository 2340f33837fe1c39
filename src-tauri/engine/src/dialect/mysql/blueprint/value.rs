//! A converted column's value on the other side of the conversion, as an expression with the
//! joins that it needs.

use super::super::{quote, text as spelling};
use super::text;
use super::work::Work;
use crate::schema::ColumnName;

/// An expression and the joins that it needs.
pub struct Value {
    pub joins: String,
    pub expression: String,
}

/// The new value of a column of the row `row` with an old one; NULL where nobody knows it.
/// `alias` tells its joins from those of other columns.
pub fn new(work: &Work<'_>, column: &ColumnName, row: &str, alias: &str) -> Value {
    let own = format!("{row}.{}", quote::ident(&column.column));
    let Some(number) = work.conversion(column) else { return Value { joins: String::new(), expression: own } };
    let map = work.names.map(number);
    if !work.is_text(number) {
        let joins = format!(" LEFT JOIN {map} {alias} ON {alias}.old_id = {own}");
        return Value { joins, expression: format!("{alias}.new_id") };
    }
    let own = spelling::bytes(&own);
    let mut joins = format!(" LEFT JOIN {map} {alias} ON {alias}.old_id = {own}");
    if work.conversions[number].root == *column {
        return Value { joins, expression: format!("{alias}.new_id") };
    }
    // A reference may be spelt differently from its key, whose spelling the map has.
    let others = work.names.spellings(number);
    joins.push_str(&format!(" LEFT JOIN {others} {alias}s ON {alias}s.old_id = {own}"));
    Value { joins, expression: format!("COALESCE({alias}.new_id, {alias}s.new_id)") }
}

/// The old value of a column of a row with a new one, as the map has it; NULL where nobody
/// knows it.
pub fn old(work: &Work<'_>, column: &ColumnName, row: &str, alias: &str) -> Value {
    let own = format!("{row}.{}", quote::ident(&column.column));
    let Some(number) = work.conversion(column) else { return Value { joins: String::new(), expression: own } };
    let mut joins = format!(" LEFT JOIN {} {alias} ON {alias}.new_id = {own}", work.names.map(number));
    let mut expression = format!("{alias}.old_id");
    if let Some(deviation) = text::deviation(work, column) {
        joins.push_str(&deviation.join(work, row, &format!("{alias}s")));
        expression = format!("COALESCE({alias}s.old_id, {expression})");
    }
    Value { joins, expression }
}
