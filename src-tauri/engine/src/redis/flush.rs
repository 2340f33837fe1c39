//! Removing keys: by a pattern, or all of one database under its typed name. The whole server is
//! never emptied.

use std::collections::BTreeMap;
use std::time::Instant;

use redis::{Value, cmd};
use serde::Serialize;
use ts_rs::TS;

use super::rename::about;
use super::tally::shown;
use super::walk::{Walk, bytes};
use super::{Profile, Server, Trouble};
use crate::execute::Cancel;
use crate::observer::{Event, Observer, Progress};
use crate::report::words::thousands;

/// How many examples are shown.
const EXAMPLES: usize = 10;

/// What matched a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FlushCounts {
    /// Keys that the pattern takes.
    #[ts(type = "number")]
    pub matched: u64,
    /// Keys that were removed; in a dry run, those that would be.
    #[ts(type = "number")]
    pub removed: u64,
    /// The first ten of them.
    pub examples: Vec<String>,
}

impl FlushCounts {
    /// What is gone where the removing was stopped on its way.
    pub fn so_far(&self) -> Option<String> {
        (self.removed > 0).then(|| {
            format!("{} keys were removed before it stopped; the others are as they were.", thousands(self.removed))
        })
    }
}

/// Another database of the same server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// Its number, as `db3`.
    pub database: String,
    /// How many keys it holds.
    pub keys: u64,
}

/// A database that was emptied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Emptied {
    /// How many keys it held.
    pub removed: u64,
}

/// Removes the keys that a pattern of Redis takes, without holding the server up. Gives what was
/// done also where something stopped it.
pub async fn flush(
    profile: &Profile,
    pattern: &str,
    dry: bool,
    observer: &dyn Observer,
    cancel: &Cancel,
) -> (FlushCounts, Option<Trouble>) {
    let mut counts = FlushCounts::default();
    let trouble = remove(profile, pattern, dry, observer, cancel, &mut counts).await.err();
    (counts, trouble)
}

async fn remove(
    profile: &Profile,
    pattern: &str,
    dry: bool,
    observer: &dyn Observer,
    cancel: &Cancel,
    counts: &mut FlushCounts,
) -> Result<(), Trouble> {
    if pattern.chars().all(|letter| "*?".contains(letter)) {
        return Err(Trouble::Rule {
            rule: format!("--pattern {pattern}"),
            reason: "it would take every key there is".to_owned(),
            remedy: "Say how the keys begin, as in user_sessions:*; a whole database is emptied with --database."
                .to_owned(),
        });
    }
    let mut server = Server::open(profile, cancel).await?;
    let (began, all) = (Instant::now(), server.size().await?);
    let mut walk = Walk::matching(&server, pattern.as_bytes());
    while let Some(keys) = walk.next(&mut server).await? {
        if cancel.is_cancelled() {
            return Err(Trouble::Cancelled);
        }
        let examples = keys.iter().take(EXAMPLES.saturating_sub(counts.examples.len())).map(|key| shown(key));
        counts.examples.extend(examples);
        let found = u64::try_from(keys.len()).unwrap_or(u64::MAX);
        counts.matched += found;
        if dry {
            counts.removed += found;
        } else {
            unlink(&mut server, &keys, counts).await?;
        }
        observer.notice(progress(began, dry, walk.share(), all));
    }
    Ok(())
}

async fn unlink(server: &mut Server, keys: &[Vec<u8>], counts: &mut FlushCounts) -> Result<(), Trouble> {
    for answer in server.send(keys.iter().map(|key| about("UNLINK", key)).collect()).await? {
        match answer.said {
            Ok(Value::Int(1)) => counts.removed += 1,
            Ok(_) => {}
            Err(error) => return Err(Trouble::Unexpected { detail: super::server::told(&error) }),
        }
    }
    Ok(())
}

// Keys that were gone through, whether the pattern takes them or not.
fn progress(began: Instant, dry: bool, share: f64, all: u64) -> Event {
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of all keys, for people"
    )]
    let done = (share * all as f64) as u64;
    Event::Progress(Progress {
        run: String::new(),
        step: if dry { "Count keys in Redis" } else { "Remove keys from Redis" }.to_owned(),
        number: 1,
        of: 1,
        table: None,
        rows_done: done.min(all),
        rows_total: all,
        elapsed: began.elapsed().as_secs_f64(),
        eta: None,
    })
}

/// The databases of the server that hold keys, by INFO.
///
/// # Errors
/// As [`Server::ask`].
pub async fn neighbours(profile: &Profile, cancel: &Cancel) -> Result<Vec<Neighbour>, Trouble> {
    let mut server = Server::open(profile, cancel).await?;
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for place in server.masters() {
        let mut question = cmd("INFO");
        question.arg("keyspace");
        let told = bytes(server.ask(&place, question).await?).unwrap_or_default();
        let told = String::from_utf8_lossy(&told);
        for (database, keys) in told.lines().filter_map(line) {
            *found.entry(database).or_default() += keys;
        }
    }
    Ok(found.into_iter().map(|(database, keys)| Neighbour { database, keys }).collect())
}

// `db0:keys=12,expires=3,avg_ttl=0`.
fn line(line: &str) -> Option<(String, u64)> {
    let (database, rest) = line.trim().split_once(":keys=")?;
    Some((database.to_owned(), rest.split(',').next()?.parse().ok()?))
}

/// Empties the database that the address names, on every master. Other databases of the server
/// stay.
///
/// # Errors
/// As [`Server::ask`].
pub async fn empty(profile: &Profile, cancel: &Cancel) -> Result<Emptied, Trouble> {
    let mut server = Server::open(profile, cancel).await?;
    let removed = server.size().await?;
    for place in server.masters() {
        let mut command = cmd("FLUSHDB");
        command.arg("ASYNC");
        server.ask(&place, command).await?;
    }
    Ok(Emptied { removed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_are_read_from_what_the_server_tells() {
        assert_eq!(line("db3:keys=12,expires=3,avg_ttl=0\r"), Some(("db3".to_owned(), 12)));
        assert_eq!(line("# Keyspace"), None);
    }
}
