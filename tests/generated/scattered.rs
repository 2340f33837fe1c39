//! Ids where no foreign key can stand: in arrays, and beside the name of a class.

use super::dice::Dice;
use super::keys::{Family, family};
use super::model::{Column, Holds, Model, Row, Table};
use super::values::stray;

/// Adds a column with arrays of ids of another table.
pub fn array(dice: &mut Dice, model: &mut Model, at: usize, parent: usize) {
    let target = &model.tables[parent];
    let name = format!("{}_ids", target.name);
    let (_, type_name) = key(target);
    if name.len() > 63 || !["smallint", "integer", "bigint"].contains(&type_name) {
        return;
    }
    let type_name = format!("{type_name}[]");
    let name = model.tables[at].free(name);
    model.tables[at].columns.push(Column::bare(name, type_name, Holds::Keys(parent), dice.chance(30)));
}

/// Adds two columns: a class, and the id of what is of that class.
pub fn object(dice: &mut Dice, model: &mut Model, at: usize, parents: [usize; 2]) {
    let text = parents.iter().any(|parent| family(key(&model.tables[*parent]).1) == Family::Text);
    let table = &mut model.tables[at];
    if ["subject_type", "subject_id"].iter().any(|name| table.free((*name).to_owned()) != *name) {
        return;
    }
    let class = Column::bare("subject_type".into(), "text".into(), Holds::Class(parents[0], parents[1]), false);
    let type_name = if text { "text" } else { *dice.pick(&["bigint", "text"]) };
    let id = Column::bare("subject_id".into(), type_name.into(), Holds::Object, false);
    table.columns.extend([class, id]);
}

fn key(table: &Table) -> (&str, &str) {
    (&table.key[0], &table.column(&table.key[0]).type_name)
}

// As frameworks name the class of a table.
fn class(table: &Table) -> String {
    let words = table.name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
        })
        .collect()
}

/// Fills such columns; the keys are there already.
pub fn fill(dice: &mut Dice, model: &mut Model, at: usize) {
    for column in model.tables[at].columns.clone() {
        for row in 0..model.tables[at].rows.len() {
            let mut made = Row::new();
            if let Holds::Keys(parent) = column.holds {
                made.insert(column.name.clone(), keys(dice, &model.tables[parent], &column));
            }
            if let Holds::Class(one, other) = column.holds {
                let parent = &model.tables[if dice.chance(60) { one } else { other }];
                made.insert("subject_id".to_owned(), some_key(dice, parent).filter(|_| dice.chance(90)));
                made.insert(column.name.clone(), Some(class(parent)));
            }
            model.tables[at].rows[row].extend(made);
        }
    }
}

fn some_key(dice: &mut Dice, table: &Table) -> Option<String> {
    let row = (!table.rows.is_empty()).then(|| dice.pick(&table.rows))?;
    row.get(&table.key[0]).cloned().flatten()
}

// In any order, some twice, some NULL, some that nobody has.
fn keys(dice: &mut Dice, parent: &Table, column: &Column) -> Option<String> {
    if !column.not_null && dice.chance(15) {
        return None;
    }
    let one = |dice: &mut Dice| match dice.below(12) {
        0 => "NULL".to_owned(),
        1 => stray(dice, false),
        _ => some_key(dice, parent).unwrap_or_else(|| "NULL".to_owned()),
    };
    let elements: Vec<String> = (0..dice.below(5)).map(|_| one(dice)).collect();
    let list = format!("{{{}}}", elements.join(","));
    // Bounds of their own, and more than one dimension.
    Some(match (dice.below(15), elements.len()) {
        (0, 2) => format!("[0:1]={list}"),
        (1, 2) => format!("{{{list},{list}}}"),
        _ => list,
    })
}
