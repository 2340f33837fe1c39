//! The fingerprint: each single defect is seen, and what is the same reads the same.

use super::wire::Wire;
use crate::seeded::Score;
use crate::support::dump::assert_same;
use crate::support::mysql::{Database, Product};
use crate::support::requirement::corpora;

const BASE: &str = "
CREATE TABLE parent (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, code varchar(20) NOT NULL DEFAULT 'a' COMMENT 'the code',
  made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, body text, place point NOT NULL, a int, b int,
  twice int GENERATED ALWAYS AS (a * 2) VIRTUAL, thrice int GENERATED ALWAYS AS (a * 3) STORED,
  UNIQUE KEY u_code (code), KEY k_ab (a, b), KEY k_prefix (body(10)), KEY k_desc (b DESC), FULLTEXT KEY f_body (body),
  SPATIAL KEY s_place (place), CONSTRAINT c_a CHECK (a > 0)) ENGINE=InnoDB COMMENT='all of it' DEFAULT CHARSET=utf8mb4;
CREATE TABLE child (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, parent_id bigint unsigned, other_id bigint unsigned,
  KEY k_parent (parent_id), KEY k_other (other_id), CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE,
  CONSTRAINT fk_other FOREIGN KEY (other_id) REFERENCES parent (id) ON UPDATE CASCADE);
CREATE TABLE log (n int);
CREATE TRIGGER t_one BEFORE INSERT ON child FOR EACH ROW SET NEW.other_id = NEW.parent_id;
CREATE TRIGGER t_two BEFORE INSERT ON child FOR EACH ROW SET NEW.parent_id = NEW.other_id;
CREATE VIEW v AS SELECT id, code FROM parent WHERE a > 1;
CREATE PROCEDURE p(IN n int) SELECT n;
CREATE FUNCTION f(n int) RETURNS int DETERMINISTIC RETURN n + 1;
CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DISABLE DO DELETE FROM log;
DROP USER IF EXISTS fp_user@'%'; CREATE USER fp_user@'%';
GRANT SELECT, INSERT ON fingerprint.parent TO fp_user@'%';
GRANT UPDATE (code, a) ON fingerprint.parent TO fp_user@'%';
GRANT DELETE ON fingerprint.* TO fp_user@'%';
GRANT EXECUTE ON PROCEDURE fingerprint.p TO fp_user@'%';
INSERT INTO parent (place, a, b) VALUES (ST_GeomFromText('POINT(1 1)'), 1, 2);
INSERT INTO child (parent_id) VALUES (1);
";

// Each follows upon the one before.
const DEFECTS: &[&str] = &[
    "REVOKE INSERT ON fingerprint.parent FROM fp_user@'%'",
    "REVOKE UPDATE (code) ON fingerprint.parent FROM fp_user@'%'",
    "REVOKE DELETE ON fingerprint.* FROM fp_user@'%'",
    "REVOKE EXECUTE ON PROCEDURE fingerprint.p FROM fp_user@'%'",
    "GRANT SELECT ON fingerprint.parent TO fp_user@'%' WITH GRANT OPTION",
    "ALTER TABLE parent COMMENT 'all'",
    "ALTER TABLE parent MODIFY code varchar(20) NOT NULL DEFAULT 'a'",
    "ALTER TABLE parent MODIFY code varchar(20) NOT NULL DEFAULT 'b'",
    "ALTER TABLE parent MODIFY code varchar(20) NOT NULL",
    "ALTER TABLE parent MODIFY code varchar(20)",
    "ALTER TABLE parent MODIFY code varchar(21)",
    "ALTER TABLE parent MODIFY code varchar(21) COLLATE utf8mb4_bin",
    "ALTER TABLE parent MODIFY code varchar(21) CHARACTER SET latin1",
    "ALTER TABLE parent MODIFY made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP",
    "ALTER TABLE parent MODIFY made timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)",
    "ALTER TABLE parent MODIFY b int AFTER code",
    "ALTER TABLE parent MODIFY b bigint AFTER code",
    "ALTER TABLE parent MODIFY b bigint unsigned AFTER code",
    "ALTER TABLE parent MODIFY twice int GENERATED ALWAYS AS (a * 4) VIRTUAL",
    "ALTER TABLE parent DROP COLUMN thrice, ADD COLUMN thrice int GENERATED ALWAYS AS (a * 3) VIRTUAL",
    "ALTER TABLE parent DROP KEY k_ab, ADD KEY k_ab (b, a)",
    "ALTER TABLE parent DROP KEY k_ab, ADD UNIQUE KEY k_ab (b, a)",
    "ALTER TABLE parent DROP KEY k_prefix, ADD KEY k_prefix (body(11))",
    "ALTER TABLE parent DROP KEY k_desc, ADD KEY k_desc (a)",
    "ALTER TABLE parent RENAME KEY k_desc TO k_asc",
    "ALTER TABLE parent DROP KEY f_body",
    "ALTER TABLE parent DROP KEY s_place",
    "ALTER TABLE parent ADD KEY k_told (a) COMMENT 'one'",
    "ALTER TABLE parent DROP KEY k_told, ADD KEY k_told (a) COMMENT 'two'",
    "ALTER TABLE parent DROP KEY u_code",
    "ALTER TABLE parent DROP CONSTRAINT c_a, ADD CONSTRAINT c_a CHECK (a > 1 or a = 1)",
    "ALTER TABLE parent DROP CONSTRAINT c_a",
    "ALTER TABLE parent DEFAULT COLLATE utf8mb4_unicode_ci",
    "ALTER TABLE parent ROW_FORMAT = COMPACT",
    "ALTER TABLE parent STATS_PERSISTENT = 0",
    "ALTER TABLE log ENGINE = MyISAM",
    "ALTER TABLE child DROP FOREIGN KEY fk_parent, ADD CONSTRAINT fk_parent2 FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE",
    "ALTER TABLE child DROP FOREIGN KEY fk_parent2, ADD CONSTRAINT fk_parent3 FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE SET NULL",
    "ALTER TABLE child DROP FOREIGN KEY fk_parent3",
    "DROP TRIGGER t_one; CREATE TRIGGER t_one BEFORE INSERT ON child FOR EACH ROW SET NEW.other_id = NEW.parent_id",
    "DROP TRIGGER t_one; CREATE DEFINER = fp_user@'%' TRIGGER t_one BEFORE INSERT ON child FOR EACH ROW SET NEW.other_id = NEW.parent_id",
    "DROP TRIGGER t_one; CREATE DEFINER = fp_user@'%' TRIGGER t_one AFTER INSERT ON child FOR EACH ROW SET @x = NEW.parent_id",
    "DROP TRIGGER t_one; SET sql_mode = 'ANSI_QUOTES'; CREATE DEFINER = fp_user@'%' TRIGGER t_one AFTER INSERT ON child FOR EACH ROW SET @x = NEW.parent_id",
    "DROP TRIGGER t_one",
    "ALTER DEFINER = fp_user@'%' VIEW v AS SELECT id, code FROM parent WHERE a > 1",
    "ALTER DEFINER = fp_user@'%' SQL SECURITY INVOKER VIEW v AS SELECT id, code FROM parent WHERE a > 1",
    "ALTER ALGORITHM = MERGE DEFINER = fp_user@'%' SQL SECURITY INVOKER VIEW v AS SELECT id, code FROM parent WHERE a > 1",
    "ALTER ALGORITHM = MERGE DEFINER = fp_user@'%' SQL SECURITY INVOKER VIEW v AS SELECT id, code FROM parent WHERE a > 1 WITH LOCAL CHECK OPTION",
    "ALTER ALGORITHM = MERGE DEFINER = fp_user@'%' SQL SECURITY INVOKER VIEW v AS SELECT id, code FROM parent WHERE a > 2 WITH LOCAL CHECK OPTION",
    "DROP PROCEDURE p; CREATE PROCEDURE p(IN n bigint) SELECT n",
    "ALTER PROCEDURE p SQL SECURITY INVOKER",
    "ALTER PROCEDURE p COMMENT 'x'",
    "DROP FUNCTION f; CREATE FUNCTION f(n int) RETURNS int DETERMINISTIC RETURN n + 2",
    "ALTER EVENT e ENABLE",
    "ALTER EVENT e ON SCHEDULE EVERY 2 DAY STARTS '2037-01-01 00:00:00'",
    "DROP EVENT e",
    "ALTER DATABASE fingerprint CHARACTER SET latin1",
    "CREATE TABLE more (id int)",
    "RENAME TABLE more TO some",
    "ALTER TABLE some PARTITION BY HASH (id) PARTITIONS 2",
    "ALTER TABLE some PARTITION BY HASH (id) PARTITIONS 3",
    "DROP TABLE log",
];

const MARIADB: &[&str] = &[
    "ALTER TABLE parent ALTER INDEX k_asc IGNORED",
    "ALTER TABLE parent MODIFY body text INVISIBLE",
    "CREATE SEQUENCE s START WITH 5",
    "ALTER SEQUENCE s INCREMENT BY 2",
    "ALTER TABLE child ADD SYSTEM VERSIONING",
    "ALTER DATABASE fingerprint COMMENT 'x'",
    "ALTER TABLE parent PAGE_COMPRESSED = 1 ROW_FORMAT = DYNAMIC",
];

const MYSQL: &[&str] = &[
    "ALTER TABLE parent ALTER INDEX k_asc INVISIBLE",
    "ALTER TABLE parent ALTER COLUMN body SET INVISIBLE",
    "ALTER TABLE parent ADD KEY k_computed ((a + b))",
    "ALTER TABLE parent DROP KEY k_computed, ADD KEY k_computed ((a - b))",
    "ALTER TABLE parent ADD CONSTRAINT c_b CHECK (b > 0)",
    "ALTER TABLE parent ALTER CHECK c_b NOT ENFORCED",
    "ALTER TABLE parent MODIFY place point NOT NULL SRID 0",
    "ANALYZE TABLE parent UPDATE HISTOGRAM ON b",
    "ALTER TABLE parent ADD FULLTEXT KEY f_body (body)",
    // In one statement it takes the new key for the old one and does nothing.
    "ALTER TABLE parent DROP KEY f_body; ALTER TABLE parent ADD FULLTEXT KEY f_body (body) WITH PARSER ngram",
];

// What comes by itself, and from other sessions at work.
const NO_DEFECTS: &[&str] = &[
    "INSERT INTO parent (code, place, a, b) VALUES ('z', ST_GeomFromText('POINT(1 1)'), 3, 4)",
    "UPDATE parent SET a = a + 1",
    "ALTER TABLE parent AUTO_INCREMENT = 1000",
    "ANALYZE TABLE parent, child",
    "FLUSH TABLES parent, child",
    "CREATE TABLE _rekey_run (id int)",
    "CREATE TABLE rk_0123abcd_1 (id int)",
];

/// Every one of them is seen, and nothing else is.
pub fn single_defects(product: Product) {
    let database = Database::create(product, "fingerprint");
    database.sql(BASE);
    let wire = Wire::new(&database);
    let mut last = wire.fingerprint();
    for statement in NO_DEFECTS {
        database.sql(statement);
        assert_eq!(wire.fingerprint(), last, "is no defect: {statement}");
    }
    let own = match product {
        Product::Mariadb => MARIADB,
        Product::Mysql => MYSQL,
    };
    let mut score = Score::default();
    for statement in DEFECTS.iter().chain(own) {
        database.sql(statement);
        let now = wire.fingerprint();
        score.count(statement.split(' ').next().unwrap_or(statement), now != last, statement);
        last = now;
    }
    database.sql("DROP USER fp_user@'%'");
    score.judge(&format!("seeded::catalogue on {}", product.name()));
}

/// What was written out and read in again is the same.
pub fn dump_and_restore(product: Product) {
    for name in ["sakila", "guacamole"] {
        let database = Database::create(product, &format!("restored_{name}"));
        database.server().load(database.name(), &corpora().join(format!("mysql/{name}.sql")));
        let wire = Wire::new(&database);
        let (before, dump) = (wire.fingerprint(), database.server().dump(database.name()));
        database.empty();
        assert_ne!(wire.fingerprint(), before);
        // With the settings that the file itself brings.
        database.server().restore(database.name(), &dump);
        assert_same(name, &dump, &database.server().dump(database.name()));
        assert_eq!(wire.fingerprint(), before, "{name}");
    }
}
