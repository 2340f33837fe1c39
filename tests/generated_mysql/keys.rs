//! Keys: their types, and the ids in them.

use std::collections::BTreeSet;

use crate::generated::dice::Dice;

/// How the ids of a table lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// From 1 without gaps.
    Dense,
    /// Anywhere.
    Sparse,
    /// Around zero.
    Signed,
    /// At the ends of the type.
    Extreme,
    /// UUIDs as text, as people spell them.
    Spelt,
}

const BASES: &[&str] = &["tinyint", "smallint", "mediumint", "int", "int", "int", "int", "bigint", "bigint", "bigint"];

/// A type of whole numbers.
pub fn integer(dice: &mut Dice) -> String {
    let base = *dice.pick(BASES);
    match dice.below(20) {
        0 => format!("{base}(6) unsigned zerofill"),
        1 => format!("{base}(11)"),
        2..=8 => format!("{base} unsigned"),
        _ => base.to_owned(),
    }
}

/// The least and the greatest number that a type holds.
pub fn range(type_name: &str) -> (i128, i128) {
    let bits = match type_name.split([' ', '(']).next() {
        Some("tinyint") => 8,
        Some("smallint") => 16,
        Some("mediumint") => 24,
        Some("int") => 32,
        _ => 64,
    };
    if type_name.contains("unsigned") { (0, (1 << bits) - 1) } else { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) }
}

/// How ids of that type lie.
pub fn style(dice: &mut Dice, type_name: &str) -> Style {
    if type_name.starts_with("char") || type_name.starts_with("varchar") {
        return Style::Spelt;
    }
    *dice.pick(&[Style::Dense, Style::Dense, Style::Dense, Style::Sparse, Style::Signed, Style::Extreme])
}

/// So many different ids as literals; fewer where the type has no more. The last hundred of
/// the type are left to rows that come later.
pub fn ids(dice: &mut Dice, type_name: &str, style: Style, count: usize) -> Vec<String> {
    if style == Style::Spelt {
        return (0..count).map(|_| spelt(dice)).collect();
    }
    let (least, most) = range(type_name);
    let most = most - 100;
    let (from, to) = match style {
        Style::Dense | Style::Spelt => (1, i128::try_from(count).unwrap()),
        Style::Sparse => (1, most.min(1 << 40)),
        Style::Signed => (-300, 300),
        Style::Extreme => (least, most),
    };
    let (from, to) = (from.max(least), to.min(most));
    let mut found = BTreeSet::new();
    if style == Style::Extreme {
        found.extend([least, most, least + 1, 0, 1, most / 2].into_iter().take(count));
    }
    let room = usize::try_from(to - from + 1).unwrap_or(usize::MAX);
    while found.len() < count.min(room) {
        found.insert(if style == Style::Dense {
            from + i128::try_from(found.len()).unwrap()
        } else {
            from + i128::from(dice.number()) % (to - from + 1)
        });
    }
    let mut ids: Vec<String> = found.into_iter().map(|id| id.to_string()).collect();
    // Rows do not lie in the order of their ids.
    if dice.chance(40) {
        dice.shuffle(&mut ids);
    }
    ids
}

fn spelt(dice: &mut Dice) -> String {
    let digits = format!("{:016x}{:016x}", dice.number(), dice.number());
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-");
    format!("'{}'", if dice.chance(20) { parts.to_uppercase() } else { parts })
}
