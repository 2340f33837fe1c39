//! What must be the same before and after: every row, every reference, every sequence.

use std::borrow::Cow;

use super::super::quote;
use super::comparable::comparable;
use super::repoint;
use super::scope::Scope;
use crate::plan::Proof;
use crate::schema::{Column, ForeignKey, Generator, Table, TableName};

/// Which side of the change a query runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

impl Side {
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
        proofs.push(edges(scope, table, key));
        if !key.validated {
            proofs.push(dangling(scope, table, key));
        }
    }
    proofs.extend(sequences(scope));
    proofs
}

fn rows(scope: &Scope<'_>, table: &Table) -> Proof {
    let query = |side| {
        let mut reader = Reader::new(scope, side);
        // What is computed from a key is another value with another key.
        let kept = table.columns.iter().filter(|column| !scope.is_recomputed(&table.column_name(&column.name)));
        let cells: Vec<String> = kept.map(|column| reader.cell(table, column, "t")).collect();
        format!(
            "SELECT {} FROM (SELECT {} FROM ONLY {} t{}) d",
            totals(scope),
            hashes(scope, &cells),
            quote::table(&table.name),
            reader.joins
        )
    };
    Proof {
        id: format!("rows {}", table.name),
        title: format!("Every row of {} is there, once, with the same content", table.name),
        before: query(Side::Before),
        after: query(Side::After),
    }
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
            "SELECT {} FROM (SELECT {} FROM {} t JOIN {} p ON {}{}) d",
            totals(scope),
            hashes(scope, &cells),
            scope.from(&table.name),
            scope.from(&key.parent),
            on(&side.key(scope, key)),
            reader.joins
        )
    };
    Proof {
        id: format!("references {}.{}", table.name, key.name),
        title: format!("Every reference {} of {} leads to the same row as before", key.name, table.name),
        before: query(Side::Before),
        after: query(Side::After),
    }
}

fn on(key: &ForeignKey) -> String {
    let pairs = key.columns.iter().zip(&key.parent_columns);
    pairs
        .map(|(child, parent)| format!("t.{} = p.{}", quote::ident(child), quote::ident(parent)))
        .collect::<Vec<_>>()
        .join(" AND ")
}

fn dangling(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> Proof {
    let set: Vec<String> = key.columns.iter().map(|column| format!("t.{} IS NOT NULL", quote::ident(column))).collect();
    let query = |side: Side| {
        format!(
            "SELECT count(*)::text FROM {} t WHERE {} AND NOT EXISTS (SELECT FROM {} p WHERE {})",
            scope.from(&table.name),
            set.join(" AND "),
            scope.from(&key.parent),
            on(&side.key(scope, key))
        )
    };
    Proof {
        id: format!("dangling {}.{}", table.name, key.name),
        title: format!("As many references {} of {} lead nowhere as before", key.name, table.name),
        before: query(Side::Before),
        after: query(Side::After),
    }
}

fn sequences(scope: &Scope<'_>) -> Vec<Proof> {
    let numbers = 0..scope.conversions.len();
    let generators = numbers.flat_map(|number| scope.generators(number));
    generators
        .filter_map(|(name, generator)| {
            let live = |sequence: &str| format!("SELECT s.last_value || ' ' || s.is_called FROM {sequence} s");
            let (sequence, after) = match generator {
                Generator::Sequence { sequence } => (sequence, live(sequence)),
                Generator::Identity { sequence, .. } => {
                    let kept = format!("{} s WHERE s.sequence = {}", scope.kept_sequences(), quote::literal(sequence));
                    (sequence, format!("SELECT s.last_value || ' ' || s.is_called FROM {kept}"))
                }
                Generator::None | Generator::RowId { .. } => return None,
            };
            Some(Proof {
                id: format!("sequence {name}"),
                title: format!("The sequence of {name} stands where it stood"),
                before: live(sequence),
                after,
            })
        })
        .collect()
}

// Reads columns as they were before, and notes which maps have to be joined for it.
struct Reader<'s, 'a> {
    scope: &'s Scope<'a>,
    side: Side,
    joins: String,
    joined: usize,
}

impl<'s, 'a> Reader<'s, 'a> {
    fn new(scope: &'s Scope<'a>, side: Side) -> Self {
        Reader { scope, side, joins: String::new(), joined: 0 }
    }

    fn cell(&mut self, table: &Table, column: &Column, alias: &str) -> String {
        let name = format!("{alias}.{}", quote::ident(&column.name));
        match self.conversion(&table.name, column) {
            None => comparable(&name, column),
            Some(_) if self.side == Side::Before => whole(&name, &name, column),
            Some(number) => {
                self.joined += 1;
                let map = format!("m{}", self.joined);
                self.joins.push_str(&format!(" LEFT JOIN {} {map} ON {map}.new_id = {name}", self.scope.map(number)));
                whole(&format!("{map}.old_id::{}", column.type_name), &name, column)
            }
        }
    }

    fn conversion(&self, table: &TableName, column: &Column) -> Option<usize> {
        self.scope.conversion_of(table, &column.name)
    }
}

// The old value, and whether there is a new one: what the map does not know reads as nothing.
fn whole(old: &str, new: &str, column: &Column) -> String {
    let value = comparable(old, column);
    if column.nullable { format!("{value}, {new} IS NULL") } else { value }
}

fn hashes(scope: &Scope<'_>, cells: &[String]) -> String {
    let row = format!("ROW({})", cells.join(", "));
    if scope.version >= 14 {
        format!("hash_record_extended({row}, 0) AS h")
    } else {
        format!("hashtextextended({row}::text, 0) AS h, hashtextextended({row}::text, 1) AS g")
    }
}

// Number, sum and exclusive or of the hashes do not depend on the order of the rows. The
// hash of a record is a sum of its fields' hashes, each times a power of 31: added up as it
// is, it would stay the same where two rows exchange a field. So the sum is over hashes of
// the hashes. Before version 14 there is no exclusive or to be had; a second hash, of a text,
// takes its place.
fn totals(scope: &Scope<'_>) -> String {
    if scope.version >= 14 {
        return "count(*) || ' ' || coalesce(sum(hashint8extended(d.h, d.h)), 0) || ' ' || coalesce(bit_xor(d.h), 0)"
            .to_owned();
    }
    "count(*) || ' ' || coalesce(sum(d.h), 0) || ' ' || coalesce(sum(d.g), 0)".to_owned()
}
