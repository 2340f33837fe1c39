//! References that lead to other columns: the list behind the parent's name in a `CREATE
//! TABLE` text, in a column's own clause or in one of the table's.

use std::ops::Range;

use super::edit::{Edit, Led, span};
use super::table::TableText;
use super::token::Token;
use crate::dialect::sqlite::quote;

/// The edits that lead a reference elsewhere. None where the text does not have it.
pub fn edits(table: &TableText<'_>, led: &Led<'_>) -> Option<Vec<Edit>> {
    let mut found = Vec::new();
    if let [column] = led.columns
        && let Some(own) = table.column(column)
    {
        found.extend(in_clauses(table, own.clauses.clone(), led));
    }
    for clause in &table.clauses {
        let tokens = table.at(clause.clone());
        let Some(key) = tokens.iter().position(|token| token.is("KEY")) else { continue };
        let foreign = key.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|token| token.is("FOREIGN"));
        if foreign && list(table, clause.start + key + 1).is_some_and(|(names, _)| alike(&names, led.columns)) {
            found.extend(in_clauses(table, clause.clone(), led));
        }
    }
    (!found.is_empty()).then_some(found)
}

fn in_clauses(table: &TableText<'_>, places: Range<usize>, led: &Led<'_>) -> Vec<Edit> {
    let names = quote::names(led.to.iter().map(String::as_str));
    let mut found = Vec::new();
    for place in places.clone() {
        let Some([word, parent]) = table.tokens.get(place..place + 2) else { continue };
        if !word.is("REFERENCES") || !parent.names(led.parent) {
            continue;
        }
        match list(table, place + 2).filter(|(_, list)| list.end <= places.end) {
            Some((old, places)) if alike(&old, led.from) => {
                found.extend(span(table.at(places)).map(|span| Edit { span, with: format!("({names})") }));
            }
            Some(_) => {}
            // Without a list the parent's primary key is meant.
            None => found.push(Edit { span: parent.span.end..parent.span.end, with: format!(" ({names})") }),
        }
    }
    found
}

// The names in the parentheses that begin at this place, and the places they take.
fn list(table: &TableText<'_>, start: usize) -> Option<(Vec<String>, Range<usize>)> {
    let tokens = table.tokens.get(start..)?;
    if !tokens.first()?.is_sign("(") {
        return None;
    }
    let close = tokens.iter().position(|token| token.is_sign(")"))?;
    let names = tokens.get(1..close)?.iter().filter_map(Token::name).collect();
    Some((names, start..start + close + 1))
}

fn alike(names: &[String], wanted: &[String]) -> bool {
    names.len() == wanted.len() && names.iter().zip(wanted).all(|(name, wanted)| name.eq_ignore_ascii_case(wanted))
}
