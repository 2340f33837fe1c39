//! Inherited columns: a column and those that are the same one in other tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{ColumnName, Schema, Table, TableName};

/// Who inherits from whom, in both directions.
pub struct Families<'a> {
    schema: &'a Schema,
    heirs: BTreeMap<&'a TableName, Vec<&'a Table>>,
}

impl<'a> Families<'a> {
    /// Looks at every table once.
    pub fn new(schema: &'a Schema) -> Self {
        let mut heirs: BTreeMap<&TableName, Vec<&Table>> = BTreeMap::new();
        for table in schema.tables.values() {
            for parent in &table.parents {
                heirs.entry(parent).or_default().push(table);
            }
        }
        Families { schema, heirs }
    }

    /// A column with every column that is the same one by inheritance.
    pub fn family(&self, column: &ColumnName) -> BTreeSet<ColumnName> {
        self.ancestors(column).iter().flat_map(|top| self.descendants(top)).collect()
    }

    /// The columns that it comes down from; itself where it is inherited from nowhere.
    pub fn ancestors(&self, column: &ColumnName) -> BTreeSet<ColumnName> {
        let mut tops = BTreeSet::new();
        let mut open = vec![column.clone()];
        while let Some(next) = open.pop() {
            let above = self.above(&next);
            if above.is_empty() {
                tops.insert(next);
            } else {
                open.extend(above);
            }
        }
        tops
    }

    fn above(&self, column: &ColumnName) -> Vec<ColumnName> {
        let Some(table) = self.schema.tables.get(&column.table) else {
            return Vec::new();
        };
        if !table.column(&column.column).is_some_and(|found| found.inherited) {
            return Vec::new();
        }
        let parents = table.parents.iter().filter_map(|name| self.schema.tables.get(name));
        parents
            .filter(|parent| parent.column(&column.column).is_some())
            .map(|parent| parent.column_name(&column.column))
            .collect()
    }

    /// A column with those that inherit it, at any depth.
    pub fn descendants(&self, column: &ColumnName) -> BTreeSet<ColumnName> {
        let mut found = BTreeSet::from([column.clone()]);
        let mut open = vec![column.clone()];
        while let Some(next) = open.pop() {
            for heir in self.heirs.get(&next.table).into_iter().flatten() {
                let name = heir.column_name(&next.column);
                if heir.column(&next.column).is_some_and(|found| found.inherited) && found.insert(name.clone()) {
                    open.push(name);
                }
            }
        }
        found
    }
}
