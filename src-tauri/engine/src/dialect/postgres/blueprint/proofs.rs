//! What must be the same before and after: every row, every reference, every sequence.

use std::borrow::Cow;

use super::super::quote;
use super::reader::{Reader, Side, hashes, reference, totals};
use super::repoint;
use super::scope::Scope;
use super::sequences;
use super::text;
use crate::plan::Proof;
use crate::schema::{Column, ColumnKind, ForeignKey, Table};

impl Side {
    // What joins a reference to its key on this side. Where nothing says that both are spelt
    // alike, texts are compared by the UUID that they mean.
    fn on(self, scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> String {
        let led = self.key(scope, key);
        let pairs = led.columns.iter().zip(&led.parent_columns).map(|(child, parent)| {
            let (own, other) = (format!("t.{}", quote::ident(child)), format!("p.{}", quote::ident(parent)));
            match scope.conversion_of(&table.name, child) {
                Some(number) if self == Side::Before && !key.validated && text::is_text(scope, number) => {
                    format!("{} = {}", text::canonical(scope, number, &own), text::canonical(scope, number, &other))
                }
                Some(_) | None => format!("{own} = {other}"),
            }
        });
        pairs.collect::<Vec<_>>().join(" AND ")
    }

    // The foreign key as it is on this side.
    fn key<'a>(self, scope: &Scope<'_>, key: &'a ForeignKey) -> Cow<'a, ForeignKey> {
        match self {
            Side::Before => Cow::Borrowed(key),
            Side::After => repoint::led(scope, key),
        }
    }
}

/// Writes them.
pub fn write(scope: &Scope<'_>) -> Vec<Proof> {
    let mut proofs: Vec<Proof> = scope.stored().into_iter().map(|table| rows(scope, table)).collect();
    for (table, key) in scope.foreign_keys() {
        if with_rows(scope, table, key) {
            continue;
        }
        proofs.push(edges(scope, table, key));
        if !key.validated {
            proofs.push(dangling(scope, table, key));
        }
    }
    proofs.extend(places(scope));
    proofs
}

// True for a reference that is proven with the rows.
fn with_rows(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> bool {
    if table.partitioned.is_some() {
        return false;
    }
    let column = key.columns.first().and_then(|name| table.column(name));
    column.and_then(|column| reference(scope, table, column)).is_some_and(|found| found.key.name == key.name)
}

// The rows of a table and the references that they make, in one scan. A reference that leads
// to just one row is read through that row, so it must be there and be the one it was. Each
// reference has a digest of its own: of the row that refers, extended by the id referred to.
// How many values each converted column has is counted, so none got lost on its way
// through the map.
//
// OFFSET keeps the hash from being computed once for each of its uses. As a literal without
// a type it is a constant at once, and only then do several processes share the scan.
fn rows(scope: &Scope<'_>, table: &Table) -> Proof {
    let query = |side| {
        let mut reader = Reader::new(scope, side);
        let (mut cells, mut shown, mut figures) = (Vec::new(), Vec::new(), vec![totals(scope)]);
        // What is computed from a key is another value with another key.
        let kept = table.columns.iter().filter(|column| !scope.is_recomputed(&table.column_name(&column.name)));
        for column in kept {
            let reference = reference(scope, table, column);
            let old = match &reference {
                Some(reference) => Some(reader.led(column, reference)),
                None => reader.old(table, column, "t"),
            };
            if let Some(old) = old {
                cells.push(reader.whole(&old, table, column, "t"));
                figures.push(figure(column, shown.len(), reference.is_some()));
                shown.push(format!(", {old} AS v{}", shown.len()));
            } else {
                cells.push(reader.cell(table, column, "t"));
            }
        }
        format!(
            "SELECT {}\nFROM (SELECT {}{}\nFROM {} t{}\nOFFSET '0') d",
            figures.join(", "),
            hashes(scope, &cells),
            shown.concat(),
            scope.from(&table.name),
            reader.joins
        )
    };
    let references: Vec<String> = table
        .columns
        .iter()
        .filter_map(|column| reference(scope, table, column))
        .map(|found| format!("; every reference {} leads to the same row as before", found.key.name))
        .collect();
    let references = references.concat();
    Proof {
        id: format!("rows {}", table.name),
        title: format!("Every row of {} is there, once, with the same content{references}", table.name),
        before: query(Side::Before),
        after: query(Side::After),
        back: None,
    }
}

// How many values a converted column has, and the digest of its references.
fn figure(column: &Column, number: usize, reference: bool) -> String {
    if !reference {
        return format!("count(d.v{number})");
    }
    let hash = match column.kind {
        ColumnKind::Text | ColumnKind::Numeric => format!("hashtextextended(d.v{number}::text, d.h)"),
        ColumnKind::Integer | ColumnKind::Uuid | ColumnKind::Other => {
            format!("hashint8extended(d.v{number}::bigint, d.h)")
        }
    };
    format!("count(d.v{number}) || ' ' || coalesce(sum({hash}), 0)")
}

fn edges(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> Proof {
    let parent = scope.table(&key.parent);
    let query = |side| {
        let mut reader = Reader::new(scope, side);
        // Who refers: the row's primary key, or where it has none the reference itself.
        let child = table.primary_key.as_ref().map_or(&key.columns, |primary| &primary.columns);
        let mut cells: Vec<String> =
            child.iter().filter_map(|name| table.column(name)).map(|column| reader.cell(table, column, "t")).collect();
        let columns = key.parent_columns.iter().filter_map(|name| Some((parent?, parent?.column(name)?)));
        cells.extend(columns.map(|(parent, column)| reader.cell(parent, column, "p")));
        format!(
            "SELECT {} FROM (SELECT {} FROM {} t JOIN {} p ON {}{}\nOFFSET '0') d",
            totals(scope),
            hashes(scope, &cells),
            scope.from(&table.name),
            scope.from(&key.parent),
            side.on(scope, table, key),
            reader.joins
        )
    };
    Proof {
        id: format!("references {}.{}", table.name, key.name),
        title: format!("Every reference {} of {} leads to the same row as before", key.name, table.name),
        before: query(Side::Before),
        after: query(Side::After),
        back: None,
    }
}

fn dangling(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> Proof {
    let set: Vec<String> = key.columns.iter().map(|column| format!("t.{} IS NOT NULL", quote::ident(column))).collect();
    let query = |side: Side| {
        format!(
            "SELECT count(*)::text FROM {} t WHERE {} AND NOT EXISTS (SELECT FROM {} p WHERE {})",
            scope.from(&table.name),
            set.join(" AND "),
            scope.from(&key.parent),
            side.on(scope, table, key)
        )
    };
    Proof {
        id: format!("dangling {}.{}", table.name, key.name),
        title: format!("As many references {} of {} lead nowhere as before", key.name, table.name),
        before: query(Side::Before),
        after: query(Side::After),
        back: None,
    }
}

fn places(scope: &Scope<'_>) -> Vec<Proof> {
    let numbers = 0..scope.conversions.len();
    let generators = numbers.flat_map(|number| scope.generators(number));
    generators
        .filter_map(|(name, generator)| {
            let live = |sequence: &str| format!("SELECT s.last_value || ' ' || s.is_called FROM {sequence} s");
            let sequence = generator.sequence()?;
            let after = match sequences::kept_clause(scope, generator) {
                None => live(sequence),
                Some(_) => {
                    let kept = format!("{} s WHERE s.sequence = {}", scope.kept_sequences(), quote::literal(sequence));
                    format!("SELECT s.last_value || ' ' || s.is_called FROM {kept}")
                }
            };
            Some(Proof {
                id: format!("sequence {name}"),
                title: format!("The sequence of {name} stands where it stood"),
                before: live(sequence),
                after,
                back: None,
            })
        })
        .collect()
}
