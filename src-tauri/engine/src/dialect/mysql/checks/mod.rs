//! What stands in the way here and now, check by check.

mod access;
mod rights;
mod space;
mod traffic;

use std::sync::Arc;

use super::connection::Profile;
use crate::check::{Looked, Name, Subject};
use crate::dialect::{Connection, Row};
use crate::error::Result;

pub(super) use traffic::writes;

/// Looks at one check.
pub(super) async fn look(
    profile: &Arc<Profile>,
    name: Name,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
) -> Result<Looked> {
    match name {
        Name::Rights => rights::rights(connection, subject).await,
        Name::Replica => rights::replica(connection).await,
        Name::Flavour => access::flavour(connection, subject).await,
        Name::Pooler => access::pooler(profile, connection).await,
        Name::Connections => access::connections(connection).await,
        Name::DiskForRewrite => Ok(space::rewrite(subject)),
        Name::DiskForLog => space::log(connection, subject).await,
        Name::TemporarySpace => space::temporary(connection, subject).await,
        Name::Sessions => traffic::sessions(profile, connection).await,
        Name::LongTransactions => traffic::long_transactions(profile, connection).await,
        Name::PreparedTransactions => traffic::prepared(connection, subject).await,
        Name::Replication => traffic::replication(connection).await,
        Name::ScheduledJobs => traffic::jobs(connection).await,
        Name::ServerVersion
        | Name::Drift
        | Name::LeftOut
        | Name::Decisions
        | Name::Dependents
        | Name::UnindexedReferences
        | Name::EventTriggers
        | Name::Orphans
        | Name::Duplicates
        | Name::MalformedUuids
        | Name::RowsWithoutUuid
        | Name::HiddenRows
        | Name::UserSessions
        | Name::Publications
        | Name::Writers
        | Name::Migrations
        | Name::AutoSync
        | Name::EarlierRun
        | Name::Backup => Ok(Looked::not_applicable("It is looked at in one way for all products.")),
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
