//! The description of the catalogue: one schema with everything in it, and one thing at a
//! time lost or changed. Each must be named.

use super::super::Score;
use super::super::wire::Wire;
use super::spoilt;
use crate::support::subject::new_sqlite;

const SCHEMA: &str = "
CREATE TABLE shelf (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE, room INT CHECK (room > 0), area REAL GENERATED ALWAYS AS (room * 2.0) STORED, UNIQUE (name, room));
CREATE TABLE jar (id INTEGER PRIMARY KEY, shelf_id INTEGER REFERENCES shelf (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED, label TEXT, -- what is in it
  CONSTRAINT labelled CHECK (label <> ''));
CREATE TABLE tag (jar_id INT NOT NULL REFERENCES jar, word TEXT NOT NULL, PRIMARY KEY (jar_id, word DESC)) WITHOUT ROWID;
CREATE TABLE gauge (id INTEGER PRIMARY KEY, value ANY) STRICT;
CREATE INDEX jar_label ON jar (label COLLATE NOCASE DESC) WHERE label IS NOT NULL;
CREATE UNIQUE INDEX jar_twice ON jar (shelf_id, label);
CREATE INDEX jar_lower ON jar (lower(label));
CREATE VIEW few AS SELECT id, label FROM jar WHERE label IS NOT NULL;
CREATE VIEW fewer (a) AS SELECT label FROM few;
CREATE TRIGGER jar_new AFTER INSERT ON jar WHEN NEW.label IS NULL BEGIN UPDATE jar SET label = 'none' WHERE id = NEW.id; END;
CREATE TRIGGER few_new INSTEAD OF INSERT ON few BEGIN INSERT INTO jar (label) VALUES (NEW.label); END;
CREATE VIRTUAL TABLE found USING fts5(body);
PRAGMA user_version = 5;
PRAGMA application_id = 9;
INSERT INTO shelf (name, room) VALUES ('top', 1);
";

// Which object must be named, the table whose text is changed, what is replaced and by what.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    ("table main.shelf", "shelf", " AUTOINCREMENT", ""),
    ("table main.shelf", "shelf", "name TEXT NOT NULL", "name TEXT"),
    ("column main.shelf.name", "shelf", "name TEXT NOT NULL", "name TEXT"),
    ("column main.shelf.name", "shelf", "DEFAULT 'x'", "DEFAULT 'y'"),
    ("column main.shelf.name", "shelf", " DEFAULT 'x'", ""),
    ("table main.shelf", "shelf", "COLLATE NOCASE", "COLLATE RTRIM"),
    ("unique key main.shelf (name NOCASE, room BINARY)", "shelf", "COLLATE NOCASE", "COLLATE RTRIM"),
    ("table main.shelf", "shelf", "CHECK (room > 0)", "CHECK (room >= 0)"),
    ("table main.shelf", "shelf", " CHECK (room > 0)", ""),
    ("table main.shelf", "shelf", "room * 2.0", "room * 3.0"),
    ("table main.shelf", "shelf", ") STORED", ") VIRTUAL"),
    ("column main.shelf.area", "shelf", "area REAL GENERATED ALWAYS AS (room * 2.0) STORED", "area REAL"),
    ("column main.shelf.room", "shelf", "room INT ", "room BIGINT "),
    ("foreign key main.jar.jar_fk_0", "jar", "ON DELETE CASCADE", "ON DELETE SET NULL"),
    ("foreign key main.jar.jar_fk_0", "jar", "ON UPDATE SET NULL ", ""),
    ("table main.jar", "jar", "DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE"),
    ("foreign key main.jar.jar_fk_0", "jar", "REFERENCES shelf (id)", "REFERENCES shelf (room)"),
    ("foreign key main.jar.jar_fk_0", "jar", "REFERENCES shelf (id)", "REFERENCES gauge (id)"),
    (
        "foreign key main.jar.jar_fk_0",
        "jar",
        "REFERENCES shelf (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED",
        "",
    ),
    ("table main.jar", "jar", "-- what is in it", "-- what was in it"),
    ("table main.jar", "jar", "CONSTRAINT labelled ", ""),
    ("table main.jar", "jar", "label <> ''", "label <> ' '"),
    ("column main.jar.label", "jar", "label TEXT,", "label,"),
    ("column main.tag.jar_id", "tag", "jar_id INT NOT NULL", "jar_id INTEGER NOT NULL"),
    ("primary key main.tag (jar_id BINARY, word BINARY DESC)", "tag", "word DESC", "word"),
    ("foreign key main.tag.tag_fk_0", "tag", " REFERENCES jar", ""),
    ("table main.gauge", "gauge", " STRICT", ""),
    ("column main.gauge.value", "gauge", "value ANY", "value TEXT"),
];

// Which object must be named, and what is done.
const DEFECTS: &[(&str, &[&str])] = &[
    ("index main.jar_label", &["DROP INDEX jar_label"]),
    (
        "index main.jar_label",
        &["DROP INDEX jar_label", "CREATE INDEX jar_label ON jar (label COLLATE NOCASE) WHERE label IS NOT NULL"],
    ),
    (
        "index main.jar_label",
        &["DROP INDEX jar_label", "CREATE INDEX jar_label ON jar (label DESC) WHERE label IS NOT NULL"],
    ),
    ("index main.jar_label", &["DROP INDEX jar_label", "CREATE INDEX jar_label ON jar (label COLLATE NOCASE DESC)"]),
    ("index main.jar_twice", &["DROP INDEX jar_twice", "CREATE INDEX jar_twice ON jar (shelf_id, label)"]),
    ("index main.jar_twice", &["DROP INDEX jar_twice", "CREATE UNIQUE INDEX jar_twice ON jar (label, shelf_id)"]),
    ("index main.jar_lower", &["DROP INDEX jar_lower", "CREATE INDEX jar_lower ON jar (upper(label))"]),
    ("index main.jar_lower", &["DROP INDEX jar_lower", "CREATE INDEX jar_small ON jar (lower(label))"]),
    ("view main.fewer", &["DROP VIEW fewer"]),
    ("view main.few", &["DROP VIEW few", "CREATE VIEW few AS SELECT id, label FROM jar"]),
    ("view main.fewer", &["DROP VIEW fewer", "CREATE VIEW fewer (b) AS SELECT label FROM few"]),
    ("trigger main.jar_new", &["DROP TRIGGER jar_new"]),
    (
        "trigger main.jar_new",
        &[
            "DROP TRIGGER jar_new",
            "CREATE TRIGGER jar_new AFTER INSERT ON jar BEGIN UPDATE jar SET label = 'none' WHERE id = NEW.id; END",
        ],
    ),
    (
        "trigger main.jar_new",
        &[
            "DROP TRIGGER jar_new",
            "CREATE TRIGGER jar_new BEFORE INSERT ON jar WHEN NEW.label IS NULL BEGIN UPDATE jar SET label = 'none' WHERE id = NEW.id; END",
        ],
    ),
    ("trigger main.few_new", &["DROP TRIGGER few_new"]),
    ("table main.found", &["DROP TABLE found"]),
    ("table main.gauge", &["DROP TABLE gauge"]),
    ("table main.gauge", &["ALTER TABLE gauge RENAME TO meter"]),
    ("column main.gauge.value", &["ALTER TABLE gauge RENAME COLUMN value TO amount"]),
    ("column main.gauge.more", &["ALTER TABLE gauge ADD COLUMN more TEXT"]),
    ("column main.gauge.value", &["ALTER TABLE gauge DROP COLUMN value"]),
    ("table main.extra", &["CREATE TABLE extra (id INTEGER PRIMARY KEY)"]),
    ("index main.extra", &["CREATE INDEX extra ON gauge (value)"]),
    ("database main", &["PRAGMA user_version = 6"]),
    ("database main", &["PRAGMA application_id = 10"]),
];

/// Feeds them all.
pub fn every_loss_is_named() {
    let subject = new_sqlite("seeded_catalogue");
    subject.execute(SCHEMA);
    let mut wire = Wire::open(subject.as_ref());
    let before = wire.catalogue();
    let mut score = Score::default();
    let texts = TEXTS.iter().map(|(object, table, from, to)| {
        let quoted = |text: &str| text.replace('\'', "''");
        let change = format!(
            "UPDATE sqlite_schema SET sql = replace(sql, '{}', '{}') WHERE name = '{table}'",
            quoted(from),
            quoted(to)
        );
        let statements =
            ["PRAGMA writable_schema = ON".to_owned(), change, "PRAGMA writable_schema = RESET".to_owned()];
        (*object, statements.to_vec())
    });
    let others =
        DEFECTS.iter().map(|(object, statements)| (*object, statements.iter().map(|one| (*one).to_owned()).collect()));
    for (object, statements) in texts.chain(others) {
        let after = spoilt(&mut wire, &statements, Wire::catalogue);
        let named = before.differences(&after).iter().any(|one| one.object == object);
        let kind = object.split(" main").next().unwrap_or(object);
        score.count(kind, named, &format!("{object}: {statements:?}, but {:?}", before.differences(&after)));
    }
    assert_eq!(before, wire.catalogue(), "a defect was not taken back");
    score.judge("seeded::catalogue on SQLite");
}
