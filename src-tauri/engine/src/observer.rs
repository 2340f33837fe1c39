//! How the engine tells its surroundings what is going on.

use serde::Serialize;
use ts_rs::TS;

/// Where a run stands: what `--progress json` prints and what the window shows.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Progress {
    /// Id of the run.
    pub run: String,
    /// What the step does, in plain words.
    pub step: String,
    /// Number of the step, from 1.
    pub number: u32,
    /// Number of all steps.
    pub of: u32,
    /// The table at work, where the step is about one.
    pub table: Option<String>,
    /// Rows done in this run so far.
    #[ts(type = "number")]
    pub rows_done: u64,
    /// Rows to be done in this run.
    #[ts(type = "number")]
    pub rows_total: u64,
    /// Seconds since the run began.
    pub elapsed: f64,
    /// Seconds that are left, as far as can be told.
    pub eta: Option<f64>,
}

/// Another session that holds what a run waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Blocker {
    /// Process id of the server's session, or of the operating system's process on SQLite.
    pub pid: String,
    /// The user it runs as.
    pub user: String,
    /// The application it says it is.
    pub application: String,
    /// What it does, such as `idle in transaction`.
    pub state: String,
    /// Its last statement, shortened to 200 characters.
    pub query: String,
}

impl std::fmt::Display for Blocker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "session {} of user '{}'", self.pid, self.user)?;
        if !self.application.is_empty() {
            write!(f, " ({})", self.application)?;
        }
        if !self.state.is_empty() {
            write!(f, ", {}", self.state)?;
        }
        if !self.query.is_empty() {
            write!(f, ": {}", self.query)?;
        }
        Ok(())
    }
}

/// What happens during a run.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(export)]
pub enum Event {
    /// A step begins or goes on.
    Progress(Progress),
    /// A backup is made, proven or put back.
    Backup {
        /// What is being done, in plain words.
        step: String,
        /// The table at work, where that is known.
        table: Option<String>,
        /// Bytes done in this step.
        #[ts(type = "number")]
        bytes_done: u64,
        /// Bytes to be done in it; 0 where that is not known. An estimate for dumps.
        #[ts(type = "number")]
        bytes_total: u64,
    },
    /// Code is looked through.
    Code {
        /// Files so far.
        files: usize,
        /// Lines found so far.
        found: usize,
    },
    /// A step ended.
    StepDone {
        /// Id of the step in the plan.
        id: String,
        /// What it did.
        step: String,
        /// How long it took.
        seconds: f64,
    },
    /// The run rests after a batch of rows, or goes on.
    Paused {
        /// True where it rests.
        paused: bool,
    },
    /// The run waits for locks that others hold.
    Waiting {
        /// How often it has tried.
        attempt: u32,
        /// Who holds them.
        blockers: Vec<Blocker>,
    },
}

/// Listens to a run. Calls come from the run's own task and must return quickly.
pub trait Observer: Send + Sync {
    /// Something happened.
    fn notice(&self, event: Event);
}

/// Listens to nothing.
#[derive(Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn notice(&self, _event: Event) {}
}
