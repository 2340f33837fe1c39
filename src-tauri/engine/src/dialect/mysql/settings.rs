//! What a session is told before its first statement: everything that could make a text
//! form, a name or a result depend on who connects from where is fixed.

use super::version::Version;
use crate::dialect::Access;

/// How texts and values are read. Values that do not fit are errors, never shortened or made
/// NULL with a warning. A key may be 0, and dates that the application was once allowed to
/// write are left as they are.
pub const TEXTS: &str = "SET NAMES utf8mb4, \
    SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES'";

/// On both products.
const ALWAYS: &[&str] = &[
    "SESSION time_zone = '+00:00'",
    "SESSION autocommit = 1",
    "SESSION foreign_key_checks = 1",
    "SESSION unique_checks = 1",
    "SESSION explicit_defaults_for_timestamp = 1",
    "SESSION sql_quote_show_create = 1",
    "SESSION sql_auto_is_null = 0",
    "SESSION sql_safe_updates = 0",
    "SESSION sql_big_selects = 1",
    "SESSION sql_select_limit = 18446744073709551615",
    "SESSION group_concat_max_len = 1073741824",
    "SESSION div_precision_increment = 4",
    // Seconds. The first is for locks on whole tables, whose default is a day or a year.
    "SESSION lock_wait_timeout = 2",
    "SESSION innodb_lock_wait_timeout = 2",
    // A session that waits for a long step of another one is not to be ended for idleness.
    "SESSION wait_timeout = 604800",
    "SESSION net_read_timeout = 600",
    "SESSION net_write_timeout = 600",
];

const MARIADB: &[&str] = &[
    "SESSION max_statement_time = 0",
    "SESSION idle_transaction_timeout = 0",
    "SESSION check_constraint_checks = 1",
    "SESSION system_versioning_asof = DEFAULT",
    // What a subquery said of a text would be taken for what it says of every text that the
    // collation holds for the same, also where it compares bytes.
    "SESSION optimizer_switch = 'subquery_cache=off'",
];

const MYSQL: &[&str] = &[
    "SESSION max_execution_time = 0",
    // Else the numbers of the catalogue are those of up to a day ago.
    "SESSION information_schema_stats_expiry = 0",
];

/// The statements that make a new session ours, to be sent at once.
pub fn session(version: &Version, access: Access) -> String {
    let special = if version.is_mariadb() { MARIADB } else { MYSQL };
    let lines: Vec<&str> = ALWAYS.iter().chain(special).copied().collect();
    let mut all = format!("{TEXTS}; SET {}; SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", lines.join(", "));
    if access == Access::Read {
        // Refuses rows and definitions alike, also those of rights, on both products.
        all.push_str("; SET SESSION TRANSACTION READ ONLY");
    }
    all
}

/// What MariaDB is told for a single query so that it joins by a list of the first table's rows
/// in memory, which it goes through the second table with as often as need be, and looks up
/// those of outer joins one by one.
pub const LISTING: &str = "join_cache_level = 4, join_buffer_size = 134217728, join_buffer_space_limit = 268435456, \
    optimizer_switch = 'outer_join_with_cache=off,subquery_cache=off'";

/// What the session that does the work is told beside: foreign keys come back without being
/// read again, since the gate has proven them; a statement that waits for a lock on a table
/// gives up after half a minute; and the order of all ids of a map, three million in 260 MB, is
/// asked of the server in its memory, which takes a fifth of the time that files take. Memory is
/// only ever raised, and taken while a question needs it.
pub fn worker() -> Vec<String> {
    let raised =
        [("tmp_table_size", 268_435_456), ("max_heap_table_size", 268_435_456), ("sort_buffer_size", 67_108_864)];
    let raised =
        raised.map(|(name, bytes)| format!("SESSION {name} = CAST(GREATEST(@@SESSION.{name}, {bytes}) AS UNSIGNED)"));
    vec![
        "SET SESSION foreign_key_checks = 0, SESSION lock_wait_timeout = 30, SESSION innodb_lock_wait_timeout = 30"
            .to_owned(),
        format!("SET {}", raised.join(", ")),
    ]
}
