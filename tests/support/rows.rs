//! The whole content of a database in memory, as the database's own tools write it. Small
//! databases only: this is the test's view, not the product's.

use std::collections::BTreeMap;

/// A table with its schema (`main` on SQLite).
pub type TableId = (String, String);

/// A column with its table and schema.
pub type ColumnId = (String, String, String);

/// One table's columns and rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Names in their order.
    pub columns: Vec<String>,
    /// Types in the same order, as the server writes them.
    pub types: Vec<String>,
    /// The rows; each value as the product's own literal.
    pub rows: Vec<Vec<String>>,
}

/// Every table of the user.
pub type Rows = BTreeMap<TableId, Content>;

/// The text of a key value; none for NULL. PostgreSQL's COPY writes `\N`, SQLite's
/// `quote()` writes `NULL` and puts text in quotes.
pub fn key_text(literal: &str) -> Option<&str> {
    if literal == "\\N" || literal == "NULL" {
        return None;
    }
    Some(literal.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(literal))
}

/// True where a type of the server holds whole numbers.
pub fn is_integer(type_name: &str) -> bool {
    let name = type_name.to_ascii_lowercase();
    ["integer", "bigint", "smallint"].contains(&name.as_str())
        || (name.contains("int") && !name.contains("interval") && !name.contains("[]") && !name.contains("point"))
}
