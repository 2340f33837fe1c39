//! Connections: what goes wrong is told as what it is, nothing leaks, nothing is held.

use std::time::Duration;

use rekey_engine::Error;
use rekey_engine::dialect::Access;
use rekey_engine::schema::TableName;

use super::wire::Wire;
use crate::support::mysql::{Database, Product, Server, shared};
use crate::support::process::{free_port, until};
use crate::support::rekey::Rekey;

/// The command's own words for what users meet first.
pub fn errors_say_what_it_is(product: Product) {
    let database = Database::create(product, "errors");
    let server = database.server();
    database.sql(
        "CREATE TABLE t (id int PRIMARY KEY); DROP USER IF EXISTS mallory@'127.0.0.1'; CREATE USER mallory@'127.0.0.1' IDENTIFIED BY 'mallory-5f1b';
         GRANT SELECT ON errors.* TO mallory@'127.0.0.1'; DROP USER IF EXISTS elsewhere@'192.0.2.1'; CREATE USER elsewhere@'192.0.2.1'",
    );
    let code = |url: &str, password: &str| {
        let answer = Rekey::new(Some(password)).json(&["inspect", url]).expect(1);
        answer.failure()["code"].as_str().unwrap().to_owned()
    };
    let port = server.port();
    assert_eq!(code(&database.url(), "no-such-password-77"), "RK-E03");
    assert_eq!(code(&format!("mysql://nobody@127.0.0.1:{port}/errors"), "no-such-password-77"), "RK-E03");
    assert_eq!(code(&format!("mysql://elsewhere@127.0.0.1:{port}/errors"), "no-such-password-77"), "RK-E03");
    assert_eq!(code(&server.url("no_such_database"), server.password()), "RK-E04");
    assert_eq!(code(&format!("mariadb://owner@127.0.0.1:{}/errors", free_port()), "no-such-password-77"), "RK-E02");
    // Empty, it is looked into like any other; there is nothing to convert.
    let nothing = Database::create(product, "errors_empty");
    let told = Rekey::new(Some(server.password())).done(&["inspect", &nothing.url()]);
    assert_eq!(told["tables"].as_array().unwrap().len(), 0);
    assert!(told["server"]["version"].as_str().unwrap().contains("MariaDB") == (product == Product::Mariadb), "{told}");

    let mallory = Wire::to(server, &format!("mysql://mallory@127.0.0.1:{port}/errors"), "mallory-5f1b");
    let mut other = mallory.connect(Access::Write);
    let refused = mallory.block(other.execute("DROP TABLE `errors`.`t`")).unwrap_err();
    assert!(matches!(refused, Error::Rights { .. }), "{refused:?}");
    let wrong = mallory.block(other.query("SELECT nonsense")).unwrap_err();
    assert!(matches!(&wrong, Error::Statement { code, .. } if code == "1054"), "{wrong:?}");
    // Nobody else's rights are visible to her, which is told and holds nothing up.
    let found = mallory.inspection();
    assert!(found.findings.iter().any(|finding| finding.rule == "RK-315"), "{:?}", found.findings);
    mallory.block(other.execute_with("SELECT ?", &[Some("it's \\ 'x'".to_owned())])).unwrap();
    database.sql("DROP USER mallory@'127.0.0.1'; DROP USER elsewhere@'192.0.2.1'");
}

/// By the server's own setting: rows, definitions and rights.
pub fn a_reading_session_changes_nothing(product: Product) {
    let database = Database::create(product, "only_reads");
    database.sql("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT 1");
    let wire = Wire::new(&database);
    let before = (wire.fingerprint(), database.sql("SELECT * FROM t"));
    let mut reader = wire.connect(Access::Read);
    for statement in [
        "INSERT INTO t VALUES (2)",
        "UPDATE t SET id = 3",
        "DELETE FROM t",
        "REPLACE INTO t VALUES (4)",
        "TRUNCATE TABLE t",
        "CREATE TABLE u (id int)",
        "CREATE TABLE u AS SELECT * FROM t",
        "ALTER TABLE t ADD n int",
        "ALTER TABLE t COMMENT 'x'",
        "RENAME TABLE t TO u",
        "DROP TABLE t",
        "DROP VIEW v",
        "CREATE INDEX i ON t (id)",
        "CREATE VIEW w AS SELECT 2",
        "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1",
        "CREATE PROCEDURE p() SELECT 1",
        "CREATE DATABASE only_reads_too",
        "DROP DATABASE only_reads",
        "GRANT SELECT ON t TO owner@'127.0.0.1'",
        "CREATE USER zoe@'127.0.0.1'",
    ] {
        let refused = wire.block(reader.execute(statement));
        assert!(matches!(refused, Err(Error::ReadOnly { .. })), "{statement}: {refused:?}");
    }
    assert_eq!((wire.fingerprint(), database.sql("SELECT * FROM t")), before);
    // What the driver would have set on its own is not there; what we say is.
    let told = wire.block(reader.query("SELECT @@sql_mode, @@time_zone, @@character_set_client")).unwrap();
    let told: Vec<String> = told.into_iter().flatten().flatten().collect();
    assert!(told[0].contains("STRICT_ALL_TABLES") && !told[0].contains("PIPES_AS_CONCAT"), "{told:?}");
    assert_eq!(told[1..], ["+00:00", "utf8mb4"]);
}

/// From outside, and without losing the connection.
pub fn a_statement_can_be_ended(product: Product) {
    let database = Database::create(product, "ended");
    let wire = Wire::new(&database);
    let mut connection = wire.connect(Access::Read);
    let interrupter = connection.interrupter();
    let at_work = || {
        let list = database.server().sql("", "SHOW FULL PROCESSLIST");
        list.lines().any(|line| line.contains("SELECT SLEEP(55)")).then_some(())
    };
    let outcome = wire.block(async {
        let (outcome, ()) =
            tokio::join!(connection.query("SELECT SLEEP(55) FROM information_schema.SCHEMATA"), async {
                tokio::task::block_in_place(|| until("the statement to be at work", Duration::from_secs(20), at_work));
                interrupter.interrupt().await;
            });
        outcome
    });
    assert!(matches!(&outcome, Err(Error::Statement { code, .. }) if code == "1317"), "{outcome:?}");
    let number = wire.block(connection.query("SELECT CONNECTION_ID()")).unwrap()[0][0].clone().unwrap();
    database.sql(&format!("KILL CONNECTION {number}"));
    let lost =
        until("the end of the session", Duration::from_secs(20), || wire.block(connection.query("SELECT 1")).err());
    assert!(matches!(lost, Error::ConnectionLost { .. }), "{lost:?}");
}

/// The second is told which run holds the lock, and where.
pub fn one_runner_at_a_time(product: Product) {
    let database = Database::create(product, "one_runner");
    let other = Database::create(product, "one_runner_else");
    let (wire, elsewhere) = (Wire::new(&database), Wire::new(&other));
    let lock = wire.block(wire.database.run_lock("abc123xyz0")).unwrap();
    let second = Wire::new(&database);
    let refused = second.block(second.database.run_lock("def456")).err().unwrap();
    let Error::AnotherRunner { run, host, process } = &refused else { panic!("{refused:?}") };
    assert_eq!((run.as_str(), host.as_str()), ("abc123xyz0", "127.0.0.1"));
    assert!(process.parse::<u64>().is_ok(), "{process}");
    elsewhere.block(async { elsewhere.database.run_lock("def456").await.unwrap().release().await });
    wire.block(lock.release());
    let free = || second.block(second.database.run_lock("def456")).ok();
    let again = until("the lock to be free", Duration::from_secs(20), free);
    second.block(again.release());
}

/// A session that holds a table, by name; ours are never among them.
pub fn holders_are_named(product: Product) {
    let database = Database::create(product, "holders");
    database.sql("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
    let (holder, wire) = (Wire::new(&database), Wire::new(&database));
    let mut held = holder.connect(Access::Write);
    let number = holder.block(held.query("SELECT CONNECTION_ID()")).unwrap()[0][0].clone().unwrap();
    holder.block(held.execute("START TRANSACTION")).unwrap();
    holder.block(held.execute("UPDATE t SET id = 2")).unwrap();
    let mut writer = wire.connect(Access::Write);
    let refused = wire.block(writer.execute("ALTER TABLE t ADD n int")).unwrap_err();
    assert!(wire.database.is_lock_timeout(&refused), "{refused:?}");
    let refused = wire.block(writer.execute("UPDATE t SET id = 3")).unwrap_err();
    assert!(wire.database.is_lock_timeout(&refused), "{refused:?}");
    let found = wire.block(wire.database.blockers(&[TableName::new("holders", "t")])).unwrap();
    assert_eq!(
        found.iter().map(|one| (one.pid.as_str(), one.user.as_str())).collect::<Vec<_>>(),
        [(number.as_str(), "owner")]
    );
    holder.block(held.execute("ROLLBACK")).unwrap();
    let none = wire.block(wire.database.blockers(&[TableName::new("holders", "t")])).unwrap();
    assert!(product == Product::Mariadb || none.is_empty(), "{none:?}");
}

/// A server that admits three.
pub fn few_connections_suffice(product: Product) {
    let server = Server::start(product, &["--max-connections=10"]);
    server.sql("", "CREATE DATABASE few");
    server.sql("few", "CREATE TABLE t (id int PRIMARY KEY); SET GLOBAL max_connections = 10");
    let wire = Wire::to(&server, &server.url("few"), server.password());
    let lock = wire.block(wire.database.run_lock("abc")).unwrap();
    let _writer = wire.connect(Access::Write);
    wire.block(wire.database.blockers(&[TableName::new("few", "t")])).unwrap();
    let most = server.sql("", "SHOW STATUS LIKE 'Max_used_connections'");
    // One more asks here.
    let most: u32 = most.split_whitespace().last().unwrap().parse().unwrap();
    assert!(most <= 4, "{most} connections at once");
    wire.block(lock.release());
    assert_eq!(shared(product).product(), server.product());
}
