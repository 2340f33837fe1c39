//! The one type that checks, probes and questions speak in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::schema::DomainMember;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something will be different; go on with open eyes.
    Warn,
    /// A person must decide. A finding of less weight that has options is a choice that
    /// may be changed, and takes its default otherwise.
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
    /// The answers that a person can give, where this is a question of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<AnswerOption>>")]
    pub options: Vec<AnswerOption>,
    /// The answer that is safe without further thought, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub default: Option<String>,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AnswerOption {
    /// What is written into the answers file.
    pub value: String,
    /// What follows from it, in one sentence.
    pub consequence: String,
    /// The column that this answer converts together with the key.
    #[serde(skip)]
    pub member: Option<Box<DomainMember>>,
}

impl AnswerOption {
    /// Puts an option together.
    pub fn new(value: impl Into<String>, consequence: impl Into<String>) -> Self {
        AnswerOption { value: value.into(), consequence: consequence.into(), member: None }
    }

    /// The same option, which converts this column together with the key.
    #[must_use]
    pub fn taking_in(mut self, member: DomainMember) -> Self {
        self.member = Some(Box::new(member));
        self
    }
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
            options: Vec::new(),
            default: None,
        }
    }

    /// The same finding as a question: one of the options is to be chosen. That the object
    /// stays as it is and its key is not converted (`leave`) can always be answered.
    #[must_use]
    pub fn asking(mut self, options: Vec<AnswerOption>, default: Option<&str>) -> Self {
        self.options = options;
        self.default = default.map(str::to_owned);
        self
    }

    /// True where an answer converts another column together with the key.
    pub fn takes_in(&self) -> bool {
        self.options.iter().any(|option| option.member.is_some())
    }

    /// The question's id in the answers file.
    pub fn question(&self) -> String {
        format!("{} {}", self.rule, self.object)
    }
}
