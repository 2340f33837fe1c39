//! Whether a table has room for wider keys: rows and index entries have limits in bytes.

use super::super::read::{Raw, Record};
use crate::schema::{ColumnKind, ColumnName, Obstacle, Table};

/// The widest that a UUID is stored: 36 characters of one byte.
const WIDEST: u64 = 36;
/// Bytes of all columns of a row, texts and blobs of the long kinds left out.
const ROW: u64 = 65_535;
/// Bytes of an index entry, by the format of rows, where a page has 16 KB.
const ENTRY: u64 = 3_072;
const OLD_ENTRY: u64 = 767;
/// Columns of at most so many bytes are kept with the row whatever else it holds.
const KEPT_WITH_ROW: u64 = 255;

/// What would not fit any more.
pub fn obstacles(raw: &Raw, row: &Record, table: &Table) -> Vec<Obstacle> {
    let widths: Vec<(&str, u64)> =
        rows_of(raw, "columns", table).map(|row| (row.text("COLUMN_NAME"), width(row))).collect();
    let keys: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| {
            matches!(column.kind, ColumnKind::Integer | ColumnKind::Text) && is_in_a_key(table, &column.name)
        })
        .map(|column| column.name.as_str())
        .collect();
    let width_of = |name: &str| {
        let own = widths.iter().find(|(column, _)| *column == name).map_or(0, |(_, width)| *width);
        if keys.contains(&name) { own.max(WIDEST) } else { own }
    };
    let columns = || keys.iter().map(|name| table.column_name(name)).collect::<Vec<ColumnName>>();
    let mut found = Vec::new();
    let whole: u64 = widths.iter().map(|(name, _)| width_of(name)).sum();
    if whole > ROW && !keys.is_empty() {
        found.push(obstacle(table.name.to_string(), columns(), whole, ROW, "a row"));
    }
    let short = matches!(row.text("ROW_FORMAT"), "Compact" | "Redundant");
    let limit = if short { OLD_ENTRY } else { ENTRY } * page_share(raw);
    let mut indexes: Vec<(&str, u64, bool)> = Vec::new();
    for part in rows_of(raw, "indexes", table).filter(|part| part.text("INDEX_TYPE") == "BTREE") {
        let name = part.text("COLUMN_NAME");
        let bytes =
            part.get("SUB_PART").and_then(|text| text.parse::<u64>().ok()).map_or_else(|| width_of(name), |n| n * 4);
        match indexes.last_mut().filter(|(index, ..)| *index == part.text("INDEX_NAME")) {
            Some(last) => (last.1, last.2) = (last.1 + bytes, last.2 || keys.contains(&name)),
            None => indexes.push((part.text("INDEX_NAME"), bytes, keys.contains(&name))),
        }
    }
    for (index, bytes, _) in indexes.into_iter().filter(|(_, bytes, concerned)| *concerned && *bytes > limit / 4) {
        found.push(obstacle(format!("{}.{index}", table.name), columns(), bytes, limit / 4, "an entry of the index"));
    }
    found
}

// In quarters of what a page of 16 KB allows.
fn page_share(raw: &Raw) -> u64 {
    match raw.server.get("innodb_page_size").map(String::as_str) {
        Some("4096") => 1,
        Some("8192") => 2,
        _ => 4,
    }
}

fn rows_of<'a>(raw: &'a Raw, question: &str, table: &'a Table) -> impl Iterator<Item = &'a Record> {
    raw.of(question).iter().filter(|row| row.table("TABLE_SCHEMA", "TABLE_NAME") == table.name)
}

fn is_in_a_key(table: &Table, column: &str) -> bool {
    let keys = table.primary_key.iter().chain(&table.unique_keys).map(|key| &key.columns);
    let references = table.foreign_keys.iter().map(|key| &key.columns);
    keys.chain(references).any(|columns| columns.iter().any(|name| name == column))
}

fn width(row: &Record) -> u64 {
    let bytes = row.get("CHARACTER_OCTET_LENGTH").and_then(|text| text.parse::<u64>().ok());
    match (row.text("DATA_TYPE"), bytes) {
        (
            "tinyblob" | "blob" | "mediumblob" | "longblob" | "tinytext" | "text" | "mediumtext" | "longtext" | "json",
            _,
        ) => 12,
        (_, Some(bytes)) => bytes + if bytes > KEPT_WITH_ROW { 2 } else { 1 },
        ("tinyint", None) => 1,
        ("smallint", None) => 2,
        ("mediumint", None) => 3,
        ("int", None) => 4,
        (_, None) => 8,
    }
}

fn obstacle(object: String, columns: Vec<ColumnName>, bytes: u64, limit: u64, what: &str) -> Obstacle {
    Obstacle {
        rule: "RK-310".to_owned(),
        object,
        columns,
        meaning: format!("With UUIDs {what} could take {bytes} bytes; the server allows {limit}."),
        remedy: "Shorten other columns first, or leave this key as it is.".to_owned(),
        options: Vec::new(),
        default: None,
    }
}
