//! Defects put in on purpose. An oracle that passes one is broken: those of these tests, and
//! those of the gate, each fed on its own. `rekey validate` must notice what a later look can
//! notice.

mod converted;
mod edges;
mod file;
mod fingerprint;
mod gate;
mod mysql;
mod rows;
mod scattered;
mod wire;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use libtest_mimic::Trial;

use crate::support::journey::Journey;
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_postgres, new_postgres_of, new_sqlite};
use crate::support::versions;

/// One trial per product.
pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("seeded::postgres", &[Requirement::Postgres], || seed(new_postgres("seeded"), TABLES, &[], POSTGRES)),
        trial("seeded::sqlite", &[Requirement::SqliteTool], || seed(new_sqlite("seeded"), TABLES, &[], SQLITE)),
        trial("seeded::postgres_scattered", &[Requirement::Postgres], || {
            seed(new_postgres("seeded_apart"), scattered::TABLES, scattered::ANSWERS, scattered::FOR_THE_TESTS);
        }),
        trial("seeded::what_was_set_aside_goes_with_the_map", &[Requirement::Postgres], || {
            scattered::what_was_set_aside_goes_with_the_map(new_postgres("seeded_kept").as_ref());
        }),
        trial("seeded::strays_since_the_plan_are_refused", &[Requirement::Postgres], || {
            scattered::strays_since_the_plan_are_refused(new_postgres("seeded_strays").as_ref());
        }),
        trial("seeded::gate", &[Requirement::Postgres, Requirement::Failpoints], || {
            let subject = new_postgres("seeded_gate");
            subject.execute(TABLES);
            subject.execute("CREATE ROLE seeded_gate; GRANT SELECT ON jar TO seeded_gate");
            gate::nothing_spoilt_is_made_final(subject.as_ref(), gate::POSTGRES);
        }),
        trial("seeded::dump_notices_every_kind_of_object", &[Requirement::Postgres], dump_notices),
    ];
    trials.extend(oracles("seeded", Requirement::Postgres, new_postgres));
    trials.extend(file::trials());
    trials.extend(mysql::trials());
    // A version that is not there is told by its lane. The oldest and the newest show most.
    let all = std::env::var("REKEY_LANES").as_deref() == Ok("all");
    let ends = [versions::OTHERS.first(), versions::OTHERS.last()];
    for version in versions::OTHERS.into_iter().filter(|version| all || ends.contains(&Some(version))) {
        let need = Requirement::Version(version);
        if need.missing().is_none() {
            let fresh = move |name: &str| new_postgres_of(version, name);
            trials.extend(oracles(&format!("seeded::{version}"), need, fresh));
        }
    }
    trials
}

// Each oracle of the gate on its own.
fn oracles(
    title: &str,
    need: Requirement,
    fresh: impl Fn(&str) -> Box<dyn Subject> + Copy + Send + 'static,
) -> [Trial; 4] {
    [
        trial(&format!("{title}::catalogue"), &[need], move || {
            fingerprint::every_loss_is_named(fresh("seeded_catalogue").as_ref());
        }),
        trial(&format!("{title}::rows"), &[need], move || rows::every_change_is_noticed(fresh("seeded_rows"))),
        trial(&format!("{title}::edges"), &[need], move || {
            edges::every_reference_led_elsewhere_is_noticed(fresh("seeded_edges"));
        }),
        trial(&format!("{title}::scattered"), &[need], move || {
            scattered::every_id_led_elsewhere_is_noticed(fresh("seeded_scattered"));
        }),
    ]
}

const TABLES: &str = "
CREATE TABLE shelf (id integer PRIMARY KEY, name text);
CREATE TABLE jar (id integer PRIMARY KEY, shelf_id integer CONSTRAINT jar_shelf REFERENCES shelf (id), name text);
CREATE INDEX jar_on_shelf ON jar (shelf_id);
INSERT INTO shelf VALUES (1, 'top'), (2, 'bottom'), (3, 'top');
INSERT INTO jar VALUES (1, 2, 'jam'), (2, 1, 'honey'), (3, 3, 'salt'), (4, NULL, 'empty');
";

/// What is done to a finished conversion, and whether a later `validate` must notice it.
type Defect = (&'static str, &'static str, bool);

const POSTGRES: &[Defect] = &[
    ("a row is gone", "DELETE FROM jar WHERE name = 'salt'", false),
    (
        "a row is there twice",
        "INSERT INTO jar (id, shelf_id, name) SELECT rekey.uuid_v7(), shelf_id, name FROM jar WHERE name = 'salt'",
        false,
    ),
    (
        "two children are exchanged",
        "UPDATE jar j SET shelf_id = o.shelf_id FROM jar o WHERE j.name IN ('jam', 'honey') AND o.name IN ('jam', 'honey') AND j.name <> o.name",
        false,
    ),
    (
        "a child is led to a parent that looks the same",
        "UPDATE jar SET shelf_id = (SELECT s.id FROM shelf s WHERE s.name = 'top' AND s.id <> jar.shelf_id) WHERE name = 'honey'",
        false,
    ),
    ("a letter is changed", "UPDATE jar SET name = 'jan' WHERE name = 'jam'", false),
    ("a reference is lost", "UPDATE jar SET shelf_id = NULL WHERE name = 'jam'", false),
    ("a key has another value", "UPDATE jar SET id = gen_random_uuid() WHERE name = 'jam'", false),
    (
        "a reference points nowhere",
        "ALTER TABLE jar DROP CONSTRAINT jar_shelf; UPDATE jar SET shelf_id = rekey.uuid_v7() WHERE name = 'jam'; ALTER TABLE jar ADD CONSTRAINT jar_shelf FOREIGN KEY (shelf_id) REFERENCES shelf (id) NOT VALID",
        true,
    ),
    ("a column is text", "ALTER TABLE jar DROP CONSTRAINT jar_shelf; ALTER TABLE jar ALTER shelf_id TYPE text", true),
];

const SQLITE: &[Defect] = &[
    ("a row is gone", "DELETE FROM jar WHERE name = 'salt'", false),
    (
        "a row is there twice",
        "INSERT INTO jar (shelf_id, name) SELECT shelf_id, name FROM jar WHERE name = 'salt'",
        false,
    ),
    (
        "two children are exchanged",
        "UPDATE jar SET shelf_id = (SELECT o.shelf_id FROM jar o WHERE o.name = CASE jar.name WHEN 'jam' THEN 'honey' ELSE 'jam' END) WHERE name IN ('jam', 'honey')",
        false,
    ),
    (
        "a child is led to a parent that looks the same",
        "UPDATE jar SET shelf_id = (SELECT s.id FROM shelf s WHERE s.name = 'top' AND s.id <> jar.shelf_id) WHERE name = 'honey'",
        false,
    ),
    ("a letter is changed", "UPDATE jar SET name = 'jan' WHERE name = 'jam'", false),
    ("a reference is lost", "UPDATE jar SET shelf_id = NULL WHERE name = 'jam'", false),
    (
        "a reference points nowhere",
        "UPDATE jar SET shelf_id = '01890000-0000-7000-8000-000000000000' WHERE name = 'jam'",
        true,
    ),
    ("a reference is a number", "UPDATE jar SET shelf_id = x'05' WHERE name = 'jam'", true),
];

fn seed(subject: Box<dyn Subject>, tables: &str, answers: &[(&str, &str)], defects: &[Defect]) {
    subject.execute(tables);
    let answers = converted::answers_file(answers);
    let file = answers.path().display().to_string();
    let (journey, answer) = Journey::plan(subject.as_ref(), &["--all", "--answers", &file]);
    answer.expect(0);
    let run = journey.convert();
    for (what, statements, lasting) in defects {
        let twin = subject.duplicate();
        let spoilt = Journey {
            subject: twin.as_ref(),
            rekey: Rekey::new(subject.password()),
            start: journey.start.clone(),
            members: journey.members.clone(),
            scattered: journey.scattered.clone(),
            let_go: journey.let_go.clone(),
            taken_away: journey.taken_away.clone(),
            ignoring_case: journey.ignoring_case.clone(),
            views_may_go: false,
            promises: journey.promises.clone(),
        };
        spoilt.assert_converted(&run);
        twin.execute(statements);
        let noticed = catch_unwind(AssertUnwindSafe(|| spoilt.assert_rows(&run))).is_err();
        assert!(noticed, "the oracle is broken: it does not notice that {what}");
        let target = twin.target();
        let validated = spoilt.rekey.json(&["validate", &target, "--run", &run]);
        assert!(!lasting || validated.outcome.code != Some(0), "validate does not notice that {what}: {validated}");
    }
}

// The comparison of dumps rests on pg_dump writing every kind of object: each is taken
// away once, and the text must change.
fn dump_notices() {
    let subject = new_postgres("seeded_dump");
    subject.execute(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'seeded_reader') THEN CREATE ROLE seeded_reader; END IF; END $$;
         CREATE TABLE t (id serial PRIMARY KEY, v text DEFAULT 'x', u integer REFERENCES t (id), CONSTRAINT c CHECK (v <> ''));
         CREATE INDEX i ON t (v);
         CREATE VIEW w AS SELECT id FROM t;
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
         CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
         CREATE RULE r AS ON DELETE TO t DO ALSO NOTIFY x;
         CREATE POLICY p ON t USING (true);
         CREATE STATISTICS s ON v, u FROM t;
         CREATE PUBLICATION b FOR TABLE t;
         GRANT SELECT ON t TO seeded_reader;
         GRANT UPDATE (v) ON t TO seeded_reader;
         COMMENT ON COLUMN t.id IS 'k';
         ALTER TABLE t ALTER v SET STATISTICS 77;
         ALTER TABLE t REPLICA IDENTITY FULL;
         INSERT INTO t (v) VALUES ('a'), ('b');",
    );
    let before = subject.dump();
    for defect in [
        "DROP INDEX i",
        "DROP VIEW w",
        "DROP TRIGGER g ON t",
        "ALTER TABLE t DISABLE TRIGGER g",
        "DROP RULE r ON t",
        "DROP POLICY p ON t",
        "DROP STATISTICS s",
        "DROP PUBLICATION b",
        "REVOKE SELECT ON t FROM seeded_reader",
        "REVOKE UPDATE (v) ON t FROM seeded_reader",
        "COMMENT ON COLUMN t.id IS NULL",
        "ALTER TABLE t ALTER v SET STATISTICS -1",
        "ALTER TABLE t REPLICA IDENTITY DEFAULT",
        "ALTER TABLE t ALTER v DROP DEFAULT",
        "ALTER TABLE t DROP CONSTRAINT c",
        "ALTER TABLE t DROP CONSTRAINT t_u_fkey",
        "ALTER TABLE t OWNER TO seeded_reader",
        "SELECT nextval('t_id_seq')",
        "UPDATE t SET v = 'c' WHERE v = 'a'",
        "DELETE FROM t WHERE v = 'a'",
        "ALTER SEQUENCE t_id_seq OWNED BY NONE",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t ALTER id TYPE bigint",
    ] {
        let twin = subject.duplicate();
        // A view stands on the column whose type one of them changes.
        twin.execute(&if defect.contains("bigint") { format!("DROP VIEW w; {defect}") } else { defect.to_owned() });
        assert!(twin.dump() != before, "the dump does not show: {defect}");
    }
}

/// What was fed and what was not noticed, for one oracle.
#[derive(Debug, Default)]
pub struct Score {
    fed: BTreeMap<String, usize>,
    unseen: Vec<String>,
}

impl Score {
    /// Counts one defect.
    pub fn count(&mut self, kind: &str, noticed: bool, what: &str) {
        *self.fed.entry(kind.to_owned()).or_default() += 1;
        if !noticed {
            self.unseen.push(format!("{kind}: {what}"));
        }
    }

    /// Prints the score; fails where anything went unnoticed or too little was fed.
    pub fn judge(&self, oracle: &str) {
        let fed: usize = self.fed.values().sum();
        println!("{oracle}: {fed} defects fed, {} caught", fed - self.unseen.len());
        let kinds: Vec<String> = self.fed.iter().map(|(kind, number)| format!("{kind} {number}")).collect();
        println!("{oracle}: {}", kinds.join(", "));
        assert!(fed >= 40, "only {fed} defects were fed to {oracle}");
        assert!(
            self.unseen.is_empty(),
            "{oracle} lets {} of {fed} pass:\n{}",
            self.unseen.len(),
            self.unseen.join("\n")
        );
    }
}
