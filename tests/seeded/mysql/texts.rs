//! Runs and undos of keys of text that are spoilt before their gate: spellings, and what the
//! collation would take for the same.

use super::gate::{Defect, spoil};
use crate::support::dump::assert_same;
use crate::support::failpoints::spoiling;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::mysql::Product;
use crate::support::subject_mysql::new_mysql;

const TABLES: &str = "
CREATE TABLE device (id varchar(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL PRIMARY KEY, name varchar(20));
CREATE TABLE reading (n int NOT NULL PRIMARY KEY, mark varchar(9), device_id varchar(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci, CONSTRAINT reading_of FOREIGN KEY (device_id) REFERENCES device (id));
INSERT INTO device VALUES ('0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01', 'a'), ('0b1e9f0a6c1e4b0e9c6f1a2b3c4d5e02', 'b');
INSERT INTO reading VALUES (1, 'one', '0b1e9f0a-6c1e-4b0e-9c6f-1a2b3c4d5e01'), (2, 'two', '0B1E9F0A-6C1E-4B0E-9C6F-1A2B3C4D5E01'), (3, 'three', '0b1e9f0a6c1e4b0e9c6f1a2b3c4d5E02'), (4, 'four', NULL);
";

const READING: &str = "Every row of seeded_texts.reading";

// Done to the table that is built, as in `gate`.
const DEFECTS: &[Defect] = &[
    ("rows", "device_id", "UPDATE § SET device_id = NULL WHERE mark = 'two'", READING),
    (
        "rows",
        "device_id",
        "UPDATE § a JOIN § b ON b.mark = 'three' SET a.device_id = b.device_id WHERE a.mark = 'one'",
        READING,
    ),
    ("rows", "device_id", "DELETE FROM § WHERE mark = 'four'", READING),
    ("rows", "name", "UPDATE § SET name = UPPER(name)", "Every row of seeded_texts.device"),
];

// What single rows would get back: done to the table that keeps it, which the gate of the run
// alone can compare with the rows as they were.
const KEPT: &[&str] = &[
    "UPDATE § SET old_id = LOWER(CONVERT(old_id USING utf8mb4))",
    "DELETE FROM § ORDER BY old_id LIMIT 1",
    "UPDATE § SET old_id = CONCAT(old_id, '' '') ORDER BY old_id LIMIT 1",
];

/// Each is put into a run, the first ones into an undo too.
pub fn nothing_spoilt_is_made_final(product: Product) {
    let subject = new_mysql(product, "seeded_texts");
    subject.execute(TABLES);
    spoil(subject.as_ref(), DEFECTS);
    let (mut journey, answer) = Journey::plan(subject.as_ref(), &["--all"]);
    answer.expect(0);
    let target = subject.target();
    let arguments = [&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    for defect in KEPT {
        let find = "SELECT MIN(table_name) FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'row_key'";
        let spoil = format!("SET @s = REPLACE('{defect}', '§', ({find})); PREPARE spoil FROM @s; EXECUTE spoil");
        let rekey = spoiling(journey.rekey, &spoil);
        let answer = rekey.json(&arguments).expect(4);
        journey.rekey = rekey.without_stop();
        assert!(answer.failure().to_string().contains(READING), "{defect}: {answer}");
        assert_same(&format!("the dump after {defect}"), &journey.start.dump, &subject.dump());
    }
    println!("seeded::texts on {}: {} spellings spoilt, all stopped at the gate", product.name(), KEPT.len());
    let left = subject.leftovers();
    assert!(left.is_empty(), "left behind: {left:?}");
}
