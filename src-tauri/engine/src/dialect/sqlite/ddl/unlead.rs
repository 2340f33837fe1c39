//! A `CREATE TABLE` text without its references to one parent.

use std::ops::Range;

use super::edit::{Edit, applied, parenthesis, span};
use super::table::TableText;

/// The text without these references. None where it has none, or cannot be read.
pub fn without_references(text: &str, parent: &str) -> Option<String> {
    let table = TableText::parse(text)?;
    let mut edits = Vec::new();
    for column in &table.columns {
        for clause in references(&table, column.clauses.clone(), parent) {
            edits.push(gone(&table, named(&table, clause.start)..clause.end)?);
        }
    }
    for clause in &table.clauses {
        if !references(&table, clause.clone(), parent).is_empty() {
            // With the comma before it: a column stands there at least.
            edits.push(gone(&table, clause.start.checked_sub(1)?..clause.end)?);
        }
    }
    (!edits.is_empty()).then(|| applied(text, edits))
}

fn gone(table: &TableText<'_>, places: Range<usize>) -> Option<Edit> {
    Some(Edit { span: span(table.at(places))?, with: String::new() })
}

// Where a clause begins that may have a name before it.
fn named(table: &TableText<'_>, start: usize) -> usize {
    let word = start.checked_sub(2).and_then(|place| table.tokens.get(place));
    if word.is_some_and(|word| word.is("CONSTRAINT")) { start - 2 } else { start }
}

// `REFERENCES parent (columns)` with all that SQLite allows behind it.
fn references(table: &TableText<'_>, places: Range<usize>, parent: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for place in places.clone() {
        let Some([word, name]) = table.tokens.get(place..place + 2) else { continue };
        if word.is("REFERENCES") && name.names(parent) {
            found.push(place..end(table, place + 2, places.end));
        }
    }
    found
}

fn end(table: &TableText<'_>, start: usize, limit: usize) -> usize {
    let mut place = start;
    if let Some(rest) = table.tokens.get(place..limit).filter(|rest| rest.first().is_some_and(|open| open.is_sign("(")))
    {
        place += parenthesis(rest).len();
    }
    loop {
        let is = |ahead: usize, word: &str| {
            place + ahead < limit && table.tokens.get(place + ahead).is_some_and(|token| token.is(word))
        };
        let length = if is(0, "ON") && (is(1, "DELETE") || is(1, "UPDATE")) {
            if is(2, "CASCADE") || is(2, "RESTRICT") { 3 } else { 4 }
        } else if is(0, "MATCH") {
            2
        } else if is(0, "DEFERRABLE") || (is(0, "NOT") && is(1, "DEFERRABLE")) {
            let word = if is(0, "NOT") { 2 } else { 1 };
            if is(word, "INITIALLY") { word + 2 } else { word }
        } else {
            return place.min(limit);
        };
        place += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_these_references_go() {
        for (text, left) in [
            (
                "CREATE TABLE a (x INT REFERENCES p (id) ON DELETE SET NULL NOT NULL, y)",
                "CREATE TABLE a (x INT  NOT NULL, y)",
            ),
            (
                "CREATE TABLE a (x CONSTRAINT c REFERENCES \"P\" NOT DEFERRABLE INITIALLY DEFERRED UNIQUE)",
                "CREATE TABLE a (x  UNIQUE)",
            ),
            (
                "CREATE TABLE a (x, y REFERENCES q, FOREIGN KEY (x) REFERENCES p(id) MATCH FULL ON UPDATE CASCADE)",
                "CREATE TABLE a (x, y REFERENCES q)",
            ),
            (
                "CREATE TABLE a (x, CONSTRAINT k FOREIGN KEY (x) REFERENCES p, CHECK (x > 0)) STRICT",
                "CREATE TABLE a (x, CHECK (x > 0)) STRICT",
            ),
            ("CREATE TABLE a (x REFERENCES p REFERENCES q)", "CREATE TABLE a (x  REFERENCES q)"),
        ] {
            assert_eq!(without_references(text, "p").as_deref(), Some(left));
        }
        assert_eq!(without_references("CREATE TABLE a (x REFERENCES q, p)", "p"), None);
        assert_eq!(without_references("CREATE VIEW a AS SELECT 1", "p"), None);
    }
}
