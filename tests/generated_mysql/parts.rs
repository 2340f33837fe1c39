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
        let clause = check(dice, &model.tables[at], 100 * at + number);
        model.tables[at].clauses.extend(clause);
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
    // Of a key rarely, and then of one whose foreign key takes no action.
    if !base.is_other() && !dice.chance(5) {
        return;
    }
    let own = quoted(&base.name);
    let expression = match base.holds {
        Holds::Other(kind) if kind.text => {
            format!("concat(left({own}, 8), '!', 'it''s')")
        }
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

fn check(dice: &mut Dice, table: &Table, number: usize) -> Option<String> {
    let other: Vec<&Column> = table.columns.iter().filter(|one| one.is_other()).collect();
    let key = table.single_key().filter(|key| !key.auto && key.holds_numbers() && dice.chance(6));
    let condition = match key {
        Some(key) => format!("{} <> 12345678", quoted(&key.name)),
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
    Some(format!("{named}CHECK ({condition})"))
}
