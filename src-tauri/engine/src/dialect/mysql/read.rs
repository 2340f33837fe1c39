//! What the server says of its catalogue, asked for and otherwise untouched.
//!
//! Every value is cast to text: MySQL answers some of these questions in binary. Rows of
//! databases whose names differ in case alone are told apart here, since the server does not.

use std::collections::{BTreeMap, BTreeSet};

use super::helper::is_helper;
use super::questions::{self, Question};
use super::quote;
use super::version::Version;
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::schema::TableName;

/// Objects asked for by one message.
const CHUNK: usize = 100;

/// Columns that hold the name of a database.
const NAMING: &[&str] = &[
    "SCHEMA_NAME",
    "TABLE_SCHEMA",
    "TRIGGER_SCHEMA",
    "EVENT_OBJECT_SCHEMA",
    "REFERENCED_TABLE_SCHEMA",
    "ROUTINE_SCHEMA",
    "SPECIFIC_SCHEMA",
    "EVENT_SCHEMA",
    "LIBRARY_SCHEMA",
];

/// One row: the columns that are not NULL, by the server's own names for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record(BTreeMap<&'static str, String>);

impl Record {
    /// The value of a column; empty where it is NULL.
    pub fn text(&self, column: &str) -> &str {
        self.get(column).unwrap_or_default()
    }

    /// The value of a column, none where it is NULL.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }

    /// Two of its columns as the name of a table.
    pub fn table(&self, schema: &str, name: &str) -> TableName {
        TableName::new(self.text(schema), self.text(name))
    }

    /// All columns that are not NULL.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Raw {
    /// The server's version.
    pub version: Option<Version>,
    /// The database.
    pub database: String,
    /// Settings of the server that decide what can be done.
    pub server: BTreeMap<String, String>,
    /// Rows by question.
    records: BTreeMap<&'static str, Vec<Record>>,
    /// The statement that creates each table, view, trigger or sequence, by what it is and its name.
    pub created: BTreeMap<(&'static str, TableName), String>,
    /// Questions that this user may not ask, or this server cannot answer.
    pub unanswered: BTreeSet<&'static str>,
}

impl Raw {
    /// The rows of a question.
    pub fn of(&self, question: &str) -> &[Record] {
        self.records.get(question).map(Vec::as_slice).unwrap_or_default()
    }

    /// The same under another name of the database, wherever the server's answers name it by
    /// itself. The texts of definitions stay as they are.
    pub fn renamed(mut self, database: &str) -> Raw {
        let own = std::mem::replace(&mut self.database, database.to_owned());
        for row in self.records.values_mut().flatten() {
            for (_, value) in row.0.iter_mut().filter(|(column, _)| NAMING.contains(column)) {
                if *value == own {
                    database.clone_into(value);
                }
            }
        }
        let moved = |name: TableName| if name.schema == own { TableName::new(database, &name.name) } else { name };
        let created = std::mem::take(&mut self.created);
        self.created = created.into_iter().map(|((kind, name), sql)| ((kind, moved(name)), sql)).collect();
        self
    }

    /// True on MariaDB.
    pub fn is_mariadb(&self) -> bool {
        self.version.as_ref().is_some_and(Version::is_mariadb)
    }
}

/// Reads it.
pub async fn read(connection: &mut dyn Connection) -> Result<Raw> {
    let mut raw = asked(connection).await?;
    take_in_other_databases(connection, &mut raw).await?;
    leave_out_helpers(&mut raw);
    definitions(connection, &mut raw).await?;
    Ok(raw)
}

/// Reads what lies in the database itself, Rekey's own tables with it.
pub async fn read_own(connection: &mut dyn Connection) -> Result<Raw> {
    let mut raw = asked(connection).await?;
    definitions(connection, &mut raw).await?;
    Ok(raw)
}

async fn asked(connection: &mut dyn Connection) -> Result<Raw> {
    let mut raw = Raw { server: server(connection).await?, ..Raw::default() };
    let told = |name: &str| raw.server.get(name).cloned().unwrap_or_default();
    raw.version = Some(Version::accept(&told("version"), &told("version_comment"))?);
    raw.database = told("database");
    for question in questions::ALL {
        ask(connection, &mut raw, question).await?;
    }
    Ok(raw)
}

// A setting that a version does not have is no row of this answer.
async fn server(connection: &mut dyn Connection) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let fixed = connection.query("SELECT 'database', CAST(DATABASE() AS CHAR)").await?;
    let variables = connection.query(questions::SERVER).await?;
    for row in fixed.into_iter().chain(variables) {
        if let [Some(name), Some(value)] = row.as_slice() {
            found.insert(name.to_ascii_lowercase(), value.clone());
        }
    }
    Ok(found)
}

async fn ask(connection: &mut dyn Connection, raw: &mut Raw, question: &'static Question) -> Result<()> {
    if question.only.is_some_and(|flavour| Some(flavour) != raw.version.as_ref().map(|version| version.flavour)) {
        return Ok(());
    }
    match answer(connection, raw, question).await {
        Ok(mut rows) => {
            rows.retain(|row| question.belongs(row, &raw.database));
            raw.records.insert(question.name, rows);
        }
        Err(Error::Rights { .. } | Error::Statement { .. }) if question.optional => {
            raw.unanswered.insert(question.name);
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

async fn answer(connection: &mut dyn Connection, raw: &Raw, question: &'static Question) -> Result<Vec<Record>> {
    let database = quote::literal(&raw.database);
    let condition = question.condition.replace("{database}", &database);
    if !condition.contains("{other}") {
        return rows(connection, question, raw.is_mariadb(), &condition).await;
    }
    let others = connection.query(&questions::OTHERS.replace("{database}", &database)).await?;
    let mut found = Vec::new();
    for other in others.into_iter().filter_map(|row| row.into_iter().next().flatten()) {
        let condition = condition.replace("{other}", &quote::literal(&other));
        found.extend(rows(connection, question, raw.is_mariadb(), &condition).await?);
    }
    Ok(found)
}

async fn rows(
    connection: &mut dyn Connection,
    question: &'static Question,
    mariadb: bool,
    condition: &str,
) -> Result<Vec<Record>> {
    let own = if mariadb { question.mariadb } else { question.mysql };
    let columns: Vec<&'static str> = question.columns.iter().chain(own).copied().collect();
    let list: Vec<String> = columns.iter().map(|column| format!("CAST(`{column}` AS CHAR)")).collect();
    let sql = format!("SELECT {} FROM {} WHERE {condition}", list.join(", "), question.from);
    let record = |row: Row| {
        let cells = columns.iter().copied().zip(row);
        Record(cells.filter_map(|(column, value)| Some((column, value?))).collect())
    };
    Ok(connection.query(&sql).await?.into_iter().map(record).collect())
}

// Tables elsewhere that are tied to ours by foreign keys have to follow them.
async fn take_in_other_databases(connection: &mut dyn Connection, raw: &mut Raw) -> Result<()> {
    let mut known: BTreeSet<String> = BTreeSet::from([raw.database.clone()]);
    loop {
        let pairs = raw.of("references").iter().chain(raw.of("references from elsewhere"));
        let named = pairs.flat_map(|row| [row.text("TABLE_SCHEMA"), row.text("REFERENCED_TABLE_SCHEMA")]);
        let Some(next) = named.map(str::to_owned).find(|name| !name.is_empty() && !known.contains(name)) else {
            break;
        };
        known.insert(next.clone());
        for question in questions::ALL.iter().filter(|question| question.of_tables) {
            let condition = question.condition.replace("{database}", &quote::literal(&next));
            let mut found = rows(connection, question, raw.is_mariadb(), &condition).await?;
            found.retain(|row| question.belongs(row, &next));
            raw.records.entry(question.name).or_default().extend(found);
        }
    }
    if known.len() > 1 {
        keep_tied_tables(raw);
    }
    Ok(())
}

// Of other databases only what is tied to ours, over any number of tables.
fn keep_tied_tables(raw: &mut Raw) {
    let pairs: Vec<(TableName, TableName)> = raw
        .of("references")
        .iter()
        .map(|row| {
            (row.table("TABLE_SCHEMA", "TABLE_NAME"), row.table("REFERENCED_TABLE_SCHEMA", "REFERENCED_TABLE_NAME"))
        })
        .collect();
    let own = raw.database.clone();
    let mut tied: BTreeSet<TableName> = BTreeSet::new();
    loop {
        let known = tied.len();
        for (child, parent) in &pairs {
            let is_known = |name: &TableName| name.schema == own || tied.contains(name);
            if is_known(child) || is_known(parent) {
                tied.extend([child.clone(), parent.clone()]);
            }
        }
        if tied.len() == known {
            break;
        }
    }
    for question in questions::ALL.iter().filter(|question| question.of_tables) {
        if let Some(rows) = raw.records.get_mut(question.name) {
            rows.retain(|row| {
                row.text(question.schema) == own || tied.contains(&row.table(question.schema, question.table))
            });
        }
    }
}

fn leave_out_helpers(raw: &mut Raw) {
    for question in questions::ALL.iter().filter(|question| !question.table.is_empty()) {
        if let Some(rows) = raw.records.get_mut(question.name) {
            rows.retain(|row| !is_helper(row.text(question.table)));
        }
    }
}

async fn definitions(connection: &mut dyn Connection, raw: &mut Raw) -> Result<()> {
    let mut wanted: Vec<(&'static str, TableName, usize)> = Vec::new();
    for row in raw.of("tables") {
        let name = row.table("TABLE_SCHEMA", "TABLE_NAME");
        match row.text("TABLE_TYPE") {
            "VIEW" => wanted.push(("VIEW", name, 1)),
            "SEQUENCE" => wanted.push(("SEQUENCE", name, 1)),
            _ => wanted.push(("TABLE", name, 1)),
        }
    }
    let triggers = raw.of("triggers").iter().map(|row| ("TRIGGER", row.table("TRIGGER_SCHEMA", "TRIGGER_NAME"), 2));
    wanted.extend(triggers);
    for chunk in wanted.chunks(CHUNK) {
        let asked: Vec<String> =
            chunk.iter().map(|(kind, name, _)| format!("SHOW CREATE {kind} {}", quote::table(name))).collect();
        // All at once; where one of them fails, each by itself.
        match connection.query(&asked.join("; ")).await {
            Ok(rows) if rows.len() == chunk.len() => keep(raw, chunk, rows),
            Ok(_) | Err(Error::Statement { .. } | Error::Rights { .. }) => {
                for (one, sql) in chunk.iter().zip(&asked) {
                    match connection.query(sql).await {
                        Ok(rows) => keep(raw, std::slice::from_ref(one), rows),
                        // Without its definition an object becomes an obstacle.
                        Err(Error::Statement { .. } | Error::Rights { .. }) => {}
                        Err(other) => return Err(other),
                    }
                }
            }
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

fn keep(raw: &mut Raw, wanted: &[(&'static str, TableName, usize)], rows: Vec<Row>) {
    for ((kind, name, column), row) in wanted.iter().zip(rows) {
        if let Some(text) = row.into_iter().nth(*column).flatten() {
            raw.created.insert((kind, name.clone()), text);
        }
    }
}
