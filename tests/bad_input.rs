//! Bad input: each ends with what happened, why, what to do and the state of the data, and
//! with the documented exit code. Nothing panics, nothing is changed.

use std::process::Command;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::dump::assert_same;
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::postgres::{Database, is_root, shared};
use crate::support::process::{find_program, finish, free_port};
use crate::support::rekey::{Answer, Rekey};
use crate::support::requirement::{Requirement, trial};
use crate::support::sqlite::File;
use crate::support::subject::{Subject, new_postgres, new_sqlite};

const TABLES: &str = "
CREATE TABLE shelf (id integer PRIMARY KEY, name text);
CREATE TABLE jar (id integer PRIMARY KEY, shelf_id integer REFERENCES shelf (id), name text);
INSERT INTO shelf VALUES (1, 'top'), (2, 'bottom');
INSERT INTO jar VALUES (1, 2, 'jam'), (2, 1, 'honey');
";

/// A test that holds for every product.
type Test = fn(&dyn Subject);

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let postgres = [Requirement::Postgres];
    let sqlite = [Requirement::SqliteTool];
    let mut trials = vec![
        trial("bad_input::wrong_password", &postgres, wrong_password),
        trial("bad_input::no_password", &postgres, no_password),
        trial("bad_input::unknown_user", &postgres, unknown_user),
        trial("bad_input::missing_database", &postgres, missing_database),
        trial("bad_input::no_rights", &postgres, no_rights),
        trial("bad_input::one_connection", &postgres, one_connection),
        trial("bad_input::read_only_server", &postgres, read_only_server),
        trial("bad_input::unreachable_port", &[], unreachable_port),
        trial("bad_input::not_postgres_behind_the_port", &[], not_postgres_behind_the_port),
        trial("bad_input::addresses_that_cannot_be_read", &[], addresses_that_cannot_be_read),
        trial("bad_input::files_that_are_no_database", &[], files_that_are_no_database),
        trial("bad_input::damaged_database", &sqlite, damaged_database),
        trial("bad_input::read_only_file", &sqlite, read_only_file),
        trial("bad_input::usage", &sqlite, usage),
        trial("bad_input::unknown_run", &sqlite, unknown_run),
        trial("bad_input::answers_that_cannot_be_read", &sqlite, answers_that_cannot_be_read),
        trial("bad_input::output_that_cannot_be_written", &sqlite, output_that_cannot_be_written),
        trial("bad_input::undo_twice", &sqlite, undo_twice),
        trial("bad_input::later_versions_say_so", &sqlite, later_versions_say_so),
    ];
    for (product, need) in [("postgres", Requirement::Postgres), ("sqlite", Requirement::SqliteTool)] {
        let tests: [(&str, Test); 9] = [
            ("schema_changed", schema_changed),
            ("plan_edited", plan_edited),
            ("not_a_plan", not_a_plan),
            ("plan_of_another_database", plan_of_another_database),
            ("no_key_at_all", no_key_at_all),
            ("unknown_domain", unknown_domain),
            ("empty_database", empty_database),
            ("no_consent", no_consent),
            ("already_converted", already_converted),
        ];
        for (name, test) in tests {
            trials.push(trial(&format!("bad_input::{name}::{product}"), &[need], move || {
                test(fresh(product, name).as_ref());
            }));
        }
    }
    trials
}

fn fresh(product: &str, name: &str) -> Box<dyn Subject> {
    if product == "postgres" { new_postgres(&format!("bad_{name}")) } else { new_sqlite(&format!("bad_{name}")) }
}

/// Both faces of a failure: the JSON document, and the text with the same four parts.
fn assert_told(rekey: &Rekey, arguments: &[&str], code: i32, words: &[&str]) -> Answer {
    let answer = rekey.json(arguments).expect(code);
    let failure = answer.failure().clone();
    let told = failure.to_string();
    for word in words {
        assert!(told.to_lowercase().contains(&word.to_lowercase()), "'{word}' is not told: {answer}");
    }
    let plain = rekey.run(arguments).expect(code);
    let text = plain.outcome.stderr.clone() + &plain.outcome.text();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for field in ["what", "why", "state_sentence"] {
        let part = failure[field].as_str().unwrap();
        // Ids of runs and the like may differ from one call to the next.
        let part: String = part.chars().take(40).collect();
        assert!(flat(&text).contains(&flat(&part)), "the text lacks '{field}' ({part}): {plain}");
    }
    let remedy = failure["remedy"][0].as_str().unwrap();
    let remedy: String = remedy.chars().take(30).collect();
    assert!(flat(&text).contains(&flat(&remedy)), "the text does not say what to do ({remedy}): {plain}");
    answer
}

fn assert_untouched(answer: &Answer) {
    assert_eq!(answer.failure()["state"]["state"], "untouched", "{answer}");
}

fn wrong_password() {
    let database = Database::create("bad_password");
    database.execute(TABLES);
    let rekey = Rekey::new(Some("certainly wrong 4711"));
    let url = shared().url(database.name());
    for command in [vec!["inspect", &url], vec!["plan", &url, "-o", "plan.json", "--all"], vec!["status", &url]] {
        assert_untouched(&assert_told(&rekey, &command, 1, &["password", "postgres"]));
    }
    assert!(!rekey.path("plan.json").exists(), "a plan was written without a login");
}

fn no_password() {
    let database = Database::create("bad_no_password");
    let url = shared().url(database.name());
    // Nobody can be asked: standard input is no terminal.
    let rekey = Rekey::new(None);
    let answer = rekey.json(&["inspect", &url]);
    assert!(matches!(answer.outcome.code, Some(1 | 2)), "{answer}");
    assert!(answer.failure().to_string().contains("password"), "{answer}");
    // A password file that is not there, and an empty one.
    for file in ["/nowhere/password", "/dev/null"] {
        let answer = rekey.json(&["inspect", &url, "--password-file", file]);
        assert!(matches!(answer.outcome.code, Some(1 | 2)), "{answer}");
        answer.failure();
    }
}

fn unknown_user() {
    let database = Database::create("bad_user");
    let url = shared().url(database.name()).replace("postgres@", "nobody_of_that_name@");
    let rekey = Rekey::new(Some(shared().password()));
    assert_untouched(&assert_told(&rekey, &["inspect", &url], 1, &["nobody_of_that_name"]));
}

fn missing_database() {
    let rekey = Rekey::new(Some(shared().password()));
    let url = shared().url("there is none");
    assert_untouched(&assert_told(&rekey, &["inspect", &url], 1, &["there is none"]));
}

// A role that may read everything and owns nothing.
fn no_rights() {
    let database = Database::create("bad_rights");
    database.execute(TABLES);
    database.execute("DROP ROLE IF EXISTS bad_rights_reader; CREATE ROLE bad_rights_reader LOGIN PASSWORD 'reader4711'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO bad_rights_reader");
    let before = database.dump(&[]);
    let url = shared().url(database.name()).replace("postgres@", "bad_rights_reader@");
    let rekey = Rekey::new(Some("reader4711"));
    rekey.done(&["inspect", &url]);
    let planned = rekey.json(&["plan", &url, "-o", "plan.json", "--all"]);
    if planned.outcome.code == Some(0) {
        let run = [&["run", &url, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
        let answer = rekey.json(&run);
        assert!(matches!(answer.outcome.code, Some(1 | 3)), "{answer}");
        answer.failure();
    } else {
        planned.expect(3).failure();
    }
    assert_same("the dump after a run without rights", &before, &database.dump(&[]));
    database.execute("DROP OWNED BY bad_rights_reader; DROP ROLE bad_rights_reader");
}

// What is asked over two connections elsewhere is asked over the one that there is.
fn one_connection() {
    let database = Database::create("bad_one_connection");
    database.execute(TABLES);
    let role = "bad_one_connection_reader";
    database.execute(&format!("DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN PASSWORD 'reader4711'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"));
    let url = shared().url(database.name()).replace("postgres@", &format!("{role}@"));
    let rekey = Rekey::new(Some("reader4711"));
    let ask = || {
        let found = rekey.done(&["inspect", &url]);
        let planned = rekey.json(&["plan", &url, "--all", "--accept-defaults"]);
        assert!(planned.json["steps"].as_array().is_some_and(|steps| !steps.is_empty()), "{planned}");
        (found, planned.json)
    };
    let two = ask();
    database.execute(&format!("ALTER ROLE {role} CONNECTION LIMIT 1"));
    assert!(ask() == two, "with one connection something else is found");
    database.execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

fn read_only_server() {
    let subject = new_postgres("bad_read_only");
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(subject.as_ref(), &["--all"]);
    answer.expect(0);
    subject.execute("ALTER DATABASE bad_read_only SET default_transaction_read_only = on");
    let target = subject.target();
    let answer = journey.rekey.json(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat());
    if answer.outcome.code == Some(0) {
        // A default may be overridden for a session; then the run is whole.
        journey.assert_converted(answer.json["run"].as_str().unwrap());
        return;
    }
    answer.failure();
    assert_same("the dump after a refused run", &journey.start.dump, &subject.dump());
}

fn unreachable_port() {
    let rekey = Rekey::new(None).with_password("not asked for");
    let url = format!("postgres://ann@127.0.0.1:{}/shop", free_port());
    assert_untouched(&assert_told(&rekey, &["inspect", &url], 1, &["127.0.0.1"]));
    let answer = rekey.json(&["inspect", "postgres://ann@no-such-host.invalid/shop"]).expect(1);
    assert!(answer.failure().to_string().contains("no-such-host.invalid"), "{answer}");
}

// Somebody listens and never says a word, or talks another language.
fn not_postgres_behind_the_port() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            use std::io::Write;
            let mut stream = stream;
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let rekey = Rekey::new(None).with_password("not asked for");
    let answer = rekey.json(&["inspect", &format!("postgres://ann@127.0.0.1:{port}/shop")]).expect(1);
    answer.failure();
}

fn addresses_that_cannot_be_read() {
    let rekey = Rekey::new(None);
    for target in [
        "postgres://",
        "postgres://ann@host:port/db",
        "oracle://ann@host/db",
        "postgres://ann@h/db?sslmode=perhaps",
        "postgres://a%FF@h/db",
    ] {
        let answer = rekey.json(&["inspect", target]).expect(2);
        answer.failure();
    }
}

/// What is no database is told apart and stays as it is.
pub fn files_that_are_no_database() {
    let rekey = Rekey::new(None);
    std::fs::write(rekey.path("letter.txt"), "Dear Ann, this is no database.\n".repeat(100)).unwrap();
    std::fs::write(rekey.path("picture.png"), [0x89, b'P', b'N', b'G', 0, 0, 0, 0].repeat(600)).unwrap();
    std::fs::create_dir(rekey.path("folder")).unwrap();
    for (name, words) in [
        ("letter.txt", "letter.txt"),
        ("picture.png", "picture.png"),
        ("folder", "folder"),
        ("missing.db", "missing.db"),
    ] {
        let answer = assert_told(&rekey, &["inspect", &rekey.file(name)], 1, &[words]);
        assert_untouched(&answer);
        let plan = rekey.json(&["plan", &rekey.file(name), "-o", "plan.json", "--all"]).expect(1);
        plan.failure();
    }
    assert!(!rekey.path("missing.db").exists(), "looking at a missing file made one");
    std::fs::write(rekey.path("empty.db"), "").unwrap();
    let answer = rekey.json(&["inspect", &rekey.file("empty.db")]);
    assert!(matches!(answer.outcome.code, Some(0 | 1)), "{answer}");
}

/// The head is right, a page in the middle is not.
pub fn damaged_database() {
    let file = File::create("damaged.db");
    file.execute(TABLES);
    file.execute("WITH RECURSIVE n (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM n WHERE n < 3000) INSERT INTO jar SELECT n, 1, 'jar number ' || n FROM n");
    let mut bytes = std::fs::read(file.path()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(file.path(), &bytes).unwrap();
    let rekey = Rekey::new(None);
    let target = file.path().display().to_string();
    let planned = rekey.json(&["plan", &target, "-o", "plan.json", "--all"]);
    if planned.outcome.code == Some(0) {
        let answer = rekey.json(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat());
        assert!(answer.outcome.code != Some(0), "a damaged file was converted: {answer}");
        answer.failure();
    } else {
        planned.failure();
    }
    assert!(std::fs::read(file.path()).unwrap() == bytes, "the damaged file was written to");
}

/// As root no file is read-only, so the child gives up that power first.
pub fn read_only_file() {
    use std::os::unix::fs::PermissionsExt;
    let file = File::create("readonly.db");
    file.execute(TABLES);
    let rekey = Rekey::new(None);
    let target = file.path().display().to_string();
    rekey.done(&["plan", &target, "-o", "plan.json", "--all"]);
    let before = std::fs::read(file.path()).unwrap();
    std::fs::set_permissions(file.path(), PermissionsExt::from_mode(0o444)).unwrap();
    std::fs::set_permissions(file.folder(), PermissionsExt::from_mode(0o555)).unwrap();
    let arguments = [&["run", target.as_str(), "--plan", "plan.json", "--yes", "--json"][..], &OVERRIDES].concat();
    let answer = powerless(&rekey, &arguments);
    std::fs::set_permissions(file.folder(), PermissionsExt::from_mode(0o755)).unwrap();
    assert!(matches!(answer.outcome.code, Some(1 | 3)), "{answer}");
    assert_untouched(&answer);
    assert!(answer.failure().to_string().contains("readonly.db"), "{answer}");
    assert!(std::fs::read(file.path()).unwrap() == before, "a read-only file was written to");
    assert_eq!(std::fs::read_dir(file.folder()).unwrap().count(), 1, "something was left beside the file");
}

fn powerless(rekey: &Rekey, arguments: &[&str]) -> Answer {
    if !is_root() {
        return rekey.run(arguments);
    }
    let setpriv = find_program("setpriv").expect("setpriv, to give up root's power over files");
    let mut command = Command::new(setpriv);
    command.args(["--inh-caps=-all", "--bounding-set=-all", "--"]).arg(env!("CARGO_BIN_EXE_rekey"));
    rekey.prepare(&mut command, arguments);
    rekey.judge(arguments, finish(&mut command, None))
}

fn usage() {
    let file = File::create("usage.db");
    file.execute(TABLES);
    let rekey = Rekey::new(None);
    let target = file.path().display().to_string();
    for arguments in [
        vec![],
        vec!["no-such-command"],
        vec!["plan"],
        vec!["plan", &target],
        vec!["plan", &target, "-o", "p.json", "--uuid", "v99"],
        vec!["plan", &target, "-o", "p.json", "--storage", "uuid"],
        vec!["run", &target],
        vec!["map", &target],
        vec!["map", &target, "--run", "x", "--format", "xml"],
        vec!["report"],
        vec!["inspect", &target, "--no-such-option"],
    ] {
        let answer = rekey.run(&arguments).expect(2);
        assert!(!answer.outcome.stderr.trim().is_empty(), "nothing was said: {answer}");
    }
    for arguments in [vec!["--help"], vec!["--version"], vec!["run", "--help"]] {
        assert!(!rekey.run(&arguments).expect(0).outcome.stdout.is_empty());
    }
}

fn unknown_run() {
    let file = File::create("unknown_run.db");
    file.execute(TABLES);
    let rekey = Rekey::new(None);
    let target = file.path().display().to_string();
    for arguments in [
        vec!["validate", &target, "--run", "zzzzzzzzzz"],
        vec!["undo", &target, "--run", "zzzzzzzzzz", "--yes"],
        vec!["map", &target, "--run", "zzzzzzzzzz", "--format", "csv"],
        vec!["validate", &target],
        vec!["undo", &target, "--yes"],
        vec!["report", "--run", "zzzzzzzzzz", "--format", "html", "-o", "r.html"],
        vec!["report", "--run", "../../etc/passwd", "--format", "json", "-o", "r.json"],
    ] {
        let answer = rekey.json(&arguments);
        assert!(matches!(answer.outcome.code, Some(1..=3)), "{answer}");
        answer.failure();
    }
    let status = rekey.json(&["status", &target]).expect(0);
    assert_eq!(status.json["runs"].as_array().map(Vec::len), Some(0), "{status}");
}

fn answers_that_cannot_be_read() {
    let file = File::create("answers.db");
    file.execute(TABLES);
    let rekey = Rekey::new(None);
    let target = file.path().display().to_string();
    std::fs::write(rekey.path("broken.json"), "{\"half").unwrap();
    std::fs::write(rekey.path("unknown.json"), "{\"no such question\": \"yes\"}").unwrap();
    for name in ["broken.json", "missing.json"] {
        let answer = rekey.json(&["plan", &target, "-o", "p.json", "--all", "--answers", name]);
        assert!(matches!(answer.outcome.code, Some(1 | 2)), "{answer}");
        answer.failure();
    }
    let answer = rekey.json(&["plan", &target, "-o", "p.json", "--all", "--answers", "unknown.json"]);
    if answer.outcome.code != Some(0) {
        answer.failure();
    }
}

fn output_that_cannot_be_written() {
    let file = File::create("output.db");
    file.execute(TABLES);
    let rekey = Rekey::new(None);
    let target = file.path().display().to_string();
    let answer = rekey.json(&["plan", &target, "-o", "/nowhere/at/all/plan.json", "--all"]).expect(1);
    assert!(answer.failure().to_string().contains("/nowhere/at/all/plan.json"), "{answer}");
}

fn undo_twice() {
    let subject = new_sqlite("undo_twice");
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(subject.as_ref(), &["--all"]);
    answer.expect(0);
    let run = journey.convert();
    journey.undo(&run);
    let target = subject.target();
    let answer = journey.rekey.json(&["undo", &target, "--run", &run, "--yes"]);
    assert!(answer.outcome.code != Some(0), "a run was taken back twice: {answer}");
    answer.failure();
    assert_same("the dump after a second undo", &journey.start.dump, &subject.dump());
}

// What the contract names and this version cannot do is refused, never ignored.
// SQLite has no type for UUIDs.
fn later_versions_say_so() {
    let file = File::create("later.db");
    file.execute(TABLES);
    let rekey = Rekey::new(None);
    let target = file.path().display().to_string();
    let answer = rekey.json(&["plan", target.as_str(), "-o", "p.json", "--all", "--storage", "uuid"]);
    assert!(answer.outcome.code != Some(0), "it was ignored: {answer}");
    assert!(!rekey.path("p.json").exists(), "a plan was written all the same: {answer}");
}

fn schema_changed(subject: &dyn Subject) {
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(subject, &["--all"]);
    answer.expect(0);
    subject.execute("ALTER TABLE jar ADD COLUMN weight integer");
    let before = subject.dump();
    let target = subject.target();
    let run = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    assert_untouched(&assert_told(&journey.rekey, &run, 3, &["weight"]));
    let check = [&["check", target.as_str(), "--plan", "plan.json"][..], &OVERRIDES].concat();
    journey.rekey.json(&check).expect(3);
    assert_same("the dump after a refused run", &before, &subject.dump());
}

fn plan_edited(subject: &dyn Subject) {
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(subject, &["--all"]);
    answer.expect(0);
    let target = subject.target();
    let run = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    let plan: Value = serde_json::from_slice(&std::fs::read(journey.plan_file()).unwrap()).unwrap();
    let edits: [fn(&mut Value); 5] = [
        |plan| plan["steps"][0]["statements"] = serde_json::json!(["DROP TABLE jar"]),
        |plan| plan["proofs"] = serde_json::json!([]),
        |plan| drop(plan["conversions"].as_array_mut().unwrap().pop()),
        |plan| plan["schema_fingerprint"] = Value::from("00"),
        |plan| plan["fingerprint"] = Value::from("0".repeat(64)),
    ];
    for edit in edits {
        let mut edited = plan.clone();
        edit(&mut edited);
        assert!(edited != plan, "the edit did nothing: the plan has another form than this test thinks");
        std::fs::write(journey.plan_file(), edited.to_string()).unwrap();
        let answer = journey.rekey.json(&run).expect(3);
        assert_untouched(&answer);
    }
    assert_same("the dump after refused plans", &journey.start.dump, &subject.dump());
    // The same plan in another layout is the same plan.
    std::fs::write(journey.plan_file(), plan.to_string()).unwrap();
    journey.convert();
}

fn not_a_plan(subject: &dyn Subject) {
    subject.execute(TABLES);
    let rekey = Rekey::new(subject.password());
    let target = subject.target();
    let texts = ["", "{}", "[]", "null", "not json at all", "{\"format\": 1}", "{\"format\": 99}"];
    for text in texts {
        std::fs::write(rekey.path("plan.json"), text).unwrap();
        let run = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
        let answer = rekey.json(&run).expect(2);
        assert_untouched(&answer);
        let check = rekey.json(&["check", &target, "--plan", "plan.json"]);
        assert!(check.outcome.code != Some(0), "{check}");
    }
    let missing = rekey.json(&[&["run", target.as_str(), "--plan", "nowhere.json", "--yes"][..], &OVERRIDES].concat());
    assert!(matches!(missing.outcome.code, Some(1 | 2)), "{missing}");
    assert!(missing.failure().to_string().contains("nowhere.json"), "{missing}");
}

fn plan_of_another_database(subject: &dyn Subject) {
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(subject, &["--all"]);
    answer.expect(0);
    let other = if subject.product() == "postgres" { new_postgres("bad_other") } else { new_sqlite("bad_other") };
    other.execute("CREATE TABLE something_else (id integer PRIMARY KEY)");
    let before = other.dump();
    let target = other.target();
    let run = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    let answer = journey.rekey.json(&run);
    assert!(matches!(answer.outcome.code, Some(2 | 3)), "{answer}");
    assert_untouched(&answer);
    assert_same("the dump after a plan of another database", &before, &other.dump());
}

fn no_key_at_all(subject: &dyn Subject) {
    subject.execute("CREATE TABLE note (said text); INSERT INTO note VALUES ('a')");
    let rekey = Rekey::new(subject.password());
    let target = subject.target();
    let inspected = rekey.done(&["inspect", &target]);
    assert_eq!(inspected["domains"].as_array().map(Vec::len), Some(0), "{inspected}");
    let plan = ["plan", target.as_str(), "-o", "plan.json", "--all", "--accept-defaults"];
    assert_untouched(&assert_told(&rekey, &plan, 3, &[]));
}

fn unknown_domain(subject: &dyn Subject) {
    subject.execute(TABLES);
    let rekey = Rekey::new(subject.password());
    let target = subject.target();
    let schema = if subject.product() == "postgres" { "public" } else { "main" };
    for name in ["jarr.id", "jar.idd", "jar", "jar.name", ""] {
        let name = format!("{schema}.{name}");
        let answer = rekey.json(&["plan", &target, "-o", "plan.json", "--domain", &name]);
        assert!(matches!(answer.outcome.code, Some(2 | 3)), "{answer}");
        assert_untouched(&answer);
        // What was refused may be saved to be looked at; it cannot be carried out.
        if rekey.path("plan.json").exists() {
            rekey.json(&[&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat()).expect(3);
            std::fs::remove_file(rekey.path("plan.json")).unwrap();
        }
    }
}

fn empty_database(subject: &dyn Subject) {
    let rekey = Rekey::new(subject.password());
    let target = subject.target();
    rekey.done(&["inspect", &target]);
    rekey.json(&["plan", &target, "-o", "plan.json", "--all"]).expect(3).failure();
}

fn no_consent(subject: &dyn Subject) {
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(subject, &["--all"]);
    answer.expect(0);
    let target = subject.target();
    let without_yes = [&["run", target.as_str(), "--plan", "plan.json"][..], &OVERRIDES].concat();
    let answer = journey.rekey.json(&without_yes);
    assert!(matches!(answer.outcome.code, Some(2)), "{answer}");
    let without_backup = ["run", target.as_str(), "--plan", "plan.json", "--yes", "--no-rehearsal", "a test"];
    let answer = journey.rekey.json(&without_backup);
    assert!(matches!(answer.outcome.code, Some(2 | 3)), "{answer}");
    assert!(answer.failure().to_string().contains("backup"), "{answer}");
    let empty_reason =
        ["run", target.as_str(), "--plan", "plan.json", "--yes", "--no-backup", " ", "--no-rehearsal", "a test"];
    let answer = journey.rekey.json(&empty_reason);
    assert!(matches!(answer.outcome.code, Some(2 | 3)), "an empty reason was accepted: {answer}");
    let no_such_backup = [
        "run",
        target.as_str(),
        "--plan",
        "plan.json",
        "--yes",
        "--backup",
        "/nowhere.backup",
        "--no-rehearsal",
        "a test",
    ];
    let answer = journey.rekey.json(&no_such_backup);
    assert!(answer.outcome.code != Some(0), "a backup that does not exist was accepted: {answer}");
    answer.failure();
    assert_same("the dump after runs without consent", &journey.start.dump, &subject.dump());
    let run = journey.convert();
    let answer = journey.rekey.json(&["undo", &target, "--run", &run]).expect(2);
    drop(answer);
    journey.undo(&run);
}

// The plan was carried out already; a new plan finds nothing left to do.
fn already_converted(subject: &dyn Subject) {
    subject.execute(TABLES);
    let (journey, answer) = Journey::plan(subject, &["--all"]);
    answer.expect(0);
    let run = journey.convert();
    let target = subject.target();
    let again = [&["run", target.as_str(), "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
    let answer = journey.rekey.json(&again).expect(3);
    answer.failure();
    journey.rekey.json(&["plan", &target, "-o", "second.json", "--all"]).expect(3).failure();
    journey.assert_converted(&run);
    journey.undo(&run);
}
