//! The canonical catalogue of a database.
//!
//! A table's own text is taken apart into an object for each of its lines, so that whatever
//! a version may add to it is seen. Left out is what moves by itself: next numbers, numbers of
//! rows, times. What is asked for and not understood is there all the same, under the server's
//! own names.

use std::collections::BTreeMap;

use super::definition::{self, Definition, Line};
use super::quote::key;
use super::read::{Raw, Record};
use crate::schema::{Attributes, Catalogue, TableName};

/// Makes the catalogue of what was read.
pub fn catalogue(raw: &Raw) -> Catalogue {
    let mut found = Catalogue::default();
    let objects = &mut found.objects;
    for row in raw.of("database") {
        objects.insert(key("database", &[row.text("SCHEMA_NAME")]), all(row, &["SCHEMA_NAME"]));
    }
    for row in raw.of("tables") {
        relation(raw, row, objects);
    }
    columns(raw, objects);
    for row in raw.of("triggers") {
        let name = row.table("TRIGGER_SCHEMA", "TRIGGER_NAME");
        objects.insert(
            key("trigger", &[&name.schema, &name.name]),
            told(raw, "TRIGGER", &name, all(row, &["TRIGGER_SCHEMA", "TRIGGER_NAME", "ACTION_STATEMENT"])),
        );
    }
    for (kind, question, name) in CODE {
        for row in raw.of(question) {
            let kind = format!("{kind}{}", row.text("ROUTINE_TYPE").to_ascii_lowercase());
            let parts: Vec<&str> = name.iter().map(|column| row.text(column)).collect();
            objects.insert(key(&kind, &parts), all(row, name));
        }
    }
    for row in raw.of("parameters") {
        let kind = format!("parameter of {}", row.text("ROUTINE_TYPE").to_ascii_lowercase());
        let parts = [row.text("SPECIFIC_SCHEMA"), row.text("SPECIFIC_NAME"), row.text("ORDINAL_POSITION")];
        objects.insert(key(&kind, &parts), all(row, &["SPECIFIC_SCHEMA", "SPECIFIC_NAME"]));
    }
    rights(raw, objects);
    found
}

type Objects = BTreeMap<String, Attributes>;

// Kind, question, columns with the name.
const CODE: [(&str, &str, &[&str]); 4] = [
    ("", "routines", &["ROUTINE_SCHEMA", "ROUTINE_NAME"]),
    ("event", "events", &["EVENT_SCHEMA", "EVENT_NAME"]),
    ("library", "libraries", &["LIBRARY_SCHEMA", "LIBRARY_NAME"]),
    ("histogram", "histograms", &["SCHEMA_NAME", "TABLE_NAME", "COLUMN_NAME"]),
];

fn relation(raw: &Raw, row: &Record, objects: &mut Objects) {
    let name = row.table("TABLE_SCHEMA", "TABLE_NAME");
    let parts = [name.schema.as_str(), name.name.as_str()];
    match row.text("TABLE_TYPE") {
        "VIEW" => {
            let views = raw.of("views").iter();
            let view = views.into_iter().find(|view| view.table("TABLE_SCHEMA", "TABLE_NAME") == name);
            let attributes = view.map(|view| all(view, &["TABLE_SCHEMA", "TABLE_NAME", "VIEW_DEFINITION"]));
            let mut attributes = told(raw, "VIEW", &name, attributes.unwrap_or_default());
            // Where it no longer works the server says so here.
            attributes.insert("state".to_owned(), row.text("TABLE_COMMENT").to_owned());
            objects.insert(key("view", &parts), attributes);
        }
        "SEQUENCE" => {
            objects.insert(key("sequence", &parts), told(raw, "SEQUENCE", &name, Attributes::new()));
        }
        kind => {
            let definition = definition_of(raw, &name);
            let mut attributes =
                all_of(row, &["ENGINE", "ROW_FORMAT", "TABLE_COLLATION", "CREATE_OPTIONS", "TABLE_COMMENT"]);
            attributes.insert("kind".to_owned(), kind.to_owned());
            attributes.insert("options".to_owned(), definition.options.clone());
            if !definition.others.is_empty() {
                attributes.insert("others".to_owned(), definition.others.join("\n"));
            }
            objects.insert(key("table", &parts), attributes);
            lines("index", &name, &definition.indexes, true, objects);
            // The server lists these in an order of its own.
            lines("constraint", &name, &definition.constraints, false, objects);
        }
    }
}

/// The text of a table, taken apart.
pub fn definition_of(raw: &Raw, table: &TableName) -> Definition {
    raw.created.get(&("TABLE", table.clone())).map(|sql| definition::parse(sql)).unwrap_or_default()
}

fn lines(kind: &str, table: &TableName, lines: &BTreeMap<String, Line>, placed: bool, objects: &mut Objects) {
    for (name, line) in lines {
        let mut attributes = Attributes::from([("sql".to_owned(), line.text.clone())]);
        if placed {
            attributes.insert("place".to_owned(), line.place.to_string());
        }
        objects.insert(key(kind, &[&table.schema, &table.name, name]), attributes);
    }
}

// A view's columns follow from its text.
fn columns(raw: &Raw, objects: &mut Objects) {
    let mut known: BTreeMap<TableName, Definition> = BTreeMap::new();
    for row in raw.of("columns") {
        let table = row.table("TABLE_SCHEMA", "TABLE_NAME");
        if !raw.created.contains_key(&("TABLE", table.clone())) {
            continue;
        }
        let definition = known.entry(table.clone()).or_insert_with_key(|table| definition_of(raw, table));
        let name = row.text("COLUMN_NAME");
        // What the text leaves out where it is the table's own.
        let mut attributes = all_of(row, &["CHARACTER_SET_NAME", "COLLATION_NAME", "SRS_ID"]);
        let line = definition.columns.get(name);
        attributes.insert(
            "sql".to_owned(),
            line.map_or_else(|| row.text("COLUMN_TYPE").to_owned(), |line| line.text.clone()),
        );
        attributes.insert("place".to_owned(), row.text("ORDINAL_POSITION").to_owned());
        objects.insert(key("column", &[&table.schema, &table.name, name]), attributes);
    }
}

fn rights(raw: &Raw, objects: &mut Objects) {
    for (question, object) in [
        ("rights on the database", &["TABLE_SCHEMA"][..]),
        ("rights on tables", &["TABLE_SCHEMA", "TABLE_NAME"]),
        ("rights on columns", &["TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME"]),
    ] {
        for row in raw.of(question) {
            let mut parts: Vec<&str> = object.iter().map(|column| row.text(column)).collect();
            parts.extend([row.text("GRANTEE"), row.text("PRIVILEGE_TYPE")]);
            objects.insert(key("right", &parts), all_of(row, &["IS_GRANTABLE"]));
        }
    }
    for row in raw.of("rights on routines") {
        let grantee = format!("'{}'@'{}'", row.text("User"), row.text("Host"));
        let kind = format!("right on {}", row.text("Routine_type").to_ascii_lowercase());
        objects.insert(key(&kind, &[row.text("Db"), row.text("Routine_name"), &grantee]), all_of(row, &["Proc_priv"]));
    }
}

fn told(raw: &Raw, kind: &'static str, name: &TableName, mut attributes: Attributes) -> Attributes {
    if let Some(sql) = raw.created.get(&(kind, name.clone())) {
        attributes.insert("sql".to_owned(), sql.clone());
    }
    attributes
}

fn all(row: &Record, left_out: &[&str]) -> Attributes {
    let kept = row.columns().filter(|(column, _)| !left_out.contains(column));
    kept.map(|(column, value)| (column.to_ascii_lowercase(), value.to_owned())).collect()
}

fn all_of(row: &Record, columns: &[&str]) -> Attributes {
    columns.iter().filter_map(|column| Some((column.to_ascii_lowercase(), row.get(column)?.to_owned()))).collect()
}
