//! Names and texts as MySQL and MariaDB read them. Every identifier is quoted, always.

use crate::schema::TableName;

/// Quotes an identifier.
pub fn ident(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// Quotes a text. Good for sessions without `NO_BACKSLASH_ESCAPES`, as all of ours are.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// A table with its database.
pub fn table(name: &TableName) -> String {
    format!("{}.{}", ident(&name.schema), ident(&name.name))
}

/// The catalogue's key of an object: its kind, then its name. A part that holds a dot, a
/// backtick or a space is quoted, so that two objects never share a key.
pub fn key(kind: &str, parts: &[&str]) -> String {
    format!("{kind} {}", parts.iter().map(|part| plain(part)).collect::<Vec<_>>().join("."))
}

fn plain(name: &str) -> String {
    if name.contains(|c: char| c == '.' || c == '`' || c.is_whitespace()) { ident(name) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(ident("my `q` t"), "`my ``q`` t`");
        assert_eq!(literal(r"it's \ it"), r"'it''s \\ it'");
        assert_ne!(key("table", &["a.b", "c"]), key("table", &["a", "b.c"]));
    }
}
