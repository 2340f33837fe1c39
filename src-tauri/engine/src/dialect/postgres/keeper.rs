//! The session that makes and removes scratch databases, and those that are left over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_trait::async_trait;

use super::connection::{PostgresConnection, Profile};
use super::{quote, sibling};
use crate::backup::is_scratch_name;
use crate::dialect::keeper::must_be_ours;
use crate::dialect::{Access, Connection, Keeper, Leftover};
use crate::error::{Error, Result};
use crate::observer::Blocker;

/// How often a scratch database is tried to be removed. The server itself waits five seconds
/// for sessions that are ending.
const TRIES: usize = 3;
/// SQLSTATE: somebody is connected to it.
const IN_USE: &str = "55006";
/// What the server shows as the name of a session that keeps a scratch database, before that
/// database's name. Everybody may read it.
const KEEPS: &str = "rekey keeps ";

/// A session on the user's database.
pub struct Held {
    profile: Arc<Profile>,
    connection: PostgresConnection,
    made: BTreeSet<String>,
}

impl Held {
    /// Opens it.
    pub async fn open(profile: &Arc<Profile>) -> Result<Self> {
        let connection = profile.connect(Access::Write, "rekey").await?;
        Ok(Held { profile: Arc::clone(profile), connection, made: BTreeSet::new() })
    }

    // While it only waits it may write nothing, as every session on the user's database.
    async fn may_write(&mut self, may: bool) -> Result<()> {
        let word = if may { "off" } else { "on" };
        self.connection.execute(&format!("SET default_transaction_read_only = {word}")).await
    }

    async fn drop(&mut self, name: &str) -> Result<()> {
        self.may_write(true).await?;
        // What is still at work in it, such as a program that lost its connection, is our own.
        let end = format!(
            "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = {} AND usename = current_user AND application_name ~ '^rekey'",
            quote::literal(name)
        );
        let mut outcome = Ok(());
        for _ in 0..TRIES {
            self.connection.query(&end).await?;
            outcome = self.connection.execute(&statement(name)).await;
            if !outcome.as_ref().is_err_and(is_in_use) {
                break;
            }
        }
        outcome
    }
}

#[async_trait]
impl Keeper for Held {
    async fn create(&mut self, name: &str, settings: &BTreeMap<String, String>) -> Result<()> {
        sibling::create(&mut self.connection, name, settings).await?;
        self.made.insert(name.to_owned());
        self.may_write(false).await?;
        if !is_scratch_name(name) {
            return Ok(());
        }
        self.connection.execute(&format!("SET application_name = {}", quote::literal(&format!("{KEEPS}{name}")))).await
    }

    async fn remove(&mut self, name: &str) -> Result<()> {
        must_be_ours(name, &self.made)?;
        let outcome = self.drop(name).await;
        if !matches!(outcome, Err(Error::ConnectionLost { .. })) {
            return outcome;
        }
        self.connection = self.profile.connect(Access::Write, "rekey").await?;
        self.drop(name).await
    }

    async fn clear(&mut self, name: &str) -> Result<()> {
        must_be_ours(name, &self.made)?;
        self.may_write(true).await?;
        self.connection.execute(&statement(name)).await
    }

    fn by_hand(&self, name: &str) -> String {
        format!("{};", statement(name))
    }
}

fn statement(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS {}", quote::ident(name))
}

#[allow(clippy::wildcard_enum_match_arm, reason = "no other error is one of sessions")]
fn is_in_use(error: &Error) -> bool {
    match error {
        Error::Statement { code, .. } => code == IN_USE,
        _ => false,
    }
}

const THERE: &str = "
SELECT datname, (CASE WHEN has_database_privilege(oid, 'CONNECT') THEN pg_database_size(oid) ELSE 0 END)::text
FROM pg_database WHERE datname LIKE 'rekey!_copy!_%' ESCAPE '!' AND datname <> current_database() ORDER BY datname";

const USERS: &str = "
SELECT d.datname, a.pid::text, coalesce(a.usename::text, ''), coalesce(a.application_name, ''), coalesce(a.state, '')
FROM pg_database d JOIN pg_stat_activity a ON a.datname = d.datname OR a.application_name = 'rekey keeps ' || d.datname
WHERE d.datname LIKE 'rekey!_copy!_%' ESCAPE '!' AND a.pid <> pg_backend_pid() ORDER BY a.pid";

/// The scratch databases that are there, and who is at work with them.
pub async fn leftovers(connection: &mut dyn Connection) -> Result<Vec<Leftover>> {
    let mut users: BTreeMap<String, Vec<Blocker>> = BTreeMap::new();
    for row in connection.query(USERS).await? {
        let mut cells = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || cells.next().unwrap_or_default();
        let name = next();
        let user = Blocker { pid: next(), user: next(), application: next(), state: next(), query: String::new() };
        users.entry(name).or_default().push(user);
    }
    let mut found = Vec::new();
    for row in connection.query(THERE).await? {
        if let [Some(name), Some(bytes)] = row.as_slice()
            && is_scratch_name(name)
        {
            let used_by = users.remove(name).unwrap_or_default();
            let bytes = bytes.parse().unwrap_or_default();
            found.push(Leftover { name: name.clone(), bytes, in_use: !used_by.is_empty(), used_by });
        }
    }
    Ok(found)
}
