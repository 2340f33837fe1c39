//! The digest of rows: values of every type replaced by others that some comparison holds
//! for the same, exchanged between rows, lost; rows and keys lost, doubled and exchanged.

use super::Score;
use super::converted::Converted;
use crate::support::subject::Subject;

/// A type with two values that are not the same, however alike.
type Pair = (&'static str, &'static str, &'static str);

const PAIRS: &[Pair] = &[
    ("text", "abc", "abd"),
    ("text", "", " "),
    ("text", "a", "a "),
    ("text", "straße", "STRASSE"),
    ("text COLLATE careless", "word", "WORD"),
    ("careless_text", "word", "WORD"),
    ("text[] COLLATE careless", "{word}", "{WORD}"),
    ("varchar(9)", "x", "x "),
    ("char(5)", "ab", "abc"),
    ("bpchar", "a", "a "),
    ("padded", "a", "a  "),
    ("bpchar[]", "{a}", "{\"a \"}"),
    ("name", "a", "b"),
    ("\"char\"", "a", "b"),
    ("bytea", "\\x00", "\\x0000"),
    ("bytea", "\\x01", "\\x02"),
    ("smallint", "1", "-1"),
    ("integer", "7", "-7"),
    ("bigint", "1", "4294967296"),
    ("bigint", "-1", "4294967295"),
    ("bigint[]", "{1}", "{4294967296}"),
    ("oid", "1", "2"),
    ("numeric", "1.0", "1.00"),
    ("numeric(8, 2)", "1.10", "1.11"),
    ("numeric", "NaN", "0"),
    ("numeric[]", "{1.0}", "{1.00}"),
    ("real", "0", "-0"),
    ("double precision", "0", "-0"),
    ("double precision", "0.3", "0.30000000000000004"),
    ("double precision", "NaN", "Infinity"),
    ("real[]", "{0}", "{-0}"),
    ("boolean", "true", "false"),
    ("date", "2020-01-01", "2020-01-02"),
    ("date", "infinity", "-infinity"),
    ("time", "12:00", "12:00:00.000001"),
    ("time", "00:00", "24:00"),
    ("time", "00:00:00.000001", "01:11:34.967296"),
    ("timetz", "12:00+00", "13:00+01"),
    ("timestamp", "2020-01-01 00:00", "2020-01-01 00:00:00.000001"),
    ("timestamp", "2000-01-01 00:00:00.000001", "2000-01-01 01:11:34.967296"),
    ("timestamp[]", "{2000-01-01 00:00:00.000001}", "{2000-01-01 01:11:34.967296}"),
    ("timestamptz", "2020-01-01 00:00+00", "2020-01-01 00:00+01"),
    ("timestamptz", "2000-01-01 00:00:00.000001+00", "2000-01-01 01:11:34.967296+00"),
    ("interval", "1 day", "24 hours"),
    ("interval", "1 month", "30 days"),
    ("uuid", "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"),
    ("json", "{\"a\":1}", "{\"a\": 1}"),
    ("json", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"),
    ("jsonb", "{\"a\":1}", "{\"a\":1.0}"),
    ("jsonb", "[1,2]", "[2,1]"),
    ("jsonb", "null", "{}"),
    ("inet", "10.0.0.1", "10.0.0.1/24"),
    ("cidr", "10.0.0.0/8", "10.0.0.0/9"),
    ("macaddr", "08:00:2b:01:02:03", "08:00:2b:01:02:04"),
    ("bit(3)", "101", "100"),
    ("varbit", "1", "10"),
    ("money", "1.00", "1.01"),
    ("point", "(0,0)", "(-0,0)"),
    ("box", "((1,1),(0,0))", "((1,1),(0,-0))"),
    ("tsvector", "a:1", "a:2"),
    ("tsquery", "a & b", "a | b"),
    ("numrange", "[1.0,2)", "[1.00,2)"),
    ("int4range", "[1,5)", "[1,6)"),
    ("integer[]", "{1,2}", "{2,1}"),
    ("integer[]", "{1,2,3,4}", "{{1,2},{3,4}}"),
    ("integer[]", "{1,2}", "[0:1]={1,2}"),
    ("integer[]", "{NULL,1}", "{1}"),
    ("text[]", "{a,NULL}", "{a,\"NULL\"}"),
    ("text[]", "{}", "{\"\"}"),
    ("uuid[]", "{00000000-0000-0000-0000-000000000001}", "{{00000000-0000-0000-0000-000000000001}}"),
    ("mood", "sad", "glad"),
    ("blind", "one", "two"),
    ("pair", "(1,a)", "(1,b)"),
    ("pair", "(,)", "(,\"\")"),
    ("pg_lsn", "0/1", "0/2"),
    ("regclass", "pg_class", "pg_type"),
];

// Types of the test's own: a collation for which case is nothing, domains over types that
// compare loosely, an enumeration whose text tells nothing.
const TYPES: &str = "
CREATE COLLATION careless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN careless_text AS text COLLATE careless;
CREATE DOMAIN padded AS bpchar;
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE blind AS ENUM ('one', 'two');
CREATE FUNCTION nothing_to_see(blind) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''hidden''';
CREATE CAST (blind AS text) WITH FUNCTION nothing_to_see(blind);
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE item (id serial PRIMARY KEY, name text);
INSERT INTO item (name) SELECT 'item ' || n FROM generate_series(1, 5) n;
CREATE TABLE plain (item_id integer REFERENCES item, other_id integer REFERENCES item, loose_id integer, word text, twin text);
INSERT INTO plain VALUES (1, 2, 3, 'one', 'two'), (2, 3, NULL, 'two', 'three'), (3, 1, 1, 'three', 'one'), (NULL, 4, 2, 'four', NULL), (4, NULL, 5, NULL, 'five');
COMMENT ON COLUMN plain.loose_id IS 'no foreign key';
";

const WHOLE: &[(&str, &str, &str)] = &[
    ("row lost", "plain", "DELETE FROM plain WHERE word = 'one'"),
    ("row lost", "item", "DELETE FROM item WHERE name = 'item 5'"),
    ("row doubled", "plain", "INSERT INTO plain SELECT * FROM plain WHERE word = 'one'"),
    ("row doubled", "plain", "INSERT INTO plain SELECT p.* FROM plain p, generate_series(1, 2) WHERE word = 'one'"),
    (
        "row doubled for another",
        "plain",
        "INSERT INTO plain SELECT * FROM plain WHERE word = 'one'; DELETE FROM plain WHERE word = 'two'",
    ),
    ("row invented", "item", "INSERT INTO item VALUES (md5(random()::text)::uuid, 'item 6')"),
    ("row invented", "plain", "INSERT INTO plain DEFAULT VALUES"),
    ("key exchanged for a new one", "item", "UPDATE item SET id = md5(random()::text)::uuid WHERE name = 'item 5'"),
    (
        "keys of two rows exchanged",
        "item",
        "UPDATE item i SET id = o.id FROM item o WHERE i.name IN ('item 1', 'item 2') AND o.name IN ('item 1', 'item 2') AND i.name <> o.name",
    ),
    ("reference exchanged for another", "plain", "UPDATE plain SET item_id = other_id WHERE word = 'one'"),
    ("reference lost", "plain", "UPDATE plain SET item_id = NULL WHERE word = 'one'"),
    ("reference invented", "plain", "UPDATE plain SET item_id = other_id WHERE word = 'four'"),
    ("reference leads nowhere", "plain", "UPDATE plain SET item_id = md5(random()::text)::uuid WHERE word = 'four'"),
    ("reference leads nowhere", "plain", "UPDATE plain SET item_id = md5(random()::text)::uuid WHERE word = 'one'"),
    (
        "references of two rows exchanged",
        "plain",
        "UPDATE plain p SET item_id = o.item_id FROM plain o WHERE p.word IN ('one', 'two') AND o.word IN ('one', 'two') AND p.word <> o.word",
    ),
    (
        "references of one row exchanged",
        "plain",
        "UPDATE plain SET item_id = other_id, other_id = item_id WHERE word = 'one'",
    ),
    ("columns of one row exchanged", "plain", "UPDATE plain SET word = twin, twin = word WHERE word = 'one'"),
    ("columns of one row exchanged", "plain", "UPDATE plain SET word = twin, twin = word WHERE word = 'four'"),
    ("columns of all rows exchanged", "plain", "UPDATE plain SET word = twin, twin = word"),
    (
        "column moved by one row",
        "plain",
        "UPDATE plain p SET twin = o.word FROM plain o WHERE o.twin IS NOT DISTINCT FROM p.word",
    ),
    ("a letter changed", "item", "UPDATE item SET name = 'Item 1' WHERE name = 'item 1'"),
    ("all rows with one value", "item", "UPDATE item SET name = 'item 1'"),
];

/// Feeds them all.
pub fn every_change_is_noticed(subject: Box<dyn Subject>) {
    let mut database = Converted::new(subject, &schema());
    let mut score = Score::default();
    for (number, (type_name, one, other)) in PAIRS.iter().enumerate() {
        let what = |change: &str| format!("{change}, {type_name}: {one} and {other}");
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
                    "UPDATE every e SET {column} = o.{column} FROM every o WHERE e.place IN ('one', 'other') AND o.place IN ('one', 'other') AND e.place <> o.place"
                ),
            ),
        ] {
            let noticed = database.notices("rows public.every", &statement);
            score.count(kind, noticed, &what(kind));
        }
    }
    for (kind, table, statement) in WHOLE {
        let statement = format!(
            "SET LOCAL session_replication_role = replica; ALTER TABLE plain DROP CONSTRAINT plain_item_id_fkey, DROP CONSTRAINT plain_other_id_fkey; ALTER TABLE every DROP CONSTRAINT every_item_id_fkey; ALTER TABLE item DROP CONSTRAINT item_pkey; {statement}"
        );
        let noticed = database.notices(&format!("rows public.{table}"), &statement);
        score.count(kind, noticed, &statement);
    }
    let map = database.map_of("public.item.id");
    for (kind, statement) in [
        ("two entries of the map exchanged", exchange(&map)),
        ("an entry of the map lost", format!("DELETE FROM {map} WHERE old_id = 1")),
        ("an entry of the map changed", format!("UPDATE {map} SET old_id = 99 WHERE old_id = 1")),
    ] {
        for table in ["item", "plain", "every"] {
            let noticed = database.notices(&format!("rows public.{table}"), &statement);
            score.count(kind, noticed, &format!("{table}: {statement}"));
        }
    }
    score.judge(&format!("seeded::rows on PostgreSQL {}", database.version()));
}

/// Two old ids lead to each other's new ones.
pub fn exchange(map: &str) -> String {
    format!(
        "UPDATE {map} SET old_id = -old_id WHERE old_id IN (1, 2); UPDATE {map} SET old_id = 3 + old_id WHERE old_id < 0"
    )
}

// One column for each pair, and three rows: one value, the other, none.
fn schema() -> String {
    let columns: Vec<String> =
        PAIRS.iter().enumerate().map(|(number, (name, ..))| format!("c{number} {name}")).collect();
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let values = |value: &dyn Fn(&Pair) -> String| PAIRS.iter().map(value).collect::<Vec<_>>().join(", ");
    format!(
        "{TYPES}CREATE TABLE every (item_id integer REFERENCES item, place text, {});\n\
         INSERT INTO every VALUES (1, 'one', {}), (2, 'other', {}), (NULL, 'none', {});",
        columns.join(", "),
        values(&|pair| quoted(pair.1)),
        values(&|pair| quoted(pair.2)),
        values(&|_| "NULL".to_owned()),
    )
}
