//! Rows: ids first, then whatever refers to them.

use std::collections::BTreeSet;

use super::keys;
use super::model::{Holds, Model, Reference, Row, Table};
use crate::generated::dice::Dice;
use crate::generated::rows::moment;

/// Gives every table its rows.
pub fn fill(dice: &mut Dice, model: &mut Model) {
    for at in 0..model.tables.len() {
        let rows = keyed(dice, model, at);
        model.tables[at].rows = rows;
        own_ids(dice, &mut model.tables[at]);
    }
    for at in 0..model.tables.len() {
        references(dice, model, at);
        others(dice, &mut model.tables[at]);
    }
}

// Rows with nothing but their key, those of references in it included.
fn keyed(dice: &mut Dice, model: &Model, at: usize) -> Vec<Row> {
    let table = &model.tables[at];
    let mut rows: Vec<Row> = Vec::new();
    let mut taken = BTreeSet::new();
    for number in 0..table.wanted {
        let mut row = Row::new();
        for column in &table.key {
            match table.column(column).holds {
                Holds::Line => drop(row.insert(column.clone(), (number + 1).to_string())),
                Holds::Reference => {
                    let reference =
                        table.references.iter().find(|one| one.columns.contains(column)).expect("it refers");
                    let Some(value) = any(dice, model, reference) else { return Vec::new() };
                    row.extend(value);
                }
                Holds::Ids(_) | Holds::Other(_) | Holds::Moment(_) | Holds::Computed => {}
            }
        }
        if row.is_empty() || taken.insert(row.clone()) {
            rows.push(row);
        }
    }
    rows
}

// What a row of the parent offers, by the columns that refer to it.
fn any(dice: &mut Dice, model: &Model, reference: &Reference) -> Option<Row> {
    let rows = &model.tables[reference.parent].rows;
    if rows.is_empty() {
        return None;
    }
    let row = dice.pick(rows);
    let pairs = reference.columns.iter().zip(&reference.parent_columns);
    pairs
        .map(|(own, other)| row.get(other).filter(|value| *value != "NULL").map(|value| (own.clone(), value.clone())))
        .collect()
}

fn own_ids(dice: &mut Dice, table: &mut Table) {
    for column in table.columns.clone() {
        let Holds::Ids(style) = column.holds else { continue };
        let ids = keys::ids(dice, &column.type_name, style, table.rows.len());
        table.rows.truncate(ids.len());
        for (row, id) in table.rows.iter_mut().zip(ids) {
            row.insert(column.name.clone(), id);
        }
    }
}

fn references(dice: &mut Dice, model: &mut Model, at: usize) {
    let table = model.tables[at].clone();
    for reference in table.references.iter().filter(|one| !table.key.contains(&one.columns[0])) {
        let must = table.column(&reference.columns[0]).not_null;
        let empty = any(dice, model, reference).is_none();
        // Nothing to point at: then it may be NULL, which not every action of a key allows either way.
        for column in model.tables[at].columns.iter_mut().filter(|one| empty && reference.columns.contains(&one.name)) {
            column.not_null = false;
        }
        let mut taken = BTreeSet::new();
        for number in 0..model.tables[at].rows.len() {
            let none = || reference.columns.iter().map(|column| (column.clone(), "NULL".to_owned())).collect::<Row>();
            let mut found = any(dice, model, reference).filter(|_| must || dice.chance(75)).unwrap_or_else(none);
            if reference.strays && dice.chance(30) && !table.column(&reference.columns[0]).type_name.contains("char") {
                found.insert(reference.columns[0].clone(), dice.between(1, 120).to_string());
            }
            if reference.unique && !taken.insert(found.clone()) {
                found = none();
            }
            model.tables[at].rows[number].extend(found);
        }
        if reference.unique {
            model.tables[at]
                .columns
                .iter_mut()
                .filter(|one| reference.columns.contains(&one.name))
                .for_each(|one| one.not_null = false);
        }
    }
}

fn others(dice: &mut Dice, table: &mut Table) {
    for column in table.columns.clone() {
        match column.holds {
            Holds::Other(kind) => {
                for row in &mut table.rows {
                    let null = !column.not_null && dice.chance(20);
                    let value = if null { "NULL" } else { *dice.pick(kind.values) };
                    row.insert(column.name.clone(), value.to_owned());
                }
            }
            Holds::Moment(agrees) => moments(dice, table, &column.name, agrees),
            Holds::Ids(_) | Holds::Reference | Holds::Line | Holds::Computed => {}
        }
    }
}

// An hour between one row and the next, some at the same moment; or anything.
fn moments(dice: &mut Dice, table: &mut Table, column: &str, agrees: bool) {
    let mut order: Vec<usize> = (0..table.rows.len()).collect();
    if let (true, Some(key)) = (agrees, table.key.first().cloned()) {
        order.sort_by_key(|at| table.rows[*at].get(&key).and_then(|id| id.parse::<i128>().ok()));
    }
    for (rank, at) in order.into_iter().enumerate() {
        let hours = if agrees { rank * 5 / 6 } else { dice.below(20_000) };
        let moment = format!("'{}'", moment(hours));
        table.rows[at].insert(column.to_owned(), moment);
    }
}
