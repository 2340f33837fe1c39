//! References: in keys, beside them, to tables before and after, declared and not.

use super::dice::Dice;
use super::keys::{Family, family, others};
use super::model::{Column, Holds, Model, Reference, Source, Style, Table, list};
use super::names::{comment, name};
use super::scattered;
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
    table.columns.push(Column::bare(name.clone(), type_name, Holds::Line, true));
    name
}

// A table with a key of one column that a conversion may touch.
fn earlier(dice: &mut Dice, table: &Table, model: &Model) -> Option<usize> {
    let fits = |at: &usize| model.tables[*at].has_own_key() && may_reference(table, &model.tables[*at]);
    let found: Vec<usize> = (0..model.tables.len()).filter(fits).collect();
    (!found.is_empty()).then(|| *dice.pick(&found))
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
    let others = others(parent_type);
    let type_name = if !others.is_empty() && dice.chance(20) { *dice.pick(others) } else { parent_type }.to_owned();
    table.columns.push(Column::bare(name, type_name, Holds::Reference, not_null));
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
    let when = *dice.pick(&["", "", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]);
    attributes += when;
    let some = list(&columns[..1]);
    let since_15 = dice.chance(8).then(|| match dice.below(3) {
        0 => format!(" ON DELETE SET DEFAULT ({some}){when}"),
        _ => format!(" ON UPDATE CASCADE ON DELETE SET NULL ({some}){when}"),
    });
    Reference {
        columns,
        parent,
        parent_columns,
        declared: true,
        second: false,
        orphans: false,
        name: dice.chance(40).then(|| name(dice, "link", number)),
        attributes,
        since_15,
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
    if link == Link::Array || link == Link::Object {
        return scatter(dice, model, at, link);
    }
    let Some(parent) = parent(dice, model, at, link) else { return };
    if link == Link::Twice {
        return twice(dice, &mut model.tables, at, parent);
    }
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

fn scatter(dice: &mut Dice, model: &mut Model, at: usize, link: Link) {
    let found: Vec<usize> = (0..model.tables.len()).filter(|at| model.tables[*at].has_own_key()).collect();
    if found.is_empty() {
        return;
    }
    let parents = [*dice.pick(&found), *dice.pick(&found)];
    if link == Link::Array {
        scattered::array(dice, model, at, parents[0]);
    } else {
        scattered::object(dice, model, at, parents);
    }
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
    table.columns.push(Column::bare(name, "integer".to_owned(), holds, true));
}

// What is a reference already leads to a second table: not validated, since hardly any of
// its values is there.
fn twice(dice: &mut Dice, tables: &mut [Table], at: usize, parent: usize) {
    let keys = tables[parent].key.clone();
    let first = tables[at].references.iter().find(|one| one.columns.len() == 1 && one.parent != parent);
    let Some(first) = first.filter(|_| keys.len() == 1 && tables[at].split.is_none()) else { return };
    let column = first.columns[0].clone();
    if tables[at].column(&column).type_name != tables[parent].column(&keys[0]).type_name {
        return;
    }
    let mut made = reference(dice, vec![column], parent, keys, 350 + tables[at].references.len());
    (made.unchecked, made.second) = (true, true);
    tables[at].references.push(made);
}

/// A key whose references leave it for a UUID column that its table has already.
pub fn repoint(dice: &mut Dice, model: &mut Model) {
    let fits = |at: &usize| {
        let table = &model.tables[*at];
        let key = |one: &Reference| one.declared && one.parent == *at && one.parent_columns == table.key;
        table.has_own_key()
            && family(&table.column(&table.key[0]).type_name) == Family::Number
            && model.tables.iter().all(|other| other.heir_of != Some(*at))
            && model.tables.iter().flat_map(|other| &other.references).any(key)
    };
    let found: Vec<usize> = (0..model.tables.len()).filter(fits).collect();
    if found.is_empty() {
        return;
    }
    let at = *dice.pick(&found);
    let table = &mut model.tables[at];
    let word = if dice.chance(50) { "uuid".to_owned() } else { name(dice, "public_id", 70) };
    let name = table.free(word);
    let mut made = Column::bare(name.clone(), "uuid".to_owned(), Holds::Ids(Style::Uuid), true);
    made.source = Source::Expression("gen_random_uuid()".to_owned());
    table.columns.push(made);
    table.unique.push(name.clone());
    model.repointed.push((at, name));
}
