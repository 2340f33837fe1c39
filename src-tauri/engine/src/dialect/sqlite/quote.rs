//! Names and texts as SQLite reads them.

/// A name between double quotes.
pub fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text between single quotes.
pub fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Names between double quotes, separated by commas.
pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Texts between single quotes, separated by commas.
pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(text).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(name(r#"a"b'c]"#), r#""a""b'c]""#);
        assert_eq!(text("it's"), "'it''s'");
        assert_eq!(names(["a", "b\""]), r#""a", "b""""#);
    }
}
