//! Everything around the code: set-up, running, testing, formatting, measuring.
//!
//! No dependencies, so that `cargo xtask` compiles in seconds on a bare machine.

mod bench;
mod build;
mod frontend;
mod generated;
mod licences;
mod memory;
mod process;
mod stages;
mod system;
mod tasks;
mod totals;
mod workspace;

use std::process::ExitCode;

/// What a task gives back: nothing, or what went wrong and what to do, for a person.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
Tasks of Rekey. Use: cargo xtask TASK

  run [--headless]   Set up what is missing, build the app and open its window.
                     Without a display, or with --headless: convert the built-in
                     sample on the command line and print where the report is.
  test [FILTER]      Set up what is missing, then every check and every test.
                     With FILTER: only Rust tests whose name contains it.
  test --lane mysql  Only the tests on a real MySQL, which is fetched first where
                     root and debootstrap are there.
  long [SEEDS]       The long lane: that many random databases (default 500) there
                     and back. REKEY_SEED=7 takes that one alone.
  setup              Install what `run` and `test` need, and nothing else.
  fmt                Format the Rust code.
  lint               Formatting, clippy, documentation, front end, and licences
                     where cargo-deny is installed.
  bless              Write again what is made by the code and kept with it:
                     the golden SQL of the scenarios, the generated TypeScript and the
                     list of licences.
                     Read the difference before you commit it.
  pictures           Take the pictures of all ten stages for the README, of the real
                     window at work on the sample, into docs/pictures.
  bench [sqlite|postgres|mariadb] [--rows N[,M...]] [--rounds N] [--without recipe] [--with rehearsal]
                     Measure Rekey against the database's own rewrite of the same
                     tables. N rows of orders, and a sixth as many users
                     (default 3000000). The guides' recipe takes longest by far
                     and can be left out. With rounds: that often, from fresh data,
                     and all ratios in the end. With rehearsal: the run rests on a
                     backup and a rehearsal, whose estimate is compared with it.
  bench schema       Measure how long 1,000 tables with 1,500 foreign keys take to
                     inspect and to plan.
  bench redis [--rows N] [--rounds N]
                     Measure how many keys are rewritten in a second, on one server
                     and on a cluster, against a pipelined RENAME (default 1000000
                     keys, 3 rounds on the one server).
  bench window [--starts N]
                     Measure how soon the released window can be used after its
                     start (default 10 starts). Linux only.
  bundle             Make packages of the window and the command for this system
                     (.deb and .rpm, .dmg, .msi), and on Linux look into the .deb,
                     install it into a temporary root and start it from there.
  help               This text.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\ncargo xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[&str]) -> Outcome {
    match arguments {
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        ["run"] => tasks::run::run(false),
        ["run", "--headless"] => tasks::run::run(true),
        ["test"] => tasks::test::test(None),
        ["test", "--lane", "mysql"] => tasks::test::lane_mysql(),
        ["test", filter] if !filter.starts_with('-') => tasks::test::test(Some(filter)),
        ["long"] => tasks::long::long("500"),
        ["long", seeds] => tasks::long::long(seeds),
        ["setup"] => tasks::setup::setup(),
        ["fmt"] => tasks::lint::format(),
        ["lint"] => tasks::lint::lint(),
        ["bless"] => tasks::bless::bless(),
        ["bundle"] => tasks::bundle::bundle(),
        ["pictures"] => tasks::pictures::pictures(),
        ["bench", rest @ ..] => bench::bench(rest),
        other => Err(format!("'{}' is not a task.\n\n{HELP}", other.join(" "))),
    }
}
