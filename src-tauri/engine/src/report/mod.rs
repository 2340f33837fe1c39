//! The report of a run: as data, and written as HTML, Markdown or JSON.
//!
//! It is made from the record of the run and, where it is at hand, the plan; nothing is
//! asked of a database. It holds names, counts, digests and statements, never a row and
//! never a secret.

mod advice;
mod code;
mod grouped;
mod html;
mod markdown;
mod outcome;
mod people;
pub mod performance;
mod pictures;
mod safety;
#[cfg(test)]
mod tests;
pub mod words;

pub use code::Code;
pub use grouped::{Group, grouped};
pub use outcome::{Outcome, Tone};
pub use safety::Criterion;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::application::code::Scanned;
use crate::application::versions::Stamp;
use crate::execute::{RunRecord, RunState};
use crate::plan::Plan;
use crate::schema::{ColumnName, EngineKind, TableName};

/// Version of the report's JSON.
pub const FORMAT: u32 = 1;

/// Everything the report says, in the order in which it says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`FORMAT`].
    pub format: u32,
    /// How it came out.
    pub outcome: Outcome,
    /// How much was converted.
    pub totals: Totals,
    /// By what its success is measured.
    pub criteria: Vec<Criterion>,
    /// What was converted, by table.
    pub tables: Vec<ConvertedTable>,
    /// How to take it back, or why that cannot or need not be done.
    pub way_back: Vec<Line>,
    /// Where old and new ids can be looked up.
    pub map: Vec<Line>,
    /// What is left for the application to do.
    pub advice: Vec<String>,
    /// What each migration tool must be told.
    pub stamps: Vec<Stamp>,
    /// What must change in the application's code; none where the database has its integers.
    pub code: Option<Code>,
    /// The run as it was recorded.
    #[serde(flatten)]
    pub record: RunRecord,
}

/// How much was converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Tables with at least one converted column.
    pub tables: usize,
    /// Converted columns that are keys.
    pub keys: usize,
    /// Converted columns that are references only.
    pub references: usize,
    /// Proofs that held: those of the undo where the run was undone.
    pub proofs_passed: usize,
    /// Proofs that were taken.
    pub proofs: usize,
}

/// One table with its converted columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConvertedTable {
    /// Its name.
    #[serde(flatten)]
    pub table: TableName,
    /// Its converted columns, keys first.
    pub columns: Vec<ConvertedColumn>,
}

/// One converted column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConvertedColumn {
    /// Its own name.
    pub column: String,
    /// What it is to its domain.
    pub role: Role,
    /// The key whose values it holds.
    pub root: ColumnName,
    /// Its type before.
    pub before: String,
    /// Its type after.
    pub after: String,
}

/// What a converted column is to its domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The key itself.
    Key,
    /// Key of its own table and reference at once.
    SharedKey,
    /// A reference.
    Reference,
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Role::Key => "key",
            Role::SharedKey => "key and reference",
            Role::Reference => "reference",
        }
    }
}

/// A line of the report: words, or a command to be typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Words.
    Text(String),
    /// A command.
    Command(String),
}

impl Report {
    /// Puts the report together. Without the plan it cannot say where new ids come from.
    pub fn new(record: RunRecord, plan: Option<&Plan>) -> Report {
        let tables = tables(&record);
        Report {
            format: FORMAT,
            outcome: Outcome::of(&record),
            criteria: safety::criteria(&record, totals(&record, &tables)),
            totals: totals(&record, &tables),
            way_back: way_back(&record),
            map: map(&record),
            advice: advice::lines(&record, &tables, plan),
            stamps: stamps(&record),
            code: stands(&record).then(|| Code::of(&record.conversions)),
            tables,
            record,
        }
    }

    /// Tells in place of advice what was found in the application's code, without any row of data.
    pub fn with_code(mut self, scanned: Option<Scanned>) -> Report {
        if let (Some(code), Some(scanned)) = (&mut self.code, scanned) {
            code.scan = Some(code::without_rows(scanned));
        }
        self
    }

    /// The report as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// True where the database has the new keys.
fn stands(record: &RunRecord) -> bool {
    matches!(record.state, RunState::Converted | RunState::Kept)
}

fn stamps(record: &RunRecord) -> Vec<Stamp> {
    let tables = record.versions.iter().filter(|_| stands(record));
    tables.map(|table| Stamp::of(table, &target(record))).collect()
}

fn tables(record: &RunRecord) -> Vec<ConvertedTable> {
    let mut found: BTreeMap<&TableName, Vec<ConvertedColumn>> = BTreeMap::new();
    for conversion in &record.conversions {
        for member in &conversion.members {
            let role = match (member.column == conversion.root, member.key) {
                (true, _) => Role::Key,
                (false, true) => Role::SharedKey,
                (false, false) => Role::Reference,
            };
            found.entry(&member.column.table).or_default().push(ConvertedColumn {
                column: member.column.column.clone(),
                role,
                root: conversion.root.clone(),
                before: member.from_type.clone(),
                after: member.to_type.clone(),
            });
        }
    }
    let in_order = |(table, mut columns): (&TableName, Vec<ConvertedColumn>)| {
        columns.sort_by(|a, b| a.role.cmp(&b.role).then_with(|| a.column.cmp(&b.column)));
        ConvertedTable { table: table.clone(), columns }
    };
    found.into_iter().map(in_order).collect()
}

fn totals(record: &RunRecord, tables: &[ConvertedTable]) -> Totals {
    let columns: BTreeSet<(&TableName, &str, bool)> = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (&table.table, column)))
        .map(|(table, column)| (table, column.column.as_str(), column.role == Role::Reference))
        .collect();
    let undone = record.state == RunState::Undone && !record.undo_validation.is_empty();
    let proofs = if undone { &record.undo_validation } else { &record.validation };
    let references = columns.iter().filter(|(_, _, reference)| *reference).count();
    Totals {
        tables: tables.len(),
        keys: columns.len() - references,
        references,
        proofs_passed: proofs.iter().filter(|proof| proof.passed).count(),
        proofs: proofs.len(),
    }
}

// A place has no user in it, so whoever reads the report puts in theirs.
fn target(record: &RunRecord) -> String {
    let target = match (record.engine, record.place.rsplit_once(':')) {
        (EngineKind::Postgres, Some((folder, rest))) if folder.starts_with('/') => {
            format!("postgres://USER@:{rest}?host={folder}")
        }
        (EngineKind::Postgres, _) => format!("postgres://USER@{}", record.place),
        // A socket's path, the port that it does not need, and the database.
        (EngineKind::Mysql, Some((socket, rest))) if socket.starts_with('/') => {
            let database = rest.split_once('/').map_or(rest, |(_, database)| database);
            format!("mysql://USER@localhost/{database}?socket={socket}")
        }
        (EngineKind::Mysql, _) => format!("mysql://USER@{}", record.place),
        (EngineKind::Sqlite, _) => record.place.clone(),
    };
    words::argument(&target)
}

fn way_back(record: &RunRecord) -> Vec<Line> {
    let text = |words: &str| Line::Text(words.to_owned());
    match record.state {
        RunState::Converted => vec![
            text(
                "The old keys are kept in the map, so the whole conversion can be taken back. Rows that were written \
                 since get fresh integers. Stop the application first, as for the conversion.",
            ),
            Line::Command(format!("rekey undo {} --run {} --yes", target(record), record.run)),
        ],
        RunState::RolledBack => vec![text("There is nothing to take back: the database took everything back itself.")],
        RunState::Undone => vec![text("The run was taken back through its map; there is nothing left to undo.")],
        RunState::Kept => vec![text("The run was made final and its map removed. The only way back is the backup.")],
        RunState::Undoing => vec![
            text("The undo began and has not ended. It goes on where it stopped:"),
            Line::Command(format!("rekey resume {} --run {}", target(record), record.run)),
        ],
        RunState::Started => vec![
            text("How the run ended is not known here. The database knows: it is either converted whole or as before."),
            Line::Command(format!("rekey status {}", target(record))),
        ],
    }
}

fn map(record: &RunRecord) -> Vec<Line> {
    if record.state != RunState::Converted {
        return Vec::new();
    }
    let place = match record.engine {
        EngineKind::Postgres => "in the schema \"rekey\" of the same database",
        EngineKind::Mysql => "in the tables whose names begin with \"_rekey_\" of the same database",
        EngineKind::Sqlite => "in the tables whose names begin with \"_rekey_\" of the same file",
    };
    vec![
        Line::Text(format!(
            "Old and new ids stand side by side {place}. As a file, for links, caches, exports and everything else \
             outside the database that still holds old ids:"
        )),
        Line::Command(format!("rekey map {} --run {} --format csv > map.csv", target(record), record.run)),
    ]
}
