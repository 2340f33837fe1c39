//! The outcome of a run in words: what stands first in the report.

use serde::Serialize;

use crate::execute::{RunRecord, RunState};

/// How an outcome feels. Never shown by colour alone: a word and a symbol go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As it should be.
    Good,
    /// Neither good nor bad.
    Neutral,
    /// It did not succeed.
    Bad,
}

impl Tone {
    pub(super) fn word(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Neutral => "neutral",
            Tone::Bad => "bad",
        }
    }
}

/// How a run came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// How it feels.
    pub tone: Tone,
    /// One or two words.
    pub word: String,
    /// The outcome in one sentence.
    pub headline: String,
    /// What that means for the data, in one or two sentences.
    pub meaning: String,
}

impl Outcome {
    /// The outcome of that run.
    pub fn of(record: &RunRecord) -> Outcome {
        match record.state {
            RunState::Converted => converted(record, "Converted"),
            RunState::Kept => converted(record, "Kept"),
            RunState::RolledBack => outcome(
                Tone::Bad,
                "Not converted",
                "The run did not succeed and the database took everything back.",
                "The database is as it was before the run: every table, key, reference and row.",
            ),
            RunState::Undone => outcome(
                Tone::Neutral,
                "Undone",
                "The conversion was taken back: the integer keys are in place again.",
                "Keys and references hold their old integers, translated back through the map and proven by comparison.",
            ),
            RunState::Undoing => outcome(
                Tone::Neutral,
                "On its way back",
                "The undo began and has not said how it ended.",
                "No row is lost: the tables are whole, with the new keys or with the old ones. Resume it with the command below.",
            ),
            RunState::Started => outcome(
                Tone::Neutral,
                "Not known",
                "The run began and has not said how it ended.",
                "The database is either converted whole or as before, never half. Ask it with the command below.",
            ),
        }
    }

    /// A symbol that goes with the word.
    pub fn symbol(&self) -> &'static str {
        match self.tone {
            Tone::Good => "✓",
            Tone::Neutral => "•",
            Tone::Bad => "✗",
        }
    }
}

fn converted(record: &RunRecord, word: &str) -> Outcome {
    let failed = record.validation.iter().filter(|proof| !proof.passed).count();
    if failed > 0 {
        return outcome(
            Tone::Bad,
            "Check needed",
            "The conversion is in place, but not every proof holds.",
            "Look at the proofs below before the application goes on.",
        );
    }
    let meaning = if record.validation.is_empty() {
        "The conversion is complete.".to_owned()
    } else {
        format!(
            "No row was lost, added or linked to another: {} compared the database before and after, and all held.",
            super::words::count(record.validation.len(), "proof", "proofs")
        )
    };
    let headline = match record.state {
        RunState::Kept => "The integer keys are UUIDs now, with every reference to them, for good.",
        RunState::Converted | RunState::Started | RunState::RolledBack | RunState::Undoing | RunState::Undone => {
            "The integer keys are UUIDs now, with every reference to them."
        }
    };
    outcome(Tone::Good, word, headline, &meaning)
}

fn outcome(tone: Tone, word: &str, headline: &str, meaning: &str) -> Outcome {
    Outcome { tone, word: word.to_owned(), headline: headline.to_owned(), meaning: meaning.to_owned() }
}
