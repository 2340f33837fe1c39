//! The canonical catalogue of a SQLite file.
//!
//! Left out: the values in `sqlite_sequence` and the planner's statistics, which change
//! with the rows, and the names of the indexes that SQLite numbers by itself.

use std::collections::BTreeMap;

use super::read::{ColumnRow, ForeignKeyRow, IndexColumn, IndexRow, Object, Raw};
use crate::schema::{Attributes, Catalogue};

/// Makes the catalogue of what was read.
pub fn catalogue(raw: &Raw) -> Catalogue {
    let mut found = Catalogue::default();
    let objects = &mut found.objects;
    objects.insert("database main".to_owned(), raw.settings.clone());
    for (place, object) in raw.objects.iter().enumerate() {
        objects.insert(object_name(&object.kind, &object.name), object_attributes(raw, place, object));
    }
    for (table, columns) in &raw.columns {
        for (place, column) in columns.iter().enumerate() {
            objects.insert(column_name(table, &column.name), column_attributes(table, place, column));
        }
    }
    for (table, rows) in &raw.foreign_keys {
        for (id, attributes) in foreign_keys(rows) {
            objects.insert(foreign_key_name(table, &format!("{table}_fk_{id}")), attributes);
        }
    }
    for (table, indexes) in &raw.indexes {
        for index in indexes.iter().filter(|index| index.origin != "c") {
            objects.insert(key_name(table, index.origin == "pk", &columns(index)), key_attributes());
        }
    }
    found
}

/// The key under which an object stands in the catalogue.
pub fn object_name(kind: &str, name: &str) -> String {
    format!("{kind} main.{name}")
}

/// The key under which a column stands in the catalogue.
pub fn column_name(table: &str, column: &str) -> String {
    format!("column main.{table}.{column}")
}

/// The key under which a reference stands in the catalogue.
pub fn foreign_key_name(table: &str, name: &str) -> String {
    format!("foreign key main.{table}.{name}")
}

/// The key under which the index behind a PRIMARY KEY or UNIQUE clause stands.
pub fn key_name(table: &str, is_primary: bool, columns: &str) -> String {
    let clause = if is_primary { "primary key" } else { "unique key" };
    format!("{clause} main.{table} ({columns})")
}

/// The attributes of the index behind a PRIMARY KEY or UNIQUE clause.
pub fn key_attributes() -> Attributes {
    attributes([("index", "yes")])
}

fn object_attributes(raw: &Raw, place: usize, object: &Object) -> Attributes {
    let mut found = attributes([("sql", object.sql.as_str()), ("table", &object.table), ("place", &place.to_string())]);
    if object.kind == "table"
        && let Some(table) = raw.tables.get(&object.name)
    {
        found.extend(attributes([
            ("kind", table.kind.as_str()),
            ("without_rowid", yes_no(table.without_rowid)),
            ("strict", yes_no(table.strict)),
        ]));
    }
    let index = raw.indexes.get(&object.table).into_iter().flatten().find(|index| index.name == object.name);
    if let Some(index) = index.filter(|_| object.kind == "index") {
        let list = columns(index);
        found.extend(attributes([
            ("columns", list.as_str()),
            ("unique", yes_no(index.unique)),
            ("partial", yes_no(index.partial)),
        ]));
    }
    found
}

fn column_attributes(table: &str, place: usize, column: &ColumnRow) -> Attributes {
    let mut found = attributes([
        ("table", table),
        ("name", &column.name),
        ("place", place.to_string().as_str()),
        ("type", &column.type_name),
        ("not_null", yes_no(column.not_null)),
        ("key", &column.key.to_string()),
        ("generated", yes_no(column.generated)),
    ]);
    found.extend(column.default.clone().map(|default| ("default".to_owned(), default)));
    found
}

fn foreign_keys(rows: &[ForeignKeyRow]) -> BTreeMap<&str, Attributes> {
    let mut found: BTreeMap<&str, Attributes> = BTreeMap::new();
    for row in rows {
        let [update, delete, matching] = &row.actions;
        let entry = found.entry(&row.id).or_insert_with(|| {
            attributes([
                ("parent", row.parent.as_str()),
                ("on_update", update),
                ("on_delete", delete),
                ("match", matching),
                ("columns", ""),
            ])
        });
        let pair = pair(&row.from, row.to.as_deref());
        if let Some(columns) = entry.get_mut("columns") {
            *columns = if columns.is_empty() { pair } else { format!("{columns}, {pair}") };
        }
    }
    found
}

fn pair(from: &str, to: Option<&str>) -> String {
    format!("{from} -> {}", to.unwrap_or("(primary key)"))
}

/// The columns of a reference as the catalogue has them, where the text names both.
pub fn pairs(from: &[String], to: &[String]) -> String {
    from.iter().zip(to).map(|(from, to)| pair(from, Some(to))).collect::<Vec<_>>().join(", ")
}

fn columns(index: &IndexRow) -> String {
    let one = |column: &IndexColumn| {
        indexed(column.name.as_deref().unwrap_or("(expression)"), &column.collation, column.descending)
    };
    index.columns.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// One column of an index with its collation and direction.
pub fn indexed(name: &str, collation: &str, descending: bool) -> String {
    format!("{name} {collation}{}", if descending { " DESC" } else { "" })
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn attributes<const N: usize>(pairs: [(&str, &str); N]) -> Attributes {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
