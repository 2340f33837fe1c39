//! Names and texts as PostgreSQL reads them. Every identifier is quoted, always.

use crate::schema::{ColumnName, TableName};

/// Quotes an identifier.
pub fn ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Quotes a text; independent of `standard_conforming_strings`.
pub fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') {
        return format!("E'{}'", quoted.replace('\\', "\\\\"));
    }
    format!("'{quoted}'")
}

/// Quotes a text as the server tells it of a default. Good for statements too: every session
/// of ours has `standard_conforming_strings` on.
pub fn told(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A table with its schema.
pub fn table(name: &TableName) -> String {
    qualified(&name.schema, &name.name)
}

/// Any object with its schema.
pub fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", ident(schema), ident(name))
}

/// The catalogue's key of an object: its kind, then its name. A part that holds a dot, a
/// quote or a space is quoted, so that two objects never share a key.
pub fn key(kind: &str, parts: &[&str]) -> String {
    format!("{kind} {}", label(parts))
}

/// The name of an object as it stands in the catalogue's keys.
pub fn label(parts: &[&str]) -> String {
    parts.iter().map(|part| plain(part)).collect::<Vec<_>>().join(".")
}

/// What belongs to a table or view, for people and as dependents are called.
pub fn on(kind: &str, name: &str, schema: &str, table: &str) -> String {
    format!("{kind} {name} on {}", label(&[schema, table]))
}

fn plain(name: &str) -> String {
    if name.contains(|c: char| c == '.' || c == '"' || c.is_whitespace()) { ident(name) } else { name.to_owned() }
}

/// A setting of a relation, such as `fillfactor=70`, as the server stores it.
pub fn setting(option: &str) -> String {
    match option.split_once('=') {
        Some((name, value)) => format!("{} = {}", ident(name), literal(value)),
        None => ident(option),
    }
}

/// The catalogue's key of a column.
pub fn column_key(column: &ColumnName) -> String {
    key("column", &[&column.table.schema, &column.table.name, &column.column])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(ident("my \"q\" t"), "\"my \"\"q\"\" t\"");
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(literal("a\\b"), "E'a\\\\b'");
    }

    #[test]
    fn keys_never_meet() {
        assert_eq!(key("table", &["public", "Order"]), "table public.Order");
        assert_ne!(key("table", &["a.b", "c"]), key("table", &["a", "b.c"]));
    }
}
