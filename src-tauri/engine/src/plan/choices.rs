//! What the user chose. The same choices on the same schema give the same plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::plan::{Storage, UuidVersion};
use crate::schema::ColumnName;

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
            answers: BTreeMap::new(),
        }
    }
}
