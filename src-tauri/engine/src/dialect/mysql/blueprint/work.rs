//! What is to be done to which table, worked out once for all statements.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::conditions;
use super::super::ddl::{ColumnText, ConstraintText, IndexText, TableText};
use super::super::helper::Names;
use super::super::quote;
use super::super::unindexed;
use super::super::uuid;
use super::super::version::Version;
use super::{map, repoint, slug};
use crate::dialect::unindexed::Reference;
use crate::plan::{Conversion, ConversionKind};
use crate::schema::{ColumnKind, ColumnName, ForeignKey, Generator, Schema, Table, TableName};
use crate::{Error, Result};

/// Everything that the statements are written from.
pub struct Work<'a> {
    pub schema: &'a Schema,
    pub conversions: &'a [Conversion],
    pub version: Version,
    pub names: Names,
    /// The tables with converted columns, in order of name.
    pub tables: Vec<TableWork<'a>>,
}

/// One table with converted columns.
pub struct TableWork<'a> {
    pub table: &'a Table,
    /// Its number among the tables, from 1.
    pub number: usize,
    /// The number of the conversion of each converted column.
    pub columns: BTreeMap<&'a str, usize>,
    /// The text that creates it, in its parts.
    pub text: TableText,
    /// The column of short ids that it gets.
    pub slug: Option<&'a str>,
}

/// In which direction tables are made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Old keys become new ones.
    Forward,
    /// New keys become old ones.
    Back,
}

impl Way {
    /// The opposite.
    pub fn other(self) -> Way {
        match self {
            Way::Forward => Way::Back,
            Way::Back => Way::Forward,
        }
    }
}

impl<'a> Work<'a> {
    pub fn new(schema: &'a Schema, conversions: &'a [Conversion]) -> Result<Self> {
        let unknown =
            || Error::Internal { detail: format!("the server's version {} cannot be read", schema.server_version) };
        let mut columns: BTreeMap<&TableName, BTreeMap<&str, usize>> = BTreeMap::new();
        for table in slug_tables(conversions) {
            columns.entry(table).or_default();
        }
        for (number, conversion) in conversions.iter().enumerate() {
            for member in &conversion.members {
                columns.entry(&member.column.table).or_default().insert(&member.column.column, number);
            }
        }
        let mut tables = Vec::new();
        for (number, (name, columns)) in columns.into_iter().enumerate() {
            let slug = conversions.iter().find(|one| one.root.table == *name && one.slug.is_some());
            let slug = slug.and_then(|one| one.slug.as_deref());
            tables.push(TableWork { slug, ..table_work(schema, name, columns, number + 1)? });
        }
        Ok(Work {
            schema,
            conversions,
            version: Version::parse(&schema.server_version).ok_or_else(unknown)?,
            names: Names::new(&schema.catalogue.fingerprint(), conversions),
            tables,
        })
    }

    /// The work on the table of that name, where it has converted columns.
    pub fn table(&self, name: &TableName) -> Option<&TableWork<'a>> {
        self.tables.iter().find(|work| work.table.name == *name)
    }

    /// The conversion that a column belongs to.
    pub fn conversion(&self, column: &ColumnName) -> Option<usize> {
        self.table(&column.table)?.columns.get(column.column.as_str()).copied()
    }

    /// True where the keys of that conversion are texts.
    pub fn is_text(&self, number: usize) -> bool {
        self.conversions.get(number).is_some_and(|one| one.kind == ConversionKind::TextToUuid)
    }

    /// The type of the new ids of that conversion.
    pub fn new_type(&self, number: usize) -> String {
        let Some(conversion) = self.conversions.get(number) else { return String::new() };
        let given = repoint::type_of_target(self, conversion);
        given.unwrap_or_else(|| uuid::column_type(conversion.storage).to_owned())
    }

    /// A table by the name it has while it is built beside the live one; any other by its own.
    pub fn aside(&self, name: &TableName) -> String {
        self.table(name).map_or_else(|| quote::table(name), |work| work.building(self))
    }

    /// The foreign keys of other tables, without converted columns, that lead to a table that
    /// is exchanged. The server lets them follow the old one, so they are led back.
    pub fn outside(&self) -> Vec<(&'a Table, &'a ForeignKey)> {
        let others = self.schema.tables.values().filter(|table| self.table(&table.name).is_none());
        others
            .flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)))
            .filter(|(_, key)| self.table(&key.parent).is_some())
            .collect()
    }
}

/// The tables that get a column of short ids.
pub fn slug_tables(conversions: &[Conversion]) -> impl Iterator<Item = &TableName> {
    conversions.iter().filter(|one| one.slug.is_some()).map(|one| &one.root.table)
}

fn table_work<'a>(
    schema: &'a Schema,
    name: &TableName,
    columns: BTreeMap<&'a str, usize>,
    number: usize,
) -> Result<TableWork<'a>> {
    let unreadable = || Error::Internal { detail: format!("the text of {name} cannot be read") };
    let table = schema.tables.get(name).ok_or_else(unreadable)?;
    let text = table.definition.as_deref().and_then(TableText::parse).ok_or_else(unreadable)?;
    Ok(TableWork { table, number, columns, text, slug: None })
}

impl<'a> TableWork<'a> {
    /// The table's own name, as SQL.
    pub fn live(&self) -> String {
        quote::table(&self.table.name)
    }

    /// The new table while it is built, as SQL.
    pub fn building(&self, work: &Work<'_>) -> String {
        self.beside(&self.building_name(work))
    }

    /// The same without quotes and database.
    pub fn building_name(&self, work: &Work<'_>) -> String {
        work.names.building(self.number, &self.table.name.name)
    }

    /// The name of the new table while it is built.
    pub fn built(&self, work: &Work<'_>) -> TableName {
        TableName { schema: self.table.name.schema.clone(), name: self.building_name(work) }
    }

    /// Where the table goes that is exchanged for the new one, as SQL.
    pub fn away(&self, work: &Work<'_>, way: Way) -> String {
        self.beside(&self.away_name(work, way))
    }

    /// The same without quotes and database.
    pub fn away_name(&self, work: &Work<'_>, way: Way) -> String {
        let live = &self.table.name.name;
        match way {
            Way::Forward => work.names.old(self.number, live),
            Way::Back => work.names.new_away(self.number, live),
        }
    }

    fn beside(&self, name: &str) -> String {
        quote::table(&TableName { schema: self.table.name.schema.clone(), name: name.to_owned() })
    }

    /// A column whose map the server is told to list in its memory, and to go through the rows
    /// once, which takes half of the time that looking each one up in a large index takes. Of a
    /// row that the map lacks nothing is left, which the number of rows tells; so it must not be
    /// NULL. The table's own key is looked up in its order, which is quick.
    pub fn listed(&self, work: &Work<'_>, way: Way) -> Option<(&'a str, usize)> {
        let reference = |(column, number): (&&'a str, &usize)| {
            let own = self.table.column(column).filter(|own| self.stored().any(|name| name == own.name))?;
            let plain = work.conversions[*number].kind == ConversionKind::IntToUuid && !own.nullable;
            (plain && self.table.single_key() != Some(*column)).then_some((*column, *number))
        };
        let found = self.columns.iter().find_map(reference);
        found.filter(|_| way == Way::Forward && work.version.is_mariadb())
    }

    /// The ids of the steps that make the maps which its rows need.
    pub fn maps(&self, work: &Work<'_>, way: Way) -> Vec<String> {
        let numbers: std::collections::BTreeSet<usize> = self.columns.values().copied().collect();
        numbers.into_iter().map(|number| map::step_id(work, number, way)).collect()
    }

    /// The columns that hold values of their own: generated ones are computed again.
    pub fn stored(&self) -> impl Iterator<Item = &'a str> + use<'a, '_> {
        let written = |name: &&str| self.text.column(name).is_some_and(|column| !column.is_generated());
        self.table.columns.iter().map(|column| column.name.as_str()).filter(written)
    }

    /// The column by which rows are copied a slice at a time: a key that is one whole number.
    pub fn slices_by(&self) -> Option<&'a str> {
        let key = self.table.single_key()?;
        let column = self.table.column(key)?;
        (column.kind == ColumnKind::Integer).then_some(key)
    }

    /// The text that creates the table beside the live one, with the new types, without
    /// foreign keys (their names are taken) and without the indexes, which are built faster
    /// once the rows are there.
    pub fn create(&self, work: &Work<'_>, way: Way) -> Result<String> {
        let mut parts = Vec::new();
        for column in self.text.columns.iter().filter(|column| way == Way::Back || !self.loses(work, &column.name)) {
            parts.push(match (way, self.columns.get(column.name.as_str())) {
                (Way::Forward, Some(&number)) => self.retyped(work, &column.name, number)?,
                (Way::Forward, None) => self.told(work, &self.left(work, column)),
                (Way::Back, _) => self.told(work, column),
            });
        }
        let slug = self.slug.filter(|_| way == Way::Forward);
        parts.extend(slug.map(|column| slug::definition(&work.version, column)));
        parts.extend(self.text.primary_key.clone());
        parts.extend(self.indexes_at_once(way));
        parts.extend(self.checks(work, way));
        let options = match way {
            Way::Forward if self.converts_counter() => self.text.options_without_counter(),
            Way::Forward | Way::Back => self.text.options.clone(),
        };
        Ok(format!("CREATE TABLE {} (\n  {}\n) {options}", self.building(work), parts.join(",\n  ")))
    }

    /// The indexes that the table is made with: a column that the server numbers needs one that
    /// begins with it from the start, and those before it keep their place.
    pub fn indexes_at_once(&self, way: Way) -> Vec<String> {
        self.text.indexes[..self.made_at_once(way)].iter().map(|index| index.text.clone()).collect()
    }

    fn made_at_once(&self, way: Way) -> usize {
        let needed = self.numbered().filter(|column| {
            (way == Way::Back || !self.columns.contains_key(column)) && self.table.single_key() != Some(column)
        });
        let Some(column) = needed else { return 0 };
        let begins = format!("({}", quote::ident(column));
        let first = self.text.indexes.iter().position(|index| index.text.contains(&begins));
        first.map_or(0, |place| place + 1)
    }

    /// The column that the server numbers.
    fn numbered(&self) -> Option<&'a str> {
        let numbered = self.table.columns.iter().find(|column| column.generator != Generator::None);
        numbered.map(|column| column.name.as_str())
    }

    /// True where the column that the server numbers is converted.
    pub fn converts_counter(&self) -> bool {
        self.numbered().is_some_and(|column| self.columns.contains_key(column))
    }

    /// Sets the next number of an emptied table, which forgot it.
    pub fn count_on(&self, work: &Work<'_>, way: Way) -> Option<String> {
        let next = self.text.counter().filter(|_| way == Way::Back || !self.converts_counter())?;
        Some(format!("ALTER TABLE {} AUTO_INCREMENT = {next}", self.building(work)))
    }

    /// The indexes that are built once the rows are there: those that one statement builds,
    /// and those that take one each, since MySQL builds but one over words at a time.
    pub fn indexes_later(&self, work: &Work<'_>, way: Way) -> (Vec<String>, Vec<IndexText>) {
        let later = self.text.indexes[self.made_at_once(way)..].iter();
        let mut words = 0;
        let (apart, together): (Vec<&IndexText>, Vec<&IndexText>) = later.partition(|index| {
            words += usize::from(index.text.starts_with("FULLTEXT") && !work.version.is_mariadb());
            index.text.starts_with("FULLTEXT") && words > 1
        });
        let slug = self.slug.filter(|_| way == Way::Forward).map(|column| slug::index(self, column));
        let made = self.made(work).into_iter().filter(|_| way == Way::Forward);
        let made = made.map(|(reference, name)| unindexed::definition(&reference, &name));
        (
            together.into_iter().map(|index| index.text.clone()).chain(slug).chain(made).collect(),
            apart.into_iter().cloned().collect(),
        )
    }

    /// The indexes that its references lacked and that answers give them, by name.
    pub fn made<'w>(&self, work: &'w Work<'_>) -> Vec<(Reference<'w>, String)> {
        unindexed::wanted(work.schema, work.conversions, self.table)
    }

    fn told(&self, work: &Work<'_>, column: &ColumnText) -> String {
        if work.version.is_mariadb() { column.text.clone() } else { column.with_own_collation() }
    }

    /// A column as the conversion leaves it but for its type: without a condition that goes.
    pub fn left<'t>(&self, work: &Work<'_>, column: &'t ColumnText) -> Cow<'t, ColumnText> {
        if conditions::goes_from(work.conversions, &self.table.name, column) {
            Cow::Owned(column.without_condition())
        } else {
            Cow::Borrowed(column)
        }
    }

    /// True for a column that the server computes and that the table is without once it is
    /// converted.
    pub fn loses(&self, work: &Work<'_>, column: &str) -> bool {
        let found = self.text.column(column);
        found.is_some_and(|found| conditions::column_goes(work.conversions, &self.table.name, found))
    }

    /// The checks of the table that is made in that direction, each with its place among all.
    pub fn checks_of(&self, work: &Work<'_>, way: Way) -> Vec<(usize, &ConstraintText)> {
        let stays =
            |check: &ConstraintText| way == Way::Back || !conditions::goes(work.conversions, &self.table.name, check);
        self.text.checks.iter().enumerate().filter(|(_, check)| stays(check)).collect()
    }

    // MySQL knows names of checks once in a database; MariaDB once in a table.
    fn checks(&self, work: &Work<'_>, way: Way) -> Vec<String> {
        let checks = self.checks_of(work, way).into_iter();
        checks
            .map(|(place, check)| {
                let name = if work.version.is_mariadb() {
                    check.name.clone()
                } else {
                    format!("{}_{place}", self.building_name(work))
                };
                format!("CONSTRAINT {} {}", quote::ident(&name), check.body)
            })
            .collect()
    }

    /// The definition of a column with its new type.
    pub fn retyped(&self, work: &Work<'_>, name: &str, number: usize) -> Result<String> {
        let unreadable =
            || Error::Internal { detail: format!("the column {name} of {} cannot be read", self.table.name) };
        let conversion = work.conversions.get(number).ok_or_else(unreadable)?;
        let column = self.left(work, self.text.column(name).ok_or_else(unreadable)?);
        let default = if self.numbered() == Some(name) {
            uuid::new_key(&work.version, conversion.uuid, conversion.storage)
        } else if work.is_text(number) {
            self.table.column(name).and_then(|column| uuid::made_by_server(conversion.storage, column))
        } else {
            None
        };
        column.retyped(&work.new_type(number), default.as_deref()).ok_or_else(unreadable)
    }
}
