//! The application's services around a run: stopping and starting them, knowing that they are
//! stopped and that they are well again, and what they complain of in their logs.
//!
//! What to do stands in a file of the user's. Nothing of it is done by itself: each command is
//! shown as it is and needs a yes of its own.

mod command;
mod health;
mod log;
mod read;
mod stopped;
mod trouble;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use command::{Ended, How, Said, Shown, carry_out};
pub use health::{Health, Wellbeing, health};
pub(in crate::application) use health::{authority, meaning};
pub use log::{Complaint, LogReport, OwnPattern, Period, RuleCount, Source, scan};
pub use stopped::{Presence, Sign, Standing, wait_until_stopped};
pub use trouble::Trouble;

use crate::application::probes::Api;

/// What the user's file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Services {
    /// How they are stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Task>,
    /// How they are started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Task>,
    /// How the maintenance page is put up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maintenance_on: Option<Task>,
    /// How it is taken down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maintenance_off: Option<Task>,
    /// By what their sessions in the database are known; without any, every session is theirs.
    pub sessions: Vec<Sign>,
    /// Where they tell that they are well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    /// The files that they complain in.
    pub logs: Vec<PathBuf>,
    /// Commands that write their log to the standard output.
    pub log_commands: Vec<Task>,
    /// What else to look for in logs.
    pub patterns: Vec<OwnPattern>,
    /// What their interface is asked before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<Api>,
}

/// A command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The program and its words. No shell reads them.
    pub command: Vec<String>,
    /// The folder to work in: in the file from the file's own folder on, whole once it is read.
    #[serde(default)]
    pub folder: PathBuf,
    /// Seconds after which it is ended.
    #[serde(default = "Task::patience")]
    pub timeout_seconds: u64,
    /// Names of variables of the environment that it is given beside the usual ones.
    #[serde(default)]
    pub environment: Vec<String>,
}

impl Task {
    fn patience() -> u64 {
        120
    }
}

/// What can be done with services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Verb {
    /// Stop them.
    Stop,
    /// Start them.
    Start,
    /// Put up the maintenance page.
    MaintenanceOn,
    /// Take it down.
    MaintenanceOff,
}

impl Verb {
    /// All of them, in the order in which they are needed.
    pub const ALL: [Verb; 4] = [Verb::MaintenanceOn, Verb::Stop, Verb::Start, Verb::MaintenanceOff];

    /// As it stands in the file.
    pub fn key(self) -> &'static str {
        match self {
            Verb::Stop => "stop",
            Verb::Start => "start",
            Verb::MaintenanceOn => "maintenance_on",
            Verb::MaintenanceOff => "maintenance_off",
        }
    }
}

impl Services {
    /// The command for it.
    ///
    /// # Errors
    /// [`Trouble::Missing`] where the file has none.
    pub fn task(&self, verb: Verb) -> Result<&Task, Trouble> {
        let task = match verb {
            Verb::Stop => &self.stop,
            Verb::Start => &self.start,
            Verb::MaintenanceOn => &self.maintenance_on,
            Verb::MaintenanceOff => &self.maintenance_off,
        };
        task.as_ref().ok_or(Trouble::Missing { key: verb.key() })
    }
}
