//! The defaults of a converted key and of a short id give every session values of its own, whatever characters the
//! session speaks and whoever used the table before.

use crate::support::journey::Journey;
use crate::support::mysql::{Database, Product};
use crate::support::subject::Subject;
use crate::support::subject_mysql::Mysql;

const SESSIONS: [&str; 5] = ["utf8mb4", "latin1", "utf8mb3", "binary", "utf8mb4"];
const ROWS: usize = 8;

/// Every kind of id in every storage.
pub fn are_new_for_every_session(product: Product) {
    let storages: &[&str] = match product {
        Product::Mariadb => &["uuid", "binary16", "char36"],
        Product::Mysql => &["binary16", "char36"],
    };
    for storage in storages {
        for version in ["v7", "v6", "v4"] {
            give(product, version, storage);
        }
    }
}

fn give(product: Product, version: &str, storage: &str) {
    let subject = Mysql(Database::create(product, "defaults"));
    subject.execute(
        "CREATE TABLE note (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, v int, w int AS (v IS NULL), KEY (w)); \
         INSERT INTO note (v) VALUES (1), (2)",
    );
    let slug = format!("{}.note", subject.0.name());
    let (journey, answer) =
        Journey::plan(&subject, &["--all", "--uuid", version, "--storage", storage, "--slug", &slug]);
    answer.expect(0);
    journey.convert();
    for characters in SESSIONS {
        let insert = "INSERT INTO note (v) VALUES (DEFAULT);".repeat(ROWS);
        subject.execute(&format!("SET NAMES {characters}; {insert}"));
    }
    let digits = if storage == "binary16" { "HEX(id)" } else { "REPLACE(id, '-', '')" };
    let count = 2 + SESSIONS.len() * ROWS;
    // The last 60 bits are random, and so are the others where nothing has an order.
    let random = if version == "v4" { format!("LEFT({digits}, 12)") } else { format!("RIGHT({digits}, 15)") };
    let found = subject.answer(&format!(
        "SELECT COUNT(*), COUNT(DISTINCT id), COUNT(DISTINCT {random}), COUNT(DISTINCT LEFT(uuid_slug, 6)) FROM note"
    ));
    let cells: Vec<&str> = found.trim().split('|').collect();
    assert_eq!(cells, [&count.to_string(); 4], "{version} as {storage}");
}
