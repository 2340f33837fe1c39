//! What answers take away from a table until the undo puts it back, as questions name it:
//! conditions (checks), and columns that the server computes.

use super::ddl::{ColumnText, ConstraintText, TableText};
use crate::plan::Conversion;
use crate::schema::{ColumnName, TableName};

/// A condition that no UUID would meet; `drop` takes it away.
pub const CONDITION: &str = "RK-306";
/// A column that is computed from a key; `drop` takes it away.
pub const COMPUTED: &str = "RK-305";
/// The answer that takes an object away until the undo puts it back.
pub const DROP: &str = "drop";

/// Every condition of a table: what questions call it, and what it says.
pub fn all<'t>(table: &TableName, text: &'t TableText) -> Vec<(String, &'t str)> {
    let own = text.checks.iter().filter_map(|check| Some((of_table(table, check), check.condition()?)));
    let columns = text.columns.iter().filter_map(|column| Some((of_column(table, column), column.condition()?)));
    own.chain(columns).collect()
}

fn of_table(table: &TableName, check: &ConstraintText) -> String {
    format!("check constraint {} on {table}", check.name)
}

// MariaDB keeps one that was written behind a column there, without a name of its own.
fn of_column(table: &TableName, column: &ColumnText) -> String {
    format!("check of column {} on {table}", column.name)
}

/// True for a check of the table that an answer takes away.
pub fn goes(conversions: &[Conversion], table: &TableName, check: &ConstraintText) -> bool {
    is_dropped(conversions, CONDITION, &of_table(table, check))
}

/// True for a column whose condition an answer takes away.
pub fn goes_from(conversions: &[Conversion], table: &TableName, column: &ColumnText) -> bool {
    column.condition().is_some() && is_dropped(conversions, CONDITION, &of_column(table, column))
}

/// True for a column that the server computes and that an answer takes away.
pub fn column_goes(conversions: &[Conversion], table: &TableName, column: &ColumnText) -> bool {
    let name = ColumnName { table: table.clone(), column: column.name.clone() };
    column.is_generated() && is_dropped(conversions, COMPUTED, &name.to_string())
}

fn is_dropped(conversions: &[Conversion], rule: &str, object: &str) -> bool {
    let question = format!("{rule} {object}");
    conversions.iter().any(|one| one.answers.get(&question).is_some_and(|answer| answer == DROP))
}
