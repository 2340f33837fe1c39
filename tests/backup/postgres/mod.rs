//! Backups of PostgreSQL.

mod corpora;
mod defects;
mod faults;
mod ladder;
mod left;
mod shim;
mod tables;

use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use rekey_engine::backup::{Backup, Content};
use rekey_engine::connect::{self, Address};
use rekey_engine::dialect::{Access, Database as Engine};
use serde_json::Value;

use crate::support::postgres::{Database, Server, percent};
use crate::support::rekey::{Answer, Rekey};
use crate::support::requirement::{Requirement, trial};
use crate::support::versions::Programs;

/// All of them.
pub fn trials() -> Vec<Trial> {
    let mut trials = corpora::trials();
    trials.push(trial("backup::postgres::ladder", &[Requirement::Postgres], ladder::catches));
    trials.push(trial("backup::postgres::defects_in_the_copy", &[Requirement::Postgres], defects::are_seen));
    trials.extend(faults::trials());
    trials.extend(left::trials());
    trials.extend(tables::trials());
    trials
}

/// A server of its own, for trials that count what is left on it or stop it.
fn own_server() -> &'static Server {
    own_server_of(None)
}

/// The same of another version.
fn own_server_of(version: Option<u32>) -> &'static Server {
    Box::leak(Box::new(Server::start(Programs::of(version).unwrap())))
}

/// The words of the command.
fn words(database: &Database, more: &[&str]) -> Vec<String> {
    let url = database.server().url(database.name());
    ["backup", &url, "--dir", "out"].iter().chain(more).map(|&word| word.to_owned()).collect()
}

/// Makes a backup into the folder `out` of the home.
fn back_up(rekey: &Rekey, database: &Database, more: &[&str]) -> Answer {
    let words = words(database, more);
    let answer = rekey.json(&words.iter().map(String::as_str).collect::<Vec<_>>());
    nothing_left(rekey, answer.outcome.code == Some(0));
    answer
}

/// No private folder, no file that is not proven; without a backup no file at all.
fn nothing_left(rekey: &Rekey, made: bool) {
    let names = |folder: PathBuf| -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(rekey.path("tmp")), Vec::<String>::new(), "private folders are left");
    let left = names(rekey.path("out"));
    assert!(!left.iter().any(|name| name.ends_with(".partial")) && (made || left.is_empty()), "{left:?}");
}

/// No scratch database is left on this server, which nobody else uses.
fn no_scratch(server: &'static Server) {
    let left = Database::create_on(server, "asks")
        .value("SELECT string_agg(datname, ' ') FROM pg_database WHERE datname LIKE 'rekey!_copy!_%' ESCAPE '!'");
    assert_eq!(left, "", "scratch databases are left");
}

/// The manifest of a backup that was made.
fn manifest(document: &Value) -> Backup {
    Backup::read(Path::new(document["manifest"].as_str().unwrap())).unwrap()
}

/// A database as the engine sees it.
fn engine(server: &Server, name: &str) -> Box<dyn Engine> {
    let url = format!("postgres://postgres@127.0.0.1:{}/{}", server.port(), percent(name));
    connect::open(&Address::parse(&url).unwrap().address, Some(server.password().to_owned().into())).unwrap()
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// What the engine says a database holds.
fn content(server: &Server, name: &str) -> Content {
    let database = engine(server, name);
    wait(async {
        let mut connection = database.connect(Access::Read, "rekey").await.unwrap();
        database.content(connection.as_mut()).await.unwrap()
    })
}
