//! What the user chose. The same choices on the same schema give the same plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::plan::{Storage, UuidVersion};
use crate::schema::{ColumnName, TableName};

/// Which domains to convert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "select")]
#[ts(export)]
pub enum Selection {
    /// Every domain that can be converted.
    All,
    /// These, by their root.
    Domains {
        /// The roots.
        roots: Vec<ColumnName>,
    },
}

/// A key whose references leave it for a UUID column of the same table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Repoint {
    /// The key.
    pub root: ColumnName,
    /// The unique UUID column.
    pub target: String,
}

/// A table that gets a column of short ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Slug {
    /// The table.
    pub table: TableName,
    /// The new column's name.
    pub column: String,
}

/// All choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Choices {
    /// Which domains.
    pub selection: Selection,
    /// Kind of the new ids.
    pub uuid: UuidVersion,
    /// How they are stored; none means the best that the server has.
    pub storage: Option<Storage>,
    /// Convert columns that look like references and hold only values of the key.
    pub include_inferred: bool,
    /// Take the safe default wherever there is one.
    pub accept_defaults: bool,
    /// Keys whose references leave them for a UUID column of the same table.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Repoint>>")]
    pub repoint: Vec<Repoint>,
    /// Tables that get a column of short ids.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Slug>>")]
    pub slugs: Vec<Slug>,
    /// The namespace of UUIDs of version 5, in place of Rekey's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub namespace: Option<String>,
    /// Answers by the question's id.
    pub answers: BTreeMap<String, String>,
}

impl Default for Choices {
    fn default() -> Self {
        Choices {
            selection: Selection::All,
            uuid: UuidVersion::V7,
            storage: None,
            include_inferred: false,
            accept_defaults: false,
            repoint: Vec::new(),
            slugs: Vec::new(),
            namespace: None,
            answers: BTreeMap::new(),
        }
    }
}
