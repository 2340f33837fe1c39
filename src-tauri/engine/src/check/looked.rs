//! What one check saw, and how it came out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Finding, Group, Name, Severity};
use crate::plan::Conversion;
use crate::schema::Schema;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "CheckOutcome")]
pub enum Outcome {
    /// Nothing stands in the way.
    Passed,
    /// Go on with open eyes.
    Warning,
    /// Nothing runs as long as this stands or is not decided.
    Blocking,
    /// There is nothing of the kind here.
    NotApplicable,
    /// It could not be looked at; the reason says why.
    Unknown,
}

/// One check with what it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Check {
    /// Which one.
    pub name: Name,
    /// Where it belongs.
    pub group: Group,
    /// What was looked at.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// How it came out.
    pub outcome: Outcome,
    /// What was measured, such as `disk free 12 GB, about 31 GB needed`.
    pub measured: String,
    /// Why it does not apply or could not be looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// What to do, in words or as the exact statement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub remedy: Vec<String>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a check is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The database as it is now.
    pub schema: &'a Schema,
    /// What is to be converted.
    pub conversions: &'a [Conversion],
}

/// What a check saw, before it is put on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    outcome: Outcome,
    measured: String,
    reason: Option<String>,
    remedy: Vec<String>,
    findings: Vec<Finding>,
}

impl Looked {
    /// Nothing stands in the way.
    pub fn passed(measured: impl Into<String>) -> Looked {
        Looked {
            outcome: Outcome::Passed,
            measured: measured.into(),
            reason: None,
            remedy: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// What was found decides: a note passes, and what waits for a decision blocks.
    pub fn found(measured: impl Into<String>, findings: Vec<Finding>) -> Looked {
        let outcome = match findings.iter().map(|finding| finding.severity).max() {
            None | Some(Severity::Info) => Outcome::Passed,
            Some(Severity::Warn) => Outcome::Warning,
            Some(Severity::Ask | Severity::Block) => Outcome::Blocking,
        };
        Looked { outcome, findings, ..Looked::passed(measured) }
    }

    /// Go on with open eyes; the plan has told the particulars already.
    pub fn warning(measured: impl Into<String>, remedy: &str) -> Looked {
        Looked { outcome: Outcome::Warning, remedy: vec![remedy.to_owned()], ..Looked::passed(measured) }
    }

    /// Nothing runs before a person has decided; another check tells the particulars.
    pub fn blocking(measured: impl Into<String>, remedy: &str) -> Looked {
        Looked { outcome: Outcome::Blocking, ..Looked::warning(measured, remedy) }
    }

    /// There is nothing of the kind here.
    pub fn not_applicable(reason: impl Into<String>) -> Looked {
        Looked { outcome: Outcome::NotApplicable, reason: Some(reason.into()), ..Looked::passed("") }
    }

    /// It could not be looked at.
    pub fn unknown(reason: impl Into<String>) -> Looked {
        Looked { outcome: Outcome::Unknown, reason: Some(reason.into()), ..Looked::passed("") }
    }

    /// The same with something to say about how far the measured value can be trusted.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Looked {
        self.reason = Some(reason.into());
        self
    }

    /// The same with what another look has found.
    #[must_use]
    pub fn and(mut self, other: Looked) -> Looked {
        self.findings.extend(other.findings);
        self
    }

    /// The same as a warning, however little the findings weigh, where there are any.
    #[must_use]
    pub fn noted(mut self) -> Looked {
        if self.outcome == Outcome::Passed && !self.findings.is_empty() {
            self.outcome = Outcome::Warning;
        }
        self
    }

    /// The same on the list.
    pub fn on_list(self, name: Name) -> Check {
        let mut remedy = self.remedy;
        for finding in &self.findings {
            if !finding.remedy.is_empty() && !remedy.contains(&finding.remedy) {
                remedy.push(finding.remedy.clone());
            }
        }
        Check {
            name,
            group: name.group(),
            title: name.title().to_owned(),
            why: name.why().to_owned(),
            outcome: self.outcome,
            measured: self.measured,
            reason: self.reason,
            remedy,
            findings: self.findings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(severity: Severity) -> Finding {
        Finding::new(severity, "RK-000", "object", "meaning", "remedy")
    }

    #[test]
    fn the_heaviest_finding_decides_and_remedies_are_told_once() {
        for (severity, outcome) in [
            (Severity::Info, Outcome::Passed),
            (Severity::Warn, Outcome::Warning),
            (Severity::Ask, Outcome::Blocking),
            (Severity::Block, Outcome::Blocking),
        ] {
            let check = Looked::found("1", vec![finding(Severity::Info), finding(severity)]).on_list(Name::Rights);
            assert_eq!((check.outcome, check.remedy.len()), (outcome, 1), "{severity:?}");
        }
        assert_eq!(Looked::found("", vec![finding(Severity::Info)]).noted().outcome, Outcome::Warning);
        assert_eq!(Looked::found("", Vec::new()).noted().outcome, Outcome::Passed);
    }
}
