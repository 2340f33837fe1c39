//! Public databases: each is backed up and proven, and restored by what is printed.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::bench::Bench;
use crate::support::mysql::{Database, Product, quoted};
use crate::support::process::finish;
use crate::support::requirement::corpora;

const NAMES: [&str; 6] = ["chinook", "guacamole", "kanboard", "petclinic", "sakila", "wordpress"];

pub fn loaded(product: Product, name: &str, database: &str) -> Database {
    let made = Database::create(product, database);
    for file in [format!("mysql/{name}.sql"), format!("mysql/{name}.rows.sql")] {
        let path = corpora().join(file);
        if path.is_file() {
            made.server().load(database, &path);
        }
    }
    made
}

/// Each is, twice: as it is made, and again from its manifest.
pub fn are_proven(product: Product) {
    for name in NAMES {
        let database = loaded(product, name, &format!("backup_{name}"));
        let bench = Bench::new(&database);
        let start = std::time::Instant::now();
        let backup = bench.make().unwrap_or_else(|error| panic!("{name}: {error:?}"));
        println!(
            "{} {name}: {} bytes, {} digests, {:?}",
            product.name(),
            backup.bytes,
            backup.digests.len(),
            start.elapsed()
        );
        assert!(backup.verified && backup.bytes > 0, "{name}");
        for file in std::fs::read_dir(bench.target()).unwrap().flatten() {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
        }
        assert_eq!(std::fs::metadata(bench.target()).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(std::fs::read_dir(bench.target()).unwrap().count(), 2, "{name}");
        let scratch = bench.prove(&backup).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        bench.remove(scratch);
        bench.assert_no_copy(&database);
    }
}

/// Every line of it goes to a shell as it is printed.
pub fn are_restored_by_hand(product: Product) {
    let name = "by hand's \"sakila\" $x";
    let database = loaded(product, "sakila", name);
    let bench = Bench::new(&database);
    let before = bench.content();
    let backup = bench.make().unwrap();
    let home = tempfile::tempdir().unwrap();
    let word = database.server().password().replace('\\', "\\\\").replace('"', "\\\"");
    std::fs::write(home.path().join(".my.cnf"), format!("[client]\npassword=\"{word}\"\n")).unwrap();
    let by_hand = || {
        let mut shell = Command::new("/bin/sh");
        shell.env("HOME", home.path()).args(["-e", "-c", &backup.restore.join("\n")]);
        finish(&mut shell, None)
    };
    let refused = by_hand();
    assert!(refused.code != Some(0) && refused.stderr.contains("exists"), "{}", refused.stderr);
    assert_eq!(before.complaint(&bench.content()), None, "it was refused, and nothing changed");
    database.server().sql("", &format!("DROP DATABASE {}", quoted(name)));
    let done = by_hand();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(before.complaint(&bench.content()), None);
}
