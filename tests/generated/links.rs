//! References: in keys, beside them, to tables before and after, declared and not.

use super::dice::Dice;
use super::model::{Column, Holds, Model, Reference, Source, Style, Table};
use super::names::{comment, name};
use super::wish::{Link, Wish};

/// A key that is the key of an earlier table. False where there is none.
pub fn shared(dice: &mut Dice, table: &mut Table, model: &Model) -> bool {
    let Some(parent) = earlier(dice, table, model) else { return false };
    let column = point(dice, table, model, parent, true);
    table.key.push(column);
    true
}

/// A key of two references.
pub fn pair(dice: &mut Dice, table: &mut Table, model: &Model) -> bool {
    let (Some(first), Some(second)) = (earlier(dice, table, model), earlier(dice, table, model)) else { return false };
    for parent in [first, second] {
        let column = point(dice, table, model, parent, true);
        table.key.push(column);
    }
    true
}

/// A key of a reference and a number that counts.
pub fn line(dice: &mut Dice, table: &mut Table, model: &Model) -> bool {
    let Some(parent) = earlier(dice, table, model) else { return false };
    let column = point(dice, table, model, parent, true);
    let line = count(dice, table);
    table.key.extend([column, line]);
    true
}

/// Adds a column that counts.
pub fn count(dice: &mut Dice, table: &mut Table) -> String {
    let name = table.free(name(dice, "line", 50));
    let type_name = (*dice.pick(&["smallint", "integer"])).to_owned();
    let made = Column {
        name: name.clone(),
        type_name,
        holds: Holds::Line,
        not_null: true,
        source: Source::Nothing,
        inherited: false,
    };
    table.columns.push(made);
    name
}

// A table with a key of one column that holds integers.
fn earlier(dice: &mut Dice, table: &Table, model: &Model) -> Option<usize> {
    let fits = |at: &usize| single_key(&model.tables[*at]) && may_reference(table, &model.tables[*at]);
    let found: Vec<usize> = (0..model.tables.len()).filter(fits).collect();
    (!found.is_empty()).then(|| *dice.pick(&found))
}

fn single_key(table: &Table) -> bool {
    table.key.len() == 1 && table.heir_of.is_none() && table.column(&table.key[0]).is_integer_key()
}

// The server keeps logged tables from referencing unlogged ones.
fn may_reference(child: &Table, parent: &Table) -> bool {
    child.unlogged || !parent.unlogged
}

// Adds a column that references the single key of a parent.
fn point(dice: &mut Dice, table: &mut Table, model: &Model, parent: usize, not_null: bool) -> String {
    let target = &model.tables[parent];
    let column = add_column(dice, table, target, &target.key[0], not_null);
    let mut made = reference(dice, vec![column.clone()], parent, target.key.clone(), 200 + table.references.len());
    made.unchecked = false;
    table.references.push(made);
    column
}

fn add_column(dice: &mut Dice, table: &mut Table, target: &Table, key: &str, not_null: bool) -> String {
    let number = table.columns.len();
    let told = format!("{}_id", target.name);
    let word = if table.heir_of.is_some() { "own" } else { "reference" };
    let wanted = if told.len() <= 63 && word != "own" && dice.chance(50) { told } else { name(dice, word, number) };
    let name = table.free(wanted);
    let parent_type = target.column(key).type_name.as_str();
    let other = *dice.pick(&["smallint", "integer", "bigint"]);
    let type_name = if parent_type != "uuid" && dice.chance(20) { other } else { parent_type }.to_owned();
    let column =
        Column { name, type_name, holds: Holds::Reference, not_null, source: Source::Nothing, inherited: false };
    table.columns.push(column);
    table.columns.last().expect("just pushed").name.clone()
}

const ACTIONS: &[&str] = &["", "", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"];

fn reference(
    dice: &mut Dice,
    columns: Vec<String>,
    parent: usize,
    parent_columns: Vec<String>,
    number: usize,
) -> Reference {
    let mut attributes = String::new();
    for event in ["DELETE", "UPDATE"] {
        let action = dice.pick(ACTIONS);
        if !action.is_empty() {
            attributes += &format!(" ON {event} {action}");
        }
    }
    attributes += *dice.pick(&["", "", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]);
    Reference {
        columns,
        parent,
        parent_columns,
        declared: true,
        orphans: false,
        name: dice.chance(40).then(|| name(dice, "link", number)),
        attributes,
        full: dice.chance(15),
        unchecked: dice.chance(8),
        comment: dice.chance(15).then(|| comment(dice)),
    }
}

/// Adds the references beside the keys.
pub fn declare(model: &mut Model, wish: &Wish) {
    for (at, table) in wish.tables.iter().enumerate() {
        for (link, pick) in &table.references {
            add(&mut Dice::new(*pick), model, at, *link);
        }
    }
}

fn add(dice: &mut Dice, model: &mut Model, at: usize, link: Link) {
    let Some(parent) = parent(dice, model, at, link) else { return };
    if link == Link::Code && model.tables[parent].unique.is_empty() {
        code(dice, &mut model.tables[parent]);
    }
    let target = model.tables[parent].clone();
    let keys = if link == Link::Code { target.unique[..1].to_vec() } else { target.key.clone() };
    let table = &mut model.tables[at];
    let not_null = dice.chance(25);
    // A second reference to the same parent happens by itself; one on the same column is wished for rarely.
    let columns: Vec<String> = keys.iter().map(|key| add_column(dice, table, &target, key, not_null)).collect();
    let mut made = reference(dice, columns, parent, keys, 300 + table.references.len());
    made.declared = link != Link::Undeclared;
    // The server takes no unchecked foreign key on a partitioned table.
    if table.split.is_some() {
        made.unchecked = false;
    } else if link == Link::Orphan {
        (made.orphans, made.unchecked, made.full) = (true, true, false);
    }
    table.references.push(made);
}

fn parent(dice: &mut Dice, model: &Model, at: usize, link: Link) -> Option<usize> {
    let fits = |other: &usize| {
        let target = &model.tables[*other];
        let keyed = if link == Link::Code { target.split.is_none() } else { !target.key.is_empty() };
        keyed && target.heir_of.is_none() && may_reference(&model.tables[at], target)
    };
    if link == Link::Own {
        return Some(at).filter(fits);
    }
    // Mostly backwards: everybody in a circle with everybody is one domain and nothing else.
    let limit = if dice.chance(20) { model.tables.len() } else { at + 1 };
    let found: Vec<usize> = (0..limit).filter(fits).collect();
    (!found.is_empty()).then(|| *dice.pick(&found))
}

fn code(dice: &mut Dice, table: &mut Table) {
    let name = table.free(name(dice, "code", 60));
    table.unique.push(name.clone());
    let holds = Holds::Ids(*dice.pick(&[Style::Dense, Style::Sparse]));
    let type_name = "integer".to_owned();
    table.columns.push(Column { name, type_name, holds, not_null: true, source: Source::Nothing, inherited: false });
}
