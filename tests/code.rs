//! What takes ids for numbers in code, counted against a list for an application of each kind.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::journey::Journey;
use crate::support::requirement::{Requirement, trial};
use crate::support::sqlite::File;
use crate::support::subject::{Sqlite, Subject};

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let of = |name: &'static str| trial(&format!("code {name}"), &[Requirement::SqliteTool], move || counted(name));
    let needs = &[Requirement::SqliteTool];
    vec![
        of("fastapi"),
        of("django"),
        of("typescript"),
        trial("code stays in its folder", needs, stays),
        trial("code advises without a folder", needs, advises),
        trial("code is told in the report", needs, reported),
    ]
}

/// Of what must be found, at least that much is; of what is found, at least that much must be.
const RECALL: f64 = 0.95;
const PRECISION: f64 = 0.90;

type Lines = BTreeMap<(String, String), u32>;

fn shop() -> Sqlite {
    let subject = Sqlite(File::create("shop.db"));
    subject.execute(
        "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT);
         CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers, referrer_id INTEGER REFERENCES customers, position INTEGER);
         CREATE TABLE order_items (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders, quantity INTEGER);
         CREATE TABLE baskets (id INTEGER PRIMARY KEY, size INTEGER)",
    );
    subject
}

fn planned(subject: &Sqlite) -> Journey<'_> {
    let domains = ["main.customers.id", "main.orders.id", "main.order_items.id"];
    let choices: Vec<&str> = domains.iter().flat_map(|domain| ["--domain", domain]).collect();
    let (journey, answer) = Journey::plan(subject, &[&choices[..], &["--accept-defaults"]].concat());
    answer.expect(0);
    journey
}

fn scanned(journey: &Journey<'_>, folder: &Path) -> Value {
    journey.rekey.done(&["code", &folder.display().to_string(), "--plan", "plan.json"])
}

fn applications() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/applications")
}

fn counted(name: &str) {
    let folder = applications().join(name);
    let subject = shop();
    let answer = scanned(&planned(&subject), &folder);
    let expected = std::fs::read_to_string(folder.join("expected.txt")).unwrap();
    let mut wanted = Lines::new();
    for line in expected.lines() {
        let (file, text) = line.split_once(": ").expect("file and text");
        *wanted.entry((file.to_owned(), text.to_owned())).or_default() += 1;
    }
    let mut found = Lines::new();
    for hit in answer["findings"].as_array().expect("a list") {
        let text = |key: &str| hit[key].as_str().unwrap_or_default().to_owned();
        assert!(hit["line"].as_u64().is_some_and(|line| line > 0) && !text("rule").is_empty(), "{hit}");
        assert_ne!(hit["after"].as_str(), Some(text("before").as_str()), "nothing would change: {hit}");
        *found.entry((text("file"), text("before"))).or_default() += 1;
    }
    let missed = beyond(&wanted, &found);
    let surplus = beyond(&found, &wanted);
    let (all, seen): (u32, u32) = (wanted.values().sum(), found.values().sum());
    let (recall, precision) = (share(all - count(&missed), all), share(seen - count(&surplus), seen));
    println!(
        "code {name}: {all} to be found, {} missed; {seen} found, {} of them wrongly; recall {:.0} %, precision {:.0} %",
        count(&missed),
        count(&surplus),
        recall * 100.0,
        precision * 100.0
    );
    assert!(recall >= RECALL && precision >= PRECISION, "missed: {missed:#?}\nwrongly found: {surplus:#?}");
}

fn beyond(some: &Lines, others: &Lines) -> Lines {
    let left = |(line, times): (&(String, String), &u32)| {
        let more = times.saturating_sub(others.get(line).copied().unwrap_or_default());
        (more > 0).then(|| (line.clone(), more))
    };
    some.iter().filter_map(left).collect()
}

fn count(lines: &Lines) -> u32 {
    lines.values().sum()
}

fn share(some: u32, all: u32) -> f64 {
    f64::from(some) / f64::from(all.max(1))
}

// Links, packages of others and large files are let be, and nothing is written.
fn stays() {
    let folder = tempfile::Builder::new().prefix("rk-code-").tempdir().unwrap();
    let outside = tempfile::Builder::new().prefix("rk-outside-").tempdir().unwrap();
    let bad = "export interface Order {\n  customerId: number;\n}\n";
    std::fs::write(outside.path().join("secret.ts"), bad).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.ts"), folder.path().join("link.ts")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("linked")).unwrap();
    for own in ["node_modules/a", ".git", "venv/lib", "src"] {
        std::fs::create_dir_all(folder.path().join(own)).unwrap();
        std::fs::write(folder.path().join(own).join("x.ts"), bad).unwrap();
    }
    std::fs::write(folder.path().join("src/large.ts"), bad.repeat(40_000)).unwrap();
    std::fs::write(folder.path().join("src/binary.ts"), [0xff, 0xfe, 0x00]).unwrap();
    let subject = shop();
    let answer = scanned(&planned(&subject), folder.path());
    let files: Vec<&str> =
        answer["findings"].as_array().unwrap().iter().filter_map(|hit| hit["file"].as_str()).collect();
    assert_eq!(files, ["src/x.ts"], "{answer:#}");
    assert_eq!(answer["left_out"].as_array().map(Vec::len), Some(2), "{}", answer["left_out"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("src/x.ts")).unwrap(), bad);
    let missing = planned(&subject).rekey.json(&["code", "/no/such/folder", "--plan", "plan.json"]);
    missing.expect(2).failure();
}

fn advises() {
    let subject = shop();
    let answer = planned(&subject).rekey.done(&["code", "--plan", "plan.json"]);
    let pages = answer["advice"].to_string();
    for word in ["Django", "FastAPI", "TypeScript", "main.order_items.id", "main.orders.referrer_id"] {
        assert!(pages.contains(word), "{word} is not in {pages}");
    }
    assert!(!pages.contains("baskets"), "{pages}");
}

// By the command that writes it: every form has the lines, none has rows of data, a password or a
// name that breaks out of it; without a folder there is the advice.
fn reported() {
    let subject = shop();
    subject.execute("INSERT INTO customers VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (1, 1, 2, 0)");
    let journey = planned(&subject);
    let run = journey.convert();
    let report = |format: &str, more: &[&str]| {
        let head = ["report", "--run", &run, "--format", format];
        journey.rekey.run(&[&head[..], more].concat()).expect(0).outcome.text()
    };
    for format in ["html", "md", "json"] {
        assert!(report(format, &[]).contains("Declare ids in paths, queries and pydantic models"), "{format}");
    }
    let fastapi = applications().join("fastapi").display().to_string();
    let found = scanned(&journey, Path::new(&fastapi))["findings"].as_array().map(Vec::len);
    let told: Value = serde_json::from_str(&report("json", &["--code", &fastapi])).unwrap();
    assert_eq!(told["code"]["scan"]["findings"].as_array().map(Vec::len), found);
    let page = report("html", &["--code", &fastapi]);
    assert!(page.contains("app/models.py") && !page.contains("No folder with code was looked through"), "{page}");

    let folder = tempfile::Builder::new().prefix("rk-code-").tempdir().unwrap();
    let breaking =
        "const order = fetch(`http://ann:canary-77@h/${Number(customerId)}`); // <script>alert(1)</script> | `x`";
    std::fs::write(folder.path().join("<img src=x onerror=alert(1)>|`.ts"), breaking).unwrap();
    std::fs::create_dir(folder.path().join("seeds")).unwrap();
    let rows = "[\n{\"model\": \"shop.customer\",\n\"pk\": 7, \"email\": \"canary-88\"}\n]\n";
    std::fs::write(folder.path().join("seeds/customers.json"), rows).unwrap();
    let hostile = folder.path().display().to_string();
    for format in ["html", "md", "json"] {
        let text = report(format, &["--code", &hostile]);
        assert!(text.contains("Number(customerId)"), "{format}: {text}");
        assert!(text.contains("seeds/customers.json"), "{format}: {text}");
        assert!(!text.contains("canary-77") && !text.contains("canary-88"), "{format}: {text}");
        if format != "json" {
            // Markdown makes text of it by a backslash.
            let open = text.replace("\\<", "");
            assert!(!open.contains("<script") && !open.contains("<img"), "{format}: {text}");
        }
    }
    let missing = journey.rekey.json(&["report", "--run", &run, "--code", "/no/such/folder"]);
    missing.expect(2).failure();
}
