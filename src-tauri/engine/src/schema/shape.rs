//! How a column holds ids.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a column holds the ids of a key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Shape {
    /// One id in each row.
    #[default]
    Plain,
    /// An array of ids.
    Array,
    /// One id in each row; another column of the same table says of which table.
    Typed {
        /// That column.
        by: String,
        /// Its values, as text, that stand for the key's table.
        values: Vec<String>,
    },
}

impl Shape {
    /// True for one id in each row, all of one key.
    pub fn is_plain(&self) -> bool {
        match self {
            Shape::Plain => true,
            Shape::Array | Shape::Typed { .. } => false,
        }
    }
}
