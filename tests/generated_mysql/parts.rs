//! What stands on a table: indexes, checks, columns that the server computes, options.

use super::kinds::Index;
use super::model::{Column, Holds, Model, Table};
use super::names::{comment, name};
use crate::generated::dice::Dice;
use crate::support::mysql::{Product, quoted};
use crate::support::postgres::literal;

/// What stands behind the parentheses. Tables that no conversion takes stand alone.
pub fn options(dice: &mut Dice, product: Product, table: &mut Table) -> String {
    let own = table.references.is_empty() && !table.key.is_empty();
    let mut found = match (dice.below(100), product) {
        (0..=1, _) if own => {
            table.alone = true;
            " ENGINE=MyISAM".to_owned()
        }
        (2, Product::Mariadb) if own => {
            table.alone = true;
            " ENGINE=Aria".to_owned()
        }
        _ => " ENGINE=InnoDB".to_owned(),
    };
    let sized = !table.alone;
    if dice.chance(12) {
        found += &format!(" AUTO_INCREMENT={}", dice.between(100, 120));
    }
    if dice.chance(20) {
        found += *dice.pick(&[
            " DEFAULT CHARSET=latin1",
            " DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
            " DEFAULT CHARSET=utf8mb3",
            " COLLATE=utf8mb4_unicode_ci",
        ]);
    }
    if dice.chance(15) && sized {
        found +=
            *dice.pick(&[" ROW_FORMAT=COMPACT", " ROW_FORMAT=REDUNDANT", " ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8"]);
    } else if dice.chance(5) && product == Product::Mariadb && sized {
        found += " PAGE_COMPRESSED=1";
    }
    if dice.chance(8) && sized {
        found += " STATS_PERSISTENT=1 STATS_SAMPLE_PAGES=4";
    }
    if dice.chance(15) {
        found += &format!(" COMMENT={}", literal(&comment(dice)).replace('\\', "\\\\"));
    }
    match (dice.below(100), product) {
        (0..=1, Product::Mariadb) => found += " WITH SYSTEM VERSIONING",
        (2..=3, _) if own && table.single_key().is_some_and(|key| key.holds_numbers()) && table.clauses.is_empty() => {
            table.alone = true;
            found += &format!(" PARTITION BY HASH ({}) PARTITIONS 3", quoted(&table.key[0]));
        }
        _ => {}
    }
    found
}

/// Adds the rest once it is known what the rows hold.
pub fn add(dice: &mut Dice, model: &mut Model, at: usize) {
    let product = model.product;
    for number in 0..dice.below(3) {
        computed(dice, &mut model.tables[at], number);
    }
    for number in 0..dice.below(4) {
        let clause = index(dice, product, &model.tables[at], 40 + number);
        model.tables[at].clauses.extend(clause);
    }
    for number in 0..dice.below(3) {
        let clause = check(dice, product, &model.tables[at], 100 * at + number);
        model.tables[at].clauses.extend(clause);
    }
    if product == Product::Mariadb && dice.chance(15) {
        check_beside(dice, &mut model.tables[at]);
    }
}

impl Table {
    // The server lets no check speak of a column that it numbers itself, and MySQL of none that
    // a foreign key may write into.
    fn may_be_checked(&self, column: &Column) -> bool {
        let written = |behind: &str| behind.contains("CASCADE") || behind.contains("SET NULL");
        let acted = self.references.iter().any(|one| {
            one.columns.contains(&column.name) && one.declared.as_ref().is_some_and(|(_, behind)| written(behind))
        });
        let holds = matches!(column.holds, Holds::Ids(_) | Holds::Reference) && column.type_name.contains("int");
        holds && !column.auto && !acted && !column.attributes.contains("CHECK")
    }
}

impl Column {
    fn holds_numbers(&self) -> bool {
        matches!(self.holds, Holds::Ids(_)) && self.type_name.contains("int")
    }

    fn is_other(&self) -> bool {
        matches!(self.holds, Holds::Other(_))
    }
}

fn computed(dice: &mut Dice, table: &mut Table, number: usize) {
    if table.alone {
        return;
    }
    let fits = |one: &&Column| (one.is_other() || table.refers(&one.name)) && !one.type_name.starts_with("char");
    // What is padded to its width depends on the session, and may not be computed with.
    let base: Vec<&Column> = table.columns.iter().filter(fits).collect();
    if base.is_empty() {
        return;
    }
    let base = (*dice.pick(&base)).clone();
    if !base.is_other() && !dice.chance(50) {
        return;
    }
    let own = quoted(&base.name);
    let expression = match base.holds {
        Holds::Other(kind) if kind.text => {
            format!("concat(left({own}, 8), '!', 'it''s')")
        }
        Holds::Reference if base.type_name.contains("int") && dice.chance(25) => format!("{own} < 5"),
        Holds::Reference if dice.chance(30) => format!("concat('is ', if({own} is null, 'none', 'one'))"),
        Holds::Other(_) | Holds::Reference => format!("{own} is null"),
        Holds::Ids(_) | Holds::Line | Holds::Moment(_) | Holds::Computed => return,
    };
    let type_name = if expression.starts_with("concat") { "varchar(20)" } else { "int" };
    let how = if base.is_other() { *dice.pick(&["STORED", "VIRTUAL"]) } else { "VIRTUAL" };
    let made = table.free(name(dice, "computed", number));
    let mut column = Column::bare(made, type_name.to_owned(), Holds::Computed, false);
    column.attributes = format!(" GENERATED ALWAYS AS ({expression}) {how}");
    if dice.chance(20) {
        column.attributes += &format!(" COMMENT {}", literal(&comment(dice)).replace('\\', "\\\\"));
    }
    table.columns.push(column);
}

fn index(dice: &mut Dice, product: Product, table: &Table, number: usize) -> Option<String> {
    if table.options.contains("MyISAM") || table.options.contains("Aria") {
        return None;
    }
    let own = quoted(&name(dice, "index", number));
    let mut columns: Vec<&Column> = table.columns.iter().collect();
    dice.shuffle(&mut columns);
    let text = |column: &&&Column| matches!(column.holds, Holds::Other(kind) if kind.text);
    let short = |column: &&&Column| text(column) && column.type_name.starts_with("varchar");
    let partitioned = table.options.contains("PARTITION");
    match dice.below(12) {
        0 if !partitioned => {
            let column = columns.iter().find(text)?;
            return Some(format!("FULLTEXT KEY {own} ({})", quoted(&column.name)));
        }
        1 if !partitioned => {
            let fits = |one: &&&Column| matches!(one.holds, Holds::Other(kind) if kind.index == Index::Spatial);
            let column = columns.iter().find(fits).filter(|column| column.not_null)?;
            return Some(format!("SPATIAL KEY {own} ({})", quoted(&column.name)));
        }
        2 if product == Product::Mysql => {
            let column = columns.iter().find(short)?;
            return Some(format!("KEY {own} ((lower({})))", quoted(&column.name)));
        }
        _ => {}
    }
    let count = 1 + dice.below(3);
    let parts: Vec<String> = columns.into_iter().filter_map(|column| part(dice, column)).take(count).collect();
    if parts.is_empty() {
        return None;
    }
    let mut attributes = (*dice.pick(&["", "", " USING BTREE", " COMMENT 'an index''s'"])).to_owned();
    if dice.chance(15) {
        attributes += if product == Product::Mysql { " INVISIBLE" } else { " IGNORED" };
    }
    // With a key in it no two rows are alike.
    let key = table.key.len() == 1 && parts.iter().any(|part| *part == quoted(&table.key[0]));
    let kind = if key && dice.chance(40) { "UNIQUE KEY" } else { "KEY" };
    Some(format!("{kind} {own} ({}){attributes}", parts.join(", ")))
}

fn part(dice: &mut Dice, column: &Column) -> Option<String> {
    let own = quoted(&column.name);
    let how = match column.holds {
        Holds::Other(kind) => kind.index,
        Holds::Ids(_) | Holds::Reference | Holds::Line | Holds::Moment(_) | Holds::Computed => Index::Plain,
    };
    match how {
        Index::Plain => {
            let short = column.type_name.starts_with("varchar") && matches!(column.holds, Holds::Other(_));
            let length = if short && dice.chance(40) { "(7)" } else { "" };
            let order = if dice.chance(25) { " DESC" } else { "" };
            Some(format!("{own}{length}{order}"))
        }
        Index::Prefix => Some(format!("{own}({})", dice.between(1, 200))),
        Index::Spatial | Index::No => None,
    }
}

fn check(dice: &mut Dice, product: Product, table: &Table, number: usize) -> Option<String> {
    let other: Vec<&Column> = table.columns.iter().filter(|one| one.is_other()).collect();
    let keys: Vec<&Column> = table.columns.iter().filter(|one| table.may_be_checked(one)).collect();
    let key = (!keys.is_empty() && dice.chance(35)).then(|| *dice.pick(&keys));
    let condition = match key {
        Some(key) => of_key(dice, &quoted(&key.name), other.first().map(|one| quoted(&one.name))),
        None if other.is_empty() => return None,
        None => {
            let column = *dice.pick(&other);
            let own = quoted(&column.name);
            let text = matches!(column.holds, Holds::Other(kind) if kind.text);
            match dice.below(3) {
                0 if text => format!("{own} <> 'it''s \\\\ not `id` there'"),
                1 if text => format!("char_length({own}) < 100000 or {own} is null"),
                _ => format!("{own} is not null or 1 = 1"),
            }
        }
    };
    // A name that the server makes up has to have room.
    let named = if dice.chance(60) || table.name.chars().count() > 56 {
        format!("CONSTRAINT {} ", quoted(&name(dice, "check", number)))
    } else {
        String::new()
    };
    let enforced = if product == Product::Mysql && dice.chance(20) { " NOT ENFORCED" } else { "" };
    Some(format!("{named}CHECK ({condition}){enforced}"))
}

// Some say something of numbers, others hold for UUIDs too.
fn of_key(dice: &mut Dice, own: &str, other: Option<String>) -> String {
    match (dice.below(5), other) {
        (0, Some(other)) => format!("{other} is null or {own} <> 12345678"),
        (1, _) => format!("{own} is null or {own} + 0 <> 12345678"),
        (2, Some(other)) => format!("{own} is not null or {other} is null or 1 = 1"),
        (3, _) => format!("{own} = {own} or {own} is null"),
        _ => format!("{own} <> 12345678"),
    }
}

// MariaDB keeps these with the column.
fn check_beside(dice: &mut Dice, table: &mut Table) {
    let other = table.columns.iter().find(|one| one.is_other()).map(|one| quoted(&one.name));
    let fits = |one: &&Column| table.may_be_checked(one) || one.is_other();
    let found: Vec<usize> = (0..table.columns.len()).filter(|at| fits(&&table.columns[*at])).collect();
    let keys: Vec<&Column> = table.columns.iter().filter(|one| table.may_be_checked(one)).collect();
    if found.is_empty() || keys.is_empty() {
        return;
    }
    let own = quoted(&dice.pick(&keys).name);
    let condition = of_key(dice, &own, other);
    let at = *dice.pick(&found);
    table.columns[at].attributes += &format!(" CHECK ({condition})");
}
