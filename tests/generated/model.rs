//! A generated database as data: every name, column, reference and row decided.

use std::collections::BTreeMap;

use super::keys::{Family, family};
use super::kinds::Kind;
use super::wish::{Extra, Part};
use crate::support::rows::ColumnId;

/// A whole database.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Schemas beside `public`.
    pub schemas: Vec<String>,
    /// The version of the new ids.
    pub uuid: &'static str,
    /// Keys that their references leave, each with the UUID column that they go to.
    pub repointed: Vec<(usize, String)>,
    /// Tables that get a column of short ids, and its name where it is not the usual one.
    pub slugs: Vec<(usize, Option<String>)>,
    /// For the answers to the plan's questions.
    pub pick: u32,
    /// Tables in the order in which they are made.
    pub tables: Vec<Table>,
    /// What belongs to no single table.
    pub extras: Vec<(Extra, u32)>,
}

/// A row: column and literal, none for NULL.
pub type Row = BTreeMap<String, Option<String>>;

/// One table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Not written to the log.
    pub unlogged: bool,
    /// How it is partitioned.
    pub split: Option<Split>,
    /// The table it inherits from.
    pub heir_of: Option<usize>,
    /// Its columns in their order; those of an heir come from its parent first.
    pub columns: Vec<Column>,
    /// Columns of its primary key; none where it has none.
    pub key: Vec<String>,
    /// The name of the primary key's constraint, where it is not the server's choice.
    pub key_name: Option<String>,
    /// Columns that are unique on their own beside the key.
    pub unique: Vec<String>,
    /// References, declared and not.
    pub references: Vec<Reference>,
    /// What stands on it.
    pub parts: Vec<(Part, u32)>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// How a table is partitioned.
#[derive(Debug, Clone)]
pub struct Split {
    /// By which column and how.
    pub by: String,
    /// Names and bounds.
    pub partitions: Vec<(String, &'static str)>,
    /// The name of the one partition that the first is made of, where it is partitioned itself.
    pub below: Option<String>,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// How its type is declared.
    pub type_name: String,
    /// What it holds.
    pub holds: Holds,
    /// NOT NULL.
    pub not_null: bool,
    /// Where its values come from by default.
    pub source: Source,
    /// From the parent of an heir.
    pub inherited: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Whole numbers, each once.
    Ids(Style),
    /// A key of another table; which one the references say.
    Reference,
    /// Numbers that count within a parent.
    Line,
    /// When the row was made; true where that agrees with the order of the keys.
    Moment(bool),
    /// Keys of a table, several in each row.
    Keys(usize),
    /// The class of one of two tables, and beside it in [`Holds::Object`] the key.
    Class(usize, usize),
    /// The key of a row of what the class beside it names.
    Object,
    /// Anything else.
    Other(&'static Kind),
}

/// How ids are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 1, 2, 3 and so on.
    Dense,
    /// Anywhere.
    Sparse,
    /// Around zero.
    Signed,
    /// With both ends of the type.
    Extreme,
    /// UUIDs already.
    Uuid,
    /// UUIDs as text of at most 36 letters.
    Narrow,
    /// UUIDs as text in every spelling.
    Spelt,
    /// Texts, some of them UUIDs.
    Mixed,
    /// Texts, none of them UUIDs.
    Words,
}

/// Where a column's values come from by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// From nowhere.
    Nothing,
    /// A serial type.
    Serial,
    /// An identity with its options; true for ALWAYS.
    Identity(bool, String),
    /// A sequence of that name, with its options; owned by the column where true.
    Sequence(String, String, bool),
    /// A sequence made once for several tables.
    SharedSequence,
    /// An expression.
    Expression(String),
}

/// One reference.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its columns.
    pub columns: Vec<String>,
    /// The parent.
    pub parent: usize,
    /// The parent's columns.
    pub parent_columns: Vec<String>,
    /// True where there is a foreign key.
    pub declared: bool,
    /// Its column has a reference already, which its values follow.
    pub second: bool,
    /// Some rows point nowhere.
    pub orphans: bool,
    /// The constraint's name, where it is not the server's choice.
    pub name: Option<String>,
    /// Everything after the parent's columns.
    pub attributes: String,
    /// What of it PostgreSQL 15 is needed for, instead of the attributes.
    pub since_15: Option<String>,
    /// MATCH FULL.
    pub full: bool,
    /// NOT VALID.
    pub unchecked: bool,
    /// A comment on the constraint.
    pub comment: Option<String>,
}

impl Model {
    /// The keys that a key is by reference, up to one of a table's own.
    pub fn followed(&self, key: &ColumnId) -> Vec<ColumnId> {
        let mut found = Vec::new();
        let mut next = Some(key.clone());
        while let Some(key) = next.take() {
            let table = self.tables.iter().find(|table| table.schema == key.0 && table.name == key.1);
            let up = table.and_then(|table| table.references.iter().find(|one| one.columns == [key.2.clone()]));
            let up = up.map(|one| {
                let parent = &self.tables[one.parent];
                (parent.schema.clone(), parent.name.clone(), one.parent_columns[0].clone())
            });
            next = up.filter(|up| !found.contains(up));
            found.extend(next.clone());
        }
        found
    }

    /// The arguments to `plan`.
    pub fn choices(&self) -> Vec<String> {
        let mut choices: Vec<String> = ["--all", "--accept-defaults", "--uuid", self.uuid].map(str::to_owned).into();
        for (at, column) in &self.repointed {
            let table = &self.tables[*at];
            choices.push(format!("--repoint={}.{}.{}={column}", table.schema, table.name, table.key[0]));
        }
        for (at, column) in &self.slugs {
            let table = &self.tables[*at];
            let column = column.as_ref().map_or_else(String::new, |column| format!("={column}"));
            choices.push(format!("--slug={}.{}{column}", table.schema, table.name));
        }
        choices
    }
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> &Column {
        self.columns.iter().find(|column| column.name == name).expect("a column that was made")
    }

    /// This name, or another where a column has it already.
    pub fn free(&self, name: String) -> String {
        let taken = |name: &str| self.columns.iter().any(|column| column.name == name);
        if taken(&name) { format!("further_{}", self.columns.len()) } else { name }
    }

    /// Schema and name in quotes.
    pub fn quoted(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.name))
    }

    /// Columns that hold ids or references: those that a conversion may touch.
    pub fn key_columns(&self) -> Vec<&Column> {
        self.columns.iter().filter(|column| column.is_key()).collect()
    }

    /// True where its key is one column of its own that a conversion may touch.
    pub fn has_own_key(&self) -> bool {
        self.key.len() == 1 && self.heir_of.is_none() && self.column(&self.key[0]).is_key()
    }

    /// Columns that no conversion may touch.
    pub fn other_columns(&self) -> Vec<(&Column, &'static Kind)> {
        let kinds = self.columns.iter().map(|column| match column.holds {
            Holds::Other(kind) => Some((column, kind)),
            Holds::Ids(_)
            | Holds::Reference
            | Holds::Line
            | Holds::Moment(_)
            | Holds::Keys(_)
            | Holds::Class(..)
            | Holds::Object => None,
        });
        kinds.flatten().collect()
    }
}

impl Column {
    /// Holds ids that are no UUIDs of the server's yet, its table's own or another's.
    pub fn is_key(&self) -> bool {
        matches!(self.holds, Holds::Ids(_) | Holds::Reference) && family(&self.type_name) != Family::Uuid
    }

    /// Such ids that are numbers.
    pub fn is_number(&self) -> bool {
        self.is_key() && family(&self.type_name) == Family::Number
    }

    /// One that holds nothing of its own accord.
    pub fn bare(name: String, type_name: String, holds: Holds, not_null: bool) -> Column {
        Column { name, type_name, holds, not_null, source: Source::Nothing, inherited: false }
    }

    /// Its name in quotes.
    pub fn quoted(&self) -> String {
        quoted(&self.name)
    }
}

/// An identifier in double quotes.
pub fn quoted(name: &str) -> String {
    crate::support::postgres::quoted(name)
}

/// Identifiers in double quotes, with commas.
pub fn list(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

/// A text in single quotes.
pub fn literal(text: &str) -> String {
    crate::support::postgres::literal(text)
}
