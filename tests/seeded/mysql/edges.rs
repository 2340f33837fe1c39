//! References: every shape that one can have, and everything that can happen to a single
//! one. A run asks two proofs of it, that of the reference and that of its table's rows;
//! nothing else is asked here.

use super::super::Score;
use super::super::file::Converted;
use super::{exchange, nowhere};
use crate::support::mysql::Product;
use crate::support::subject_mysql::new_mysql;

/// A reference under test: what it is, its name, child, columns, parent and the parent's
/// columns. Each child has rows marked `one` and `two` with different parents, and perhaps one
/// marked `none`, without any.
struct Shape {
    what: &'static str,
    name: &'static str,
    child: &'static str,
    columns: &'static [&'static str],
    parent: &'static str,
    parent_columns: &'static [&'static str],
}

const TABLES: &str = "
CREATE TABLE person (id int AUTO_INCREMENT PRIMARY KEY, mark varchar(9), boss_id int, CONSTRAINT boss FOREIGN KEY (boss_id) REFERENCES person (id));
CREATE TABLE must (id int AUTO_INCREMENT PRIMARY KEY, mark varchar(9), person_id int NOT NULL, CONSTRAINT must FOREIGN KEY (person_id) REFERENCES person (id));
CREATE TABLE may (id int AUTO_INCREMENT PRIMARY KEY, mark varchar(9), person_id int, second_id int, CONSTRAINT may_first FOREIGN KEY (person_id) REFERENCES person (id), CONSTRAINT may_second FOREIGN KEY (second_id) REFERENCES person (id) ON DELETE SET NULL);
CREATE TABLE named (mark varchar(9) PRIMARY KEY, person_id int UNIQUE, CONSTRAINT named FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE);
CREATE TABLE keyless (person_id int, mark varchar(9), CONSTRAINT keyless FOREIGN KEY (person_id) REFERENCES person (id));
CREATE TABLE profile (person_id int PRIMARY KEY, mark varchar(9), CONSTRAINT profile FOREIGN KEY (person_id) REFERENCES person (id));
CREATE TABLE badge (id int AUTO_INCREMENT PRIMARY KEY, mark varchar(9), profile_id int, CONSTRAINT badge FOREIGN KEY (profile_id) REFERENCES profile (person_id));
CREATE TABLE club (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, mark varchar(9));
CREATE TABLE joined (person_id int NOT NULL, club_id bigint unsigned NOT NULL, mark varchar(9), PRIMARY KEY (person_id, club_id), CONSTRAINT joined_person FOREIGN KEY (person_id) REFERENCES person (id), CONSTRAINT joined_club FOREIGN KEY (club_id) REFERENCES club (id));
CREATE TABLE seat (id int AUTO_INCREMENT PRIMARY KEY, mark varchar(9), person_id int, club_id bigint unsigned, CONSTRAINT seat FOREIGN KEY (person_id, club_id) REFERENCES joined (person_id, club_id));
CREATE TABLE line (club_id bigint unsigned NOT NULL, word varchar(9) NOT NULL, PRIMARY KEY (club_id, word), CONSTRAINT line FOREIGN KEY (club_id) REFERENCES club (id));
CREATE TABLE part (id int AUTO_INCREMENT PRIMARY KEY, mark varchar(9), club_id bigint unsigned, word varchar(9), CONSTRAINT part FOREIGN KEY (club_id, word) REFERENCES line (club_id, word));
INSERT INTO person (mark) VALUES ('none'), ('one'), ('two'), ('more'), ('fifth'), ('own');
UPDATE person SET boss_id = CASE mark WHEN 'one' THEN 1 WHEN 'fifth' THEN 4 WHEN 'own' THEN 6 ELSE 2 END WHERE mark <> 'none';
INSERT INTO must (mark, person_id) VALUES ('one', 1), ('two', 2), ('more', 2), ('last', 3);
INSERT INTO may (mark, person_id, second_id) VALUES ('one', 1, 2), ('two', 2, 3), ('none', NULL, NULL), ('more', 3, 1), ('last', 1, 4);
INSERT INTO named VALUES ('one', 1), ('two', 2), ('none', NULL), ('more', 3);
INSERT INTO keyless VALUES (1, 'one'), (2, 'two'), (NULL, 'none'), (2, 'more'), (3, 'last');
INSERT INTO profile VALUES (1, 'one'), (2, 'two'), (4, 'more');
INSERT INTO badge (mark, profile_id) VALUES ('one', 1), ('two', 2), ('more', 2), ('none', NULL), ('last', 4);
INSERT INTO club (mark) VALUES ('k'), ('l'), ('m');
INSERT INTO joined VALUES (1, 1, 'one'), (2, 2, 'two'), (3, 2, 'more'), (4, 3, 'last');
INSERT INTO seat (mark, person_id, club_id) VALUES ('one', 1, 1), ('two', 2, 2), ('none', NULL, NULL), ('more', 4, 3);
INSERT INTO line VALUES (1, 'a'), (1, 'b'), (2, 'a'), (2, 'b'), (3, 'a');
INSERT INTO part (mark, club_id, word) VALUES ('one', 1, 'a'), ('two', 2, 'b'), ('none', NULL, NULL), ('more', 1, 'b');
";

const SHAPES: &[Shape] = &[
    shape("to itself", "boss", ("person", &["boss_id"]), ("person", &["id"])),
    shape("mandatory", "must", ("must", &["person_id"]), ("person", &["id"])),
    shape("optional", "may_first", ("may", &["person_id"]), ("person", &["id"])),
    shape("second of two", "may_second", ("may", &["second_id"]), ("person", &["id"])),
    shape("from a text key, unique", "named", ("named", &["person_id"]), ("person", &["id"])),
    shape("from no key", "keyless", ("keyless", &["person_id"]), ("person", &["id"])),
    shape("shared key", "profile", ("profile", &["person_id"]), ("person", &["id"])),
    shape("to a shared key", "badge", ("badge", &["profile_id"]), ("profile", &["person_id"])),
    shape("half of a key", "joined_person", ("joined", &["person_id"]), ("person", &["id"])),
    shape("other half of a key", "joined_club", ("joined", &["club_id"]), ("club", &["id"])),
    shape("two keys", "seat", ("seat", &["person_id", "club_id"]), ("joined", &["person_id", "club_id"])),
    shape("key and text", "part", ("part", &["club_id", "word"]), ("line", &["club_id", "word"])),
];

const fn shape(
    what: &'static str,
    name: &'static str,
    (child, columns): (&'static str, &'static [&'static str]),
    (parent, parent_columns): (&'static str, &'static [&'static str]),
) -> Shape {
    Shape { what, name, child, columns, parent, parent_columns }
}

impl Shape {
    // Reads the reference of that row of the child into variables.
    fn read(&self, mark: &str, into: &str) -> String {
        self.chosen(self.columns, &format!("{} WHERE mark = '{mark}'", self.child), into)
    }

    // Reads the key of a parent into variables.
    fn read_parent(&self, rest: &str, into: &str) -> String {
        self.chosen(self.parent_columns, &format!("{} {rest} LIMIT 1", self.parent), into)
    }

    fn chosen(&self, columns: &[&str], from: &str, into: &str) -> String {
        let into: Vec<String> = (0..columns.len()).map(|at| format!("@{into}{at}")).collect();
        format!("SELECT {} INTO {} FROM {from}", columns.join(", "), into.join(", "))
    }

    fn write(&self, value: impl Fn(usize) -> String, which: &str) -> String {
        let sets = self.columns.iter().enumerate().map(|(at, column)| format!("{column} = {}", value(at)));
        format!("UPDATE {} SET {} WHERE {which}", self.child, sets.collect::<Vec<_>>().join(", "))
    }

    fn defects(&self, product: Product) -> Vec<(&'static str, Vec<String>)> {
        let (child, first, nothing) = (self.child, "mark = 'one'", |_| "NULL".to_owned());
        let (a, b) = (|at| format!("@a{at}"), |at| format!("@b{at}"));
        let lost = format!("DELETE FROM {child} WHERE {first}");
        let doubled = format!("INSERT INTO {child} SELECT * FROM {child} WHERE {first}");
        let led_nowhere = format!("UPDATE {child} SET {} = {} WHERE {first}", self.columns[0], nowhere(product));
        let other = format!("WHERE {} <> @a0 ORDER BY 1 DESC", self.parent_columns[0]);
        vec![
            ("reference lost with its row", vec![lost]),
            ("reference doubled with its row", vec![doubled]),
            ("reference becomes nothing", vec![self.write(nothing, first)]),
            ("reference leads nowhere", vec![led_nowhere]),
            (
                "reference leads to another row",
                vec![self.read("one", "a"), self.read_parent(&other, "b"), self.write(b, first)],
            ),
            (
                "two references exchanged",
                vec![self.read("one", "a"), self.read("two", "b"), self.write(b, first), self.write(a, "mark = 'two'")],
            ),
            ("all references lead to one row", vec![self.read_parent("ORDER BY 1", "a"), self.write(a, "1 = 1")]),
            ("all references become nothing", vec![self.write(nothing, "1 = 1")]),
        ]
    }
}

/// Feeds them all.
pub fn every_reference_led_elsewhere_is_noticed(product: Product) {
    let mut database = Converted::of(new_mysql(product, "seeded_edges"), TABLES, "");
    database.unbind();
    let maps = [database.mysql_map_of("person"), database.mysql_map_of("club")];
    let mut score = Score::default();
    for shape in SHAPES {
        assert!(!noticed(&mut database, shape, &[]), "the proofs of '{}' fail without a defect", shape.what);
        for (kind, statements) in shape.defects(product) {
            let seen = noticed(&mut database, shape, &statements);
            score.count(kind, seen, &format!("{}: {statements:?}", shape.what));
        }
        let empty = format!("SELECT CAST(COUNT(*) AS CHAR) FROM {} WHERE mark = 'none'", shape.child);
        if database.wire.value(&empty) == "1" {
            let made = [shape.read("one", "a"), shape.write(|at| format!("@a{at}"), "mark = 'none'")];
            score.count("reference made of nothing", noticed(&mut database, shape, &made), shape.what);
        }
        // Every shape has a reference to 1 and to 2.
        let map = if shape.columns.contains(&"club_id") { &maps[1] } else { &maps[0] };
        let seen = noticed(&mut database, shape, &exchange(map));
        score.count("two entries of the map exchanged", seen, shape.what);
        let seen = noticed(&mut database, shape, &[format!("DELETE FROM {map} WHERE old_id = 1")]);
        score.count("an entry of the map lost", seen, shape.what);
        let gone = [format!("DELETE FROM {}", shape.parent)];
        score.count("the parents lost", database.notices(&reference(shape), &gone), shape.what);
    }
    for (kind, at, statement) in SPECIAL {
        let seen = noticed(&mut database, &SHAPES[*at], &[(*statement).to_owned()]);
        score.count(kind, seen, statement);
    }
    score.judge(&format!("seeded::edges on {}", product.name()));
}

// Two proofs are asked of a reference: whether it meets its parents, and which row has which.
fn noticed(database: &mut Converted, shape: &Shape, statements: &[String]) -> bool {
    let id = reference(shape);
    let rows = format!("rows seeded_edges.{}", shape.child);
    database.notices(&id, statements) || database.notices(&rows, statements)
}

fn reference(shape: &Shape) -> String {
    format!("reference seeded_edges.{}.{}", shape.child, shape.name)
}

const SPECIAL: &[(&str, usize, &str)] = &[
    (
        "two references of a row exchanged",
        2,
        "UPDATE may m JOIN may o ON o.mark = m.mark SET m.person_id = o.second_id, m.second_id = o.person_id WHERE m.mark = 'one'",
    ),
    (
        "two references of all rows exchanged",
        3,
        "UPDATE may m JOIN may o ON o.mark = m.mark SET m.person_id = o.second_id, m.second_id = o.person_id",
    ),
    (
        "two rows refer to each other",
        0,
        "UPDATE person a JOIN person b ON b.mark = 'two' SET a.boss_id = b.id WHERE a.mark = 'one'",
    ),
    (
        "to itself no more",
        0,
        "UPDATE person a JOIN person b ON b.mark = 'one' SET a.boss_id = b.id WHERE a.mark = 'own'",
    ),
    ("the text alone changed", 11, "UPDATE part SET word = 'a' WHERE mark = 'more'"),
    ("the text in another case", 11, "UPDATE part SET word = 'B' WHERE mark = 'more'"),
];
