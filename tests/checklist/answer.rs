//! The answer as a whole: what scripts read and what people read.

use libtest_mimic::Trial;
use rekey_engine::check::Name;

use super::bench::Bench;
use super::everywhere::{PRODUCTS, database, shop};
use crate::support::requirement::{Requirement, trial};

const OVERRIDE: [&str; 4] = ["--no-backup", "a test", "--no-rehearsal", "a test"];

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("checklist words", &[Requirement::SqliteTool], words),
        trial("checklist ticks", &[Requirement::SqliteTool], ticks),
        trial("checklist only", &[Requirement::SqliteTool], only),
    ];
    trials.extend(
        PRODUCTS
            .iter()
            .map(|(product, needs)| trial(&format!("checklist whole {product}"), &[*needs], || whole(product))),
    );
    trials
}

// Everything is looked at or says why not, and findings are those of the checks.
fn whole(product: &str) {
    let subject = database(product, "list_whole");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let target = subject.target();
    let words = ["check", &target, "--plan", "plan.json", "--inventory", "inventory.json"];
    let list = bench.rekey.done(&[&words[..], &OVERRIDE].concat());
    let checks = list["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().map(|check| check["name"].as_str().unwrap()).collect();
    let known: Vec<&str> = Name::ALL.iter().map(|name| name.word()).collect();
    assert_eq!(names, known);
    for check in checks {
        let told = [&check["measured"], &check["reason"]];
        assert!(
            told.iter().any(|text| text.as_str().is_some_and(|text| !text.is_empty())),
            "it says nothing: {check:#}"
        );
        assert_ne!(check["outcome"], "unknown", "it could be looked at: {check:#}");
    }
    let found: usize = checks.iter().map(|check| check["findings"].as_array().unwrap().len()).sum();
    assert_eq!(found, list["findings"].as_array().unwrap().len(), "{list:#}");
    assert_eq!(list["clear"], true, "{list:#}");
    // Going without a backup is a warning.
    assert_eq!(list["grade"]["letter"], "B", "{:#}", list["grade"]);
    assert!(list["grade"]["minutes"].as_f64().is_some_and(|minutes| minutes > 0.0 && minutes < 1.0));
    let inventory = std::fs::read_to_string(bench.rekey.path("inventory.json")).unwrap();
    assert!(inventory.contains("\"tables\": 3") && inventory.contains("\"rows\""), "{inventory}");
    for name in ["customer", "purchase", "user_sessions", "list_whole", "note", "jam"] {
        assert!(!inventory.contains(name), "the inventory names {name}: {inventory}");
    }
}

fn words() {
    let subject = database("sqlite", "list_words");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let target = subject.target();
    let said = bench.rekey.run(&["check", &target, "--plan", "plan.json"]).expect(0).outcome.text();
    for line in
        ["Access\n  ok ", "Tools\n", "  decide   Backup (backup): none", "The checklist is not clear.", "Grade C: "]
    {
        assert!(said.contains(line), "'{line}' is not there:\n{said}");
    }
}

fn only() {
    let subject = database("sqlite", "list_only");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let target = subject.target();
    let words = ["check", &target, "--plan", "plan.json", "--only", "orphans", "--only", "writers"];
    let list = bench.rekey.done(&words);
    let names: Vec<&str> =
        list["checks"].as_array().unwrap().iter().filter_map(|check| check["name"].as_str()).collect();
    assert_eq!(names, ["orphans", "writers"]);
    assert!(list["grade"].is_null(), "two checks are not graded: {list:#}");
    let wrong = bench.rekey.json(&["check", &target, "--plan", "plan.json", "--only", "orphan"]).expect(2);
    assert!(wrong.failure()["remedy"].to_string().contains("orphans"), "{wrong}");
}

// What people tick stands beside the checks, and who ticked it.
fn ticks() {
    let subject = database("sqlite", "list_ticks");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let target = subject.target();
    let words = ["check", &target, "--plan", "plan.json", "--only", "drift"];
    let items = |more: &[&str]| bench.rekey.done(&[&words[..], more].concat())["manual"].as_array().unwrap().clone();
    assert!(items(&[]).is_empty());
    let (few, all) = (items(&["--profile", "development"]), items(&["--profile", "production"]));
    assert!(!few.is_empty() && few.len() < all.len() && all.iter().all(|item| item["tick"].is_null()));
    let file = bench.rekey.path("ticks.json");
    std::fs::write(&file, r#"{"contacts": {"by": "Ann", "at": "2026-01-31T09:30:00Z"}}"#).unwrap();
    let signed = items(&["--ticks", "ticks.json"]);
    let ticked: Vec<_> = signed.iter().filter(|item| !item["tick"].is_null()).collect();
    assert!(ticked.len() == 1 && ticked[0]["id"] == "contacts" && ticked[0]["tick"]["by"] == "Ann", "{ticked:?}");
    std::fs::write(&file, r#"{"contracts": {"by": "Ann", "at": "2026-01-31T09:30:00Z"}}"#).unwrap();
    bench.rekey.json(&[&words[..], &["--ticks", "ticks.json"]].concat()).expect(2).failure();
}
