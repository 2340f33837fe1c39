//! The few edits that a conversion makes in a `CREATE TABLE` text.

use std::ops::Range;

use super::lead;
use super::table::{ColumnText, TableText};
use super::token::Token;
use crate::dialect::sqlite::quote;

/// What happens to one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The column.
    pub column: &'a str,
    /// Its new type.
    pub type_name: &'a str,
    /// True where it is the table's whole primary key, which then may not be NULL.
    pub key: bool,
    /// The expression that gives new rows their key, where SQLite gave it before.
    pub default: Option<&'a str>,
}

impl Change<'_> {
    // SQLite gives an INTEGER PRIMARY KEY its next value also where NULL is written into
    // it. With this clause the default takes that over.
    fn not_null(&self) -> &'static str {
        if self.default.is_some() { "NOT NULL ON CONFLICT REPLACE" } else { "NOT NULL" }
    }
}

/// A reference that leads to other columns of its parent than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led<'a> {
    /// The referencing columns.
    pub columns: &'a [String],
    /// The parent.
    pub parent: &'a str,
    /// The columns it referenced.
    pub from: &'a [String],
    /// The columns it references afterwards.
    pub to: Vec<String>,
}

/// Everything that a conversion changes in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// The converted columns.
    pub columns: Vec<Change<'a>>,
    /// The references that lead elsewhere.
    pub led: Vec<Led<'a>>,
    /// The whole definition of a column that comes behind the others.
    pub added: Option<String>,
    /// The conditions that go, in their parentheses as the text has them.
    pub without: Vec<&'a str>,
}

pub(super) struct Edit {
    pub(super) span: Range<usize>,
    pub(super) with: String,
}

/// The text with these changes. None where the text cannot be read.
pub fn converted(text: &str, changes: &Changes<'_>) -> Option<String> {
    let table = TableText::parse(text)?;
    let mut edits = Vec::new();
    // Before what is written behind a column, which may end where a reference does.
    for led in &changes.led {
        edits.extend(lead::edits(&table, led)?);
    }
    for change in &changes.columns {
        edit_column(&table, table.column(change.column)?, change, &mut edits);
    }
    if changes.columns.iter().any(|change| change.key) {
        edits.extend(without_autoincrement(text, &table));
    }
    for condition in &changes.without {
        edits.extend(without_check(text, &table, condition)?);
    }
    if let Some(added) = &changes.added {
        let last = table.columns.last()?;
        let end = span(table.at(last.at..last.clauses.end))?.end;
        edits.push(Edit { span: end..end, with: format!(", {added}") });
    }
    Some(applied(text, edits))
}

/// The text with the table called `name`, in its own expressions too.
pub fn renamed(text: &str, name: &str) -> Option<String> {
    let table = TableText::parse(text)?;
    let own = table.tokens.iter().find(|token| token.span == table.name)?.name()?;
    let qualifiers = table.tokens.windows(2).filter(|pair| pair[0].names(&own) && pair[1].is_sign("."));
    let mut spans: Vec<Range<usize>> = qualifiers.map(|pair| pair[0].span.clone()).collect();
    spans.push(table.name.clone());
    Some(applied(text, spans.into_iter().map(|span| Edit { span, with: quote::name(name) }).collect()))
}

fn edit_column(table: &TableText<'_>, column: &ColumnText, change: &Change<'_>, edits: &mut Vec<Edit>) {
    let clauses = table.at(column.clauses.clone());
    let name = column.at..column.at + 1;
    let mut end = span(table.at(name)).map_or(0, |span| span.end);
    match span(table.at(column.type_name.clone())) {
        Some(span) => {
            end = span.end;
            edits.push(Edit { span, with: change.type_name.to_owned() });
        }
        None => edits.push(Edit { span: end..end, with: format!(" {}", change.type_name) }),
    }
    end = span(clauses).map_or(end, |span| span.end);
    let mut behind = String::new();
    if change.key {
        match not_null(clauses) {
            Some(span) => edits.push(Edit { span, with: change.not_null().to_owned() }),
            None => behind = format!(" {}", change.not_null()),
        }
    }
    if let Some(default) = change.default {
        behind.push_str(&format!(" DEFAULT ({default})"));
    }
    edits.push(Edit { span: end..end, with: behind });
}

// The clause NOT NULL with its ON CONFLICT, outside any parentheses.
fn not_null(clauses: &[Token<'_>]) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (place, token) in clauses.iter().enumerate() {
        if token.is_sign("(") {
            depth += 1;
        } else if token.is_sign(")") {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && token.is("NOT") && clauses.get(place + 1).is_some_and(|next| next.is("NULL")) {
            let conflict = clauses.get(place + 2).is_some_and(|next| next.is("ON"))
                && clauses.get(place + 3).is_some_and(|next| next.is("CONFLICT"));
            return span(clauses.get(place..place + if conflict { 5 } else { 2 })?);
        }
    }
    None
}

// It is a reserved word: bare, it can be nothing else.
fn without_autoincrement(text: &str, table: &TableText<'_>) -> Option<Edit> {
    let word = table.tokens.iter().find(|token| token.is("AUTOINCREMENT"))?;
    // A line's end stays: what stands before it may be a comment.
    let start = text[..word.span.start].trim_end_matches([' ', '\t']).len();
    Some(Edit { span: start..word.span.end, with: String::new() })
}

// The condition with its word and its name, and where nothing else stands in its clause of
// the table, with the comma before it.
fn without_check(text: &str, table: &TableText<'_>, condition: &str) -> Option<Vec<Edit>> {
    let mut found = Vec::new();
    for (place, _) in table.tokens.iter().enumerate().filter(|(_, token)| token.is("CHECK")) {
        let inner = parenthesis(&table.tokens[place + 1..]);
        if span(inner).is_none_or(|span| &text[span] != condition) {
            continue;
        }
        let named = place.checked_sub(2).is_some_and(|first| table.tokens[first].is("CONSTRAINT"));
        let whole = if named { place - 2 } else { place }..place + 1 + inner.len();
        let alone = table.clauses.contains(&whole);
        let first = if alone { whole.start.checked_sub(1)? } else { whole.start };
        found.push(Edit { span: span(table.at(first..whole.end))?, with: String::new() });
    }
    (!found.is_empty()).then_some(found)
}

/// What begins with a parenthesis, up to the one that closes it.
pub fn parenthesis<'a, 't>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut depth = 0usize;
    for (place, token) in tokens.iter().enumerate() {
        if token.is_sign("(") {
            depth += 1;
        } else if token.is_sign(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return &tokens[..=place];
        }
    }
    tokens
}

pub(super) fn span(tokens: &[Token<'_>]) -> Option<Range<usize>> {
    Some(tokens.first()?.span.start..tokens.last()?.span.end)
}

pub(super) fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.span.start);
    let mut whole = text.to_owned();
    for edit in edits.into_iter().rev() {
        whole.replace_range(edit.span, &edit.with);
    }
    whole
}
