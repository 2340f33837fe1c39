//! The digest of rows: values of every type of the two products, beside others much like
//! them.

use super::super::Score;
use super::super::file::Converted;
use super::{exchange, nowhere};
use crate::support::mysql::{Database, Product, Server};
use crate::support::subject_mysql::Mysql;

/// A type and two values of it that are not the same.
type Pair = (&'static str, &'static str, &'static str);

const PAIRS: &[Pair] = &[
    ("varchar(20)", "'a'", "'A'"),
    ("varchar(20)", "'a'", "'a '"),
    ("varchar(20)", "''", "' '"),
    ("varchar(20)", "'Zoë'", "'Zoe'"),
    ("varchar(20)", "'ab'", "'ba'"),
    ("varchar(20)", "'a\\0b'", "'a\\0c'"),
    ("varchar(20) CHARACTER SET latin1", "'Zoë'", "'Zoe'"),
    ("char(5)", "'a'", "'b'"),
    ("text", "'a'", "'A'"),
    ("text", "'a'", "'a '"),
    ("mediumtext", "''", "' '"),
    ("longtext", "CONCAT(REPEAT('x', 70000), 'a')", "CONCAT(REPEAT('x', 70000), 'b')"),
    ("tinyint", "1", "-1"),
    ("tinyint(1)", "1", "2"),
    ("smallint", "1", "257"),
    ("mediumint unsigned", "1", "65537"),
    ("int", "1", "16777217"),
    ("int(8) zerofill", "1", "10"),
    ("bigint", "9223372036854775807", "9223372036854775806"),
    ("bigint unsigned", "18446744073709551615", "18446744073709551614"),
    ("decimal(30,10)", "1.0000000001", "1.0000000002"),
    ("decimal(65,30)", "0.000000000000000000000000000001", "0.000000000000000000000000000002"),
    ("decimal(10,2)", "1.10", "-1.10"),
    ("float", "16777216", "16777218"),
    ("float", "1.1", "1.1000001"),
    ("double", "1.0000000000000002", "1.0000000000000004"),
    ("double", "1e308", "1.0000000000000002e308"),
    ("date", "'2020-01-01'", "'2020-01-02'"),
    ("datetime(6)", "'2020-01-01 00:00:00.000001'", "'2020-01-01 00:00:00.000002'"),
    ("datetime", "'2020-01-01 00:00:00'", "'2020-01-01 00:00:01'"),
    ("timestamp(6) NULL", "'2020-01-01 00:00:00.000001'", "'2020-01-01 00:00:00.000002'"),
    ("time(6)", "'00:00:00.000001'", "'-00:00:00.000001'"),
    ("time", "'00:00:01'", "'24:00:01'"),
    ("year", "2020", "2021"),
    ("enum('a','b','')", "'a'", "'b'"),
    ("set('a','b','c')", "'a'", "'a,b'"),
    ("bit(1)", "b'0'", "b'1'"),
    ("bit(64)", "x'FFFFFFFFFFFFFFFF'", "x'FFFFFFFFFFFFFFFE'"),
    ("json", "'{\"a\": 1}'", "'{\"a\": 2}'"),
    ("json", "'1'", "'1.0'"),
    ("json", "'[1, 2]'", "'[2, 1]'"),
    ("json", "'null'", "'\"null\"'"),
    ("blob", "x''", "x'00'"),
    ("blob", "x'61'", "x'6100'"),
    ("varbinary(9)", "x'61'", "x'6100'"),
    ("binary(4)", "x'61000000'", "x'61000001'"),
    ("geometry", "ST_GeomFromText('POINT(1 1)')", "ST_GeomFromText('POINT(1 2)')"),
    ("point", "ST_GeomFromText('POINT(1 1)')", "ST_GeomFromText('POINT(1 1)', 4326)"),
    ("linestring", "ST_GeomFromText('LINESTRING(0 0, 1 1)')", "ST_GeomFromText('LINESTRING(1 1, 0 0)')"),
];

const MARIADB: &[Pair] = &[
    ("json", "'{\"a\": 1}'", "'{\"a\":1}'"),
    ("uuid", "'0190a0a0-0000-7000-8000-000000000001'", "'0190a0a0-0000-7000-8000-000000000002'"),
    ("inet6", "'::1'", "'::2'"),
    ("inet4", "'10.0.0.1'", "'10.0.0.2'"),
];

// MariaDB writes zero and negative zero alike.
const MYSQL: &[Pair] = &[
    ("float", "0e0", "-0e0"),
    ("double", "0e0", "-0e0"),
    ("json", "'18446744073709551615'", "'18446744073709551614'"),
    ("json", "'{\"a\": null}'", "'{}'"),
    (
        "geomcollection",
        "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')",
        "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1))')",
    ),
];

/// What is done to whole rows and whole columns.
const WHOLE: &[(&str, &str, &str)] = &[
    ("row lost", "item", "DELETE FROM item WHERE name = 'item 3'"),
    ("row lost", "plain", "DELETE FROM plain WHERE word = 'two'"),
    ("row doubled", "plain", "INSERT INTO plain SELECT * FROM plain WHERE word = 'two'"),
    ("row doubled", "item", "INSERT INTO item (id, name) SELECT id, name FROM item WHERE name = 'item 1'"),
    ("row invented", "item", "INSERT INTO item (id, name) VALUES (@nowhere, 'item 9')"),
    (
        "one row in place of another",
        "plain",
        "UPDATE plain SET item_id = @two, other_id = @three, word = 'two', twin = 'three' WHERE word = 'one'",
    ),
    ("all rows lost", "plain", "DELETE FROM plain"),
    ("key changed", "item", "UPDATE item SET id = @nowhere WHERE name = 'item 1'"),
    ("key exchanged for a valid one", "item", "UPDATE item SET id = @two WHERE name = 'item 1'"),
    (
        "two rows' keys exchanged",
        "item",
        "UPDATE item SET id = CASE name WHEN 'item 1' THEN @two ELSE @one END WHERE name IN ('item 1', 'item 2')",
    ),
    (
        "two rows' values exchanged",
        "item",
        "UPDATE item SET name = CASE name WHEN 'item 1' THEN 'item 2' ELSE 'item 1' END WHERE name IN ('item 1', 'item 2')",
    ),
    (
        "column moved by one row",
        "plain",
        "UPDATE plain SET twin = CASE twin WHEN 'one' THEN 'two' WHEN 'two' THEN 'three' WHEN 'three' THEN 'four' ELSE 'one' END",
    ),
    ("reference exchanged for another", "plain", "UPDATE plain SET item_id = @three WHERE word = 'one'"),
    ("reference lost", "plain", "UPDATE plain SET item_id = NULL WHERE word = 'one'"),
    ("reference invented", "plain", "UPDATE plain SET item_id = @one WHERE word = 'four'"),
    ("reference leads nowhere", "plain", "UPDATE plain SET item_id = @nowhere WHERE word = 'one'"),
    (
        "two references of a row exchanged",
        "plain",
        "UPDATE plain SET item_id = @two, other_id = @one WHERE word = 'one'",
    ),
    ("a letter changed", "item", "UPDATE item SET name = 'Item 1' WHERE name = 'item 1'"),
    ("a blank put behind", "item", "UPDATE item SET name = 'item 1 ' WHERE name = 'item 1'"),
    ("all rows with one value", "item", "UPDATE item SET name = 'item 1'"),
    ("computed column follows another value", "item", "UPDATE item SET size = 7 WHERE name = 'item 1'"),
    ("long value of a row changed", "big", "UPDATE big SET one = CONCAT('y', SUBSTRING(one, 2))"),
    ("end of a long value changed", "big", "UPDATE big SET two = CONCAT(LEFT(two, LENGTH(two) - 1), 'y')"),
    ("long value emptied", "big", "UPDATE big SET two = ''"),
    ("reference beside long values lost", "big", "UPDATE big SET item_id = NULL"),
    ("reference beside long values exchanged", "big", "UPDATE big SET item_id = @two"),
];

/// Feeds them all.
pub fn every_change_is_noticed(product: Product) {
    let server: &'static Server = Box::leak(Box::new(Server::start(product, &[])));
    let subject = Box::new(Mysql(Database::create_on(server, "seeded_rows")));
    // The rows of `big` are longer than what the server then lets through in one piece.
    let mut database = Converted::of(subject, &schema(product), "SET GLOBAL max_allowed_packet = 2097152");
    database.unbind();
    database.wire.execute(&variables(product));
    let mut score = Score::default();
    for (number, pair) in pairs(product).enumerate() {
        for (kind, statement) in changes_of_values(&format!("c{number}")) {
            let noticed = database.notices("rows seeded_rows.every", &[statement]);
            score.count(kind, noticed, &format!("{pair:?}"));
        }
    }
    for (kind, table, statement) in WHOLE {
        let noticed = database.notices(&format!("rows seeded_rows.{table}"), &[(*statement).to_owned()]);
        score.count(kind, noticed, statement);
    }
    let map = database.mysql_map_of("item");
    for (kind, statements) in [
        ("two entries of the map exchanged", exchange(&map)),
        ("an entry of the map lost", vec![format!("DELETE FROM {map} WHERE old_id = 1")]),
        ("an entry of the map changed", vec![format!("UPDATE {map} SET old_id = 99 WHERE old_id = 1")]),
    ] {
        for table in ["item", "plain", "every", "big"] {
            let noticed = database.notices(&format!("rows seeded_rows.{table}"), &statements);
            score.count(kind, noticed, table);
        }
    }
    drop(database);
    server.stop();
    score.judge(&format!("seeded::rows on {}", product.name()));
}

fn pairs(product: Product) -> impl Iterator<Item = &'static Pair> {
    let own = match product {
        Product::Mariadb => MARIADB,
        Product::Mysql => MYSQL,
    };
    PAIRS.iter().chain(own)
}

fn changes_of_values(column: &str) -> [(&'static str, String); 4] {
    let from = |place: &str| format!("JOIN every o ON o.place = '{place}' SET e.{column} = o.{column}");
    [
        ("value replaced by one much like it", format!("UPDATE every e {} WHERE e.place = 'one'", from("other"))),
        ("value lost", format!("UPDATE every SET {column} = NULL WHERE place = 'one'")),
        ("value made of nothing", format!("UPDATE every e {} WHERE e.place = 'none'", from("one"))),
        (
            "values of two rows exchanged",
            format!(
                "UPDATE every e JOIN (SELECT DISTINCT place, {column} FROM every) o ON o.place <> e.place \
                 AND o.place <> 'none' SET e.{column} = o.{column} WHERE e.place <> 'none'"
            ),
        ),
    ]
}

fn variables(product: Product) -> String {
    let ids = [("one", 1), ("two", 2), ("three", 3)]
        .map(|(name, number)| format!("SET @{name} = (SELECT id FROM item WHERE name = 'item {number}'); "));
    format!("{}SET @nowhere = {}", ids.concat(), nowhere(product))
}

// One column for each pair, and three rows: one value, the other, none.
fn schema(product: Product) -> String {
    let columns: Vec<String> = pairs(product).enumerate().map(|(at, pair)| format!("c{at} {}", pair.0)).collect();
    let values = |value: fn(&Pair) -> &'static str| pairs(product).map(value).collect::<Vec<_>>().join(", ");
    format!(
        "CREATE TABLE item (id int AUTO_INCREMENT PRIMARY KEY, name varchar(20), size int, doubled int AS (size * 2) VIRTUAL, tripled int AS (size * 3) STORED);
         CREATE TABLE plain (item_id int, other_id int, word varchar(9), twin varchar(9), FOREIGN KEY (item_id) REFERENCES item (id), FOREIGN KEY (other_id) REFERENCES item (id));
         CREATE TABLE every (item_id int, place varchar(9), {}, FOREIGN KEY (item_id) REFERENCES item (id));
         CREATE TABLE big (item_id int, one longblob, two longtext, FOREIGN KEY (item_id) REFERENCES item (id));
         INSERT INTO item (id, name, size) VALUES (1, 'item 1', 1), (2, 'item 2', 2), (3, 'item 3', 3), (4, 'item 4', NULL);
         INSERT INTO plain VALUES (1, 2, 'one', 'two'), (2, 3, 'two', 'three'), (3, 1, 'three', 'four'), (NULL, 4, 'four', 'one');
         INSERT INTO every VALUES (1, 'one', {}), (2, 'other', {}), (NULL, 'none', {});
         INSERT INTO big VALUES (1, REPEAT('x', 1500000), REPEAT('x', 1500000));",
        columns.join(", "),
        values(|pair| pair.1),
        values(|pair| pair.2),
        values(|_| "NULL"),
    )
}
