//! The password is in no argument, no environment, no manifest and no error.

use super::bench::{Bench, inside};
use crate::mysql::wire::Wire;
use crate::support::mysql::{Database, Product};
use crate::support::process::finish;

/// Programs that note how they were called.
pub fn are_nowhere(product: Product) {
    let database = Database::create(product, "backup_secrets");
    database.sql("CREATE TABLE a (id int PRIMARY KEY); INSERT INTO a VALUES (1)");
    let bench = Bench::new(&database);
    let notes = tempfile::tempdir().unwrap();
    let names = match product {
        Product::Mariadb => ["mariadb-dump", "mariadb"],
        Product::Mysql => ["mysqldump", "mysql"],
    };
    for name in names {
        let call = match product {
            Product::Mariadb => format!("exec /usr/bin/{name} \"$@\""),
            Product::Mysql => inside(name),
        };
        let noted = notes.path().join(name);
        bench.program(
            name,
            &format!(
                "{{ printf '%s\\n' \"$@\"; env; tr '\\0' '\\n' < /proc/$$/environ; \
                 [ \"$1\" = --version ] || stat -c 'mode %a' \"${{1#--defaults-file=}}\" \"$(dirname \"${{1#--defaults-file=}}\")\"; }} >> '{}'\n{call}",
                noted.display()
            ),
        );
    }
    let backup = bench.make().unwrap();
    let password = database.server().password();
    let middle = &password[4..24];
    let wrong = "p\"\\#'; another \u{fc} word";
    let failed = Bench::of(Wire::to(database.server(), &database.url(), wrong), product).make().unwrap_err();
    let mut texts =
        vec![std::fs::read_to_string(&backup.manifest).unwrap(), format!("{backup:?}"), format!("{failed:?}")];
    for name in names {
        let noted = std::fs::read_to_string(notes.path().join(name)).unwrap();
        assert!(noted.contains("--defaults-file=") && noted.contains("mode 600\nmode 700"), "{noted}");
        let file = noted.lines().find_map(|line| line.strip_prefix("--defaults-file=")).unwrap();
        assert!(!std::path::Path::new(file).exists(), "{file} was left");
        texts.push(noted);
    }
    texts.push(finish(std::process::Command::new("cat").arg(&backup.path), None).text());
    for text in &texts {
        assert!(!text.contains(middle) && !text.contains("another \u{fc} word"), "{text}");
    }
    hard_passwords(product, &database);
}

// Each is read from the file as it is.
fn hard_passwords(product: Product, database: &Database) {
    let server = database.server();
    for word in ["a\"b", "#x", "back\\slash\\n", "it's", " blank ", "ü; [mysqldump]", "semi;colon\ttab"] {
        let quoted = word.replace('\\', "\\\\").replace('\'', "''");
        server.sql("", &format!("DROP USER IF EXISTS hard@'127.0.0.1'; CREATE USER hard@'127.0.0.1' IDENTIFIED BY '{quoted}'; GRANT ALL ON *.* TO hard@'127.0.0.1'"));
        let bench = Bench::of(Wire::to(server, &database.url().replace("owner@", "hard@"), word), product);
        bench.make().unwrap_or_else(|error| panic!("{word:?}: {error:?}"));
    }
    server.sql("", "DROP USER hard@'127.0.0.1'");
}
