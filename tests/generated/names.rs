//! Names as they occur, and names as nobody hopes they occur.

use super::dice::Dice;

const KEYWORDS: &[&str] = &[
    "select",
    "order",
    "user",
    "table",
    "group",
    "from",
    "where",
    "primary",
    "references",
    "default",
    "null",
    "all",
    "end",
    "check",
    "column",
    "using",
    "limit",
    "desc",
];

/// A name built around a word. The number makes it different from every other name with
/// that word.
pub fn name(dice: &mut Dice, word: &str, number: usize) -> String {
    match dice.below(24) {
        0 => format!("{} {number}", capital(word)),
        1 => KEYWORDS.get(number).map_or_else(|| format!("{word}_{number}"), |keyword| (*keyword).to_owned()),
        2 => format!("{word} \"quoted\" {number}; drop table x --"),
        3 => format!("{word} 'it''s' \\ $1 $$ %s %I {{}} {{user}} {number}"),
        4 => format!("тäble🔑 {word} {number}"),
        5 => format!("{word}\u{a0}{number}\u{202e}"),
        6 => long(word, number),
        7 => format!(" {word} {number} "),
        8 => format!("{}_{number}", word.to_uppercase()),
        9 => format!("{word}.{number}, (a)"),
        10 => format!("{word}\n{number}"),
        _ => format!("{word}_{number}"),
    }
}

// 63 bytes, the same in the first 58.
fn long(word: &str, number: usize) -> String {
    let mut name = word.to_owned();
    while name.len() < 58 {
        name.push('n');
    }
    format!("{name}{number:05}")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text for comments, with what breaks careless quoting.
pub fn comment(dice: &mut Dice) -> String {
    let number = dice.below(1000);
    let texts =
        ["plain", "it's", "back\\slash", "$$ and $1", "two\nlines", "\"quoted\"", "-- no comment; /* none", "ключ 🔑"];
    format!("{} {number}", dice.pick(&texts))
}
