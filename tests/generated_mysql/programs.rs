//! Triggers, views, routines and events: what the server keeps as text.

use super::model::{Column, Holds, Model, Table};
use super::names::name;
use crate::generated::dice::Dice;
use crate::support::mysql::{Product, quoted};

/// Adds them, and the table that triggers write to.
pub fn add(dice: &mut Dice, model: &mut Model) {
    let mut found = vec!["CREATE TABLE noted (what longblob, at timestamp(6) NOT NULL DEFAULT NOW(6))".to_owned()];
    for at in 0..model.tables.len() {
        triggers(dice, model.product, &mut model.tables[at], 100 * at, &mut found);
        views(dice, model, at, &mut found);
        routine(dice, &model.tables[at], at, &mut found);
    }
    model.programs = found;
}

const MODES: &[&str] =
    &["NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES", "", "ANSI_QUOTES", "PIPES_AS_CONCAT", "STRICT_TRANS_TABLES"];
const DEFINERS: &[&str] = &["", "", "DEFINER=CURRENT_USER ", "DEFINER=`owner`@`127.0.0.1` ", "DEFINER=`go'ne`@`%` "];

// Several for the same event have an order.
fn triggers(dice: &mut Dice, product: Product, table: &mut Table, number: usize, found: &mut Vec<String>) {
    if dice.chance(65) {
        return;
    }
    let mut earlier: Vec<(&str, &str, String)> = Vec::new();
    for turn in 0..1 + dice.below(4) {
        let time = *dice.pick(&["BEFORE", "AFTER"]);
        let event = *dice.pick(&["INSERT", "INSERT", "UPDATE", "DELETE"]);
        let made = quoted(&name(dice, "trigger", number + turn));
        let definer = *dice.pick(DEFINERS);
        let same: Vec<&String> =
            earlier.iter().filter(|(a, b, _)| (*a, *b) == (time, event)).map(|(.., name)| name).collect();
        let order = match same.last() {
            Some(other) if dice.chance(60) => format!(" {} {other}", dice.pick(&["FOLLOWS", "PRECEDES"])),
            _ => String::new(),
        };
        let row = if event == "DELETE" { "OLD" } else { "NEW" };
        let (body, runs) = body(dice, table, row, turn);
        table.later &= (runs && !definer.contains("go'ne")) || event != "INSERT";
        // Where it has been set, MySQL does not understand its own text of a check any more.
        let modes = if product == Product::Mysql { &MODES[1..] } else { MODES };
        found.push(format!("SET sql_mode = '{}'", dice.pick(modes)));
        found.push(format!(
            "CREATE {definer}TRIGGER {made} {time} {event} ON {} FOR EACH ROW{order} {body}",
            quoted(&table.name)
        ));
        earlier.push((time, event, made));
    }
    found.push("SET sql_mode = DEFAULT".to_owned());
}

// What it does, and whether it still works where keys are UUIDs.
fn body(dice: &mut Dice, table: &Table, row: &str, turn: usize) -> (String, bool) {
    let key = table.key.first().map(|key| format!("{row}.{}", quoted(key)));
    match (dice.below(4), key) {
        (0, Some(key)) => (format!("INSERT INTO noted (what) VALUES (CONCAT('it''s \\\\ {turn} ', {key}))"), true),
        (1, Some(key)) => (
            format!("BEGIN\n  DECLARE x BIGINT; /* a `key` */\n  SET x = {key};\n  SET @seen = x; -- done\nEND"),
            false,
        ),
        (2, Some(key)) => (format!("IF {key} IS NULL THEN\n  SET @none = 'ключ';\nEND IF"), true),
        _ => (format!("SET @rows_{turn} = 1 + IFNULL(@rows_{turn}, 0)"), true),
    }
}

fn seen(table: &Table) -> Vec<&Column> {
    table.columns.iter().filter(|one| !one.attributes.contains("INVISIBLE")).collect()
}

fn views(dice: &mut Dice, model: &Model, at: usize, found: &mut Vec<String>) {
    let table = &model.tables[at];
    // MySQL takes a blank in front of a column's name away whenever the view's tables change.
    let blank = model.product == Product::Mysql && table.columns.iter().any(|one| one.name.starts_with(' '));
    if dice.chance(65) || seen(table).is_empty() || blank {
        return;
    }
    let made = quoted(&name(dice, "view", 500 + at));
    let algorithm = *dice.pick(&["", "ALGORITHM=MERGE ", "ALGORITHM=UNDEFINED ", "ALGORITHM=TEMPTABLE "]);
    let security = *dice.pick(&["", "SQL SECURITY INVOKER ", "SQL SECURITY DEFINER "]);
    let columns: Vec<String> = seen(table).iter().map(|column| format!("o.{}", quoted(&column.name))).collect();
    let own = quoted(&table.name);
    let joined = table.references.iter().find(|one| one.columns.len() == 1 && dice.chance(60));
    let from = match joined {
        Some(one) => format!(
            "{own} o LEFT JOIN {} p ON p.{} = o.{}",
            quoted(&model.tables[one.parent].name),
            quoted(&one.parent_columns[0]),
            quoted(&one.columns[0])
        ),
        None => format!("{own} o WHERE o.{} IS NOT NULL", quoted(&seen(table)[0].name)),
    };
    let check = if joined.is_none() && !algorithm.contains("TEMP") && dice.chance(30) {
        *dice.pick(&[" WITH CHECK OPTION", " WITH LOCAL CHECK OPTION"])
    } else {
        ""
    };
    found.push(format!("CREATE {algorithm}{security}VIEW {made} AS SELECT {} FROM {from}{check}", columns.join(", ")));
    if dice.chance(25) {
        let over = quoted(&format!("over view {at}"));
        found.push(format!("CREATE VIEW {over} (n) AS SELECT COUNT(*) FROM {made} x"));
    }
}

// Numbers and texts, with the key named in each.
fn routine(dice: &mut Dice, table: &Table, at: usize, found: &mut Vec<String>) {
    let Some(key) = table.columns.iter().find(|one| matches!(one.holds, Holds::Ids(_) | Holds::Reference)) else {
        return;
    };
    let (own, key) = (quoted(&table.name), quoted(&key.name));
    let made = quoted(&name(dice, "routine", 600 + at));
    let counted = format!("SELECT COUNT(*) FROM {own} WHERE {key} = p");
    match dice.below(12) {
        0 => found.push(format!("CREATE FUNCTION {made}(p INT) RETURNS INT READS SQL DATA RETURN ({counted})")),
        1 => found.push(format!("CREATE PROCEDURE {made}(IN p VARCHAR(40)) BEGIN {counted}; END")),
        2 => found.push(format!(
            "CREATE EVENT {made} ON SCHEDULE EVERY 1 DAY DISABLE COMMENT 'it''s' DO DELETE FROM {own} WHERE {key} = 0"
        )),
        _ => {}
    }
}
