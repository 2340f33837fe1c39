//! Keys: their types, how their values are spread, where new ones come from.

use super::dice::Dice;
use super::model::{Column, Holds, Source, Style};
use super::names::name;
use super::wish::KeyWish;

/// The types that keys take from the database itself.
pub const OWN_TYPES: &str = "CREATE DOMAIN public.gen_number AS bigint CHECK (VALUE <> 0 OR VALUE = 0);
CREATE DOMAIN public.gen_small AS integer CONSTRAINT held CHECK (VALUE < 2147483648) CHECK (VALUE IS NULL OR VALUE > -2147483649);
CREATE DOMAIN public.gen_part AS public.gen_number;
CREATE DOMAIN public.gen_code AS character varying(36) CHECK (length(VALUE) > 1);
COMMENT ON DOMAIN public.gen_part IS 'over another';
";

/// What types have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Whole numbers, however they are stored.
    Number,
    /// Text.
    Text,
    /// The server's own UUIDs.
    Uuid,
}

/// The family that a type of keys belongs to.
pub fn family(type_name: &str) -> Family {
    match type_name {
        "uuid" => Family::Uuid,
        _ if ["text", "character", "public.gen_code"].iter().any(|start| type_name.starts_with(start)) => Family::Text,
        _ => Family::Number,
    }
}

/// The least and the greatest number that a type of keys holds.
pub fn range(type_name: &str) -> (i64, i64) {
    match type_name {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" | "public.gen_small" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        "numeric(12,0)" => (-999_999_999_999, 999_999_999_999),
        _ => (i64::MIN, i64::MAX),
    }
}

/// The types that a reference may have beside its key's own.
pub fn others(type_name: &str) -> &'static [&'static str] {
    match type_name {
        "smallint" | "integer" | "bigint" => &["smallint", "integer", "bigint"],
        "public.gen_small" => &["integer", "bigint"],
        "public.gen_number" | "public.gen_part" => &["bigint", "public.gen_number"],
        "numeric(12,0)" | "numeric(20,0)" => &["bigint", "numeric(20,0)"],
        _ if type_name.starts_with("text") => &["text", "character varying(64)"],
        "character varying(64)" => &["text", "character varying(64)"],
        "public.gen_code" => &["character varying(36)"],
        _ => &[],
    }
}

/// The key of a table as it is wished for.
pub fn id(dice: &mut Dice, wish: KeyWish, number: usize) -> Column {
    let name = if dice.chance(60) { "id".to_owned() } else { name(dice, "id", number) };
    let (type_name, style, source) = match wish {
        KeyWish::Uuid => ("uuid", Style::Uuid, Source::Expression("gen_random_uuid()".to_owned())),
        KeyWish::Text => text(dice),
        KeyWish::Numeric => {
            let style = *dice.pick(&[Style::Dense, Style::Sparse, Style::Signed, Style::Extreme]);
            (*dice.pick(&["numeric(12,0)", "numeric(20,0)"]), style, plain_source(dice, number))
        }
        KeyWish::Domain => {
            let style = *dice.pick(&[Style::Dense, Style::Dense, Style::Sparse, Style::Extreme]);
            let names = ["public.gen_number", "public.gen_small", "public.gen_part"];
            (*dice.pick(&names), style, plain_source(dice, number))
        }
        KeyWish::Single
        | KeyWish::Shared
        | KeyWish::Pair
        | KeyWish::Line
        | KeyWish::Unique
        | KeyWish::None
        | KeyWish::Heir
        | KeyWish::Split => {
            let type_name = *dice.pick(&["smallint", "integer", "integer", "integer", "bigint", "bigint"]);
            let style =
                *dice.pick(&[Style::Dense, Style::Dense, Style::Dense, Style::Sparse, Style::Signed, Style::Extreme]);
            (type_name, style, source(dice, number))
        }
    };
    Column { name, type_name: type_name.to_owned(), holds: Holds::Ids(style), not_null: true, source, inherited: false }
}

// Narrow types hold only the spellings that fit.
fn text(dice: &mut Dice) -> (&'static str, Style, Source) {
    let made = match dice.below(3) {
        0 => Source::Expression("gen_random_uuid()::text".to_owned()),
        1 => Source::Expression("(gen_random_uuid())::character varying(36)".to_owned()),
        _ => Source::Nothing,
    };
    match dice.below(12) {
        0..=2 => ("character varying(36)", Style::Narrow, made),
        3 => ("character(36)", Style::Narrow, made),
        4 => ("public.gen_code", Style::Narrow, Source::Nothing),
        5 | 6 => ("character varying(64)", Style::Spelt, made),
        7 => ("text COLLATE \"C\"", Style::Spelt, made),
        8 => ("text", Style::Mixed, Source::Nothing),
        9 => ("text", Style::Words, Source::Nothing),
        _ => ("text", Style::Spelt, made),
    }
}

const OPTIONS: &[&str] = &[
    "",
    "START WITH 100 INCREMENT BY 5 MINVALUE 50 MAXVALUE 30000 CACHE 3 CYCLE",
    "INCREMENT BY -1",
    "START WITH 0 MINVALUE 0",
    "MAXVALUE 999 NO CYCLE",
];

fn source(dice: &mut Dice, number: usize) -> Source {
    match dice.below(10) {
        0..=2 => Source::Serial,
        3 => Source::Identity(true, (*dice.pick(OPTIONS)).to_owned()),
        4 | 5 => Source::Identity(false, (*dice.pick(OPTIONS)).to_owned()),
        6 => sequence(dice, number),
        7 => Source::SharedSequence,
        _ => Source::Nothing,
    }
}

// What types can have that are neither serial nor identities.
fn plain_source(dice: &mut Dice, number: usize) -> Source {
    match dice.below(3) {
        0 => sequence(dice, number),
        1 => Source::SharedSequence,
        _ => Source::Nothing,
    }
}

fn sequence(dice: &mut Dice, number: usize) -> Source {
    let name = name(dice, "numbers", number + 100);
    Source::Sequence(name, (*dice.pick(OPTIONS)).to_owned(), dice.chance(50))
}
