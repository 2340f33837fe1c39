//! Names of tables and columns, always with their schema.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A table's name with its schema (`main` on SQLite).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TableName {
    /// The schema.
    pub schema: String,
    /// The table's own name.
    #[serde(rename = "table")]
    pub name: String,
}

impl TableName {
    /// Joins a schema and a table's own name.
    pub fn new(schema: impl Into<String>, name: impl Into<String>) -> Self {
        TableName { schema: schema.into(), name: name.into() }
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.name)
    }
}

/// A column's name with its table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ColumnName {
    /// The table; on the wire its parts stand beside the column's name.
    #[serde(flatten)]
    pub table: TableName,
    /// The column's own name.
    pub column: String,
}

impl ColumnName {
    /// Joins the three parts.
    pub fn new(schema: impl Into<String>, table: impl Into<String>, column: impl Into<String>) -> Self {
        ColumnName { table: TableName::new(schema, table), column: column.into() }
    }
}

impl fmt::Display for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.table, self.column)
    }
}
