//! What is to be done to which table, worked out once for all statements.

use std::collections::BTreeMap;

use super::super::catalogue::{column_name, object_name};
use super::super::ddl::{Change, Changes, converted};
use super::super::helper::Names;
use super::super::uuid;
use super::{dropped, repoint, slug, unindexed};
use crate::dialect::unindexed::Reference;
use crate::plan::{Conversion, ConversionKind, Storage};
use crate::schema::{Attributes, Column, EngineKind, Generator, Schema, Table, TableName};
use crate::{Error, Result};

/// Everything that the statements are written from.
pub struct Work<'a> {
    pub schema: &'a Schema,
    pub conversions: &'a [Conversion],
    /// True for sessions of ours, which have functions of their own.
    pub own: bool,
    pub names: Names,
    /// The tables that are rebuilt, in the schema's order.
    pub tables: Vec<TableWork<'a>>,
    /// The references that get an index, with its name.
    pub made: Vec<(Reference<'a>, String)>,
}

/// One table with converted columns, or a new one.
pub struct TableWork<'a> {
    pub table: &'a Table,
    /// Its number among the tables, from 1.
    pub number: usize,
    /// The conversion of each converted column.
    pub columns: BTreeMap<&'a str, ColumnWork>,
    /// The text that creates it, as it is.
    pub before: &'a str,
    /// The text that creates it, as it will be.
    pub after: String,
    /// The texts of its indexes, in the schema's order.
    pub indexes: Vec<&'a str>,
    /// The names of those that stay and have an entry for every row.
    pub names: Vec<&'a str>,
    /// The names of those that an answer takes away.
    pub dropped: Vec<&'a str>,
    /// The column of short ids that it gets.
    pub slug: Option<&'a str>,
}

/// What happens to one column.
#[derive(Debug, Clone, Copy)]
pub struct ColumnWork {
    /// Number of the conversion.
    pub conversion: usize,
    /// True for the whole primary key of its table.
    pub key: bool,
    /// True where SQLite gave new rows their key, which a default must do from now on.
    pub generated: bool,
}

impl<'a> Work<'a> {
    pub fn new(schema: &'a Schema, conversions: &'a [Conversion]) -> Result<Self> {
        let names = Names::new(&schema.catalogue.fingerprint(), conversions);
        let mut columns: BTreeMap<&TableName, BTreeMap<&str, ColumnWork>> = BTreeMap::new();
        for (number, conversion) in conversions.iter().enumerate() {
            for member in &conversion.members {
                let is_root = member.column == conversion.root;
                let work = column_work(schema, number, &member.column.table, &member.column.column, is_root)?;
                columns.entry(&member.column.table).or_default().insert(&member.column.column, work);
            }
        }
        for conversion in conversions.iter().filter(|conversion| conversion.slug.is_some()) {
            columns.entry(&conversion.root.table).or_default();
        }
        let mut tables = Vec::new();
        for (name, columns) in columns {
            tables.push(TableWork::new(schema, conversions, name, columns)?);
        }
        tables.sort_by_key(|work| place(schema, "table", &work.table.name.name));
        for (number, table) in tables.iter_mut().enumerate() {
            table.number = number + 1;
        }
        let made = unindexed::wanted(schema, conversions);
        Ok(Work { schema, conversions, own: true, names, tables, made })
    }

    /// The work on a table, where there is any.
    pub fn table(&self, name: &TableName) -> Option<&TableWork<'a>> {
        self.tables.iter().find(|work| &work.table.name == name)
    }

    /// The conversion of a column, where it is converted.
    pub fn column(&self, table: &TableName, column: &str) -> Option<ColumnWork> {
        self.table(table)?.columns.get(column).copied()
    }

    /// The conversion with that number.
    pub fn conversion(&self, number: usize) -> Result<&'a Conversion> {
        let missing = || Error::Internal { detail: format!("there is no conversion {number}") };
        self.conversions.get(number).ok_or_else(missing)
    }

    /// True where the values of a conversion are texts already.
    pub fn is_text(&self, number: usize) -> bool {
        self.conversions.get(number).is_some_and(|conversion| conversion.kind == ConversionKind::TextToUuid)
    }

    /// How the new ids of a conversion are stored.
    pub fn storage(&self, number: usize) -> Storage {
        self.conversions.get(number).map_or(Storage::Char36, |conversion| conversion.storage)
    }

    /// Number of a passing table that is not the rebuild of a table.
    pub fn spare(&self, number: usize) -> usize {
        if number == 0 { 0 } else { self.tables.len() + number }
    }
}

impl<'a> TableWork<'a> {
    fn new(
        schema: &'a Schema,
        conversions: &'a [Conversion],
        name: &TableName,
        columns: BTreeMap<&'a str, ColumnWork>,
    ) -> Result<Self> {
        let table = schema.tables.get(name).ok_or_else(|| unknown(&name.to_string()))?;
        let before = table.definition.as_deref().unwrap_or_default();
        let slug = slug::of(conversions, name);
        let of = |work: &ColumnWork| conversions.get(work.conversion);
        let defaults: BTreeMap<&str, Option<String>> = columns
            .iter()
            .map(|(column, work)| {
                (*column, of(work).filter(|_| work.generated).and_then(|one| uuid::default(schema, one)))
            })
            .collect();
        let change = |(column, work): (&&'a str, &ColumnWork)| {
            Some(Change {
                column,
                type_name: of(work)?.storage.type_name(EngineKind::Sqlite),
                key: work.key,
                default: defaults.get(column).and_then(Option::as_deref),
            })
        };
        let changes = Changes {
            columns: columns.iter().filter_map(change).collect(),
            led: repoint::led_in(conversions, table),
            added: slug.map(slug::definition),
            without: dropped::conditions(conversions, table),
        };
        let after = converted(before, &changes)
            .ok_or_else(|| Error::Internal { detail: format!("the text of {name} cannot be read: {before}") })?;
        let indexes = indexes(schema, &name.name);
        let dropped = dropped::indexes(schema, conversions, table);
        let mut names = whole_indexes(schema, &name.name);
        names.retain(|index| !dropped.contains(index));
        Ok(TableWork { table, number: 0, indexes, names, dropped, before, after, columns, slug })
    }

    /// True where SQLite kept the table's highest number in `sqlite_sequence` and will not
    /// any more.
    pub fn leaves_sequence(&self) -> bool {
        self.table.columns.iter().any(|column| {
            column.generator == (Generator::RowId { autoincrement: true })
                && self.columns.contains_key(column.name.as_str())
        })
    }

    /// True where a converted column was another name for the rowid.
    pub fn converts_rowid(&self) -> bool {
        self.table.columns.iter().any(|column| {
            matches!(column.generator, Generator::RowId { .. }) && self.columns.contains_key(column.name.as_str())
        })
    }
}

fn column_work(
    schema: &Schema,
    conversion: usize,
    table: &TableName,
    column: &str,
    is_root: bool,
) -> Result<ColumnWork> {
    let found = schema.tables.get(table).ok_or_else(|| unknown(&table.to_string()))?;
    let row = found.column(column).ok_or_else(|| unknown(&format!("{table}.{column}")))?;
    let alias = matches!(row.generator, Generator::RowId { .. });
    Ok(ColumnWork { conversion, key: found.single_key() == Some(column), generated: alias && is_root })
}

fn unknown(name: &str) -> Error {
    Error::Internal { detail: format!("{name} is converted but not in the schema") }
}

/// The name under which the hidden number of a row can be reached, where there is one.
pub fn rowid(schema: &Schema, table: &Table) -> Option<&'static str> {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    rowid_beside(schema, &table.name.name, &columns)
}

/// As [`rowid`], for a table of which only the columns are known.
pub fn rowid_beside(schema: &Schema, table: &str, columns: &[&str]) -> Option<&'static str> {
    if attribute(schema, "table", table, "without_rowid") == Some("yes") {
        return None;
    }
    let free = |name: &&str| !columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    ["rowid", "_rowid_", "oid"].into_iter().find(free)
}

/// True where a query can give that many columns and the row's number too: no query has more
/// than 2000 columns, and no table either.
pub fn fits(columns: usize) -> bool {
    columns < 2000
}

/// The columns that hold values of their own.
pub fn stored<'a>(schema: &'a Schema, table: &'a Table) -> impl Iterator<Item = &'a Column> {
    table.columns.iter().filter(|column| {
        let attributes = schema.catalogue.objects.get(&column_name(&table.name.name, &column.name));
        attributes.and_then(|attributes| attributes.get("generated")).is_none_or(|generated| generated == "no")
    })
}

fn attribute<'a>(schema: &'a Schema, kind: &str, name: &str, attribute: &str) -> Option<&'a str> {
    schema.catalogue.objects.get(&object_name(kind, name))?.get(attribute).map(String::as_str)
}

/// The place of an object in the schema.
pub fn place(schema: &Schema, kind: &str, name: &str) -> usize {
    schema.catalogue.objects.get(&object_name(kind, name)).map_or(0, place_of)
}

fn place_of(attributes: &Attributes) -> usize {
    attributes.get("place").and_then(|place| place.parse().ok()).unwrap_or_default()
}

// Those with a text of their own that leave no row out.
fn whole_indexes<'a>(schema: &'a Schema, table: &str) -> Vec<&'a str> {
    let own = |index: &Attributes| {
        index.get("table").is_some_and(|name| name == table) && index.get("partial").is_some_and(|word| word == "no")
    };
    let objects = schema.catalogue.objects.iter().filter(|(_, index)| own(index));
    objects.filter_map(|(name, _)| name.strip_prefix("index main.")).collect()
}

fn indexes<'a>(schema: &'a Schema, table: &str) -> Vec<&'a str> {
    let objects = schema.catalogue.objects.iter().filter(|(name, _)| name.starts_with("index "));
    let own =
        objects.map(|(_, attributes)| attributes).filter(|index| index.get("table").is_some_and(|name| name == table));
    let mut found: Vec<(usize, &str)> = own
        .filter_map(|index| Some((place_of(index), index.get("sql")?.as_str())))
        .filter(|(_, sql)| !sql.is_empty())
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, sql)| sql).collect()
}
