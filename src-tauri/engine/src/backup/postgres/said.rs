//! What `pg_dump` and `pg_restore` say: `pg_dump: dumping contents of table "public.users"`.

// What may be told on. A statement that failed is not: its text may hold rows, and the
// password of a user mapping.
const COMPLAINTS: &[&str] = &["error: ", "detail: Error message from server: ", "hint: ", "from TOC entry "];

const TABLES: &[&str] = &["dumping contents of table \"", "processing data for table \""];

fn message(line: &str) -> Option<&str> {
    let (program, rest) = line.split_once(": ")?;
    program.starts_with("pg_").then_some(rest)
}

/// True for lines that say why something failed.
pub fn is_complaint(line: &str) -> bool {
    match message(line) {
        Some(message) => COMPLAINTS.iter().any(|start| message.starts_with(start)),
        // Such as the loader's, where a library is missing.
        None => line.contains("error while loading shared libraries") || line.contains("not found"),
    }
}

/// The table that a line of progress is about.
pub fn table(line: &str) -> Option<&str> {
    let message = message(line)?;
    let name = TABLES.iter().find_map(|start| message.strip_prefix(start))?;
    Some(name.rsplit_once('"').map_or(name, |(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_told_from_progress_and_hold_no_rows() {
        for line in [
            "pg_dump: error: connection to server failed",
            "pg_dump: detail: Error message from server: ERROR:  permission denied for table a",
            "pg_restore: from TOC entry 218; 1259 16388 TABLE a postgres",
            "pg_restore: error: could not execute query: ERROR:  role \"x\" does not exist",
        ] {
            assert!(is_complaint(line), "{line}");
        }
        for line in [
            "pg_dump: reading schemas",
            "pg_restore: creating TABLE \"public.a\"",
            "Command was: CREATE USER MAPPING FOR a SERVER b OPTIONS (password 'secret');",
            "DETAIL:  Failing row contains (1, secret).",
            "CONTEXT:  COPY a, line 1: \"1 secret\"",
            "pg_dump: detail: Command was: COPY a",
        ] {
            assert!(!is_complaint(line), "{line}");
        }
    }

    #[test]
    fn the_table_is_heard() {
        assert_eq!(table("pg_dump: dumping contents of table \"public.a\"\"b\""), Some("public.a\"\"b"));
        assert_eq!(table("pg_restore: processing data for table \"public.a\""), Some("public.a"));
        assert_eq!(table("pg_dump: reading schemas"), None);
    }
}
