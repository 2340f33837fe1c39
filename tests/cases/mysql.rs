//! Cases of MariaDB and MySQL that take a server of their own.

use crate::support::dump::assert_same;
use crate::support::failpoints::spoiling;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::mysql::{Database, Product, Server};
use crate::support::rekey::Rekey;
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

const BAD: &str = "
CREATE TABLE thing (id varchar(36) NOT NULL PRIMARY KEY, name varchar(20));
CREATE TABLE part (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, thing_id varchar(36), FOREIGN KEY (thing_id) REFERENCES thing (id));
INSERT INTO thing VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01', 'good'), ('{0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d}', 'braces'), ('not-a-uuid', 'word'), ('', 'empty');
INSERT INTO part (thing_id) SELECT id FROM thing;
INSERT INTO part (thing_id) VALUES (NULL);
";

/// On a server that makes NULL of what is no UUID, with nothing but a warning, no value is
/// lost: neither those of the key, nor one that turns out bad while tables are filled.
pub fn bad_values(product: Product) {
    on(Server::start(product, &["--sql-mode="]), |subject| {
        subject.execute(BAD);
        let rekey = Rekey::new(subject.password());
        let target = subject.target();
        std::fs::write(rekey.path("answers.json"), r#"{"RK-184 shop.thing.id": "new"}"#).unwrap();
        let answers = rekey.file("answers.json");
        let choices = ["--domain", "shop.thing.id", "--answers", answers.as_str()];
        let (journey, answer) = Journey::plan(subject, &choices);
        answer.expect(0);
        rekey.done(&[&["plan", target.as_str(), "-o", "plan.json"][..], &choices].concat());
        let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
        let spoilt = spoiling(rekey, &with_a_bad_value()).json(&arguments).expect(1);
        assert_eq!(spoilt.failure()["state"]["state"], "rolled_back", "{spoilt}");
        assert_same("the dump after a bad value", &journey.start.dump, &subject.dump());
        let run = journey.convert();
        let counted = subject.answer(
            "SELECT COUNT(*), COUNT(p.thing_id), COUNT(t.id) FROM part p LEFT JOIN thing t ON t.id = p.thing_id",
        );
        assert_eq!(counted.trim(), "5|4|4");
        journey.undo(&run);
    });
}

// Done to the table that is built beside the live one.
fn with_a_bad_value() -> String {
    let find = "SELECT MIN(table_name) FROM information_schema.columns WHERE table_schema = DATABASE() \
         AND table_name LIKE 'rk\\_%' AND column_name = 'thing_id'";
    format!(
        "SET @t = ({find}); SET @s = CONCAT('UPDATE ', @t, ' SET thing_id = ''a value that is no UUID and too long to be one'''); \
         PREPARE spoil FROM @s; EXECUTE spoil"
    )
}
