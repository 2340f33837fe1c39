//! From wishes to a database that the server accepts.

use super::dice::Dice;
use super::keys;
use super::kinds::{KINDS, Nature};
use super::links;
use super::model::{Column, Holds, Model, Source, Split, Table, quoted};
use super::names::name;
use super::rows;
use super::wish::{KeyWish, TableWish, Wish};

/// Decides everything.
pub fn build(wish: &Wish) -> Model {
    let mut model = Model { extras: wish.extras.clone(), ..Model::default() };
    let schemas = schemas(&mut model, wish.pick);
    for (number, table) in wish.tables.iter().enumerate() {
        let mut dice = Dice::new(table.pick);
        let (schema, table_name) = place(&mut dice, &model, &schemas, number);
        let mut made = empty(schema, table_name, table);
        made.unlogged = dice.chance(7);
        key(&mut dice, &mut made, table.key, &model, number);
        model.tables.push(made);
    }
    links::declare(&mut model, wish);
    for (at, table) in wish.tables.iter().enumerate() {
        others(&mut model.tables[at], table);
    }
    inherit(&mut model);
    choose(&mut model, wish.pick);
    rows::fill(&mut model, wish);
    model
}

// What the user asks for beside the conversion of everything.
fn choose(model: &mut Model, pick: u32) {
    let mut dice = Dice::new(pick ^ 0x7777);
    model.uuid = *dice.pick(&["v7", "v7", "v7", "v6", "v5", "v4"]);
    model.pick = pick;
    if dice.chance(15) {
        links::repoint(&mut dice, model);
    }
    let keyed = |at: &usize| model.tables[*at].has_own_key() && model.repointed.iter().all(|(other, _)| other != at);
    let keyed: Vec<usize> = (0..model.tables.len()).filter(keyed).collect();
    if !keyed.is_empty() && dice.chance(20) {
        let at = *dice.pick(&keyed);
        let column = dice.chance(50).then(|| model.tables[at].free(name(&mut dice, "short", 90)));
        model.slugs.push((at, column));
    }
}

fn schemas(model: &mut Model, pick: u32) -> Vec<String> {
    let mut dice = Dice::new(pick);
    let mut all = vec!["public".to_owned()];
    for number in 0..dice.below(3) {
        let made = name(&mut dice, "schema", number);
        model.schemas.push(made.clone());
        all.push(made);
    }
    if all.len() > 1 && dice.chance(30) {
        all.remove(0);
    }
    all
}

// Sometimes the name of an earlier table, in another schema.
fn place(dice: &mut Dice, model: &Model, schemas: &[String], number: usize) -> (String, String) {
    let schema = dice.pick(schemas).clone();
    let made = name(dice, "table", number);
    let twin = (dice.chance(12) && number > 0).then(|| &model.tables[dice.below(number)]);
    let taken = |wanted: &str| model.tables.iter().any(|table| table.schema == schema && table.name == wanted);
    match twin {
        Some(twin) if !taken(&twin.name) => (schema, twin.name.clone()),
        _ => (schema, made),
    }
}

fn empty(schema: String, name: String, wish: &TableWish) -> Table {
    Table {
        schema,
        name,
        unlogged: false,
        split: None,
        heir_of: None,
        columns: Vec::new(),
        key: Vec::new(),
        key_name: None,
        unique: Vec::new(),
        references: Vec::new(),
        parts: wish.parts.clone(),
        rows: Vec::new(),
    }
}

fn key(dice: &mut Dice, table: &mut Table, wish: KeyWish, model: &Model, number: usize) {
    let key_name = dice.chance(25).then(|| name(dice, "key", number + 100));
    // What needs an earlier table is a plain key where there is none.
    let made = match wish {
        KeyWish::Shared => links::shared(dice, table, model),
        KeyWish::Pair => links::pair(dice, table, model),
        KeyWish::Line => links::line(dice, table, model),
        KeyWish::Heir => heir(dice, table, model),
        KeyWish::Single
        | KeyWish::Unique
        | KeyWish::None
        | KeyWish::Uuid
        | KeyWish::Split
        | KeyWish::Text
        | KeyWish::Numeric
        | KeyWish::Domain => false,
    };
    if made || wish == KeyWish::None {
        table.key_name = key_name.filter(|_| !table.key.is_empty());
        return;
    }
    let id = keys::id(dice, wish, number);
    if wish == KeyWish::Unique {
        table.unique.push(id.name.clone());
    } else {
        table.key.push(id.name.clone());
        table.key_name = key_name;
    }
    table.columns.push(id);
    if wish == KeyWish::Split {
        table.unlogged = false;
        split(dice, table, number);
    }
}

const HALVES: &[(&str, [&str; 2])] = &[
    ("HASH", ["FOR VALUES WITH (MODULUS 2, REMAINDER 0)", "FOR VALUES WITH (MODULUS 2, REMAINDER 1)"]),
    ("LIST", ["FOR VALUES IN (0, 1, 2)", "DEFAULT"]),
    ("RANGE", ["FOR VALUES FROM (MINVALUE) TO (3)", "FOR VALUES FROM (3) TO (MAXVALUE)"]),
];

fn split(dice: &mut Dice, table: &mut Table, number: usize) {
    let line = links::count(dice, table);
    let (how, bounds) = *dice.pick(HALVES);
    let partitions =
        bounds.into_iter().enumerate().map(|(at, bound)| (name(dice, "part", 400 + 2 * number + at), bound)).collect();
    let below = dice.chance(25).then(|| name(dice, "below", 600 + number));
    table.split = Some(Split { by: format!("{how} ({})", quoted(&line)), partitions, below });
    table.key.push(line);
    dice.shuffle(&mut table.key);
}

// The parent must be finished only later: its columns are copied in `inherit`.
fn heir(dice: &mut Dice, table: &mut Table, model: &Model) -> bool {
    let fits = |at: &usize| {
        let parent = &model.tables[*at];
        parent.key.len() == 1 && matches!(parent.column(&parent.key[0]).holds, Holds::Ids(_))
    };
    let parents: Vec<usize> = (0..model.tables.len()).filter(fits).collect();
    if parents.is_empty() {
        return false;
    }
    let parent = *dice.pick(&parents);
    table.heir_of = Some(parent);
    table.unlogged = model.tables[parent].unlogged;
    true
}

fn inherit(model: &mut Model) {
    for at in 0..model.tables.len() {
        let Some(parent) = model.tables[at].heir_of else { continue };
        let mut columns = model.tables[parent].columns.clone();
        for column in &mut columns {
            column.inherited = true;
        }
        // A column of the same name would be merged with the parent's.
        let known: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let table = &mut model.tables[at];
        table.references.retain(|reference| !reference.columns.iter().any(|column| known.contains(column)));
        table.columns.retain(|column| !known.contains(&column.name));
        columns.append(&mut table.columns);
        table.columns = columns;
    }
}

// As people call it; whether it agrees with the keys nobody promises.
fn moment(dice: &mut Dice, table: &mut Table) {
    if table.heir_of.is_some() || !dice.chance(15) {
        return;
    }
    let name = table.free((*dice.pick(&["created_at", "date_joined", "createdAt", "registered_at"])).to_owned());
    let type_name =
        *dice.pick(&["timestamp with time zone", "timestamp without time zone", "timestamp(3) with time zone"]);
    let mut made = Column::bare(name, type_name.to_owned(), Holds::Moment(dice.chance(70)), dice.chance(40));
    if dice.chance(50) {
        made.source = Source::Expression("now()".to_owned());
    }
    table.columns.push(made);
}

fn others(table: &mut Table, wish: &TableWish) {
    for (number, pick) in wish.columns.iter().enumerate() {
        let mut dice = Dice::new(*pick);
        let kind = dice.pick(KINDS);
        // An heir's must differ from its parent's.
        let word = if table.heir_of.is_some() { "own" } else { "column" };
        let name = table.free(name(&mut dice, word, number));
        let source = match kind.default {
            Some(expression) if dice.chance(60) => Source::Expression(expression.to_owned()),
            _ => Source::Nothing,
        };
        let not_null = dice.chance(25);
        let collation = if kind.nature == Nature::Text && dice.chance(15) { " COLLATE \"C\"" } else { "" };
        let type_name = format!("{}{collation}", kind.name);
        let mut made = Column::bare(name, type_name, Holds::Other(kind), not_null);
        made.source = source;
        table.columns.push(made);
    }
    moment(&mut Dice::new(wish.pick ^ 0x3333), table);
    // The key need not come first.
    let mut dice = Dice::new(wish.pick ^ 0xabcd);
    if dice.chance(40) {
        dice.shuffle(&mut table.columns);
    }
}
