//! What is left behind, and what is not: a password that changes while a copy is restored,
//! sessions that are ended, copies that nobody uses any more.

use std::sync::Mutex;

use rekey_engine::Error;
use rekey_engine::backup::{self, scratch_name};
use rekey_engine::dialect::{Access, Leftover};
use rekey_engine::execute::Cancel;
use rekey_engine::observer::{Event, Observer};

use super::bench::Bench;
use crate::mysql::wire::Wire;
use crate::support::mysql::{Database, Product, Server};
use crate::support::process::{LIMIT, Reaped, until};

const ROWS: &str = "CREATE TABLE a (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, t varchar(200)); INSERT INTO a (t) VALUES (REPEAT('x', 200));";

// Does something once the copy is being filled.
struct AtRestoring<'m>(Mutex<Option<Box<dyn FnOnce() + Send + 'm>>>);

impl Observer for AtRestoring<'_> {
    fn notice(&self, event: Event) {
        if let Event::Backup { step, .. } = event
            && step.starts_with("Restore")
            && let Some(deed) = self.0.lock().unwrap().take()
        {
            deed();
        }
    }
}

fn attempt(bench: &Bench, deed: impl FnOnce() + Send) -> Error {
    let observer = AtRestoring(Mutex::new(Some(Box::new(deed))));
    let made = bench.make_with(&bench.target(), &observer, &Cancel::default());
    assert!(observer.0.lock().unwrap().is_none(), "it was never restored");
    made.expect_err("a password that is no longer right")
}

/// The session that made the copy is still in and takes it away; where it was ended too, the
/// copy is named, with what removes it.
pub fn password_changed_while_restoring(product: Product) {
    let server: &'static Server = Box::leak(Box::new(Server::start(product, &[])));
    let database = Database::create_on(server, "left_behind");
    // So much that it is told how far it is.
    database.sql(ROWS);
    for _ in 0..14 {
        database.sql("INSERT INTO a (t) SELECT t FROM a");
    }
    server.sql("", "CREATE USER fickle@'127.0.0.1' IDENTIFIED BY 'one'; GRANT ALL ON *.* TO fickle@'127.0.0.1'");
    let change = |word: &str| drop(server.sql("", &format!("ALTER USER fickle@'127.0.0.1' IDENTIFIED BY '{word}'")));
    let bench = || Bench::of(Wire::to(server, &database.url().replace("owner@", "fickle@"), "one"), product);
    let first = bench();
    let error = attempt(&first, || change("two"));
    assert!(matches!(error, Error::Login { .. }), "{error:?}");
    first.assert_nothing_left(&database);

    change("one");
    let second = bench();
    let error = attempt(&second, || {
        change("two");
        let sessions =
            server.sql("", "SELECT CONCAT('KILL ', ID, ';') FROM information_schema.PROCESSLIST WHERE USER = 'fickle'");
        for kill in sessions.lines() {
            let _ = server.try_sql("", kill);
        }
    });
    let Error::Left { first, what, remedy, .. } = &error else { panic!("{error:?}") };
    assert!(first.is_some(), "{error}");
    let found = server.sql("", "SHOW DATABASES LIKE 'rekey%'");
    let name = found.trim();
    assert!(name.starts_with("rekey_copy_") && what.ends_with(name), "{what}: {found}");
    let by_hand = format!("DROP DATABASE IF EXISTS `{name}`;");
    let told = remedy.join("\n");
    assert!(told.contains(&by_hand) && told.contains(&format!("rekey scratch TARGET --remove {name}")), "{told}");
    server.sql("", &by_hand);
    second.assert_nothing_left(&database);
    server.stop();
}

/// A copy in use is shown and stays, whoever uses it; one that is left over goes.
pub fn is_shown_and_removed(product: Product) {
    let database = Database::create(product, "left_over");
    database.sql(ROWS);
    let before = database.server().dump("left_over");
    let bench = Bench::new(&database);
    let backup = bench.make().unwrap();
    let scratch = bench.prove(&backup).unwrap();
    let name = scratch.name().to_owned();
    let one = look(&bench, &name).expect("it is there");
    assert!(one.in_use && one.used_by[0].application.contains("rekey"), "{one:?}");
    assert!(matches!(clear(&bench, &name), Err(Error::ScratchInUse { .. })));
    // Whoever made it is gone, as after a kill: its session is closed and nothing was removed.
    let copy = scratch.database.again();
    drop(scratch);
    until("the end of its session", LIMIT, || look(&bench, &name).is_some_and(|one| !one.in_use).then_some(()));
    let mut other = sleeper(&database, &name);
    let used = until("somebody else's session", LIMIT, || look(&bench, &name).filter(|one| one.in_use));
    assert_eq!(used.used_by[0].user, "owner", "{used:?}");
    let refused = clear(&bench, &name).expect_err("somebody is in it").to_string();
    assert!(refused.contains("owner") && refused.contains(&name), "{refused}");
    other.kill();
    database.server().sql("", &format!("KILL {}", used.used_by[0].pid));
    until("its end", LIMIT, || look(&bench, &name).is_some_and(|one| !one.in_use).then_some(()));
    // The database that one is connected to is none that is left over, whatever its name.
    let own = bench.wire.block(backup::leftovers(copy.as_ref(), &[])).unwrap();
    assert!(!own.iter().any(|one| one.name == name), "{own:?}");
    assert!(matches!(clear(&bench, "left_over"), Err(Error::Unknown { .. })));
    assert!(matches!(clear(&bench, &scratch_name("0000000000")), Err(Error::Unknown { .. })));
    let gone = clear(&bench, &name).unwrap();
    assert!(gone.bytes > 0, "{gone:?}");
    assert_eq!(look(&bench, &name), None);
    bench.assert_no_copy(&database);
    assert_eq!(before, database.server().dump("left_over"));
    drop(bench.wire.connect(Access::Read));
}

fn look(bench: &Bench, name: &str) -> Option<Leftover> {
    let found = bench.wire.block(backup::leftovers(bench.wire.database.as_ref(), &[])).unwrap();
    found.into_iter().find(|one| one.name == name)
}

fn clear(bench: &Bench, name: &str) -> rekey_engine::Result<Leftover> {
    bench.wire.block(backup::clear(bench.wire.database.as_ref(), &[], name))
}

fn sleeper(database: &Database, name: &str) -> Reaped {
    let mut command = database.server().client(name);
    command.args(["-e", "SELECT SLEEP(600)"]).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    Reaped::spawn(&mut command)
}
