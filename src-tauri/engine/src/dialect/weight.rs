//! What a statement of a plan means to others at work, and what becomes of it when the run is
//! taken back: shown with every statement before it is sent.

use serde::Serialize;
use ts_rs::TS;

use crate::plan::{Action, Step};

/// Who waits while a statement is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Reach {
    /// Nobody: it reads, or touches what is Rekey's own.
    Nobody,
    /// Whoever wants to change the definition of the table.
    Definitions,
    /// Whoever wants to write; readers go on.
    Writers,
    /// Whoever wants to read or write.
    Everybody,
}

/// What becomes of a statement when the run fails, is cancelled or is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Reversal {
    /// It changes nothing that stays.
    Nothing,
    /// Until `COMMIT` the server takes it back by itself, afterwards the undo does.
    Transaction,
    /// It makes something beside the live tables, which is removed again.
    Removed,
    /// It is final at once; a statement of its own brings back what was there.
    Undone,
    /// It removes what the way back needs.
    Never,
}

/// One statement, weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Weight {
    /// Who waits.
    pub reach: Reach,
    /// The lock by the server's own name; empty where it takes none that others notice.
    pub lock: String,
    /// What becomes of it.
    pub reversal: Reversal,
}

/// Who waits for a statement, and the server's name of the lock.
pub(super) type Lock = (Reach, &'static str);

/// No lock that others notice.
pub(super) const NONE: Lock = (Reach::Nobody, "");

/// The first words of a statement in capitals, up to its first name, number or bracket.
pub(super) fn head(statement: &str) -> String {
    let code = statement.lines().find(|line| !line.trim_start().starts_with("--")).unwrap_or_default();
    let words = code.split_whitespace().take_while(|word| word.chars().all(|letter| letter.is_ascii_alphabetic()));
    words.take(6).collect::<Vec<_>>().join(" ").to_ascii_uppercase()
}

/// What a statement itself does, without the common table expressions before it; where one of
/// these writes, that one. Empty where a statement that begins with WITH cannot be followed.
pub(super) fn body(statement: &str) -> &str {
    if head(statement).split(' ').next() != Some("WITH") {
        return statement;
    }
    let (mut at, mut depth, mut opened) = (0, 0_usize, false);
    let mut found = "";
    while let Some(letter) = statement[at..].chars().next() {
        let rest = &statement[at..];
        let length = span(rest, letter);
        let word = &rest[..length];
        let is = |verbs: &[&str]| verbs.iter().any(|verb| word.eq_ignore_ascii_case(verb));
        let writes = is(&["INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE"]);
        // Some of these are functions too, which a bracket follows at once.
        if writes && (depth == 0 || opened) && rest[length..].starts_with(char::is_whitespace) {
            return rest;
        }
        if depth == 0 && found.is_empty() && is(&["SELECT", "VALUES", "TABLE"]) {
            found = rest;
        }
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        opened = letter == '(' || (opened && letter.is_whitespace());
        at += length;
    }
    found
}

// How far a word, a quoted part or a comment goes; anything else is one letter.
fn span(rest: &str, letter: char) -> usize {
    let until = |end: char| rest.find(end).map_or(rest.len(), |at| at + end.len_utf8());
    match letter {
        '\'' | '"' | '`' => rest[1..].find(letter).map_or(rest.len(), |at| at + 2),
        '-' if rest.starts_with("--") => until('\n'),
        _ if letter.is_alphanumeric() || letter == '_' => {
            rest.find(|other: char| !other.is_alphanumeric() && other != '_').unwrap_or(rest.len())
        }
        _ => letter.len_utf8(),
    }
}

/// The first quoted names of a statement: `"a"."b"` gives both.
pub(super) fn names(statement: &str, quote: char) -> impl Iterator<Item = &str> {
    statement.split(quote).skip(1).step_by(2)
}

/// Where DDL is part of transactions.
pub(super) fn in_transaction(lock: Lock, statement: &str) -> Weight {
    let first = head(body(statement));
    let quiet = ["SET", "RESET", "SELECT", "PRAGMA", "LOCK"].iter().any(|word| first.starts_with(word));
    let reversal = if quiet { Reversal::Nothing } else { Reversal::Transaction };
    Weight { reach: lock.0, lock: lock.1.to_owned(), reversal }
}

/// Where each statement is final at once. `own` is true of what only Rekey knows, `needed` of
/// what a way back cannot do without.
pub(super) fn one_by_one(lock: Lock, step: &Step, statement: &str, own: bool, needed: bool) -> Weight {
    let first = head(body(statement));
    let quiet = ["SET", "SELECT", "LOCK", "ANALYZE"].iter().any(|word| first.starts_with(word));
    let reversal = if quiet {
        Reversal::Nothing
    } else if needed && step.action == Action::CleanUp {
        Reversal::Never
    } else if own {
        Reversal::Removed
    } else {
        Reversal::Undone
    };
    Weight { reach: lock.0, lock: lock.1.to_owned(), reversal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_known_by_its_first_words() {
        assert_eq!(head("-- why\nALTER TABLE ONLY \"a\".\"b\" ADD x"), "ALTER TABLE ONLY");
        assert_eq!(head("create unique index \"i\""), "CREATE UNIQUE INDEX");
        assert_eq!(names("DROP TABLE `a`.`b`", '`').collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn what_stands_before_a_statement_is_left_out_unless_it_writes() {
        let known = [
            ("INSERT INTO a SELECT 1", "INSERT INTO a SELECT 1"),
            ("WITH c AS (SELECT 1) SELECT 2", "SELECT 2"),
            (
                "-- why\nwith c (n) AS MATERIALIZED (SELECT ')' FROM \"SELECT\")\nINSERT INTO a SELECT 1",
                "INSERT INTO a SELECT 1",
            ),
            ("WITH c AS (SELECT 1), d AS (SELECT (2)) -- DELETE \nUPDATE a SET b = 1", "UPDATE a SET b = 1"),
            ("WITH c AS ( DELETE FROM a RETURNING b) SELECT 2", "DELETE FROM a RETURNING b) SELECT 2"),
            ("WITH c AS (SELECT (insert('a', 1, 1, 'b')), replace('a', 'b', 'c')) DELETE FROM a", "DELETE FROM a"),
            ("WITH c AS (SELECT 'it''s (') VALUES (1)", "VALUES (1)"),
            ("WITH c AS (SELECT 1", ""),
        ];
        for (statement, expected) in known {
            assert_eq!(body(statement), expected, "{statement}");
        }
    }
}
