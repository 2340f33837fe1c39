//! The run lock: a lock of the server's that ends with its session.

use std::sync::Arc;

use async_trait::async_trait;
use sha2::{Digest, Sha256};

use super::connection::{MysqlConnection, Profile};
use super::error;
use super::quote::literal;
use crate::dialect::{Access, Connection as _, RunLock};
use crate::error::{Error, Result};

/// What a run's id is made of, and how long it may be to be shown to whoever finds the lock.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const SHOWN: usize = 16;

struct Held(MysqlConnection);

#[async_trait]
impl RunLock for Held {
    async fn release(mut self: Box<Self>) {
        // A session's locks end with it, but the server may be a while about that: whoever asks
        // next would be told of a runner that is gone.
        let _ = self.0.query("SELECT RELEASE_ALL_LOCKS()").await;
        self.0.close().await;
    }
}

/// Takes the lock on a connection of its own: it must outlast every transaction of the run.
pub async fn take(profile: &Arc<Profile>, run: &str) -> Result<Box<dyn RunLock>> {
    let mut connection = profile.connect(Access::Read).await?;
    let name = name(&mut connection).await?;
    if !try_take(&mut connection, &name).await? {
        let holder = holder(&mut connection, &name).await;
        connection.close().await;
        return Err(holder?);
    }
    for letter in letters(&name, run) {
        try_take(&mut connection, &letter).await?;
    }
    Ok(Box::new(Held(connection)))
}

// Locks are the whole server's, have at most 64 characters, and case is nothing to them.
async fn name(connection: &mut MysqlConnection) -> Result<String> {
    let database = one(connection, "SELECT DATABASE()").await?.unwrap_or_default();
    let hash = Sha256::digest(database.as_bytes());
    let digits: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("rekey:{digits}"))
}

async fn try_take(connection: &mut MysqlConnection, name: &str) -> Result<bool> {
    match one(connection, &format!("SELECT GET_LOCK({}, 0)", literal(name))).await {
        Ok(answer) => Ok(answer.as_deref() == Some("1")),
        Err(problem) if error::is_lock_timeout(&problem) => Ok(false),
        Err(problem) => Err(problem),
    }
}

// A lock has a name and an owner and nothing more. So that a second runner can tell which run
// the first one is at, each letter of its id is a lock too.
fn letters(name: &str, run: &str) -> Vec<String> {
    run.chars().take(SHOWN).enumerate().map(|(place, letter)| letter_lock(name, place, letter)).collect()
}

fn letter_lock(name: &str, place: usize, letter: char) -> String {
    format!("{name}:{place}:{letter}")
}

async fn holder(connection: &mut MysqlConnection, name: &str) -> Result<Error> {
    let asked = format!("SELECT IS_USED_LOCK({})", literal(name));
    let session = one(connection, &asked).await?.unwrap_or_else(|| "unknown".to_owned());
    let sessions = connection.query("SHOW FULL PROCESSLIST").await?;
    let found = sessions.into_iter().find(|row| row.first().and_then(Option::as_deref) == Some(&session));
    let host = found.and_then(|row| row.into_iter().nth(2).flatten()).unwrap_or_default();
    // Behind the last colon is the port on the other side.
    let host = host.rsplit_once(':').map_or(host.as_str(), |(host, _)| host);
    Ok(Error::AnotherRunner {
        run: run(connection, name).await?,
        host: if host.is_empty() { "unknown".to_owned() } else { host.to_owned() },
        process: session,
    })
}

async fn run(connection: &mut MysqlConnection, name: &str) -> Result<String> {
    let asked: Vec<String> = (0..SHOWN)
        .map(|place| {
            let letters = LETTERS.chars().map(|letter| {
                format!("WHEN IS_USED_LOCK({}) IS NOT NULL THEN '{letter}'", literal(&letter_lock(name, place, letter)))
            });
            format!("CASE {} ELSE '' END", letters.collect::<Vec<_>>().join(" "))
        })
        .collect();
    let found = one(connection, &format!("SELECT CONCAT({})", asked.join(", "))).await?.unwrap_or_default();
    Ok(if found.is_empty() { "unknown".to_owned() } else { found })
}

async fn one(connection: &mut MysqlConnection, sql: &str) -> Result<Option<String>> {
    let row = connection.query(sql).await?.into_iter().next();
    Ok(row.and_then(|row| row.into_iter().next()).flatten())
}
