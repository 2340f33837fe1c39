//! What stands on a column and cannot be carried through a conversion by this version.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::AnswerOption;
use crate::dialect::{Connection, Row};
use crate::error::Result;
use crate::schema::{ColumnKind, ColumnName, Dependent, DependentKind, Obstacle, Table, TableName};

use super::super::catalogue::complete;
use super::super::quote;
use super::kinds::{GENERATED, KINDS, Kind};

/// Reads all of them.
pub async fn read(connection: &mut dyn Connection, tables: &[Table]) -> Result<Vec<Obstacle>> {
    let mut found = Vec::new();
    for kind in KINDS {
        let rows = connection.query(&complete(kind.query)).await?;
        found.extend(collect(kind, rows, tables));
    }
    found.extend(tables.iter().flat_map(of_table));
    Ok(found)
}

/// Takes what generated columns are computed from off their obstacle where they are dependents,
/// which can be put back. That they are no keys themselves stays.
pub fn free_generated(obstacles: &mut [Obstacle], dependents: &[Dependent]) {
    let back: BTreeSet<&str> = dependents
        .iter()
        .filter(|one| one.kind == DependentKind::Generated)
        .flat_map(|one| &one.objects)
        .map(String::as_str)
        .collect();
    for one in obstacles.iter_mut().filter(|one| one.rule == GENERATED) {
        let own = one.columns.iter().find(|column| one.object == format!("generated column {column}"));
        if let Some(own) = own.filter(|own| back.contains(quote::column_key(own).as_str())).cloned() {
            one.columns = vec![own];
        }
    }
}

fn collect(kind: &Kind, rows: Vec<Row>, tables: &[Table]) -> Vec<Obstacle> {
    let mut columns: BTreeMap<String, BTreeSet<ColumnName>> = BTreeMap::new();
    for row in rows {
        let mut cells = row.into_iter();
        let mut next = || cells.next().flatten();
        let (object, schema, name, column) =
            (next().unwrap_or_default(), next().unwrap_or_default(), next().unwrap_or_default(), next());
        let table = TableName::new(schema, name);
        let entry = columns.entry(object).or_default();
        match column {
            Some(column) => {
                entry.insert(ColumnName { table, column });
            }
            None => entry.extend(all_columns(tables, &table)),
        }
    }
    columns
        .into_iter()
        .map(|(object, columns)| Obstacle {
            rule: kind.rule.to_owned(),
            object,
            columns: columns.into_iter().collect(),
            meaning: kind.meaning.to_owned(),
            remedy: kind.remedy.to_owned(),
            options: Vec::new(),
            default: None,
        })
        .collect()
}

fn all_columns(tables: &[Table], name: &TableName) -> Vec<ColumnName> {
    let table = tables.iter().find(|table| table.name == *name);
    table.into_iter().flat_map(|table| table.columns.iter().map(|column| table.column_name(&column.name))).collect()
}

// What the tables alone can tell.
fn of_table(table: &Table) -> Vec<Obstacle> {
    let keys = key_columns(table);
    let relevant = table.columns.iter().filter(|column| keys.contains(column.name.as_str()));
    let mut found = Vec::new();
    for column in relevant {
        let name = table.column_name(&column.name);
        if column.kind == ColumnKind::Numeric && column.base_type().ends_with(",0)") {
            found.push(Obstacle {
                rule: "RK-110".to_owned(),
                object: name.to_string(),
                columns: vec![name.clone()],
                meaning: format!("The key is of type {}: whole numbers, but not stored as such.", column.type_name),
                remedy: "Decide whether it is a key like any other.".to_owned(),
                options: vec![AnswerOption::new(
                    "convert",
                    "Every number gets a UUID; the undo gives the column its type back.",
                )],
                default: Some("convert".to_owned()),
            });
        } else if column.kind == ColumnKind::Numeric {
            found.push(Obstacle {
                rule: "RK-110".to_owned(),
                object: name.to_string(),
                columns: vec![name.clone()],
                meaning: "The key is a number that may have a fraction; only whole numbers are converted.".to_owned(),
                remedy: "Change the column's type to bigint first, if it holds whole numbers only.".to_owned(),
                options: Vec::new(),
                default: None,
            });
        }
    }
    found
}

fn key_columns(table: &Table) -> BTreeSet<&str> {
    let keys = table.primary_key.iter().chain(&table.unique_keys).flat_map(|key| &key.columns);
    keys.chain(table.foreign_keys.iter().flat_map(|key| &key.columns)).map(String::as_str).collect()
}
