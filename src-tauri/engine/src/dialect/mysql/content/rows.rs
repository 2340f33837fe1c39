//! A digest of the rows of each table that does not depend on their order.
//!
//! Each value has a mark for NULL, or its length or a digest of its own before it, so that no
//! two rows are told alike. What may be long has a digest of its own: a text that gets longer
//! than the server's `max_allowed_packet` becomes NULL without an error. Rows whose digest is
//! NULL for that reason are counted, and any such count is an error.

use super::super::quote;
use super::super::read::{Raw, Record};
use super::Digests;
use crate::dialect::Connection;
use crate::error::{Error, Result};

const HISTORY: [&str; 2] = ["row_start", "row_end"];

/// Of every table of the database.
pub async fn digests(connection: &mut dyn Connection, raw: &Raw) -> Result<Digests> {
    let mut found = Digests::new();
    for row in raw.of("tables").iter().filter(|row| !["VIEW", "SEQUENCE"].contains(&row.text("TABLE_TYPE"))) {
        let table = row.text("TABLE_NAME");
        let columns: Vec<&Record> = raw.of("columns").iter().filter(|one| one.text("TABLE_NAME") == table).collect();
        let query = query(raw, table, row.text("TABLE_TYPE") == "SYSTEM VERSIONED", &columns);
        let answer = connection.query(&query).await?.into_iter().next().unwrap_or_default();
        let answer: Vec<String> = answer.into_iter().map(Option::unwrap_or_default).collect();
        let [rows, counted, rest @ ..] = answer.as_slice() else { continue };
        if rows != counted {
            return Err(too_long(table));
        }
        found.insert(format!("rows {table}"), format!("{rows} {}", rest.first().map_or("", String::as_str)));
        if let Some(digits) = rest.get(1) {
            found.insert(format!("digits behind the sixth in FLOAT columns of {table}"), digits.clone());
        }
    }
    Ok(found)
}

fn too_long(table: &str) -> Error {
    Error::Statement {
        step: String::new(),
        sql: String::new(),
        code: "1301".to_owned(),
        detail: format!(
            "rows of {table} are longer than the server's max_allowed_packet, so they cannot be compared. Raise it with SET GLOBAL max_allowed_packet = 1073741824, then try again"
        ),
    }
}

fn query(raw: &Raw, table: &str, versioned: bool, columns: &[&Record]) -> String {
    let mut parts = Vec::new();
    let mut floats = Vec::new();
    for column in
        columns.iter().filter(|column| !column.text("EXTRA").to_ascii_uppercase().contains("VIRTUAL GENERATED"))
    {
        parts.push(part(raw, column));
        if column.text("DATA_TYPE").eq_ignore_ascii_case("float") {
            floats.push(short(&quote::ident(column.text("COLUMN_NAME")), |own| format!("({own} * 1e0 + 0e0)")));
        }
    }
    let known = |name: &str| columns.iter().any(|column| column.text("COLUMN_NAME").eq_ignore_ascii_case(name));
    let explicit = columns.iter().any(|column| {
        column.text("COLUMN_TYPE").contains("GENERATED ALWAYS AS ROW")
            || column.text("GENERATION_EXPRESSION").eq_ignore_ascii_case("ROW START")
    });
    if versioned && !explicit && !HISTORY.iter().any(|name| known(name)) {
        parts.extend(HISTORY.map(|name| short(name, |own| format!("CAST({own} AS CHAR)"))));
    }
    let from = format!("{}{}", quote::ident(table), if versioned { " FOR SYSTEM_TIME ALL" } else { "" });
    let summed = |name: &str| {
        format!(
            "CONCAT(CAST(COALESCE(SUM(CRC32({name})), 0) AS CHAR), ' ', \
            HEX(BIT_XOR(CAST(CONV(LEFT({name}, 16), 16, 10) AS UNSIGNED))))"
        )
    };
    let row = digest(raw, &format!("CONCAT({})", parts.join(", ")));
    let (more, digits) = if floats.is_empty() {
        (String::new(), String::new())
    } else {
        let digits = digest(raw, &format!("CONCAT({})", floats.join(", ")));
        (format!(", {}", summed("d.f")), format!(", {digits} AS f"))
    };
    format!(
        "SELECT CAST(COUNT(*) AS CHAR), CAST(COUNT(d.r) AS CHAR), {}{more} FROM (SELECT {row} AS r{digits} FROM {from}) d",
        summed("d.r")
    )
}

fn part(raw: &Raw, column: &Record) -> String {
    let own = quote::ident(column.text("COLUMN_NAME"));
    let kind = column.text("DATA_TYPE").to_ascii_lowercase();
    match kind.as_str() {
        // A negative zero comes back from a dump as zero.
        "double" => short(&own, |own| format!("({own} + 0e0)")),
        // As far as a dump has it; the other digits are told by themselves.
        "float" => short(&own, |own| format!("CAST({own} AS CHAR)")),
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "decimal" | "date" | "datetime" | "timestamp"
        | "time" | "year" | "uuid" | "inet4" | "inet6" => short(&own, |own| format!("CAST({own} AS CHAR)")),
        // An empty text and the value of an error differ by their number.
        "enum" | "set" => short(&own, |own| format!("CONCAT({own} + 0, ' ', CAST({own} AS BINARY))")),
        "char" | "varchar" | "binary" | "varbinary" => short(&own, |own| format!("CAST({own} AS BINARY)")),
        "bit" => short(&own, |own| format!("HEX({own})")),
        kind if kind.contains("text") || kind.contains("blob") || kind == "json" => long(raw, &own, &own),
        _ => long(raw, &own, &format!("HEX({own})")),
    }
}

fn short(own: &str, told: impl Fn(&str) -> String) -> String {
    let told = told(own);
    format!("IF({own} IS NULL, 'N', CONCAT(LENGTH({told}), ':', {told}))")
}

fn long(raw: &Raw, own: &str, told: &str) -> String {
    format!("IF({own} IS NULL, 'N', {}), ';'", digest(raw, told))
}

// SHA-1 is the cheapest where it is there; MySQL has moved it out of the server.
fn digest(raw: &Raw, value: &str) -> String {
    if raw.is_mariadb() { format!("SHA1({value})") } else { format!("SHA2({value}, 256)") }
}
