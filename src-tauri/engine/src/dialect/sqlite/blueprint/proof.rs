//! The proofs: every row of every table and every reference, keys translated back.

use std::collections::BTreeMap;

use super::super::catalogue::object_name;
use super::super::digest::MOST_VALUES;
use super::super::inspect::table_name;
use super::super::quote;
use super::work::{ColumnWork, Work, fits, rowid, rowid_beside};
use super::{numbered, repoint, text, value};
use crate::plan::Proof;
use crate::schema::{ForeignKey, Generator, Table, TableName};

/// References that are proven with the rows of one table. SQLite joins no more than 64 tables.
const MOST_JOINED: usize = 30;

/// All proofs, in order of name.
pub fn proofs(work: &Work<'_>) -> Vec<Proof> {
    let mut found = rows_of_all(work);
    for table in work.schema.tables.values() {
        let with_rows: Vec<&ForeignKey> = met(work, &table.name).into_iter().map(|(_, key)| key).collect();
        let converted = |key: &&ForeignKey| key.columns.iter().any(|column| work.column(&table.name, column).is_some());
        // Rows that are spelt differently from their key meet it only afterwards; their own
        // digest says that they are what they were.
        let alike =
            |key: &&ForeignKey| !key.columns.iter().any(|column| text::deviation(work, &table.name, column).is_some());
        let apart = table.foreign_keys.iter().filter(converted).filter(alike);
        let met = |key: &&ForeignKey| with_rows.iter().any(|other| std::ptr::eq(*other, *key));
        found.extend(apart.filter(|key| !met(key)).map(|key| reference(work, table, key)));
        found.extend(led(work, &table.name).into_iter().map(|(_, key, index)| along(work, table, key, index)));
        // What is proven row by row needs no second look.
        if table.foreign_keys.iter().any(|key| converted(&key) && !met(&key))
            && table.foreign_keys.iter().all(|key| is_sound(work, key) && alike(&key))
        {
            found.push(violations(table));
        }
    }
    found
}

/// How many rows each table has: all that SQLite's own functions can say of them.
pub fn counts(work: &Work<'_>) -> Vec<Proof> {
    let tables = work.schema.tables.values().filter(|table| work.table(&table.name).is_some());
    let count = |table: &Table| {
        let sql = format!("SELECT CAST(count(*) AS TEXT) FROM main.{}", quote::name(&table.name.name));
        Proof {
            id: format!("rows {}", table.name),
            title: format!("{} has as many rows as before", table.name),
            before: sql.clone(),
            after: sql,
            back: None,
        }
    };
    tables.map(count).collect()
}

// The references of a table that are proven with its rows, by their column: each leads to just
// one row, by a number that was the same on both sides.
pub fn met<'a>(work: &Work<'a>, table: &TableName) -> Vec<(&'a str, &'a ForeignKey)> {
    let Some(table) = work.schema.tables.get(table) else { return Vec::new() };
    let mut found: Vec<(&str, &ForeignKey)> = Vec::new();
    for key in &table.foreign_keys {
        let [column] = key.columns.as_slice() else { continue };
        let itself = key.parent == table.name && key.parent_columns == key.columns;
        let number = work.column(&table.name, column).is_some_and(|change| !work.is_text(change.conversion));
        let known = found.iter().any(|(other, _)| other == column);
        if number && !itself && !known && is_sound(work, key) && found.len() < MOST_JOINED {
            found.push((column, key));
        }
    }
    found
}

// Those of them whose column has an index that leads to it first: in its order the rows that
// belong to one parent come together, and nothing is looked up twice. A row is known there by
// its number.
fn led<'a>(work: &Work<'a>, table: &TableName) -> Vec<(&'a str, &'a ForeignKey, &'a str)> {
    let numbered = |table: &Table| rowid(work.schema, table).is_some() && fits(table.columns.len());
    let Some(known) = work.table(table).filter(|known| numbered(known.table)) else { return Vec::new() };
    let first = |index: &str, column: &str| {
        let columns = work.schema.catalogue.objects.get(&object_name("index", index))?.get("columns")?;
        let rest = columns.strip_prefix(column)?.strip_prefix(' ')?;
        let collation = rest.split(", ").next()?.trim_end_matches(" DESC");
        (!collation.contains(' ')).then_some(())
    };
    let by = |column: &str| known.names.iter().copied().find(|index| first(index, column).is_some());
    met(work, table).into_iter().filter_map(|(column, key)| Some((column, key, by(column)?))).collect()
}

// The references of a table, row by row, in the order of an index.
fn along(work: &Work<'_>, table: &Table, key: &ForeignKey, index: &str) -> Proof {
    let (name, child) = (&table.name, quote::name(&table.name.name));
    let query = |way: Way| {
        let translated = way != Way::Before;
        let own = value(work, name, "o", &key.columns[0], way);
        let hinted = if way == Way::Back { String::new() } else { format!(" INDEXED BY {}", quote::name(index)) };
        format!(
            "SELECT CAST(count(*) AS TEXT), rekey_digest({}, {}, {} IS NULL) FROM {child} o{hinted} LEFT JOIN {} p ON {}",
            number(work, table, way),
            through(work, key, "p", own, way),
            value::own("p", &there(work, key, translated)[0]),
            quote::name(&key.parent.name),
            on(work, key, "o", "p", translated)
        )
    };
    proven(
        format!("reference main.{}", key.name),
        format!("Every row of {name} still belongs to the same row of {}", key.parent),
        query,
    )
}

fn proven(id: String, title: String, query: impl Fn(Way) -> String) -> Proof {
    let (after, back) = (query(Way::After), query(Way::Back));
    Proof { id, title, before: query(Way::Before), back: Some(back).filter(|back| *back != after), after }
}

/// Which keys a query finds, and when it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The old keys.
    Before,
    /// The new keys, in the run that made them.
    After,
    /// The new keys, in the undo that takes them away.
    Back,
}

// The number of a row. Where it was the key itself, rows that were written since, or moved by
// VACUUM, have another one now than they will have.
fn number(work: &Work<'_>, table: &Table, way: Way) -> String {
    let own = rowid(work.schema, table).map_or_else(|| "NULL".to_owned(), |rowid| format!("o.{rowid}"));
    let alias = table.columns.iter().find(|column| matches!(column.generator, Generator::RowId { .. }));
    match (way, alias) {
        (Way::Back, Some(alias)) => value(work, &table.name, "o", &alias.name, way),
        (Way::Before | Way::After, _) | (Way::Back, None) => own,
    }
}

/// The proofs of the rows alone: every table, whether it is converted or not.
pub fn rows_of_all(work: &Work<'_>) -> Vec<Proof> {
    columns(work).iter().map(|(table, columns)| rows(work, table, columns)).collect()
}

// The columns of every table in their order, inner tables of virtual ones included.
fn columns<'a>(work: &Work<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut placed: BTreeMap<&str, BTreeMap<usize, &str>> = BTreeMap::new();
    for (_, column) in work.schema.catalogue.objects.iter().filter(|(name, _)| name.starts_with("column ")) {
        if let (Some(table), Some(name), Some(place)) = (column.get("table"), column.get("name"), column.get("place")) {
            placed.entry(table).or_default().insert(place.parse().unwrap_or_default(), name);
        }
    }
    placed.into_iter().map(|(table, columns)| (table, columns.into_values().collect())).collect()
}

// The rows of a table and the references that they make, in one scan: a value that leads to a
// row is read through that row, so it must be there and be the one it was.
fn rows(work: &Work<'_>, table: &str, columns: &[&str]) -> Proof {
    let name = table_name(table);
    let led = led(work, &name);
    let identity = identity(work, &name, columns);
    let mut met = met(work, &name);
    met.retain(|(column, _)| !led.iter().any(|(other, _, _)| other == column));
    let query = |way: Way| {
        let translated = way != Way::Before;
        let (mut values, mut joins) = (Vec::new(), String::new());
        // The proofs of references know the rows by their numbers.
        let known = work.schema.tables.get(&name).filter(|_| !led.is_empty());
        values.extend(known.map(|table| number(work, table, way)));
        for column in columns.iter().filter(|column| !led.iter().any(|(other, _, _)| other == *column)) {
            let own = value(work, &name, "o", column, way);
            let Some(number) = met.iter().position(|(other, _)| other == column) else {
                values.push(own);
                continue;
            };
            let (key, alias) = (met[number].1, format!("p{number}"));
            joins.push_str(&format!(
                " LEFT JOIN {} {alias} ON {}",
                quote::name(&key.parent.name),
                on(work, key, "o", &alias, translated)
            ));
            values.push(through(work, key, &alias, own, way));
            values.push(format!("{} IS NULL", value::own(&alias, &there(work, key, translated)[0])));
        }
        let digests: Vec<String> = values
            .chunks(MOST_VALUES - 1)
            .map(|some| {
                format!("rekey_digest({})", identity.iter().chain(some).cloned().collect::<Vec<_>>().join(", "))
            })
            .collect();
        format!("SELECT CAST(count(*) AS TEXT), {} FROM {} o{joins}", digests.join(", "), quote::name(table))
    };
    let told: Vec<String> = met
        .iter()
        .map(|(column, key)| format!("; every {column} still belongs to the same row of {}", key.parent))
        .collect();
    proven(format!("rows {name}"), format!("Every row of {name} is there with every value{}", told.concat()), query)
}

// The old value of the row that a reference leads to; its own where it leads to none.
fn through(work: &Work<'_>, key: &ForeignKey, alias: &str, own: String, way: Way) -> String {
    if way == Way::Before {
        return own;
    }
    let column = &key.parent_columns[0];
    let parent = match work.column(&key.parent, column) {
        Some(change) => old(work, &key.parent, alias, column, change, way),
        None => value::own(alias, column),
    };
    format!("coalesce({parent}, {own})")
}

// The columns that a reference leads to on a side.
fn there(work: &Work<'_>, key: &ForeignKey, translated: bool) -> Vec<String> {
    if translated { repoint::parent_columns(work.conversions, key) } else { key.parent_columns.clone() }
}

fn on(work: &Work<'_>, key: &ForeignKey, child: &str, parent: &str, translated: bool) -> String {
    let pairs: Vec<String> = key
        .columns
        .iter()
        .zip(there(work, key, translated))
        .map(|(own, other)| format!("{} = {}", value::own(parent, &other), value::own(child, own)))
        .collect();
    pairs.join(" AND ")
}

// A hidden row number stays the same, except where it is the key itself.
fn identity(work: &Work<'_>, table: &TableName, columns: &[&str]) -> Option<String> {
    let alias = work.schema.tables.get(table).is_some_and(has_alias);
    rowid_beside(work.schema, &table.name, columns)
        .filter(|_| !alias && fits(columns.len()))
        .map(|rowid| format!("o.{rowid}"))
}

fn has_alias(table: &Table) -> bool {
    table.columns.iter().any(|column| matches!(column.generator, Generator::RowId { .. }))
}

// A value that is not in the map stays as it is, and so shows.
fn value(work: &Work<'_>, table: &TableName, alias: &str, column: &str, way: Way) -> String {
    let own = value::own(alias, column);
    match work.column(table, column).filter(|_| way != Way::Before) {
        Some(change) => format!("coalesce({}, {own})", old(work, table, alias, column, change, way)),
        None => own,
    }
}

// The old value of a new one, by the row's number where that is still it.
fn old(work: &Work<'_>, table: &TableName, alias: &str, column: &str, change: ColumnWork, way: Way) -> String {
    let (map, own) = (work.names.map(change.conversion), value::own(alias, column));
    if way == Way::After {
        if let Some(number) = numbered::number(work, table, column) {
            return format!("(SELECT m.old_id FROM {map} m WHERE m.old_id = {alias}.{number} AND m.new_id = {own})");
        }
        // Whatever points somewhere is read through its parent.
        if numbered::is_bare(work, change.conversion) {
            return format!("(SELECT m.old_id FROM {map} m WHERE m.new_id = {own} AND m.stray IS NOT NULL)");
        }
    }
    value::old(work, table, alias, column, change)
}

// Whether the new values really meet, at the same parents as before, and who it is that
// refers to them.
fn reference(work: &Work<'_>, table: &Table, key: &ForeignKey) -> Proof {
    let query = |way: Way| {
        let child = table.primary_key.iter().flat_map(|primary| &primary.columns);
        let mut values: Vec<String> = child.map(|column| value(work, &table.name, "c", column, way)).collect();
        values.extend(key.parent_columns.iter().map(|own| value(work, &key.parent, "p", own, way)));
        values.extend(key.columns.iter().map(|own| format!("{} IS NULL", value::own("c", own))));
        format!(
            "SELECT CAST(count(*) AS TEXT), rekey_digest({}) FROM {} c LEFT JOIN {} p ON {}",
            values.join(", "),
            quote::name(&table.name.name),
            quote::name(&key.parent.name),
            on(work, key, "c", "p", way != Way::Before)
        )
    };
    proven(
        format!("reference main.{}", key.name),
        format!("Every row of {} still belongs to the same row of {}", table.name, key.parent),
        query,
    )
}

// SQLite refuses the question where a reference points to columns that are not unique.
fn is_sound(work: &Work<'_>, key: &ForeignKey) -> bool {
    let Some(parent) = work.schema.tables.get(&key.parent) else { return false };
    let same = |columns: &[String]| {
        columns.len() == key.parent_columns.len() && columns.iter().all(|column| key.parent_columns.contains(column))
    };
    parent.primary_key.iter().chain(&parent.unique_keys).any(|unique| same(&unique.columns))
}

fn violations(table: &Table) -> Proof {
    let query =
        format!("SELECT CAST(count(*) AS TEXT) FROM pragma_foreign_key_check({})", quote::text(&table.name.name));
    Proof {
        id: format!("foreign keys {}", table.name),
        title: format!("SQLite's own check of the references in {} finds what it found before", table.name),
        before: query.clone(),
        after: query,
        back: None,
    }
}
