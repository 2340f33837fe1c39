//! What stands in the way here and now, check by check.

mod access;
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
        Asked::Flavour => access::flavour(connection, subject).await,
        Asked::Pooler => access::pooler(profile, connection).await,
        Asked::Connections => access::connections(connection).await,
        Asked::DiskForRewrite => Ok(space::rewrite(subject)),
        Asked::DiskForLog => space::log(connection, subject).await,
        Asked::TemporarySpace => space::temporary(connection, subject).await,
        Asked::Sessions => traffic::sessions(profile, connection).await,
        Asked::LongTransactions => traffic::long_transactions(profile, connection).await,
        Asked::PreparedTransactions => traffic::prepared(connection, subject).await,
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

/// The settings of these names that the server has, by name.
async fn settings(connection: &mut dyn Connection, names: &[&str]) -> Result<Vec<(String, String)>> {
    let list: Vec<String> = names.iter().map(|name| super::quote::literal(name)).collect();
    let rows = connection.query(&format!("SHOW GLOBAL VARIABLES WHERE Variable_name IN ({})", list.join(", "))).await?;
    Ok(rows.iter().map(|row| (text(row, 0).to_ascii_lowercase(), text(row, 1))).collect())
}

fn is_on(value: &str) -> bool {
    value == "1" || value.eq_ignore_ascii_case("ON")
}
