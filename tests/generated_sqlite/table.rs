//! One generated table: its key, its references and its rows.

use crate::generated::dice::Dice;

/// What its key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Another name for the row number.
    Alias,
    /// The same, never handed out twice.
    AutoIncrement,
    /// A whole number with an index of its own.
    Int,
    /// The same in a table without row numbers.
    WithoutRowId,
    /// Another name for the row number in a STRICT table.
    Strict,
    /// A UUID as text.
    Text,
    /// The key of another table.
    Shared,
}

/// Kinds, the likely ones more often.
const KINDS: &[Kind] = &[
    Kind::Alias,
    Kind::Alias,
    Kind::AutoIncrement,
    Kind::Int,
    Kind::WithoutRowId,
    Kind::Strict,
    Kind::Text,
    Kind::Shared,
];

/// A reference to another table.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its column.
    pub column: String,
    /// The number of the table it leads to.
    pub parent: usize,
    /// Whether a row must have it.
    pub mandatory: bool,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name, not quoted.
    pub name: String,
    /// What its key is.
    pub kind: Kind,
    /// The number of the table that a shared key is of.
    pub shares: usize,
    /// The values of its key, as literals.
    pub ids: Vec<String>,
    /// Its references.
    pub references: Vec<Reference>,
}

impl Table {
    /// Makes one behind others.
    pub fn new(dice: &mut Dice, name: &str, earlier: &[Table]) -> Table {
        let mut kind = *dice.pick(KINDS);
        let shares = dice.below(earlier.len());
        if kind == Kind::Shared && earlier.get(shares).is_none_or(|other| !other.is_number()) {
            kind = Kind::Alias;
        }
        let count = dice.below(25);
        let ids = match kind {
            Kind::Shared => earlier[shares].ids.iter().filter(|_| dice.chance(60)).cloned().collect(),
            Kind::Text => (0..count).map(|_| fresh(dice)).collect(),
            Kind::Alias | Kind::AutoIncrement | Kind::Int | Kind::WithoutRowId | Kind::Strict => numbers(dice, count),
        };
        Table { name: name.to_owned(), kind, shares, ids, references: Vec::new() }
    }

    /// True where its key is a number.
    pub fn is_number(&self) -> bool {
        self.kind != Kind::Text
    }

    /// True where SQLite gives new rows their key.
    pub fn is_numbered(&self) -> bool {
        matches!(self.kind, Kind::Alias | Kind::AutoIncrement | Kind::Strict)
    }

    /// Its name, quoted.
    pub fn quoted(&self) -> String {
        quoted(&self.name)
    }

    /// A value for a reference to it: that of a row, spelt anew now and then, or of none.
    pub fn id(&self, dice: &mut Dice, mandatory: bool) -> String {
        if self.ids.is_empty() || (!mandatory && dice.chance(15)) {
            return "NULL".to_owned();
        }
        if dice.chance(5) {
            return if self.is_number() {
                dice.between(70_000, 70_009).to_string()
            } else {
                quoted_text(&uuid(7, dice.number() % 3))
            };
        }
        let id = dice.pick(&self.ids).clone();
        if self.is_number() || dice.chance(70) {
            return id;
        }
        let canonical = id.trim_matches('\'').replace(['-', '{', '}'], "").to_lowercase();
        spelt(dice, &canonical)
    }
}

fn fresh(dice: &mut Dice) -> String {
    let canonical = uuid(dice.number(), dice.number());
    spelt(dice, &canonical)
}

// In order, with gaps, negative, far apart.
fn numbers(dice: &mut Dice, count: usize) -> Vec<String> {
    let mut found = std::collections::BTreeSet::new();
    let span = *dice.pick(&[30, 1000, 50_000, i64::MAX / 2]);
    let least = if dice.chance(30) { -span } else { 1 };
    while found.len() < count {
        found.insert(dice.between(least, span.max(30)));
    }
    found.into_iter().map(|id| id.to_string()).collect()
}

// Its 32 digits.
fn uuid(one: u64, other: u64) -> String {
    format!("{one:016x}{other:016x}")
}

fn spelt(dice: &mut Dice, digits: &str) -> String {
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    quoted_text(&match dice.below(6) {
        0 => digits.to_owned(),
        1 => parts.join("-").to_uppercase(),
        2 => format!("{{{}}}", parts.join("-")),
        _ => parts.join("-"),
    })
}

fn quoted_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name between double quotes.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
