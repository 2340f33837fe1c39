//! Tables, their columns and keys.

use std::collections::BTreeMap;

use super::super::catalogue::definition_of;
use super::super::read::{Raw, Record};
use crate::schema::{Column, ColumnKind, ForeignKey, Generator, Key, Table, TableName};

/// All tables that hold rows, of other databases those that are tied to ours.
pub fn tables(raw: &Raw) -> Vec<Table> {
    let columns = by_table(raw, "columns");
    let indexes = by_table(raw, "indexes");
    let references = by_table(raw, "references");
    let names: Vec<TableName> = raw.of("tables").iter().map(|row| row.table("TABLE_SCHEMA", "TABLE_NAME")).collect();
    let resolve = Resolve::new(raw, &names);
    let rows = raw.of("tables").iter().filter(|row| !matches!(row.text("TABLE_TYPE"), "VIEW" | "SEQUENCE"));
    rows.map(|row| {
        let name = row.table("TABLE_SCHEMA", "TABLE_NAME");
        let (primary_key, unique_keys) = keys(of(&indexes, &name));
        let number = |column: &str| row.text(column).parse::<u64>().unwrap_or_default();
        Table {
            columns: of(&columns, &name).iter().map(|row| column(row, raw.is_mariadb())).collect(),
            primary_key,
            unique_keys,
            foreign_keys: foreign_keys(raw, &name, of(&references, &name), &resolve),
            parents: Vec::new(),
            rows: number("TABLE_ROWS"),
            rows_estimated: true,
            bytes: number("DATA_LENGTH") + number("INDEX_LENGTH"),
            definition: raw.created.get(&("TABLE", name.clone())).cloned(),
            partitioned: None,
            name,
        }
    })
    .collect()
}

fn by_table<'a>(raw: &'a Raw, question: &str) -> BTreeMap<TableName, Vec<&'a Record>> {
    let mut found: BTreeMap<TableName, Vec<&Record>> = BTreeMap::new();
    for row in raw.of(question) {
        found.entry(row.table("TABLE_SCHEMA", "TABLE_NAME")).or_default().push(row);
    }
    found
}

fn of<'a, 'r>(rows: &'a BTreeMap<TableName, Vec<&'r Record>>, table: &TableName) -> &'a [&'r Record] {
    rows.get(table).map(Vec::as_slice).unwrap_or_default()
}

// The name of the column, where all of it is indexed.
fn whole<'a>(row: &&'a Record) -> Option<&'a str> {
    row.get("SUB_PART").is_none().then(|| row.get("COLUMN_NAME")).flatten()
}

fn column(row: &Record, mariadb: bool) -> Column {
    let default = default(row, mariadb);
    Column {
        name: row.text("COLUMN_NAME").to_owned(),
        type_name: row.text("COLUMN_TYPE").to_owned(),
        domain_over: None,
        kind: kind(row.text("DATA_TYPE")),
        nullable: row.text("IS_NULLABLE") == "YES",
        generator: generator(row, default.as_deref()),
        default,
        inherited: false,
    }
}

fn kind(type_name: &str) -> ColumnKind {
    match type_name {
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" => ColumnKind::Integer,
        "decimal" => ColumnKind::Numeric,
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" => ColumnKind::Text,
        "uuid" => ColumnKind::Uuid,
        _ => ColumnKind::Other,
    }
}

// MariaDB keeps an expression, where NULL is one too. MySQL keeps a bare value unless it says
// that it is an expression.
fn default(row: &Record, mariadb: bool) -> Option<String> {
    let text = row.get("COLUMN_DEFAULT")?;
    if mariadb {
        return (text != "NULL").then(|| text.to_owned());
    }
    let computed = row.text("EXTRA").contains("DEFAULT_GENERATED");
    let number = matches!(kind(row.text("DATA_TYPE")), ColumnKind::Integer | ColumnKind::Numeric);
    Some(if computed || number { text.to_owned() } else { super::quote::literal(text) })
}

fn generator(row: &Record, default: Option<&str>) -> Generator {
    if row.text("EXTRA").to_lowercase().contains("auto_increment") {
        return Generator::AutoIncrement;
    }
    let sequence = default.and_then(|text| text.strip_prefix("nextval(")?.strip_suffix(')'));
    sequence.map_or(Generator::None, |sequence| Generator::Sequence { sequence: sequence.to_owned() })
}

fn keys(rows: &[&Record]) -> (Option<Key>, Vec<Key>) {
    let mut found: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.text("NON_UNIQUE") == "0") {
        found.entry(row.text("INDEX_NAME")).or_default().push(row);
    }
    let mut all = found.into_iter().filter_map(|(name, rows)| {
        let columns = rows.iter().map(|row| whole(row).map(str::to_owned)).collect::<Option<Vec<_>>>()?;
        Some(Key { name: name.to_owned(), columns })
    });
    let mut primary = None;
    let unique = all.by_ref().filter_map(|key| {
        if key.name == "PRIMARY" {
            primary = Some(key);
            return None;
        }
        Some(key)
    });
    let unique = unique.collect();
    (primary, unique)
}

// Where case is nothing to the names of tables, a reference may spell its table otherwise.
struct Resolve {
    lower: Option<BTreeMap<(String, String), TableName>>,
}

impl Resolve {
    fn new(raw: &Raw, names: &[TableName]) -> Resolve {
        let sensitive = raw.server.get("lower_case_table_names").is_none_or(|value| value == "0");
        let lower = |name: &TableName| (name.schema.to_lowercase(), name.name.to_lowercase());
        Resolve { lower: (!sensitive).then(|| names.iter().map(|name| (lower(name), name.clone())).collect()) }
    }

    fn table(&self, name: TableName) -> TableName {
        let known =
            self.lower.as_ref().and_then(|all| all.get(&(name.schema.to_lowercase(), name.name.to_lowercase())));
        known.cloned().unwrap_or(name)
    }
}

fn foreign_keys(raw: &Raw, table: &TableName, rows: &[&Record], resolve: &Resolve) -> Vec<ForeignKey> {
    let definition = definition_of(raw, table);
    let mut found: Vec<ForeignKey> = Vec::new();
    for row in rows {
        let name = row.text("CONSTRAINT_NAME");
        if found.last().is_none_or(|key| key.name != name) {
            found.push(ForeignKey {
                name: name.to_owned(),
                columns: Vec::new(),
                parent: resolve.table(row.table("REFERENCED_TABLE_SCHEMA", "REFERENCED_TABLE_NAME")),
                parent_columns: Vec::new(),
                definition: definition.constraints.get(name).map(|line| line.text.clone()).unwrap_or_default(),
                validated: true,
                comment: None,
            });
        }
        if let Some(key) = found.last_mut() {
            key.columns.push(row.text("COLUMN_NAME").to_owned());
            key.parent_columns.push(row.text("REFERENCED_COLUMN_NAME").to_owned());
        }
    }
    found
}
