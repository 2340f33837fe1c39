//! What may come between: each ends in the right words, and nothing is left behind.

use std::process::Command;
use std::sync::Mutex;

use rekey_engine::Error;
use rekey_engine::backup::Rung;
use rekey_engine::execute::Cancel;
use rekey_engine::observer::{Event, Observer, Silent};

use super::bench::{Bench, Heard, inside};
use crate::mysql::wire::Wire;
use crate::support::mysql::{Database, Product, Server};
use crate::support::process::finish;

const ROWS: &str = "CREATE TABLE a (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, t varchar(200)); INSERT INTO a (t) VALUES (REPEAT('x', 200));";

fn filled(database: &Database, doublings: usize) {
    database.sql(ROWS);
    for _ in 0..doublings {
        database.sql("INSERT INTO a (t) SELECT t FROM a");
    }
}

fn real(product: Product, program: &str) -> String {
    match product {
        Product::Mariadb => format!("exec /usr/bin/{program} \"$@\""),
        Product::Mysql => inside(program),
    }
}

/// Missing, of the other product only, too old, and such as end well without a dump.
pub fn programs(product: Product) {
    let database = Database::create(product, "backup_programs");
    database.sql(ROWS);
    let (dump, client) = match product {
        Product::Mariadb => ("mariadb-dump", "mariadb"),
        Product::Mysql => ("mysqldump", "mysql"),
    };
    let says = |version: &str| format!("[ \"$1\" = --version ] && {{ echo 'mysqldump  Ver {version}'; exit 0; }}");
    let (other, old) = match product {
        Product::Mariadb => ("9.7.4 for Linux on x86_64", "10.19 Distrib 10.5.1-MariaDB, for debian"),
        Product::Mysql => ("10.19 Distrib 10.11.19-MariaDB, for debian", "8.0.39 for Linux on x86_64"),
    };
    for (version, words) in [(None, "none at all"), (Some(other), "'s "), (Some(old), "or later")] {
        let bench = Bench::new(&database);
        std::fs::remove_dir_all(bench.programs()).unwrap();
        std::fs::create_dir_all(bench.programs()).unwrap();
        if let Some(version) = version {
            bench.program(dump, &says(version));
            bench.program(client, &says(version));
        }
        match bench.make() {
            Err(Error::Program { reason, remedy }) => {
                assert!(reason.contains(words) && !remedy.is_empty(), "{reason}");
                println!("{}: {reason}", product.name());
            }
            other => panic!("{other:?}"),
        }
        bench.assert_nothing_left(&database);
    }
    let half = format!(
        "case \"$*\" in *single-transaction*) ({}) | head -c 900; exit 0;; esac\n{}",
        real(product, dump),
        real(product, dump)
    );
    let nothing = format!("case \"$*\" in *single-transaction*) exit 0;; esac\n{}", real(product, dump));
    let fails = format!(
        "case \"$*\" in *single-transaction*) echo 'something broke' >&2; exit 3;; esac\n{}",
        real(product, dump)
    );
    for (script, words) in [(half, "has no end"), (nothing, "has no end"), (fails, "something broke")] {
        let bench = Bench::new(&database);
        bench.program(dump, &script);
        match bench.make() {
            Err(Error::Backup { rung: Rung::Written, detail }) => assert!(detail.contains(words), "{detail}"),
            other => panic!("{other:?}"),
        }
        bench.assert_nothing_left(&database);
    }
}

/// Foreign keys of a copy would hold on to rows of the live database that they lead into.
pub fn ties_to_other_databases(product: Product) {
    let other = Database::create(product, "backup_tied_to");
    other.sql("CREATE TABLE p (id int PRIMARY KEY); INSERT INTO p VALUES (1)");
    let database = Database::create(product, "backup_tied");
    database.sql("CREATE TABLE u (id int); INSERT INTO u VALUES (1); CREATE VIEW v AS SELECT u.id FROM u JOIN backup_tied_to.p USING (id)");
    let bench = Bench::new(&database);
    bench.make().unwrap_or_else(|error| panic!("views may lead there: {error:?}"));
    std::fs::remove_dir_all(bench.target()).unwrap();
    database.sql("CREATE TABLE c (id int PRIMARY KEY, CONSTRAINT c FOREIGN KEY (id) REFERENCES backup_tied_to.p (id)); INSERT INTO c VALUES (1)");
    match bench.make() {
        Err(Error::Backup { rung: Rung::Restored, detail }) => {
            assert!(detail.contains("backup_tied_to") && detail.contains("--scratch"), "{detail}");
        }
        other => panic!("{other:?}"),
    }
    bench.assert_nothing_left(&database);
}

// Does something once the dump is under way.
struct Meddler<'m>(Mutex<Option<Box<dyn FnOnce() + Send + 'm>>>);

impl Observer for Meddler<'_> {
    fn notice(&self, event: Event) {
        if let Event::Backup { step, table: Some(_), .. } = event
            && step.starts_with("Write")
            && let Some(deed) = self.0.lock().unwrap().take()
        {
            deed();
        }
    }
}

/// On a server of its own.
pub fn a_server_that_stops_and_a_changed_password(product: Product) {
    let server: &'static Server = Box::leak(Box::new(Server::start(product, &[])));
    let database = Database::create_on(server, "backup_stops");
    filled(&database, 14);
    let bench = Bench::new(&database);
    let meddler = Meddler(Mutex::new(Some(Box::new(|| server.crash()))));
    match bench.make_with(&bench.target(), &meddler, &Cancel::default()) {
        Err(Error::ConnectionLost { .. }) => {}
        other => panic!("{other:?}"),
    }
    server.start_again();
    bench.assert_nothing_left(&database);

    server.sql("", "CREATE USER fickle@'127.0.0.1' IDENTIFIED BY 'one'; GRANT ALL ON *.* TO fickle@'127.0.0.1'");
    let bench = Bench::of(Wire::to(server, &database.url().replace("owner@", "fickle@"), "one"), product);
    let change = || drop(server.sql("", "ALTER USER fickle@'127.0.0.1' IDENTIFIED BY 'two'"));
    let meddler = Meddler(Mutex::new(Some(Box::new(change))));
    match bench.make_with(&bench.target(), &meddler, &Cancel::default()) {
        Err(Error::Login { user, .. }) => assert_eq!(user, "fickle"),
        other => panic!("{other:?}"),
    }
    bench.assert_nothing_left(&database);
    server.stop();
}

/// A small file system of its own, where one may be mounted; and a wish to stop.
pub fn full_disk_and_stopping(product: Product) {
    let database = Database::create(product, "backup_full");
    filled(&database, 13);
    let bench = Bench::new(&database);
    let cancel = Cancel::default();
    let (stopper, heard) = (cancel.clone(), Heard::default());
    let meddler = Meddler(Mutex::new(Some(Box::new(move || stopper.cancel()))));
    let stopped = bench.make_with(&bench.target(), &meddler, &cancel);
    assert!(matches!(stopped, Err(Error::Cancelled)), "{stopped:?}");
    bench.assert_nothing_left(&database);
    let backup = bench.make_with(&bench.target(), &heard, &Cancel::default()).unwrap();
    let told = heard.0.into_inner().unwrap();
    assert!(told.iter().any(|(_, table, done)| table.as_deref() == Some("a") && *done > 1000), "{told:?}");
    assert!(backup.bytes > 1_500_000, "{}", backup.bytes);

    let small = tempfile::tempdir().unwrap();
    let mount =
        finish(Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "rekey-test"]).arg(small.path()), None);
    if mount.code != Some(0) {
        eprintln!("skipped: backup::full_disk: mounting is refused: {}", mount.stderr.trim());
        return;
    }
    // The server counts by itself, but not at once.
    database.sql("ANALYZE TABLE a");
    let guess = bench.make_with(small.path(), &Silent, &Cancel::default());
    // Where the estimate sees it nothing is tried; what the estimate does not see, the disk does.
    let left = std::fs::read_dir(small.path()).unwrap().count();
    let dense = Database::create(product, "backup_dense");
    dense.sql("CREATE TABLE z (t longblob) ENGINE=MyISAM; INSERT INTO z VALUES (REPEAT(x'00', 600000));");
    let dense_bench = Bench::new(&dense);
    let full = dense_bench.make_with(small.path(), &Silent, &Cancel::default());
    let left_then = std::fs::read_dir(small.path()).unwrap().count();
    let unmounted = finish(Command::new("umount").arg(small.path()), None);
    assert_eq!(unmounted.code, Some(0), "{}", unmounted.stderr);
    assert!(
        matches!(&guess, Err(Error::Backup { rung: Rung::Written, detail }) if detail.contains("too little room")),
        "{guess:?}"
    );
    assert!(matches!(&full, Err(Error::File { detail, .. }) if detail.contains("No space left")), "{full:?}");
    assert_eq!((left, left_then), (0, 0));
}
