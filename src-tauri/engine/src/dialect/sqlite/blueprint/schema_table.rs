//! The schema's own table: its order and texts, noted before and put back after.

use super::super::quote;
use super::dropped;
use super::work::{TableWork, Work};

/// Notes the order of everything that is in the schema.
pub fn save(work: &Work<'_>) -> Vec<String> {
    let order = order(work);
    vec![
        format!("CREATE TABLE {order} (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL)"),
        format!(
            "INSERT INTO {order} (place, kind, name) SELECT rowid, type, name FROM sqlite_schema WHERE name <> {}",
            quote::text(&work.names.passing(0))
        ),
    ]
}

/// Adds the indexes that the undo puts back, at the places that they had.
pub fn put_back(work: &Work<'_>) -> Vec<String> {
    dropped::places(work, &order(work))
}

/// Gives every rebuilt table its name and its exact text.
///
/// ALTER TABLE does the same to the schema's table, but it writes the text its own way and
/// reads the whole schema several times for every table, which takes minutes for a
/// thousand of them.
pub fn rename<'a>(work: &'a Work<'_>, text: impl Fn(&'a TableWork<'_>) -> &'a str) -> Vec<String> {
    let rename = |table: &'a TableWork<'_>| {
        let passing = work.names.passing(table.number);
        let name = quote::text(&table.table.name.name);
        format!(
            "UPDATE sqlite_schema SET name = CASE type WHEN 'table' THEN {name} \
             ELSE 'sqlite_autoindex_' || {name} || substr(name, {}) END, tbl_name = {name}, \
             sql = CASE type WHEN 'table' THEN {} END WHERE tbl_name = {}",
            "sqlite_autoindex_".len() + passing.len() + 1,
            quote::text(text(table)),
            quote::text(&passing)
        )
    };
    written(work.tables.iter().map(rename))
}

/// Gives every object its place again. New objects come last. A place must not be taken
/// twice, so places are negative for a moment.
pub fn restore(work: &Work<'_>) -> Vec<String> {
    let order = order(work);
    let mut statements = written([
        format!(
            "UPDATE sqlite_schema AS s SET rowid = -n.place FROM (SELECT o.rowid AS id, \
             row_number() OVER (ORDER BY w.place IS NULL, w.place, o.rowid) AS place FROM sqlite_schema o \
             LEFT JOIN {order} w ON w.kind = o.type AND w.name = o.name) AS n WHERE s.rowid = n.id"
        ),
        "UPDATE sqlite_schema SET rowid = -rowid".to_owned(),
    ]);
    statements.push(format!("DROP TABLE {order}"));
    statements
}

// The last statement makes SQLite forget what it has read of the schema and read it anew.
fn written(statements: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all = vec!["PRAGMA writable_schema=ON".to_owned()];
    all.extend(statements);
    all.push("PRAGMA writable_schema=RESET".to_owned());
    all
}

fn order(work: &Work<'_>) -> String {
    quote::name(&work.names.passing(0))
}
