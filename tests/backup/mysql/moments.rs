//! Backups while somebody writes.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rekey_engine::Error;
use rekey_engine::backup::Rung;

use super::bench::Bench;
use crate::mysql::wire::Wire;
use crate::support::mysql::{Database, Product};

const TABLES: usize = 12;
const BACKUPS: usize = 5;

fn filled(product: Product, name: &str) -> Database {
    let database = Database::create(product, name);
    for table in 0..TABLES {
        database.sql(&format!("CREATE TABLE t{table} (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, n bigint NOT NULL, t varchar(100)); INSERT INTO t{table} (n, t) VALUES (1, REPEAT('x', 90))"));
        for _ in 0..10 {
            database.sql(&format!("INSERT INTO t{table} (n, t) SELECT n, t FROM t{table}"));
        }
    }
    database
}

// Each transaction touches the first and the last table, whose sums are the same at any moment.
fn write_until(stop: &AtomicBool, written: &AtomicU64, database: &Database) {
    let last = TABLES - 1;
    let one = format!(
        "START TRANSACTION; UPDATE t0 SET n = n + 1 WHERE id = 1; INSERT INTO t0 (n) VALUES (0); INSERT INTO t5 (n) VALUES (1); UPDATE t{last} SET n = n + 1 WHERE id = 1; COMMIT;\n"
    );
    while !stop.load(Ordering::SeqCst) {
        database.sql(&one.repeat(50));
        written.fetch_add(50, Ordering::SeqCst);
    }
}

fn while_written<T>(database: &Database, work: impl FnOnce() -> T) -> (T, u64) {
    let (stop, written) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| write_until(&stop, &written, database));
        let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
        while written.load(Ordering::SeqCst) == 0 {
            assert!(std::time::Instant::now() < until, "nobody writes");
            std::thread::yield_now();
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        stop.store(true, Ordering::SeqCst);
        (outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic)), written.load(Ordering::SeqCst))
    })
}

/// Each is proven, and holds one moment over all tables.
pub fn one_for_dump_and_comparison(product: Product) {
    let database = filled(product, "backup_moment");
    let bench = Bench::new(&database);
    let (backups, written) = while_written(&database, || {
        (0..BACKUPS).map(|_| bench.make().unwrap_or_else(|error| panic!("{error:?}"))).collect::<Vec<_>>()
    });
    println!("{}: {written} transactions while {BACKUPS} backups were made, all proven", product.name());
    assert!(written > 100, "{written}");
    for backup in &backups {
        let scratch = bench.prove(backup).unwrap();
        let last = TABLES - 1;
        let sums = format!(
            "SELECT (SELECT n FROM t0 WHERE id = 1) = (SELECT n FROM t{last} WHERE id = 1), \
            (SELECT COUNT(*) FROM t0) = (SELECT COUNT(*) FROM t5)"
        );
        let told = database.server().sql(scratch.name(), &sums);
        bench.remove(scratch);
        assert_eq!(told.trim(), "1\t1");
    }
}

/// Either it is proven all the same, or it says what is wrong and what to do.
pub fn without_the_right_to_lock(product: Product) {
    let database = filled(product, "backup_unlocked");
    let server = database.server();
    server.sql("", "DROP USER IF EXISTS keeper@'127.0.0.1'; CREATE USER keeper@'127.0.0.1' IDENTIFIED BY 'keeper word';
        GRANT ALL ON `backup_unlocked`.* TO keeper@'127.0.0.1'; GRANT ALL ON `rekey\\_copy\\_%`.* TO keeper@'127.0.0.1'");
    let url = database.url().replace("owner@", "keeper@");
    let bench = Bench::of(Wire::to(server, &url, "keeper word"), product);
    bench.make().unwrap_or_else(|error| panic!("{error:?}"));
    let (outcomes, _) = while_written(&database, || (0..BACKUPS).map(|_| bench.make()).collect::<Vec<_>>());
    let mut told = 0;
    for outcome in outcomes {
        match outcome {
            Ok(_) => {}
            Err(Error::Backup { rung: Rung::Compared, detail }) => {
                assert!(detail.contains("grant RELOAD") && detail.contains("rows t"), "{detail}");
                told += 1;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    println!("{}: without RELOAD {told} of {BACKUPS} backups said so", product.name());
    server.sql("", "REVOKE TRIGGER ON `backup_unlocked`.* FROM keeper@'127.0.0.1'");
    match bench.make() {
        Err(Error::Rights { detail }) => assert!(detail.contains("TRIGGER"), "{detail}"),
        other => panic!("{other:?}"),
    }
    server.sql("", "DROP USER keeper@'127.0.0.1'");
}
