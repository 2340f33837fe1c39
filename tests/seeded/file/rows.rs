//! The digest of rows: values of every kind that SQLite stores, beside others much like them.

use super::super::Score;
use super::{Converted, exchange};

/// Two values that are not the same.
const PAIRS: &[(&str, &str)] = &[
    ("1", "'1'"),
    ("1", "1.5"),
    ("1.0000000000000002", "1.0000000000000004"),
    ("9223372036854775807", "9223372036854775806"),
    ("1", "4294967297"),
    ("-1", "1"),
    ("'a'", "'A'"),
    ("'a'", "'a '"),
    ("'a'", "x'61'"),
    ("''", "x''"),
    ("'Zo' || char(235)", "'Zoe' || char(776)"),
    ("'a' || char(0) || 'b'", "'a' || char(0) || 'c'"),
    ("x'00'", "x'0000'"),
    ("1e308", "9e999"),
    ("'ab'", "'ba'"),
    ("0", "'0'"),
];

/// What is done to whole rows and whole columns.
const WHOLE: &[(&str, &str, &str)] = &[
    ("row lost", "item", "DELETE FROM item WHERE name = 'item 3'"),
    ("row lost", "plain", "DELETE FROM plain WHERE word = 'two'"),
    (
        "row doubled",
        "plain",
        "INSERT INTO plain (item_id, other_id, word, twin) SELECT item_id, other_id, word, twin FROM plain WHERE word = 'two'",
    ),
    ("row invented", "item", "INSERT INTO item (name) VALUES ('item 9')"),
    ("all rows lost", "plain", "DELETE FROM plain"),
    ("key changed", "item", "UPDATE item SET id = '0190a0a0-0000-7000-8000-000000000001' WHERE name = 'item 1'"),
    ("hidden number changed", "plain", "UPDATE plain SET rowid = 99 WHERE word = 'two'"),
    ("columns of one row exchanged", "plain", "UPDATE plain SET word = twin, twin = word WHERE word = 'one'"),
    ("columns of all rows exchanged", "plain", "UPDATE plain SET word = twin, twin = word"),
    (
        "column moved by one row",
        "plain",
        "UPDATE plain SET twin = (SELECT o.word FROM plain o WHERE o.twin IS plain.word)",
    ),
    ("reference exchanged for another", "plain", "UPDATE plain SET item_id = other_id WHERE word = 'one'"),
    ("reference lost", "plain", "UPDATE plain SET item_id = NULL WHERE word = 'one'"),
    ("reference invented", "plain", "UPDATE plain SET item_id = other_id WHERE word = 'four'"),
    (
        "reference leads nowhere",
        "plain",
        "UPDATE plain SET item_id = '0190a0a0-0000-7000-8000-000000000002' WHERE word = 'one'",
    ),
    ("a letter changed", "item", "UPDATE item SET name = 'Item 1' WHERE name = 'item 1'"),
    ("all rows with one value", "item", "UPDATE item SET name = 'item 1'"),
    ("value of another kind", "item", "UPDATE item SET name = CAST(name AS BLOB) WHERE name = 'item 1'"),
];

/// Feeds them all.
pub fn every_change_is_noticed() {
    let mut database = Converted::new("seeded_rows", &schema());
    let mut score = Score::default();
    for (number, (one, other)) in PAIRS.iter().enumerate() {
        let column = format!("c{number}");
        for (kind, statement) in [
            (
                "value replaced by one much like it",
                format!(
                    "UPDATE every SET {column} = (SELECT {column} FROM every WHERE place = 'other') WHERE place = 'one'"
                ),
            ),
            ("value lost", format!("UPDATE every SET {column} = NULL WHERE place = 'one'")),
            (
                "value invented",
                format!(
                    "UPDATE every SET {column} = (SELECT {column} FROM every WHERE place = 'one') WHERE place = 'none'"
                ),
            ),
            (
                "values of two rows exchanged",
                format!(
                    "UPDATE every SET {column} = (SELECT o.{column} FROM every o WHERE o.place IN ('one', 'other') AND o.place <> every.place) WHERE place IN ('one', 'other')"
                ),
            ),
        ] {
            let noticed = database.notices("rows main.every", &[statement]);
            score.count(kind, noticed, &format!("{kind}: {one} and {other}"));
        }
    }
    for (kind, table, statement) in WHOLE {
        let noticed = database.notices(&format!("rows main.{table}"), &[(*statement).to_owned()]);
        score.count(kind, noticed, statement);
    }
    let map = database.map_of("item");
    for (kind, statements) in [
        ("two entries of the map exchanged", exchange(&map)),
        ("an entry of the map lost", vec![format!("DELETE FROM {map} WHERE old_id = 1")]),
        ("an entry of the map changed", vec![format!("UPDATE {map} SET old_id = 99 WHERE old_id = 1")]),
    ] {
        for table in ["item", "plain", "every"] {
            let noticed = database.notices(&format!("rows main.{table}"), &statements);
            score.count(kind, noticed, table);
        }
    }
    score.judge("seeded::rows on SQLite");
}

// One column without a type for each pair, and three rows: one value, the other, none.
fn schema() -> String {
    let columns: Vec<String> = (0..PAIRS.len()).map(|number| format!("c{number}")).collect();
    let values = |value: &dyn Fn(&(&'static str, &'static str)) -> &'static str| {
        PAIRS.iter().map(value).collect::<Vec<_>>().join(", ")
    };
    format!(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE plain (item_id INTEGER REFERENCES item, other_id INTEGER REFERENCES item, word TEXT, twin TEXT);
         CREATE TABLE every (item_id INTEGER REFERENCES item, place TEXT, {});
         INSERT INTO item VALUES (1, 'item 1'), (2, 'item 2'), (3, 'item 3'), (4, 'item 4');
         INSERT INTO plain VALUES (1, 2, 'one', 'two'), (2, 3, 'two', 'three'), (3, 1, 'three', 'four'), (NULL, 4, 'four', 'one');
         INSERT INTO every VALUES (1, 'one', {}), (2, 'other', {}), (NULL, 'none', {});",
        columns.join(", "),
        values(&|pair| pair.0),
        values(&|pair| pair.1),
        values(&|_| "NULL"),
    )
}
