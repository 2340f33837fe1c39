//! The same oracles on MariaDB and MySQL, each fed on its own. `tests/mysql` feeds the one
//! that compares catalogues.

mod edges;
mod gate;
mod rows;
mod texts;

use libtest_mimic::Trial;

use super::file::Converted;
use crate::support::mysql::{PRODUCTS, Product};
use crate::support::requirement::{Requirement, trial};

/// Four trials per product.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for product in PRODUCTS {
        let need = match product {
            Product::Mariadb => Requirement::Mariadb,
            Product::Mysql => Requirement::Mysql,
        };
        let name = product.name();
        let rows = move || rows::every_change_is_noticed(product);
        let edges = move || edges::every_reference_led_elsewhere_is_noticed(product);
        trials.push(trial(&format!("seeded::{name}_rows"), &[need], rows));
        trials.push(trial(&format!("seeded::{name}_edges"), &[need], edges));
        let needs = [need, Requirement::Failpoints];
        let gate = move || gate::nothing_spoilt_is_made_final(product);
        trials.push(trial(&format!("seeded::{name}_gate"), &needs, gate));
        let texts = move || texts::nothing_spoilt_is_made_final(product);
        trials.push(trial(&format!("seeded::{name}_texts"), &needs, texts));
    }
    trials
}

// An id that nothing has.
fn nowhere(product: Product) -> &'static str {
    match product {
        Product::Mariadb => "'0190a0a0-0000-7000-8000-000000000001'",
        Product::Mysql => "X'0190A0A0000070008000000000000001'",
    }
}

impl Converted {
    // What would stop a defect is another proof's business: references, keys and NOT NULL go.
    fn unbind(&mut self) {
        for question in UNBIND {
            let statements = self.subject.answer(question);
            self.subject.execute(&statements);
        }
        self.wire.execute("SET SESSION foreign_key_checks = 0");
    }

    // The map that holds the ids of a table.
    fn mysql_map_of(&mut self, table: &str) -> String {
        let maps = "SELECT CAST(table_name AS CHAR) FROM information_schema.tables \
                    WHERE table_schema = DATABASE() AND table_name LIKE '\\_rekey\\_map%'";
        let maps: Vec<String> = self.wire.query(maps).into_iter().flatten().flatten().collect();
        let question = |map: &String| {
            format!("SELECT CAST(COUNT(*) AS CHAR) FROM {map} WHERE new_id = (SELECT MIN(id) FROM {table})")
        };
        let held = maps.into_iter().find(|map| self.wire.value(&question(map)) == "1");
        held.unwrap_or_else(|| panic!("no map holds {table}"))
    }
}

const UNBIND: [&str; 3] = [
    "SELECT CONCAT('ALTER TABLE `', table_name, '` DROP FOREIGN KEY `', constraint_name, '`;') \
     FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()",
    "SELECT DISTINCT CONCAT('ALTER TABLE `', table_name, '` DROP KEY `', index_name, '`;') \
     FROM information_schema.statistics WHERE table_schema = DATABASE() AND non_unique = 0 AND table_name NOT LIKE '\\_rekey%'",
    "SELECT CONCAT('ALTER TABLE `', table_name, '` MODIFY `', column_name, '` ', column_type, ' NULL;') \
     FROM information_schema.columns WHERE table_schema = DATABASE() AND is_nullable = 'NO' AND table_name NOT LIKE '\\_rekey%'",
];

// Two old ids lead to each other's new ones.
fn exchange(map: &str) -> Vec<String> {
    vec![
        format!("UPDATE {map} SET old_id = old_id + 1000 WHERE old_id IN (1, 2)"),
        format!("UPDATE {map} SET old_id = 1003 - old_id WHERE old_id > 1000"),
    ]
}
