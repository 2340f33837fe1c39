//! The password is random for each run of the tests, and is looked for wherever it must
//! not be: arguments and environments, output, logs, journal, reports and files of the
//! application, in every spelling that an encoder could give it.

use std::path::Path;

use libtest_mimic::Trial;

use crate::support::failpoints::{Stopped, record};
use crate::support::journey::{Journey, OVERRIDES};
use crate::support::oracle::assert_secret_free;
use crate::support::postgres::shared;
use crate::support::process::family;
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::new_postgres;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("canary::whole_job_with_trace_log", &[Requirement::Postgres], whole_job_with_trace_log),
        trial("canary::processes", &[Requirement::Postgres, Requirement::Failpoints], processes),
        trial("canary::url", &[Requirement::Postgres], url),
        trial("canary::failures", &[Requirement::Postgres], failures),
        trial("canary::is_found_where_it_is", &[], is_found_where_it_is),
    ]
}

const TABLES: &str = "
CREATE TABLE shelf (id serial PRIMARY KEY, name text);
CREATE TABLE jar (id serial PRIMARY KEY, shelf_id integer REFERENCES shelf (id));
INSERT INTO shelf (name) VALUES ('top');
INSERT INTO jar (shelf_id) VALUES (1);
";

// Every answer is searched by `Rekey::judge`; here follow the files.
fn whole_job_with_trace_log() {
    let subject = new_postgres("canary_job");
    subject.execute(TABLES);
    let (mut journey, answer) = Journey::plan(subject.as_ref(), &["--all"]);
    answer.expect(0);
    journey.rekey = journey.rekey.with_env("REKEY_LOG", "trace").with_env("RUST_LOG", "trace");
    let target = subject.target();
    let answer =
        journey.rekey.json(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat()).expect(0);
    let run = answer.json["run"].as_str().unwrap().to_owned();
    journey.report(&run);
    journey.rekey.done(&["inspect", &target]);
    journey.rekey.done(&["validate", &target, "--run", &run]);
    assert_secret_free("the journal", &subject.journal(), shared().password());
    journey.rekey.done(&["undo", &target, "--run", &run, "--yes"]);
    assert_secret_free("the journal", &subject.journal(), shared().password());
    search(journey.rekey.home(), &journey.rekey);
}

// Everything below the home but the password's own file.
fn search(folder: &Path, rekey: &Rekey) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            search(&path, rekey);
        } else if path != rekey.path("password") {
            let bytes = std::fs::read(&path).unwrap_or_default();
            assert_secret_free(&path.display().to_string(), &bytes, shared().password());
        }
    }
}

// At every point of a run: arguments and environment of the command and of its children.
fn processes() {
    let subject = new_postgres("canary_processes");
    subject.execute(TABLES);
    let points = {
        let twin = subject.duplicate();
        let (journey, _) = Journey::plan(twin.as_ref(), &["--all"]);
        let target = twin.target();
        record(journey.rekey, &[&["run", &target, "--plan", "plan.json", "--yes", "--json"][..], &OVERRIDES].concat()).1
    };
    for point in [points.first(), points.get(points.len() / 2), points.last()].into_iter().flatten() {
        let twin = subject.duplicate();
        let (journey, answer) = Journey::plan(twin.as_ref(), &["--all"]);
        answer.expect(0);
        let target = twin.target();
        let arguments = [&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat();
        let (_rekey, stopped) = Stopped::at(journey.rekey, point, &arguments);
        let family = family(stopped.process.0.id());
        assert!(!family.is_empty());
        for process in family {
            for file in ["cmdline", "environ"] {
                let bytes = std::fs::read(format!("/proc/{process}/{file}")).unwrap_or_default();
                assert!(file != "cmdline" || !bytes.is_empty(), "process {process} cannot be looked at");
                assert_secret_free(&format!("/proc/{process}/{file} at {point}"), &bytes, shared().password());
            }
        }
        assert_secret_free("the output", stopped.output().as_bytes(), shared().password());
    }
}

// A password in the address is accepted, warned about, and told to nobody.
fn url() {
    let subject = new_postgres("canary_url");
    subject.execute(TABLES);
    let rekey = Rekey::new(None).with_env("REKEY_LOG", "trace");
    let target = shared().url_with_password("canary_url");
    let secret = shared().password();
    let told = |arguments: &[&str]| {
        let answer = rekey.json(arguments).expect(0);
        assert_secret_free("stdout", &answer.outcome.stdout, secret);
        assert_secret_free("stderr", answer.outcome.stderr.as_bytes(), secret);
        let warned = answer.outcome.stderr.to_lowercase();
        assert!(
            warned.contains("password"),
            "the password in the address is not warned about: {arguments:?} {}",
            answer.outcome.stderr
        );
        answer.json
    };
    told(&["inspect", &target]);
    told(&["plan", &target, "-o", "plan.json", "--all"]);
    let run = told(&[&["run", &target, "--plan", "plan.json", "--yes"][..], &OVERRIDES].concat());
    let run = run["run"].as_str().unwrap().to_owned();
    told(&["validate", &target, "--run", &run]);
    rekey.run(&["report", "--run", &run, "--format", "html", "-o", "report.html"]).expect(0);
    assert_secret_free("the journal", &subject.journal(), secret);
    search(rekey.home(), &rekey);
}

// Errors quote what they were given; never the password.
fn failures() {
    let secret = shared().password();
    let rekey = Rekey::new(None).with_env("REKEY_LOG", "trace");
    let whole = shared().url_with_password("canary_nowhere");
    let wrong_port = whole.replace(&format!(":{}/", shared().port()), ":notaport/");
    let odd_mode = format!("{whole}?sslmode=perhaps");
    let odd_scheme = whole.replace("postgres://", "oracle://");
    let wrong_user = whole.replace("postgres://postgres:", "postgres://nobody_at_all:");
    for target in [&whole, &wrong_port, &odd_mode, &odd_scheme, &wrong_user] {
        for arguments in [
            vec!["inspect", target],
            vec!["plan", target, "-o", "plan.json", "--all"],
            vec!["status", target],
            vec!["inspect", target, "--nonsense"],
        ] {
            let answer = rekey.run(&arguments);
            assert!(answer.outcome.code != Some(0), "{}", answer.outcome.stderr);
            assert_secret_free("stdout", &answer.outcome.stdout, secret);
            assert_secret_free("stderr", answer.outcome.stderr.as_bytes(), secret);
        }
    }
    search(rekey.home(), &rekey);
}

// The search itself: it must find what was hidden on purpose, or it proves nothing.
fn is_found_where_it_is() {
    let secret = "p@\"abcdefGHIJKL0123456789/%";
    for hidden in [
        format!("dsn=postgres://u:{secret}@h"),
        "x p%40%22abcdefGHIJKL0123456789%2F%25 y".to_owned(),
        "{\"p\":\"p@\\\"abcdefGHIJKL0123456789/%\"}".to_owned(),
        "cEAiYWJjZGVmR0hJSktMMDEyMzQ1Njc4OS8l".to_owned(),
    ] {
        let found = std::panic::catch_unwind(|| assert_secret_free("a trap", hidden.as_bytes(), secret));
        assert!(found.is_err(), "not found in {hidden}");
    }
    assert_secret_free("nothing", b"nothing to see here", secret);
}
