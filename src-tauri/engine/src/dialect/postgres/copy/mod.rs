//! Everything that a copy must have too: what a dump carries, in a form that is the same for
//! a database and for what was restored from its dump.
//!
//! Left out, and said so where it is told how to restore by hand: what belongs to the database
//! or the server and not to the dump (settings of the database, roles), subscriptions, which
//! are never restored into a scratch database, and the rows of materialized views, which are
//! made anew from their queries and so differ where the view was not refreshed lately.

mod canonical;
mod coerced;
mod objects;
mod rows;

use std::collections::BTreeMap;

use super::catalogue;
use crate::backup::Content;
use crate::dialect::Connection;
use crate::error::Result;

/// Reads it.
pub async fn content(connection: &mut dyn Connection) -> Result<Content> {
    let catalogue = canonical::of(catalogue::read(connection).await?);
    let mut digests = BTreeMap::new();
    rows::read(connection, &mut digests).await?;
    objects::sequences(connection, &mut digests).await?;
    objects::large_objects(connection, &mut digests).await?;
    Ok(Content { catalogue, digests })
}
