//! Checks.

use super::{Place, ordered};
use crate::generated::model::literal;
use crate::generated::names::comment;

/// On columns that no conversion touches.
pub fn other(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("check"));
    let (column, _) = place.other(ordered)?;
    let column = column.quoted();
    let body = match place.dice.below(5) {
        0 => format!("({column} IS NOT NULL OR {column} IS NULL)"),
        1 => format!("(length({column}::text) < 500)"),
        2 => format!("({column} IS NOT NULL) NOT VALID"),
        3 if place.table.split.is_none() => format!("({column} = {column} OR {column} IS NULL) NO INHERIT"),
        _ => format!("({column} = {column} OR {column} IS NULL)"),
    };
    let comment = place.dice.chance(30).then(|| comment(&mut place.dice));
    let comment = comment.map(|comment| format!("COMMENT ON CONSTRAINT {name} ON {table} IS {};\n", literal(&comment)));
    Some(format!("ALTER TABLE {table} ADD CONSTRAINT {name} CHECK {body};\n{}", comment.unwrap_or_default()))
}

/// That name keys and references without taking them for numbers.
pub fn key(place: &mut Place<'_>) -> Option<String> {
    let (table, name) = (place.table.quoted(), place.name("check"));
    let (one, two) = (place.key()?, place.key()?);
    // Of an heir's columns some change with its parent and some by themselves.
    let two = if one.inherited == two.inherited { two } else { one };
    let same = one.type_name == two.type_name;
    let (one, two) = (one.quoted(), two.quoted());
    let body = match place.dice.below(5) {
        0 if same => format!("({one} <> {two}) NOT VALID"),
        1 if same => format!("({one} IS DISTINCT FROM {two} OR {one} = {two} OR {two} IS NULL)"),
        2 => format!("(({one} IS NULL) OR ({one}::text <> ''))"),
        _ => format!("({one} IS NOT NULL OR {two} IS NULL OR {one} IS NULL)"),
    };
    Some(format!("ALTER TABLE {table} ADD CONSTRAINT {name} CHECK {body};\n"))
}
