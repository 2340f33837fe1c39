//! What a stored expression does with a column. Errs on the side of something that depends on
//! what kind of value the column holds.

use std::collections::BTreeSet;

use super::token::{Token, tokens};

/// What stands before and behind a condition that is a whole by itself.
const BOUNDS: [&str; 9] = ["AND", "OR", "XOR", "NOT", "CASE", "WHEN", "THEN", "ELSE", "END"];
/// The comparisons that only ask whether values are alike.
const ALIKE: [&str; 4] = ["=", "<>", "!=", "<=>"];

/// The columns that the expression compares the column with, where it asks nothing of it but
/// whether it is there and whether it is like another column. None where it does anything else
/// with it: computes, compares by size or with a value, hands it to a function.
pub fn alike(expression: &str, column: &str) -> Option<BTreeSet<String>> {
    let pieces = Pieces { text: expression, tokens: tokens(expression) };
    let mut found = BTreeSet::new();
    for (place, token) in pieces.tokens.iter().enumerate() {
        if token.is_group() {
            let inner = expression.get(token.start() + 1..token.end().checked_sub(1)?)?;
            found.extend(alike(inner, column)?);
        } else if token.name().is_some_and(|name| name.to_lowercase() == column.to_lowercase()) {
            found.extend(pieces.partner(place)?);
        }
    }
    Some(found)
}

/// True where the expression speaks of the column.
pub fn speaks_of(expression: &str, column: &str) -> bool {
    tokens(expression).iter().any(|token| {
        let inner = || expression.get(token.start() + 1..token.end().checked_sub(1)?);
        token.name().is_some_and(|name| name.to_lowercase() == column.to_lowercase())
            || (token.is_group() && inner().is_some_and(|inner| speaks_of(inner, column)))
    })
}

struct Pieces<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

impl Pieces<'_> {
    // What the column at that place is compared with; nothing where it is only asked whether
    // it is there. None for everything else.
    fn partner(&self, place: usize) -> Option<Option<String>> {
        // The word AND belongs to it.
        if self.tokens.iter().any(|token| token.is("BETWEEN")) {
            return None;
        }
        let word = |place: usize, wanted: &str| self.tokens.get(place).is_some_and(|token| token.is(wanted));
        let begins = self.is_bound(place.checked_sub(1));
        if begins && word(place + 1, "IS") && word(place + 2 + usize::from(word(place + 2, "NOT")), "NULL") {
            return Some(None);
        }
        let behind = self.signs(place + 1..self.tokens.len());
        if begins && ALIKE.contains(&self.told(place + 1, behind).as_str()) {
            return self.other(place + 1 + behind, place + 2 + behind).map(Some);
        }
        let before = self.signs((0..place).rev());
        let other = place.checked_sub(before + 1)?;
        if before == 0 || !ALIKE.contains(&self.told(place - before, before).as_str()) {
            return None;
        }
        if !self.is_bound(Some(place + 1)) || !self.is_bound(other.checked_sub(1)) {
            return None;
        }
        Some(Some(self.tokens.get(other)?.name()?.to_owned()))
    }

    // The name at that place, where nothing more is said of it at the next.
    fn other(&self, place: usize, next: usize) -> Option<String> {
        let name = self.tokens.get(place)?.name()?;
        self.is_bound(Some(next)).then(|| name.to_owned())
    }

    fn signs(&self, places: impl Iterator<Item = usize>) -> usize {
        places.take_while(|place| self.sign(*place).is_some_and(|sign| sign != ",")).count()
    }

    fn sign(&self, place: usize) -> Option<&str> {
        self.tokens.get(place).filter(|token| token.is_sign()).and_then(|token| self.text.get(token.range()))
    }

    fn told(&self, from: usize, count: usize) -> String {
        (from..from + count).filter_map(|place| self.sign(place)).collect()
    }

    // No place, or one behind the last, is the edge of the expression.
    fn is_bound(&self, place: Option<usize>) -> bool {
        let Some(token) = place.and_then(|place| self.tokens.get(place)) else { return true };
        BOUNDS.iter().any(|word| token.is(word)) || (token.is_sign() && self.text.get(token.range()) == Some(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(names: &[&str]) -> Option<BTreeSet<String>> {
        Some(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn what_only_asks_whether_values_are_alike_is_told_with_the_other_column() {
        for fine in [
            "`a` is not null or `b` > 5",
            "((`a` is null) and (`b` <> _utf8mb4'it''s `a` > 1'))",
            "if(`a` is null,1,0)",
            "case when `a` is null then 'x' else 'y' end",
            "`b` = 1",
        ] {
            assert_eq!(alike(fine, "A"), with(&[]), "{fine}");
        }
        assert_eq!(alike("(`a` <> `b`)", "a"), with(&["b"]));
        assert_eq!(alike("`b` <=> `a` or `c``d` = `a` and `b` > 0", "a"), with(&["b", "c`d"]));
    }

    #[test]
    fn everything_else_is_taken_for_what_depends_on_the_value() {
        for other in [
            "`a` > 0",
            "`a` >= `b`",
            "`a` = 5",
            "5 <> `a`",
            "abs(`a`) = `b`",
            "`a` in ('x')",
            "`a` + 1 is null",
            "1 + `a` is null",
            "-`a` = `b`",
            "`a` = -`b`",
            "`a` = `b` = `c`",
            "`a` = `b` + 1",
            "1 + `b` = `a`",
            "`c` between 1 and `a` = `b`",
            "concat('U',`a`)",
            "`a`",
            "`a` = `b` collate utf8mb4_bin",
            "(`b` > 0) and (`a` > 0)",
            "`a` is true",
        ] {
            assert_eq!(alike(other, "a"), None, "{other}");
        }
    }

    #[test]
    fn broken_text_does_not_panic() {
        for text in ["", "`", "(", "`a` = (", "é(`a`", "`a` <", "= `a`"] {
            let _ = (alike(text, "a"), speaks_of(text, "a"));
        }
        assert!(speaks_of("(b + ((`A` > 1)))", "a") && !speaks_of("'`a`' = `b`", "a"));
    }
}
