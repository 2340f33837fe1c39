//! Everything that a database may hold and a dump may stumble over.

use std::time::{Duration, Instant};

use super::bench::Bench;
use crate::support::mysql::{Database, Product, quoted};

// MariaDB's own dump program takes a database with a quote in its name for one that is not
// there (1049) where there is more than tables and views in it: it puts a backslash before the
// quote. The backup then fails with its words.
fn name(product: Product) -> &'static str {
    match product {
        Product::Mariadb => "bäck`up %s shop",
        Product::Mysql => "bäck`up's %s \"shop\"",
    }
}

const BOTH: &str = r#"
SET SESSION sql_mode = '', NAMES utf8mb4;
CREATE TABLE `a``b'c %d
-- DROP` (`ï``d'` int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'it''s; -- /* a ``key`` %',
  t varchar(40) CHARACTER SET latin1 DEFAULT 'ä''\\', u text, j json, b bit(11), bin varbinary(20), bl longblob, day date, stamp timestamp NULL,
  e enum('a','','ü;') , s set('x','y'), d double, f float(10,2), n decimal(30,10), z int(8) zerofill, y year, tm time(6),
  twice int GENERATED ALWAYS AS (z + 1) VIRTUAL, thrice int GENERATED ALWAYS AS (z * 3) STORED,
  FULLTEXT KEY ft (u), KEY `k``1` (t DESC, n)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='line\none; /*!50003 CREATE*/ ENABLE ';
INSERT INTO `a``b'c %d
-- DROP` (t, u, j, b, bin, bl, day, stamp, e, s, d, f, n, z, y, tm) VALUES
 ('é', 'two\nlines; '' \\ \0 \Z \r\t😀 ENABLE ;;', '{"a": [1, 1.5, null, "ü\\n"]}', b'10101010101', x'00FF0A27225C', x'00', '0000-00-00', NULL, '', '', -0.0, 1.25, -12345678901234567890.0123456789, 7, 2026, '-838:59:59'),
 (NULL, '', NULL, NULL, NULL, NULL, '2026-02-31', '2026-11-22 01:02:03', 'a', 'x,y', 1.7976931348623157e308, 0.1, 0, NULL, 0, '00:00:00.000001'),
 ('', NULL, '[]', 0, x'', x'', NULL, '1970-01-01 00:00:01', 'ü;', 'y', 0.1, NULL, NULL, 99999999, NULL, NULL);
INSERT INTO `a``b'c %d
-- DROP` (u, bl) VALUES (REPEAT('x', 3000000), REPEAT(x'00FF27', 1000000));
CREATE TABLE parent (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, place point NOT NULL, area geometry, SPATIAL KEY s (place)) AUTO_INCREMENT = 5000;
INSERT INTO parent (place, area) VALUES (ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')), (ST_GeomFromText('POINT(-1 0.5)'), NULL);
CREATE TABLE child (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, parent_id bigint unsigned, n int DEFAULT 0, CONSTRAINT `f``k` FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE, CONSTRAINT c CHECK (n >= 0));
INSERT INTO child (parent_id) SELECT id FROM parent;
CREATE TABLE mi (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, t char(10)) ENGINE=MyISAM;
INSERT INTO mi (t) VALUES ('a'), ('b'); DELETE FROM mi WHERE t = 'b';
CREATE TABLE keyless (n int, t text); INSERT INTO keyless VALUES (1, 'a'), (1, 'a'), (NULL, NULL);
CREATE TABLE nothing (id int NOT NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE parts (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (YEAR(at)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE);
INSERT INTO parts VALUES (1, '2019-01-01'), (2, '2030-01-01');
CREATE TABLE hidden (a int, b int DEFAULT 5 INVISIBLE); INSERT INTO hidden (a, b) VALUES (1, 2), (3, 4);
CREATE TABLE _rekey_map_12345678_0 (old_id int PRIMARY KEY, new_id char(36)); INSERT INTO _rekey_map_12345678_0 VALUES (1, 'x');
CREATE FUNCTION `f``n`(n int) RETURNS int DETERMINISTIC RETURN n + 1;
CREATE VIEW v_one AS SELECT id, `f``n`(n) AS more FROM child;
CREATE VIEW a_two AS SELECT v.id, p.id AS parent FROM v_one v JOIN child c USING (id) JOIN parent p ON p.id = c.parent_id;
CREATE VIEW checked AS SELECT id, n FROM child WHERE n >= 0 WITH CHECK OPTION;
CREATE ALGORITHM=TEMPTABLE SQL SECURITY INVOKER VIEW `v``'three` AS SELECT 'it''s; ``' AS `a``b`, COUNT(*) AS n FROM a_two;
DELIMITER //
CREATE PROCEDURE `p'1`(IN `a``b` int, OUT c varchar(10)) COMMENT 'it''s' BEGIN DECLARE x int; -- a comment; with ENABLE
 SELECT ';' INTO c; IF x > 1 THEN SET x = 2; END IF; END//
CREATE TRIGGER one BEFORE INSERT ON child FOR EACH ROW BEGIN SET NEW.n = NEW.n + 1; END//
CREATE TRIGGER two BEFORE INSERT ON child FOR EACH ROW PRECEDES one SET NEW.n = NEW.n * 2//
CREATE DEFINER=`nobody`@`%` TRIGGER `{db}`.three
 AFTER UPDATE
 ON `{db}`.`child` FOR EACH ROW SET @said = 'ON {db}.x; '//
CREATE EVENT `e ENABLE x` ON SCHEDULE EVERY 1 HOUR STARTS '2037-01-01 00:00:00' COMMENT ' ENABLE ' DO SET @a = ' DISABLE '//
CREATE EVENT off ON SCHEDULE EVERY 1 HOUR STARTS '2037-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE DO BEGIN SET @a = 1; SET @b = 2; END//
CREATE EVENT once ON SCHEDULE AT '2037-01-01 00:00:00' DO SET @a = 1//
DELIMITER ;
"#;

const MARIADB: &str = "
CREATE SEQUENCE sq START WITH 7 INCREMENT BY 3 CACHE 20 CYCLE MAXVALUE 5000; SELECT NEXTVAL(sq);
CREATE SEQUENCE `down``s` START WITH -1 INCREMENT BY -1 NOCACHE; SELECT NEXTVAL(`down``s`), NEXTVAL(`down``s`);
CREATE TABLE from_sequence (id bigint NOT NULL DEFAULT NEXTVAL(sq) PRIMARY KEY, u uuid, ip inet6); INSERT INTO from_sequence (u) VALUES (UUID());
CREATE TABLE history (id int PRIMARY KEY, n int) WITH SYSTEM VERSIONING; INSERT INTO history VALUES (1, 1), (2, 2); UPDATE history SET n = n + 1; DELETE FROM history WHERE id = 2;
CREATE TABLE named (id int PRIMARY KEY, n int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING;
INSERT INTO named (id, n) VALUES (1, 1); UPDATE named SET n = 2;
CREATE TABLE packed (t text COMPRESSED) ENGINE=Aria; INSERT INTO packed VALUES ('x');
";

const MYSQL: &str = "
CREATE TABLE newer (id int PRIMARY KEY, j json, g point SRID 4326, KEY m ((CAST(j->'$.a' AS UNSIGNED ARRAY))), KEY f ((id + 1)), KEY hid (id) INVISIBLE);
INSERT INTO newer VALUES (1, '{\"a\": [1, 2]}', ST_SRID(POINT(10, 20), 4326));
ANALYZE TABLE child UPDATE HISTOGRAM ON n;
";

fn filled(product: Product) -> Database {
    let database = Database::create(product, name(product));
    let more = if product == Product::Mariadb { MARIADB } else { MYSQL };
    let name = quoted(name(product));
    let name = name.trim_matches('`');
    // A text holds one that is no name.
    database.sql(&format!("{}{more}", BOTH.replace("'ON {db}.x; '", "'ON it.x; '").replace("{db}", name)));
    database
}

/// All of it comes back.
pub fn is_proven(product: Product) {
    let database = filled(product);
    let bench = Bench::new(&database);
    let backup = bench.make().unwrap_or_else(|error| panic!("{error:?}"));
    println!("{}: {} bytes, {} digests", product.name(), backup.bytes, backup.digests.len());
    for name in ["rows keyless", "rows _rekey_map_12345678_0", "next number of parent", "rows mi"] {
        assert!(backup.digests.contains_key(name), "{name}: {:?}", backup.digests.keys());
    }
    let scratch = bench.prove(&backup).unwrap_or_else(|error| panic!("{error:?}"));
    let statuses = database.server().sql(
        scratch.name(),
        "SELECT STATUS FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME",
    );
    assert!(!statuses.contains("ENABLED"), "{statuses}");
    bench.remove(scratch);
}

/// One that is due each second writes a row where it runs.
pub fn events_do_not_run_in_a_copy(product: Product) {
    let database = Database::create(product, "backup_events");
    database.sql(
        "CREATE TABLE done (n int NOT NULL AUTO_INCREMENT PRIMARY KEY); CREATE TABLE due (n int);
         CREATE EVENT each_second ON SCHEDULE EVERY 1 SECOND DO INSERT INTO due VALUES (1);",
    );
    let server = database.server();
    server.sql("", "SET GLOBAL event_scheduler = OFF");
    database.sql("DELETE FROM due");
    let bench = Bench::new(&database);
    let scratch = bench.make().and_then(|backup| bench.prove(&backup)).unwrap();
    server.sql("", "SET GLOBAL event_scheduler = ON");
    // It has run in the source more than once, so it would have run in the copy.
    let until = Instant::now() + Duration::from_secs(30);
    while database.sql("SELECT COUNT(*) >= 3 FROM due").trim() != "1" {
        assert!(Instant::now() < until, "the events of the source do not run");
    }
    let run = server.sql(scratch.name(), "SELECT COUNT(*) FROM due");
    server.sql("", "SET GLOBAL event_scheduler = OFF");
    assert_eq!(run.trim(), "0", "an event ran in the copy");
    bench.remove(scratch);
}
