//! The parts of a `CREATE TABLE` text: its name, its columns, their types and clauses.

use std::ops::Range;

use super::token::{Kind, Token, significant};

/// A `CREATE TABLE` text with the places of its parts.
#[derive(Debug, Clone)]
pub struct TableText<'a> {
    /// Every piece that means something, in order.
    pub tokens: Vec<Token<'a>>,
    /// Where the table's name stands.
    pub name: Range<usize>,
    /// The columns in their order.
    pub columns: Vec<ColumnText>,
    /// The clauses of the table: places in `tokens`.
    pub clauses: Vec<Range<usize>>,
}

/// One column in a `CREATE TABLE` text. Places are in [`TableText::tokens`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnText {
    /// Its name.
    pub name: String,
    /// The place of its name.
    pub at: usize,
    /// The places of its type; empty where it has none.
    pub type_name: Range<usize>,
    /// The places of everything behind the type.
    pub clauses: Range<usize>,
}

impl<'a> TableText<'a> {
    /// Reads a text as SQLite keeps it. None where it is no ordinary `CREATE TABLE`.
    pub fn parse(text: &'a str) -> Option<Self> {
        let tokens = significant(text);
        let name_at = name_at(&tokens)?;
        let name = tokens.get(name_at)?.span.clone();
        let open = name_at + 1;
        if !tokens.get(open)?.is_sign("(") {
            return None;
        }
        let mut parsed = TableText { tokens, name, columns: Vec::new(), clauses: Vec::new() };
        for part in parsed.parts(open)? {
            parsed.take(part);
        }
        (!parsed.columns.is_empty()).then_some(parsed)
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&ColumnText> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The pieces at these places.
    pub fn at(&self, places: Range<usize>) -> &[Token<'a>] {
        self.tokens.get(places).unwrap_or_default()
    }

    // The places between the commas of the outermost parentheses.
    fn parts(&self, open: usize) -> Option<Vec<Range<usize>>> {
        let mut parts = Vec::new();
        let (mut depth, mut start) = (0usize, open + 1);
        for (place, token) in self.tokens.iter().enumerate().skip(open) {
            if token.is_sign("(") {
                depth += 1;
            } else if token.is_sign(")") {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    parts.push(start..place);
                    return Some(parts);
                }
            } else if token.is_sign(",") && depth == 1 {
                parts.push(start..place);
                start = place + 1;
            }
        }
        None
    }

    fn take(&mut self, part: Range<usize>) {
        let Some(first) = self.tokens.get(part.start) else { return };
        if !self.clauses.is_empty()
            || ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].iter().any(|word| first.is(word))
        {
            self.clauses.push(part);
            return;
        }
        let Some(name) = first.name() else { return };
        let after = part.start + 1;
        let type_end = self.type_end(after, part.end);
        self.columns.push(ColumnText { name, at: part.start, type_name: after..type_end, clauses: type_end..part.end });
    }

    // A type is words or quoted names, then perhaps one pair of parentheses.
    fn type_end(&self, start: usize, end: usize) -> usize {
        let mut place = start;
        while place < end && self.tokens.get(place).is_some_and(belongs_to_type) {
            place += 1;
        }
        if place == start || !self.tokens.get(place).is_some_and(|token| token.is_sign("(")) {
            return place;
        }
        let close = self.at(place..end).iter().position(|token| token.is_sign(")"));
        close.map_or(end, |close| place + close + 1)
    }
}

fn belongs_to_type(token: &Token<'_>) -> bool {
    const CLAUSES: [&str; 11] = [
        "CONSTRAINT",
        "PRIMARY",
        "NOT",
        "NULL",
        "UNIQUE",
        "CHECK",
        "DEFAULT",
        "COLLATE",
        "REFERENCES",
        "GENERATED",
        "AS",
    ];
    match token.kind {
        Kind::Word => !CLAUSES.iter().any(|word| token.is(word)),
        Kind::Quoted | Kind::Text => true,
        Kind::Number | Kind::Sign | Kind::Space => false,
    }
}

fn name_at(tokens: &[Token<'_>]) -> Option<usize> {
    if !tokens.first()?.is("CREATE") {
        return None;
    }
    let mut place = 1;
    if tokens.get(place)?.is("TEMP") || tokens.get(place)?.is("TEMPORARY") {
        place += 1;
    }
    if !tokens.get(place)?.is("TABLE") {
        return None;
    }
    place += 1;
    if tokens.get(place)?.is("IF") && tokens.get(place + 1)?.is("NOT") && tokens.get(place + 2)?.is("EXISTS") {
        place += 3;
    }
    if tokens.get(place + 1)?.is_sign(".") {
        place += 2;
    }
    Some(place)
}
