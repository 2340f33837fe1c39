//! Whether views would still be valid with the new keys: the server itself is asked to explain
//! them, with common table expressions in the place of the tables that change.
//!
//! MariaDB compares no UUID with a number, so it is asked with that type even where ids are to
//! be stored in another: what would be refused there would find other rows here. MySQL compares
//! whatever it is given; where a text meets a number it says in its plan that both become
//! numbers with a point.

use std::collections::BTreeMap;

use super::inspect::has_word;
use super::quote::{ident, table};
use super::version::Version;
use crate::check::{Finding, Severity};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::plan::{Conversion, Storage};
use crate::schema::{ColumnName, Dependent, DependentKind, Schema, Table};

/// Views whose text and answer are known.
struct Views<'s> {
    schema: &'s Schema,
    /// How each converted column is stored.
    stored: BTreeMap<&'s ColumnName, Storage>,
    /// Queries by the names of views.
    queries: BTreeMap<String, &'s str>,
    version: Option<Version>,
}

/// What stands for a converted column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// It as it is.
    Old,
    /// Something of the type that it will have.
    New,
}

/// How MySQL writes in a plan that a comparison is one of numbers, since 8.0.18.
const AS_NUMBERS: &str = " as double)";

/// What each view that would no longer be valid says to every key that it speaks of.
pub async fn invalid(
    connection: &mut dyn Connection,
    schema: &Schema,
    conversions: &[Conversion],
) -> Result<Vec<(ColumnName, Finding)>> {
    let members = conversions.iter().flat_map(|one| one.members.iter().map(|member| (&member.column, one.storage)));
    let dependents = schema.dependents.iter().filter(|one| one.kind == DependentKind::View);
    let views = Views {
        schema,
        stored: members.collect(),
        queries: dependents.filter_map(query).collect(),
        version: Version::parse(&schema.server_version),
    };
    let mut found = Vec::new();
    for (name, text) in &views.queries {
        let used: Vec<&ColumnName> =
            views.stored.keys().copied().filter(|one| has_word(text, &one.table.name)).collect();
        // The server is asked about views of the tables that change alone.
        if used.is_empty() {
            continue;
        }
        let Some(refused) = views.refused(connection, name, text).await? else { continue };
        let meaning = format!("With UUIDs the view would no longer be valid. The server says: {refused}");
        let remedy =
            "Convert both sides of what it compares, or change or drop the view first; or leave this key as it is.";
        let object = format!("{}.{name}", schema.database);
        let told = |column: &&ColumnName| {
            ((*column).clone(), Finding::new(Severity::Block, "RK-327", object.clone(), &meaning, remedy))
        };
        found.extend(used.iter().map(told));
    }
    Ok(found)
}

// The name of a view and what it shows, as far as the server tells it.
fn query(view: &Dependent) -> Option<(String, &str)> {
    let text = view.create.first()?;
    let (_, name) = view.name.split_once('.')?;
    let whole = ident(name);
    let behind = &text[text.find(&format!("VIEW {whole} "))? + whole.len() + "VIEW ".len()..];
    let (_, query) = behind.split_once(" AS ").or_else(|| behind.split_once("AS "))?;
    Some((name.to_owned(), query))
}

impl Views<'_> {
    // What the server says against it, where it says nothing against the view as it is.
    async fn refused<'v>(
        &'v self,
        connection: &mut dyn Connection,
        name: &'v str,
        text: &str,
    ) -> Result<Option<String>> {
        let mut known = Vec::new();
        self.needed(text, &mut vec![name], &mut known);
        let views: Vec<String> = known.iter().map(|(view, text)| format!("{} AS ({text})", ident(view))).collect();
        let tables = |side| self.schema.tables.values().filter_map(move |one| self.standing_in(one, side));
        let whole = |side| {
            let parts: Vec<String> = tables(side).chain(views.iter().cloned()).collect();
            format!("WITH {} {text}", parts.join(", "))
        };
        let (new, old) = (whole(Side::New), whole(Side::Old));
        let refused = match connection.query(&format!("EXPLAIN {new}")).await {
            Err(Error::Statement { detail, .. }) => detail,
            Ok(_) => return self.mixed(connection, &old, &new).await,
            Err(Error::Rights { .. }) => return Ok(None),
            Err(other) => return Err(other),
        };
        match connection.query(&format!("EXPLAIN {old}")).await {
            Ok(_) => Ok(Some(refused)),
            Err(Error::Statement { .. } | Error::Rights { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    // On MySQL, that keys would be compared with numbers.
    async fn mixed(&self, connection: &mut dyn Connection, old: &str, new: &str) -> Result<Option<String>> {
        if self.is_mariadb() {
            return Ok(None);
        }
        let mut count = [0; 2];
        for (query, count) in [old, new].into_iter().zip(&mut count) {
            *count = match connection.query(&format!("EXPLAIN FORMAT=TREE {query}")).await {
                Ok(rows) => rows.iter().flatten().flatten().map(|text| text.matches(AS_NUMBERS).count()).sum(),
                Err(Error::Statement { .. } | Error::Rights { .. }) => return Ok(None),
                Err(other) => return Err(other),
            };
        }
        let told = "it would compare ids with the numbers of a column that is not converted, and find other rows";
        Ok((count[1] > count[0]).then(|| told.to_owned()))
    }

    fn is_mariadb(&self) -> bool {
        self.version.as_ref().is_some_and(Version::is_mariadb)
    }

    // The views that it is made of, the innermost first.
    fn needed<'v>(&'v self, text: &str, path: &mut Vec<&'v str>, known: &mut Vec<(&'v str, &'v str)>) {
        for (other, inner) in self.queries.iter().filter(|(other, _)| has_word(text, other)) {
            // A word that looks like a view's name may lead in a circle.
            if path.contains(&other.as_str()) {
                continue;
            }
            path.push(other);
            self.needed(inner, path, known);
            path.pop();
            if known.iter().all(|(view, _)| view != other) {
                known.push((other, inner));
            }
        }
    }

    // A table with converted columns, as it is or as it will be.
    fn standing_in(&self, one: &Table, side: Side) -> Option<String> {
        let stored = |column: &str| self.stored.get(&one.column_name(column)).copied();
        let columns = one.columns.iter();
        columns.clone().find(|column| stored(&column.name).is_some())?;
        let values: Vec<String> = columns
            .map(|column| {
                let own = ident(&column.name);
                match stored(&column.name).filter(|_| side == Side::New) {
                    Some(storage) => format!("{} AS {own}", self.cast(&own, storage)),
                    None => format!("o.{own}"),
                }
            })
            .collect();
        Some(format!("{} AS (SELECT {} FROM {} o)", ident(&one.name.name), values.join(", "), table(&one.name)))
    }

    // A number cannot be made a UUID on MariaDB; on MySQL a plan speaks of nothing that is known
    // to be NULL.
    fn cast(&self, own: &str, storage: Storage) -> String {
        if self.is_mariadb() {
            let native = self.version.as_ref().is_some_and(Version::has_uuid);
            return format!("CAST(NULL AS {})", if native { "uuid" } else { type_name(storage) });
        }
        format!("CAST(o.{own} AS {})", type_name(storage))
    }
}

fn type_name(storage: Storage) -> &'static str {
    match storage {
        Storage::Uuid => "uuid",
        Storage::Binary16 => "BINARY(16)",
        Storage::Char36 => "CHAR(36) CHARACTER SET ascii",
    }
}
