//! What is kept of a run: in the journal inside the database, in the local history and
//! in the report.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::application::versions::VersionTable;
use crate::execute::{ProofResult, SafetyNet};
use crate::plan::Conversion;
use crate::schema::{EngineKind, TableName};

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RunState {
    /// At work, or ended without saying so. Where DDL is part of transactions the database
    /// then holds no trace of it; elsewhere it can be resumed or taken back.
    Started,
    /// Complete and proven; can be undone.
    Converted,
    /// Failed; the database took everything back.
    RolledBack,
    /// At work going back, or ended without saying so, where DDL is no part of a transaction.
    Undoing,
    /// Taken back through the map.
    Undone,
    /// Complete for good: the map is gone.
    Kept,
}

impl RunState {
    /// The word that is stored and printed.
    pub fn word(self) -> &'static str {
        match self {
            RunState::Started => "started",
            RunState::Converted => "converted",
            RunState::RolledBack => "rolled_back",
            RunState::Undoing => "undoing",
            RunState::Undone => "undone",
            RunState::Kept => "kept",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            RunState::Started,
            RunState::Converted,
            RunState::RolledBack,
            RunState::Undoing,
            RunState::Undone,
            RunState::Kept,
        ]
        .into_iter()
        .find(|state| state.word() == word)
    }
}

/// What the user insisted on, with the typed reason. Printed in the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Overrides {
    /// Why there is no backup of Rekey's.
    pub no_backup: Option<String>,
    /// Why there was no rehearsal.
    pub no_rehearsal: Option<String>,
}

/// One step that was carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StepRecord {
    /// Id of the step in the plan.
    pub id: String,
    /// What it did.
    pub title: String,
    /// How long it took.
    pub seconds: f64,
    /// When it began, in seconds of work since the run began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub at: Option<f64>,
}

/// Bytes that a table takes on disk, as the server tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Size {
    /// The rows.
    #[ts(type = "number")]
    pub table: u64,
    /// Its indexes.
    #[ts(type = "number")]
    pub indexes: u64,
}

/// How large a converted table was before the run and is after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Sizes {
    /// The table.
    #[serde(flatten)]
    pub table: TableName,
    /// Before.
    pub before: Option<Size>,
    /// After, with the room that the server keeps in a table that was just written.
    pub after: Option<Size>,
}

/// One run, as data for the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RunRecord {
    /// Its id: ten lower-case letters and digits.
    pub run: String,
    /// Which product.
    pub engine: EngineKind,
    /// Version of the server.
    pub server_version: String,
    /// The database's name.
    pub database: String,
    /// Host, port and database, or the path.
    pub place: String,
    /// Fingerprint of the plan.
    pub plan_fingerprint: String,
    /// Where it stands.
    pub state: RunState,
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// When it ended.
    pub finished: Option<String>,
    /// How long it took in all.
    pub seconds: f64,
    /// Version of Rekey.
    pub tool_version: String,
    /// What it rests on.
    #[serde(flatten)]
    pub safety_net: SafetyNet,
    /// What the user insisted on.
    pub overrides: Overrides,
    /// What was converted.
    pub conversions: Vec<Conversion>,
    /// Ids in the maps.
    #[ts(type = "number")]
    pub ids: u64,
    /// The steps with their times.
    pub steps: Vec<StepRecord>,
    /// The proofs with their outcome.
    pub validation: Vec<ProofResult>,
    /// What is worth knowing afterwards.
    pub findings: Vec<crate::check::Finding>,
    /// What migration tools had written down when the run began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<VersionTable>>")]
    pub versions: Vec<VersionTable>,
    /// How large the converted tables were and are, where the server tells it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Sizes>>")]
    pub sizes: Vec<Sizes>,
    /// What went wrong, told in one sentence, where something did.
    pub failure: Option<String>,
    /// When it was undone.
    pub undone: Option<String>,
    /// The steps of the undo with their times.
    pub undo_steps: Vec<StepRecord>,
    /// The proofs of the undo.
    pub undo_validation: Vec<ProofResult>,
}
