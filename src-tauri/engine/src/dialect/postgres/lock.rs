//! The run lock, and who holds what.

use std::sync::Arc;

use async_trait::async_trait;

use super::connection::{PostgresConnection, Profile};
use super::quote;
use crate::dialect::{Access, Connection as _, RunLock};
use crate::error::{Error, Result};
use crate::observer::Blocker;
use crate::purpose::purpose;
use crate::schema::TableName;

/// The advisory lock's two numbers: `REKE` and `Y` as bytes.
const KEY: (i32, i32) = (0x5245_4b45, 0x59);

struct Held(PostgresConnection);

#[async_trait]
impl RunLock for Held {
    async fn release(mut self: Box<Self>) {
        // A session's advisory locks end with it, but the server may be a while about that:
        // whoever asks next would be told of a runner that is gone.
        let (first, second) = KEY;
        let _ = self.0.query(&format!("SELECT pg_advisory_unlock({first}, {second})::text")).await;
        self.0.close().await;
    }
}

/// Takes the lock on a connection of its own: it must outlast the run's transaction.
pub async fn take(profile: &Arc<Profile>, run: &str) -> Result<Box<dyn RunLock>> {
    let mut connection = profile.connect(Access::Read, &purpose(run)).await?;
    let (first, second) = KEY;
    let rows = connection.query(&format!("SELECT pg_try_advisory_lock({first}, {second})::text")).await?;
    if rows.first().and_then(|row| row.first()).and_then(Option::as_deref) == Some("true") {
        return Ok(Box::new(Held(connection)));
    }
    let holder = holder(&mut connection).await;
    connection.close().await;
    Err(holder?)
}

async fn holder(connection: &mut PostgresConnection) -> Result<Error> {
    let (first, second) = KEY;
    let sql = format!(
        "SELECT coalesce(a.application_name, ''), coalesce(host(a.client_addr), 'the server''s own machine'), l.pid::text \
         FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid \
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = {first} AND l.objid = {second} \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1"
    );
    let row = connection.query(&sql).await?.into_iter().next().unwrap_or_default();
    let text = |n: usize| row.get(n).cloned().flatten().unwrap_or_else(|| "unknown".to_owned());
    let name = text(0);
    let (run, machine) = name.strip_prefix("rekey:").and_then(|rest| rest.split_once('@')).unwrap_or((&name, ""));
    let machine = if machine.is_empty() { text(1) } else { machine.to_owned() };
    Ok(Error::AnotherRunner { run: run.to_owned(), host: machine, process: text(2) })
}

/// Sessions that hold locks on these tables, our own left out. Without tables: those that
/// hold any table against being read.
pub async fn blockers(profile: &Arc<Profile>, tables: &[TableName]) -> Result<Vec<Blocker>> {
    let mut connection = profile.connect(Access::Read, "rekey: who holds locks").await?;
    let names: Vec<String> = tables
        .iter()
        .map(|name| format!("({}, {})", quote::literal(&name.schema), quote::literal(&name.name)))
        .collect();
    let which = if names.is_empty() {
        "l.mode = 'AccessExclusiveLock'".to_owned()
    } else {
        format!("(n.nspname, c.relname) IN ({})", names.join(", "))
    };
    let sql = format!(
        "SELECT DISTINCT a.pid::text, coalesce(a.usename::text, ''), coalesce(a.application_name, ''), coalesce(a.state, ''), left(coalesce(a.query, ''), 200) \
         FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_stat_activity a ON a.pid = l.pid \
         WHERE l.granted AND l.locktype = 'relation' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND {which} AND coalesce(a.application_name, '') NOT LIKE 'rekey:%' AND a.pid <> pg_backend_pid() ORDER BY 1"
    );
    let rows = connection.query(&sql).await;
    connection.close().await;
    Ok(rows?.into_iter().map(blocker).collect())
}

fn blocker(row: Vec<Option<String>>) -> Blocker {
    let mut cells = row.into_iter().map(Option::unwrap_or_default);
    let mut next = || cells.next().unwrap_or_default();
    Blocker { pid: next(), user: next(), application: next(), state: next(), query: next() }
}

/// True where the server gave up waiting for a lock, or found two sessions waiting for each other.
pub fn is_lock_timeout(error: &Error) -> bool {
    matches!(error, Error::Statement { code, .. } if code == "55P03" || code == "40P01")
}
