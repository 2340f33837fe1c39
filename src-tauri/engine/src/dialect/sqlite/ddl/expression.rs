//! What an expression does with a column, as far as its words tell.

use super::token::{Kind, Token, significant};

const COMPARISONS: [&str; 8] = ["=", "==", "<>", "!=", "<", "<=", ">", ">="];
const ARITHMETIC: [&str; 9] = ["+", "-", "*", "/", "%", "<<", ">>", "&", "|"];

/// True where the text has this name in it.
pub fn mentions(text: &str, name: &str) -> bool {
    significant(text).iter().any(|token| token.names(name))
}

/// True where the text computes with a column of that name, compares it with a number,
/// or asks for its type: with a UUID in it the text would mean something else.
pub fn depends_on_numbers(text: &str, column: &str) -> bool {
    let tokens = significant(text);
    (0..tokens.len()).any(|place| {
        let token = &tokens[place];
        let is_column = token.kind != Kind::Text && token.names(column);
        // A name before a dot is a table's, before a parenthesis a function's.
        let is_other = tokens.get(place + 1).is_some_and(|next| next.is_sign(".") || next.is_sign("("));
        is_column && !is_other && (numeric_after(&tokens[place + 1..]) || numeric_before(&tokens[..place]))
    })
}

/// True where a trigger's text reads the column of the row it stands on.
pub fn passes_on(text: &str, column: &str) -> bool {
    significant(text).windows(3).any(|trio| {
        let [row, dot, name] = trio else { return false };
        (row.is("NEW") || row.is("OLD")) && dot.is_sign(".") && name.names(column)
    })
}

/// True where the text speaks of hidden row numbers.
pub fn uses_row_numbers(text: &str) -> bool {
    const NAMES: [&str; 4] = ["rowid", "_rowid_", "oid", "last_insert_rowid"];
    significant(text).iter().any(|token| token.kind == Kind::Word && NAMES.iter().any(|name| token.is(name)))
}

fn numeric_after(rest: &[Token<'_>]) -> bool {
    let mut rest = rest.iter().skip_while(|token| token.is_sign(")"));
    let Some(first) = rest.next() else { return false };
    if is_one(first, &ARITHMETIC) {
        return true;
    }
    if is_one(first, &COMPARISONS) || first.is("BETWEEN") || first.is("IN") || first.is("IS") || first.is("NOT") {
        return rest.find(|token| !is_filler(token)).is_some_and(is_number);
    }
    false
}

fn numeric_before(rest: &[Token<'_>]) -> bool {
    let mut rest = rest.iter().rev().peekable();
    // Past the table's name in front of the column's.
    if rest.next_if(|token| token.is_sign(".")).is_some() {
        rest.next();
    }
    let mut parentheses = false;
    while rest.next_if(|token| token.is_sign("(")).is_some() {
        parentheses = true;
    }
    let Some(first) = rest.next() else { return false };
    if parentheses && ["CAST", "TYPEOF", "ABS"].iter().any(|word| first.is(word)) {
        return true;
    }
    // A star after SELECT or a comma is no multiplication.
    if is_one(first, &ARITHMETIC) {
        return !first.is_sign("*") || rest.next().is_some_and(|before| !before.is("SELECT") && !before.is_sign(","));
    }
    is_one(first, &COMPARISONS) && rest.find(|token| !token.is_sign(")")).is_some_and(is_number)
}

// Beside an integer column SQLite reads '5' as 5; beside a text column it does not.
fn is_number(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Number => true,
        Kind::Text => token.name().is_some_and(|text| text.trim().parse::<f64>().is_ok()),
        Kind::Word | Kind::Quoted | Kind::Sign | Kind::Space => false,
    }
}

fn is_filler(token: &Token<'_>) -> bool {
    ["(", "+", "-"].iter().any(|sign| token.is_sign(sign)) || ["IN", "BETWEEN", "NOT"].iter().any(|word| token.is(word))
}

fn is_one(token: &Token<'_>, signs: &[&str]) -> bool {
    signs.iter().any(|sign| token.is_sign(sign))
}
