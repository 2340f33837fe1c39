//! Indexes that references lack. The server gives every foreign key an index by itself, so this
//! concerns columns whose references nobody declared.

use super::blueprint::slug_index;
use super::ddl::TableText;
use super::quote;
use crate::dialect::unindexed::{Reference, inferred, names};
use crate::plan::Conversion;
use crate::schema::{Schema, Table};

/// The server keeps no longer names.
const LONGEST: usize = 64;

/// The undeclared references among converted columns that no index begins with, each with a
/// free name for one.
pub fn lacking<'a>(schema: &'a Schema, conversions: &'a [Conversion]) -> Vec<(Reference<'a>, String)> {
    let text = |table: &Table| table.definition.as_deref().and_then(TableText::parse);
    let mut found = inferred(conversions, |name| schema.tables.get(name));
    found.retain(|one| text(one.table).is_some_and(|text| !is_served(&text, one.column)));
    let taken = |table: &Table, name: &str| {
        let text = text(table);
        let known = text.iter().flat_map(|text| &text.indexes).any(|index| index.name.to_lowercase() == name);
        let conversion = conversions.iter().find(|one| one.root.table == table.name);
        let slug = conversion.and_then(|one| one.slug.as_deref()).zip(text.as_ref());
        known || slug.is_some_and(|(column, text)| slug_index(text, column).to_lowercase() == name)
    };
    names(&found, LONGEST, taken)
}

/// Those of a table that an answer gives one.
pub fn wanted<'a>(schema: &'a Schema, conversions: &'a [Conversion], table: &Table) -> Vec<(Reference<'a>, String)> {
    let mut found = lacking(schema, conversions);
    found.retain(|(one, _)| one.table.name == table.name && one.is_wanted(conversions));
    found
}

/// The index as the text of a table has it.
pub fn definition(reference: &Reference<'_>, name: &str) -> String {
    format!("KEY {} ({})", quote::ident(name), quote::ident(reference.column))
}

// Words and shapes are looked up in indexes of their own kinds, by which no row is found.
fn is_served(text: &TableText, column: &str) -> bool {
    let others = ["FULLTEXT", "SPATIAL", "VECTOR"];
    let indexes = text.indexes.iter().filter(|index| !others.iter().any(|word| index.text.starts_with(word)));
    let texts =
        indexes.map(|index| index.text.split_once(&quote::ident(&index.name)).map_or("", |(_, columns)| columns));
    let key = text.primary_key.as_deref().map_or("", |key| key.trim_start_matches("PRIMARY KEY"));
    let begins = format!("({}", quote::ident(column));
    texts.chain([key]).any(|columns| columns.trim_start().starts_with(&begins))
}
