//! From what SQLite says of its schema to the schema as Rekey knows it.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::catalogue;
use super::ddl::TableText;
use super::obstacle::obstacles;
use super::quote;
use super::read::{ColumnRow, ForeignKeyRow, Raw};
use crate::schema::{
    Column, ColumnKind, Dependent, DependentKind, EngineKind, ForeignKey, Generator, Key, Schema, Table, TableName,
};

/// Makes the schema; rows are counted by the caller.
pub fn schema(raw: &Raw, database: String) -> Schema {
    let open = open_columns(raw);
    let names = raw.columns.keys().filter(|name| is_ordinary(raw, name));
    let tables = names.map(|name| (table_name(name), table(raw, name, &open))).collect();
    Schema {
        engine: EngineKind::Sqlite,
        server_version: rusqlite::version().to_owned(),
        database,
        tables,
        dependents: dependents(raw),
        obstacles: obstacles(raw),
        system_tables: raw.system.iter().cloned().collect(),
        index_names: BTreeSet::new(),
        catalogue: catalogue(raw),
    }
}

/// The name of a table with SQLite's only schema.
pub fn table_name(name: &str) -> TableName {
    TableName::new("main", name)
}

// Shadow tables are the inner life of a virtual table.
fn is_ordinary(raw: &Raw, name: &str) -> bool {
    raw.tables.get(name).is_some_and(|table| table.kind == "table")
}

fn table(raw: &Raw, name: &str, open: &BTreeMap<(String, String), ColumnKind>) -> Table {
    let rows = raw.columns.get(name).map(Vec::as_slice).unwrap_or_default();
    let alias = raw.rowid_alias(name);
    let sql = raw.sql("table", name).unwrap_or_default();
    let autoincrement =
        TableText::parse(sql).is_some_and(|text| text.tokens.iter().any(|token| token.is("AUTOINCREMENT")));
    let without_rowid = raw.tables.get(name).is_some_and(|table| table.without_rowid);
    let column = |row: &ColumnRow| {
        let is_alias = alias == Some(&row.name);
        Column {
            name: row.name.clone(),
            type_name: row.type_name.clone(),
            domain_over: None,
            kind: open.get(&(name.to_owned(), row.name.clone())).copied().unwrap_or_else(|| kind(&row.type_name)),
            nullable: !(row.not_null || is_alias || (without_rowid && row.key > 0)),
            default: row.default.clone(),
            generator: if is_alias { Generator::RowId { autoincrement } } else { Generator::None },
            inherited: false,
        }
    };
    Table {
        name: table_name(name),
        columns: rows.iter().map(column).collect(),
        primary_key: primary_key(raw, name),
        unique_keys: unique_keys(raw, name),
        foreign_keys: foreign_keys(raw, name),
        parents: Vec::new(),
        rows: 0,
        rows_estimated: false,
        bytes: 0,
        definition: Some(sql.to_owned()),
        partitioned: None,
    }
}

fn primary_key(raw: &Raw, table: &str) -> Option<Key> {
    let columns: Vec<String> = raw.key(table).into_iter().map(str::to_owned).collect();
    (!columns.is_empty()).then(|| Key { name: format!("{table}_pk"), columns })
}

fn unique_keys(raw: &Raw, table: &str) -> Vec<Key> {
    let indexes = raw.indexes.get(table).into_iter().flatten();
    let whole = indexes.filter(|index| index.unique && !index.partial && index.origin != "pk");
    whole
        .filter_map(|index| {
            let columns = index.columns.iter().map(|column| column.name.clone()).collect::<Option<Vec<_>>>()?;
            Some(Key { name: index.name.clone(), columns })
        })
        .collect()
}

/// The foreign keys of a table whose parent is there.
pub fn foreign_keys(raw: &Raw, table: &str) -> Vec<ForeignKey> {
    let mut found: BTreeMap<&str, ForeignKey> = BTreeMap::new();
    let mut order = Vec::new();
    for row in raw.foreign_keys.get(table).into_iter().flatten() {
        let Some(parent) = raw.table_named(&row.parent) else { continue };
        let key = found.entry(&row.id).or_insert_with(|| {
            order.push(row.id.as_str());
            empty_key(table, parent, row)
        });
        let place = key.columns.len();
        let Some(referenced) = parent_column(raw, parent, row, place) else { continue };
        key.columns.push(row.from.clone());
        key.parent_columns.push(referenced);
    }
    let mut keys: Vec<ForeignKey> = order.iter().filter_map(|id| found.remove(id)).collect();
    for key in &mut keys {
        key.definition = definition(key);
    }
    keys.retain(|key| !key.columns.is_empty());
    keys
}

fn empty_key(table: &str, parent: &str, row: &ForeignKeyRow) -> ForeignKey {
    let [update, delete, _] = &row.actions;
    ForeignKey {
        name: format!("{table}_fk_{}", row.id),
        columns: Vec::new(),
        parent: table_name(parent),
        parent_columns: Vec::new(),
        // Completed once all columns are known.
        definition: format!("ON UPDATE {update} ON DELETE {delete}"),
        validated: true,
        comment: None,
    }
}

fn definition(key: &ForeignKey) -> String {
    let list = |columns: &[String]| quote::names(columns.iter().map(String::as_str));
    format!(
        "FOREIGN KEY ({}) REFERENCES {} ({}) {}",
        list(&key.columns),
        quote::name(&key.parent.name),
        list(&key.parent_columns),
        key.definition
    )
}

fn parent_column(raw: &Raw, parent: &str, row: &ForeignKeyRow, place: usize) -> Option<String> {
    let Some(wanted) = &row.to else {
        return raw.key(parent).get(place).map(|column| (*column).to_owned());
    };
    let columns = raw.columns.get(parent)?;
    columns.iter().find(|column| column.name.eq_ignore_ascii_case(wanted)).map(|column| column.name.clone())
}

/// What a column of that type holds, by SQLite's own rules of affinity in their order.
pub fn kind(type_name: &str) -> ColumnKind {
    let upper = type_name.to_ascii_uppercase();
    let has = |part: &str| upper.contains(part);
    if has("INT") {
        ColumnKind::Integer
    } else if has("UUID") || has("GUID") {
        ColumnKind::Uuid
    } else if has("CHAR") || has("CLOB") || has("TEXT") {
        ColumnKind::Text
    } else if upper.is_empty() || has("BLOB") || has("REAL") || has("FLOA") || has("DOUB") {
        ColumnKind::Other
    } else {
        ColumnKind::Numeric
    }
}

// A reference without a type holds what its key does, and one with a general numeric type
// whole numbers where its key does; the probe looks at the values.
fn open_columns(raw: &Raw) -> BTreeMap<(String, String), ColumnKind> {
    let mut found: BTreeMap<(String, String), ColumnKind> = BTreeMap::new();
    let declared = |table: &str, name: &str| {
        let column = raw.columns.get(table).into_iter().flatten().find(|column| column.name == name);
        column.map(|column| column.type_name.to_ascii_uppercase()).unwrap_or_default()
    };
    loop {
        let before = found.len();
        for table in raw.columns.keys() {
            for key in foreign_keys(raw, table) {
                for (child, parent) in key.columns.iter().zip(&key.parent_columns) {
                    let of_parent = found.get(&(key.parent.name.clone(), parent.clone())).copied();
                    let of_parent = of_parent.unwrap_or_else(|| kind(&declared(&key.parent.name, parent)));
                    let type_name = declared(table, child);
                    let open = match of_parent {
                        ColumnKind::Integer => type_name.is_empty() || kind(&type_name) == ColumnKind::Numeric,
                        ColumnKind::Text => type_name.is_empty(),
                        ColumnKind::Numeric | ColumnKind::Uuid | ColumnKind::Other => false,
                    };
                    if open {
                        found.entry((table.clone(), child.clone())).or_insert(of_parent);
                    }
                }
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

// SQLite checks every view and trigger whenever a table is renamed, so all of them are
// taken away and put back in their order.
fn dependents(raw: &Raw) -> Vec<Dependent> {
    let mut found = Vec::new();
    for object in &raw.objects {
        let (kind, word) = match object.kind.as_str() {
            "view" => (DependentKind::View, "VIEW"),
            "trigger" => (DependentKind::Trigger, "TRIGGER"),
            _ => continue,
        };
        found.push(Dependent {
            kind,
            name: format!("main.{}", object.name),
            on: None,
            objects: Vec::new(),
            columns: Vec::new(),
            requires: Vec::new(),
            drop: vec![format!("DROP {word} {}", quote::name(&object.name))],
            create: vec![object.sql.clone()],
            for_good: None,
        });
    }
    found
}
