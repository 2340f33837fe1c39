//! What can go wrong around services, told so that a person can act on it.

use crate::{DataState, Error, Failure};

/// What went wrong. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The user's file cannot be used.
    #[error("'{path}' cannot be used: {reason}")]
    Description {
        /// The file.
        path: String,
        /// What is wrong with it, without a full stop.
        reason: String,
    },
    /// The file does not say how.
    #[error("the file has no \"{key}\"")]
    Missing {
        /// What it would stand under.
        key: &'static str,
    },
    /// A command cannot be started.
    #[error("'{command}' cannot be started: {reason}")]
    Start {
        /// The command.
        command: String,
        /// Why not.
        reason: String,
    },
    /// The answers from before cannot be used.
    #[error("the answers from before in '{path}' cannot be used: {reason}")]
    Snapshot {
        /// The file.
        path: String,
        /// Why not.
        reason: String,
    },
    /// A token is needed and there is none.
    #[error("there is no token for {origin}")]
    NoToken {
        /// Whose token it would be.
        origin: String,
    },
    /// The user pressed Cancel.
    #[error("cancelled")]
    Cancelled,
    /// The database.
    #[error(transparent)]
    Database(#[from] Error),
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        let (code, exit, why, remedy) = match &trouble {
            Trouble::Database(error) => return Failure::new(error, DataState::Untouched),
            Trouble::Description { .. } => (
                "RK-S01",
                2,
                "It is a JSON object of your own with the commands of your services and where they tell how they are.",
                "Correct it; docs/services.md shows one with everything that can stand in it.",
            ),
            Trouble::Missing { .. } => (
                "RK-S02",
                2,
                "Rekey does with your services only what you have written down.",
                "Add it; docs/services.md shows how.",
            ),
            Trouble::Start { .. } => (
                "RK-S03",
                1,
                "The program or its folder is not there, or may not be used by you.",
                "Check the first word of the command and the folder; no shell looks at them.",
            ),
            Trouble::Snapshot { .. } => (
                "RK-S04",
                2,
                "They are written by 'rekey api before', before the run, for the same file.",
                "Name the file that 'rekey api before' wrote. Where there is none, the time to ask was before the run.",
            ),
            Trouble::NoToken { .. } => (
                "RK-S05",
                2,
                "The file says that the interface wants one, and tokens never stand in it.",
                "Put it into the keyring with 'rekey api token', or name a file with --token-file.",
            ),
            Trouble::Cancelled => ("RK-S06", 1, "You pressed Cancel.", "Give the same command again."),
        };
        let state = DataState::Untouched;
        let text = trouble.to_string();
        let mut letters = text.chars();
        let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        Failure {
            code: code.to_owned(),
            what: format!("{first}{}.", letters.as_str()),
            why: why.to_owned(),
            remedy: vec![remedy.to_owned()],
            state_sentence: state.sentence(),
            state,
            details: None,
            exit,
        }
    }
}
