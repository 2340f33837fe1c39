//! Indexes that references lack, made where somebody asked for them. The undo makes the tables
//! anew with the indexes that they had, so there is nothing to be taken away.

use std::collections::BTreeSet;

use super::super::quote;
use super::work::Work;
use super::{sql_name, step};
use crate::dialect::unindexed::{Reference, inferred, names};
use crate::plan::{Action, Announcement, Conversion, Step};
use crate::schema::{ColumnName, Difference, Schema, Table};

/// SQLite keeps names of any length; longer ones are of no use to anybody.
const LONGEST: usize = 120;
/// Stands for what SQLite itself will say of a new index.
const ANY: &str = "*";

/// The references among converted columns that no index serves, each with a free name for one.
pub fn lacking<'a>(schema: &'a Schema, conversions: &'a [Conversion]) -> Vec<(Reference<'a>, String)> {
    let members = conversions.iter().flat_map(|one| &one.members);
    let converted: BTreeSet<&ColumnName> = members.map(|member| &member.column).collect();
    let keys = schema
        .tables
        .values()
        .flat_map(|table| table.foreign_keys.iter().filter_map(move |key| Reference::declared(table, key)));
    let carried =
        keys.filter(|one| one.columns().into_iter().any(|column| converted.contains(&one.table.column_name(column))));
    let mut found: Vec<Reference<'a>> = carried.chain(inferred(conversions, |name| schema.tables.get(name))).collect();
    found.retain(|one| !is_served(schema, one));
    // Tables, indexes and views share their names.
    let objects = schema.catalogue.objects.keys();
    let taken: BTreeSet<String> =
        objects.filter_map(|object| Some(object.split_once(" main.")?.1.to_lowercase())).collect();
    names(&found, LONGEST, |_, name| taken.contains(name))
}

/// Those that an answer gives one.
pub fn wanted<'a>(schema: &'a Schema, conversions: &'a [Conversion]) -> Vec<(Reference<'a>, String)> {
    let mut found = lacking(schema, conversions);
    // References over the same columns share their index.
    let mut seen = BTreeSet::new();
    found.retain(|(one, name)| one.is_wanted(conversions) && seen.insert(name.clone()));
    found
}

// An index serves a reference where its first columns are those of the reference in any order,
// and where it holds every row.
fn is_served(schema: &Schema, reference: &Reference<'_>) -> bool {
    let (table, columns) = (reference.table, reference.columns());
    let begins =
        |led: &[&str]| led.len() >= columns.len() && columns.iter().all(|own| led[..columns.len()].contains(own));
    let keys = table.primary_key.iter().chain(&table.unique_keys);
    let own = |(name, index): &(&String, &crate::schema::Attributes)| {
        name.starts_with("index main.")
            && index.get("table") == Some(&table.name.name)
            && index.get("partial").is_some_and(|word| word == "no")
    };
    let indexes = schema.catalogue.objects.iter().filter(own);
    keys.map(|key| key.columns.iter().map(String::as_str).collect())
        .chain(indexes.filter_map(|(_, index)| Some(led(table, index.get("columns")?))))
        .any(|led: Vec<&str>| begins(&led))
}

// The columns that an index begins with, as far as they are columns: each is followed by its
// collation and perhaps its direction. Names may hold commas, so the longest one that fits counts.
fn led<'a>(table: &'a Table, indexed: &str) -> Vec<&'a str> {
    let (mut found, mut rest) = (Vec::new(), indexed);
    loop {
        let here = |name: &&str| rest.strip_prefix(*name).is_some_and(|rest| rest.starts_with(' '));
        let names = table.columns.iter().map(|column| column.name.as_str()).filter(here);
        let Some(name) = names.max_by_key(|name| name.len()) else { return found };
        found.push(name);
        let Some((_, next)) = rest[name.len()..].split_once(", ") else { return found };
        rest = next;
    }
}

/// The step that makes them; none where none is wanted.
pub fn make(work: &Work<'_>) -> Option<Step> {
    let statement = |(one, name): &(Reference<'_>, String)| {
        let columns = quote::names(one.columns());
        format!("CREATE INDEX {} ON {} ({columns})", quote::name(name), sql_name(one.table))
    };
    let statements: Vec<String> = work.made.iter().map(statement).collect();
    let title = "Make the indexes that references lacked";
    (!statements.is_empty()).then(|| step("make_indexes".to_owned(), Action::RestoreDependents, title, statements))
}

/// They are new in the catalogue.
pub fn announced<'a>(work: &'a Work<'_>) -> impl Iterator<Item = Announcement> + 'a {
    work.made.iter().map(|(_, name)| Difference {
        object: super::super::catalogue::object_name("index", name),
        attribute: String::new(),
        before: None,
        after: Some(ANY.to_owned()),
    })
}

/// True where the table gets an index.
pub fn gets_one(work: &Work<'_>, table: &Table) -> bool {
    work.made.iter().any(|(one, _)| one.table.name == table.name)
}
