//! Which columns change, and how they belong together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::super::acl::Grant;
use super::super::quote;
use super::family::Families;
use super::held::Held;
use super::{sequences, stacked};
use crate::error::{Error, Result};
use crate::plan::Conversion;
use crate::schema::{Column, ColumnName, Dependent, DependentKind, ForeignKey, Generator, Schema, Table, TableName};

/// The columns that are converted, with what each holds.
pub type Converted = BTreeMap<ColumnName, Held>;

/// Everything that the writers of statements need to know.
pub struct Scope<'a> {
    /// The database before.
    pub schema: &'a Schema,
    /// What is converted.
    pub conversions: &'a [Conversion],
    /// Every column that changes, those that inherit from a member included.
    pub columns: Converted,
    families: Families<'a>,
    // The columns of each conversion, the root first, then in order of name.
    members: Vec<Vec<ColumnName>>,
    // What must be taken away, such that each comes after everything it stands on.
    dependents: Vec<&'a Dependent>,
    // Those that are not put back, by name.
    removed: BTreeSet<&'a str>,
    // Made from the whole catalogue, which not everybody who looks at columns needs.
    tag: OnceLock<String>,
    /// Those of the columns whose ids are in arrays or of several keys, in order of name.
    pub scattered: Vec<ColumnName>,
    /// Major version of the server.
    pub version: u32,
    /// Sequences that do not stay as they are, by their names, quoted and qualified.
    pub fates: BTreeMap<String, sequences::Fate>,
}

/// The eight hexadecimal digits for these conversions on a schema with this fingerprint.
pub fn tag(schema_fingerprint: &str, conversions: &[Conversion]) -> String {
    let mut hash = Sha256::new();
    hash.update(schema_fingerprint.as_bytes());
    for conversion in conversions {
        for name in std::iter::once(&conversion.root).chain(conversion.members.iter().map(|member| &member.column)) {
            hash.update([0]);
            hash.update(name.to_string().as_bytes());
        }
        hash.update([1]);
    }
    hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

impl<'a> Scope<'a> {
    /// Puts it together.
    pub fn new(schema: &'a Schema, conversions: &'a [Conversion]) -> Result<Self> {
        let families = Families::new(schema);
        let mut columns = Converted::new();
        for (number, conversion) in conversions.iter().enumerate() {
            for member in &conversion.members {
                let held = Held::of(number, &member.shape, &member.to_type);
                // A member whose number is known came with its family.
                if columns.get(&member.column) == Some(&held) {
                    continue;
                }
                for name in families.family(&member.column) {
                    let both = match columns.get(&name) {
                        Some(known) => known.clone().joined(&held),
                        None => Some(held.clone()),
                    };
                    let Some(both) = both else {
                        return Err(Error::Internal { detail: format!("column {name} belongs to two conversions") });
                    };
                    columns.insert(name, both);
                }
            }
        }
        let members = group(&columns, conversions);
        let scattered =
            columns.iter().filter(|(_, held)| held.plain().is_none()).map(|(name, _)| name.clone()).collect();
        let dropped = stacked::dropped(conversions);
        let dependents = stacked::chosen(schema, &columns, &dropped);
        let scope = Scope {
            schema,
            removed: stacked::removed(&dependents, &dropped),
            dependents,
            conversions,
            fates: sequences::fates(schema, conversions, &columns),
            columns,
            families,
            members,
            tag: OnceLock::new(),
            scattered,
            version: schema.server_version.split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0),
        };
        scope.check()?;
        Ok(scope)
    }

    fn check(&self) -> Result<()> {
        for name in self.columns.keys() {
            if self.column(name).is_none() {
                return Err(Error::Internal { detail: format!("there is no column {name}") });
            }
        }
        Ok(())
    }

    /// The table of that name.
    pub fn table(&self, name: &TableName) -> Option<&'a Table> {
        self.schema.tables.get(name)
    }

    /// The column of that name.
    pub fn column(&self, name: &ColumnName) -> Option<&'a Column> {
        self.table(&name.table)?.column(&name.column)
    }

    /// Every table that holds a converted column, in order of name.
    pub fn tables(&self) -> Vec<&'a Table> {
        let names: BTreeSet<&TableName> = self.columns.keys().map(|name| &name.table).collect();
        names.into_iter().filter_map(|name| self.table(name)).collect()
    }

    /// The converted columns of a table with what they hold, in column order.
    pub fn columns_of(&self, table: &'a Table) -> Vec<(&'a Column, &Held)> {
        let held = |column: &Column| self.columns.get(&table.column_name(&column.name));
        table.columns.iter().filter_map(|column| Some((column, held(column)?))).collect()
    }

    /// What a column of a table holds, where it is converted.
    pub fn held(&self, table: &TableName, column: &str) -> Option<&Held> {
        self.columns.get(&ColumnName { table: table.clone(), column: column.to_owned() })
    }

    /// The conversion whose ids a column of a table holds, one in each row.
    pub fn conversion_of(&self, table: &TableName, column: &str) -> Option<usize> {
        self.held(table, column)?.plain()
    }

    /// The columns of one conversion that hold one id in each row, the root first, then in
    /// order of name.
    pub fn members(&self, conversion: usize) -> &[ColumnName] {
        self.members.get(conversion).map_or(&[], Vec::as_slice)
    }

    /// Tables that inherit this column, at any depth.
    pub fn heirs(&self, column: &ColumnName) -> Vec<ColumnName> {
        let mut heirs: Vec<ColumnName> = self.families.descendants(column).into_iter().collect();
        heirs.retain(|heir| heir != column);
        heirs
    }

    /// Foreign keys with a converted column on either side, with the table that declares them.
    pub fn foreign_keys(&self) -> Vec<(&'a Table, &'a ForeignKey)> {
        let all = self.schema.tables.values().flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
        all.filter(|(table, key)| {
            key.columns.iter().any(|column| self.conversion_of(&table.name, column).is_some())
                || key.parent_columns.iter().any(|column| self.conversion_of(&key.parent, column).is_some())
        })
        .collect()
    }

    /// Every table that is converted or stands at the other end of a foreign key that is dropped.
    pub fn touched(&self) -> BTreeSet<&TableName> {
        let mut names: BTreeSet<&TableName> = self.columns.keys().map(|column| &column.table).collect();
        for (table, key) in self.foreign_keys() {
            names.extend([&table.name, &key.parent]);
        }
        // A key that its references leave is read, and its table may get a column.
        names.extend(self.conversions.iter().map(|conversion| &conversion.root.table));
        names
    }

    /// Every table that must be locked: those that are touched, and those whose triggers, rules
    /// or policies look at a converted column from elsewhere.
    pub fn locked(&self) -> BTreeSet<&TableName> {
        let mut names = self.touched();
        let elsewhere = self.dependents().into_iter().filter_map(|one| one.on.as_ref());
        names.extend(elsewhere.filter(|name| self.schema.tables.contains_key(*name)));
        names
    }

    /// What must be taken away, such that each comes after everything it stands on.
    pub fn dependents(&self) -> Vec<&'a Dependent> {
        self.dependents.clone()
    }

    /// True for what is not put back by the conversion, only by its undo.
    pub fn is_removed(&self, dependent: &Dependent) -> bool {
        self.removed.contains(dependent.name.as_str())
    }

    /// True for a generated column that is computed from a converted one: its values follow.
    pub fn is_recomputed(&self, column: &ColumnName) -> bool {
        let mut generated = self.dependents.iter().filter(|one| one.kind == DependentKind::Generated).peekable();
        generated.peek().is_some() && generated.any(|one| one.objects.contains(&quote::column_key(column)))
    }

    /// The converted columns that a dependent stands on, directly or through others.
    pub fn beneath(&self, dependent: &Dependent) -> Vec<&ColumnName> {
        let mut names = BTreeSet::from([dependent.name.as_str()]);
        let mut columns = BTreeSet::new();
        for one in self.dependents().into_iter().rev() {
            if names.contains(one.name.as_str()) {
                names.extend(one.requires.iter().map(String::as_str));
                columns.extend(
                    one.columns
                        .iter()
                        .filter_map(|column| self.columns.get_key_value(column))
                        .map(|(column, _)| column),
                );
            }
        }
        columns.into_iter().collect()
    }

    /// Every sequence that fed a column of this conversion, once, with the first such column.
    pub fn generators(&self, conversion: usize) -> Vec<(&ColumnName, &'a Generator)> {
        let members = self.members(conversion).iter();
        let mut seen = BTreeSet::new();
        members
            .filter_map(|name| Some((name, &self.column(name)?.generator)))
            .filter(|(_, generator)| **generator != Generator::None)
            .filter(|(_, generator)| generator.sequence().is_none_or(|sequence| seen.insert(sequence)))
            .collect()
    }

    /// Eight hexadecimal digits that the run's helper objects carry in their names.
    pub fn tag(&self) -> &str {
        self.tag.get_or_init(|| tag(&self.schema.catalogue.fingerprint(), self.conversions))
    }

    /// A helper object of this run, quoted and qualified.
    pub fn helper(&self, suffix: &str) -> String {
        quote::qualified("rekey", &format!("rk_{}_{suffix}", self.tag()))
    }

    /// The map of a conversion.
    pub fn map(&self, conversion: usize) -> String {
        self.helper(&conversion.to_string())
    }

    /// Where the state of sequences that go away is kept.
    pub fn kept_sequences(&self) -> String {
        self.helper(&self.conversions.len().to_string())
    }

    /// True where the state of at least one sequence must be kept.
    pub fn keeps_sequences(&self) -> bool {
        sequences::any_goes(self) || self.has_identity()
    }

    fn has_identity(&self) -> bool {
        self.columns
            .keys()
            .any(|name| matches!(self.column(name), Some(Column { generator: Generator::Identity { .. }, .. })))
    }

    /// Takes from a table of ours what default rights give away: who may write a map could
    /// make the way back go wrong.
    pub fn close(&self, helper: &str) -> Vec<String> {
        self.strangers().iter().map(|role| format!("REVOKE ALL ON TABLE {helper} FROM {role}")).collect()
    }

    /// Whoever gets rights on what is made, by default rights.
    pub fn strangers(&self) -> BTreeSet<String> {
        let rights = self
            .schema
            .catalogue
            .objects
            .range("default rights ".to_owned()..)
            .take_while(|(key, _)| key.starts_with("default rights "));
        let lists = rights.filter_map(|(_, object)| serde_json::from_str::<Vec<String>>(object.get("acl")?).ok());
        lists.flatten().filter_map(|item| Some(Grant::parse(&item)?.to())).collect()
    }

    /// What fills converted keys from now on.
    pub fn new_default(&self) -> &'static str {
        if self.version >= 18 { "uuidv7()" } else { "rekey.uuid_v7()" }
    }
}

fn group(columns: &Converted, conversions: &[Conversion]) -> Vec<Vec<ColumnName>> {
    let mut members = vec![Vec::new(); conversions.len()];
    for (name, number) in columns.iter().filter_map(|(name, held)| Some((name, held.plain()?))) {
        members[number].push(name.clone());
    }
    for (members, conversion) in members.iter_mut().zip(conversions) {
        members.sort_by_key(|name| *name != conversion.root);
    }
    members
}
