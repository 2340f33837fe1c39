//! References: in keys, beside them, to tables before and after, declared and not.

use super::keys::range;
use super::model::{Column, Holds, Model, Reference, Table};
use super::names::name;
use crate::generated::dice::Dice;
use crate::support::mysql::quoted;

/// Adds a column to a table that is not in the model yet, with a reference to an earlier one;
/// none where there is no table that it could lead to.
pub fn part_of_key(dice: &mut Dice, model: &Model, table: &mut Table, number: usize) -> Option<String> {
    let found: Vec<usize> = (0..model.tables.len()).filter(|at| fits(&model.tables[*at])).collect();
    if found.is_empty() {
        return None;
    }
    let parent = *dice.pick(&found);
    let target = &model.tables[parent];
    let columns = columns(dice, table, target, parent, &target.key, true);
    let declared = Some(clause(dice, table, &columns, number));
    let column = columns[0].clone();
    let reference =
        Reference { columns, parent, parent_columns: target.key.clone(), declared, strays: false, unique: false };
    table.references.push(reference);
    Some(column)
}

// Has a key of one column that others can refer to.
fn fits(table: &Table) -> bool {
    table.key.len() == 1 && !table.alone
}

/// Adds the references beside the keys.
pub fn add(dice: &mut Dice, model: &mut Model, at: usize) {
    for _ in 0..dice.below(4) {
        let kind = dice.below(100);
        let keyed = |other: &usize| !model.tables[*other].key.is_empty() && !model.tables[*other].alone;
        // Mostly backwards: everybody in a circle with everybody is one domain and nothing else.
        let limit = if dice.chance(20) { model.tables.len() } else { at + 1 };
        let mut found: Vec<usize> = (0..limit).filter(keyed).collect();
        if kind < 15 {
            found.retain(|other| *other == at);
        }
        if found.is_empty() || model.tables[at].alone {
            continue;
        }
        let parent = *dice.pick(&found);
        let target = model.tables[parent].clone();
        let code = target.clauses.iter().any(|clause| clause.starts_with("UNIQUE KEY `by_code`")) && kind >= 90;
        let keys = if code { vec!["code".to_owned()] } else { target.key.clone() };
        let table = &mut model.tables[at];
        let must = parent != at && dice.chance(25);
        let columns = columns(dice, table, &target, parent, &keys, must);
        let declared = (kind < 78 || columns.len() > 1 || code).then(|| {
            let number = 100 * at + table.references.len();
            clause(dice, table, &columns, number)
        });
        let strays = if declared.is_some() { dice.chance(2) } else { dice.chance(40) };
        let strays = strays && columns.len() == 1 && range(&target.column(&keys[0]).type_name).1 > 200;
        let unique = columns.len() == 1 && dice.chance(8) && !strays;
        if unique {
            table.clauses.push(format!(
                "UNIQUE KEY {} ({})",
                quoted(&format!("one {}", columns.len() + table.references.len())),
                quoted(&columns[0])
            ));
        }
        table.references.push(Reference { columns, parent, parent_columns: keys, declared, strays, unique });
    }
}

fn columns(
    dice: &mut Dice,
    table: &mut Table,
    target: &Table,
    parent: usize,
    keys: &[String],
    not_null: bool,
) -> Vec<String> {
    let mut made = Vec::new();
    for key in keys {
        let number = 20 + table.columns.len();
        let told = format!("{}_id", target.name);
        let wanted = if told.chars().count() <= 64 && dice.chance(50) { told } else { name(dice, "reference", number) };
        let column = table.free(wanted);
        let mut new = Column::bare(column.clone(), target.column(key).type_name.clone(), Holds::Reference, not_null);
        if dice.chance(10) {
            new.attributes = " COMMENT 'the parent''s'".to_owned();
        }
        // A number that stands for no row, or for one.
        if !not_null
            && dice.chance(4)
            && matches!(target.column(key).holds, Holds::Ids(_))
            && !target.column(key).type_name.contains("char")
        {
            new.default = Some((parent % 2).to_string());
        }
        table.columns.push(new);
        made.push(column);
    }
    made
}

const ACTIONS: &[&str] = &["", "", "", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL"];

// What stands before the target of a foreign key, and what behind.
fn clause(dice: &mut Dice, table: &Table, columns: &[String], number: usize) -> (String, String) {
    let nullable = columns.iter().all(|column| !table.column(column).not_null);
    let mut actions = String::new();
    for event in ["DELETE", "UPDATE"] {
        let action = *dice.pick(ACTIONS);
        if !action.is_empty() && (nullable || action != "SET NULL") {
            actions += &format!(" ON {event} {action}");
        }
    }
    // A name that the server makes up has to have room.
    let named = table.name.chars().count() > 54 || dice.chance(45);
    let constraint = if named { format!("CONSTRAINT {} ", quoted(&name(dice, "link", number))) } else { String::new() };
    let index = if dice.chance(10) { quoted(&format!("index of {number}")) } else { String::new() };
    let own: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
    (format!("{constraint}FOREIGN KEY {index} ({})", own.join(", ")), actions)
}
