//! Ids in arrays, beside the name of a class, and values that were set aside: everything that
//! can happen to a single one of them.

use super::Score;
use super::converted::{Converted, answers_file};
use super::rows::exchange;
use crate::support::dump::assert_same;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::subject::Subject;

/// Tables with all of it.
pub const TABLES: &str = "
CREATE TABLE person (id serial PRIMARY KEY, name text);
CREATE TABLE thing (id serial PRIMARY KEY, name text);
INSERT INTO person (name) SELECT 'p' || n FROM generate_series(1, 6) n;
INSERT INTO thing (name) SELECT 't' || n FROM generate_series(1, 6) n;
CREATE TABLE gathered (word text, person_ids integer[]);
INSERT INTO gathered VALUES ('order', '{3,1,2}'), ('double', '{1,1,2}'), ('null', '{NULL,1,2}'), ('empty', '{}'), ('none', NULL), ('bounds', '[0:1]={4,5}'), ('square', '{{1,2},{3,4}}'), ('single', '{5}'), ('nothing', '{NULL}');
CREATE TABLE remark (word text, remarkable_type text, remarkable_id integer);
INSERT INTO remark VALUES ('a', 'Person', 1), ('b', 'Thing', 1), ('c', 'Person', 2), ('d', 'Thing', 2), ('stray', 'Person', 77), ('none', NULL, NULL), ('half', 'Thing', NULL);
CREATE TABLE mark (word text, markable_type text, markable_id bigint);
INSERT INTO mark VALUES ('a', 'Person', 1), ('b', 'Thing', 1), ('gone', 'Gone', 3), ('nobody', NULL, 4), ('stray', 'Thing', 88);
CREATE TABLE django_content_type (id serial PRIMARY KEY, app_label text, model text);
INSERT INTO django_content_type (app_label, model) VALUES ('x', 'person'), ('x', 'thing'), ('x', 'gone');
CREATE TABLE entry (word text, object_id text, content_type_id integer REFERENCES django_content_type);
INSERT INTO entry VALUES ('a', '1', 1), ('b', '1', 2), ('c', '2', 1), ('gone', '1', 3), ('odd', '01', 1), ('stray', '99', 1), ('text', 'x', 2), ('untyped', '1', NULL);
CREATE TABLE paper (id serial PRIMARY KEY, word text, person_id integer);
INSERT INTO paper (word, person_id) VALUES ('a', 1), ('b', 2), ('lost', 70), ('lost too', 71), ('lost again', 70), ('none', NULL);
";

/// The answers that convert all of it.
pub const ANSWERS: &[(&str, &str)] = &[
    ("RK-193 public.gathered.person_ids", "convert"),
    ("RK-194 public.remark.remarkable_id", "convert"),
    ("RK-194 public.mark.markable_id", "text"),
    ("RK-194 public.entry.object_id", "convert"),
    ("inferred public.paper.person_id", "set_null"),
];

/// What is done to a finished conversion for the tests' own oracle.
pub const FOR_THE_TESTS: &[super::Defect] = &[
    ("an element is lost", "UPDATE gathered SET person_ids = person_ids[1:2] WHERE word = 'order'", false),
    (
        "an element is there twice",
        "UPDATE gathered SET person_ids = person_ids || person_ids[3] WHERE word = 'order'",
        false,
    ),
    (
        "two elements are exchanged",
        "UPDATE gathered SET person_ids = ARRAY[person_ids[2], person_ids[1], person_ids[3]] WHERE word = 'order'",
        false,
    ),
    ("an array has other bounds", "UPDATE gathered SET person_ids = person_ids[0:1] WHERE word = 'bounds'", false),
    ("an id is of another class", "UPDATE remark SET remarkable_type = 'Thing' WHERE word = 'a'", false),
    (
        "an id is that of the same number elsewhere",
        "UPDATE remark SET remarkable_id = (SELECT id FROM thing WHERE name = 't1') WHERE word = 'a'",
        false,
    ),
    ("a text is another", "UPDATE mark SET markable_id = '5' WHERE word = 'gone'", false),
    (
        "a text is the id of another",
        "UPDATE entry e SET object_id = o.object_id FROM entry o WHERE e.word = 'a' AND o.word = 'c'",
        false,
    ),
    (
        "a reference that was set aside is back",
        "UPDATE paper SET person_id = (SELECT id FROM person WHERE name = 'p1') WHERE word = 'lost'",
        false,
    ),
    ("the column of arrays is text", "ALTER TABLE gathered ALTER person_ids TYPE text", true),
];

const PERSON_6: &str = "(SELECT id FROM person WHERE name = 'p6')";
const THING_1: &str = "(SELECT id FROM thing WHERE name = 't1')";
const NOBODY: &str = "md5('nobody')::uuid";

// Kind, proof, what is set, of which row.
fn changes() -> Vec<(&'static str, &'static str, String, &'static str)> {
    let array = |kind, value: &str, row| (kind, "gathered", format!("person_ids = {value}"), row);
    let remark = |kind, set: &str, row| (kind, "remark", set.to_owned(), row);
    let mark = |kind, set: &str, row| (kind, "mark", set.to_owned(), row);
    let entry = |kind, set: &str, row| (kind, "entry", set.to_owned(), row);
    let paper = |kind, set: &str, row| (kind, "paper", set.to_owned(), row);
    vec![
        array("element lost", "person_ids[2:3]", "order"),
        array("element lost", "person_ids[1:2]", "order"),
        array("element lost", "ARRAY[person_ids[1], person_ids[3]]", "order"),
        array("element lost", "'{}'", "single"),
        array("element lost", "person_ids[2:3]", "null"),
        array("element doubled", "person_ids || person_ids[3]", "order"),
        array("element doubled", "person_ids[1] || person_ids", "null"),
        array("element doubled for another", "ARRAY[person_ids[1], person_ids[3], person_ids[3]]", "double"),
        array("elements exchanged", "ARRAY[person_ids[2], person_ids[1], person_ids[3]]", "order"),
        array("elements exchanged", "ARRAY[person_ids[2], person_ids[1], person_ids[3]]", "null"),
        array(
            "elements exchanged",
            "ARRAY[[person_ids[2][1], person_ids[1][2]], [person_ids[1][1], person_ids[2][2]]]",
            "square",
        ),
        array("element led elsewhere", &format!("ARRAY[person_ids[1], person_ids[2], {PERSON_6}]"), "order"),
        array("element led elsewhere", &format!("ARRAY[{THING_1}]"), "single"),
        array("element led nowhere", &format!("ARRAY[person_ids[1], {NOBODY}, person_ids[3]]"), "order"),
        array("element led nowhere", &format!("ARRAY[{NOBODY}]"), "nothing"),
        array("element empty", "ARRAY[NULL, person_ids[2], person_ids[3]]", "order"),
        array("element filled", "ARRAY[person_ids[2], person_ids[2], person_ids[3]]", "null"),
        array("empty array filled", "'{NULL}'", "empty"),
        array("array emptied", "'{}'", "nothing"),
        array("empty array lost", "NULL", "empty"),
        array("array invented", "'{}'", "none"),
        array("array lost", "NULL", "order"),
        array("bounds moved", "person_ids[0:1]", "bounds"),
        array(
            "dimension lost",
            "ARRAY[person_ids[1][1], person_ids[1][2], person_ids[2][1], person_ids[2][2]]",
            "square",
        ),
        array("dimension invented", "ARRAY[person_ids]", "single"),
        array("arrays exchanged", "(SELECT o.person_ids FROM gathered o WHERE o.word = 'double')", "order"),
        remark("id led elsewhere", &format!("remarkable_id = {PERSON_6}"), "a"),
        remark("id of the same number elsewhere", &format!("remarkable_id = {THING_1}"), "a"),
        remark("class exchanged", "remarkable_type = 'Thing'", "a"),
        remark("class lost", "remarkable_type = NULL", "a"),
        remark("class lost", "remarkable_type = NULL", "half"),
        remark("class unknown", "remarkable_type = 'Other'", "b"),
        remark("class and id of another", &format!("remarkable_type = 'Thing', remarkable_id = {THING_1}"), "a"),
        remark("id lost", "remarkable_id = NULL", "c"),
        remark("id lost", "remarkable_id = NULL", "stray"),
        remark("id invented", &format!("remarkable_id = {THING_1}"), "half"),
        remark("id led nowhere", &format!("remarkable_id = {NOBODY}"), "d"),
        remark("id led nowhere", &format!("remarkable_id = {NOBODY}"), "stray"),
        remark("stray led to a row", &format!("remarkable_id = {PERSON_6}"), "stray"),
        mark("number of another class changed", "markable_id = '5'", "gone"),
        mark("number of no class changed", "markable_id = '40'", "nobody"),
        mark("number of another class made an id", &format!("markable_id = {PERSON_6}::text"), "gone"),
        mark("id led elsewhere", &format!("markable_id = {PERSON_6}::text"), "a"),
        mark("id led nowhere", &format!("markable_id = {NOBODY}::text"), "b"),
        mark("id lost", "markable_id = NULL", "a"),
        entry("id led elsewhere", &format!("object_id = {PERSON_6}::text"), "a"),
        entry("id of the same number elsewhere", &format!("object_id = {THING_1}::text"), "a"),
        entry("text of another class changed", "object_id = '2'", "gone"),
        entry("text that is no number changed", "object_id = '1'", "odd"),
        entry("text that is no number changed", "object_id = 'y'", "text"),
        entry("stray changed", "object_id = '98'", "stray"),
        entry("text without a class made an id", &format!("object_id = {PERSON_6}::text"), "untyped"),
        entry("class exchanged", "content_type_id = (SELECT id FROM django_content_type WHERE model = 'thing')", "a"),
        entry("id lost", "object_id = NULL", "a"),
        paper("value that was set aside filled", &format!("person_id = {PERSON_6}"), "lost"),
        paper("reference lost", "person_id = NULL", "a"),
        paper("reference invented", &format!("person_id = {PERSON_6}"), "none"),
        paper("reference led elsewhere", &format!("person_id = {PERSON_6}"), "b"),
    ]
}

/// Feeds them all to the digests of the rows, and to the assertions where these must tell.
pub fn every_id_led_elsewhere_is_noticed(subject: Box<dyn Subject>) {
    let mut database = Converted::answered(subject, TABLES, ANSWERS);
    let mut score = Score::default();
    for (kind, table, set, row) in changes() {
        let statement = format!("UPDATE {table} SET {set} WHERE word = '{row}'");
        let loose = "ALTER TABLE entry DROP CONSTRAINT entry_content_type_id_fkey";
        let noticed = database.notices(&format!("rows public.{table}"), &format!("{loose}; {statement}"));
        score.count(kind, noticed, &statement);
    }
    for (kind, proof, statement) in [
        (
            "number passed over",
            "rewritten public.mark.markable_id",
            "UPDATE mark SET markable_id = '1' WHERE word = 'a'",
        ),
        ("number passed over", "rewritten public.entry.object_id", "UPDATE entry SET object_id = '1' WHERE word = 'b'"),
        (
            "other spelling",
            "rewritten public.mark.markable_id",
            "UPDATE mark SET markable_id = upper(markable_id) WHERE word = 'a'",
        ),
        (
            "other spelling",
            "rewritten public.entry.object_id",
            "UPDATE entry SET object_id = replace(object_id, '-', '') WHERE word = 'a'",
        ),
        ("type changed", "types", "ALTER TABLE gathered ALTER person_ids TYPE text[]"),
        ("type changed", "types", "ALTER TABLE mark ALTER markable_id TYPE varchar(40)"),
    ] {
        score.count(kind, database.notices(proof, statement), statement);
    }
    let map = database.map_of("public.person.id");
    for statement in [
        exchange(&map),
        format!("DELETE FROM {map} WHERE old_id = 1"),
        format!("UPDATE {map} SET old_id = 98 WHERE old_id = 1"),
    ] {
        for table in ["gathered", "remark", "mark", "entry", "paper"] {
            let noticed = database.notices(&format!("rows public.{table}"), &statement);
            score.count("entry of the map changed", noticed, &format!("{table}: {statement}"));
        }
    }
    let kept = database.kept();
    for (proof, statement) in [
        ("rows public.paper", format!("DELETE FROM {kept} WHERE old_id = 71")),
        ("rows public.paper", format!("UPDATE {kept} SET old_id = 72 WHERE old_id = 71")),
        ("rows public.paper", format!("UPDATE {kept} SET old_id = 141 - old_id")),
        ("rows public.paper", format!("INSERT INTO {kept} SELECT id, 73 FROM paper WHERE word = 'none'")),
        (
            "set_aside public.paper.person_id",
            format!(
                "UPDATE paper SET person_id = NULL WHERE word = 'a'; INSERT INTO {kept} SELECT id, 1 FROM paper WHERE word = 'a'"
            ),
        ),
    ] {
        score.count("value set aside changed", database.notices(proof, &statement), &statement);
    }
    score.judge(&format!("seeded::scattered on PostgreSQL {}", database.version()));
}

/// An element that no row has, or a class of another table, that came after the plan: the
/// checklist says so, and a run stops and leaves everything as it was.
pub fn strays_since_the_plan_are_refused(subject: &dyn Subject) {
    subject.execute(TABLES);
    let answers = answers_file(ANSWERS);
    let file = answers.path().display().to_string();
    for (table, statement, undone, run) in [
        ("gathered", "INSERT INTO gathered VALUES ('later', '{66}')", "DELETE FROM gathered WHERE word = 'later'", 3),
        ("remark", "INSERT INTO remark VALUES ('later', 'Gone', 1)", "DELETE FROM remark WHERE word = 'later'", 3),
    ] {
        let (journey, answer) = Journey::plan(subject, &["--all", "--answers", &file]);
        answer.expect(0);
        subject.execute(statement);
        let (before, target) = (subject.dump(), subject.target());
        let checked = journey.rekey.json(&[&["check", &target, "--plan", "plan.json"][..], &OVERRIDES].concat());
        assert!(checked.json.to_string().contains(&format!("public.{table}.")), "{table} is not named: {checked}");
        let arguments = [&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
        journey.rekey.json(&arguments).expect(run);
        assert_same("the dump after a run that was refused", &before, &subject.dump());
        subject.execute(undone);
    }
}

/// Once a run is kept, nothing of it is left but the journal and what makes new ids.
pub fn what_was_set_aside_goes_with_the_map(subject: &dyn Subject) {
    subject.execute(TABLES);
    let answers = answers_file(ANSWERS);
    let file = answers.path().display().to_string();
    let (journey, answer) = Journey::plan(subject, &["--all", "--answers", &file]);
    answer.expect(0);
    let run = journey.convert();
    let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'rekey'::regnamespace AND relkind = 'r' AND relname LIKE 'rk\\_%'";
    let functions = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'rekey'::regnamespace AND proname LIKE 'rk\\_%'";
    let count = |query| subject.answer(query).trim().to_owned();
    assert_eq!((count(tables).as_str(), count(functions).as_str()), ("5", "0"), "four maps and one table of values");
    journey.rekey.done(&["keep", &subject.target(), "--run", &run, "--yes"]);
    assert_eq!((count(tables).as_str(), count(functions).as_str()), ("0", "0"), "after the run was kept");
}
