//! What people vouch for: on the list, in the way of a run, kept with it and printed.

use libtest_mimic::Trial;
use serde_json::{Value, json};

use super::Pair;
use super::bench::{Bench, fired, quiet};
use super::everywhere::{database, shop};
use crate::support::requirement::{Requirement, trial};

pub fn pairs() -> Vec<Pair> {
    vec![Pair::new("sign_off", "sqlite", &[Requirement::SqliteTool], sign_off)]
}

pub fn trials() -> Vec<Trial> {
    vec![
        trial("checklist sign-off refuses a run on production", &[Requirement::Postgres], || kept("postgres")),
        trial("checklist sign-off is kept with a run (mariadb)", &[Requirement::Mariadb], || kept("mariadb")),
    ]
}

const SAFETY: [&str; 4] = ["--no-backup", "a test", "--no-rehearsal", "a test"];

/// Every item that production asks for, signed, and everything arranged; names are markup.
fn everything(bench: &Bench) -> Value {
    let target = bench.subject.target();
    let asked =
        bench.rekey.done(&["check", &target, "--plan", "plan.json", "--only", "drift", "--profile", "production"]);
    let ids = asked["manual"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned());
    let tick = json!({ "by": "Ann <b>", "at": "2026-01-31T09:30:00Z", "note": "seen" });
    let items: serde_json::Map<String, Value> = ids.map(|id| (id, tick.clone())).collect();
    json!({
        "items": items,
        "maintenance_window": { "from": "2026-02-01T02:00:00Z", "to": "four hours later" },
        "communication": [{ "who": "customers", "how": "mail on Friday" }],
        "contacts": [{ "name": "Ben", "role": "database", "reach": "extension 7" }],
    })
}

fn write(bench: &Bench, ticks: &Value) {
    std::fs::write(bench.rekey.path("ticks.json"), ticks.to_string()).unwrap();
}

fn sign_off() {
    let subject = database("sqlite", "list_sign_off");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let look = |more: &[&str]| bench.look_with("sign_off", more);
    assert_eq!(look(&[])["outcome"], "not_applicable");
    quiet(&look(&["--profile", "development"]));
    let staging = look(&["--profile", "staging"]);
    assert_eq!(staging["outcome"], "warning", "{staging:#}");
    let production = look(&["--profile", "production"]);
    assert_eq!(production["outcome"], "blocking", "{production:#}");
    fired(&production, "third_parties");
    let mut ticks = everything(&bench);
    write(&bench, &ticks);
    quiet(&look(&["--ticks", "ticks.json"]));
    ticks["contacts"] = json!([]);
    write(&bench, &ticks);
    fired(&look(&["--ticks", "ticks.json"]), "whom to reach");
}

// Refused with what is open and nothing touched; with everything signed it runs, and record,
// journal and every form of the report tell who answers for what.
fn kept(product: &str) {
    let subject = database(product, "list_kept");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let target = subject.target();
    let mut ticks = everything(&bench);
    let signed = ticks.clone();
    ticks["items"].as_object_mut().unwrap().remove("announced");
    write(&bench, &ticks);
    let run = ["run", &target, "--plan", "plan.json", "--yes", "--ticks", "ticks.json", "--profile"];
    let refused = bench.rekey.json(&[&run[..], &["production"], &SAFETY].concat()).expect(3);
    assert!(refused.failure().to_string().contains("announced"), "{refused}");
    let runs = bench.rekey.done(&["status", &target]);
    assert_eq!(runs["runs"].as_array().map(Vec::len), Some(0), "{runs:#}");
    write(&bench, &signed);
    let record = bench.rekey.done(&[&run[..], &["production"], &SAFETY].concat());
    assert_eq!(record["sign_off"]["profile"], "production", "{record:#}");
    let id = record["run"].as_str().unwrap();
    for (format, told) in [("html", "Ann &#60;b&#62;"), ("md", "Ann \\<b\\>"), ("json", "Ann <b>")] {
        let text = bench.rekey.run(&["report", "--run", id, "--format", format]).expect(0).outcome.text();
        for part in [told, "four hours later", "customers", "extension 7"] {
            assert!(text.contains(part), "'{part}' is not in the report as {format}:\n{text}");
        }
    }
    let undone = bench.rekey.done(&["undo", &target, "--run", id, "--yes"]);
    assert_eq!(undone["sign_off"], record["sign_off"], "it is read from the journal: {undone:#}");
}
