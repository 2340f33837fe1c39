//! What a server tells of its indexes, and of how it answers a question.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::schema::TableName;

/// One number of one index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The table that the index is on.
    pub table: TableName,
    /// The index.
    pub index: String,
    /// The number.
    pub number: u64,
}

/// Numbers of indexes, as far as the server tells them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Those that it tells.
    pub figures: Vec<Figure>,
    /// What the numbers are, or why there are none.
    pub note: String,
}

impl Figures {
    /// None, for that reason.
    pub fn untold(reason: impl Into<String>) -> Self {
        Figures { figures: Vec::new(), note: reason.into() }
    }
}

/// How a server went about answering a question, as it tells it itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Explained {
    /// How long it was at work, in seconds; none where it does not tell.
    pub seconds: Option<f64>,
    /// The indexes that it looked into, in its own order.
    pub indexes: Vec<String>,
    /// What it did, a line for each part.
    pub plan: Vec<String>,
}

impl Explained {
    /// Notes an index once.
    pub fn uses(&mut self, index: &str) {
        if self.indexes.iter().all(|known| known != index) {
            self.indexes.push(index.to_owned());
        }
    }
}
