//! A PostgreSQL database as text where `pg_dump` is older than the server and refuses it.
//!
//! The catalogue is what the server says about itself, table by table (`canon.sql`); the rows
//! come in the order in which they lie, as in a dump. What materialized views hold is in
//! neither: it follows from the rows.

use super::postgres::{Database, quoted};

const USER_RELATIONS: &str = "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE n.nspname NOT IN ('information_schema', 'rekey') AND n.nspname !~ '^pg_'";

/// The catalogue as text.
pub fn catalogue(database: &Database) -> String {
    String::from_utf8_lossy(&database.script(include_str!("canon.sql"))).into_owned()
}

/// Catalogue, rows, and where the sequences stand.
pub fn everything(database: &Database) -> String {
    let mut script = String::new();
    for (kind, what) in [('r', "*"), ('S', "last_value, is_called")] {
        let relations = database
            .query(&format!("SELECT n.nspname, c.relname {USER_RELATIONS} AND c.relkind = '{kind}' ORDER BY 1, 2"));
        for row in relations {
            let name: Vec<String> = row.into_iter().map(|part| quoted(&part.unwrap_or_default())).collect();
            let name = name.join(".");
            let only = if kind == 'r' { "ONLY " } else { "" };
            // No `\echo`: names hold what it would read as a word of its own.
            script += &format!("COPY (SELECT {}) TO STDOUT;\n", super::postgres::literal(&name));
            script += &format!("COPY (SELECT {what} FROM {only}{name}) TO STDOUT;\n");
        }
    }
    catalogue(database) + &String::from_utf8_lossy(&database.script(&script))
}
