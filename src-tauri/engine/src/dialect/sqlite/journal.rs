//! The journal's table and statements.

use super::helper::{JOURNAL, REDIS};
use super::quote;
use crate::dialect::{Journal, RedisJournal};

/// The statements of the journal.
pub fn journal() -> Journal {
    let table = quote::name(JOURNAL);
    Journal {
        exists: format!(
            "SELECT CAST(EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = {}) AS TEXT)",
            quote::text(JOURNAL)
        ),
        create: vec![format!(
            "CREATE TABLE IF NOT EXISTS {table} (number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, \
             plan_fingerprint TEXT NOT NULL, state TEXT NOT NULL, tool_version TEXT NOT NULL, \
             started TEXT NOT NULL, plan TEXT NOT NULL, catalogue_before TEXT NOT NULL, record TEXT NOT NULL)"
        )],
        insert: format!(
            "INSERT INTO {table} (run, plan_fingerprint, state, tool_version, started, plan, catalogue_before, record) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        update: format!("UPDATE {table} SET state = ?1, record = ?2 WHERE run = ?3"),
        select: format!(
            "SELECT run, plan_fingerprint, state, started, tool_version, plan, catalogue_before, record \
             FROM {table} ORDER BY number DESC"
        ),
        delete: format!("DELETE FROM {table} WHERE run = ?1"),
        remove: vec![format!("DROP TABLE IF EXISTS {}", quote::name(REDIS)), format!("DROP TABLE {table}")],
        redis: redis(),
        staged: None,
    }
}

fn redis() -> RedisJournal {
    let table = quote::name(REDIS);
    RedisJournal {
        exists: format!(
            "SELECT CAST(EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = {}) AS TEXT)",
            quote::text(REDIS)
        ),
        create: vec![format!(
            "CREATE TABLE IF NOT EXISTS {table} (number INTEGER PRIMARY KEY, run TEXT NOT NULL, server TEXT NOT NULL, \
             note TEXT NOT NULL, UNIQUE (run, server))"
        )],
        insert: format!("INSERT INTO {table} (run, server, note) VALUES (?1, ?2, ?3)"),
        update: format!("UPDATE {table} SET note = ?1 WHERE run = ?2 AND server = ?3"),
        select: format!("SELECT run, server, note FROM {table} ORDER BY number"),
        delete: format!("DELETE FROM {table} WHERE run = ?1"),
    }
}
