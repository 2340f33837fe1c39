//! What is read of a copy to compare it: single defects are all seen.

use rekey_engine::Error;
use rekey_engine::backup::Rung;

use super::bench::Bench;
use crate::support::mysql::{Database, Product};

const BASE: &str = "
CREATE TABLE parent (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, t varchar(20) COMMENT 'c', b blob, n decimal(10,2), d double, e enum('a','b'), j json, KEY k (t)) COMMENT='all';
INSERT INTO parent (t, b, n, d, e, j) VALUES ('a', x'00', 1, 0.1, 'a', '[1]'), ('b', NULL, 2, 0.2, 'b', '{}'), ('', '', 3, 0.3, NULL, NULL);
CREATE TABLE child (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, parent_id int, CONSTRAINT fk FOREIGN KEY (parent_id) REFERENCES parent (id));
INSERT INTO child (parent_id) VALUES (1), (1), (2);
CREATE TABLE keyless (n int); INSERT INTO keyless VALUES (1), (1), (2), (2);
CREATE VIEW v AS SELECT id FROM parent;
CREATE TRIGGER tr BEFORE INSERT ON child FOR EACH ROW SET NEW.parent_id = 1;
CREATE PROCEDURE p() SELECT 1;
CREATE EVENT ev ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DO SELECT 1;
";

// Each follows upon the one before.
const DEFECTS: &[&str] = &[
    "UPDATE parent SET t = 'A' WHERE id = 1",
    "UPDATE parent SET t = 'A ' WHERE id = 1",
    "UPDATE parent SET t = NULL WHERE id = 3",
    "UPDATE parent SET b = x'01' WHERE id = 1",
    "UPDATE parent SET b = '' WHERE id = 2",
    "UPDATE parent SET n = 2.01 WHERE id = 2",
    "UPDATE parent SET d = 0.30000000000000004 WHERE id = 3",
    "UPDATE parent SET e = 'a' WHERE id = 2",
    "UPDATE parent SET j = '[2]' WHERE id = 1",
    "UPDATE child SET parent_id = 2 WHERE id = 1",
    "DELETE FROM child WHERE id = 2",
    "UPDATE keyless SET n = n + 1",
    "INSERT INTO keyless VALUES (NULL)",
    "DELETE FROM keyless WHERE n = 3 LIMIT 1",
    "ALTER TABLE parent AUTO_INCREMENT = 100",
    "ALTER TABLE parent COMMENT = 'other'",
    "ALTER TABLE parent MODIFY t varchar(20) COMMENT 'd'",
    "ALTER TABLE parent DROP KEY k",
    "ALTER TABLE child DROP FOREIGN KEY fk",
    "DROP TRIGGER tr; CREATE TRIGGER tr BEFORE INSERT ON child FOR EACH ROW SET NEW.parent_id = 2",
    "DROP TRIGGER tr",
    "ALTER VIEW v AS SELECT id, t FROM parent",
    "DROP PROCEDURE p; CREATE PROCEDURE p() SELECT 2",
    "ALTER EVENT ev DISABLE",
    "ALTER EVENT ev DO SELECT 2",
    "DROP TABLE keyless",
    "CREATE TABLE _rekey_run (id int)",
];

const SEQUENCE: &[&str] = &["SELECT NEXTVAL(sq)", "DELETE HISTORY FROM history"];

/// Each is seen.
pub fn single_defects(product: Product) {
    let database = Database::create(product, "backup_defects");
    database.sql(BASE);
    if product == Product::Mariadb {
        database.sql("CREATE SEQUENCE sq CACHE 1; CREATE TABLE history (n int) WITH SYSTEM VERSIONING; INSERT INTO history VALUES (1); UPDATE history SET n = 2;");
    }
    let bench = Bench::new(&database);
    let backup = bench.make().unwrap();
    let scratch = bench.prove(&backup).unwrap();
    let mut before = bench.content_of(&scratch);
    assert_eq!(bench.content().complaint(&before), None, "a faithful copy is the same");
    let more = if product == Product::Mariadb { SEQUENCE } else { &[] };
    let mut seen = 0;
    for defect in more.iter().chain(DEFECTS) {
        database.server().sql(scratch.name(), defect);
        let after = bench.content_of(&scratch);
        assert!(before.complaint(&after).is_some(), "not seen: {defect}");
        seen += 1;
        before = after;
    }
    println!("{}: {seen} of {} defects seen", product.name(), DEFECTS.len() + more.len());
    bench.remove(scratch);
}

/// A dump writes six digits of a FLOAT: where there are more, that is what is said.
pub fn float_digits_are_named(product: Product) {
    let database = Database::create(product, "backup_float");
    database.sql("CREATE TABLE few (f float); INSERT INTO few VALUES (0.1), (1.5), (NULL), (-2e30);");
    let bench = Bench::new(&database);
    bench.make().unwrap();
    std::fs::remove_dir_all(bench.target()).unwrap();
    database.sql("CREATE TABLE many (f float); INSERT INTO many VALUES (16777215);");
    match bench.make() {
        Err(Error::Backup { rung: Rung::Compared, detail }) => {
            assert!(detail.contains("FLOAT columns of many") && !detail.contains("few"), "{detail}");
        }
        other => panic!("{other:?}"),
    }
    bench.assert_nothing_left(&database);
}
