//! Cases of MariaDB and MySQL that take a server of their own.

use crate::support::journey::Journey;
use crate::support::mysql::{Database, Product, Server};
use crate::support::subject::Subject;
use crate::support::subject_mysql::Mysql;

const SHOP: &str = "
CREATE TABLE customer (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20) NOT NULL, since timestamp NULL);
CREATE TABLE purchase (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, customer_id int, note text, FOREIGN KEY (customer_id) REFERENCES customer (id));
INSERT INTO customer (name, since) VALUES ('Ann', '2001-02-03 04:05:06'), ('Ben', NULL);
INSERT INTO purchase (customer_id, note) SELECT 1 + id % 2, REPEAT('x', 900) FROM customer;
";

fn on(server: Server, test: impl FnOnce(&dyn Subject)) {
    let server: &'static Server = Box::leak(Box::new(server));
    let subject = Mysql(Database::create_on(server, "shop"));
    subject.execute(SHOP);
    test(&subject);
    server.stop();
}

/// Nothing of the work depends on what a server was set to: no strictness, another time zone,
/// small packets, sessions that end after five seconds, few connections.
pub fn meagre_server(product: Product) {
    let settings: &[&str] = &[
        "--sql-mode=",
        "--default-time-zone=+05:30",
        "--max-allowed-packet=1M",
        "--wait-timeout=5",
        "--max-connections=10",
    ];
    on(Server::start(product, settings), |subject| {
        let (journey, answer) = Journey::plan(subject, &["--all", "--accept-defaults"]);
        answer.expect(0);
        journey.check();
        let run = journey.convert();
        journey.undo(&run);
    });
}

/// Replicas that are sent statements would make ids of their own.
pub fn statements_are_replicated(product: Product) {
    let settings: &[&str] = &["--log-bin=bin", "--server-id=1", "--binlog-format=STATEMENT"];
    on(Server::start(product, settings), |subject| {
        let (_, answer) = Journey::plan(subject, &["--all", "--accept-defaults"]);
        let answer = answer.expect(3);
        assert!(answer.json.to_string().contains("RK-323"), "{:#}", answer.json);
    });
}
