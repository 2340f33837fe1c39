//! A database as data: what the statements are written from.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::Style;
use super::kinds::Kind;
use super::script;
use crate::generated::journey::Made;
use crate::support::journey::Journey;
use crate::support::mysql::Product;
use crate::support::rows::ColumnId;

/// A row: literals by column.
pub type Row = BTreeMap<String, String>;

/// A database.
#[derive(Debug, Clone)]
pub struct Model {
    /// What it is for.
    pub product: Product,
    /// Its name.
    pub database: String,
    /// The version of the new ids.
    pub uuid: &'static str,
    /// How they are stored, where that is chosen.
    pub storage: Option<&'static str>,
    /// Whether references that nobody declared are converted too.
    pub inferred: bool,
    /// What answers follow from.
    pub pick: u32,
    /// Statements that come before the tables.
    pub before: Vec<String>,
    /// The tables in the order in which they are made.
    pub tables: Vec<Table>,
    /// Triggers, views, routines and events.
    pub programs: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its name, not quoted.
    pub name: String,
    /// Its columns in their order.
    pub columns: Vec<Column>,
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// References, declared or not.
    pub references: Vec<Reference>,
    /// Indexes and checks.
    pub clauses: Vec<String>,
    /// What stands behind the parentheses.
    pub options: String,
    /// Neither has foreign keys nor is led to by any.
    pub alone: bool,
    /// True where the application can write rows after a conversion.
    pub later: bool,
    /// So many rows are wished for.
    pub wanted: usize,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name, not quoted.
    pub name: String,
    /// Its type with character set.
    pub type_name: String,
    /// Must have a value.
    pub not_null: bool,
    /// Its default.
    pub default: Option<String>,
    /// The server numbers it.
    pub auto: bool,
    /// What else is said of it.
    pub attributes: String,
    /// What is in it.
    pub holds: Holds,
}

/// What is in a column.
#[derive(Debug, Clone)]
pub enum Holds {
    /// Ids of its own.
    Ids(Style),
    /// Those of another table.
    Reference,
    /// A number that counts within a parent.
    Line,
    /// Something else.
    Other(&'static Kind),
    /// When the row was made; true where that agrees with the ids.
    Moment(bool),
    /// What the server computes.
    Computed,
}

/// A reference.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its columns.
    pub columns: Vec<String>,
    /// The number of the table it leads to.
    pub parent: usize,
    /// The columns it leads to.
    pub parent_columns: Vec<String>,
    /// The foreign key that declares it, its target left out: what stands before and behind.
    pub declared: Option<(String, String)>,
    /// Some values lead nowhere.
    pub strays: bool,
    /// No value twice.
    pub unique: bool,
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> &Column {
        self.columns.iter().find(|column| column.name == name).expect("a column that was made")
    }

    /// This name, or another where a column has it already.
    pub fn free(&self, name: String) -> String {
        let taken = |column: &Column| column.name.to_lowercase() == name.to_lowercase();
        if self.columns.iter().any(taken) { format!("further_{}", self.columns.len()) } else { name }
    }

    /// Its key, where that is one column with ids of its own or of another table.
    pub fn single_key(&self) -> Option<&Column> {
        let [key] = self.key.as_slice() else { return None };
        Some(self.column(key))
    }

    /// True where the column is part of a reference.
    pub fn refers(&self, column: &str) -> bool {
        self.references.iter().any(|one| one.columns.iter().any(|own| own == column))
    }
}

impl Column {
    /// One of which nothing more is said.
    pub fn bare(name: String, type_name: String, holds: Holds, not_null: bool) -> Column {
        Column { name, type_name, not_null, default: None, auto: false, attributes: String::new(), holds }
    }
}

impl Made for Model {
    fn pick(&self) -> u32 {
        self.pick
    }

    fn choices(&self) -> Vec<String> {
        let mut choices: Vec<String> = ["--all", "--accept-defaults", "--uuid", self.uuid].map(str::to_owned).into();
        if let Some(storage) = self.storage {
            choices.extend(["--storage".to_owned(), storage.to_owned()]);
        }
        if self.inferred {
            choices.push("--include-inferred".to_owned());
        }
        choices
    }

    // The others are whole numbers.
    fn own_keys(&self) -> BTreeSet<ColumnId> {
        let text = |table: &&Table| table.single_key().is_some_and(|key| matches!(key.holds, Holds::Ids(Style::Spelt)));
        let own = self.tables.iter().filter(text);
        own.map(|table| (self.database.clone(), table.name.clone(), table.key[0].clone())).collect()
    }

    fn followed(&self, key: &ColumnId) -> Vec<ColumnId> {
        let mut found = Vec::new();
        let mut next = Some(key.clone());
        while let Some(id) = next.take() {
            let Some(table) = self.tables.iter().find(|table| table.name == id.1) else { break };
            let up = table.references.iter().find(|one| one.columns.len() == 1 && one.columns[0] == id.2);
            next = up.map(|one| {
                (self.database.clone(), self.tables[one.parent].name.clone(), one.parent_columns[0].clone())
            });
            next = next.filter(|up| !found.contains(up));
            found.extend(next.clone());
        }
        found
    }

    fn later(&self, journey: &Journey<'_>) -> String {
        script::later(self, journey)
    }
}
