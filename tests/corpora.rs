//! Public databases written by others: each is converted whole, or refused with findings,
//! and comes back to the letter.

use std::collections::BTreeSet;

use libtest_mimic::Trial;

use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::mysql::Product;
use crate::support::oracle::column_id;
use crate::support::requirement::{Requirement, corpora, trial};
use crate::support::rows::ColumnId;
use crate::support::subject::{Subject, new_postgres, new_postgres_of, new_sqlite};
use crate::support::subject_mysql::new_mysql;

/// Those of which every integer key must be converted.
const WHOLE: [&str; 6] = [
    "postgresql/chinook",
    "postgresql/chinook_identity",
    "postgresql/northwind",
    "postgresql/sakila",
    "postgresql/petclinic",
    "sqlite/chinook",
];

/// One trial per file that loads alone.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (product, folder, need) in [
        ("postgresql", "postgresql", Requirement::Postgres),
        ("sqlite", "sqlite", Requirement::SqliteTool),
        ("mariadb", "mysql", Requirement::Mariadb),
        ("mysql", "mysql", Requirement::Mysql),
    ] {
        let names = names(folder);
        if names.is_empty() {
            trials.push(trial(&format!("corpora::{product}"), &[Requirement::Corpora], || ()));
        }
        for name in names {
            let corpus = format!("{folder}/{name}");
            let needs = [Requirement::Corpora, need];
            trials.push(trial(&format!("corpora::{product}::{name}"), &needs, move || take(product, &corpus)));
        }
    }
    trials
}

fn names(folder: &str) -> BTreeSet<String> {
    std::fs::read_dir(corpora().join(folder))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".sql")?.to_owned()))
        .filter(|name| !name.ends_with(".rows"))
        .collect()
}

fn take(product: &str, corpus: &str) {
    let (_, name) = corpus.split_once('/').unwrap();
    let database = format!("corpus_{name}");
    let subject = match product {
        "sqlite" => new_sqlite(name),
        "mariadb" => new_mysql(Product::Mariadb, &database),
        "mysql" => new_mysql(Product::Mysql, &database),
        _ => new_postgres(&database),
    };
    judge(corpus, subject.as_ref());
}

/// Takes one of PostgreSQL's through all of it on a server of another version.
pub fn take_on(version: u32, name: &str) {
    let subject = new_postgres_of(version, &format!("corpus_{name}"));
    judge(&format!("postgresql/{name}"), subject.as_ref());
}

fn judge(corpus: &str, subject: &dyn Subject) {
    subject.load(&corpora().join(format!("{corpus}.sql")));
    let more = corpora().join(format!("{corpus}.rows.sql"));
    if more.is_file() {
        subject.load(&more);
    }
    let keys = subject.integer_keys();
    let (journey, answer) = Journey::plan(subject, &["--all", "--accept-defaults"]);
    let refused = refused(&answer.json);
    let converted = converted(&journey, &keys);
    eprintln!(
        "{corpus}: {} integer keys, {} domains converted, {} refused ({})",
        keys.len(),
        journey.roots().len(),
        refused.len(),
        rules(&answer.json)
    );
    // Whole or refused: no key is passed over in silence.
    for key in keys.difference(&converted) {
        let told = refused.contains(key) || answer.json.to_string().contains(&format!("{}.{}.{}", key.0, key.1, key.2));
        assert!(told, "{key:?} is neither converted nor refused");
    }
    if WHOLE.contains(&corpus) || corpus == "sqlite/northwind" {
        let left: Vec<_> = keys.difference(&converted).collect();
        assert!(left.is_empty(), "integer keys that are not converted: {left:?}\n{:#}", answer.json["refused"]);
    }
    if journey.members.is_empty() {
        answer.expect(3);
        assert_same("the dump after a refused plan", &journey.start.dump, &subject.dump());
        return;
    }
    answer.expect(0);
    journey.check();
    let run = journey.convert();
    journey.report(&run);
    journey.undo(&run);
}

// Keys whose column is a member, also where a parent table's is.
fn converted(journey: &Journey<'_>, keys: &BTreeSet<ColumnId>) -> BTreeSet<ColumnId> {
    let parents = journey.subject.parents();
    let is_member = |key: &ColumnId| {
        let mut at = key.clone();
        loop {
            if journey.members.contains_key(&at) {
                return true;
            }
            let Some(parent) = parents.get(&(at.0.clone(), at.1.clone())) else { return false };
            at = (parent.0.clone(), parent.1.clone(), at.2);
        }
    };
    keys.iter().filter(|key| is_member(key)).cloned().collect()
}

fn refused(plan: &serde_json::Value) -> BTreeSet<ColumnId> {
    plan["refused"].as_array().into_iter().flatten().map(column_id).collect()
}

fn rules(plan: &serde_json::Value) -> String {
    let reasons =
        plan["refused"].as_array().into_iter().flatten().flat_map(|refusal| refusal["reasons"].as_array()).flatten();
    let rules: BTreeSet<&str> = reasons.filter_map(|reason| reason["rule"].as_str()).collect();
    rules.into_iter().collect::<Vec<_>>().join(" ")
}
