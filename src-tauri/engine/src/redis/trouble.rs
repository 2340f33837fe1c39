//! What can go wrong with Redis, told so that a person can act on it.

use redis::ServerError;

use crate::error::{DataState, Error, Failure};

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The address cannot be understood.
    #[error("the address of Redis cannot be understood: {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// A rule cannot be carried out as it is written.
    #[error("the rule '{rule}' cannot be used: {reason}")]
    Rule {
        /// The rule.
        rule: String,
        /// Why not.
        reason: String,
        /// What to do.
        remedy: String,
    },
    /// Something that Rekey will not do.
    #[error("{what}")]
    Refused {
        /// What it is, in one sentence without its full stop.
        what: String,
        /// Why not.
        why: String,
        /// What to do.
        remedy: String,
    },
    /// Nobody answers there.
    #[error("no Redis answers at {place}")]
    Unreachable {
        /// Where.
        place: String,
        /// What the system or the server said.
        detail: String,
    },
    /// The server says no, and would say no again.
    #[error("Redis refused: {detail}")]
    Denied {
        /// The server's word for it, such as `NOPERM`.
        code: String,
        /// What it said.
        detail: String,
    },
    /// The server could not do it for as long as Rekey tried.
    #[error("Redis could not go on: {detail}")]
    Unavailable {
        /// Seconds that were spent trying.
        seconds: u64,
        /// What it said last.
        detail: String,
    },
    /// The user pressed Cancel.
    #[error("cancelled")]
    Cancelled,
    /// What the server answered makes no sense.
    #[error("Redis answered what Rekey did not expect: {detail}")]
    Unexpected {
        /// What it was.
        detail: String,
    },
    /// The database with the map.
    #[error(transparent)]
    Database(#[from] Error),
}

// Words of the server that come with every try again: for want of a right or of room.
const DENIED: [&str; 6] = ["NOPERM", "NOAUTH", "WRONGPASS", "OOM", "MISCONF", "NOREPLICAS"];

impl Trouble {
    /// What an error of the server means where it would come again, whatever is sent.
    pub(super) fn denied(error: &ServerError) -> Option<Trouble> {
        let code = DENIED.iter().find(|code| **code == error.code())?;
        let detail = error.details().unwrap_or_default().to_owned();
        Some(Trouble::Denied { code: (*code).to_owned(), detail: format!("{code} {detail}").trim().to_owned() })
    }

    /// What a failure to connect means.
    pub(super) fn connecting(place: &str, error: &redis::RedisError) -> Trouble {
        let detail = error.to_string();
        match error.code().and_then(|code| DENIED.iter().find(|known| **known == code)) {
            Some(code) => Trouble::Denied { code: (*code).to_owned(), detail },
            // The library has a kind of its own for a refused login.
            None if error.kind() == redis::ErrorKind::AuthenticationFailed => {
                Trouble::Denied { code: "WRONGPASS".to_owned(), detail }
            }
            None => Trouble::Unreachable { place: place.to_owned(), detail },
        }
    }

    pub(super) fn unexpected(what: &str, value: &redis::Value) -> Trouble {
        Trouble::Unexpected { detail: format!("{what}: {value:?}").chars().take(400).collect() }
    }

    /// Tells it together with what was done until then: `run` is the run whose ids are
    /// translated, `done` says what Redis holds now where something was changed.
    pub fn failure(&self, run: Option<&str>, done: Option<String>) -> Failure {
        if let Trouble::Database(error) = self {
            return settled(Failure::new(error, DataState::Untouched), run, done);
        }
        let (code, exit, why, remedy) = self.explain();
        let state = DataState::Untouched;
        let failure = Failure {
            code: code.to_owned(),
            what: sentence(&self.to_string()),
            why,
            remedy,
            state_sentence: state.sentence(),
            state,
            details: self.details(),
            exit,
        };
        settled(failure, run, done)
    }

    fn details(&self) -> Option<String> {
        match self {
            Trouble::Unreachable { detail, .. } => Some(detail.clone()),
            Trouble::Unavailable { seconds, .. } => Some(format!("Rekey tried for {seconds} s.")),
            Trouble::Address { .. }
            | Trouble::Rule { .. }
            | Trouble::Refused { .. }
            | Trouble::Denied { .. }
            | Trouble::Cancelled
            | Trouble::Unexpected { .. }
            | Trouble::Database(_) => None,
        }
    }

    fn explain(&self) -> (&'static str, u8, String, Vec<String>) {
        let told = |code, exit, why: &str, remedy: &[&str]| {
            (code, exit, why.to_owned(), remedy.iter().map(|&line| line.to_owned()).collect())
        };
        match self {
            Trouble::Address { .. } => told(
                "RK-R01",
                2,
                "A part of the address is missing or misspelt.",
                &["Write it as redis://user@host:6379/0, or rediss:// where the server speaks TLS."],
            ),
            Trouble::Rule { remedy, .. } => {
                told("RK-R02", 2, "A rule names keys part by part, with the column whose id stands there.", &[remedy])
            }
            Trouble::Refused { why, remedy, .. } => told("RK-R03", 3, why, &[remedy]),
            Trouble::Unreachable { .. } => told(
                "RK-R04",
                1,
                "The server is not running, listens elsewhere, wants TLS or none, or a firewall is in between.",
                &[
                    "Check host and port, and whether the address must begin with rediss://.",
                    "Check that the server runs and accepts connections from this machine.",
                ],
            ),
            Trouble::Denied { code, .. } => denied(code),
            Trouble::Unavailable { .. } => told(
                "RK-R06",
                1,
                "The server is loading its data, reads only, has lost a part of its cluster, or moves slots that Rekey needs.",
                &[
                    "Look at the server: INFO replication, and CLUSTER INFO on a cluster.",
                    "Do the same again: it goes on where it stopped.",
                ],
            ),
            Trouble::Cancelled => {
                told("RK-R07", 1, "You pressed Cancel.", &["Do the same again: it goes on where it stopped."])
            }
            Trouble::Unexpected { .. } => told(
                "RK-R08",
                1,
                "The server is of another kind or version than Rekey knows.",
                &["Send in what is shown here."],
            ),
            Trouble::Database(_) => told("RK-R09", 1, "", &[]),
        }
    }
}

fn denied(code: &str) -> (&'static str, u8, String, Vec<String>) {
    let (why, remedy) = match code {
        "NOPERM" => (
            "The user's access list (ACL) does not allow this command or this key.",
            "Have the commands and keys allowed that the server names above (ACL SETUSER), then do the same again.",
        ),
        "NOAUTH" => (
            "The server wants a password and was given none.",
            "Enter the password; on the command line it comes from the keyring, --redis-password-file or a prompt.",
        ),
        "WRONGPASS" => (
            "User or password are wrong, or the user was switched off.",
            "Check the user in the address and the password: what was typed, kept in the keyring or stands in its file.",
        ),
        "OOM" => (
            "The server has used all the memory that it may (maxmemory), so it takes nothing that needs more.",
            "Raise maxmemory or make room, then do the same again.",
        ),
        "MISCONF" => (
            "The server cannot save its data to disk and therefore takes no writes.",
            "Look at the server's log and its disk, then do the same again.",
        ),
        _ => (
            "The server has too few replicas at hand to take writes (min-replicas-to-write).",
            "Bring the replicas back, then do the same again.",
        ),
    };
    ("RK-R05", 1, why.to_owned(), vec![remedy.to_owned()])
}

// The database itself is never touched by what happens in Redis.
fn settled(mut failure: Failure, run: Option<&str>, done: Option<String>) -> Failure {
    let Some(done) = done else {
        if failure.exit == 1 {
            failure.state_sentence = "Nothing was changed in Redis, and nothing in the database.".to_owned();
        }
        return failure;
    };
    if let Some(run) = run {
        failure.state = DataState::Converted { run: run.to_owned() };
    }
    failure.state_sentence = done;
    failure.exit = 5;
    failure
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
