//! Inherited columns: a column and those that are the same one in other tables.

use std::collections::BTreeSet;

use crate::schema::{ColumnName, Schema};

/// A column with every column that is the same one by inheritance.
pub fn family(schema: &Schema, column: &ColumnName) -> BTreeSet<ColumnName> {
    ancestors(schema, column).iter().flat_map(|top| descendants(schema, top)).collect()
}

// The tables that declare the column first.
fn ancestors(schema: &Schema, column: &ColumnName) -> BTreeSet<ColumnName> {
    let mut tops = BTreeSet::new();
    let mut open = vec![column.clone()];
    while let Some(next) = open.pop() {
        let above = above(schema, &next);
        if above.is_empty() {
            tops.insert(next);
        } else {
            open.extend(above);
        }
    }
    tops
}

fn above(schema: &Schema, column: &ColumnName) -> Vec<ColumnName> {
    let Some(table) = schema.tables.get(&column.table) else {
        return Vec::new();
    };
    if !table.column(&column.column).is_some_and(|found| found.inherited) {
        return Vec::new();
    }
    let parents = table.parents.iter().filter_map(|name| schema.tables.get(name));
    parents
        .filter(|parent| parent.column(&column.column).is_some())
        .map(|parent| parent.column_name(&column.column))
        .collect()
}

/// A column with those that inherit it, at any depth.
pub fn descendants(schema: &Schema, column: &ColumnName) -> BTreeSet<ColumnName> {
    let mut found = BTreeSet::from([column.clone()]);
    let mut open = vec![column.clone()];
    while let Some(next) = open.pop() {
        // Nearly no table inherits, so this looks at little else than empty lists.
        let heirs = schema.tables.values().filter(|table| table.parents.contains(&next.table));
        for heir in heirs.filter(|table| table.column(&next.column).is_some_and(|found| found.inherited)) {
            let name = heir.column_name(&next.column);
            if found.insert(name.clone()) {
                open.push(name);
            }
        }
    }
    found
}
