//! The proofs: every row of every table and every reference, keys translated back.

use std::collections::BTreeMap;

use super::super::digest::MOST_VALUES;
use super::super::inspect::table_name;
use super::super::quote;
use super::work::{Work, fits, rowid_beside};
use super::{repoint, text, value};
use crate::plan::Proof;
use crate::schema::{ForeignKey, Generator, Table, TableName};

/// All proofs, in order of name.
pub fn proofs(work: &Work<'_>) -> Vec<Proof> {
    let mut found = rows_of_all(work);
    for table in work.schema.tables.values() {
        let converted = |key: &&ForeignKey| key.columns.iter().any(|column| work.column(&table.name, column).is_some());
        // Rows that are spelt differently from their key meet it only afterwards; their own
        // digest says that they are what they were.
        let alike =
            |key: &&ForeignKey| !key.columns.iter().any(|column| text::deviation(work, &table.name, column).is_some());
        found.extend(table.foreign_keys.iter().filter(converted).filter(alike).map(|key| reference(work, table, key)));
        if table.foreign_keys.iter().any(|key| converted(&key))
            && table.foreign_keys.iter().all(|key| is_sound(work, key) && alike(&key))
        {
            found.push(violations(table));
        }
    }
    found
}

/// The proofs of the rows alone: every table, whether it is converted or not.
pub fn rows_of_all(work: &Work<'_>) -> Vec<Proof> {
    columns(work).iter().map(|(table, columns)| rows(work, table, columns)).collect()
}

// The columns of every table in their order, inner tables of virtual ones included.
fn columns<'a>(work: &Work<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut placed: BTreeMap<&str, BTreeMap<usize, &str>> = BTreeMap::new();
    for (_, column) in work.schema.catalogue.objects.iter().filter(|(name, _)| name.starts_with("column ")) {
        if let (Some(table), Some(name), Some(place)) = (column.get("table"), column.get("name"), column.get("place")) {
            placed.entry(table).or_default().insert(place.parse().unwrap_or_default(), name);
        }
    }
    placed.into_iter().map(|(table, columns)| (table, columns.into_values().collect())).collect()
}

fn rows(work: &Work<'_>, table: &str, columns: &[&str]) -> Proof {
    let name = table_name(table);
    let identity = identity(work, &name, columns);
    let query = |translated: bool| {
        let values: Vec<String> = columns.iter().map(|column| value(work, &name, "o", column, translated)).collect();
        let digests: Vec<String> = values
            .chunks(MOST_VALUES - 1)
            .map(|some| {
                format!("rekey_digest({})", identity.iter().chain(some).cloned().collect::<Vec<_>>().join(", "))
            })
            .collect();
        format!("SELECT CAST(count(*) AS TEXT), {} FROM {} o", digests.join(", "), quote::name(table))
    };
    Proof {
        id: format!("rows {name}"),
        title: format!("Every row of {name} is there with every value"),
        before: query(false),
        after: query(true),
    }
}

// A hidden row number stays the same, except where it is the key itself.
fn identity(work: &Work<'_>, table: &TableName, columns: &[&str]) -> Option<String> {
    let alias = work.schema.tables.get(table).is_some_and(has_alias);
    rowid_beside(work.schema, &table.name, columns)
        .filter(|_| !alias && fits(columns.len()))
        .map(|rowid| format!("o.{rowid}"))
}

fn has_alias(table: &Table) -> bool {
    table.columns.iter().any(|column| matches!(column.generator, Generator::RowId { .. }))
}

// A value that is not in the map stays as it is, and so shows.
fn value(work: &Work<'_>, table: &TableName, alias: &str, column: &str, translated: bool) -> String {
    let own = value::own(alias, column);
    match work.column(table, column).filter(|_| translated) {
        Some(change) => format!("coalesce({}, {own})", value::old(work, table, alias, column, change)),
        None => own,
    }
}

// Which row belongs to which value the rows' own digest says; here it is whether the new
// values really meet, and at the same parents as before.
fn reference(work: &Work<'_>, table: &Table, key: &ForeignKey) -> Proof {
    let led = repoint::parent_columns(work.conversions, key);
    let query = |translated: bool| {
        let parents = key.parent_columns.iter().map(|own| value(work, &key.parent, "p", own, translated));
        let missing = key.columns.iter().map(|own| format!("c.{} IS NULL", quote::name(own)));
        let there = if translated { &led } else { &key.parent_columns };
        let joined: Vec<String> = key
            .columns
            .iter()
            .zip(there)
            .map(|(child, parent)| format!("p.{} = c.{}", quote::name(parent), quote::name(child)))
            .collect();
        format!(
            "SELECT CAST(count(*) AS TEXT), rekey_digest({}) FROM {} c LEFT JOIN {} p ON {}",
            parents.chain(missing).collect::<Vec<_>>().join(", "),
            quote::name(&table.name.name),
            quote::name(&key.parent.name),
            joined.join(" AND ")
        )
    };
    Proof {
        id: format!("reference main.{}", key.name),
        title: format!("Every row of {} still belongs to the same row of {}", table.name, key.parent),
        before: query(false),
        after: query(true),
    }
}

// SQLite refuses the question where a reference points to columns that are not unique.
fn is_sound(work: &Work<'_>, key: &ForeignKey) -> bool {
    let Some(parent) = work.schema.tables.get(&key.parent) else { return false };
    let same = |columns: &[String]| {
        columns.len() == key.parent_columns.len() && columns.iter().all(|column| key.parent_columns.contains(column))
    };
    parent.primary_key.iter().chain(&parent.unique_keys).any(|unique| same(&unique.columns))
}

fn violations(table: &Table) -> Proof {
    let query =
        format!("SELECT CAST(count(*) AS TEXT) FROM pragma_foreign_key_check({})", quote::text(&table.name.name));
    Proof {
        id: format!("foreign keys {}", table.name),
        title: format!("SQLite's own check of the references in {} finds what it found before", table.name),
        before: query.clone(),
        after: query,
    }
}
