//! That the file is whole and that every index has every row in its place.
//!
//! SQLite's own `integrity_check` looks each row up in each index, at random places of what
//! may be a large file. Where values are compared byte by byte, the gate asks the same in the
//! order of the file instead: an index whose entries, as they come, are those of the table's
//! rows and follow one upon the other is complete, and each is found where it is looked for.
//! All other tables, those of Rekey included, are asked for in SQLite's own way.

use std::collections::BTreeMap;

use super::super::catalogue::{indexed, key_name};
use super::super::digest::MOST_VALUES;
use super::super::quote;
use super::sql_name;
use super::unindexed;
use super::work::{TableWork, Work, fits, rowid, stored};
use crate::plan::Assertion;
use crate::schema::Attributes;

/// What the gate asks.
pub fn assertions(work: &Work<'_>) -> Vec<Assertion> {
    let plain: BTreeMap<&str, Vec<Index<'_>>> =
        work.tables.iter().filter_map(|table| Some((table.table.name.name.as_str(), indexes(work, table)?))).collect();
    let mut found = vec![one(
        "integrity",
        "SQLite finds the file whole and every row as its table wants it",
        "SELECT group_concat(quick_check, '; ') FROM pragma_quick_check".to_owned(),
        "ok",
    )];
    let names = quote::texts(plain.keys().copied());
    found.push(one(
        "indexes",
        "SQLite finds every index complete that is not asked for by itself",
        format!(
            "SELECT coalesce(group_concat(c.integrity_check, '; '), 'ok') FROM sqlite_schema s \
             CROSS JOIN pragma_integrity_check(s.name) c \
             WHERE s.type = 'table' AND s.name NOT IN ({names}) AND c.integrity_check <> 'ok'"
        ),
        "ok",
    ));
    for table in &work.tables {
        let indexes = plain.get(table.table.name.name.as_str()).filter(|indexes| !indexes.is_empty());
        found.extend(indexes.and_then(|indexes| complete(work, table, indexes)));
    }
    found
}

/// What is asked of the file later, whatever indexes it has then.
pub fn later() -> Assertion {
    Assertion {
        lasting: true,
        ..one(
            "integrity",
            "SQLite finds the file whole and every index complete",
            "SELECT group_concat(integrity_check, '; ') FROM pragma_integrity_check".to_owned(),
            "ok",
        )
    }
}

fn one(id: &str, title: &str, sql: String, expect: &str) -> Assertion {
    Assertion { id: id.to_owned(), title: title.to_owned(), sql, expect: expect.to_owned(), lasting: false }
}

struct Index<'a> {
    name: String,
    unique: bool,
    columns: Vec<&'a str>,
}

// An index that was read for itself answers with what it holds, not with what the rows hold.
fn complete(work: &Work<'_>, table: &TableWork<'_>, indexes: &[Index<'_>]) -> Option<Assertion> {
    let (name, rowid) = (sql_name(table.table), rowid(work.schema, table.table)?);
    let values = |index: &Index<'_>| {
        let own: Vec<String> = index.columns.iter().map(|column| format!("o.{}", quote::name(column))).collect();
        format!("{}, o.{rowid}", own.join(", "))
    };
    let rows: Vec<String> = indexes
        .iter()
        .enumerate()
        .map(|(place, index)| format!("rekey_entries({}) AS d{place}", values(index)))
        .collect();
    let held = indexes.iter().enumerate().map(|(place, index)| {
        format!(
            "CASE WHEN (SELECT rekey_index_digest({}, {}) FROM {name} o INDEXED BY {}) IS t.d{place} || ' 0' THEN '' ELSE {} END",
            u8::from(index.unique),
            values(index),
            quote::name(&index.name),
            quote::text(&format!("{} ", index.name))
        )
    });
    Some(one(
        &format!("indexes {}", table.table.name),
        &format!("Every index of {} has every row in its place", table.table.name),
        format!(
            "SELECT coalesce(nullif({}, ''), 'ok') FROM (SELECT {} FROM {name} o NOT INDEXED) t",
            held.collect::<Vec<_>>().join(" || "),
            rows.join(", ")
        ),
        "ok",
    ))
}

// All indexes that a table will have, where each of them can be asked so.
fn indexes<'a>(work: &Work<'a>, table: &TableWork<'a>) -> Option<Vec<Index<'a>>> {
    let objects = &work.schema.catalogue.objects;
    let name = &table.table.name.name;
    let settings = objects.get("database main")?;
    let narrow = settings.get("encoding").is_some_and(|encoding| encoding == "UTF-8");
    let numbered = rowid(work.schema, table.table).is_some() && fits(table.table.columns.len());
    // SQLite numbers the indexes behind clauses by itself; where the key's is the only one, it
    // is the first. What a new one compares by is known once it is there.
    let clauses = format!("unique key main.{name} (");
    let clause = table.slug.is_some()
        || unindexed::gets_one(work, table.table)
        || objects.keys().any(|object| object.starts_with(&clauses));
    if !narrow || !numbered || clause {
        return None;
    }
    let mut found: Vec<Index<'a>> = key(work, table)?.into_iter().collect();
    for (object, index) in objects.iter().filter(|(object, _)| object.starts_with("index main.")) {
        let index_name = object.strip_prefix("index main.").unwrap_or_default();
        if index.get("table") == Some(name) && !table.dropped.contains(&index_name) {
            found.push(Index {
                name: index_name.to_owned(),
                unique: index.get("unique").is_some_and(|word| word == "yes"),
                columns: plain(work, table, index)?,
            });
        }
    }
    // A function takes only so many values, and a text so many parts.
    let short = found.len() < MOST_VALUES && found.iter().all(|index| index.columns.len() + 2 < MOST_VALUES);
    short.then_some(found)
}

// The index behind the key: none where the key is the row's number, as before.
fn key<'a>(work: &Work<'a>, table: &TableWork<'a>) -> Option<Option<Index<'a>>> {
    let Some(key) = &table.table.primary_key else { return Some(None) };
    let columns: Vec<&str> = key.columns.iter().map(String::as_str).collect();
    let list: Vec<String> = columns.iter().map(|column| indexed(column, "BINARY", false)).collect();
    let objects = &work.schema.catalogue.objects;
    let before = objects.contains_key(&key_name(&table.table.name.name, true, &list.join(", ")));
    let any = format!("primary key main.{} (", table.table.name.name);
    let numbered = !objects.keys().any(|object| object.starts_with(&any));
    let mut words = table.before.split(|letter: char| !letter.is_alphanumeric());
    let odd = words.any(|word| ["DESC", "COLLATE"].iter().any(|odd| word.eq_ignore_ascii_case(odd)));
    let made = numbered && table.converts_rowid() && !odd;
    if numbered && !table.converts_rowid() {
        return Some(None);
    }
    let known = columns.iter().all(|column| is_plain(work, table, column));
    let name = format!("sqlite_autoindex_{}_1", table.table.name.name);
    ((before || made) && known).then_some(Some(Index { name, unique: true, columns }))
}

// The columns of an index, where it leaves no row out and compares all of them byte by byte.
fn plain<'a>(work: &Work<'a>, table: &TableWork<'a>, index: &'a Attributes) -> Option<Vec<&'a str>> {
    let whole = index.get("partial").is_some_and(|word| word == "no");
    let columns = index.get("columns").filter(|_| whole)?.split(", ").map(|column| column.strip_suffix(" BINARY"));
    columns.map(|column| column.filter(|column| is_plain(work, table, column))).collect()
}

fn is_plain(work: &Work<'_>, table: &TableWork<'_>, column: &str) -> bool {
    !column.contains(['(', ',']) && stored(work.schema, table.table).any(|one| one.name == column)
}
