//! How the catalogue will differ: the very values that will be found.

use super::super::catalogue::{column_name, foreign_key_name, indexed, key_attributes, key_name, object_name, pairs};
use super::super::ddl::TableText;
use super::super::uuid;
use super::work::{TableWork, Work};
use super::{dropped, repoint, slug, unindexed};
use crate::plan::{Announcement, Conversion};
use crate::schema::{Attributes, Catalogue, EngineKind, Schema, Table};

/// All differences, found by changing a copy of the catalogue.
pub fn announced(work: &Work<'_>) -> Vec<Announcement> {
    let mut after = work.schema.catalogue.clone();
    for table in &work.tables {
        change_table(&mut after, work.schema, work.conversions, table);
        lead(&mut after, work.conversions, table.table);
        if let Some(column) = table.slug {
            slug::announce(&mut after, table.table, column);
        }
    }
    dropped::announce(&mut after, work);
    let mut found = work.schema.catalogue.differences(&after);
    found.extend(unindexed::announced(work));
    found
}

fn change_table(after: &mut Catalogue, schema: &Schema, conversions: &[Conversion], table: &TableWork<'_>) {
    let name = table.table.name.name.as_str();
    set(after, &object_name("table", name), "sql", &table.after);
    for (column, work) in &table.columns {
        let object = column_name(name, column);
        let Some(conversion) = conversions.get(work.conversion) else { continue };
        set(after, &object, "type", conversion.storage.type_name(EngineKind::Sqlite));
        if work.key {
            set(after, &object, "not_null", "yes");
        }
        if let Some(default) = uuid::default(schema, conversion).filter(|_| work.generated) {
            set(after, &object, "default", &default);
        }
    }
    if table.converts_rowid()
        && let Some(key) = table.table.single_key()
    {
        // The rowid needs no index, a UUID does; a UNIQUE on the same column shares it.
        let columns = key_columns(table.before, key);
        after.objects.remove(&key_name(name, false, &columns));
        after.objects.insert(key_name(name, true, &columns), key_attributes());
    }
}

// The columns that references lead to afterwards.
fn lead(after: &mut Catalogue, conversions: &[Conversion], table: &Table) {
    for key in &table.foreign_keys {
        let to = repoint::parent_columns(conversions, key);
        if to != key.parent_columns {
            let object = foreign_key_name(&table.name.name, &key.name);
            set(after, &object, "columns", &pairs(&key.columns, &to));
        }
    }
}

fn set(catalogue: &mut Catalogue, object: &str, attribute: &str, value: &str) {
    let attributes: &mut Attributes = catalogue.objects.entry(object.to_owned()).or_default();
    attributes.insert(attribute.to_owned(), value.to_owned());
}

// Collation and direction as the text has them, in the column or in the table's clause.
fn key_columns(text: &str, key: &str) -> String {
    let parsed = TableText::parse(text);
    let column = parsed.as_ref().and_then(|text| Some(text.at(text.column(key)?.clauses.clone())));
    let clause = parsed.as_ref().and_then(|text| {
        text.clauses
            .iter()
            .map(|clause| text.at(clause.clone()))
            .find(|clause| clause.iter().any(|token| token.is("PRIMARY")))
    });
    let places = [column, clause].into_iter().flatten().flatten();
    let tokens: Vec<_> = places.collect();
    let collation = tokens.windows(2).find(|pair| pair[0].is("COLLATE")).and_then(|pair| pair[1].name());
    let descending = tokens.iter().any(|token| token.is("DESC"));
    indexed(key, collation.as_deref().unwrap_or("BINARY"), descending)
}
