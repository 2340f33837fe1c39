//! How the values of a column are stored. A change of type forgets what was chosen, so what
//! differs from the type's own way is said again by the undo.

use super::super::quote;
use super::scope::Scope;
use crate::schema::{Column, ColumnKind, ColumnName};

/// The letter of the way in which values of a new type are stored: in the row, or compressed
/// and moved out of it where they are long.
pub fn of_new(type_name: &str) -> &'static str {
    if type_name == "uuid" { "p" } else { "x" }
}

fn of_old(column: &Column) -> &'static str {
    match column.kind {
        ColumnKind::Integer | ColumnKind::Uuid => "p",
        ColumnKind::Numeric => "m",
        ColumnKind::Text | ColumnKind::Other => "x",
    }
}

/// What the undo says again about a column whose old type it gives back, as parts of an
/// `ALTER TABLE`.
pub fn again(scope: &Scope<'_>, name: &ColumnName, column: &Column) -> Vec<String> {
    let object = scope.schema.catalogue.objects.get(&quote::column_key(name));
    let attribute = |attribute: &str| object?.get(attribute).map(String::as_str);
    let storage = attribute("storage").filter(|letter| *letter != of_old(column)).and_then(|letter| match letter {
        "p" => Some("STORAGE PLAIN"),
        "e" => Some("STORAGE EXTERNAL"),
        "m" => Some("STORAGE MAIN"),
        "x" => Some("STORAGE EXTENDED"),
        _ => None,
    });
    let compression = attribute("compression").and_then(|letter| match letter {
        "p" => Some("COMPRESSION pglz"),
        "l" => Some("COMPRESSION lz4"),
        _ => None,
    });
    let column = quote::ident(&name.column);
    storage.into_iter().chain(compression).map(|words| format!("ALTER COLUMN {column} SET {words}")).collect()
}
