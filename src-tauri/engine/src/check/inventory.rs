//! What a database consists of, in numbers alone: no name, no value, nothing that tells whose it
//! is. For a question to somebody else, or a bug report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Subject;
use crate::schema::{EngineKind, Schema};

/// Counts of everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Inventory {
    /// Which product.
    pub engine: EngineKind,
    /// Version of the server.
    pub server_version: String,
    /// Tables.
    pub tables: usize,
    /// Rows in all of them, where the server only estimates some of them estimated.
    #[ts(type = "number")]
    pub rows: u64,
    /// Bytes on disk, where the server tells.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Rows of the largest table.
    #[ts(type = "number")]
    pub largest: u64,
    /// Columns.
    pub columns: usize,
    /// Primary keys by the number of their columns.
    pub keys: BTreeMap<usize, usize>,
    /// Declared references.
    pub references: usize,
    /// References of a table to itself.
    pub self_references: usize,
    /// Objects of the catalogue by their kind.
    pub objects: BTreeMap<String, usize>,
    /// Keys that the plan converts.
    pub converted_keys: usize,
    /// Columns that the plan converts.
    pub converted_columns: usize,
}

/// Counts.
pub(super) fn of(subject: Subject<'_>) -> Inventory {
    let schema: &Schema = subject.schema;
    let tables = schema.tables.values();
    let mut keys: BTreeMap<usize, usize> = BTreeMap::new();
    for table in schema.tables.values() {
        *keys.entry(table.primary_key.as_ref().map_or(0, |key| key.columns.len())).or_default() += 1;
    }
    let foreign = schema.tables.values().flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
    Inventory {
        engine: schema.engine,
        server_version: schema.server_version.clone(),
        tables: schema.tables.len(),
        rows: tables.clone().map(|table| table.rows).sum(),
        bytes: tables.clone().map(|table| table.bytes).sum(),
        largest: tables.clone().map(|table| table.rows).max().unwrap_or_default(),
        columns: tables.map(|table| table.columns.len()).sum(),
        keys,
        references: foreign.clone().count(),
        self_references: foreign.filter(|(table, key)| table.name == key.parent).count(),
        objects: kinds(schema),
        converted_keys: subject.conversions.len(),
        converted_columns: subject.conversions.iter().map(|one| one.members.len()).sum(),
    }
}

// An object's entry begins with its kind, in words of ours. Only those that are known here are
// told, so that no name is ever taken for one.
fn kinds(schema: &Schema) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in schema.catalogue.objects.keys() {
        *counts.entry(kind(name).to_owned()).or_default() += 1;
    }
    counts
}

// The longest that fits: a text search parser is no text.
fn kind(name: &str) -> &'static str {
    let fits = |kind: &&&str| name.strip_prefix(**kind).is_some_and(|rest| rest.starts_with(' '));
    KINDS.iter().filter(fits).max_by_key(|kind| kind.len()).unwrap_or(&"other")
}

/// Kinds of objects in the catalogues of all products.
const KINDS: [&str; 47] = [
    "access method",
    "aggregate",
    "cast",
    "check",
    "collation",
    "column",
    "comment",
    "constraint",
    "conversion",
    "database",
    "default rights",
    "depends on extension",
    "domain",
    "event",
    "event trigger",
    "extension",
    "foreign data wrapper",
    "foreign key",
    "foreign server",
    "foreign table",
    "function",
    "index",
    "key",
    "language",
    "materialized view",
    "operator",
    "operator class",
    "operator family",
    "parameter of function",
    "parameter of procedure",
    "policy",
    "primary key",
    "procedure",
    "publication",
    "right",
    "rule",
    "schema",
    "sequence",
    "setting",
    "statistics",
    "subscription",
    "table",
    "text search parser",
    "trigger",
    "type",
    "unique key",
    "view",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_and_names_are_not() {
        for (name, told) in [
            ("event trigger secret", "event trigger"),
            ("event secret.trigger", "event"),
            ("column public.secret.id", "column"),
            ("secret thing", "other"),
            ("table", "other"),
        ] {
            assert_eq!(kind(name), told, "{name}");
        }
    }
}
