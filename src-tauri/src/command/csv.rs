//! Comma-separated values as RFC 4180 has them, with plain line feeds.

/// One record with its line feed.
pub fn record(fields: &[&str]) -> String {
    let mut line = fields.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_misread_is_quoted() {
        assert_eq!(record(&["main", "a,b", "c\"d", "1", "e\nf"]), "main,\"a,b\",\"c\"\"d\",1,\"e\nf\"\n");
        assert_eq!(record(&["", "plain text"]), ",plain text\n");
    }
}
