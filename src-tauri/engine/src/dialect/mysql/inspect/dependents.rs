//! What stands beside the tables: triggers, which go with a table that is renamed and have to
//! be made anew, and everything whose text may speak of keys.

use std::collections::BTreeMap;

use super::super::quote::{ident, literal, table};
use super::super::read::{Raw, Record};
use super::super::settings;
use crate::schema::{Dependent, DependentKind, Table, TableName};

/// Triggers in the order in which they fire, then views, routines and events. The latter
/// find their tables by name and are never taken away: they have no columns.
pub fn dependents(raw: &Raw, tables: &BTreeMap<TableName, Table>) -> Vec<Dependent> {
    let mut found: Vec<Dependent> = raw.of("triggers").iter().filter_map(|row| trigger(raw, row, tables)).collect();
    for row in raw.of("views") {
        let name = row.table("TABLE_SCHEMA", "TABLE_NAME");
        let create = raw.created.get(&("VIEW", name.clone())).cloned();
        let drop = format!("DROP VIEW {}", table(&name));
        found.push(Dependent { drop: vec![drop], ..plain(DependentKind::View, name.to_string(), create) });
    }
    for row in raw.of("routines") {
        let name =
            format!("{} {}", row.text("ROUTINE_TYPE").to_lowercase(), row.table("ROUTINE_SCHEMA", "ROUTINE_NAME"));
        found.push(plain(DependentKind::Function, name, Some(routine(raw, row))));
    }
    for row in raw.of("events") {
        let name = format!("event {}", row.table("EVENT_SCHEMA", "EVENT_NAME"));
        found.push(plain(DependentKind::Function, name, row.get("EVENT_DEFINITION").map(str::to_owned)));
    }
    found
}

fn plain(kind: DependentKind, name: String, text: Option<String>) -> Dependent {
    Dependent {
        kind,
        name,
        on: None,
        objects: Vec::new(),
        columns: Vec::new(),
        requires: Vec::new(),
        drop: Vec::new(),
        create: text.into_iter().collect(),
        for_good: None,
    }
}

// A trigger keeps the settings under which it was made.
fn trigger(raw: &Raw, row: &Record, tables: &BTreeMap<TableName, Table>) -> Option<Dependent> {
    let name = row.table("TRIGGER_SCHEMA", "TRIGGER_NAME");
    let on = row.table("EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE");
    let text = raw.created.get(&("TRIGGER", name.clone()))?;
    let owner = tables.get(&on)?;
    let as_it_was = format!(
        "SET SESSION sql_mode = {}, SESSION character_set_client = {}, SESSION collation_connection = {}",
        literal(row.text("SQL_MODE")),
        row.text("CHARACTER_SET_CLIENT"),
        row.text("COLLATION_CONNECTION")
    );
    // Its text may name it and its table without their database.
    let (there, back) = (format!("USE {}", ident(&name.schema)), format!("USE {}", ident(&raw.database)));
    let elsewhere = name.schema != raw.database;
    let create = [(elsewhere, there), (true, as_it_was), (true, text.clone()), (elsewhere, back)];
    let create = create.into_iter().filter_map(|(needed, statement)| needed.then_some(statement));
    Some(Dependent {
        on: Some(on),
        columns: owner.columns.iter().map(|column| owner.column_name(&column.name)).collect(),
        drop: vec![format!("DROP TRIGGER IF EXISTS {}.{}", ident(&name.schema), ident(&name.name))],
        create: create.chain([settings::TEXTS.to_owned()]).collect(),
        ..plain(DependentKind::Trigger, name.to_string(), None)
    })
}

fn routine(raw: &Raw, row: &Record) -> String {
    let own = |one: &&Record| {
        one.table("SPECIFIC_SCHEMA", "SPECIFIC_NAME") == row.table("ROUTINE_SCHEMA", "ROUTINE_NAME")
            && one.text("ROUTINE_TYPE") == row.text("ROUTINE_TYPE")
    };
    let parameters = raw.of("parameters").iter().filter(own);
    let told: Vec<String> = parameters
        .map(|one| {
            format!("{} {} {}", one.text("PARAMETER_MODE"), one.text("PARAMETER_NAME"), one.text("DTD_IDENTIFIER"))
        })
        .collect();
    format!("({}) {}", told.join(", "), row.text("ROUTINE_DEFINITION"))
}
