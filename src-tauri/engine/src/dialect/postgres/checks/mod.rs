//! What stands in the way here and now, check by check.

mod access;
mod disk;
mod rights;
mod space;
mod traffic;

use std::sync::Arc;

use super::connection::Profile;
use crate::check::{Asked, Looked, Subject};
use crate::dialect::{Connection, Row};
use crate::error::Result;

pub(super) use traffic::{attendance, writes};

/// Looks at one check.
pub(super) async fn look(
    profile: &Arc<Profile>,
    asked: Asked,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
) -> Result<Looked> {
    match asked {
        Asked::Rights => rights::rights(connection, subject).await,
        Asked::Replica => rights::replica(connection).await,
        Asked::Flavour => access::flavour(connection).await,
        Asked::Pooler => access::pooler(profile, connection).await,
        Asked::Connections => access::connections(connection).await,
        Asked::DiskForRewrite => space::rewrite(connection, subject).await,
        Asked::DiskForLog => space::log(connection, subject).await,
        Asked::TemporarySpace => space::temporary(connection, subject).await,
        Asked::Sessions => traffic::sessions(connection).await,
        Asked::LongTransactions => traffic::long_transactions(connection).await,
        Asked::PreparedTransactions => traffic::prepared(connection).await,
        Asked::Replication => traffic::replication(connection).await,
        Asked::ScheduledJobs => traffic::jobs(connection).await,
        Asked::Orphans => Ok(Looked::not_applicable("The server refuses a reference to a table that is not there.")),
    }
}

fn text(row: &Row, column: usize) -> String {
    row.get(column).cloned().flatten().unwrap_or_default()
}

fn number(row: &Row, column: usize) -> u64 {
    text(row, column).parse().unwrap_or_default()
}
