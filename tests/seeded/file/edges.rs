//! The digest of references: every shape that a reference can have, and everything that can
//! happen to a single one. Only the proof that the reference is part of is asked.

use super::super::Score;
use super::{Converted, exchange};

/// A reference under test: child, its number among the child's, its columns, the parent and
/// its columns.
struct Shape {
    what: &'static str,
    child: &'static str,
    number: usize,
    columns: &'static [&'static str],
    parent: &'static str,
    parent_columns: &'static [&'static str],
    /// There is a row whose reference is NULL.
    empty: bool,
}

const TABLES: &str = "
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, boss_id INTEGER REFERENCES person);
CREATE TABLE must (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person);
CREATE TABLE may (id INTEGER PRIMARY KEY, person_id INTEGER, second_id INTEGER, FOREIGN KEY (second_id) REFERENCES person (id), FOREIGN KEY (person_id) REFERENCES person (id));
CREATE TABLE named (name TEXT PRIMARY KEY, person_id INTEGER REFERENCES person) WITHOUT ROWID;
CREATE TABLE keyless (person_id REFERENCES person, word TEXT);
CREATE TABLE profile (person_id INTEGER PRIMARY KEY REFERENCES person, word TEXT);
CREATE TABLE badge (id INTEGER PRIMARY KEY, profile_id INTEGER REFERENCES profile);
CREATE TABLE club (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE joined (person_id INTEGER NOT NULL, club_id INTEGER NOT NULL, PRIMARY KEY (person_id, club_id), FOREIGN KEY (club_id) REFERENCES club, FOREIGN KEY (person_id) REFERENCES person);
CREATE TABLE seat (id INTEGER PRIMARY KEY, person_id INTEGER, club_id INTEGER, FOREIGN KEY (person_id, club_id) REFERENCES joined);
CREATE TABLE line (club_id INTEGER REFERENCES club, number INTEGER, PRIMARY KEY (club_id, number));
CREATE TABLE part (id INTEGER PRIMARY KEY, club_id INTEGER, number INTEGER, FOREIGN KEY (club_id, number) REFERENCES line);
INSERT INTO person (name, boss_id) VALUES ('a', NULL), ('b', 1), ('c', 1), ('d', 2), ('e', 4), ('f', 6);
INSERT INTO must (person_id) VALUES (1), (2), (2), (3);
INSERT INTO may (person_id, second_id) VALUES (1, 2), (2, 3), (NULL, NULL), (3, 1), (1, 4);
INSERT INTO named VALUES ('x', 1), ('y', 2), ('z', NULL), ('w', 3);
INSERT INTO keyless VALUES (1, 'x'), (2, 'y'), (NULL, 'z'), (2, 'w'), (3, 'x');
INSERT INTO profile VALUES (1, 'x'), (2, 'y'), (3, 'z');
INSERT INTO badge (profile_id) VALUES (1), (2), (2), (NULL), (3);
INSERT INTO club (name) VALUES ('k'), ('l'), ('m');
INSERT INTO joined VALUES (1, 1), (2, 2), (3, 2), (4, 3), (2, 1);
INSERT INTO seat (person_id, club_id) VALUES (1, 1), (2, 2), (NULL, NULL), (2, 1), (4, 3);
INSERT INTO line VALUES (1, 1), (1, 2), (2, 1), (2, 2), (3, 1);
INSERT INTO part (club_id, number) VALUES (1, 1), (2, 2), (NULL, NULL), (1, 2), (2, 1);
";

const SHAPES: &[Shape] = &[
    shape("to itself", ("person", 0, &["boss_id"]), "person", &["id"]),
    Shape { empty: false, ..shape("mandatory", ("must", 0, &["person_id"]), "person", &["id"]) },
    shape("optional", ("may", 0, &["person_id"]), "person", &["id"]),
    shape("second of two", ("may", 1, &["second_id"]), "person", &["id"]),
    shape("from a text key", ("named", 0, &["person_id"]), "person", &["id"]),
    shape("from no key, without a type", ("keyless", 0, &["person_id"]), "person", &["id"]),
    Shape { empty: false, ..shape("shared key", ("profile", 0, &["person_id"]), "person", &["id"]) },
    shape("to a shared key", ("badge", 0, &["profile_id"]), "profile", &["person_id"]),
    Shape { empty: false, ..shape("half of a key", ("joined", 0, &["person_id"]), "person", &["id"]) },
    Shape { empty: false, ..shape("other half of a key", ("joined", 1, &["club_id"]), "club", &["id"]) },
    shape("two keys", ("seat", 0, &["person_id", "club_id"]), "joined", &["person_id", "club_id"]),
    shape("key and number", ("part", 0, &["club_id", "number"]), "line", &["club_id", "number"]),
];

const fn shape(
    what: &'static str,
    (child, number, columns): (&'static str, usize, &'static [&'static str]),
    parent: &'static str,
    parent_columns: &'static [&'static str],
) -> Shape {
    Shape { what, child, number, columns, parent, parent_columns, empty: true }
}

const NOWHERE: &str = "'0190a0a0-0000-7000-8000-000000000001'";

impl Shape {
    // UNIQUE and NOT NULL would stop some, which is another proof's business: the table gives
    // way to one without them, with the same row numbers.
    fn unbound(child: &str) -> Vec<String> {
        let mut statements = vec![
            format!("CREATE TABLE free AS SELECT * FROM {child} NOT INDEXED"),
            format!("DROP TABLE {child}"),
            format!("ALTER TABLE free RENAME TO {child}"),
        ];
        statements.extend(SHAPES.iter().filter(|shape| shape.child == child).map(Shape::index));
        statements
    }

    // Proofs go along it where the database had it.
    fn index(&self) -> String {
        format!("CREATE INDEX {0}_{1} ON {0} ({1});", self.child, self.columns[0])
    }

    fn defects(&self) -> Vec<(&'static str, Vec<String>)> {
        let (child, columns) = (self.child, self.columns);
        let set: Vec<String> = columns.iter().map(|column| format!("{column} IS NOT NULL")).collect();
        let first = format!("rowid = (SELECT min(rowid) FROM {child} WHERE {})", set.join(" AND "));
        let another = |column: &str, own: &str| {
            format!(
                "(SELECT p.{column} FROM {} p WHERE p.{column} <> {child}.{own} ORDER BY p.{column} DESC LIMIT 1)",
                self.parent
            )
        };
        let all = |value: &dyn Fn(usize) -> String| {
            (0..columns.len()).map(|at| format!("{} = {}", columns[at], value(at))).collect::<Vec<_>>().join(", ")
        };
        let update = |sets: &str, what: &str| vec![format!("UPDATE {child} SET {sets} WHERE {what}")];
        let mut found = vec![
            ("reference lost with its row", vec![format!("DELETE FROM {child} WHERE {first}")]),
            (
                "reference doubled with its row",
                vec![format!("INSERT INTO {child} SELECT * FROM {child} WHERE {first}")],
            ),
            ("reference becomes nothing", update(&all(&|_| "NULL".to_owned()), &first)),
            ("reference leads nowhere", update(&format!("{} = {NOWHERE}", columns[0]), &first)),
            (
                "reference leads to another row",
                update(&format!("{} = {}", columns[0], another(self.parent_columns[0], columns[0])), &first),
            ),
            (
                "all references lead to one row",
                update(
                    &all(&|at| {
                        format!(
                            "(SELECT p.{} FROM {} p ORDER BY p.rowid LIMIT 1)",
                            self.parent_columns[at], self.parent
                        )
                    }),
                    "1",
                ),
            ),
            ("all references become nothing", update(&all(&|_| "NULL".to_owned()), "1")),
        ];
        if self.empty {
            let empty = format!("{} IS NULL", columns[0]);
            found.push((
                "reference made of nothing",
                update(
                    &all(&|at| format!("(SELECT p.{} FROM {} p LIMIT 1)", self.parent_columns[at], self.parent)),
                    &empty,
                ),
            ));
        }
        found
    }
}

/// Feeds them all, to proofs that go along the rows and to those that go along an index.
pub fn every_reference_led_elsewhere_is_noticed() {
    let indexes: String = SHAPES.iter().map(Shape::index).collect();
    let mut score = Score::default();
    feed(&mut score, Converted::new("seeded_edges", TABLES));
    let indexed = Converted::new("seeded_edges_indexed", &format!("{TABLES}{indexes}"));
    let references = indexed.proofs.values().filter(|proof| proof.id.starts_with("reference "));
    let along = references.filter(|proof| proof.after.contains(" INDEXED BY ")).count();
    assert_eq!(along, 9, "proofs that go along an index");
    feed(&mut score, indexed);
    score.judge("seeded::edges on SQLite");
}

fn feed(score: &mut Score, mut database: Converted) {
    let maps = [database.map_of("person"), database.map_of("club")];
    for shape in SHAPES {
        let proof = database.proof_of_reference(shape.child, shape.number);
        let unbound = database.notices(&proof, &Shape::unbound(shape.child));
        assert!(!unbound, "the proof of '{}' fails without a defect", shape.what);
        for (kind, statements) in shape.defects() {
            let noticed = database.notices(&proof, &[Shape::unbound(shape.child), statements.clone()].concat());
            score.count(kind, noticed, &format!("{}: {statements:?}", shape.what));
        }
        // Every shape has a reference to 1 and to 2.
        let map = if shape.columns.contains(&"club_id") { &maps[1] } else { &maps[0] };
        let noticed = database.notices(&proof, &exchange(map));
        score.count("two entries of the map exchanged", noticed, shape.what);
        let noticed = database.notices(&proof, &[format!("DELETE FROM {map} WHERE old_id = 1")]);
        score.count("an entry of the map lost", noticed, shape.what);
    }
    for (kind, child, number, statement) in SPECIAL {
        let proof = database.proof_of_reference(child, *number);
        let noticed = database.notices(&proof, &[Shape::unbound(child), vec![(*statement).to_owned()]].concat());
        score.count(kind, noticed, statement);
    }
}

const SPECIAL: &[(&str, &str, usize, &str)] = &[
    (
        "two references of a row exchanged",
        "may",
        0,
        "UPDATE may SET person_id = second_id, second_id = person_id WHERE rowid = 1",
    ),
    ("two references of all rows exchanged", "may", 1, "UPDATE may SET person_id = second_id, second_id = person_id"),
    (
        "two rows refer to each other",
        "person",
        0,
        "UPDATE person SET boss_id = (SELECT id FROM person WHERE name = 'd') WHERE name = 'b'",
    ),
    (
        "to itself no more",
        "person",
        0,
        "UPDATE person SET boss_id = (SELECT id FROM person WHERE name = 'a') WHERE name = 'f'",
    ),
    (
        "two children exchanged",
        "badge",
        0,
        "UPDATE badge SET profile_id = (SELECT o.profile_id FROM badge o WHERE o.rowid = 3 - badge.rowid) WHERE rowid IN (1, 2)",
    ),
    (
        "halves of a key exchanged",
        "seat",
        0,
        "UPDATE seat SET club_id = person_id, person_id = club_id WHERE rowid = 1",
    ),
    ("the number alone changed", "part", 0, "UPDATE part SET number = 3 - number WHERE rowid = 4"),
    ("the number alone exchanged", "part", 0, "UPDATE part SET number = 3 - number WHERE number IS NOT NULL"),
];
