//! A lock in the way of mere reading, told by name like one in the way of a run.

use std::time::Instant;

use super::Database;
use crate::error::{Error, Result};
use crate::schema::TableName;

/// Passes a result on; where it says that a lock was not to be had in time, says who
/// holds it: another runner by its run, or the sessions that hold these tables.
///
/// # Errors
/// [`Error::AnotherRunner`], [`Error::Locked`], or the error itself.
pub async fn tell_holder<T>(
    database: &dyn Database,
    tables: &[TableName],
    began: Instant,
    result: Result<T>,
) -> Result<T> {
    match result {
        Err(error) if database.is_lock_timeout(&error) => Err(holder(database, tables, began).await),
        other => other,
    }
}

async fn holder(database: &dyn Database, tables: &[TableName], began: Instant) -> Error {
    match database.run_lock("reading").await {
        Ok(lock) => lock.release().await,
        Err(another) => return another,
    }
    let blockers = database.blockers(tables).await.unwrap_or_default();
    Error::Locked { seconds: began.elapsed().as_secs(), blockers }
}
