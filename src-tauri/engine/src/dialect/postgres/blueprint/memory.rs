//! How much memory joins over whole tables get.
//!
//! A hash table that the processor's own memory cannot hold is slow: each look into it waits
//! for the main memory. The server takes a join in parts where it is given less, and is done
//! with it in half the time. Too many parts would cost more than they bring, so the larger a
//! table, the more memory it gets.

use std::collections::BTreeSet;

use super::super::quote;
use super::maps;
use super::scope::Scope;
use crate::schema::{ForeignKey, TableName};

/// The setting in which a transaction keeps what `maintenance_work_mem` it began with.
pub const MAINTENANCE: &str = "rekey.maintenance_work_mem";

// Parts that a join is taken in, at most about.
const PARTS: u32 = 32;
// What a row of a hash table over UUIDs takes, in bytes.
const ROW: u32 = 64;
// In kilobytes: the least that every version takes, and what other work is given.
const LEAST: u32 = 1024;
const MOST: u32 = 131_072;

/// What puts foreign keys of one table back, with the memory for looking whether every
/// reference is met: the server does that in one process, by a join for which it takes
/// `maintenance_work_mem`.
pub fn checking(scope: &Scope<'_>, keys: &[&ForeignKey], add: Vec<String>) -> Vec<String> {
    let parents: BTreeSet<&TableName> = keys.iter().filter(|key| key.validated).map(|key| &key.parent).collect();
    // How many rows all partitions have the server does not know at this point.
    let counted = |name: &&TableName| scope.table(name).is_some_and(|table| table.partitioned.is_none());
    if parents.is_empty() || !parents.iter().all(counted) {
        return add;
    }
    let parents: Vec<String> =
        parents.into_iter().map(|name| format!("{}::regclass", quote::literal(&quote::table(name)))).collect();
    let mut sql = vec![set("maintenance_work_mem", 1, &format!("c.oid IN ({})", parents.join(", ")))];
    sql.extend(add);
    sql.push(format!("SELECT set_config('maintenance_work_mem', current_setting('{MAINTENANCE}', true), true)"));
    sql
}

/// Statements behind the last step: what is left is to read tables and maps, and to join
/// them. Nobody writes the rows that are found, so the process that gathers them can help.
pub fn proving(scope: &Scope<'_>) -> Vec<String> {
    let mut sql = vec!["SET LOCAL parallel_leader_participation = on".to_owned()];
    // Whether new ids appear twice is asked by sorting them, where their order does not tell.
    if scope.conversions.iter().all(maps::in_order) {
        let maps = format!("c.relnamespace = '\"rekey\"'::regnamespace AND c.relname ~ '^rk_{}_[0-9]+$'", scope.tag());
        // Three processes share the memory of a join.
        sql.push(set("work_mem", 3, &maps));
    }
    sql
}

// By the largest of these tables, as the server counted their rows when it built their keys.
fn set(setting: &str, sharing: u32, tables: &str) -> String {
    format!(
        "SELECT set_config('{setting}', greatest({LEAST}, least({MOST}, max(c.reltuples) * {ROW} / {} / 1024))::int::text, true) FROM pg_class c WHERE {tables}",
        PARTS * sharing
    )
}
