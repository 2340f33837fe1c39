//! The types that cross to the front end and are not the engine's own.
//!
//! TypeScript is generated from them. No type here can hold a password on the way out.

use rekey_engine::Failure;
use rekey_engine::application::code::{Page, Scanned};
use rekey_engine::application::versions::{Stamp, VersionTable};
use rekey_engine::backup::Restored;
use rekey_engine::check::{Arrangements, Check, ExpectedRevision, Finding, Grade, Inventory, SignOff};
use rekey_engine::connect::import::Source;
use rekey_engine::connect::{Certificates, Ssh, Tls};
use rekey_engine::dialect::Weight;
use rekey_engine::execute::{ProofResult, RunState, Sizes, StepRecord};
use rekey_engine::inspect::{Inspection, ServerInfo};
use rekey_engine::plan::{Conversion, Question, Refusal, Step, Storage};
use rekey_engine::rehearse::Rehearsal;
use rekey_engine::schema::EngineKind;
use rekey_engine::secret::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The stages of the wizard that this version has, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Stage {
    /// Three ways in.
    Welcome,
    /// Which database.
    Connect,
    /// What is in it.
    Inspect,
    /// What will be done.
    Plan,
    /// What stands in the way.
    Checklist,
    /// A copy to go back to.
    Backup,
    /// The plan on a restored copy.
    Rehearse,
    /// The conversion.
    Migrate,
    /// The proofs.
    Validate,
    /// What is kept of it.
    Report,
}

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum StageStatus {
    /// Cannot be opened yet.
    Locked,
    /// Can be opened, not done.
    Open,
    /// Needs a decision.
    Attention,
    /// At work.
    Running,
    /// Done.
    Done,
}

/// One stage on the rail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StageView {
    /// Which.
    pub stage: Stage,
    /// How it stands.
    pub status: StageStatus,
    /// Why it cannot be opened, where it cannot.
    pub reason: Option<String>,
}

/// Which kind of environment a database belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Environment {
    /// Real users depend on it.
    Production,
    /// Like production, without its users.
    Staging,
    /// For development.
    Dev,
}

/// What the system's keyring can do right now, found by writing, reading and deleting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase", tag = "state")]
#[ts(export)]
pub enum KeyringState {
    /// Passwords can be kept.
    Works,
    /// There is one, but it is locked.
    Locked {
        /// What it said.
        detail: String,
    },
    /// There is none: passwords are kept until Rekey is closed.
    Missing {
        /// What the system said.
        detail: String,
    },
}

/// A saved connection. Holds no password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SavedConnection {
    /// Its id, a nanoid.
    pub id: String,
    /// The name the user gave it.
    pub name: String,
    /// Which environment.
    pub environment: Environment,
    /// The address for people, such as `postgres://ann@localhost:5432/shop`.
    pub address: String,
    /// The fields, to fill the form again.
    pub form: ConnectionForm,
    /// True where the password need not be typed: it is in the keyring, or kept until
    /// Rekey is closed.
    pub password_saved: bool,
}

/// The fields of the connection form, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConnectionForm {
    /// Which product.
    pub engine: EngineKind,
    /// Host (PostgreSQL, MySQL).
    pub host: String,
    /// Port (PostgreSQL, MySQL).
    pub port: u16,
    /// User (PostgreSQL, MySQL).
    pub user: String,
    /// Database (PostgreSQL, MySQL).
    pub database: String,
    /// Protection on the way (PostgreSQL, MySQL).
    pub tls: Tls,
    /// The files that belong to it (PostgreSQL, MySQL).
    #[serde(default)]
    pub certificates: Certificates,
    /// Through whom it is reached (PostgreSQL, MySQL).
    #[serde(default)]
    pub ssh: Ssh,
    /// Path of the file (SQLite).
    pub path: String,
    /// The name to save it under; empty means do not save.
    pub name: String,
    /// Which environment. Required where the host is not this machine.
    pub environment: Option<Environment>,
    /// True where the password shall go into the keyring.
    pub remember: bool,
}

/// A pasted URL, taken apart. A password in it stays in Rust under `held`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PastedUrl {
    /// The fields.
    pub form: ConnectionForm,
    /// Ticket for the password that was in the URL, where there was one.
    pub held: Option<String>,
    /// What to know of it, such as that it leads through a pooler.
    pub remarks: Vec<String>,
}

/// Connections that were found in the settings of other programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportView {
    /// The connections.
    pub entries: Vec<ImportEntry>,
    /// The files that were read.
    pub files: Vec<String>,
    /// What is to be said of the whole, such as files that could not be read.
    pub remarks: Vec<String>,
}

/// A connection that was found. Holds no password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportEntry {
    /// In what.
    pub source: Source,
    /// Where in it, such as `docker-compose.yml, service db`.
    pub place: String,
    /// The address for people, where the product is known.
    pub address: Option<String>,
    /// The fields, as far as they are known; none where not even the product is.
    pub form: Option<ConnectionForm>,
    /// Ticket for the password that was found, where there was one.
    pub held: Option<String>,
    /// What to know of it, such as a variable that is set nowhere.
    pub remarks: Vec<String>,
}

/// Where the password for a connection comes from. Goes in, never comes out.
#[derive(Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "from")]
#[ts(export)]
pub enum PasswordSource {
    /// There is none, or none is needed.
    None,
    /// Typed just now.
    Typed {
        /// The password.
        #[ts(type = "string")]
        password: SecretString,
    },
    /// It was in a pasted URL or in settings; see [`PastedUrl::held`] and [`ImportEntry::held`].
    Held {
        /// The ticket.
        ticket: String,
    },
    /// In the keyring, under the id of the saved connection.
    Keyring {
        /// The saved connection.
        connection: String,
    },
}

/// One stage of the connection test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TestStage {
    /// What was tried, such as "Log in".
    pub title: String,
    /// True where it worked, false where it failed, none where it was not reached.
    pub passed: Option<bool>,
    /// What was found, such as "PostgreSQL 15.18".
    pub detail: String,
}

/// Outcome of the connection test: stops at the stage that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TestResult {
    /// The stages in order.
    pub stages: Vec<TestStage>,
    /// What would stand in the way of a run, such as a pooler or a missing right.
    pub warnings: Vec<Finding>,
    /// Why it failed, where it did.
    pub failure: Option<Failure>,
}

/// A run of the past, for the list on the first screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct RunSummary {
    /// Its id.
    pub run: String,
    /// The database's name.
    pub database: String,
    /// Where it is.
    pub place: String,
    /// Where the run stands.
    pub state: RunState,
    /// True while this Rekey makes it, goes on with it or takes it back. One that neither ended
    /// nor is at work stopped on the way.
    pub at_work: bool,
    /// When it began.
    pub started: String,
    /// When it ended.
    pub finished: Option<String>,
    /// When it was undone.
    pub undone: Option<String>,
    /// Fingerprint of the plan.
    pub plan_fingerprint: String,
    /// How long the conversion took.
    pub seconds: f64,
    /// How long its undo took; none where there was none.
    pub undo_seconds: Option<f64>,
    /// Who began it: the account and the machine.
    pub started_by: Option<String>,
}

/// A run that stopped on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StoppedRun {
    /// Its id.
    pub run: String,
    /// Where it stands.
    pub state: RunState,
    /// When it began.
    pub started: String,
    /// True where something of it is in the database, and it waits to be taken to its end or
    /// back; false where the server took all of it back by itself.
    pub halfway: bool,
    /// True where it is being taken back already, which is then the only way.
    pub taking_back: bool,
    /// The step that was at work.
    pub doing: Option<String>,
    /// Steps that are done.
    pub done: usize,
    /// All steps.
    pub of: usize,
}

/// One way back from a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OneWay {
    /// Why it is closed, where it is.
    pub closed: Option<String>,
}

/// The ways back from a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GoingBack {
    /// Undo in place.
    pub undo: OneWay,
    /// The backup, restored beside.
    pub restore: OneWay,
    /// Finish: what the undo needs goes.
    pub finish: OneWay,
    /// The backup's file.
    pub backup: Option<String>,
    /// When it was made.
    pub backup_made: Option<String>,
    /// How to restore it by hand, line by line.
    pub restore_lines: Vec<String>,
}

/// What there is on this machine for a way through SSH.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SshView {
    /// True where there is a program `ssh`.
    pub found: bool,
    /// Hosts of the user's configuration.
    pub hosts: Vec<String>,
}

/// Everything a freshly opened (or reloaded) window needs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct AppView {
    /// Version of Rekey.
    pub version: String,
    /// The keyring.
    pub keyring: KeyringState,
    /// The way through SSH.
    pub ssh: SshView,
    /// Saved connections, most recently used first.
    pub connections: Vec<SavedConnection>,
    /// Runs of the past, newest first.
    pub runs: Vec<RunSummary>,
    /// The job at hand.
    pub session: SessionView,
}

/// The job at hand: which database, which stages are open.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SessionView {
    /// The database, once connected.
    pub server: Option<ServerInfo>,
    /// Its environment.
    pub environment: Option<Environment>,
    /// True where it is the built-in sample.
    pub sample: bool,
    /// The rail.
    pub stages: Vec<StageView>,
    /// Id of the finished run of this session, where there is one.
    pub run: Option<String>,
    /// True while a run or an undo is at work.
    pub busy: bool,
    /// A run of this database that stopped on the way.
    pub stopped: Option<StoppedRun>,
    /// What the user should know about the last action although it succeeded, such as
    /// that the keyring did not take the password.
    pub notice: Option<String>,
}

/// The plan as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct PlanView {
    /// Its fingerprint.
    pub fingerprint: String,
    /// What is converted.
    pub conversions: Vec<Conversion>,
    /// Decisions.
    pub questions: Vec<Question>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What is not converted.
    pub refused: Vec<Refusal>,
    /// The steps with their statements.
    pub steps: Vec<Step>,
    /// The steps of the undo.
    pub undo: Vec<Step>,
    /// For each step, for each of its statements: who waits for it, and what becomes of it.
    pub weights: Vec<Vec<Weight>>,
    /// The same for the steps of the undo.
    pub undo_weights: Vec<Vec<Weight>>,
    /// True where a run can rest between two batches of rows; elsewhere it is one transaction.
    pub can_pause: bool,
    /// The ways in which this server can store UUIDs, the best one first.
    pub storages: Vec<Storage>,
    /// The whole script.
    pub script: String,
    /// Rows in the tables to be converted.
    #[ts(type = "number")]
    pub rows: u64,
}

/// The checklist, without the checks that later stages or another part of the page tell of.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ChecklistView {
    /// Every finding.
    pub findings: Vec<Finding>,
    /// What was looked at, with what was measured.
    pub checks: Vec<Check>,
    /// All of it in a few words.
    pub grade: Option<Grade>,
    /// What the database consists of, in numbers alone.
    pub inventory: Inventory,
    /// True where nothing stands in the way.
    pub clear: bool,
    /// When it was looked at, RFC 3339 in UTC.
    pub at: String,
}

/// What people vouch for, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SignOffView {
    /// The items, and what was arranged.
    pub sign_off: SignOff,
    /// How strict it is, in one sentence.
    pub meaning: String,
    /// What is still open, by name.
    pub open: Vec<String>,
    /// True where a run is refused because of that.
    pub refuses: bool,
}

/// What people vouch for, as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct SignOffForm {
    /// The items that are signed.
    pub signatures: Vec<Signature>,
    /// What was arranged.
    #[serde(flatten)]
    pub arrangements: Arrangements,
}

/// One item that somebody signs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct Signature {
    /// The item.
    pub id: String,
    /// The name of whoever answers for it.
    pub by: String,
    /// What there is to say about it.
    pub note: Option<String>,
}

/// The backup stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct BackupView {
    /// The backup, once made.
    pub made: Option<BackupMade>,
    /// The typed reason for going on without one.
    pub override_reason: Option<String>,
    /// What can be restored from it, once it is made.
    pub restorable: Option<Restorable>,
    /// What was restored from it last.
    pub restored: Option<Restored>,
}

/// What can be restored from a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Restorable {
    /// Its tables.
    pub tables: Vec<String>,
    /// A name for the new database; the path of a new file on SQLite.
    pub name: String,
}

/// The rehearsal stage.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct RehearsalView {
    /// True where there is a backup that can be restored.
    pub possible: bool,
    /// The rehearsal of this plan on this backup, green or not, once there was one.
    pub made: Option<Rehearsal>,
    /// The typed reason for going on without one.
    pub override_reason: Option<String>,
}

/// A backup that was made, restored or read back, and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BackupMade {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// True where it was restored or opened and its content compared with the source.
    pub verified: bool,
    /// The program that wrote it, with its version.
    #[serde(default)]
    pub client: String,
    /// How to restore it by hand.
    pub restore: String,
}

/// The end of a run or of an undo.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct RunView {
    /// Its id.
    pub run: String,
    /// Where it stands.
    pub state: RunState,
    /// Seconds in all.
    pub seconds: f64,
    /// Ids in the maps.
    #[ts(type = "number")]
    pub ids: u64,
    /// The steps.
    pub steps: Vec<StepRecord>,
    /// The proofs.
    pub validation: Vec<ProofResult>,
    /// How large the converted tables were and are.
    pub sizes: Vec<Sizes>,
}

/// The report stage.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ReportView {
    /// The run.
    pub run: RunView,
    /// Where the HTML file lies.
    pub html_path: String,
    /// Where the JSON file lies.
    pub json_path: String,
    /// What is left for the application to do.
    pub advice: Vec<String>,
    /// What each migration tool must be told.
    pub stamps: Vec<Stamp>,
    /// When it began.
    pub started: String,
    /// The database's name.
    pub database: String,
    /// True where the run can still be undone.
    pub can_undo: bool,
    /// What an undo sends besides the plan's statements, since ids of the run still stand in Redis.
    pub undo_statements: Vec<String>,
}

/// Of what the converted columns are looked for in code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum CodeOf {
    /// The plan at hand.
    Plan,
    /// The run whose report is shown.
    Run,
}

/// What must change in the application's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CodeView {
    /// What was last found in a folder.
    pub scan: Option<Scanned>,
    /// What to change, by framework, from the converted tables.
    pub advice: Vec<Page>,
}

/// The tables of migration tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct VersionsView {
    /// The tables, as they were found when the database was looked at.
    pub tables: Vec<VersionTable>,
    /// The revisions at which the application's code expects them.
    pub expected: Vec<ExpectedRevision>,
}

/// Where an export is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ExportFile {
    /// The whole path.
    pub path: String,
    /// True where the user has agreed that a file of that name is replaced.
    pub replace: bool,
}

/// The plan as another program takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ExportView {
    /// The whole text.
    pub text: String,
    /// Where it was written, where it was.
    pub path: Option<String>,
    /// The run under which the journal in the database will know it.
    pub run: String,
    /// Tables whose model in Django nobody knows.
    pub unknown_models: Vec<String>,
}

/// What Inspect shows.
pub type InspectView = Inspection;
