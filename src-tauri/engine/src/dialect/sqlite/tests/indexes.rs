//! An index that lacks a row, or has its rows in another order, is seen by the gate, whichever
//! way it asks.

use super::super::open;
use super::File;
use crate::dialect::Access;
use crate::plan::Plan;

const SCHEMA: &str = "
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, born REAL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), note TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT UNIQUE, order_id INTEGER REFERENCES orders (id));
CREATE TABLE apart (v TEXT);
INSERT INTO users VALUES (1, 'b', 1.0), (2, 'a', 2.5), (3, 'c', NULL);
INSERT INTO orders VALUES (1, 3, 'x'), (2, 1, NULL), (3, NULL, 'y'), (4, 1, 'z');
INSERT INTO tags VALUES (1, 'one', 1), (2, 'two', 4), (3, NULL, NULL);
INSERT INTO apart VALUES ('p'), ('q');
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_born ON users (born, email);
CREATE INDEX orders_user ON orders (user_id);
CREATE INDEX tags_order ON tags (order_id DESC);
CREATE INDEX apart_v ON apart (v);
";

// The ids of what the gate asks of the file and does not get its answer to.
fn complaints(file: &File, plan: &Plan, spoil: &str) -> Vec<String> {
    let connection = open::open(&file.path(), Access::Write).unwrap();
    connection.execute_batch(&format!("BEGIN; {spoil}")).unwrap();
    let assertions = plan.blueprint.assertions.iter();
    let asked = assertions.filter(|one| one.id.starts_with("index") || one.id == "integrity");
    let held = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    let found = asked.filter(|one| held(&one.sql) != one.expect).map(|one| one.id.clone()).collect();
    connection.execute_batch("ROLLBACK").unwrap();
    found
}

// Makes it over other rows or columns than its text then says.
fn spoilt(index: &str, really: &str) -> String {
    format!(
        "CREATE TABLE kept AS SELECT sql FROM sqlite_schema WHERE name = '{index}'; \
         DROP INDEX {index}; CREATE INDEX {index} ON {really}; PRAGMA writable_schema = ON; \
         UPDATE sqlite_schema SET sql = (SELECT sql FROM kept) WHERE name = '{index}'; \
         PRAGMA writable_schema = RESET; DROP TABLE kept;"
    )
}

#[tokio::test]
async fn an_incomplete_index_is_noticed() {
    let file = File::from_sql(SCHEMA);
    let plan = file.convert().await;
    let asked = plan.blueprint.assertions.iter().filter(|one| one.id.starts_with("indexes "));
    let by_itself: Vec<&str> = asked.flat_map(|one| one.sql.split('"').collect::<Vec<_>>()).collect();
    for index in ["orders_user", "sqlite_autoindex_orders_1", "sqlite_autoindex_users_1", "users_born", "users_email"] {
        assert!(by_itself.contains(&index), "{index}");
    }
    assert_eq!(complaints(&file, &plan, ""), Vec::<String>::new());
    for (index, really, noticed) in [
        ("users_email", "users (email) WHERE email <> 'a'", "indexes main.users"),
        ("users_born", "users (born, email) WHERE born IS NOT NULL", "indexes main.users"),
        ("users_born", "users (born DESC, email)", "indexes main.users"),
        ("users_born", "users (email, born)", "indexes main.users"),
        ("orders_user", "orders (user_id) WHERE user_id IS NOT NULL", "indexes main.orders"),
        ("orders_user", "orders (note)", "indexes main.orders"),
        ("tags_order", "tags (order_id DESC) WHERE id IS NOT NULL AND order_id IS NOT NULL", "indexes"),
        ("apart_v", "apart (v) WHERE v <> 'q'", "indexes"),
    ] {
        // Where entries are missing, SQLite's own look counts them too.
        let mut found = complaints(&file, &plan, &spoilt(index, really));
        found.retain(|id| id != "integrity");
        assert_eq!(found, [noticed], "{index} over {really}");
    }
    // Two rows that are alike where the index lets no two be.
    let alike = "DROP INDEX users_email; UPDATE users SET email = 'a'; CREATE INDEX users_email ON users (email);";
    assert!(complaints(&file, &plan, alike).contains(&"indexes main.users".to_owned()));
}
