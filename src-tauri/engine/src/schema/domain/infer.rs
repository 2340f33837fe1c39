//! References that nobody declared, guessed from name and type. A guess is never acted
//! upon without an answer.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Graph;
use crate::schema::{ColumnKind, ColumnName, Schema, Table};

/// Columns that look like references, by the root they seem to reference.
pub(super) fn candidates(
    schema: &Schema,
    graph: &Graph,
    roots: &[ColumnName],
) -> BTreeMap<ColumnName, Vec<ColumnName>> {
    let mut by_name: BTreeMap<(String, String), BTreeSet<&ColumnName>> = BTreeMap::new();
    for root in roots {
        for name in names_for(root) {
            by_name.entry((root.table.schema.clone(), name)).or_default().insert(root);
        }
    }
    let mut found: BTreeMap<ColumnName, Vec<ColumnName>> = BTreeMap::new();
    for table in schema.tables.values() {
        for column in &table.columns {
            let name = table.column_name(&column.name);
            if column.kind != ColumnKind::Integer || graph.is_child(&name) || is_own_key(table, &column.name) {
                continue;
            }
            let key = (table.name.schema.clone(), column.name.to_lowercase());
            // Two tables that the name fits equally well are no ground for a guess.
            if let Some([root]) = by_name.get(&key).map(|roots| roots.iter().copied().collect::<Vec<_>>()).as_deref()
                && **root != name
            {
                found.entry((*root).clone()).or_default().push(name);
            }
        }
    }
    found
}

// A table's own single key is a root or a shared key, never a guess.
fn is_own_key(table: &Table, column: &str) -> bool {
    table.single_key() == Some(column)
}

/// Column names that people give to a reference to this key, in lower case.
fn names_for(root: &ColumnName) -> BTreeSet<String> {
    let table = root.table.name.to_lowercase();
    let key = root.column.to_lowercase();
    let mut names = BTreeSet::new();
    for noun in [table.clone(), singular(&table)] {
        names.insert(format!("{noun}_id"));
        names.insert(format!("{noun}id"));
    }
    // `id` alone says nothing, `customer_id` does.
    if key != "id" && key.ends_with("id") {
        names.insert(key);
    }
    names
}

fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if noun.ends_with(ending) {
            return noun[..noun.len() - 2].to_owned();
        }
    }
    match noun.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem.to_owned(),
        _ => noun.to_owned(),
    }
}
