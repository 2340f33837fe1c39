//! Backup and rehearsal, as the checklist sees them.

use std::path::Path;

use super::Pair;
use super::bench::{Bench, fired, quiet};
use super::everywhere::{PRODUCTS, database, shop};
use crate::support::requirement::Requirement;
use crate::support::subject::Subject;

pub fn pairs() -> Vec<Pair> {
    let each = PRODUCTS.iter().filter(|(product, _)| *product != "mysql");
    let mut pairs: Vec<Pair> =
        each.map(|(product, needs)| Pair::new("rehearsal", product, &[*needs], move || rehearsal(product))).collect();
    pairs.push(Pair::new("backup", "sqlite, by age", &[Requirement::SqliteTool], age));
    pairs
}

fn backed_up(bench: &Bench, subject: &dyn Subject) -> String {
    let made = bench.rekey.done(&["backup", &subject.target(), "--dir", &bench.rekey.file("backups")]);
    made["path"].as_str().unwrap().to_owned()
}

// Missing, done, and done with a red outcome, which is said.
fn rehearsal(product: &str) {
    let subject = database(product, "list_rehearsal");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let path = backed_up(&bench, subject.as_ref());
    let with = ["--backup", path.as_str()];
    fired(&bench.look_with("rehearsal", &with), "RK-004");
    let reason = [&with[..], &["--no-rehearsal", "the same ran on staging"]].concat();
    let warned = bench.look_with("rehearsal", &reason);
    assert_eq!(warned["outcome"], "warning", "{warned:#}");
    fired(&warned, "the same ran on staging");
    bench.rekey.done(&["rehearse", &subject.target(), "--plan", "plan.json", "--backup", &path]);
    quiet(&bench.look_with("rehearsal", &with));
    spoil(Path::new(&path));
    fired(&bench.look_with("rehearsal", &with), "a row was lost on the copy");
}

// A rehearsal that found something lies there as a green one does.
fn spoil(backup: &Path) {
    let folder = std::fs::read_dir(backup.parent().unwrap()).unwrap();
    let mut files = folder.map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.to_string_lossy().contains(".rehearsal-")).expect("it lies beside its backup");
    let mut told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    told["green"] = false.into();
    told["failure"] = "a row was lost on the copy".into();
    std::fs::write(&file, told.to_string()).unwrap();
}

// As old as its manifest says: a day and an hour, then eight days.
fn age() {
    let subject = database("sqlite", "list_age");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let path = backed_up(&bench, subject.as_ref());
    let manifest = format!("{path}.json");
    let aged = |hours: i64| {
        let mut told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&manifest).unwrap()).unwrap();
        let made = time::OffsetDateTime::now_utc() - time::Duration::hours(hours);
        told["created"] = made.format(&time::format_description::well_known::Rfc3339).unwrap().into();
        std::fs::write(&manifest, told.to_string()).unwrap();
    };
    let with = ["--backup", path.as_str()];
    let on = |profile: &'static str| [&with[..], &["--profile", profile]].concat();
    quiet(&bench.look_with("backup", &with));
    aged(25);
    quiet(&bench.look_with("backup", &with));
    quiet(&bench.look_with("backup", &on("staging")));
    fired(&bench.look_with("backup", &on("production")), "1 day and 1 hour old");
    aged(8 * 24);
    fired(&bench.look_with("backup", &with), "8 days old");
}
