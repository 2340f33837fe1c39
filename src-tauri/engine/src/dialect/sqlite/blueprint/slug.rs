//! A column of short ids beside the key: eleven letters and digits.

use super::super::catalogue::{column_name, indexed, key_attributes, key_name};
use super::super::quote;
use super::work::Work;
use crate::plan::{Assertion, Conversion};
use crate::schema::{Attributes, Catalogue, Table, TableName};

const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 11;
/// STRICT tables know this type alone for texts.
const TYPE: &str = "TEXT";

/// The column of a table, where it gets one.
pub fn of<'a>(conversions: &'a [Conversion], table: &TableName) -> Option<&'a str> {
    conversions.iter().find(|one| one.root.table == *table && one.slug.is_some())?.slug.as_deref()
}

/// The column as the table's text has it. Its default is computed anew for every row; where
/// two came out alike, which one in 10^19 does, the constraint stops the run.
pub fn definition(column: &str) -> String {
    format!("{} {TYPE} NOT NULL DEFAULT ({}) UNIQUE", quote::name(column), default())
}

// Sixty-three random bits divided by 62: what is left favours no letter that one could tell.
fn default() -> String {
    let letter = format!("substr('{LETTERS}', 1 + (random() & 9223372036854775807) % 62, 1)");
    vec![letter; LENGTH].join(" || ")
}

/// Adds it to the catalogue.
pub fn announce(after: &mut Catalogue, table: &Table, column: &str) {
    let name = &table.name.name;
    let place = table.columns.len().to_string();
    let default = default();
    let attributes: Attributes = [
        ("table", name.as_str()),
        ("name", column),
        ("place", &place),
        ("type", TYPE),
        ("not_null", "yes"),
        ("key", "0"),
        ("generated", "no"),
        ("default", &default),
    ]
    .into_iter()
    .map(|(attribute, value)| (attribute.to_owned(), value.to_owned()))
    .collect();
    after.objects.insert(column_name(name, column), attributes);
    after.objects.insert(key_name(name, false, &indexed(column, "BINARY", false)), key_attributes());
}

/// That it is what was asked for, in every row.
pub fn assertions<'a>(work: &'a Work<'_>) -> impl Iterator<Item = Assertion> + 'a {
    work.tables.iter().filter_map(|table| {
        let (column, name) = (table.slug?, &table.table.name);
        let own = format!("t.{}", quote::name(column));
        Some(Assertion {
            id: format!("slug {name}.{column}"),
            title: format!("Every row of {name} has a short id of {LENGTH} letters and digits"),
            sql: format!(
                "SELECT CAST(count(*) AS TEXT) FROM {} t WHERE NOT (typeof({own}) = 'text' AND {own} GLOB '{}')",
                quote::name(&name.name),
                "[0-9A-Za-z]".repeat(LENGTH)
            ),
            expect: "0".to_owned(),
            lasting: false,
        })
    })
}
