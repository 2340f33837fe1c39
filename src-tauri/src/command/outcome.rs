//! How a command ends: with a result, or with a failure that says what to do.

use rekey_engine::execute::RunFailure;
use rekey_engine::{DataState, Error, Failure};
use serde::Serialize;
use serde_json::{Map, Value};

/// A result, as data and as text.
#[derive(Debug)]
pub enum Outcome {
    /// To be printed: the document for `--json`, the text for people.
    Shown {
        /// The document, as JSON.
        json: String,
        /// The text.
        text: String,
    },
    /// The command has written to stdout itself.
    Written,
}

impl Outcome {
    /// A result from its data and its text.
    pub fn new(json: &impl Serialize, text: impl Into<String>) -> Outcome {
        Outcome::of(serde_json::to_string_pretty(json).unwrap_or_default(), text)
    }

    /// A result whose document has been written down before.
    pub fn of(json: String, text: impl Into<String>) -> Outcome {
        Outcome::Shown { json, text: text.into() }
    }
}

/// A command that did not succeed, with whatever it found until then.
#[derive(Debug)]
pub struct Stop {
    /// What went wrong.
    pub failure: Box<Failure>,
    /// What goes beside `failure` into the document.
    pub document: Map<String, Value>,
    /// What people read on stdout before the failure on stderr.
    pub text: String,
}

impl Stop {
    /// A command line that cannot be carried out as it is written. Exit code 2.
    pub fn usage(what: &str, why: &str, remedy: &[&str]) -> Stop {
        own("RK-C02", 2, what, why, remedy)
    }

    /// Something that Rekey will not do. Exit code 3.
    pub fn refused(what: &str, why: &str, remedy: &[&str]) -> Stop {
        own("RK-C03", 3, what, why, remedy)
    }

    /// Something that did not come out as it should. Exit code 1.
    pub fn failed(what: &str, why: &str, remedy: &[&str]) -> Stop {
        own("RK-C01", 1, what, why, remedy)
    }

    /// Puts the state of the data right, where it is not untouched.
    pub fn in_state(mut self, state: DataState) -> Stop {
        self.failure.state_sentence = state.sentence();
        self.failure.state = state;
        self
    }

    /// Adds what was found until then.
    pub fn with(mut self, json: &impl Serialize, text: impl Into<String>) -> Stop {
        if let Ok(Value::Object(document)) = serde_json::to_value(json) {
            self.document = document;
        }
        self.text = text.into();
        self
    }
}

fn own(code: &str, exit: u8, what: &str, why: &str, remedy: &[&str]) -> Stop {
    let state = DataState::Untouched;
    Stop {
        failure: Box::new(Failure {
            code: code.to_owned(),
            what: what.to_owned(),
            why: why.to_owned(),
            remedy: remedy.iter().map(|&line| line.to_owned()).collect(),
            state_sentence: state.sentence(),
            state,
            details: None,
            exit,
        }),
        document: Map::new(),
        text: String::new(),
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop { failure: Box::new(failure), document: Map::new(), text: String::new() }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Failure::from(error).into()
    }
}

impl From<RunFailure> for Stop {
    fn from(failed: RunFailure) -> Stop {
        Stop::from(failed.failure).with(&failed.record, String::new())
    }
}
