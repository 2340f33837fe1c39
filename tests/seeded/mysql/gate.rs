//! Runs and undos that are spoilt before their gate: what was built beside the live tables
//! is changed while nobody but the run knows its name.

use super::super::gate;
use crate::support::mysql::Product;
use crate::support::subject::Subject;
use crate::support::subject_mysql::new_mysql;

const TABLES: &str = "
CREATE TABLE shelf (id int PRIMARY KEY, room varchar(20));
CREATE TABLE jar (id int PRIMARY KEY, shelf_id int, name varchar(20), KEY jar_on_shelf (shelf_id), KEY jar_by_name (name), CONSTRAINT jar_shelf FOREIGN KEY (shelf_id) REFERENCES shelf (id));
INSERT INTO shelf VALUES (1, 'top'), (2, 'bottom'), (3, 'top');
INSERT INTO jar VALUES (1, 2, 'jam'), (2, 1, 'honey'), (3, 3, 'salt'), (4, NULL, 'empty');
";

const DEFECTS: &[Defect] = &[
    ("rows", "shelf_id", "UPDATE § SET name = 'jan' WHERE name = 'jam'", "Every row of seeded_gate.jar"),
    ("rows", "shelf_id", "UPDATE § SET name = 'Jam' WHERE name = 'jam'", "Every row of seeded_gate.jar"),
    ("rows", "shelf_id", "DELETE FROM § WHERE name = 'salt'", "Every row of seeded_gate.jar"),
    ("rows", "room", "UPDATE § SET room = NULL WHERE room = 'bottom'", "Every row of seeded_gate.shelf"),
    ("references", "shelf_id", "UPDATE § SET shelf_id = NULL WHERE name = 'jam'", "Every row of seeded_gate.jar"),
    (
        "references",
        "shelf_id",
        "UPDATE § a JOIN § b ON b.name = 'salt' SET a.shelf_id = b.shelf_id WHERE a.name = 'honey'",
        "Every row of seeded_gate.jar still belongs to the same row of seeded_gate.shelf",
    ),
    ("catalogue", "shelf_id", "ALTER TABLE § DROP KEY jar_by_name", "jar_by_name"),
];

/// Each is put into a run and into an undo.
pub fn nothing_spoilt_is_made_final(product: Product) {
    let subject = new_mysql(product, "seeded_gate");
    subject.execute(TABLES);
    spoil(subject.as_ref(), DEFECTS);
    let left = subject.leftovers();
    assert!(left.is_empty(), "left behind: {left:?}");
}

/// A defect: the proof that it is for, a column of the table, what is done to it, and what the
/// failure must name. It is done to the table that is built: `§` stands for its name.
pub type Defect = (&'static str, &'static str, &'static str, &'static str);

/// Puts each into a run, and into an undo.
pub fn spoil(subject: &dyn Subject, defects: &[Defect]) {
    let statements: Vec<String> = defects.iter().map(|(_, column, defect, _)| of_the_built(column, defect)).collect();
    let spoilers: Vec<gate::Spoiler<'_>> = defects
        .iter()
        .zip(&statements)
        .map(|((oracle, _, _, named), statements)| (*oracle, statements.as_str(), *named))
        .collect();
    gate::nothing_spoilt_is_made_final(subject, &spoilers);
}

// The defect, done to the table that is built and has that column.
fn of_the_built(column: &str, defect: &str) -> String {
    let find = format!(
        "SELECT CONCAT('`', MIN(table_name), '`') FROM information_schema.columns \
         WHERE table_schema = DATABASE() AND table_name LIKE 'rk\\_%' AND column_name = '{column}'"
    );
    let defect = defect.replace('\'', "''");
    format!(
        "SET @t = ({find}); SET @s = REPLACE('{defect}', '§', @t); PREPARE spoil FROM @s; EXECUTE spoil; DEALLOCATE PREPARE spoil"
    )
}
