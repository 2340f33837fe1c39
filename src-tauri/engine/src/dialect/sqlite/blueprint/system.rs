//! SQLite's own tables: the sequences of AUTOINCREMENT and the planner's statistics.
//!
//! SQLite removes a table's rows in them when the table is dropped. What the converted
//! tables do not need any more is kept beside the maps for the undo.

use super::super::quote;
use super::work::Work;

const SEQUENCE: &str = "sqlite_sequence";
const STATISTICS: [(&str, &str); 2] =
    [("sqlite_stat1", "tbl, idx, stat"), ("sqlite_stat4", "tbl, idx, neq, nlt, ndlt, sample")];

/// Keeps all rows as they are, with their places.
pub fn save(work: &Work<'_>) -> Vec<String> {
    let mut statements = Vec::new();
    for (table, columns, kept) in kept(work) {
        statements.push(format!("CREATE TABLE {kept} (place INTEGER PRIMARY KEY, {columns})"));
        statements.push(format!("INSERT INTO {kept} (place, {columns}) SELECT rowid, {columns} FROM {table}"));
    }
    statements
}

/// The queries that give rows and digest of each.
pub fn digests(work: &Work<'_>) -> impl Iterator<Item = (String, String)> {
    kept(work).map(|(table, columns, _)| {
        (
            format!("rows main.{table}"),
            format!("SELECT CAST(count(*) AS TEXT), rekey_digest(rowid, {columns}) FROM {table}"),
        )
    })
}

/// Puts back what still holds after the conversion.
pub fn restore(work: &Work<'_>) -> Vec<String> {
    let rebuilt = quote::texts(work.tables.iter().map(|table| table.table.name.name.as_str()));
    let dropped = quote::texts(work.tables.iter().flat_map(|table| table.dropped.iter().copied()));
    let numbered = "idx GLOB 'sqlite_autoindex_*'";
    let made = if dropped.is_empty() { numbered.to_owned() } else { format!("({numbered} OR idx IN ({dropped}))") };
    put_back(work, |table| match table {
        SEQUENCE => format!(" WHERE name NOT IN ({})", leaving(work)),
        // Counts per key stay true; SQLite's own indexes may have got other numbers.
        "sqlite_stat1" => format!(" WHERE NOT (tbl IN ({rebuilt}) AND {made})"),
        // These rows hold samples of the old keys.
        _ => format!(" WHERE tbl NOT IN ({rebuilt})"),
    })
}

/// Takes over what the application changed in the sequences since the conversion.
pub fn refresh(work: &Work<'_>) -> Vec<String> {
    if !has(work, SEQUENCE) {
        return Vec::new();
    }
    let kept = work.names.sequences();
    let gone = format!("NOT EXISTS (SELECT 1 FROM {SEQUENCE} s WHERE s.name IS {kept}.name)");
    vec![
        format!("UPDATE {kept} SET seq = s.seq FROM {SEQUENCE} s WHERE s.name = {kept}.name"),
        format!("DELETE FROM {kept} WHERE name NOT IN ({}) AND {gone}", leaving(work)),
        format!(
            "INSERT INTO {kept} (name, seq) SELECT s.name, s.seq FROM {SEQUENCE} s \
             WHERE NOT EXISTS (SELECT 1 FROM {kept} k WHERE k.name IS s.name) ORDER BY s.rowid"
        ),
    ]
}

/// Puts everything back, for the undo, and removes what was kept.
pub fn restore_all(work: &Work<'_>) -> Vec<String> {
    let mut statements = put_back(work, |_| String::new());
    statements.extend(kept(work).map(|(_, _, kept)| format!("DROP TABLE {kept}")));
    statements
}

fn put_back(work: &Work<'_>, filter: impl Fn(&str) -> String) -> Vec<String> {
    let mut statements = Vec::new();
    for (table, columns, kept) in kept(work) {
        statements.push(format!("DELETE FROM {table}"));
        statements.push(format!(
            "INSERT INTO {table} (rowid, {columns}) SELECT place, {columns} FROM {kept}{} ORDER BY place",
            filter(table)
        ));
    }
    statements
}

fn kept<'a>(work: &'a Work<'_>) -> impl Iterator<Item = (&'static str, &'static str, String)> + 'a {
    let sequence = std::iter::once((SEQUENCE, "name, seq", work.names.sequences()));
    let statistics = STATISTICS.into_iter().map(|(table, columns)| (table, columns, work.names.statistics(table)));
    sequence.chain(statistics).filter(|(table, _, _)| has(work, table))
}

fn has(work: &Work<'_>, table: &str) -> bool {
    work.schema.system_tables.iter().any(|name| name == table)
}

fn leaving(work: &Work<'_>) -> String {
    let tables = work.tables.iter().filter(|table| table.leaves_sequence());
    quote::texts(tables.map(|table| table.table.name.name.as_str()))
}
