//! Partitioned tables: where their rows are, and what is made again on partitions.

use std::collections::BTreeSet;

use super::super::quote;
use super::scope::Scope;
use crate::schema::{ColumnName, ForeignKey, IndexTree, Table, TableName};

impl<'a> Scope<'a> {
    /// A table as it stands behind `FROM` and `ALTER TABLE`: with all its partitions where it
    /// has some, and without the tables that only inherit from it.
    pub fn from(&self, name: &TableName) -> String {
        let only = if self.is_partitioned(name) { "" } else { "ONLY " };
        format!("{only}{}", quote::table(name))
    }

    /// True where the rows of the table are in partitions.
    pub fn is_partitioned(&self, name: &TableName) -> bool {
        self.table(name).is_some_and(|table| table.partitioned.is_some())
    }

    /// True where the table holds a part of another table's rows.
    pub fn is_partition(&self, table: &Table) -> bool {
        self.schema.is_partition(table)
    }

    /// Every partition of the table, at any depth.
    pub fn partitions(&self, of: &Table) -> Vec<&'a Table> {
        let mut found: Vec<&Table> = Vec::new();
        let mut above = vec![&of.name];
        while let Some(name) = above.pop() {
            let tables = self.schema.tables.values();
            let own: Vec<&Table> =
                tables.filter(|table| self.is_partition(table) && table.parents.contains(name)).collect();
            above.extend(own.iter().map(|table| &table.name));
            found.extend(own);
        }
        found
    }

    /// The tables that hold converted rows themselves, in order of name.
    pub fn stored(&self) -> Vec<&'a Table> {
        self.tables().into_iter().filter(|table| table.partitioned.is_none()).collect()
    }

    /// The tables that together have every converted row, in order of name: partitions are
    /// part of theirs.
    pub fn complete(&self) -> Vec<&'a Table> {
        self.tables().into_iter().filter(|table| !self.is_partition(table)).collect()
    }

    /// The members of a conversion from which all its values can be read: whoever reads a
    /// partitioned table has read its partitions.
    pub fn sources(&self, conversion: usize) -> Vec<&ColumnName> {
        let members = self.members(conversion).iter();
        members.filter(|name| self.table(&name.table).is_none_or(|table| !self.is_partition(table))).collect()
    }

    /// Indexes of a partitioned table and the partitioned tables beneath it that use one of
    /// these columns, each with those of the partitions.
    pub fn index_trees(&self, columns: &[ColumnName]) -> Vec<&'a IndexTree> {
        let mut found: Vec<&IndexTree> = Vec::new();
        let names: BTreeSet<&TableName> = columns.iter().map(|column| &column.table).collect();
        for name in names {
            let partitioned = self.table(name).and_then(|table| table.partitioned.as_ref());
            let uses = |tree: &&IndexTree| {
                columns.iter().any(|column| column.table == *name && tree.columns.contains(&column.column))
            };
            found.extend(partitioned.into_iter().flat_map(|one| &one.indexes).filter(uses));
        }
        found
    }

    /// What must be made on partitions before this foreign key of their table comes back.
    pub fn beneath_reference(&self, table: &'a Table, key: &ForeignKey) -> &'a [String] {
        let found = table.partitioned.as_ref().and_then(|one| one.references.get(&key.name));
        found.map_or(&[], Vec::as_slice)
    }
}
