//! How large the converted tables are on disk, before and after. Of use for the report alone:
//! where the server does not tell it, the run goes on without.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::execute::session::Session;
use crate::execute::{Size, Sizes};
use crate::plan::Plan;
use crate::schema::TableName;

/// Looks before the first step.
pub(super) async fn before(session: &mut Session<'_>, plan: &Plan, sizes: &mut Vec<Sizes>) -> Result<()> {
    let found = measure(session, plan).await?;
    *sizes = found.into_iter().map(|(table, size)| Sizes { table, before: Some(size), after: None }).collect();
    Ok(())
}

/// Looks again behind the last one.
pub(super) async fn after(session: &mut Session<'_>, plan: &Plan, sizes: &mut [Sizes]) -> Result<()> {
    let found = measure(session, plan).await?;
    for one in sizes {
        one.after = found.get(&one.table).copied();
    }
    Ok(())
}

async fn measure(session: &mut Session<'_>, plan: &Plan) -> Result<BTreeMap<TableName, Size>> {
    let (database, tables) = (session.database, plan.tables());
    if session.is_staged() {
        return Ok(database.table_sizes(session.connection.as_mut(), &tables).await.unwrap_or_default());
    }
    let connection = session.connection.as_mut();
    connection.execute("SAVEPOINT rekey_sizes").await?;
    let read = database.table_sizes(connection, &tables).await;
    if read.is_err() {
        connection.execute("ROLLBACK TO SAVEPOINT rekey_sizes").await?;
    }
    connection.execute("RELEASE SAVEPOINT rekey_sizes").await?;
    Ok(read.unwrap_or_default())
}
