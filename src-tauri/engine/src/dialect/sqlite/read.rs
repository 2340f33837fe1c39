//! What SQLite says of its own schema, row by row, before anybody makes sense of it.

use std::collections::{BTreeMap, BTreeSet};

use super::helper;
use crate::dialect::{Connection, Row};
use crate::{Error, Result};

/// The whole schema, as SQLite tells it. Lists are in SQLite's own order.
#[derive(Debug, Clone, Default)]
pub struct Raw {
    /// Every object with a text of its own.
    pub objects: Vec<Object>,
    /// Columns by table.
    pub columns: BTreeMap<String, Vec<ColumnRow>>,
    /// Foreign keys by table, one row per pair of columns.
    pub foreign_keys: BTreeMap<String, Vec<ForeignKeyRow>>,
    /// Indexes by table, those without a text too.
    pub indexes: BTreeMap<String, Vec<IndexRow>>,
    /// Kind and options by table.
    pub tables: BTreeMap<String, TableRow>,
    /// Tables of SQLite's own, such as `sqlite_sequence`.
    pub system: BTreeSet<String>,
    /// Settings that are kept in the file.
    pub settings: BTreeMap<String, String>,
    /// The collations that this program knows.
    pub collations: BTreeSet<String>,
}

/// A row of `sqlite_schema`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// `table`, `index`, `view` or `trigger`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The table it belongs to.
    pub table: String,
    /// The text that makes it.
    pub sql: String,
}

impl Object {
    /// True for a table whose rows SQLite does not keep itself.
    pub fn is_virtual(&self) -> bool {
        self.kind == "table" && self.sql.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("CREATE VIRTUAL"))
    }
}

/// A row of `table_xinfo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRow {
    /// Its name.
    pub name: String,
    /// Its type as written.
    pub type_name: String,
    /// True where NULL is forbidden.
    pub not_null: bool,
    /// Its default as written.
    pub default: Option<String>,
    /// Its place in the primary key, from 1; 0 outside it.
    pub key: usize,
    /// True where it is computed from others.
    pub generated: bool,
}

/// A row of `foreign_key_list`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKeyRow {
    /// Number of the foreign key in its table.
    pub id: String,
    /// The table it points to, as written.
    pub parent: String,
    /// The referencing column.
    pub from: String,
    /// The referenced column as written; none means the primary key.
    pub to: Option<String>,
    /// What happens on update, on delete, and how it matches.
    pub actions: [String; 3],
}

/// A row of `index_list` with its rows of `index_xinfo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRow {
    /// Its name.
    pub name: String,
    /// True where no two rows may be alike.
    pub unique: bool,
    /// `c` for CREATE INDEX, `u` for UNIQUE, `pk` for PRIMARY KEY.
    pub origin: String,
    /// True where it covers only some rows.
    pub partial: bool,
    /// Its columns.
    pub columns: Vec<IndexColumn>,
}

/// One column of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexColumn {
    /// The column; none for an expression.
    pub name: Option<String>,
    /// True where it runs downwards.
    pub descending: bool,
    /// Its collation.
    pub collation: String,
}

/// A row of `table_list`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// `table`, `view`, `virtual` or `shadow`.
    pub kind: String,
    /// True where there is no rowid.
    pub without_rowid: bool,
    /// True where types are enforced.
    pub strict: bool,
}

const ORDINARY: &str = "m.type = 'table' AND m.sql NOT LIKE 'create virtual%'";

/// Reads the schema; what Rekey made itself is left out.
pub async fn read(connection: &mut dyn Connection) -> Result<Raw> {
    let mut raw = Raw::default();
    for row in connection.query("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid").await? {
        raw.take_object(&row);
    }
    for row in connection.query(&columns_query()).await? {
        let column = column(&row);
        raw.columns.entry(text(&row, 0)).or_default().push(column);
    }
    for row in connection.query(&foreign_keys_query()).await? {
        raw.foreign_keys.entry(text(&row, 0)).or_default().push(foreign_key(&row));
    }
    for row in connection.query(&indexes_query()).await? {
        raw.take_index(&row);
    }
    for row in connection.query("SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'").await? {
        let table = TableRow { kind: text(&row, 1), without_rowid: flag(&row, 2), strict: flag(&row, 3) };
        raw.tables.insert(text(&row, 0), table);
    }
    for row in connection.query("SELECT name FROM pragma_collation_list").await? {
        raw.collations.insert(text(&row, 0).to_ascii_uppercase());
    }
    raw.settings = settings(connection).await?;
    let helpers: BTreeSet<String> = raw.columns.keys().filter(|name| !is_users(name)).cloned().collect();
    for name in helpers {
        raw.columns.remove(&name);
        raw.foreign_keys.remove(&name);
        raw.indexes.remove(&name);
    }
    Ok(raw)
}

fn is_users(name: &str) -> bool {
    !helper::is_helper(name) && !is_system(name)
}

fn is_system(name: &str) -> bool {
    name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
}

impl Raw {
    /// The text of an object.
    pub fn sql(&self, kind: &str, name: &str) -> Option<&str> {
        self.objects.iter().find(|object| object.kind == kind && object.name == name).map(|object| object.sql.as_str())
    }

    /// The name of a table as the database has it; references may spell it otherwise.
    pub fn table_named(&self, name: &str) -> Option<&str> {
        self.columns.keys().find(|table| table.eq_ignore_ascii_case(name)).map(String::as_str)
    }

    /// The columns of the primary key, in order.
    pub fn key(&self, table: &str) -> Vec<&str> {
        let mut key: Vec<&ColumnRow> =
            self.columns.get(table).into_iter().flatten().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key.into_iter().map(|column| column.name.as_str()).collect()
    }

    /// The column that is another name for the rowid, where there is one: SQLite then
    /// keeps no index for the primary key.
    pub fn rowid_alias(&self, table: &str) -> Option<&str> {
        let [only] = self.key(table)[..] else { return None };
        let indexed = self.indexes.get(table).into_iter().flatten().any(|index| index.origin == "pk");
        let without_rowid = self.tables.get(table).is_some_and(|table| table.without_rowid);
        (!indexed && !without_rowid).then_some(only)
    }

    fn take_object(&mut self, row: &Row) {
        let object = Object { kind: text(row, 0), name: text(row, 1), table: text(row, 2), sql: text(row, 3) };
        if object.kind == "table" && is_system(&object.name) {
            self.system.insert(object.name);
        } else if is_users(&object.name) && is_users(&object.table) {
            self.objects.push(object);
        }
    }

    fn take_index(&mut self, row: &Row) {
        let indexes = self.indexes.entry(text(row, 0)).or_default();
        let name = text(row, 1);
        if indexes.last().is_none_or(|index| index.name != name) {
            let (unique, origin, partial) = (flag(row, 2), text(row, 3), flag(row, 4));
            indexes.push(IndexRow { name, unique, origin, partial, columns: Vec::new() });
        }
        let column =
            IndexColumn { name: row.get(5).cloned().flatten(), descending: flag(row, 6), collation: text(row, 7) };
        if let Some(index) = indexes.last_mut() {
            index.columns.push(column);
        }
    }
}

fn columns_query() -> String {
    format!(
        "SELECT m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden \
         FROM sqlite_schema m JOIN pragma_table_xinfo(m.name, 'main') x WHERE {ORDINARY} ORDER BY m.rowid, x.cid"
    )
}

fn foreign_keys_query() -> String {
    format!(
        "SELECT m.name, x.id, x.\"table\", x.\"from\", x.\"to\", x.on_update, x.on_delete, x.match \
         FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name, 'main') x WHERE {ORDINARY} \
         ORDER BY m.rowid, x.id, x.seq"
    )
}

fn indexes_query() -> String {
    format!(
        "SELECT m.name, i.name, i.\"unique\", i.origin, i.partial, x.name, x.\"desc\", x.coll \
         FROM sqlite_schema m JOIN pragma_index_list(m.name, 'main') i \
         JOIN pragma_index_xinfo(i.name, 'main') x ON x.key WHERE {ORDINARY} ORDER BY m.rowid, i.seq, x.seqno"
    )
}

async fn settings(connection: &mut dyn Connection) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for name in ["application_id", "auto_vacuum", "encoding", "journal_mode", "page_size", "user_version"] {
        let rows = connection.query(&format!("PRAGMA {name}")).await?;
        let value = rows.first().map(|row| text(row, 0));
        let value = value.ok_or_else(|| Error::Internal { detail: format!("SQLite gave no {name}") })?;
        found.insert(name.to_owned(), value);
    }
    Ok(found)
}

fn column(row: &Row) -> ColumnRow {
    ColumnRow {
        name: text(row, 1),
        type_name: text(row, 2),
        not_null: flag(row, 3),
        default: row.get(4).cloned().flatten(),
        key: text(row, 5).parse().unwrap_or_default(),
        generated: matches!(text(row, 6).as_str(), "2" | "3"),
    }
}

fn foreign_key(row: &Row) -> ForeignKeyRow {
    ForeignKeyRow {
        id: text(row, 1),
        parent: text(row, 2),
        from: text(row, 3),
        to: row.get(4).cloned().flatten(),
        actions: [text(row, 5), text(row, 6), text(row, 7)],
    }
}

fn text(row: &Row, place: usize) -> String {
    row.get(place).cloned().flatten().unwrap_or_default()
}

fn flag(row: &Row, place: usize) -> bool {
    text(row, place) == "1"
}
