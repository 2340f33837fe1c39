//! The one type that checks, probes and questions speak in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something will be different; go on with open eyes.
    Warn,
    /// A person must decide.
    Ask,
    /// Nothing runs as long as this stands.
    Block,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// The stable rule, such as `RK-107`.
    pub rule: String,
    /// The object by name.
    pub object: String,
    /// What it is and why it matters.
    pub meaning: String,
    /// What to do.
    pub remedy: String,
}

impl Finding {
    /// Puts a finding together.
    pub fn new(
        severity: Severity,
        rule: &str,
        object: impl Into<String>,
        meaning: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Finding {
            severity,
            rule: rule.to_owned(),
            object: object.into(),
            meaning: meaning.into(),
            remedy: remedy.into(),
        }
    }
}
