//! The headless command: what a command line means, one file per command.
//!
//! Results go to stdout, everything else to stderr. A command gives an [`Outcome`] or a
//! [`Stop`]; only `console` prints, so that `--json` is one document in every case.

mod answers;
mod api;
pub mod args;
mod backup;
mod check;
mod code;
mod console;
mod csv;
mod demo;
pub(crate) mod export;
pub(crate) mod history;
mod inspect;
mod interrupt;
mod keep;
mod map;
mod names;
mod outcome;
mod plan;
mod probes;
mod progress;
mod redis;
mod rehearse;
mod report;
mod restore;
pub(crate) mod resume;
pub mod run;
mod safety;
pub(crate) mod scratch;
mod services;
mod session;
mod status;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod ticks;
mod undo;
mod unsupported;
mod validate;

pub use outcome::{Outcome, Stop};

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::{Cli, Command, Global};
use console::Console;
use session::Session;

/// Reads the command line, does what it says and gives the exit code.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    listen();
    match Cli::try_parse_from(&words) {
        Ok(cli) => start(cli),
        Err(error) => misused(&words, &error),
    }
}

fn start(cli: Cli) -> ExitCode {
    let console = Console::new(cli.global.json, cli.global.progress);
    let ended = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => {
            let ended = runtime.block_on(carry_out(cli.command, cli.global, console.clone()));
            // A thread that waits for a keyring's prompt must not keep the command alive.
            runtime.shutdown_background();
            ended
        }
        Err(error) => Err(rekey_engine::Error::Internal { detail: error.to_string() }.into()),
    };
    ExitCode::from(console.finish(ended))
}

async fn carry_out(command: Command, global: Global, console: Console) -> Result<Outcome, Stop> {
    let session = Session::open(global, console).await;
    match command {
        Command::Demo(args) => demo::demo(&session, &args).await,
        Command::Inspect(args) => inspect::inspect(&session, &args).await,
        Command::Plan(args) => plan::plan(&session, &args).await,
        Command::Check(args) => check::check(&session, &args).await,
        Command::Backup(args) => backup::backup(&session, &args).await,
        Command::Restore(args) => restore::restore(&session, &args).await,
        Command::Scratch(args) => scratch::scratch(&session, &args).await,
        Command::Rehearse(args) => rehearse::rehearse(&session, &args).await,
        Command::Run(args) => run::run(&session, &args).await,
        Command::Status(args) => status::status(&session, &args).await,
        Command::Resume(args) => resume::resume(&session, &args).await,
        Command::Validate(args) => validate::validate(&session, &args).await,
        Command::Undo(args) => undo::undo(&session, &args).await,
        Command::Keep(args) => keep::keep(&session, &args).await,
        Command::Map(args) => map::map(&session, &args).await,
        Command::Export(args) => export::export(&session, &args).await,
        Command::Code(args) => code::code(&args),
        Command::Report(args) => report::report(&session, &args).await,
        Command::Redis(args) => redis::redis(&session, &args.command).await,
        Command::Services(args) => services::services(&session, &args.command).await,
        Command::Api(args) => api::api(&session, &args.command).await,
    }
}

// What was typed may hold a URL with a password, and clap repeats what it does not
// understand.
fn misused(words: &[OsString], error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let json = words.iter().any(|word| word == "--json");
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !json {
        let _ = error.print();
        return ExitCode::from(2);
    }
    let said = rekey_engine::redact::redact(&error.to_string());
    let (what, usage) = said.split_once("Usage:").unwrap_or((&said, ""));
    let what = what.trim().strip_prefix("error: ").unwrap_or(what);
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let usage = usage.lines().next().map(str::trim).filter(|line| !line.is_empty());
    let stop = Stop::usage(
        &format!("The command line cannot be understood: {what}."),
        &usage.map(|line| format!("The form is: {line}")).unwrap_or_default(),
        &["Run 'rekey --help' for the commands and 'rekey COMMAND --help' for one of them."],
    );
    ExitCode::from(Console::new(json, args::ProgressStyle::Plain).finish(Err(stop)))
}

// Silent unless asked for: what the libraries say may hold more than a user wants in a log.
fn listen() {
    let Ok(filter) = std::env::var("REKEY_LOG") else { return };
    let _ = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .try_init();
}
