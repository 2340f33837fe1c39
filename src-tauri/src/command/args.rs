//! The words of the command line. What a command means is in the file of its name.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rekey_engine::connect::Ssh;

/// Moves a live database from integer keys to UUID keys, with proof and with a way back.
#[derive(Debug, Parser)]
#[command(name = "rekey", version, about, propagate_version = true, disable_help_subcommand = true)]
#[command(after_help = "TARGET is a URL (postgres://user@host:5432/database, sqlite:PATH), the path of a SQLite \
file, or the name of a saved connection.\n\nExit codes: 0 done; 1 failed, with the state of the data; 2 usage; \
3 refused by findings; 4 validation failed and rolled back; 5 needs resume or undo.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
}

/// What holds for every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Print exactly one JSON document on stdout, also for a failure
    #[arg(long, global = true)]
    pub json: bool,
    /// How progress is told on stderr
    #[arg(long, global = true, value_enum, default_value_t = ProgressStyle::Plain)]
    pub progress: ProgressStyle,
    /// Read the password from the first line of this file
    #[arg(long, global = true, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Through whom the server is reached.
    #[command(flatten)]
    pub ssh: SshArgs,
}

/// Through whom the server of a TARGET is reached.
#[derive(Debug, Clone, Default, Args)]
pub struct SshArgs {
    /// Reach the server of the database through SSH, by the system's ssh and its configuration:
    /// user@host, a host of that configuration, or ssh://user@host:port. Host and port of TARGET
    /// are then those that this SSH server sees; --scratch is reached in the same way
    #[arg(long, global = true, value_name = "DESTINATION")]
    pub ssh: Option<String>,
    /// Let ssh read this configuration in place of your own
    #[arg(long, global = true, value_name = "FILE", requires = "ssh")]
    pub ssh_config: Option<PathBuf>,
}

impl SshArgs {
    /// The way, where one was named.
    pub fn through(&self) -> Option<Ssh> {
        let config = self.ssh_config.as_ref().map(|file| file.display().to_string());
        self.ssh.clone().map(|destination| Ssh { destination, config: config.unwrap_or_default() })
    }
}

/// How progress is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressStyle {
    /// Lines for people.
    Plain,
    /// One JSON object a line.
    Json,
    /// Not at all.
    None,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Do the whole job on the built-in SQLite sample
    Demo(DemoArgs),
    /// Show what is in a database and what can be converted
    Inspect(TargetArgs),
    /// Make a plan and save it
    Plan(PlanArgs),
    /// Go through the checklist for a plan
    Check(CheckArgs),
    /// Make a backup, restore it into a scratch database and compare it with its source
    Backup(BackupArgs),
    /// Restore a backup, whole or some tables of it, into a new database and compare it with
    /// the backup's manifest
    Restore(RestoreArgs),
    /// Show what work that was cut off left behind, and remove it
    Scratch(ScratchArgs),
    /// Carry out a plan on a copy restored from a backup, and take it back
    Rehearse(RehearseArgs),
    /// Carry out a plan
    Run(RunArgs),
    /// Show the runs of a database and where they stand
    Status(RunOfTarget),
    /// Go on with a run that was cut off
    Resume(RunOfTarget),
    /// Prove again that a finished run still stands
    Validate(RunOfTarget),
    /// Take a finished run back through its map
    Undo(ConsentArgs),
    /// Make a finished run final and give up the way back
    Keep(ConsentArgs),
    /// Write old and new ids of a run as CSV
    Map(MapArgs),
    /// Write the plan as a script
    Export(ExportArgs),
    /// Find what takes ids for numbers in an application's code; reads only
    Code(CodeArgs),
    /// Write the report of a run
    Report(ReportArgs),
    /// Find ids in Redis, rewrite them and take that back
    Redis(RedisArgs),
    /// Stop and start the application's services, see whether they are stopped and well, and
    /// what they complain of
    Services(ServicesArgs),
    /// Ask the application's interface before and after a run, and compare
    Api(ApiArgs),
}

/// `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder for the sample and its report [default: a new one among the temporary files]
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
}

/// A command that only needs to know the database.
#[derive(Debug, Args)]
pub struct TargetArgs {
    /// The database
    pub target: String,
}

/// `plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The database
    pub target: String,
    /// Where to write the plan
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Convert every domain that can be converted
    #[arg(long, conflicts_with = "domain")]
    pub all: bool,
    /// Convert this domain, named by its key; may be given several times
    #[arg(long, value_name = "SCHEMA.TABLE.COLUMN")]
    pub domain: Vec<String>,
    /// Kind of the new ids: v7 and v6 keep the order of the old ones, v5 can be computed
    /// from the old id, v4 is random (SQLite: v7)
    #[arg(long, value_name = "KIND", default_value = "v7")]
    pub uuid: String,
    /// Namespace of ids of kind v5, in place of Rekey's own; the name is schema.table.column:id
    #[arg(long, value_name = "UUID")]
    pub namespace: Option<String>,
    /// How ids are stored: uuid on PostgreSQL, char36 on SQLite
    #[arg(long, value_name = "STORAGE")]
    pub storage: Option<String>,
    /// Lead the references to a key to an existing UUID column of its table; the key stays
    /// (PostgreSQL)
    #[arg(long, value_name = "SCHEMA.TABLE.COLUMN=UUID_COLUMN")]
    pub repoint: Vec<String>,
    /// Give a table whose key is converted a column of short ids [default column: uuid_slug]
    /// (PostgreSQL)
    #[arg(long, value_name = "SCHEMA.TABLE[=COLUMN]")]
    pub slug: Vec<String>,
    /// Also convert columns that look like references and hold only values of the key
    #[arg(long)]
    pub include_inferred: bool,
    /// Answers to the plan's questions: a JSON object, or lines of the form id=answer
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Answer every question that has a safe answer with it
    #[arg(long)]
    pub accept_defaults: bool,
    /// Also write every statement of the plan as a script
    #[arg(long, value_name = "FILE")]
    pub sql: Option<PathBuf>,
}

/// What a run rests on, or the typed reason why it does not.
#[derive(Debug, Clone, Default, Args)]
pub struct SafetyArgs {
    /// The backup made by 'rekey backup': its file or its manifest
    #[arg(long, value_name = "BACKUP", conflicts_with = "no_backup")]
    pub backup: Option<PathBuf>,
    /// Go on without a backup of Rekey's, for this reason
    #[arg(long, value_name = "REASON")]
    pub no_backup: Option<String>,
    /// Go on without a rehearsal, for this reason
    #[arg(long, value_name = "REASON")]
    pub no_rehearsal: Option<String>,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The database
    pub target: String,
    /// The plan
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// Look at this check alone, by its name in the list; may be given several times
    #[arg(long, value_name = "CHECK")]
    pub only: Vec<String>,
    /// Also write what the database consists of, in numbers without any name, as JSON
    #[arg(long, value_name = "FILE")]
    pub inventory: Option<PathBuf>,
    /// Where the application's code expects a migration tool to be, such as alembic=ae1027a6acf
    /// or django=shop.0007_prices; may be given several times
    #[arg(long, value_name = "TOOL=REVISION")]
    pub expect_revision: Vec<String>,
    /// What people vouch for
    #[command(flatten)]
    pub people: PeopleArgs,
    /// Folder with the database's own programs [default: those that fit best]
    #[arg(long, value_name = "FOLDER")]
    pub programs: Option<PathBuf>,
    /// What the run will rest on
    #[command(flatten)]
    pub safety: SafetyArgs,
}

/// What people vouch for before a run.
#[derive(Debug, Clone, Default, Args)]
pub struct PeopleArgs {
    /// What the database is there for, and so what people vouch for before a run: with
    /// development what is open is only told, with staging it is a warning, with production a run
    /// is refused [default: nothing is asked for; production with --ticks]
    #[arg(long, value_name = "PROFILE", value_enum)]
    pub profile: Option<ProfileName>,
    /// Who signed which items, and when; from when to when the maintenance window is, who was told
    /// and whom to reach. A JSON object: {"items": {"ITEM": {"by": NAME, "at": TIME, "note": TEXT}},
    /// "maintenance_window": {"from": TEXT, "to": TEXT}, "communication": [{"who": TEXT, "how":
    /// TEXT}], "contacts": [{"name": TEXT, "role": TEXT, "reach": TEXT}]}; or the items alone
    #[arg(long, value_name = "FILE")]
    pub ticks: Option<PathBuf>,
}

/// What a database is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// Nobody is hurt if it is gone.
    Development,
    /// As production, without its users.
    Staging,
    /// People depend on it.
    Production,
}

/// `backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The database
    pub target: String,
    /// Folder for the backup
    #[arg(long, value_name = "FOLDER")]
    pub dir: PathBuf,
    /// What it is proven with
    #[command(flatten)]
    pub proving: ProvingArgs,
}

/// What a backup is made, proven and rehearsed with.
#[derive(Debug, Clone, Default, Args)]
pub struct ProvingArgs {
    /// Folder with the database's own programs (pg_dump and pg_restore, mariadb-dump and mariadb,
    /// mysqldump and mysql) [default: those that fit best, in PATH and the usual folders]
    #[arg(long, value_name = "FOLDER")]
    pub programs: Option<PathBuf>,
    /// Make the scratch database on the server of this database, named like TARGET
    /// [default: the server of TARGET itself; for SQLite the folder of the backup]
    #[arg(long, value_name = "TARGET")]
    pub scratch: Option<String>,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The backup: its file or its manifest
    pub backup: PathBuf,
    /// The database to be made, named like any TARGET; it must not be there yet
    pub target: String,
    /// Restore this table alone, with its partitions; may be given several times. References to
    /// tables that are not named are left out
    #[arg(long, value_name = "SCHEMA.TABLE")]
    pub table: Vec<String>,
    /// Folder with the database's own programs [default: those that fit best]
    #[arg(long, value_name = "FOLDER")]
    pub programs: Option<PathBuf>,
}

/// `scratch`.
#[derive(Debug, Args)]
pub struct ScratchArgs {
    /// A database of the server to look at; for a SQLite file the folder that it is in
    pub target: String,
    /// Also look into this folder for files that never became a backup; may be given several
    /// times [default: the folders of the backups of TARGET that this machine knows]
    #[arg(long, value_name = "FOLDER")]
    pub dir: Vec<PathBuf>,
    /// Remove this one, by its name in the list; may be given several times
    #[arg(long, value_name = "NAME", num_args = 1.., conflicts_with = "remove_all")]
    pub remove: Vec<String>,
    /// Remove all that nobody is at work with
    #[arg(long)]
    pub remove_all: bool,
    /// Yes, do it
    #[arg(long)]
    pub yes: bool,
}

/// `rehearse`.
#[derive(Debug, Args)]
pub struct RehearseArgs {
    /// The database
    pub target: String,
    /// The plan
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// The backup to restore: its file or its manifest
    #[arg(long, value_name = "BACKUP")]
    pub backup: PathBuf,
    /// Keep the copy, converted, for a look at it or to test the application against
    #[arg(long)]
    pub keep_copy: bool,
    /// A SELECT of your own to be timed before and after (repeatable)
    #[arg(long, value_name = "SQL")]
    pub probe: Vec<String>,
    /// A file with such statements, a semicolon behind each (repeatable)
    #[arg(long, value_name = "FILE")]
    pub probes: Vec<PathBuf>,
    /// What it is restored with
    #[command(flatten)]
    pub proving: ProvingArgs,
}

/// `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The database
    pub target: String,
    /// The plan
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// Yes, do it
    #[arg(long)]
    pub yes: bool,
    /// What the run rests on
    #[command(flatten)]
    pub safety: SafetyArgs,
    /// What people vouch for; kept with the run and printed in its report
    #[command(flatten)]
    pub people: PeopleArgs,
    /// How long to try for locks in all, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub lock_wait: u64,
}

/// A command about one run of a database.
#[derive(Debug, Args)]
pub struct RunOfTarget {
    /// The database
    pub target: String,
    /// The run [default: the newest one it concerns]
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
}

/// A command about one run that changes the database.
#[derive(Debug, Args)]
pub struct ConsentArgs {
    /// Which run of which database
    #[command(flatten)]
    pub of: RunOfTarget,
    /// Yes, do it
    #[arg(long)]
    pub yes: bool,
    /// How long to try for locks in all, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub lock_wait: u64,
}

/// `map`.
#[derive(Debug, Args)]
pub struct MapArgs {
    /// The database
    pub target: String,
    /// The run
    #[arg(long, value_name = "RUN")]
    pub run: String,
    /// Format of the output
    #[arg(long, value_enum, default_value_t = MapFormat::Csv)]
    pub format: MapFormat,
}

/// Formats of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MapFormat {
    /// Comma-separated values with a header (RFC 4180).
    Csv,
}

/// `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The database
    pub target: String,
    /// The plan
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// Format: sql for the product's own client, alembic or django for a migration file
    #[arg(long, value_name = "FORMAT", default_value = "sql")]
    pub format: String,
    /// Where to write it [default: stdout]
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the way back (sql; a migration file holds both ways)
    #[arg(long)]
    pub undo: bool,
    /// Send nothing, only move version and models on: for a database that 'rekey run' has
    /// converted (alembic, django)
    #[arg(long)]
    pub state_only: bool,
    /// The new revision [default: the beginning of the plan's fingerprint] (alembic)
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
    /// The revision that it comes after [default: the one that the database is at] (alembic)
    #[arg(long, value_name = "REVISION")]
    pub down_revision: Option<String>,
    /// The application it belongs to [default: that of most converted tables] (django)
    #[arg(long, value_name = "LABEL")]
    pub app: Option<String>,
    /// The model of a table that is not named in Django's own way; may be given several times
    #[arg(long, value_name = "TABLE=APP.MODEL")]
    pub model: Vec<String>,
}

/// `code`.
#[derive(Debug, Args)]
pub struct CodeArgs {
    /// The folder with the code [default: none, for a page of advice]
    pub folder: Option<PathBuf>,
    /// The plan
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
}

/// `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The run
    #[arg(long, value_name = "RUN")]
    pub run: String,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Html)]
    pub format: ReportFormat,
    /// Folder with the application's code, whose lines to change are told in the report; it is only
    /// read [default: what was last looked through in the window for the run's plan, else advice]
    #[arg(long, value_name = "FOLDER")]
    pub code: Option<PathBuf>,
    /// Where to write it [default: stdout]
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One self-contained page.
    Html,
    /// The data.
    Json,
    /// Text with headings and tables.
    Md,
}

/// `redis`.
#[derive(Debug, Args)]
pub struct RedisArgs {
    /// What to do there.
    #[command(subcommand)]
    pub command: RedisCommand,
}

/// What can be done with Redis.
#[derive(Debug, Subcommand)]
pub enum RedisCommand {
    /// Show which keys there are, as templates with counts and examples
    Scan(RedisScanArgs),
    /// Rewrite ids of a finished run by rules
    Rewrite(RedisRewriteArgs),
    /// Bring the old ids back, by the rules that were given for the run
    Undo(RedisUndoArgs),
    /// Remove keys by a pattern, or all of one database under its typed name
    Flush(RedisFlushArgs),
}

/// Where Redis is.
#[derive(Debug, Args)]
pub struct RedisPlace {
    /// The server or any node of a cluster: redis://user@host:6379/0, rediss:// with TLS, or
    /// redis+unix:///path?db=0
    pub redis: String,
    /// Read the password of Redis from the first line of this file
    #[arg(long, value_name = "FILE")]
    pub redis_password_file: Option<PathBuf>,
    /// Trust the certificates in this file (PEM) in place of the system's
    #[arg(long, value_name = "FILE")]
    pub redis_ca: Option<PathBuf>,
    /// For how long to try again what may pass by itself, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub retry_for: u64,
}

/// `redis scan`.
#[derive(Debug, Args)]
pub struct RedisScanArgs {
    /// Where Redis is
    #[command(flatten)]
    pub place: RedisPlace,
    /// How many keys to look at; with fewer of them all are
    #[arg(long, value_name = "KEYS", default_value_t = 1_000_000)]
    pub sample: u64,
}

/// The run whose ids are translated.
#[derive(Debug, Args)]
pub struct RedisRun {
    /// The database with the run's map
    #[arg(long, value_name = "TARGET")]
    pub target: String,
    /// The run
    #[arg(long, value_name = "RUN")]
    pub run: String,
    /// Change nothing; count, and show examples
    #[arg(long)]
    pub dry_run: bool,
    /// Yes, do it
    #[arg(long)]
    pub yes: bool,
    /// Change at most so many keys in a second
    #[arg(long, value_name = "KEYS")]
    pub rate: Option<u64>,
}

/// `redis rewrite`.
#[derive(Debug, Args)]
#[command(
    after_help = "In KEYS, {schema.table.column} stands for an id of that column, {int}, {uuid} and {any} for a segment \
that stays, * for anything. Without =ID the only id in KEYS is meant. Every option may be given several times; of several \
rules for a key's name the first one counts."
)]
pub struct RedisRewriteArgs {
    /// Where Redis is
    #[command(flatten)]
    pub place: RedisPlace,
    /// Whose ids
    #[command(flatten)]
    pub of: RedisRun,
    /// Rewrite the names of keys, as in user_sessions:{public.users.id}
    #[arg(long, value_name = "KEYS")]
    pub rule: Vec<String>,
    /// Rewrite members of sets and sorted sets, as in online={public.users.id}
    #[arg(long, value_name = "KEYS[=ID]")]
    pub members: Vec<String>,
    /// Rewrite names of the fields of hashes
    #[arg(long, value_name = "KEYS[=ID]")]
    pub fields: Vec<String>,
    /// Rewrite values of hashes, and strings that are nothing but an id
    #[arg(long, value_name = "KEYS[=ID]")]
    pub values: Vec<String>,
    /// Rewrite items of lists
    #[arg(long, value_name = "KEYS[=ID]")]
    pub items: Vec<String>,
    /// Rewrite a value in strings that are JSON, as in session:*=$.user.id={public.users.id};
    /// ID stands between quotes where it does in the document
    #[arg(long, value_name = "KEYS=PATH[=ID]")]
    pub json_value: Vec<String>,
    /// Remove keys; they do not come back with an undo
    #[arg(long, value_name = "KEYS")]
    pub delete: Vec<String>,
    /// Leave keys alone, whatever other rules say
    #[arg(long, value_name = "KEYS")]
    pub leave: Vec<String>,
}

/// `redis undo`.
#[derive(Debug, Args)]
pub struct RedisUndoArgs {
    /// Where Redis is
    #[command(flatten)]
    pub place: RedisPlace,
    /// Whose ids
    #[command(flatten)]
    pub of: RedisRun,
}

/// `redis flush`.
#[derive(Debug, Args)]
pub struct RedisFlushArgs {
    /// Where Redis is
    #[command(flatten)]
    pub place: RedisPlace,
    /// Remove the keys that this pattern takes, in Redis' own spelling (*, ?, [a-z])
    #[arg(long, value_name = "PATTERN", conflicts_with = "database")]
    pub pattern: Option<String>,
    /// Empty the whole database of the address; its name as 'rekey redis flush' shows it
    #[arg(long, value_name = "NAME")]
    pub database: Option<String>,
    /// Remove nothing; count, and show examples
    #[arg(long)]
    pub dry_run: bool,
    /// Yes, do it
    #[arg(long)]
    pub yes: bool,
}

/// `services`.
#[derive(Debug, Args)]
#[command(
    after_help = "FILE is a JSON object of your own with the commands of your services, where they tell that they \
are well, and their logs; docs/services.md shows one."
)]
pub struct ServicesArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ServicesCommand,
}

/// What can be done with services.
#[derive(Debug, Subcommand)]
pub enum ServicesCommand {
    /// Show what the file says, each command exactly as it would be carried out
    Show(ServicesFile),
    /// Stop them by the command in the file
    Stop(ServicesDo),
    /// Start them by the command in the file
    Start(ServicesDo),
    /// Put up the maintenance page by the command in the file
    MaintenanceOn(ServicesDo),
    /// Take it down by the command in the file
    MaintenanceOff(ServicesDo),
    /// See that they have no session in the database any more
    Stopped(ServicesStopped),
    /// Ask whether they are well, until they are or it was asked often enough
    Health(ServicesFile),
    /// Look in their logs for what goes wrong after ids have changed
    Log(ServicesLog),
}

/// The file that speaks of the services.
#[derive(Debug, Args)]
pub struct ServicesFile {
    /// The file
    pub file: PathBuf,
}

/// A command that is carried out.
#[derive(Debug, Args)]
pub struct ServicesDo {
    /// The file
    pub file: PathBuf,
    /// Yes, carry it out
    #[arg(long)]
    pub yes: bool,
}

/// `services stopped`.
#[derive(Debug, Args)]
pub struct ServicesStopped {
    /// The file
    pub file: PathBuf,
    /// The database
    #[arg(long, value_name = "TARGET")]
    pub target: String,
    /// How long to wait for them to leave, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 15)]
    pub wait: u64,
}

/// `services log`.
#[derive(Debug, Args)]
pub struct ServicesLog {
    /// The file
    pub file: PathBuf,
    /// Look at lines from this moment on, as in 2026-11-22T12:00:00+01:00; lines that name no zone
    /// are taken in this one [default: the end of each log, however old]
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Look at so many bytes at the end of each log [default: 1 MiB; 256 MiB with --since]
    #[arg(long, value_name = "BYTES")]
    pub last: Option<u64>,
    /// Yes, carry out the commands that write logs
    #[arg(long)]
    pub yes: bool,
}

/// `api`.
#[derive(Debug, Args)]
#[command(
    after_help = "FILE is the one that 'rekey services' takes; what to ask stands there under \"api\". It is only \
asked with GET."
)]
pub struct ApiArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ApiCommand,
}

/// What can be done with an interface.
#[derive(Debug, Subcommand)]
pub enum ApiCommand {
    /// Ask before the run and keep the answers' status, times and kinds of ids
    Before(ApiBefore),
    /// Ask after the run and compare: ids must be UUIDs now
    After(ApiAfter),
    /// Keep the token for the interface in the system's keyring
    Token(ApiToken),
}

/// `api before`.
#[derive(Debug, Args)]
pub struct ApiBefore {
    /// The file
    pub file: PathBuf,
    /// Where to keep the answers
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: PathBuf,
    /// Read the token from the first line of this file [default: from the keyring]
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

/// `api after`.
#[derive(Debug, Args)]
pub struct ApiAfter {
    /// The file
    pub file: PathBuf,
    /// The answers from before
    #[arg(long, value_name = "FILE")]
    pub before: PathBuf,
    /// Read the token from the first line of this file [default: from the keyring]
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

/// `api token`.
#[derive(Debug, Args)]
pub struct ApiToken {
    /// The file
    pub file: PathBuf,
    /// Read the token from the first line of this file [default: a person is asked for it]
    #[arg(long, value_name = "FILE", conflicts_with = "forget")]
    pub token_file: Option<PathBuf>,
    /// Remove the token from the keyring
    #[arg(long)]
    pub forget: bool,
}
