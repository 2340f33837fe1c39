//! What can go wrong, told so that a person can act on it.
//!
//! Each [`Error`] explains itself: what happened, the likely cause and what to do. The
//! runner adds the one thing an error cannot know, the state the data is in, and hands
//! out a [`Failure`]. Nobody matches on texts; secrets never enter an error.

use serde::Serialize;
use ts_rs::TS;

use crate::observer::Blocker;

mod ssh;

pub use ssh::SshFault;

/// Shorthand for results of the engine.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is wrong with the protection of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFault {
    /// The server has no TLS.
    NotOffered,
    /// Nobody who is trusted signed the certificate.
    Signer,
    /// The certificate was made for another host.
    Name,
    /// The certificate is no longer valid, or not yet.
    Time,
    /// A file of ours cannot be used.
    File,
    /// One of the two sides refused for another reason.
    Refused,
}

impl TlsFault {
    fn told(self) -> &'static str {
        match self {
            TlsFault::NotOffered => "the server offers no encryption",
            TlsFault::Signer => "nobody who is trusted signed the server's certificate",
            TlsFault::Name => "the server's certificate was made for another host",
            TlsFault::Time => "the server's certificate is no longer valid, or not yet",
            TlsFault::File => "a certificate file cannot be used",
            TlsFault::Refused => "the encryption was refused",
        }
    }

    fn explain(self) -> Explanation {
        let (why, remedy): (&str, &[&str]) = match self {
            TlsFault::NotOffered => (
                "TLS is not switched on there, or another program answers at this port.",
                &[
                    "Have TLS switched on at the server.",
                    "On this machine alone, choose 'Encrypted if the server offers it'.",
                ],
            ),
            TlsFault::Signer => (
                "Most companies and hosting services sign with an authority of their own, which this system does not know. It could also be somebody else's server.",
                &[
                    "Get the file of that authority (PEM) from whoever runs the server, and name it under 'Certificate files'.",
                    "Compare the signer below with the one you expect.",
                ],
            ),
            TlsFault::Name => (
                "The server is known under another name, or the address leads to another server.",
                &[
                    "Connect by the name in the certificate.",
                    "If the way is known to be right, such as through a tunnel, choose 'certificate checked, name not'.",
                ],
            ),
            TlsFault::Time => (
                "It was not renewed in time, or a clock is wrong.",
                &["Have the certificate renewed.", "Check the clock of this machine."],
            ),
            TlsFault::File => (
                "The path is misspelt, the file is of another kind, or its key has a password.",
                &["Choose files in PEM. A key with a password must be saved without one first, readable by you alone."],
            ),
            TlsFault::Refused => (
                "The server wants a certificate of yours, or the two sides have no version or method in common.",
                &[
                    "Name your certificate and its key under 'Certificate files' where the server asks for one.",
                    "Check that the server speaks TLS 1.2 or later.",
                ],
            ),
        };
        told("RK-E12", 1, why, remedy)
    }
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the database cannot be understood.
    #[error("the address cannot be understood: {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// Nobody answers at the address.
    #[error("no server answers at {place}")]
    Unreachable {
        /// Host and port, or path.
        place: String,
        /// What the system said.
        detail: String,
    },
    /// The name of the host is not known.
    #[error("there is no host '{host}'")]
    NoHost {
        /// The name.
        host: String,
        /// What the system said.
        detail: String,
    },
    /// The way to the server is not protected as it should be.
    #[error("the way to {host} is not protected as it should be: {}", .fault.told())]
    Protection {
        /// The host.
        host: String,
        /// What is wrong.
        fault: TlsFault,
        /// What was seen.
        detail: String,
    },
    /// The way through SSH is not there.
    #[error("the way through SSH by '{destination}' is not there: {}", .fault.told())]
    Ssh {
        /// Where SSH was to connect to.
        destination: String,
        /// What is wrong.
        fault: SshFault,
        /// What `ssh` said.
        detail: String,
    },
    /// User or password were refused.
    #[error("the server refused the login of '{user}'")]
    Login {
        /// The user.
        user: String,
        /// What the server said.
        detail: String,
    },
    /// There is no such database.
    #[error("there is no database '{database}' on this server")]
    NoDatabase {
        /// Its name.
        database: String,
    },
    /// There is no such file.
    #[error("there is no file '{path}'")]
    NoFile {
        /// The path.
        path: String,
    },
    /// The file is not a SQLite database, or is damaged.
    #[error("'{path}' is not a SQLite database")]
    NotADatabase {
        /// The path.
        path: String,
        /// What SQLite said.
        detail: String,
    },
    /// The database can be read but not written.
    #[error("'{place}' cannot be written")]
    ReadOnly {
        /// The database.
        place: String,
        /// Why, as far as known.
        detail: String,
    },
    /// A right is missing.
    #[error("the right to do this is missing: {detail}")]
    Rights {
        /// What the server said.
        detail: String,
    },
    /// This server is too old, too new or of a kind that is not supported.
    #[error("{product} {version} is not supported")]
    Version {
        /// The product.
        product: String,
        /// Its version.
        version: String,
        /// What is supported.
        supported: String,
    },
    /// Another Rekey works on this database.
    #[error("another Rekey is at work on this database: run {run} on {host}, process {process}")]
    AnotherRunner {
        /// Its run.
        run: String,
        /// The machine it runs on.
        host: String,
        /// Its process, or the server's session.
        process: String,
    },
    /// Locks could not be had within the limit.
    #[error("the tables are in use: {}", list(.blockers))]
    Locked {
        /// Seconds that were spent trying.
        seconds: u64,
        /// Who holds them.
        blockers: Vec<Blocker>,
    },
    /// The plan file cannot be read as a plan.
    #[error("this is not a plan of Rekey: {reason}")]
    NotAPlan {
        /// What is wrong with it.
        reason: String,
    },
    /// The plan's content does not belong to its fingerprint.
    #[error("the plan was changed after Rekey made it")]
    PlanEdited,
    /// The schema is not the one the plan was made for.
    #[error("the database changed since the plan was made: {}", .changes.join("; "))]
    SchemaChanged {
        /// What changed, by name.
        changes: Vec<String>,
    },
    /// Findings stand in the way.
    #[error("the checklist says no: {}", .reasons.join("; "))]
    Refused {
        /// Rule, object and reason of each.
        reasons: Vec<String>,
    },
    /// A table, column, run or domain that was named does not exist.
    #[error("there is no {kind} '{name}'")]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// The name that was given.
        name: String,
    },
    /// The proofs did not hold; everything was rolled back.
    #[error("the proofs did not hold: {}", .reasons.join("; "))]
    Gate {
        /// Which proofs, with both values.
        reasons: Vec<String>,
    },
    /// The user cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The connection was lost.
    #[error("the connection to the database was lost")]
    ConnectionLost {
        /// What the driver said.
        detail: String,
    },
    /// The server refused a statement.
    #[error("the database refused a statement of step '{step}': {detail}")]
    Statement {
        /// The step, empty outside a run.
        step: String,
        /// The statement, shortened.
        sql: String,
        /// SQLSTATE, MySQL's error number or SQLite's result code.
        code: String,
        /// What the server said.
        detail: String,
    },
    /// A program that comes with the database is missing or does not fit the server.
    #[error("{reason}")]
    Program {
        /// What is missing or does not fit, in one sentence without its full stop.
        reason: String,
        /// What to do, in order.
        remedy: Vec<String>,
    },
    /// A backup could not be made, proven or put back.
    #[error("the backup failed when it was to be {}: {detail}", .rung.doing())]
    Backup {
        /// How far it came.
        rung: crate::backup::Rung,
        /// What was found, or what the program said last.
        detail: String,
    },
    /// Tables were chosen that cannot be restored without others.
    #[error("some tables cannot be restored alone: {}", .reasons.join("; "))]
    Apart {
        /// Which, why, and what to choose too.
        reasons: Vec<String>,
    },
    /// Something that was made for a while could not be removed again.
    #[error("{}{what} is still there: {detail}", before(.first.as_deref()))]
    Left {
        /// What had failed before, where something had.
        first: Option<Box<Error>>,
        /// What is left, by kind and name.
        what: String,
        /// Why it could not be removed.
        detail: String,
        /// How to remove it.
        remedy: Vec<String>,
    },
    /// A scratch database that was to be removed is in use.
    #[error("'{name}' is in use and was not removed{}", named(.users))]
    ScratchInUse {
        /// Its name.
        name: String,
        /// Who uses it, as far as it can be told.
        users: Vec<Blocker>,
    },
    /// A file of our own could not be read or written.
    #[error("'{path}' could not be used: {detail}")]
    File {
        /// The path.
        path: String,
        /// What the system said.
        detail: String,
    },
    /// Something in Rekey itself is wrong.
    #[error("Rekey came upon something it did not expect: {detail}")]
    Internal {
        /// What it was.
        detail: String,
    },
}

fn before(first: Option<&Error>) -> String {
    first.map(|error| format!("{error}; and ")).unwrap_or_default()
}

fn named(users: &[Blocker]) -> String {
    if users.is_empty() { String::new() } else { format!(": {}", list(users)) }
}

fn list(blockers: &[Blocker]) -> String {
    if blockers.is_empty() {
        return "the holder is not known".to_owned();
    }
    blockers.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// In which state a failure left the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
#[ts(export)]
pub enum DataState {
    /// Nothing was changed; nothing had been begun.
    Untouched,
    /// A change had begun and was taken back whole by the database.
    RolledBack,
    /// The conversion is complete and proven.
    Converted {
        /// The run that did it.
        run: String,
    },
    /// The work stopped on the way, on a server whose statements are final one by one: the
    /// user's tables are whole, and the run can be resumed or taken back.
    Halfway {
        /// The run.
        run: String,
    },
    /// The database went away at the end; `rekey status` looks up which side it is on.
    Unclear {
        /// The run in question.
        run: String,
    },
}

impl DataState {
    /// The state in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            DataState::Untouched => "Nothing was changed.".to_owned(),
            DataState::RolledBack => "The change was taken back whole: the database is as it was before.".to_owned(),
            DataState::Converted { run } => {
                format!("The conversion of run {run} is in place and complete.")
            }
            DataState::Halfway { run } => format!(
                "Run {run} stopped on the way. No row is lost: your tables are whole, with the old keys or with the new ones, and what is unfinished is noted in the database. 'rekey resume' takes the run to its end, 'rekey undo' takes it back."
            ),
            DataState::Unclear { run } => format!(
                "The database did not say whether run {run} was completed. It is either complete or taken back whole, never half: 'rekey status' tells which."
            ),
        }
    }
}

/// An error together with the state it left the data in: the one shape in which both
/// the window and the command line receive a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Failure {
    /// A stable code such as `RK-E12`, for the manual and for bug reports.
    pub code: String,
    /// What happened, in one sentence.
    pub what: String,
    /// The most likely cause.
    pub why: String,
    /// What to do, in order.
    pub remedy: Vec<String>,
    /// The state of the data.
    pub state: DataState,
    /// The state of the data, in one sentence.
    pub state_sentence: String,
    /// What the server or the system said, where it said something.
    pub details: Option<String>,
    /// The exit code of the command line for it.
    pub exit: u8,
}

impl Failure {
    /// Tells an error together with the state of the data.
    pub fn new(error: &Error, state: DataState) -> Self {
        let told = error.explain();
        Failure {
            code: told.code.to_owned(),
            what: sentence(&error.to_string()),
            why: told.why,
            remedy: told.remedy,
            state_sentence: state.sentence(),
            exit: if matches!(state, DataState::Unclear { .. } | DataState::Halfway { .. }) { 5 } else { told.exit },
            state,
            details: told.details,
        }
    }
}

impl From<Error> for Failure {
    /// For errors outside a run, which change nothing.
    fn from(error: Error) -> Self {
        Failure::new(&error, DataState::Untouched)
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

struct Explanation {
    code: &'static str,
    why: String,
    remedy: Vec<String>,
    details: Option<String>,
    exit: u8,
}

fn told(code: &'static str, exit: u8, why: &str, remedy: &[&str]) -> Explanation {
    Explanation {
        code,
        exit,
        why: why.to_owned(),
        remedy: remedy.iter().map(|&line| line.to_owned()).collect(),
        details: None,
    }
}

impl Explanation {
    fn with(mut self, details: &str) -> Self {
        self.details = Some(details.to_owned());
        self
    }
}

impl Error {
    fn explain(&self) -> Explanation {
        if let Error::Left { first, remedy, .. } = self {
            let own = "It was made for a while, and the server let nobody remove it, perhaps since the password was changed meanwhile.";
            let mut told = first.as_ref().map_or_else(|| told("RK-E36", 1, own, &[]), |first| first.explain());
            told.remedy.extend(remedy.iter().cloned());
            return told;
        }
        self.explain_connecting().or_else(|| self.explain_refusal()).unwrap_or_else(|| self.explain_running())
    }

    fn explain_connecting(&self) -> Option<Explanation> {
        #[allow(clippy::wildcard_enum_match_arm, reason = "the other two cover the rest")]
        Some(match self {
            Error::Address { .. } => told("RK-E01", 2, "A part of the address is missing or misspelt.", &[
                "Write it as postgres://user@host:5432/database or mysql://user@host:3306/database, or as the path of a SQLite file.",
            ]),
            Error::Unreachable { detail, .. } => told("RK-E02", 1, "The server is not running, listens elsewhere, or a firewall is in between.", &[
                "Check host and port.",
                "Check that the server runs and accepts connections from this machine.",
            ]).with(detail),
            Error::NoHost { detail, .. } => told("RK-E11", 1, "The name is misspelt, or is known only in another network, such as a company's or that of containers.", &[
                "Check the name of the host.",
                "If it is known in another network only, connect to that network first. A database in a container is reached at 127.0.0.1 and the port that it publishes.",
            ]).with(detail),
            Error::Protection { fault, detail, .. } => fault.explain().with(detail),
            Error::Ssh { fault, detail, .. } => fault.explain().with(detail),
            Error::Login { detail, .. } => told("RK-E03", 1, "The password is wrong or has changed, the user does not exist, or the server does not accept this user from this machine.", &[
                "Check user and password. Rekey tried once only, so that no account is locked.",
                "If they are right, have this user admitted from this machine: a line in pg_hba.conf (PostgreSQL), or an account for this host (MySQL, MariaDB).",
            ]).with(detail),
            Error::NoDatabase { .. } => told("RK-E04", 1, "The name is misspelt, or the database lives on another server.", &[
                "Check the last part of the address.",
            ]),
            Error::NoFile { .. } => told("RK-E05", 1, "The path is misspelt or the file was moved. Rekey never creates a database by opening one.", &[
                "Check the path.",
            ]),
            Error::NotADatabase { detail, .. } => told("RK-E06", 1, "The file is of another kind, is encrypted, or is damaged.", &[
                "Choose the database file itself.",
                "If it is the right file, restore it from a backup first.",
            ]).with(detail),
            Error::ReadOnly { detail, .. } => told("RK-E07", 1, "The file or its folder may not be written by you, or the server is a replica or set to read-only.", &[
                "Give your account the right to write the file and its folder, or connect to the primary server.",
            ]).with(detail),
            Error::Rights { detail } => told("RK-E08", 1, "The user is not the owner of what it is to change.", &[
                "Connect as the owner of the tables, or have the right granted.",
            ]).with(detail),
            Error::Version { supported, .. } => told("RK-E09", 3, "Rekey has not been proven on this version.", &["Use a supported version."]).with(supported),
            Error::ConnectionLost { detail } => told("RK-E10", 1, "The server was stopped, or the network between was cut.", &[
                "Check that the server runs.",
                "Run 'rekey status' on it, then try again.",
            ]).with(detail),
            _ => return None,
        })
    }

    fn explain_refusal(&self) -> Option<Explanation> {
        #[allow(clippy::wildcard_enum_match_arm, reason = "the other two cover the rest")]
        Some(match self {
            Error::AnotherRunner { .. } => told(
                "RK-E20",
                1,
                "Two runs at once would destroy each other's work, so only one may hold the run lock.",
                &["Wait until the other run has ended, or stop it there."],
            ),
            Error::Locked { seconds, .. } => told(
                "RK-E21",
                1,
                &format!(
                    "Other sessions hold locks on these tables. Rekey tried for {seconds} s, each time only briefly, and gave up so as not to hold up your application."
                ),
                &["Stop the application, or end the sessions named above.", "Then start the run again."],
            ),
            Error::NotAPlan { .. } => told(
                "RK-E22",
                2,
                "The file is of another kind, is incomplete, or was made by another version.",
                &["Make a plan with 'rekey plan'."],
            ),
            Error::PlanEdited => told(
                "RK-E23",
                3,
                "The plan's fingerprint does not fit its content, or the content is not what Rekey makes of these choices. Only what was planned and shown may run.",
                &["Make a new plan with the choices you want."],
            ),
            Error::SchemaChanged { .. } => told(
                "RK-E24",
                3,
                "Somebody changed tables or other objects after the plan was made.",
                &["Make a new plan and look at it again."],
            ),
            Error::Refused { .. } => told(
                "RK-E25",
                3,
                "Each of these would lose something or cannot be carried out safely.",
                &["Follow the remedy of each finding, then check again."],
            ),
            Error::Unknown { .. } => told(
                "RK-E26",
                2,
                "The name is misspelt, or the object was removed.",
                &["Names are written as schema.table.column, exactly as the database has them."],
            ),
            _ => return None,
        })
    }

    fn explain_running(&self) -> Explanation {
        match self {
            Error::Gate { .. } => told(
                "RK-E30",
                4,
                "What came out was not what went in, or something changed that the plan had not announced. Rekey makes nothing final without proof.",
                &["Keep the report and send it in: this is a fault of Rekey or a case it does not know."],
            ),
            Error::Cancelled => told("RK-E31", 1, "You pressed Cancel.", &["Start again whenever you like."]),
            Error::Statement { sql, code, detail, .. } => told(
                "RK-E32",
                1,
                "The server met something that the checklist did not foresee.",
                &["Read what the server said below.", "Keep the report and send it in."],
            )
            .with(&format!("{code}: {detail}\n{sql}")),
            Error::Program { remedy, .. } => Explanation {
                remedy: remedy.clone(),
                ..told("RK-E34", 1, "Backups are made with the programs that come with the database itself.", &[])
            },
            Error::Backup { rung, .. } => told("RK-E35", 1, rung.likely_cause(), rung.remedy()),
            Error::Apart { .. } => told(
                "RK-E38",
                3,
                "Each of them holds on to a table that was not chosen.",
                &["Choose the tables that are named too, or restore everything."],
            ),
            Error::ScratchInUse { .. } => told(
                "RK-E37",
                3,
                "A Rekey or another program is at work with it. Nobody's session is ended, and nothing is taken away below anybody.",
                &["Wait until it has ended, or stop it there.", "Then remove it again."],
            ),
            Error::File { .. } => told(
                "RK-E33",
                1,
                "The disk is full, the folder may not be written, or the file is in use.",
                &["Check the path, its rights and the free space."],
            ),
            Error::Internal { detail } => {
                told("RK-E99", 1, "This is a fault of Rekey.", &["Send in what is shown here."]).with(detail)
            }
            Error::Address { .. }
            | Error::Unreachable { .. }
            | Error::NoHost { .. }
            | Error::Protection { .. }
            | Error::Ssh { .. }
            | Error::Login { .. }
            | Error::NoDatabase { .. }
            | Error::NoFile { .. }
            | Error::NotADatabase { .. }
            | Error::ReadOnly { .. }
            | Error::Rights { .. }
            | Error::Version { .. }
            | Error::ConnectionLost { .. }
            | Error::AnotherRunner { .. }
            | Error::Locked { .. }
            | Error::NotAPlan { .. }
            | Error::PlanEdited
            | Error::SchemaChanged { .. }
            | Error::Refused { .. }
            | Error::Left { .. }
            | Error::Unknown { .. } => told("RK-E99", 1, "", &[]),
        }
    }
}
