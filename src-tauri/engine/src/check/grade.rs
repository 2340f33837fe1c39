//! The checklist in one letter, the minutes of standstill and the number of decisions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Check, Outcome, Severity, Subject, room};
use crate::plan::Plan;

/// How ready a database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub enum Letter {
    /// It can begin.
    A,
    /// It can begin, and some things are to be known before.
    B,
    /// Something stands in the way.
    C,
}

/// The checklist in a few words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Grade {
    /// The letter.
    pub letter: Letter,
    /// What the letter says.
    pub meaning: String,
    /// Minutes in which the application stands still, estimated from rows and bytes. A rehearsal
    /// measures them.
    pub minutes: f64,
    /// Decisions that a person has taken or has yet to take.
    pub decisions: usize,
    /// Those that are still open.
    pub open: usize,
}

/// Gives the grade.
pub(super) fn of(checks: &[Check], plan: &Plan, subject: Subject<'_>) -> Grade {
    let (letter, meaning) = letter(checks);
    let asked = plan.questions.len();
    let undecided = plan.questions.iter().filter(|question| question.answer.is_none() && question.default.is_none());
    let open = undecided.count() + asked_late(checks);
    let minutes = room::minutes(subject.schema.engine, room::room(subject));
    Grade {
        letter,
        meaning: meaning.to_owned(),
        minutes: (minutes * 10.0).ceil() / 10.0,
        decisions: asked.max(open),
        open,
    }
}

impl Grade {
    /// The same after some of the checks came out in another way, or are told elsewhere.
    #[must_use]
    pub(super) fn over(self, before: &[Check], after: &[Check]) -> Grade {
        let (letter, meaning) = letter(after);
        let open = (self.open + asked_late(after)).saturating_sub(asked_late(before));
        Grade { letter, meaning: meaning.to_owned(), open, decisions: self.decisions.max(open), ..self }
    }
}

fn letter(checks: &[Check]) -> (Letter, &'static str) {
    let has = |outcome: Outcome| checks.iter().any(|check| check.outcome == outcome);
    if has(Outcome::Blocking) {
        (Letter::C, "Something stands in the way of the run.")
    } else if has(Outcome::Warning) || has(Outcome::Unknown) {
        (Letter::B, "The run can begin; the warnings are to be read before.")
    } else {
        (Letter::A, "The run can begin.")
    }
}

// What the plan could not ask about, since it came since.
fn asked_late(checks: &[Check]) -> usize {
    checks.iter().flat_map(|check| &check.findings).filter(|finding| finding.severity == Severity::Ask).count()
}
