//! What a run keeps of single rows for the way back, each by the row's key as it will be.

use std::collections::BTreeMap;

use super::super::quote;
use super::scope::{self, Scope};
use super::text;
use crate::plan::{Conversion, SET_NULL};
use crate::schema::{ColumnName, Table};

// What such tables are for, in their names.
const SPELLINGS: &str = "s";
const VALUES: &str = "n";

/// The columns of a conversion whose answer to this rule makes something be kept, in order
/// of name.
fn answered<'c>(conversion: &'c Conversion, letter: &'static str) -> impl Iterator<Item = (usize, &'c str)> {
    let of = move |(id, answer): (&'c String, &'c String)| match letter {
        SPELLINGS => id.strip_prefix(text::SPELLING)?.strip_prefix(' '),
        _ => id.strip_prefix("inferred ").filter(|_| answer == SET_NULL),
    };
    conversion.answers.iter().filter_map(of).enumerate()
}

/// Where something is kept of a column: its place among those of the same conversion, the
/// column, its table.
pub type Place<'s> = (usize, &'s ColumnName, &'s Table);

/// The columns of a conversion whose rows keep another spelling than their key's.
pub fn spelt<'s>(scope: &'s Scope<'_>, conversion: usize) -> Vec<Place<'s>> {
    places(scope, conversion, SPELLINGS)
}

/// The columns of a conversion that lose values which the key does not have.
pub fn lost<'s>(scope: &'s Scope<'_>, conversion: usize) -> Vec<Place<'s>> {
    places(scope, conversion, VALUES)
}

fn places<'s>(scope: &'s Scope<'_>, conversion: usize, letter: &'static str) -> Vec<Place<'s>> {
    let names = answered(&scope.conversions[conversion], letter).map(|(place, name)| (name, place));
    let names: BTreeMap<&str, usize> = names.collect();
    // It is asked for every column of every proof, and nearly every conversion keeps nothing.
    if names.is_empty() {
        return Vec::new();
    }
    let found = scope
        .members(conversion)
        .iter()
        .filter_map(|column| Some((*names.get(column.to_string().as_str())?, column, scope.table(&column.table)?)));
    found.collect()
}

/// The table that keeps spellings.
pub fn spellings(scope: &Scope<'_>, number: usize, place: usize) -> String {
    scope.helper(&format!("{number}_{SPELLINGS}{place}"))
}

/// The table that keeps values.
pub fn values(scope: &Scope<'_>, number: usize, place: usize) -> String {
    scope.helper(&format!("{number}_{VALUES}{place}"))
}

/// Every such table of these conversions, quoted and qualified.
pub fn tables(schema_fingerprint: &str, conversions: &[Conversion]) -> Vec<String> {
    let tag = scope::tag(schema_fingerprint, conversions);
    let mut found = Vec::new();
    for (number, conversion) in conversions.iter().enumerate() {
        for letter in [SPELLINGS, VALUES] {
            let names = answered(conversion, letter).map(|(place, _)| format!("rk_{tag}_{number}_{letter}{place}"));
            found.extend(names.map(|name| quote::qualified("rekey", &name)));
        }
    }
    found
}

/// The columns of a table's key.
pub fn key(table: &Table) -> &[String] {
    table.primary_key.as_ref().map_or(&[], |key| key.columns.as_slice())
}

/// The key of a row `t` as it will be, known as `k0`, `k1` and so on, with the joins that it
/// takes.
pub fn cells(scope: &Scope<'_>, table: &Table) -> (String, String) {
    let (mut joins, mut cells) = (String::new(), Vec::new());
    for (place, name) in key(table).iter().enumerate() {
        let cell = format!("t.{}", quote::ident(name));
        let value = match scope.conversion_of(&table.name, name) {
            None => cell,
            Some(number) if text::is_text(scope, number) => text::new_value(scope, number, &cell),
            Some(number) => {
                joins.push_str(&format!(" JOIN {} k{place} ON k{place}.old_id = {cell}", scope.map(number)));
                format!("k{place}.new_id")
            }
        };
        cells.push(format!("{value} AS k{place}"));
    }
    (joins, cells.join(", "))
}

/// What ties what is kept, known as `alias`, to its row in the converted table.
pub fn on(table: &Table, row: &str, alias: &str) -> String {
    let pairs =
        key(table).iter().enumerate().map(|(place, name)| format!("{alias}.k{place} = {row}.{}", quote::ident(name)));
    pairs.collect::<Vec<_>>().join(" AND ")
}

/// The same for a function that takes the key behind another argument.
pub fn on_arguments(table: &Table, alias: &str) -> String {
    let pairs = (0..key(table).len()).map(|place| format!("{alias}.k{place} = ${}", place + 2));
    pairs.collect::<Vec<_>>().join(" AND ")
}

/// What such a function takes: a UUID and the key.
pub fn takes(scope: &Scope<'_>, table: &Table) -> String {
    let key = key(table).iter().map(|name| match scope.conversion_of(&table.name, name) {
        Some(_) => "uuid".to_owned(),
        None => table.column(name).map(|column| column.type_name.clone()).unwrap_or_default(),
    });
    std::iter::once("uuid".to_owned()).chain(key).collect::<Vec<_>>().join(", ")
}

/// The arguments of such a function: a column and the key.
pub fn arguments(table: &Table, column: &str) -> String {
    let names = std::iter::once(column).chain(key(table).iter().map(String::as_str));
    names.map(quote::ident).collect::<Vec<_>>().join(", ")
}
