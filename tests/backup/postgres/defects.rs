//! Single defects in a restored copy. Each must be seen.

use rekey_engine::backup;
use rekey_engine::execute::Cancel;
use rekey_engine::observer::Silent;

use super::{back_up, content, engine, manifest, own_server, wait};
use crate::support::postgres::Database;
use crate::support::process::finish;
use crate::support::rekey::Rekey;

const SCHEMA: &str = "
CREATE ROLE reader;
CREATE TABLE item (id integer PRIMARY KEY, name varchar(20) CHECK (name IN ('a', 'b', 'c')), price numeric, blank char(4), tags text[], note text);
INSERT INTO item VALUES (1, 'a', 1.0, 'x', '{1,2}', ''), (2, 'b', 2, NULL, NULL, NULL), (4294967, 'c', 0, 'y', '{}', 'z');
CREATE INDEX item_name ON item (name) WHERE name IN ('a', 'b');
CREATE TABLE part (at date, n bigint) PARTITION BY RANGE (at);
CREATE TABLE part_old PARTITION OF part FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
INSERT INTO part VALUES ('2019-01-01', 1), ('2019-01-02', 4294967296);
CREATE UNLOGGED TABLE quick (id integer); INSERT INTO quick VALUES (1);
CREATE SEQUENCE counter; SELECT nextval('counter');
CREATE VIEW seen AS SELECT id FROM item WHERE name IN ('a', 'b');
CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
SELECT lo_from_bytea(5001, 'large');
CREATE SCHEMA rekey; CREATE TABLE rekey.map (old_id integer, new_id uuid); INSERT INTO rekey.map VALUES (1, '00000000-0000-4000-8000-000000000001');
GRANT SELECT ON item TO reader; COMMENT ON TABLE item IS 'items';
ALTER TABLE item ENABLE ROW LEVEL SECURITY; CREATE POLICY chosen ON item USING (name IN ('a', 'b'));
";

const DEFECTS: &[&str] = &[
    "UPDATE item SET price = 1.00 WHERE id = 1",
    "UPDATE item SET note = NULL WHERE id = 1",
    "UPDATE item SET blank = 'x  ' || 'z' WHERE id = 1",
    "UPDATE item SET tags = '{{1},{2}}' WHERE id = 1",
    "UPDATE item SET note = tags::text, tags = NULL WHERE id = 4294967",
    "DELETE FROM item WHERE id = 2",
    "INSERT INTO item (id) VALUES (7)",
    "UPDATE part SET n = 1 WHERE n = 4294967296",
    "UPDATE part_old SET at = '2019-01-03' WHERE at = '2019-01-02'",
    "DELETE FROM quick",
    "UPDATE rekey.map SET new_id = '00000000-0000-4000-8000-000000000002'",
    "SELECT nextval('counter')",
    "SELECT setval('counter', 2, false)",
    "SELECT lo_put(5001, 0, 'L')",
    "COMMENT ON LARGE OBJECT 5001 IS 'x'",
    "GRANT SELECT ON LARGE OBJECT 5001 TO reader",
    "SELECT lo_unlink(5001)",
    "DROP INDEX item_name",
    "CREATE INDEX item_name ON item (name) WHERE name IN ('a', 'c')",
    "ALTER TABLE item DROP CONSTRAINT item_name_check",
    "ALTER TABLE item ADD CONSTRAINT item_name_check CHECK (name IN ('a', 'b', 'c', 'd'))",
    "ALTER POLICY chosen ON item USING (name IN ('a', 'c'))",
    "CREATE OR REPLACE VIEW seen AS SELECT id FROM item WHERE name IN ('b', 'a')",
    "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2'",
    "REVOKE SELECT ON item FROM reader",
    "COMMENT ON TABLE item IS 'other'",
    "ALTER TABLE quick SET LOGGED",
    "ALTER TABLE item ALTER note SET DEFAULT 'x'",
    "ALTER TABLE part DETACH PARTITION part_old",
    "CREATE TABLE added ()",
    "DROP TABLE rekey.map",
];

/// Each of them, one upon the other.
pub fn are_seen() {
    let server = own_server();
    let database = Database::create_on(server, "defects");
    database.execute(SCHEMA);
    let rekey = Rekey::new(Some(server.password()));
    let backup = manifest(&back_up(&rekey, &database, &[]).expect(0).json);
    let proven = wait(backup::prove(
        &backup,
        engine(server, "defects").as_ref(),
        "defects000",
        None,
        &Silent,
        &Cancel::default(),
    ));
    let scratch = proven.unwrap();
    let mut before = content(server, scratch.name());
    assert_eq!(content(server, "defects").complaint(&before), None);
    for defect in DEFECTS {
        let put = finish(server.client("psql", scratch.name()).args(["-Xqc", defect]), None);
        assert!(put.code == Some(0) && !put.stderr.contains("ERROR"), "{defect}: {}", put.stderr);
        let after = content(server, scratch.name());
        let seen = before.complaint(&after);
        assert!(seen.is_some(), "not seen: {defect}");
        before = after;
    }
    eprintln!("backup: {} defects put into a restored copy, all seen", DEFECTS.len());
    wait(scratch.remove()).unwrap();
    super::no_scratch(server);
    server.stop();
}
