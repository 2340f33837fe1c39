//! What stands in the way is named by a rule of its own, and what does not stands free.

use std::collections::{BTreeMap, BTreeSet};

use rekey_engine::check::Severity;
use rekey_engine::schema::Verdict;

use super::wire::Wire;
use crate::support::mysql::{Database, Product};

// A table for each rule, whose domain must carry it and no other that weighs as much.
const TABLES: &str = "
CREATE TABLE fine (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20), CHECK (name <> ''));
CREATE TABLE fine_child (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, fine_id int unsigned, FOREIGN KEY (fine_id) REFERENCES fine (id));
CREATE TABLE rk301 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE = MyISAM;
CREATE TABLE rk301_memory (id int NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE = MEMORY;
CREATE TABLE rk302 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2;
CREATE TABLE rk305 (id int NOT NULL PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL);
CREATE TABLE rk305_stored (id int NOT NULL PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE rk306 (id int NOT NULL PRIMARY KEY, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE rk309 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE rk309_child (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, rk309_id int, FOREIGN KEY (rk309_id) REFERENCES rk309 (id));
SET foreign_key_checks = 0; INSERT INTO rk309_child (rk309_id) VALUES (7), (8), (NULL); SET foreign_key_checks = 1;
CREATE TABLE rk310 (id int NOT NULL PRIMARY KEY, wide varchar(65510) CHARACTER SET latin1 NOT NULL);
CREATE TABLE rk310_index (id int NOT NULL PRIMARY KEY, wide varchar(3060) CHARACTER SET latin1 NOT NULL, UNIQUE KEY w (id, wide));
CREATE TABLE rk324 (id varchar(36) NOT NULL PRIMARY KEY, n int, KEY beginnings (id(8)));
CREATE TABLE rk324_words (id char(36) NOT NULL PRIMARY KEY, FULLTEXT KEY words (id));
CREATE TABLE rk183 (id varchar(10) NOT NULL PRIMARY KEY);
CREATE TABLE _rekey_319 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE rk311 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE rk311_child (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, rk311_id int DEFAULT 0, FOREIGN KEY (rk311_id) REFERENCES rk311 (id));
CREATE TABLE rk308 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, n int);
CREATE TABLE rk318 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, n int);
CREATE TABLE rk317 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, n int);
CREATE VIEW rk317_view AS SELECT id FROM rk317 WHERE id > '5';
CREATE TRIGGER rk318_trigger BEFORE UPDATE ON rk318 FOR EACH ROW SET @last = NEW.id;
CREATE PROCEDURE rk308_get(IN wanted INT) SELECT * FROM rk308 WHERE rk308.id = wanted;
";

const MARIADB: &str = "
CREATE TABLE rk303 (id int NOT NULL AUTO_INCREMENT PRIMARY KEY) WITH SYSTEM VERSIONING;
CREATE TABLE rk303_period (id int NOT NULL PRIMARY KEY, a date NOT NULL, b date NOT NULL, PERIOD FOR p (a, b));
CREATE TABLE rk301_aria (id int NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE = Aria;
CREATE TABLE rk306_column (id int NOT NULL PRIMARY KEY CHECK (id > 0));
";

const MYSQL: &str = "
CREATE TABLE rk307 (id int NOT NULL PRIMARY KEY, n int, KEY computed ((id + n)));
";

/// By the name of the table.
pub fn each_by_its_rule(product: Product) {
    let database = Database::create(product, "obstacles");
    let own = match product {
        Product::Mariadb => MARIADB,
        Product::Mysql => MYSQL,
    };
    database.sql(TABLES);
    database.sql(own);
    let found = Wire::new(&database).inspection();
    let mut told: BTreeMap<String, (Verdict, BTreeSet<String>)> = BTreeMap::new();
    for domain in &found.domains {
        // Keys that nobody numbers are told everywhere.
        let rules =
            domain.findings.iter().filter(|finding| finding.severity > Severity::Info && finding.rule != "RK-171");
        told.insert(
            domain.root.table.name.clone(),
            (domain.verdict, rules.map(|finding| finding.rule.clone()).collect()),
        );
    }
    let reserved = told.remove("_rekey_319").map(|(verdict, rules)| (verdict, rules.contains("RK-319")));
    assert_eq!(reserved, Some((Verdict::Refuse, true)));
    let mut seen = 0;
    for (table, (verdict, rules)) in &told {
        let Some(number) =
            table.strip_prefix("rk").and_then(|rest| rest.get(..3)).filter(|_| !table.ends_with("_child"))
        else {
            assert_eq!((*verdict, rules.is_empty()), (Verdict::Convert, true), "{table}: {rules:?}");
            continue;
        };
        let rule = format!("RK-{number}");
        let expected = match number {
            "308" | "317" | "318" => Verdict::Convert,
            "183" | "305" | "306" | "309" | "311" => Verdict::Ask,
            _ => Verdict::Refuse,
        };
        assert_eq!(rules, &BTreeSet::from([rule]), "{table}");
        assert_eq!(*verdict, expected, "{table}");
        seen += 1;
    }
    let made = [TABLES, own].concat();
    let made = made.lines().filter_map(|line| line.strip_prefix("CREATE TABLE rk")?.split(' ').next());
    assert_eq!(seen, made.filter(|name| !name.ends_with("_child")).count(), "{told:#?}");
}
