//! How somebody restores a dump without Rekey.

use std::path::Path;

use super::super::file::quoted;
use super::session::setting;
use crate::connect::{Address, tunnel};

const WORDS: &[&str] = &[
    "# This makes the database itself, with its settings: there must be none of its name.",
    "# Roles and tablespaces belong to the server and are not in the file. On another server make them first: pg_dumpall --globals-only on the old one writes them down.",
    "# Materialized views are filled anew. Subscriptions come back switched off. Indexes that were not valid do not come back, and triggers of references that were switched off come back switched on.",
];

/// What to type, line by line.
pub fn lines(restore: &Path, path: &Path, source: &Address) -> Vec<String> {
    let Address::Postgres { host, port, user, database, .. } = source else { return Vec::new() };
    let by_ssh = tunnel::by_hand(source);
    let (host, port) = by_ssh.as_ref().map_or((host.as_str(), *port), |(_, port)| ("127.0.0.1", *port));
    let word = |text: &str| quoted(Path::new(text), "");
    // Somewhere to log in while the database is not there.
    let door = if database == "postgres" { "template1" } else { "postgres" };
    let command = format!(
        "{} --create --exit-on-error --host={} --port={port} --username={} --dbname={} {}",
        quoted(restore, ""),
        word(host),
        word(user),
        word(&format!("dbname={}", setting(door))),
        quoted(path, "")
    );
    WORDS.iter().map(|&line| line.to_owned()).chain(by_ssh.map(|(line, _)| line)).chain([command]).collect()
}
