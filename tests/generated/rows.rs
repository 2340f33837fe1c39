//! Rows that keep every promise of the schema, with ids that are hard to keep.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::keys::{Family, family, range};
use super::model::{Holds, Model, Reference, Row, Source, Table};
use super::scattered;
use super::values::{ids, respelt, stray};
use super::wish::Wish;

/// Fills every table.
pub fn fill(model: &mut Model, wish: &Wish) {
    for (at, table) in wish.tables.iter().enumerate() {
        let mut dice = Dice::new(table.pick ^ 0x1111);
        let keys = keys(&mut dice, model, at, table.rows);
        model.tables[at].rows = keys;
    }
    for (at, table) in wish.tables.iter().enumerate() {
        let mut dice = Dice::new(table.pick ^ 0x2222);
        references(&mut dice, model, at);
        scattered::fill(&mut dice, model, at);
        others(&mut dice, &mut model.tables[at]);
        moments(&mut dice, &mut model.tables[at]);
    }
}

// Rows with what makes them different: ids, unique columns, and references within the key.
fn keys(dice: &mut Dice, model: &Model, at: usize, most: usize) -> Vec<Row> {
    let table = &model.tables[at];
    let count = if most > 1 { dice.below(most) + 1 } else { most };
    let mut rows: Vec<Row> = vec![Row::new(); count];
    for column in &table.columns {
        if let Holds::Ids(style) = column.holds {
            let taken = if column.inherited { relatives(model, at, &column.name) } else { BTreeSet::new() };
            let ids = ids(dice, column, style, count, &taken);
            rows.truncate(ids.len());
            for (row, id) in rows.iter_mut().zip(ids) {
                row.insert(column.name.clone(), Some(id));
            }
        }
    }
    let inner: Vec<_> = table
        .references
        .iter()
        .filter(|one| !one.second && one.columns.iter().any(|column| table.key.contains(column)))
        .collect();
    for reference in &inner {
        let candidates = candidates(model, at, reference.parent, &reference.columns, &reference.parent_columns);
        if candidates.is_empty() {
            return Vec::new();
        }
        for row in &mut rows {
            row.extend(dice.pick(&candidates).clone());
        }
    }
    for (number, row) in rows.iter_mut().enumerate() {
        for column in table.columns.iter().filter(|column| column.holds == Holds::Line) {
            row.insert(column.name.clone(), Some((number % 7).to_string()));
        }
    }
    let mut seen = BTreeSet::new();
    let key = |row: &Row| table.key.iter().map(|column| row[column].clone()).collect::<Vec<_>>();
    rows.retain(|row| inner.is_empty() || seen.insert(key(row)));
    rows
}

// Ids of the tables that this one inherits from, and of their other heirs.
fn relatives(model: &Model, at: usize, column: &str) -> BTreeSet<String> {
    let parent = model.tables[at].heir_of.expect("it inherits a column");
    let family = (0..at).filter(|other| *other == parent || model.tables[*other].heir_of == Some(parent));
    let rows = family.flat_map(|other| &model.tables[other].rows);
    rows.filter_map(|row| row.get(column).cloned().flatten()).collect()
}

// What the rows of a parent offer, as far as the child's types can hold it.
fn candidates(model: &Model, at: usize, parent: usize, columns: &[String], parent_columns: &[String]) -> Vec<Row> {
    let table = &model.tables[at];
    let fits = |column: &String, value: &String| {
        let (least, most) = range(&table.column(column).type_name);
        value.parse::<i64>().map_or(true, |number| (least..=most).contains(&number))
    };
    let rows = model.tables[parent].rows.iter().filter_map(|row| {
        let mut found = Row::new();
        for (column, parent_column) in columns.iter().zip(parent_columns) {
            let value = row.get(parent_column)?.clone()?;
            if !fits(column, &value) {
                return None;
            }
            found.insert(column.clone(), Some(value));
        }
        Some(found)
    });
    rows.collect()
}

fn references(dice: &mut Dice, model: &mut Model, at: usize) {
    let table = model.tables[at].clone();
    // An heir's inherited columns hold what its parent's do.
    let inherited = table.heir_of.map(|parent| model.tables[parent].references.clone()).unwrap_or_default();
    let outer = table.references.iter().chain(&inherited);
    let inner = |one: &&Reference| one.columns.iter().any(|column| table.key.contains(column));
    for reference in outer.filter(|one| !inner(one) && !one.second) {
        let candidates = candidates(model, at, reference.parent, &reference.columns, &reference.parent_columns);
        let must = reference.columns.iter().any(|column| table.column(column).not_null);
        // Nothing to point at: then it may be NULL. Taking rows away would bereave others.
        for column in model.tables[at].columns.iter_mut().filter(|_| must && candidates.is_empty()) {
            column.not_null &= !reference.columns.contains(&column.name);
        }
        for row in &mut model.tables[at].rows {
            let picked = (!candidates.is_empty() && (must || dice.chance(75))).then(|| dice.pick(&candidates).clone());
            for column in &reference.columns {
                let mut value = picked.as_ref().and_then(|picked| picked[column].clone());
                let kind = family(&table.column(column).type_name);
                if reference.orphans && dice.chance(30) && kind != Family::Uuid {
                    value = Some(stray(dice, kind == Family::Text));
                }
                // Nothing keeps whoever writes them to the key's own spelling.
                if !reference.declared && kind == Family::Text && dice.chance(30) {
                    value = value.map(|text| respelt(dice, &text));
                }
                row.insert(column.clone(), value);
            }
        }
    }
}

fn others(dice: &mut Dice, table: &mut Table) {
    for column in table.columns.clone() {
        let Holds::Other(kind) = column.holds else { continue };
        for row in &mut table.rows {
            let null = !column.not_null && dice.chance(20);
            row.insert(column.name.clone(), (!null).then(|| (*dice.pick(kind.values)).to_owned()));
        }
    }
}

// An hour between one row and the next, some at the same moment; or anything.
fn moments(dice: &mut Dice, table: &mut Table) {
    for column in table.columns.clone() {
        let Holds::Moment(agrees) = column.holds else { continue };
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        if let (true, Some(key)) = (agrees, table.key.first()) {
            order.sort_by_key(|at| table.rows[*at].get(key).cloned().flatten().and_then(|id| id.parse::<i64>().ok()));
        }
        for (rank, at) in order.into_iter().enumerate() {
            let hours = if agrees { rank * 5 / 6 } else { dice.below(20_000) };
            let moment = moment(hours);
            let odd = (!column.not_null && dice.chance(10)).then_some(None);
            let odd = odd.or_else(|| dice.chance(2).then(|| Some("infinity".to_owned())));
            table.rows[at].insert(column.name.clone(), odd.unwrap_or(Some(moment)));
        }
    }
}

/// True where values of the column must be given with OVERRIDING SYSTEM VALUE.
pub fn overrides(table: &Table) -> bool {
    table.columns.iter().any(|column| matches!(column.source, Source::Identity(true, _)))
}

/// So many hours after the first moment that a row was made at. Every month has 28 days.
pub fn moment(hours: usize) -> String {
    format!("{}-{:02}-{:02} {:02}:00:00", 2012 + hours / 8064, 1 + hours / 672 % 12, 1 + hours / 24 % 28, hours % 24)
}
