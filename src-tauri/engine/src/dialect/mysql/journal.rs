//! The journal's table and statements.

use super::helper::{JOURNAL, REDIS};
use super::quote;
use crate::dialect::{Journal, RedisJournal, StagedJournal};

/// The statements of the journal. Every statement is final at once here, so the journal
/// also says how far a run came.
pub fn statements() -> Journal {
    let table = quote::ident(JOURNAL);
    Journal {
        exists: format!(
            "SELECT CAST(count(*) AS CHAR) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = {}",
            quote::literal(JOURNAL)
        ),
        create: vec![format!(
            "CREATE TABLE IF NOT EXISTS {table} (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, \
             `run` VARCHAR(64) NOT NULL UNIQUE, `plan_fingerprint` VARCHAR(128) NOT NULL, `state` VARCHAR(32) NOT NULL, \
             `tool_version` VARCHAR(64) NOT NULL, `started` VARCHAR(64) NOT NULL, `plan` LONGTEXT NOT NULL, \
             `catalogue_before` LONGTEXT NOT NULL, `record` LONGTEXT NOT NULL, `progress` LONGTEXT, `taken` LONGTEXT) \
             ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
        )],
        insert: format!(
            "INSERT INTO {table} (`run`, `plan_fingerprint`, `state`, `tool_version`, `started`, `plan`, `catalogue_before`, `record`) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        ),
        update: format!("UPDATE {table} SET `state` = ?, `record` = ? WHERE `run` = ?"),
        select: format!(
            "SELECT `run`, `plan_fingerprint`, `state`, `started`, `tool_version`, `plan`, `catalogue_before`, `record` \
             FROM {table} ORDER BY `number` DESC"
        ),
        delete: format!("DELETE FROM {table} WHERE `run` = ?"),
        remove: vec![format!("DROP TABLE IF EXISTS {}", quote::ident(REDIS)), format!("DROP TABLE IF EXISTS {table}")],
        redis: redis(),
        staged: Some(StagedJournal {
            note: format!("UPDATE {table} SET `progress` = ? WHERE `run` = ?"),
            take: format!("UPDATE {table} SET `taken` = ? WHERE `run` = ?"),
            read: format!("SELECT `run`, `progress`, `taken` FROM {table}"),
        }),
    }
}

fn redis() -> RedisJournal {
    let table = quote::ident(REDIS);
    RedisJournal {
        exists: format!(
            "SELECT CAST(count(*) AS CHAR) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = {}",
            quote::literal(REDIS)
        ),
        create: vec![format!(
            "CREATE TABLE IF NOT EXISTS {table} (`number` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, \
             `run` VARCHAR(64) NOT NULL, `server` VARCHAR(512) NOT NULL, `note` LONGTEXT NOT NULL, \
             UNIQUE KEY `once` (`run`, `server`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
        )],
        insert: format!("INSERT INTO {table} (`run`, `server`, `note`) VALUES (?, ?, ?)"),
        update: format!("UPDATE {table} SET `note` = ? WHERE `run` = ? AND `server` = ?"),
        select: format!("SELECT `run`, `server`, `note` FROM {table} ORDER BY `number`"),
        delete: format!("DELETE FROM {table} WHERE `run` = ?"),
    }
}
