//! From a seed to a database that the server accepts.

use super::keys;
use super::kinds::KINDS;
use super::model::{Column, Holds, Model, Table};
use super::names::{comment, name};
use super::{links, parts, programs, rows};
use crate::generated::dice::Dice;
use crate::support::mysql::{Product, quoted};
use crate::support::postgres::literal;

/// Decides everything.
pub fn build(product: Product, seed: u32) -> Model {
    let mut dice = Dice::new(seed ^ if product == Product::Mysql { 0x5151_0000 } else { 0 });
    let mut model = empty(&mut dice, product, seed);
    for number in 0..1 + dice.below(9) {
        let table = table(&mut dice, &mut model, number);
        model.tables.push(table);
    }
    for at in 0..model.tables.len() {
        links::add(&mut dice, &mut model, at);
        others(&mut dice, product, &mut model.tables[at]);
    }
    rows::fill(&mut dice, &mut model);
    for at in 0..model.tables.len() {
        parts::add(&mut dice, &mut model, at);
    }
    programs::add(&mut dice, &mut model);
    model
}

fn empty(dice: &mut Dice, product: Product, seed: u32) -> Model {
    let kinds: &[&str] = match product {
        Product::Mariadb => &["v7", "v7", "v7", "v6", "v5", "v4"],
        // It has no function that version 5 could be made with.
        Product::Mysql => &["v7", "v7", "v7", "v6", "v4"],
    };
    let storages: &[&str] = match product {
        Product::Mariadb => &["uuid", "binary16", "char36"],
        Product::Mysql => &["binary16", "char36"],
    };
    let hostile = dice.chance(15);
    Model {
        product,
        database: if hostile { format!("gen `{seed}` x-y") } else { format!("gen_{seed}") },
        uuid: dice.pick::<&str>(kinds),
        storage: dice.chance(65).then(|| *dice.pick(storages)),
        inferred: dice.chance(60),
        pick: u32::try_from(dice.number() >> 32).unwrap(),
        before: Vec::new(),
        tables: Vec::new(),
        programs: Vec::new(),
    }
}

fn table(dice: &mut Dice, model: &mut Model, number: usize) -> Table {
    let mut made = Table {
        name: name(dice, "table", number),
        later: true,
        wanted: *dice.pick(&[0, 1, 3, 3, 10, 10, 10, 40, 40, 150]),
        ..Table::default()
    };
    match dice.below(100) {
        0..=7 => shared(dice, model, &mut made, number),
        8..=15 => pair(dice, model, &mut made, number),
        16..=22 => line(dice, model, &mut made, number),
        23..=25 => {}
        26..=28 => text(dice, &mut made),
        29..=31 if model.product == Product::Mariadb => sequence(dice, model, &mut made, number),
        rest => plain(dice, &mut made, number, rest < 82),
    }
    if dice.chance(8) {
        let column = Column::bare("code".to_owned(), "int".to_owned(), Holds::Ids(keys::Style::Sparse), true);
        made.columns.push(column);
        made.clauses.push("UNIQUE KEY `by_code` (`code`)".to_owned());
        made.later = false;
    }
    made.options = parts::options(dice, model.product, &mut made);
    made
}

fn plain(dice: &mut Dice, table: &mut Table, number: usize, auto: bool) {
    let type_name = keys::integer(dice);
    let style = keys::style(dice, &type_name);
    let wanted = if dice.chance(70) { "id".to_owned() } else { name(dice, "key", number) };
    let mut key = Column::bare(wanted, type_name, Holds::Ids(style), true);
    key.auto = auto;
    if dice.chance(10) {
        key.attributes = format!(" COMMENT {}", literal(&comment(dice)).replace('\\', "\\\\"));
    }
    table.key.push(key.name.clone());
    table.columns.push(key);
}

fn text(dice: &mut Dice, table: &mut Table) {
    let type_name = *dice.pick(&[
        "char(36) CHARACTER SET ascii",
        "varchar(40) CHARACTER SET latin1",
        "varchar(36) COLLATE utf8mb4_bin",
    ]);
    table.key.push("id".to_owned());
    table.columns.push(Column::bare("id".to_owned(), type_name.to_owned(), Holds::Ids(keys::Style::Spelt), true));
}

fn sequence(dice: &mut Dice, model: &mut Model, table: &mut Table, number: usize) {
    plain(dice, table, number, false);
    let made = quoted(&format!("numbers of {number}"));
    model.before.push(format!("CREATE SEQUENCE {made} START WITH 5000"));
    let key = &mut table.columns[0];
    (key.type_name, key.holds) = ("bigint".to_owned(), Holds::Ids(keys::Style::Dense));
    key.default = Some(format!("NEXTVAL({made})"));
}

fn shared(dice: &mut Dice, model: &Model, table: &mut Table, number: usize) {
    table.later = false;
    match links::part_of_key(dice, model, table, 1000 + number) {
        Some(column) => table.key.push(column),
        None => plain(dice, table, number, true),
    }
}

fn pair(dice: &mut Dice, model: &Model, table: &mut Table, number: usize) {
    table.later = false;
    for turn in 0..2 {
        match links::part_of_key(dice, model, table, 2000 + 10 * number + turn) {
            Some(column) => table.key.push(column),
            None => return plain(dice, table, number, true),
        }
    }
}

fn line(dice: &mut Dice, model: &Model, table: &mut Table, number: usize) {
    let Some(column) = links::part_of_key(dice, model, table, 3000 + number) else {
        return plain(dice, table, number, true);
    };
    let name = table.free(name(dice, "line", number));
    let mut count = Column::bare(name.clone(), "int".to_owned(), Holds::Line, true);
    if dice.chance(25) {
        count.auto = true;
        table.clauses.push(format!("KEY `counts` ({})", quoted(&name)));
    }
    table.columns.push(count);
    table.key = vec![column, name];
    dice.shuffle(&mut table.key);
}

fn others(dice: &mut Dice, product: Product, table: &mut Table) {
    for number in 0..dice.below(6) {
        let kind = dice.pick(KINDS);
        if kind.on.is_some_and(|on| on != product) || (table.alone && kind.is_shape()) {
            continue;
        }
        let name = table.free(name(dice, "column", number));
        let mut made = Column::bare(name, kind.type_name.to_owned(), Holds::Other(kind), dice.chance(25));
        made.default = kind.default.filter(|_| dice.chance(60)).map(str::to_owned);
        if (made.default.is_some() || !made.not_null) && dice.chance(6) {
            made.attributes = " INVISIBLE".to_owned();
        }
        if dice.chance(15) {
            made.attributes += &format!(" COMMENT {}", literal(&comment(dice)).replace('\\', "\\\\"));
        }
        table.columns.push(made);
    }
    if table.columns.is_empty() {
        table.columns.push(Column::bare("n".to_owned(), "int".to_owned(), Holds::Other(&KINDS[27]), false));
    }
    if dice.chance(15) {
        let name = table.free((*dice.pick(&["created_at", "date_joined", "createdAt"])).to_owned());
        let type_name = (*dice.pick(&["timestamp", "datetime", "datetime(6)"])).to_owned();
        let mut made = Column::bare(name, type_name, Holds::Moment(dice.chance(70)), true);
        made.default = Some(if made.type_name == "datetime(6)" { "NOW(6)" } else { "NOW()" }.to_owned());
        if dice.chance(20) {
            made.attributes = made.default.as_ref().map(|now| format!(" ON UPDATE {now}")).unwrap_or_default();
        }
        table.columns.push(made);
    }
    // The key need not come first.
    if dice.chance(30) {
        dice.shuffle(&mut table.columns);
    }
}
