//! What is left for the application to do, from the tables that were converted.

use std::collections::{BTreeMap, BTreeSet};

use crate::execute::RunRecord;
use crate::plan::{Plan, Storage};
use crate::report::words::count;
use crate::report::{ConvertedTable, Role};
use crate::schema::EngineKind;

/// Names in one line before it says "and more".
const NAMED: usize = 6;

/// The advice for a run; none where the database has its integers.
pub fn lines(record: &RunRecord, tables: &[ConvertedTable], plan: Option<&Plan>) -> Vec<String> {
    if !super::stands(record) || tables.is_empty() {
        return Vec::new();
    }
    let mut lines = models(record, tables);
    lines.push(validation(tables));
    lines.push(
        "Ids in JSON, messages and files are texts in quotes now. Clients that read them as numbers, compare them by \
         size or keep them in a numeric field must be changed at the same time."
            .to_owned(),
    );
    lines.extend(new_ids(tables, plan));
    lines.push(
        "Stop sending whole numbers for these ids, and stop asking for the next or the last number: sequences, \
         last_insert_rowid(), max(id) + 1 and fixtures with fixed integers no longer fit. Read the new id back with \
         RETURNING."
            .to_owned(),
    );
    lines.push(
        "Old ids outlive the database in links, e-mails, caches, search indexes, exports and other systems. Translate \
         them through the map before the run is made final."
            .to_owned(),
    );
    lines
}

// One line for each type that columns have now.
fn models(record: &RunRecord, tables: &[ConvertedTable]) -> Vec<String> {
    let mut columns: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for table in tables {
        for column in &table.columns {
            let name = format!("{}.{}", table.table, column.column);
            columns.entry(column.after.as_str()).or_default().insert(name);
        }
    }
    let usual = record.conversions.first().map_or("uuid", |conversion| conversion.storage.type_name(record.engine));
    let mut all: Vec<(&str, BTreeSet<String>)> = columns.into_iter().collect();
    all.sort_by_key(|(after, _)| *after != usual);
    all.into_iter().map(|(after, columns)| declare(record, after, after == usual, names(columns.into_iter()))).collect()
}

fn declare(record: &RunRecord, after: &str, usual: bool, names: String) -> String {
    let storage = record.conversions.first().map(|conversion| conversion.storage);
    match (record.engine, storage) {
        (EngineKind::Sqlite, Some(Storage::Binary16)) => format!(
            "Declare these columns as 16 bytes (BLOB) in the application's models, bind ids as bytes, and turn them into text only at its borders; bytes never equal a text: {names}."
        ),
        (EngineKind::Mysql, Some(Storage::Binary16)) => format!(
            "Declare these columns as 16 bytes in the application's models and turn ids into text only at its borders (UUID_TO_BIN and BIN_TO_UUID, or UNHEX and HEX): {names}."
        ),
        (EngineKind::Sqlite, _)
        | (EngineKind::Postgres, Some(Storage::Binary16))
        | (EngineKind::Postgres | EngineKind::Mysql, Some(Storage::Char36)) => format!(
            "Declare these columns as text of 36 characters, lower case with hyphens in the application's models: {names}."
        ),
        (EngineKind::Postgres | EngineKind::Mysql, Some(Storage::Uuid) | None) if usual || after.ends_with("[]") => {
            format!("Declare these columns as {after} in the application's models: {names}.")
        }
        (EngineKind::Postgres | EngineKind::Mysql, Some(Storage::Uuid) | None) => format!(
            "These columns are {after} and hold UUIDs as texts of 36 characters, lower case with hyphens, beside what \
             was not converted; let the application's models read and write them so, such as str(object.pk) where \
             Django's models have object_id: {names}."
        ),
    }
}

fn validation(tables: &[ConvertedTable]) -> String {
    let example = tables
        .iter()
        .find(|table| table.columns.iter().any(|column| column.role == Role::Key))
        .or(tables.first())
        .map_or("item", |table| table.table.name.as_str());
    format!(
        "Let routes, forms and validation accept UUIDs where they asked for digits: an address such as \
         /{example}/17 becomes /{example}/018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04, and int() casts or patterns like \\d+ must go."
    )
}

fn new_ids(tables: &[ConvertedTable], plan: Option<&Plan>) -> Vec<String> {
    let Some(plan) = plan else {
        return vec![
            "Whether the server makes the ids of new rows stands in the default of each key; where there is none, the \
             application must send a UUID of version 7."
                .to_owned(),
        ];
    };
    // A dialect may quote the parts of a name that hold dots or spaces.
    let has_default = |name: &str| {
        let object = format!("column {name}").replace('"', "");
        plan.blueprint.announced.iter().any(|change| {
            change.attribute == "default" && change.after.is_some() && change.object.replace('"', "") == object
        })
    };
    let (made, sent): (Vec<String>, Vec<String>) = tables
        .iter()
        .flat_map(|table| {
            let keys = table.columns.iter().filter(|column| column.role == Role::Key);
            keys.map(move |column| format!("{}.{}", table.table, column.column))
        })
        .partition(|name| has_default(name));
    let mut lines = Vec::new();
    if !made.is_empty() {
        lines.push(format!("The server makes the ids of new rows by itself in {}.", names(made.into_iter())));
    }
    if !sent.is_empty() {
        lines.push(format!(
            "The server makes no ids in {}: the application must send a UUID of version 7 with every new row.",
            names(sent.into_iter())
        ));
    }
    lines
}

fn names(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    if all.len() <= NAMED + 1 {
        return all.join(", ");
    }
    format!("{} and {} (see the list of tables)", all[..NAMED].join(", "), count(all.len() - NAMED, "more", "more"))
}
