//! Who may not do it is told before anything happens, and with what.

use crate::support::dump::assert_same;
use crate::support::journey::OVERRIDES;
use crate::support::mysql::{Database, Product};
use crate::support::rekey::Rekey;
use crate::support::subject::Subject;
use crate::support::subject_mysql::Mysql;

const PASSWORD: &str = "case-limited-4711";

/// A user who may read, but not make tables anew, is refused with the rights that are missing.
/// With those very rights the run goes through.
pub fn missing_ones_are_named(product: Product) {
    let subject = Mysql(Database::create(product, "rights_missing"));
    let user = format!("rekey_{}", product.name());
    subject.execute(&format!(
        "CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20));
         CREATE TABLE purchase (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int, FOREIGN KEY (customer_id) REFERENCES customer (id));
         INSERT INTO customer (name) VALUES ('Ann'); INSERT INTO purchase (customer_id) VALUES (1), (NULL);
         DROP USER IF EXISTS {user}@'127.0.0.1'; CREATE USER {user}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';
         GRANT SELECT, INSERT, CREATE, LOCK TABLES ON rights_missing.* TO {user}@'127.0.0.1'"
    ));
    let before = subject.dump();
    let target = subject.target().replace("owner@", &format!("{user}@"));
    let rekey = Rekey::new(Some(PASSWORD));
    let plan = ["plan", target.as_str(), "-o", "plan.json", "--all", "--accept-defaults"];
    rekey.json(&plan).expect(0);
    let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    let refused = rekey.json(&arguments).expect(3);
    let told = refused.json.to_string();
    let missing = "UPDATE, DELETE, DROP, ALTER, INDEX, REFERENCES";
    assert!(told.contains("RK-021") && told.contains(missing), "{refused}");
    assert_same("the dump after a refusal", &before, &subject.dump());
    subject.execute(&format!("GRANT {missing} ON rights_missing.* TO {user}@'127.0.0.1'"));
    // Rights belong to what a plan was made for.
    rekey.json(&plan).expect(0);
    rekey.json(&arguments).expect(0);
    subject.execute(&format!("DROP USER {user}@'127.0.0.1'"));
}
