//! How the catalogue will differ: the very values that will be found.

use super::super::text::Comparison;
use super::super::{conditions, quote};
use super::work::{TableWork, Way, Work};
use super::{repoint, slug};
use crate::dialect::repoint::target;
use crate::plan::{Announcement, Storage};
use crate::schema::{Catalogue, Difference};
use crate::{Error, Result};

/// An announced value that only the server can spell, or that may stay.
const ANY: &str = "*";

/// All differences.
pub fn announced(work: &Work<'_>) -> Result<Vec<Announcement>> {
    let mut found = Vec::new();
    for table in &work.tables {
        for (column, number) in &table.columns {
            found.extend(changed(work, table, column, *number)?);
        }
        found.extend(led(work, table));
        found.extend(without(work, table));
        found.extend(table.slug.into_iter().flat_map(|column| slug::announced(table, column)));
        found.extend(indexed(work, table));
    }
    Ok(found)
}

fn changed(work: &Work<'_>, table: &TableWork<'_>, column: &str, number: usize) -> Result<Vec<Announcement>> {
    let name = &table.table.name;
    let object = quote::key("column", &[&name.schema, &name.name, column]);
    let unknown = || Error::Internal { detail: format!("the catalogue does not have {object}") };
    let before = work.schema.catalogue.objects.get(&object).ok_or_else(unknown)?;
    let conversion = work.conversions.get(number).ok_or_else(unknown)?;
    let after = after(work, table, column, number)?;
    let given = target(conversion).and_then(|target| Comparison::of(work.schema, &target));
    let (charset, collation) = match (conversion.storage, given.as_ref().map(Comparison::names)) {
        (Storage::Char36, Some((charset, collation))) => (Some(charset), Some(collation)),
        (Storage::Char36, None) => (Some("ascii"), Some("ascii_bin")),
        (Storage::Uuid | Storage::Binary16, _) => (None, None),
    };
    let pairs = [("sql", Some(after.as_str())), ("character_set_name", charset), ("collation_name", collation)];
    let differences = pairs.into_iter().map(|(attribute, after)| Difference {
        object: object.clone(),
        attribute: attribute.to_owned(),
        before: before.get(attribute).cloned(),
        after: after.map(str::to_owned),
    });
    Ok(differences.filter(|one| one.before != one.after).collect())
}

// References that lead elsewhere.
fn led(work: &Work<'_>, table: &TableWork<'_>) -> Vec<Announcement> {
    let name = &table.table.name;
    let keys = table.text.foreign_keys.iter().filter_map(|constraint| {
        let after = repoint::body(work, table.table, constraint, Way::Forward);
        (after != constraint.body).then(|| Difference {
            object: quote::key("constraint", &[&name.schema, &name.name, &constraint.name]),
            attribute: "sql".to_owned(),
            before: Some(constraint.body.clone()),
            after: Some(after),
        })
    });
    keys.collect()
}

/// An object that is new. What is in it only the server can spell.
pub fn comes(object: String) -> Announcement {
    Difference { object, attribute: String::new(), before: None, after: Some(ANY.to_owned()) }
}

// The indexes that references lacked, and the places of the others: the server sorts the indexes
// of a table, so a new one may move them.
fn indexed(work: &Work<'_>, table: &TableWork<'_>) -> Vec<Announcement> {
    let name = &table.table.name;
    let key = |index: &str| quote::key("index", &[&name.schema, &name.name, index]);
    let mut found: Vec<Announcement> = table.made(work).iter().map(|(_, index)| comes(key(index))).collect();
    if found.is_empty() && table.slug.is_none() {
        return found;
    }
    found.extend(table.text.indexes.iter().map(|other| {
        let object = key(&other.name);
        let before = work.schema.catalogue.objects.get(&object).and_then(|object| object.get("place"));
        Difference { before: before.cloned(), attribute: "place".to_owned(), after: Some(ANY.to_owned()), object }
    }));
    found
}

// What answers take away: checks of the table, those that stand with columns which are not
// converted, and computed columns, which lets those behind them move up.
fn without(work: &Work<'_>, table: &TableWork<'_>) -> Vec<Announcement> {
    let name = &table.table.name;
    let (mut before, mut after) = (Catalogue::default(), Catalogue::default());
    let mut known = |object: String| {
        let attributes = work.schema.catalogue.objects.get(&object)?;
        before.objects.insert(object.clone(), attributes.clone());
        Some((object, attributes.clone()))
    };
    for check in table.text.checks.iter().filter(|check| conditions::goes(work.conversions, name, check)) {
        known(quote::key("constraint", &[&name.schema, &name.name, &check.name]));
    }
    let mut lost = 0;
    for column in &table.text.columns {
        let converted = table.columns.contains_key(column.name.as_str());
        let left = table.left(work, column);
        if table.loses(work, &column.name) {
            known(quote::key("column", &[&name.schema, &name.name, &column.name]));
            lost += 1;
            continue;
        }
        if lost == 0 && (converted || *left == *column) {
            continue;
        }
        if let Some((object, mut attributes)) = known(quote::key("column", &[&name.schema, &name.name, &column.name])) {
            let place = attributes.get("place").and_then(|place| place.parse::<usize>().ok()).unwrap_or_default();
            attributes.insert("place".to_owned(), place.saturating_sub(lost).to_string());
            // What else becomes of a converted column is announced with its type.
            if !converted && *left != *column {
                attributes.insert("sql".to_owned(), spelt(&left.name, &left.text).to_owned());
            }
            after.objects.insert(object, attributes);
        }
    }
    before.differences(&after)
}

// What stands behind the column's name.
fn spelt<'t>(column: &str, whole: &'t str) -> &'t str {
    whole.strip_prefix(&quote::ident(column)).unwrap_or(whole).trim_start()
}

// How the server spells a default, or names a character set that is the table's own, is not
// known beforehand.
fn after(work: &Work<'_>, table: &TableWork<'_>, column: &str, number: usize) -> Result<String> {
    let whole = table.retyped(work, column, number)?;
    let spelt = spelt(column, &whole);
    let told = spelt.contains(" DEFAULT (") || spelt.contains("CHARACTER SET");
    Ok(if told { ANY.to_owned() } else { spelt.to_owned() })
}
