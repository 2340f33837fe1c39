//! Values as bytes that tell any two different ones apart, for digests.

use super::super::quote;
use super::super::version::Version;
use crate::schema::Column;

/// The value of a column in the row `alias`, as bytes. A number's text is exact except for
/// the short form of `FLOAT`; texts are compared byte for byte, not as their collation
/// would; an enumeration's empty text and its error value differ by their number.
pub fn bytes(alias: &str, column: &Column) -> String {
    let own = format!("{alias}.{}", quote::ident(&column.name));
    let type_name = column.type_name.to_ascii_lowercase();
    let is = |names: &[&str]| names.iter().any(|name| type_name.starts_with(name));
    if is(&["tinyint", "smallint", "mediumint", "int", "bigint"]) {
        // Without the zeros that ZEROFILL would put in front.
        format!("({own} + 0)")
    } else if is(&["float"]) {
        format!("({own} + 0e0)")
    } else if is(&["enum", "set"]) {
        format!("CONCAT({own} + 0, ' ', CAST({own} AS BINARY))")
    } else if is(&["bit"]) {
        format!("HEX({own})")
    } else if is(&["json"]) {
        format!("CAST(CAST({own} AS CHAR) AS BINARY)")
    } else if is(&["geometry", "point", "linestring", "polygon", "multi", "geomcollection"]) {
        format!("HEX({own})")
    } else if is(&["uuid", "inet", "decimal", "double", "date", "time", "year"]) {
        format!("CAST({own} AS CHAR)")
    } else {
        format!("CAST({own} AS BINARY)")
    }
}

/// One number for the values of a row; a NULL, an empty text and a missing column differ.
/// SHA-1 is the cheapest where it is there; MySQL has moved it out of the server.
pub fn row(version: &Version, values: &[String]) -> String {
    let parts = values.iter().map(|value| format!("COALESCE(LENGTH({value}), 'N'), ':', COALESCE({value}, '')"));
    let parts: Vec<String> = parts.collect();
    let text = format!("CONCAT({})", parts.join(", "));
    if version.is_mariadb() { format!("CRC32(SHA1({text}))") } else { format!("CRC32(SHA2({text}, 256))") }
}
