//! The integration tests: one binary that starts real servers, runs the real command and,
//! where asked to, drives the real window.
//!
//! `cargo test --features failpoints --test tests [FILTER]`; `REKEY_BLESS=1` rewrites the
//! golden files of the scenarios; `REKEY_CORPORA` names the folder with public databases;
//! `REKEY_SERVERS` the folder with servers of other versions; `REKEY_PYTHON` the one with Alembic
//! and Django;
//! `REKEY_DESKTOP` names the window's binary, `REKEY_RELEASED` the one that users are given.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod backup;
mod bad_input;
mod canary;
mod cases;
mod checklist;
mod code;
mod corpora;
mod demo;
mod exports;
mod generated;
mod generated_mysql;
mod generated_sqlite;
mod gui;
mod kill;
mod kill_staged;
mod lanes;
mod locks;
mod mysql;
mod performance;
mod protected;
mod redis;
mod rehearse;
mod scenario;
mod seeded;
mod services;
mod ssh;
mod support;
mod undo;
mod versions;

fn main() {
    let mut arguments = libtest_mimic::Arguments::from_args();
    // Trials wait for servers much of their time: twice as many as there are processors.
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.test_threads.get_or_insert(2 * processors);
    let mut trials = Vec::new();
    // The longest first, so that none of them is left to run alone.
    trials.extend(kill::trials());
    trials.extend(kill_staged::trials());
    trials.extend(scenario::trials());
    trials.extend(cases::trials());
    trials.extend(checklist::trials());
    trials.extend(corpora::trials());
    trials.extend(lanes::trials());
    trials.extend(locks::trials());
    trials.extend(mysql::trials());
    trials.extend(redis::trials());
    trials.extend(backup::trials());
    trials.extend(bad_input::trials());
    trials.extend(performance::trials());
    trials.extend(protected::trials());
    trials.extend(exports::trials());
    trials.extend(rehearse::trials());
    trials.extend(canary::trials());
    trials.extend(code::trials());
    trials.extend(demo::trials());
    trials.extend(seeded::trials());
    trials.extend(services::trials());
    trials.extend(ssh::trials());
    trials.extend(undo::trials());
    trials.extend(versions::trials());
    trials.extend(generated::trials());
    trials.extend(generated_mysql::trials());
    trials.extend(generated_sqlite::trials());
    trials.extend(gui::trials());
    // Panics of tests are caught inside, so this comes back whatever happens in them.
    let conclusion = libtest_mimic::run(&arguments, trials);
    support::postgres::stop_shared();
    support::mysql::stop_shared();
    cases::print();
    support::pace::print();
    if !(generated::tell() & generated_sqlite::tell()) {
        std::process::exit(101);
    }
    conclusion.exit();
}
