//! The journal: one table beside those of the user.

use super::helper::JOURNAL;
use super::quote;
use crate::dialect::Journal;

/// Its statements.
pub fn statements() -> Journal {
    let table = quote::ident(JOURNAL);
    Journal {
        exists: format!(
            "SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = {}",
            quote::literal(JOURNAL)
        ),
        create: vec![format!(
            "CREATE TABLE IF NOT EXISTS {table} (`number` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, \
             `run` varchar(64) NOT NULL UNIQUE, `plan_fingerprint` varchar(64) NOT NULL, `state` varchar(64) NOT NULL, \
             `tool_version` varchar(64) NOT NULL, `started` varchar(64) NOT NULL, `plan` longtext NOT NULL, \
             `catalogue_before` longtext NOT NULL, `record` longtext NOT NULL) \
             ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
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
        remove: vec![format!("DROP TABLE {table}")],
    }
}
