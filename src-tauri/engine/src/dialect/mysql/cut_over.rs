//! The exchange of tables while writers are kept out, without a moment in between.
//!
//! A session that holds `LOCK TABLES ... READ` cannot rename, and once it gave its locks back
//! a writer could come first. So the exchange is sent by another session while the locks are
//! held: it waits in the queue, before any writer that comes later, and as soon as it stands
//! there the locks are given back. This is how gh-ost does it. A third session stands behind
//! the exchange and locks the tables that came in, until references and triggers are back.
//!
//! MySQL takes locks for an exchange on tables beyond it too, which the foreign keys lead to
//! and from, and takes them last: the third session, which has some of them already, and the
//! exchange would wait for each other. But there, since 8.0.13, who has locked tables may
//! rename them. So one session stands in the queue for all locks at once, and exchanges.

use std::time::Duration;

use crate::dialect::{Access, Connection, Database};
use crate::error::{Error, Result};

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_millis(10);
/// How long at most: the statement then is refused or waits for somebody else.
const LOOKS: u32 = 2_000;
/// How often at most a place for another session is asked for.
const PLACES: u32 = 200;

/// Sends the statement that exchanges the tables on `worker`, the one that locks them on
/// `holder`, and gives the locks of `guard` back.
pub async fn cut_over(
    worker: &mut dyn Connection,
    mut guard: Box<dyn Connection>,
    holder: &mut dyn Connection,
    statements: &[String],
) -> Result<()> {
    let [exchange, hold] = statements else {
        return Err(Error::Internal { detail: "an exchange is two statements".to_owned() });
    };
    let (first, second) = (number(worker).await?, number(holder).await?);
    let exchange = worker.execute(exchange);
    tokio::pin!(exchange);
    tokio::select! {
        outcome = &mut exchange => return early(outcome),
        queued = wait(guard.as_mut(), &first) => queued?,
    }
    let hold = holder.execute(hold);
    tokio::pin!(hold);
    tokio::select! {
        outcome = &mut exchange => return early(outcome),
        outcome = &mut hold => return early(outcome),
        queued = wait(guard.as_mut(), &second) => queued?,
    }
    guard.execute("UNLOCK TABLES").await?;
    let (exchanged, held) = tokio::join!(exchange, hold);
    exchanged.and(held)
}

/// The same by one session that locks everything and then exchanges.
pub async fn lock_and_exchange(
    mut guard: Box<dyn Connection>,
    holder: &mut dyn Connection,
    statements: &[String],
) -> Result<()> {
    let [lock, exchange] = statements else {
        return Err(Error::Internal { detail: "an exchange is two statements".to_owned() });
    };
    let session = number(holder).await?;
    {
        let locked = holder.execute(lock);
        tokio::pin!(locked);
        tokio::select! {
            outcome = &mut locked => return early(outcome),
            queued = wait(guard.as_mut(), &session) => queued?,
        }
        guard.execute("UNLOCK TABLES").await?;
        locked.await?;
    }
    holder.execute(exchange).await
}

/// The session that is to hold the locks. Where only so many are admitted, the place of one
/// that was just let go is free in a moment.
pub async fn holder(database: &dyn Database) -> Result<Box<dyn Connection>> {
    for _ in 0..PLACES {
        match database.connect(Access::Write, "rekey exchange").await {
            Err(Error::Unreachable { .. }) => tokio::time::sleep(LOOK).await,
            other => return other,
        }
    }
    database.connect(Access::Write, "rekey exchange").await
}

async fn number(connection: &mut dyn Connection) -> Result<String> {
    let session = connection.query("SELECT CAST(CONNECTION_ID() AS CHAR)").await?;
    Ok(session.into_iter().flatten().flatten().next().unwrap_or_default())
}

// Either was refused, or the locks that it should have waited for are gone.
fn early(outcome: Result<()>) -> Result<()> {
    outcome.and_then(|()| {
        Err(Error::Internal { detail: "the tables were no longer locked when they were exchanged".to_owned() })
    })
}

async fn wait(guard: &mut dyn Connection, session: &str) -> Result<()> {
    let queued = format!(
        "SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.processlist WHERE id = {session} \
         AND state LIKE 'Waiting for table%lock'"
    );
    for _ in 0..LOOKS {
        let row = guard.query(&queued).await?;
        if row.into_iter().flatten().flatten().next().is_some_and(|count| count != "0") {
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
    Err(Error::Internal { detail: "the exchange of the tables did not come to stand in the queue".to_owned() })
}
