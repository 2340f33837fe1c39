//! Foreign keys that lead from one database into another: their names and actions, and what
//! stands on the tables there, are the same after the conversion and after its undo.

use std::collections::BTreeSet;

use crate::support::dump::assert_same;
use crate::support::journey::OVERRIDES;
use crate::support::mysql::{Database, Product};
use crate::support::rekey::Rekey;
use crate::support::subject::Subject;
use crate::support::subject_mysql::Mysql;

const FAR: &str = "
CREATE TABLE region (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20) NOT NULL);
INSERT INTO region (name) VALUES ('north'), ('south');
";
const NEAR: &str = "
CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, code int NOT NULL UNIQUE, name varchar(20) NOT NULL);
CREATE TABLE place (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int NOT NULL, region_id int,
  CONSTRAINT `in a region` FOREIGN KEY (region_id) REFERENCES across_far.region (id) ON DELETE SET NULL ON UPDATE CASCADE,
  FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE);
INSERT INTO customer (code, name) VALUES (7, 'Ann'), (8, 'Ben'), (9, 'Cleo');
INSERT INTO place (customer_id, region_id) VALUES (1, 2), (2, NULL), (2, 1);
";
const BETWEEN: &str = "
CREATE TABLE visit (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int, region_id int, note varchar(20),
  CONSTRAINT noted CHECK (note <> ''), CONSTRAINT first_ones CHECK (region_id > 0),
  CONSTRAINT `visit of` FOREIGN KEY (customer_id) REFERENCES across_near.customer (id) ON DELETE SET NULL,
  FOREIGN KEY (region_id) REFERENCES region (id));
CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, visit_id int, FOREIGN KEY (visit_id) REFERENCES visit (id) ON DELETE CASCADE);
CREATE TABLE listed (code int, n int, FOREIGN KEY (code) REFERENCES across_near.customer (code) ON UPDATE CASCADE);
CREATE TABLE loose (id int NOT NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TRIGGER shout BEFORE INSERT ON visit FOR EACH ROW SET NEW.note = UPPER(NEW.note);
CREATE TRIGGER count_visits AFTER INSERT ON across_far.visit FOR EACH ROW INSERT INTO listed VALUES (NULL, 1);
INSERT INTO visit (customer_id, region_id, note) VALUES (3, 1, 'a'), (1, 2, 'b'), (NULL, 1, NULL);
INSERT INTO customer (visit_id) VALUES (2), (1);
INSERT INTO listed VALUES (9, 5), (7, 6);
INSERT INTO loose VALUES (4);
";
const JOINED: &str = "SELECT c.name, v.note, r.name, l.n, f.id IS NOT NULL FROM across_near.customer c \
    LEFT JOIN across_far.visit v ON v.customer_id = c.id LEFT JOIN across_far.region r ON r.id = v.region_id \
    LEFT JOIN across_far.listed l ON l.code = c.code LEFT JOIN across_far.customer f ON f.visit_id = v.id \
    LEFT JOIN across_near.place p ON p.customer_id = c.id ORDER BY 1, 2, 3, 4, 5";
const REFERENCES: &str = "SELECT k.constraint_schema, k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema, \
    k.referenced_table_name, r.update_rule, r.delete_rule FROM information_schema.key_column_usage k \
    JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name \
    AND r.constraint_name = k.constraint_name WHERE k.constraint_schema IN ('across_near', 'across_far') \
    AND k.table_name NOT LIKE '\\_rekey%' ORDER BY 1, 2, 3";
const OF_BOTH: [&str; 5] =
    ["across_far.customer", "across_far.region", "across_far.visit", "across_near.customer", "across_near.place"];

/// All keys at once, then one whose references lie on both sides, then the one over there.
pub fn keys_over_two_databases(product: Product) {
    let (near, far) = (Database::create(product, "across_near"), Database::create(product, "across_far"));
    far.sql(FAR);
    near.sql(NEAR);
    far.sql(BETWEEN);
    let (near, far) = (Mysql(near), Mysql(far));
    take(&near, &far, &["--all", "--accept-defaults"], &OF_BOTH);
    take(&near, &far, &["--domain", "across_near.customer.id"], &["across_near.customer"]);
    let both = ["--domain", "across_near.place.id", "--domain", "across_far.visit.id"];
    take(&near, &far, &both, &["across_far.visit", "across_near.place"]);
    far.execute("DROP TABLE listed, customer, visit");
}

fn take(near: &Mysql, far: &Mysql, choices: &[&str], roots: &[&str]) {
    let rekey = Rekey::new(near.password());
    let target = near.target();
    let looked = || [near.dump(), far.dump(), near.answer(JOINED), near.answer(REFERENCES)];
    let before = looked();
    let plan = rekey.done(&[&["plan", target.as_str(), "-o", "plan.json"][..], choices].concat());
    let conversions = plan["conversions"].as_array().unwrap();
    let told =
        |root: &serde_json::Value| format!("{}.{}", root["schema"].as_str().unwrap(), root["table"].as_str().unwrap());
    let found: BTreeSet<String> = conversions.iter().map(|one| told(&one["root"])).collect();
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), roots, "{plan:#}");
    for turn in ["first", "second"] {
        let ran = rekey.done(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat());
        let run = ran["run"].as_str().unwrap().to_owned();
        let after = looked();
        assert_eq!((&after[2], &after[3]), (&before[2], &before[3]), "the {turn} time");
        assert_typed(near, &plan);
        let mapped = rekey.run(&["map", &target, "--run", &run, "--format", "csv"]).expect(0).outcome.text();
        assert!(roots.iter().all(|root| mapped.contains(&root.replace('.', ","))), "{mapped}");
        rekey.done(&["validate", &target, "--run", &run]);
        rekey.done(&["undo", &target, "--run", &run, "--yes"]);
        for (now, start) in looked().iter().zip(&before) {
            assert_same(&format!("after the {turn} undo of {choices:?}"), start, now);
        }
        for one in [near, far] {
            assert!(one.leftovers().is_empty() && one.journal().is_empty(), "left behind: {:?}", one.leftovers());
        }
    }
}

// Every member has the new type, and nothing else of these databases has it.
fn assert_typed(near: &Mysql, plan: &serde_json::Value) {
    let members = plan["conversions"].as_array().unwrap().iter().flat_map(|one| one["members"].as_array().unwrap());
    let word = |member: &serde_json::Value, name: &str| member[name].as_str().unwrap().to_owned();
    let mut expected: Vec<String> =
        members.map(|one| format!("{}.{}.{}", word(one, "schema"), word(one, "table"), word(one, "column"))).collect();
    expected.sort();
    let found = near.answer(
        "SELECT CONCAT(table_schema, '.', table_name, '.', column_name) FROM information_schema.columns \
         WHERE table_schema IN ('across_near', 'across_far') AND column_type IN ('uuid', 'binary(16)') \
         AND table_name NOT LIKE '\\_rekey%' ORDER BY 1",
    );
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}
