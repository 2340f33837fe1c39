//! The digest of references: every shape that a reference can have, and everything that can
//! happen to a single one. Only the proof of that one reference is asked; that the digest of
//! rows would notice too counts for nothing.

use super::Score;
use super::converted::Converted;
use super::rows::exchange;
use crate::support::subject::Subject;

/// A reference under test: child, constraint, its columns, the parent and its columns; and
/// what is true of the child.
struct Shape {
    what: &'static str,
    child: &'static str,
    name: &'static str,
    columns: &'static [&'static str],
    parent: &'static str,
    parent_columns: &'static [&'static str],
    /// The row has a key that is not the reference itself: it is known who refers.
    known: bool,
    /// There is a row whose reference is NULL.
    empty: bool,
}

const TABLES: &str = "
CREATE TABLE person (id serial PRIMARY KEY, name text, boss_id integer CONSTRAINT person_boss REFERENCES person);
CREATE TABLE must (id serial PRIMARY KEY, person_id integer NOT NULL CONSTRAINT must_person REFERENCES person);
CREATE TABLE may (id serial PRIMARY KEY, person_id integer CONSTRAINT may_person REFERENCES person, second_id integer CONSTRAINT may_second REFERENCES person);
CREATE TABLE named (name text PRIMARY KEY, person_id integer CONSTRAINT named_person REFERENCES person);
CREATE TABLE keyless (person_id integer CONSTRAINT keyless_person REFERENCES person, word text);
CREATE TABLE profile (person_id integer PRIMARY KEY CONSTRAINT profile_person REFERENCES person, word text);
CREATE TABLE badge (id serial PRIMARY KEY, profile_id integer CONSTRAINT badge_profile REFERENCES profile);
CREATE TABLE club (id serial PRIMARY KEY, name text);
CREATE TABLE joined (person_id integer CONSTRAINT joined_person REFERENCES person, club_id integer CONSTRAINT joined_club REFERENCES club, PRIMARY KEY (person_id, club_id));
CREATE TABLE seat (id serial PRIMARY KEY, person_id integer, club_id integer, CONSTRAINT seat_joined FOREIGN KEY (person_id, club_id) REFERENCES joined);
CREATE TABLE line (club_id integer REFERENCES club, number integer, PRIMARY KEY (club_id, number));
CREATE TABLE part (id serial PRIMARY KEY, club_id integer, number integer, CONSTRAINT part_line FOREIGN KEY (club_id, number) REFERENCES line);
CREATE TABLE tour (id serial, day date, person_id integer CONSTRAINT tour_person REFERENCES person, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE tour_old PARTITION OF tour FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE tour_new PARTITION OF tour FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
INSERT INTO person (name, boss_id) VALUES ('a', NULL), ('b', 1), ('c', 1), ('d', 2), ('e', 4), ('f', 6);
INSERT INTO must (person_id) VALUES (1), (2), (2), (3);
INSERT INTO may (person_id, second_id) VALUES (1, 2), (2, 3), (NULL, NULL), (3, 1), (1, 4);
INSERT INTO named VALUES ('x', 1), ('y', 2), ('z', NULL), ('w', 3);
INSERT INTO keyless VALUES (1, 'x'), (2, 'y'), (NULL, 'z'), (2, 'w'), (3, 'x');
INSERT INTO profile VALUES (1, 'x'), (2, 'y'), (4, 'z');
INSERT INTO badge (profile_id) VALUES (1), (2), (2), (NULL), (4);
INSERT INTO tour (day, person_id) VALUES ('2024-01-01', 1), ('2024-01-02', 2), ('2024-01-03', NULL), ('2024-01-01', 2), ('2024-01-04', 3);
INSERT INTO club (name) VALUES ('k'), ('l'), ('m');
INSERT INTO joined VALUES (1, 1), (2, 2), (3, 2), (4, 3), (2, 1);
INSERT INTO seat (person_id, club_id) VALUES (1, 1), (2, 2), (NULL, NULL), (2, 1), (4, 3);
INSERT INTO line VALUES (1, 1), (1, 2), (2, 1), (2, 2), (3, 1);
INSERT INTO part (club_id, number) VALUES (1, 1), (2, 2), (NULL, NULL), (1, 2), (2, 1);
";

const SHAPES: &[Shape] = &[
    shape("to itself", "person", "person_boss", &["boss_id"], "person", &["id"]),
    Shape { empty: false, ..shape("mandatory", "must", "must_person", &["person_id"], "person", &["id"]) },
    shape("optional", "may", "may_person", &["person_id"], "person", &["id"]),
    shape("second of two", "may", "may_second", &["second_id"], "person", &["id"]),
    shape("from a text key", "named", "named_person", &["person_id"], "person", &["id"]),
    Shape { known: false, ..shape("from no key", "keyless", "keyless_person", &["person_id"], "person", &["id"]) },
    Shape {
        known: false,
        empty: false,
        ..shape("shared key", "profile", "profile_person", &["person_id"], "person", &["id"])
    },
    shape("to a shared key", "badge", "badge_profile", &["profile_id"], "profile", &["person_id"]),
    Shape { empty: false, ..shape("half of a key", "joined", "joined_person", &["person_id"], "person", &["id"]) },
    Shape { empty: false, ..shape("other half of a key", "joined", "joined_club", &["club_id"], "club", &["id"]) },
    shape("from partitions", "tour", "tour_person", &["person_id"], "person", &["id"]),
    shape("two keys", "seat", "seat_joined", &["person_id", "club_id"], "joined", &["person_id", "club_id"]),
    shape("key and number", "part", "part_line", &["club_id", "number"], "line", &["club_id", "number"]),
];

const fn shape(
    what: &'static str,
    child: &'static str,
    name: &'static str,
    columns: &'static [&'static str],
    parent: &'static str,
    parent_columns: &'static [&'static str],
) -> Shape {
    Shape { what, child, name, columns, parent, parent_columns, known: true, empty: true }
}

// Constraints and triggers would stop most defects. That they do is another proof's business.
const UNBOUND: &str = "SET LOCAL session_replication_role = replica;
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT conrelid::regclass AS t, conname AS c FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'p', 'u') AND coninhcount = 0 ORDER BY contype LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.t, one.c);
  END LOOP;
  FOR one IN SELECT attrelid::regclass AS t, attname AS c FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND attnotnull AND attinhcount = 0 LOOP
    EXECUTE format('ALTER TABLE %s ALTER %I DROP NOT NULL', one.t, one.c);
  END LOOP;
END $$";

/// Feeds them all.
pub fn every_reference_led_elsewhere_is_noticed(subject: Box<dyn Subject>) {
    let mut database = Converted::new(subject, TABLES);
    let maps = [database.map_of("public.person.id"), database.map_of("public.club.id")];
    let mut score = Score::default();
    for shape in SHAPES {
        let proof = database.proof_of_reference(shape.child, shape.name);
        for (kind, statements) in shape.defects() {
            let noticed = database.notices(&proof, &format!("{UNBOUND}; {statements}"));
            score.count(kind, noticed, &format!("{}: {statements}", shape.what));
        }
        // Where the reference leads to clubs, their map; every shape has a reference to 1 and to 2.
        let map = if shape.columns.contains(&"club_id") { &maps[1] } else { &maps[0] };
        if shape.known {
            let noticed = database.notices(&proof, &exchange(map));
            score.count("two entries of the map exchanged", noticed, shape.what);
        }
        let noticed = database.notices(&proof, &format!("DELETE FROM {map} WHERE old_id = 1"));
        score.count("an entry of the map lost", noticed, shape.what);
    }
    for (kind, child, name, statements) in SPECIAL {
        let proof = database.proof_of_reference(child, name);
        let noticed = database.notices(&proof, &format!("{UNBOUND}; {statements}"));
        score.count(kind, noticed, statements);
    }
    score.judge(&format!("seeded::edges on PostgreSQL {}", database.version()));
}

const SPECIAL: &[(&str, &str, &str, &str)] = &[
    (
        "two references of a row exchanged",
        "may",
        "may_person",
        "UPDATE may SET person_id = second_id, second_id = person_id WHERE id = (SELECT id FROM may WHERE second_id IS NOT NULL ORDER BY id LIMIT 1)",
    ),
    (
        "two references of a row exchanged",
        "may",
        "may_second",
        "UPDATE may SET person_id = second_id, second_id = person_id WHERE id = (SELECT id FROM may WHERE second_id IS NOT NULL ORDER BY id LIMIT 1)",
    ),
    (
        "two references of all rows exchanged",
        "may",
        "may_person",
        "UPDATE may SET person_id = second_id, second_id = person_id",
    ),
    (
        "two rows refer to each other",
        "person",
        "person_boss",
        "UPDATE person SET boss_id = (SELECT id FROM person WHERE name = 'd') WHERE name = 'b'",
    ),
    (
        "turned round",
        "person",
        "person_boss",
        "UPDATE person SET boss_id = NULL WHERE name = 'd'; UPDATE person SET boss_id = (SELECT id FROM person WHERE name = 'd') WHERE name = 'b'",
    ),
    (
        "to itself no more",
        "person",
        "person_boss",
        "UPDATE person SET boss_id = (SELECT id FROM person WHERE name = 'a') WHERE name = 'f'",
    ),
    (
        "halves of a key exchanged",
        "seat",
        "seat_joined",
        "UPDATE seat SET club_id = person_id, person_id = club_id WHERE id = (SELECT id FROM seat WHERE club_id IS NOT NULL ORDER BY id LIMIT 1)",
    ),
    (
        "the number alone changed",
        "part",
        "part_line",
        "UPDATE part SET number = 3 - number WHERE id = (SELECT id FROM part WHERE number = 2 ORDER BY id LIMIT 1)",
    ),
    ("the number alone exchanged", "part", "part_line", "UPDATE part SET number = 3 - number WHERE number IS NOT NULL"),
];

impl Shape {
    /// The defects that a reference of this shape can have. A row that has no key but its
    /// reference is not the same row any more when that is exchanged: nothing led it elsewhere.
    fn defects(&self) -> Vec<(&'static str, String)> {
        let (child, parent) = (self.child, self.parent);
        let columns = self.columns.join(", ");
        let set: Vec<String> = self.columns.iter().map(|column| format!("c.{column} IS NOT NULL")).collect();
        // Rows that refer, in order of what they refer to: the first and the last refer to different rows.
        let rows = format!(
            "WITH r AS (SELECT c.ctid AS place, {columns}, row_number() OVER (ORDER BY {columns}, c.ctid) AS n, count(*) OVER () AS last FROM {child} c WHERE {})",
            set.join(" AND ")
        );
        let of =
            |alias: &str| self.columns.iter().map(|column| format!("{alias}.{column}")).collect::<Vec<_>>().join(", ");
        let pairs = |left: &str, right: &str| {
            let both = self.columns.iter().zip(self.parent_columns);
            both.map(|(a, b)| format!("{left}.{a} = {right}.{b}")).collect::<Vec<_>>().join(" AND ")
        };
        let row = if self.columns.len() == 1 { "ROW" } else { "" };
        let give = |values: &str| format!("({columns}) = (SELECT {values} FROM r o WHERE");
        let first = "t.ctid = (SELECT place FROM r WHERE n = 1)";
        let key = self.parent_columns[0];
        let referred = format!(
            "{rows} SELECT p.ctid AS place, p.{key} AS old FROM {parent} p, r WHERE r.n = 1 AND {}",
            pairs("r", "p")
        );
        let mut defects = vec![
            ("reference lost with its row", format!("{rows} DELETE FROM {child} t WHERE {first}")),
            (
                "reference doubled with its row",
                format!("INSERT INTO {child} SELECT * FROM {child} c WHERE {} LIMIT 1", set.join(" AND ")),
            ),
            (
                "reference becomes nothing",
                format!(
                    "{rows} UPDATE {child} t SET ({columns}) = {row}({}) WHERE {first}",
                    self.columns.iter().map(|_| "NULL").collect::<Vec<_>>().join(", ")
                ),
            ),
            (
                "reference leads nowhere",
                format!("{rows} UPDATE {child} t SET {} = md5(random()::text)::uuid WHERE {first}", self.columns[0]),
            ),
            (
                "reference leads to another row",
                format!("{rows} UPDATE {child} t SET {} o.n = o.last) WHERE {first}", give(&of("o"))),
            ),
            ("parent lost", format!("DELETE FROM {parent} t WHERE t.ctid = (SELECT place FROM ({referred}) x)")),
            (
                "parent doubled",
                format!(
                    "INSERT INTO {parent} SELECT t.* FROM {parent} t WHERE t.ctid = (SELECT place FROM ({referred}) x)"
                ),
            ),
            (
                "parent's key alone replaced",
                format!(
                    "UPDATE {parent} t SET {key} = md5(random()::text)::uuid WHERE t.ctid = (SELECT place FROM ({referred}) x)"
                ),
            ),
            (
                "key replaced in parent and children",
                format!(
                    "CREATE TEMP TABLE new_key ON COMMIT DROP AS SELECT x.old, md5(random()::text)::uuid AS new FROM ({referred}) x; \
                 UPDATE {child} t SET {} = k.new FROM new_key k WHERE t.{} = k.old; UPDATE {parent} t SET {key} = k.new FROM new_key k WHERE t.{key} = k.old",
                    self.columns[0], self.columns[0]
                ),
            ),
        ];
        if self.known {
            defects.extend([
                ("two children exchanged", format!("{rows} UPDATE {child} t SET {} o.n = CASE r.n WHEN 1 THEN r.last ELSE 1 END) FROM r WHERE t.ctid = r.place AND r.n IN (1, r.last)", give(&of("o")))),
                ("all children moved by one", format!("{rows} UPDATE {child} t SET {} o.n = r.n % r.last + 1) FROM r WHERE t.ctid = r.place", give(&of("o")))),
            ]);
        }
        if self.empty {
            let empty: Vec<String> = self.columns.iter().map(|column| format!("t.{column} IS NULL")).collect();
            defects.push((
                "nothing becomes a reference",
                format!("{rows} UPDATE {child} t SET {} o.n = 1) WHERE {}", give(&of("o")), empty.join(" AND ")),
            ));
        }
        if self.columns.len() > 1 {
            for column in self.columns {
                defects.push(("one half of two references exchanged", format!(
                    "{rows} UPDATE {child} t SET {column} = (SELECT o.{column} FROM r o WHERE o.n = CASE r.n WHEN 1 THEN r.last ELSE 1 END) FROM r WHERE t.ctid = r.place AND r.n IN (1, r.last)"
                )));
            }
        }
        defects
    }
}
