//! Checks that depend on who asks: a user who owns nothing, may open two sessions, and from whom
//! rows are hidden.

use super::Pair;
use super::bench::{Bench, fired, look};
use super::everywhere::shop;
use crate::support::mysql;
use crate::support::postgres::{Database, shared};
use crate::support::rekey::Rekey;
use crate::support::requirement::Requirement;
use crate::support::subject::Postgres;
use crate::support::subject_mysql::Mysql;

const PASSWORD: &str = "list-reader-4711";

pub fn pairs() -> Vec<Pair> {
    let mut pairs = vec![
        Pair::new("rights", "postgres", &[Requirement::Postgres], || {
            as_role("rights", "", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}", "RK-022");
        }),
        Pair::new("connections", "postgres", &[Requirement::Postgres], || {
            as_role(
                "connections",
                "CONNECTION LIMIT 2",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
                "RK-042",
            );
        }),
        Pair::new("hidden_rows", "postgres", &[Requirement::Postgres], || {
            as_role(
                "hidden_rows",
                "",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}; ALTER TABLE purchase ENABLE ROW LEVEL SECURITY",
                "RK-127",
            );
        }),
        // Who may not ask for the server's files is told what is needed. The table is as wide as
        // what a disk must be looked at for, in a few rows that are not compressed.
        Pair::new("disk_for_rewrite", "postgres, by a role", &[Requirement::Postgres], || {
            let wide = "ALTER TABLE purchase ALTER COLUMN note TYPE text; ALTER TABLE purchase ALTER COLUMN note SET STORAGE EXTERNAL; \
                 INSERT INTO purchase SELECT n, 1, repeat('x', 10000000) FROM generate_series(10, 39) n";
            as_role(
                "disk_for_rewrite",
                "",
                &format!("{wide}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {{role}}"),
                "RK-044",
            );
        }),
    ];
    for (product, needs) in
        [(mysql::Product::Mariadb, Requirement::Mariadb), (mysql::Product::Mysql, Requirement::Mysql)]
    {
        pairs.push(Pair::new("rights", product.name(), &[needs], move || {
            as_user(product, "rights", "GRANT SELECT, SHOW VIEW ON list_rights.* TO {user}", "", "RK-021");
        }));
        pairs.push(Pair::new("connections", product.name(), &[needs], move || {
            as_user(
                product,
                "connections",
                "GRANT ALL ON list_connections.* TO {user}",
                "WITH MAX_USER_CONNECTIONS 4",
                "RK-042",
            );
        }));
    }
    pairs
}

// The superuser's look is quiet, that of the role fires. The plan is the same.
fn as_role(check: &str, limit: &str, grants: &str, named: &str) {
    let role = format!("list_{check}_reader");
    let subject = Postgres(Database::create(&format!("list_{check}")));
    shop(&subject);
    subject.0.execute(&format!(
        "CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}' {limit}; {}",
        grants.replace("{role}", &role)
    ));
    let bench = Bench::new(&subject);
    bench.is_quiet(check);
    let reader = Rekey::new(Some(PASSWORD));
    std::fs::copy(bench.rekey.path("plan.json"), reader.path("plan.json")).unwrap();
    let url = shared().url(subject.0.name()).replace("postgres@", &format!("{role}@"));
    fired(&look(&reader, &url, check), named);
    subject.0.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

// Who may see what was granted sees another catalogue, so the user makes a plan of their own.
fn as_user(product: mysql::Product, check: &str, grants: &str, limit: &str, named: &str) {
    let subject = Mysql(mysql::Database::create(product, &format!("list_{check}")));
    shop(&subject);
    Bench::new(&subject).is_quiet(check);
    let user = format!("'list_{check}'@'127.0.0.1'");
    let server = subject.0.server();
    let granted = grants.replace("{user}", &user);
    server.sql("", &format!("CREATE USER {user} IDENTIFIED BY '{PASSWORD}' {limit}; {granted}"));
    let reader = Rekey::new(Some(PASSWORD));
    let url = server.url(subject.0.name()).replace("owner@", &format!("list_{check}@"));
    reader.done(&["plan", &url, "-o", "plan.json", "--all", "--accept-defaults"]);
    let seen = look(&reader, &url, check);
    server.sql("", &format!("DROP USER {user}"));
    fired(&seen, named);
}
