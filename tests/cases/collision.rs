//! A new id that is there already.

use crate::support::dump::assert_same;
use crate::support::failpoints::spoiling;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::mysql::Product;
use crate::support::postgres::Database;
use crate::support::rekey::Rekey;
use crate::support::subject::{Postgres, Subject, new_sqlite};
use crate::support::subject_mysql::new_mysql;

// What only a superuser with a switch may do: the server's generator gives one id for ever.
const STUCK: &str = "SET allow_system_table_mods = on;
CREATE OR REPLACE FUNCTION pg_catalog.gen_random_uuid() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS
  'SELECT ''11111111-2222-4333-8444-555555555555''::uuid'";
const MENDED: &str = "SET allow_system_table_mods = on;
CREATE OR REPLACE FUNCTION pg_catalog.gen_random_uuid() RETURNS uuid LANGUAGE internal VOLATILE PARALLEL SAFE AS 'gen_random_uuid'";

/// The same new id for two rows: nothing is overwritten or merged, the run is taken back
/// whole, and once the generator works the same plan goes through.
pub fn stuck_generator() {
    let subject = Postgres(Database::create("case_collision"));
    subject.execute(
        "CREATE TABLE coin (id serial PRIMARY KEY, side text);
         CREATE TABLE purse (coin_id integer REFERENCES coin (id));
         INSERT INTO coin (side) VALUES ('head'), ('tail'); INSERT INTO purse VALUES (1), (2), (NULL)",
    );
    let (journey, answer) = Journey::plan(&subject, &["--all", "--uuid", "v4"]);
    answer.expect(0);
    subject.execute(STUCK);
    let target = subject.target();
    let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    let answer = journey.rekey.json(&arguments).expect(1);
    assert_eq!(answer.failure()["state"]["state"], "rolled_back", "{answer}");
    assert_same("the dump after a collision", &journey.start.dump, &subject.dump());
    subject.execute(MENDED);
    let run = journey.convert();
    journey.undo(&run);
}

/// A computed id that is a key already: nothing is overwritten or merged, and the run is
/// taken back whole. Another namespace gives other ids, and the run goes through.
pub fn computed_twice() {
    let subject = new_sqlite("case_collision");
    // What version 5 makes of Rekey's own namespace and 'main.coin.id:head'.
    subject.execute(
        "CREATE TABLE coin (id TEXT PRIMARY KEY, side TEXT);
         CREATE TABLE purse (coin_id TEXT REFERENCES coin (id));
         INSERT INTO coin VALUES ('head', 'h'), ('9634db1c-7e95-5e82-a2fa-06f0f418f203', 't'); INSERT INTO purse SELECT id FROM coin",
    );
    let rekey = Rekey::new(None);
    let target = subject.target();
    std::fs::write(rekey.path("answers.json"), r#"{"RK-184 main.coin.id": "new"}"#).unwrap();
    let choices = ["--all", "--uuid", "v5", "--answers", &rekey.file("answers.json")].map(str::to_owned);
    let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
    let (journey, answer) = Journey::plan(subject.as_ref(), &choices);
    answer.expect(0);
    let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    let answer = journey.rekey.json(&arguments).expect(1);
    assert_eq!(answer.failure()["state"]["state"], "rolled_back", "{answer}");
    assert_same("the dump after a collision", &journey.start.dump, &subject.dump());
    let another = ["--namespace", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"];
    let (journey, answer) = Journey::plan(subject.as_ref(), &[&choices[..], &another].concat());
    answer.expect(0);
    let run = journey.convert();
    journey.undo(&run);
}

/// Two rows whose new ids are made one before anything is final: the map holds each id once,
/// so nothing is overwritten or merged, and the run is taken back whole.
pub fn of_staged(product: Product) {
    let subject = new_mysql(product, "case_collision");
    subject.execute(
        "CREATE TABLE coin (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, side varchar(9));
         CREATE TABLE purse (coin_id int, FOREIGN KEY (coin_id) REFERENCES coin (id));
         INSERT INTO coin (side) VALUES ('head'), ('tail'); INSERT INTO purse VALUES (1), (2), (NULL)",
    );
    let (journey, answer) = Journey::plan(subject.as_ref(), &["--all"]);
    answer.expect(0);
    let find = "SELECT MIN(table_name) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE '\\_rekey\\_map\\_%'";
    let spoil = format!(
        "SET @m = ({find}); SET @s = CONCAT('INSERT INTO ', @m, ' SELECT old_id + 100, new_id FROM ', @m); PREPARE spoil FROM @s; EXECUTE spoil"
    );
    let target = subject.target();
    let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    let rekey = Rekey::new(subject.password());
    rekey.done(&["plan", &target, "-o", "plan.json", "--all"]);
    let answer = spoiling(rekey, &spoil).json(&arguments).expect(1);
    assert_eq!(answer.failure()["state"]["state"], "rolled_back", "{answer}");
    assert!(answer.to_string().contains("Duplicate entry"), "{answer}");
    assert_same("the dump after a collision", &journey.start.dump, &subject.dump());
    let run = journey.convert();
    journey.undo(&run);
}
