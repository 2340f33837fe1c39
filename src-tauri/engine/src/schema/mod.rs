//! A database as plain data: tables, keys, references and whatever hangs on them.
//!
//! Nothing here touches a connection. A dialect fills these types from its catalogue,
//! the planner reads them.

mod catalogue;
mod domain;
mod name;
mod shape;

pub use catalogue::{Attributes, Catalogue, Difference};
pub(crate) use domain::hand_out;
pub use domain::{
    Confidence, Domain, DomainMember, Fit, INFERRED, Level, Verdict, domains, is_class_of, is_named_for, named_domain,
    repointed, type_beside,
};
pub use name::{ColumnName, TableName};
pub use shape::Shape;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::check::{AnswerOption, Finding, Severity};

/// The database product, as far as statements differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum EngineKind {
    /// PostgreSQL and what is compatible with it.
    Postgres,
    /// MySQL and MariaDB; which of the two, and its version, the server says.
    Mysql,
    /// SQLite, one file.
    Sqlite,
}

impl EngineKind {
    /// The product's own name, for people.
    pub fn label(self) -> &'static str {
        match self {
            EngineKind::Postgres => "PostgreSQL",
            EngineKind::Mysql => "MySQL or MariaDB",
            EngineKind::Sqlite => "SQLite",
        }
    }

    /// The product's own name for people, once the server has told its version.
    pub fn product(self, version: &str) -> &'static str {
        match self {
            EngineKind::Mysql if version.contains("MariaDB") => "MariaDB",
            EngineKind::Mysql => "MySQL",
            EngineKind::Postgres | EngineKind::Sqlite => self.label(),
        }
    }
}

/// Everything the planner needs to know about one database.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Schema {
    /// Which product.
    pub engine: EngineKind,
    /// Version number of the server as it reports it, such as `15.18`, `3.51.3` or
    /// `10.11.19-MariaDB`.
    pub server_version: String,
    /// Name of the database, or of the file (SQLite).
    pub database: String,
    /// The tables that belong to the user, by name.
    pub tables: BTreeMap<TableName, Table>,
    /// What stands on columns and must be taken away and put back around a conversion.
    pub dependents: Vec<Dependent>,
    /// What stands in the way of converting a column, by name.
    pub obstacles: Vec<Obstacle>,
    /// The product's own tables in this database whose rows a conversion must carry over,
    /// such as SQLite's sequences and statistics.
    #[serde(default)]
    pub system_tables: Vec<String>,
    /// Names of relations that begin as those of the indexes which Rekey makes (PostgreSQL):
    /// a new one must not have the name of another.
    #[serde(default)]
    pub index_names: BTreeSet<TableName>,
    /// The canonical description of the whole catalogue.
    pub catalogue: Catalogue,
}

impl Schema {
    /// One of which nothing was read, for questions that concern the server alone.
    pub fn unread(engine: EngineKind) -> Self {
        Schema {
            engine,
            server_version: String::new(),
            database: String::new(),
            tables: BTreeMap::new(),
            dependents: Vec::new(),
            obstacles: Vec::new(),
            system_tables: Vec::new(),
            index_names: BTreeSet::new(),
            catalogue: Catalogue::default(),
        }
    }

    /// True where the table holds a part of another one's rows.
    pub fn is_partition(&self, table: &Table) -> bool {
        let parent = table.parents.first().and_then(|name| self.tables.get(name));
        parent.is_some_and(|parent| parent.partitioned.is_some())
    }
}

/// One table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: TableName,
    /// Columns in their order.
    pub columns: Vec<Column>,
    /// The primary key, where there is one.
    pub primary_key: Option<Key>,
    /// Unique constraints and unique indexes over plain columns.
    pub unique_keys: Vec<Key>,
    /// Foreign keys that this table declares.
    pub foreign_keys: Vec<ForeignKey>,
    /// Tables that this one inherits from (PostgreSQL); its converted columns follow theirs.
    pub parents: Vec<TableName>,
    /// Rows: counted where that is cheap, otherwise the server's estimate.
    pub rows: u64,
    /// True where `rows` is the server's estimate.
    pub rows_estimated: bool,
    /// Bytes on disk with indexes, where the server says so.
    pub bytes: u64,
    /// The text that creates the table, where the server gives one (MySQL, MariaDB, SQLite).
    pub definition: Option<String>,
    /// How its rows are spread over partitions, where they are (PostgreSQL). Such a table has
    /// no rows of its own.
    #[serde(default)]
    pub partitioned: Option<Partitioned>,
}

/// A table whose rows live in partitions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partitioned {
    /// The columns that decide which partition a row belongs to.
    pub key: Vec<String>,
    /// Its indexes, each with those of the partitions that are attached to it.
    pub indexes: Vec<IndexTree>,
    /// What has to be made on partitions before a foreign key of that name comes back to the
    /// table: their own constraints where name or comment differ from what they would be given.
    pub references: BTreeMap<String, Vec<String>>,
}

/// An index of a partitioned table with those of its partitions. The server would make the
/// partitions' indexes anew from the table's, and forget their names, settings and comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexTree {
    /// Columns of the partitioned table that it uses.
    pub columns: Vec<String>,
    /// The statement that takes all of it away.
    pub drop: String,
    /// The statements that put all of it back.
    pub create: Vec<String>,
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The only column of the primary key, where it has just one.
    pub fn single_key(&self) -> Option<&str> {
        match self.primary_key.as_ref()?.columns.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The only column that tells its rows apart: that of a single key or, where the server
    /// demands that the columns that rows are spread by belong to the key too, the one beside
    /// them that is filled from a sequence.
    pub fn identity(&self) -> Option<&str> {
        let Some(partitioned) = &self.partitioned else {
            return self.single_key();
        };
        let key = self.primary_key.as_ref()?;
        let mut filled = key.columns.iter().filter(|name| {
            !partitioned.key.contains(name)
                && self.column(name).is_some_and(|column| column.generator != Generator::None)
        });
        let only = filled.next().filter(|_| filled.next().is_none());
        only.map(String::as_str).or(self.single_key())
    }

    /// The full name of one of its columns.
    pub fn column_name(&self, column: &str) -> ColumnName {
        ColumnName { table: self.name.clone(), column: column.to_owned() }
    }
}

/// What a column holds, as far as key conversion asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ColumnKind {
    /// A whole number of a fixed width.
    Integer,
    /// A number that may have a fraction; asked about, never assumed to be a key.
    Numeric,
    /// Text of any kind.
    Text,
    /// A UUID in the server's own type.
    Uuid,
    /// Anything else.
    Other,
}

/// Where new values of a column come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Generator {
    /// The application or a plain default supplies them.
    None,
    /// A default that takes the next value of a sequence.
    Sequence {
        /// The sequence, quoted and qualified.
        sequence: String,
    },
    /// An identity column with a sequence of its own.
    Identity {
        /// The words that declare it again, from `GENERATED` to the closing parenthesis.
        clause: String,
        /// The sequence, quoted and qualified.
        sequence: String,
    },
    /// MySQL's and MariaDB's `AUTO_INCREMENT`.
    AutoIncrement,
    /// SQLite's rowid under the column's name.
    RowId {
        /// True where `AUTOINCREMENT` was given.
        autoincrement: bool,
    },
}

impl Generator {
    /// The sequence that new values come from, quoted and qualified.
    pub fn sequence(&self) -> Option<&str> {
        match self {
            Generator::Sequence { sequence } | Generator::Identity { sequence, .. } => Some(sequence),
            Generator::None | Generator::AutoIncrement | Generator::RowId { .. } => None,
        }
    }
}

/// One column.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type as the server writes it, such as `integer` or `character varying(40)`.
    pub type_name: String,
    /// The server's own type beneath, where the type is made from one (`CREATE DOMAIN`).
    pub domain_over: Option<String>,
    /// What it holds.
    pub kind: ColumnKind,
    /// True where NULL is allowed.
    pub nullable: bool,
    /// The default as the server writes it.
    pub default: Option<String>,
    /// Where new values come from.
    pub generator: Generator,
    /// True where the column comes from a parent table and cannot be altered on its own.
    pub inherited: bool,
}

impl Column {
    /// True where the type is not one of the server's own, but made from one (`CREATE DOMAIN`).
    pub fn is_domain(&self) -> bool {
        self.domain_over.is_some()
    }

    /// The type, or the one that its domain is made from.
    pub fn base_type(&self) -> &str {
        self.domain_over.as_deref().unwrap_or(&self.type_name)
    }
}

/// A primary or unique key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Name of the constraint or index.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<String>,
}

/// A declared reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// Name of the constraint; made from the table and a number where the server keeps none.
    pub name: String,
    /// The referencing columns in order.
    pub columns: Vec<String>,
    /// The referenced table.
    pub parent: TableName,
    /// The referenced columns in the same order.
    pub parent_columns: Vec<String>,
    /// The constraint as the server writes it, with every attribute.
    pub definition: String,
    /// False where existing rows were never checked (`NOT VALID`), or are known to break it.
    pub validated: bool,
    /// The comment on the constraint.
    pub comment: Option<String>,
}

/// What kind of object stands on a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DependentKind {
    /// A view.
    View,
    /// A view whose rows are stored.
    MaterializedView,
    /// A rewrite rule on a table.
    Rule,
    /// A trigger.
    Trigger,
    /// A row security policy.
    Policy,
    /// What the server forgets when a column's type changes, and is told again.
    Setting,
    /// A check constraint.
    Check,
    /// An index over expressions or some of the rows.
    Index,
    /// The same, or an exclusion constraint, where it keeps rows from being alike.
    UniqueIndex,
    /// A default that is a plain value or a call.
    Default,
    /// A function whose body the server has bound to columns.
    Function,
    /// A table's place in a publication that names columns.
    Publication,
    /// A generated column, whose expression is taken away and given back.
    Generated,
}

impl DependentKind {
    /// True for what the server itself carries through a change of type as long as it is
    /// still valid: it is taken away only where a person says so.
    pub fn stays(self) -> bool {
        matches!(self, DependentKind::Check | DependentKind::Index | DependentKind::UniqueIndex)
    }
}

/// An object that is taken away before a conversion and put back after it, from its
/// saved definition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dependent {
    /// Its kind.
    pub kind: DependentKind,
    /// Its name for people, such as `public.actor_info`.
    pub name: String,
    /// The table or view that it belongs to, where it is none itself.
    #[serde(default)]
    pub on: Option<TableName>,
    /// What goes with it, as the catalogue calls it.
    #[serde(default)]
    pub objects: Vec<String>,
    /// Columns whose conversion makes it necessary to take it away.
    pub columns: Vec<ColumnName>,
    /// Names of other dependents that this one stands on and is taken away before.
    pub requires: Vec<String>,
    /// The statements that take it away.
    pub drop: Vec<String>,
    /// The statements that put it back with owner, grants, comments and state.
    pub create: Vec<String>,
    /// The statements for taking it away until the undo, where they are others.
    #[serde(default)]
    pub for_good: Option<Exchange>,
}

impl Dependent {
    /// The statements that take it away until the undo.
    pub fn drop_for_good(&self) -> &[String] {
        self.for_good.as_ref().map_or(&self.drop, |other| &other.drop)
    }

    /// The statements with which the undo puts it back after that.
    pub fn create_again(&self) -> &[String] {
        self.for_good.as_ref().map_or(&self.create, |other| &other.create)
    }
}

/// Statements that take an object away and put it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// They take it away.
    pub drop: Vec<String>,
    /// They put it back.
    pub create: Vec<String>,
}

/// Something that this version cannot carry through a conversion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    /// The stable rule it falls under, such as `RK-107`.
    pub rule: String,
    /// The object by name.
    pub object: String,
    /// The columns that cannot be converted because of it.
    pub columns: Vec<ColumnName>,
    /// What it is and why it cannot be carried through.
    pub meaning: String,
    /// The way out.
    pub remedy: String,
    /// The answers with which it can be carried through after all.
    #[serde(default)]
    pub options: Vec<AnswerOption>,
    /// The answer among them that is safe without further thought.
    #[serde(default)]
    pub default: Option<String>,
}

impl Obstacle {
    /// It as a finding: a question where there are answers to it, a refusal otherwise.
    pub fn finding(&self) -> Finding {
        let severity = if self.options.is_empty() { Severity::Block } else { Severity::Ask };
        Finding::new(severity, &self.rule, self.object.clone(), self.meaning.clone(), self.remedy.clone())
            .asking(self.options.clone(), self.default.as_deref())
    }
}
