//! The domains of a run as rules name them, and what their ids look like.

use super::note::{Held, Note};
use crate::dialect::{Database, MapIndex};
use crate::plan::{Conversion, ConversionKind, Plan, Storage};

/// What an id looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A whole number as programs write it: no sign but a minus, no zero in front.
    Int,
    /// A UUID with its dashes.
    Uuid,
    /// Any text.
    Text,
}

/// Longest number of digits that is taken for an id.
const DIGITS: usize = 20;

impl Shape {
    /// How many bytes at the start of a text are an id of this shape.
    pub fn length(self, text: &[u8]) -> Option<usize> {
        match self {
            Shape::Int => whole_number(text),
            Shape::Uuid => text.get(..36).filter(|text| is_uuid(text)).map(<[u8]>::len),
            Shape::Text => (!text.is_empty()).then_some(text.len()),
        }
    }

    /// True where the whole text is an id of this shape.
    pub fn is(self, text: &[u8]) -> bool {
        self.length(text) == Some(text.len())
    }
}

fn whole_number(text: &[u8]) -> Option<usize> {
    let sign = usize::from(text.first() == Some(&b'-'));
    let digits = text[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let zero = text.get(sign) == Some(&b'0');
    // 0 is an id; 007, -0 and -07 are none.
    let spelt = digits > 0 && digits <= DIGITS && (!zero || (digits == 1 && sign == 0));
    spelt.then_some(sign + digits)
}

/// True for 8-4-4-4-12 hexadecimal digits.
pub fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// One domain of the run.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Its map, as SQL.
    pub map: String,
    /// How its new ids are stored.
    pub storage: Storage,
    /// What its old ids look like.
    pub old: Shape,
    // How new ids come to be found in the map.
    index: Option<MapIndex>,
    // Root and members, as rules name them.
    columns: Vec<String>,
}

/// Which way ids are translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Old to new.
    Forward,
    /// New to old.
    Back,
}

/// Every domain of a run, by the numbers of its conversions.
#[derive(Debug, Clone)]
pub struct Domains {
    all: Vec<Domain>,
}

impl Domains {
    /// Those of a plan.
    pub fn of(database: &dyn Database, plan: &Plan) -> Self {
        let domain = |(number, conversion): (usize, &Conversion)| Domain {
            map: database.map_table(&plan.schema_fingerprint, &plan.conversions, number),
            storage: conversion.storage,
            index: database.map_index(&plan.schema_fingerprint, &plan.conversions, number),
            old: match conversion.kind {
                ConversionKind::IntToUuid | ConversionKind::Repoint => Shape::Int,
                ConversionKind::TextToUuid => Shape::Text,
            },
            columns: std::iter::once(&conversion.root)
                .chain(conversion.members.iter().map(|member| &member.column))
                .map(ToString::to_string)
                .collect(),
        };
        Domains { all: plan.conversions.iter().enumerate().map(domain).collect() }
    }

    /// Those whose maps stay after their run was taken back.
    pub fn after(database: &dyn Database, note: &Note) -> Self {
        let domain = |(number, held): (usize, &Held)| Domain {
            map: database.redis_map(&note.run, number),
            storage: Storage::Char36,
            index: None,
            old: if held.numbers { Shape::Int } else { Shape::Text },
            columns: held.columns.clone(),
        };
        Domains { all: note.held.iter().enumerate().map(domain).collect() }
    }

    /// What must be kept of them with the maps.
    pub fn held(&self) -> Vec<Held> {
        let held = |domain: &Domain| Held { columns: domain.columns.clone(), numbers: domain.old == Shape::Int };
        self.all.iter().map(held).collect()
    }

    /// The domain that a column belongs to, named as schema.table.column.
    pub fn named(&self, column: &str) -> Option<usize> {
        self.all.iter().position(|domain| domain.columns.iter().any(|name| name == column))
    }

    /// The roots, for messages.
    pub fn names(&self) -> String {
        self.all.iter().filter_map(|domain| domain.columns.first().cloned()).collect::<Vec<_>>().join(", ")
    }

    /// How new ids come to be found, in every map that may lack an index over them.
    pub fn indexes(&self) -> impl Iterator<Item = &MapIndex> {
        self.all.iter().filter_map(|domain| domain.index.as_ref())
    }

    /// The domain of that number.
    pub fn get(&self, number: usize) -> Option<&Domain> {
        self.all.get(number)
    }

    /// What ids look like that are to be translated that way, by domain.
    pub fn shapes(&self, direction: Direction) -> Vec<Shape> {
        self.all
            .iter()
            .map(|domain| match direction {
                Direction::Forward => domain.old,
                Direction::Back => Shape::Uuid,
            })
            .collect()
    }

    /// Domains with nothing but names.
    #[cfg(test)]
    pub fn named_for_tests(columns: &[&str]) -> Self {
        let domain = |column: &&str| Domain {
            map: String::new(),
            storage: Storage::Uuid,
            old: Shape::Int,
            index: None,
            columns: vec![(*column).to_owned()],
        };
        Domains { all: columns.iter().map(domain).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ids_as_programs_write_them() {
        for (text, length) in
            [("5", Some(1)), ("0", Some(1)), ("-12x", Some(3)), ("007", None), ("-0", None), ("x", None), ("-", None)]
        {
            assert_eq!(Shape::Int.length(text.as_bytes()), length, "{text}");
        }
        assert!(Shape::Int.is(b"18446744073709551615"));
        assert!(!Shape::Int.is(b"184467440737095516150"));
    }

    #[test]
    fn uuids_have_their_dashes() {
        assert!(Shape::Uuid.is(b"018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04"));
        assert!(!Shape::Uuid.is(b"018f3c5e7d2a7b419c305f1e2a6b8d040000"));
        assert!(!Shape::Uuid.is(b"018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d0g"));
    }
}
