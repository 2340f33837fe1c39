//! Names as they occur, and names as nobody hopes they occur: up to 64 letters of the Basic
//! Multilingual Plane, without a blank at the end.

use crate::generated::dice::Dice;

const KEYWORDS: &[&str] =
    &["select", "order", "user", "table", "group", "key", "rank", "references", "default", "check", "rows", "system"];

/// A name built around a word. The number makes it different from every other one with that
/// word, and so it stays whatever is taken for equal: case, accents, blanks.
pub fn name(dice: &mut Dice, word: &str, number: usize) -> String {
    match dice.below(26) {
        0 => format!("{} {number}", word.to_uppercase()),
        1 => KEYWORDS.get(number).map_or_else(|| format!("{word}_{number}"), |keyword| (*keyword).to_owned()),
        2 => format!("{word} \"quoted\" {number}; drop table x --"),
        3 => format!("{word} 'it''s' \\ \\n %s {{}} {number}"),
        4 => format!("тäble日本 {word} {number}"),
        5 => format!("{word}\u{a0}{number}\u{202e}"),
        6 => long(word, number),
        7 => format!(" {word} {number}"),
        8 => format!("{word}`{number}``, (a)"),
        9 => format!("{word}.{number}/$x"),
        10 => format!("{word}\n  {number}"),
        11 => format!("{word}, `id` int COMMENT {number}"),
        12 => format!("{number}{word}"),
        _ => format!("{word}_{number}"),
    }
}

// 64 letters, the same in the first 59.
fn long(word: &str, number: usize) -> String {
    format!("{word:n<59}{number:05}")
}

/// A text for comments, with what breaks careless quoting.
pub fn comment(dice: &mut Dice) -> String {
    let texts = [
        "plain",
        "it's",
        "back\\slash",
        "AUTO_INCREMENT=5",
        "two\n  lines",
        "\"quoted\" `id`",
        "-- no; /* none */",
        "ключ 日本",
        "), KEY (x)",
        "DEFAULT NULL COLLATE x",
    ];
    format!("{} {}", dice.pick(&texts), dice.below(100))
}
