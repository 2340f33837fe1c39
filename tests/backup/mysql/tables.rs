//! Some tables of a backup alone, with everything that may lead from them to others.

use rekey_engine::Error;
use rekey_engine::backup::{self, Restored, Restoring};
use rekey_engine::execute::Cancel;
use rekey_engine::observer::Silent;

use super::bench::Bench;
use crate::support::dump::assert_same;
use crate::support::mysql::{Database, Product};

const SCHEMA: &str = "
CREATE TABLE team (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(50) NOT NULL UNIQUE);
CREATE TABLE users (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, team_id int, boss int, name varchar(50) NOT NULL DEFAULT 'x', loud varchar(50) AS (UPPER(name)) STORED,
  KEY by_name (name(5)), CONSTRAINT of_team FOREIGN KEY (team_id) REFERENCES team (id) ON DELETE SET NULL, CONSTRAINT of_boss FOREIGN KEY (boss) REFERENCES users (id)) COMMENT 'people';
CREATE TABLE `jour``nals` (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id int NOT NULL, note varchar(40), CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id));
CREATE TABLE ring_a (id int PRIMARY KEY); CREATE TABLE ring_b (id int PRIMARY KEY, FOREIGN KEY (id) REFERENCES ring_a (id));
ALTER TABLE ring_a ADD FOREIGN KEY (id) REFERENCES ring_b (id);
CREATE VIEW of_users AS SELECT name FROM users;
CREATE VIEW of_both AS SELECT u.name, t.name AS team FROM users u JOIN team t ON t.id = u.team_id;
CREATE VIEW of_views AS SELECT * FROM of_both;
CREATE TRIGGER stamped BEFORE INSERT ON users FOR EACH ROW SET NEW.name = TRIM(NEW.name);
INSERT INTO team (name) VALUES ('red'), ('blue');
INSERT INTO users (team_id, boss, name) VALUES (1, NULL, 'ann'), (2, 1, 'bob'), (NULL, 1, 'cid'), (1, 2, 'dan');
INSERT INTO `jour``nals` (user_id, note) VALUES (1, 'a'), (2, 'b'), (4, 'c'), (4, 'd');";

fn restore(bench: &Bench, database: &Database, name: &str, tables: &[&str]) -> rekey_engine::Result<Restored> {
    let backup = std::fs::read_dir(bench.target()).unwrap().flatten().map(|one| one.path());
    let manifest = backup.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "json")).unwrap();
    let backup = backup::Backup::read(&manifest).unwrap();
    let new = bench.wire.database.sibling(name).unwrap();
    let (tables, programs): (Vec<String>, _) = (tables.iter().map(|&name| name.to_owned()).collect(), bench.programs());
    let restoring = Restoring { new: new.as_ref(), tables: &tables, programs: Some(&programs) };
    let restored = bench.wire.block(backup::restore(&backup, &restoring, &Silent, &Cancel::default()));
    if restored.is_err() {
        let there = database.server().sql("", &format!("SHOW DATABASES LIKE '{name}'"));
        assert_eq!(there, "", "something is left");
    }
    restored
}

/// What is restored is what the product's own tool writes of these tables; the lines that copy
/// rows back do.
pub fn chosen(product: Product) {
    let database = Database::create(product, "part_of");
    database.sql(SCHEMA);
    let server = database.server();
    let bench = Bench::new(&database);
    bench.make().unwrap();
    assert!(matches!(restore(&bench, &database, "part", &["nobody"]), Err(Error::Unknown { .. })));
    let names = ["users", "jour`nals"];
    let part = restore(&bench, &database, "part", &names).unwrap();
    assert_eq!(part.tables, ["part.jour`nals", "part.users"]);
    assert_eq!(
        part.left_out,
        ["the reference of_team of users, which leads to team", "the view of_both", "the view of_views"]
    );
    let tables = names.map(str::to_owned);
    let line = "  CONSTRAINT `of_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`) ON DELETE SET NULL\n";
    let expected = server.dump_tables("part_of", &tables);
    assert!(expected.contains(line), "{expected}");
    let expected = expected.replace(&format!(",\n{line}"), "\n");
    let named = |dump: String, name: &str| {
        dump.replace(&format!("Database: {name}\n"), "").replace(&format!("for database '{name}'"), "")
    };
    assert_same("the tables", &named(expected, "part_of"), &named(server.dump_tables("part", &tables), "part"));
    let names = server.sql("part", "SHOW TABLES");
    assert_eq!(names.lines().collect::<Vec<_>>(), ["jour`nals", "of_users", "users"]);
    assert_eq!(server.sql("part", "SELECT COUNT(*) FROM of_users").trim(), "4");

    let before = server.dump("part_of");
    database.sql("DELETE FROM `jour``nals` WHERE id > 1; DELETE FROM users WHERE id = 4; UPDATE `jour``nals` SET note = 'new' WHERE id = 1");
    assert_ne!(server.dump("part_of"), before);
    server.sql("part_of", &part.copy_back.join("\n"));
    assert_eq!(database.sql("SELECT note FROM `jour``nals` WHERE id = 1").trim(), "new");
    database.sql("UPDATE `jour``nals` SET note = 'a' WHERE id = 1");
    assert_same("the live database", &before, &server.dump("part_of"));

    let whole = restore(&bench, &database, "whole", &[]).unwrap();
    assert!(whole.compared > part.compared && whole.tables.is_empty(), "{whole:?}");
    server.sql("", "DROP DATABASE part; DROP DATABASE whole");
}
