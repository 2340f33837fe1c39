//! Values as bytes that tell any two different ones apart, for digests.

use super::super::quote;
use super::super::version::Version;
use crate::schema::Column;

/// The part that the value of a column in the row `alias` has in the digest of its row. A
/// NULL and an empty text differ.
///
/// What may be long has a digest of its own: a text that gets longer than the server's
/// `max_allowed_packet` becomes NULL without an error, and whatever it was made of would be
/// proven no more.
pub fn part(version: &Version, alias: &str, column: &Column) -> String {
    let own = format!("{alias}.{}", quote::ident(&column.name));
    let type_name = column.type_name.to_ascii_lowercase();
    let is = |names: &[&str]| begins(&type_name, names);
    let shape = ["geometry", "point", "linestring", "polygon", "multi", "geomcollection"];
    if is(&shape) {
        long(version, &format!("HEX({own})"))
    } else if is(&["json"]) || type_name.contains("text") || type_name.contains("blob") {
        long(version, &own)
    } else {
        standing_for(column, &bytes(&own, is))
    }
}

/// The part that a value has which stands for that of a column.
pub fn standing_for(column: &Column, value: &str) -> String {
    if is_plain(column) { plain(value) } else { short(value) }
}

// Numbers and moments: none of them is written with a comma or a letter N.
fn is_plain(column: &Column) -> bool {
    let names = ["tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "date", "time", "year"];
    begins(&column.type_name.to_ascii_lowercase(), &names)
}

fn begins(type_name: &str, names: &[&str]) -> bool {
    names.iter().any(|name| type_name.starts_with(name))
}

// Its end is seen without its length, which takes half of the time.
fn plain(value: &str) -> String {
    format!("COALESCE({value}, 'N'), ','")
}

/// The part of a value that is short whatever it is.
pub fn short(value: &str) -> String {
    format!("COALESCE(LENGTH({value}), 'N'), ':', COALESCE({value}, '')")
}

fn long(version: &Version, value: &str) -> String {
    format!("COALESCE({}, 'N'), ';'", digest(version, value))
}

// A number's text is exact except for the short form of `FLOAT`; a sum would take the sign
// from its negative zero. Texts are compared byte for byte, not as their collation would; an
// enumeration's empty text and its error value differ by their number.
fn bytes(own: &str, is: impl Fn(&[&str]) -> bool) -> String {
    if is(&["tinyint", "smallint", "mediumint", "int", "bigint"]) {
        // Without the zeros that ZEROFILL would put in front.
        format!("({own} + 0)")
    } else if is(&["float"]) {
        format!("({own} * 1e0)")
    } else if is(&["enum", "set"]) {
        format!("CONCAT({own} + 0, ' ', CAST({own} AS BINARY))")
    } else if is(&["bit"]) {
        format!("HEX({own})")
    } else if is(&["uuid", "inet", "decimal", "double", "date", "time", "year"]) {
        format!("CAST({own} AS CHAR)")
    } else {
        format!("CAST({own} AS BINARY)")
    }
}

/// One number for the parts of a row.
pub fn row(version: &Version, parts: &[String]) -> String {
    format!("CRC32({})", digest(version, &format!("CONCAT({})", parts.join(", "))))
}

// SHA-1 is the cheapest where it is there; MySQL has moved it out of the server.
fn digest(version: &Version, value: &str) -> String {
    if version.is_mariadb() { format!("SHA1({value})") } else { format!("SHA2({value}, 256)") }
}
