//! Values of keys: numbers anywhere, and texts that hold UUIDs as people spell them.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::keys::range;
use super::model::{Column, Style};

/// So many different ids, none of them taken; fewer where the type has no more.
pub fn ids(dice: &mut Dice, column: &Column, style: Style, count: usize, taken: &BTreeSet<String>) -> Vec<String> {
    let mut ids: Vec<String> = match style {
        Style::Dense | Style::Sparse | Style::Signed | Style::Extreme => numbers(dice, column, style, count, taken),
        Style::Uuid => each(count, || format!("018f0000-0000-7000-8000-{:012x}", dice.between(0, 0xffff_ffff_ffff))),
        Style::Narrow => each(count, || spelt(dice, 3)),
        Style::Spelt => each(count, || spelt(dice, 6)),
        Style::Mixed => each(count, || if dice.chance(60) { spelt(dice, 6) } else { word(dice) }),
        Style::Words => each(count, || word(dice)),
    };
    ids.retain(|id| !taken.contains(id));
    // Rows do not lie in the order of their ids.
    if dice.chance(50) {
        dice.shuffle(&mut ids);
    }
    ids
}

fn each(count: usize, mut make: impl FnMut() -> String) -> Vec<String> {
    let mut found = BTreeSet::new();
    while found.len() < count {
        found.insert(make());
    }
    found.into_iter().collect()
}

fn numbers(dice: &mut Dice, column: &Column, style: Style, count: usize, taken: &BTreeSet<String>) -> Vec<String> {
    let (least, most) = range(&column.type_name);
    let mut found = BTreeSet::new();
    if style == Style::Extreme {
        found.extend([least, most, 0, -1, 1, least + 1].into_iter().take(count));
    }
    let mut next = 1 + i64::try_from(taken.len()).unwrap();
    while found.len() < count {
        found.insert(if style == Style::Dense {
            next
        } else if style == Style::Signed {
            dice.between(-300, 300)
        } else {
            dice.between(least, most)
        });
        next += 1;
    }
    found.into_iter().map(|id| id.to_string()).collect()
}

// A UUID; the first three spellings fit into 36 letters.
fn spelt(dice: &mut Dice, spellings: usize) -> String {
    let digits = format!("{:016x}{:016x}", dice.number(), dice.number());
    // As most people have them most of the time.
    let which = if dice.chance(60) { 0 } else { dice.below(spellings) };
    spell(&digits, which)
}

fn spell(digits: &str, which: usize) -> String {
    let hyphens =
        format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]);
    match which {
        0 => hyphens,
        1 => hyphens.to_uppercase(),
        2 => digits.to_owned(),
        3 => format!("{{{hyphens}}}"),
        4 => format!("urn:uuid:{hyphens}"),
        _ => format!(" {hyphens} "),
    }
}

/// The same UUID in another spelling that takes no more room; any other text as it is.
pub fn respelt(dice: &mut Dice, text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    if digits.len() == 32 && text.len() >= 36 && !text.contains(':') {
        spell(&digits.to_lowercase(), dice.below(3))
    } else {
        text.to_owned()
    }
}

/// No UUID.
pub fn word(dice: &mut Dice) -> String {
    let number = dice.below(100_000);
    match dice.below(6) {
        0 => format!("ключ {number}"),
        1 => format!("A-{number:06}"),
        2 => format!("it's \"{number}\""),
        3 => format!("{:08x}-{number}", dice.below(1 << 30)),
        _ => number.to_string(),
    }
}

/// A value that no key has.
pub fn stray(dice: &mut Dice, style_is_text: bool) -> String {
    if style_is_text { spelt(dice, 3) } else { dice.between(-200, 32000).to_string() }
}
