//! The graph of columns: who holds whose values.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{ColumnName, Schema, Table, TableName};

/// Edges from a column to the columns whose values it holds, with the constraint's name.
pub(super) struct Graph {
    up: BTreeMap<ColumnName, BTreeMap<ColumnName, String>>,
    down: BTreeMap<ColumnName, BTreeMap<ColumnName, String>>,
}

impl Graph {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut graph = Graph { up: BTreeMap::new(), down: BTreeMap::new() };
        for table in schema.tables.values() {
            for key in &table.foreign_keys {
                for (child, parent) in key.columns.iter().zip(&key.parent_columns) {
                    let parent = ColumnName { table: key.parent.clone(), column: parent.clone() };
                    let child = table.column_name(child);
                    // An inherited column is the same one as its ancestor's, so what a single
                    // heir declares holds for all of them.
                    for same in ancestors(schema, &child) {
                        graph.add(same, parent.clone(), &key.name);
                    }
                    graph.add(child, parent, &key.name);
                }
            }
            for column in table.columns.iter().filter(|column| column.inherited) {
                for parent in &table.parents {
                    let same = schema.tables.get(parent).and_then(|table| table.column(&column.name));
                    if same.is_some() {
                        let parent = ColumnName { table: parent.clone(), column: column.name.clone() };
                        graph.add(table.column_name(&column.name), parent, "inherited");
                    }
                }
            }
        }
        graph
    }

    // The first name in order stands for several constraints on the same pair; a declared
    // one is preferred to inheritance.
    fn add(&mut self, child: ColumnName, parent: ColumnName, via: &str) {
        if child == parent {
            return;
        }
        for (edges, from, to) in [(&mut self.up, &child, &parent), (&mut self.down, &parent, &child)] {
            let name = edges.entry(from.clone()).or_default().entry(to.clone()).or_insert_with(|| via.to_owned());
            if name == "inherited" || (via != "inherited" && via < name.as_str()) {
                via.clone_into(name);
            }
        }
    }

    /// True where nobody's values are held but its own (in a cycle: by the first in order).
    pub(super) fn is_root(&self, column: &ColumnName) -> bool {
        self.roots(column) == BTreeSet::from([column.clone()])
    }

    /// True where the column takes part in any declared reference upwards.
    pub(super) fn is_child(&self, column: &ColumnName) -> bool {
        self.up.contains_key(column)
    }

    /// The roots whose values the column holds.
    pub(super) fn roots(&self, column: &ColumnName) -> BTreeSet<ColumnName> {
        let reach = self.reach(&self.up, column);
        let tops: BTreeSet<ColumnName> =
            reach.iter().filter(|column| !self.up.contains_key(*column)).cloned().collect();
        if !tops.is_empty() {
            return tops;
        }
        // Nothing but a cycle of keys above: its first column in order stands for it.
        let cycle = reach.iter().find(|top| self.reach(&self.up, top).contains(*top) && self.closes(top));
        cycle.or(reach.first()).into_iter().cloned().collect()
    }

    fn closes(&self, column: &ColumnName) -> bool {
        self.up
            .get(column)
            .is_some_and(|parents| parents.keys().any(|parent| self.reach(&self.up, parent).contains(column)))
    }

    /// Every column below the root, with the constraint that makes it a member.
    pub(super) fn members(&self, root: &ColumnName) -> Vec<(ColumnName, String)> {
        let below = self.reach(&self.down, root);
        below
            .iter()
            .filter(|column| *column != root)
            .map(|column| {
                let parents = self.up.get(column);
                let via = parents
                    .into_iter()
                    .flatten()
                    .filter(|(parent, _)| below.contains(*parent))
                    .map(|(_, via)| via)
                    .min_by_key(|via| (*via == "inherited", (*via).clone()));
                (column.clone(), via.cloned().unwrap_or_default())
            })
            .collect()
    }

    fn reach(
        &self,
        edges: &BTreeMap<ColumnName, BTreeMap<ColumnName, String>>,
        from: &ColumnName,
    ) -> BTreeSet<ColumnName> {
        let mut seen = BTreeSet::from([from.clone()]);
        let mut open = vec![from.clone()];
        while let Some(column) = open.pop() {
            for next in edges.get(&column).into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    }
}

// The columns of other tables that this one is inherited from, at any height.
fn ancestors(schema: &Schema, column: &ColumnName) -> BTreeSet<ColumnName> {
    let mut found = BTreeSet::new();
    let mut open = vec![column.clone()];
    while let Some(next) = open.pop() {
        let table = schema.tables.get(&next.table).filter(|table| inherits(table, &next.column));
        for parent in table.into_iter().flat_map(|table| &table.parents) {
            let same = ColumnName { table: parent.clone(), column: next.column.clone() };
            if has(schema, parent, &next.column) && found.insert(same.clone()) {
                open.push(same);
            }
        }
    }
    found
}

fn inherits(table: &Table, column: &str) -> bool {
    table.column(column).is_some_and(|column| column.inherited)
}

fn has(schema: &Schema, table: &TableName, column: &str) -> bool {
    schema.tables.get(table).is_some_and(|table| table.column(column).is_some())
}
