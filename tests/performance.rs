//! What a rehearsal measures before and after: the server's own times, indexes, and questions of
//! the user's own.

use std::os::unix::fs::PermissionsExt;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::journey::Journey;
use crate::support::mysql::{Product, root};
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_postgres, new_sqlite};
use crate::support::subject_mysql::new_mysql;

const TABLES: &str = "
CREATE TABLE customer (id integer NOT NULL PRIMARY KEY, name varchar(80) NOT NULL);
CREATE TABLE purchase (id integer NOT NULL PRIMARY KEY, customer_id integer, note varchar(20), FOREIGN KEY (customer_id) REFERENCES customer (id));
CREATE INDEX purchase_of ON purchase (customer_id);
CREATE TABLE refund (id integer NOT NULL PRIMARY KEY, customer_id integer);
";
const ROWS: u32 = 3000;
const COUNTED: &str = "SELECT c.name, count(*) FROM customer c JOIN purchase p ON p.customer_id = c.id GROUP BY c.name";
const BY_NUMBER: &str = "SELECT name FROM customer WHERE id = 7";
const COUNT_BY_NUMBER: &str = "SELECT count(*) FROM purchase WHERE customer_id = 7";
const AN_ID: &str = "SELECT id FROM refund WHERE customer_id IS NOT NULL ORDER BY id LIMIT 1";

type Make = fn(&str) -> Box<dyn Subject>;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    let products: [(&str, Requirement, Make); 4] = [
        ("sqlite", Requirement::SqliteTool, new_sqlite),
        ("postgres", Requirement::Postgres, new_postgres),
        ("mariadb", Requirement::Mariadb, |name| new_mysql(Product::Mariadb, name)),
        ("mysql", Requirement::Mysql, |name| new_mysql(Product::Mysql, name)),
    ];
    let each = |(product, needed, make): (&str, Requirement, Make)| {
        let title = |what: &str| format!("performance::{what}::{product}");
        vec![
            trial(&title("before_and_after"), &[needed], move || measured(make)),
            trial(&title("only_questions_are_asked"), &[needed], move || refused(make)),
        ]
    };
    products.into_iter().flat_map(each).collect()
}

fn fill(subject: &dyn Subject) {
    subject.execute(TABLES);
    let rows = |row: &dyn Fn(u32) -> String| (1..=ROWS).map(row).collect::<Vec<_>>().join(", ");
    subject.execute(&format!("INSERT INTO customer VALUES {}", rows(&|n| format!("({n}, 'name {n}')"))));
    subject.execute(&format!("INSERT INTO purchase VALUES {}", rows(&|n| format!("({n}, {}, NULL)", n % 50 + 1))));
    subject.execute(&format!("INSERT INTO refund VALUES {}", rows(&|n| format!("({n}, {n})"))));
}

// With an index that is made for a reference that nobody declared.
fn prepared<'a>(subject: &'a dyn Subject) -> (Journey<'a>, String) {
    fill(subject);
    let mut journey = Journey::begin(subject);
    let answers = journey.rekey.file("answers.txt");
    let schema = subject.own_schema();
    std::fs::write(&answers, format!("RK-139 column {schema}.refund.customer_id=create\n")).unwrap();
    journey.decide(&["--all", "--accept-defaults", "--include-inferred", "--answers", &answers]).expect(0);
    let target = subject.target();
    let made = journey.rekey.done(&strs(&with_programs(subject, &journey, &["backup", &target, "--dir", "backups"])));
    let backup = made["path"].as_str().expect("a path").to_owned();
    (journey, backup)
}

// The programs of the MySQL that lies in a folder, with the libraries that lie beside them.
fn with_programs(subject: &dyn Subject, journey: &Journey<'_>, arguments: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
    if subject.product() != "mysql" {
        return all;
    }
    let (root, folder) = (root(), journey.rekey.path("programs"));
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["mysqldump", "mysql"] {
        let (file, root) = (folder.join(name), root.display());
        let script = format!(
            "#!/bin/sh\nexec '{root}/lib64/ld-linux-x86-64.so.2' --library-path '{root}/usr/lib/x86_64-linux-gnu' '{root}/usr/bin/{name}' \"$@\"\n"
        );
        std::fs::write(&file, script).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    all.extend(["--programs".to_owned(), folder.display().to_string()]);
    all
}

fn strs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

fn named<'v>(list: &'v Value, key: &str, name: &str) -> &'v Value {
    let all = list.as_array().unwrap_or_else(|| panic!("{list:#} is no list"));
    all.iter().find(|one| one[key] == name).unwrap_or_else(|| panic!("{name} is not among {list:#}"))
}

fn measured(make: Make) {
    let subject = make("before_and_after");
    let (journey, backup) = prepared(subject.as_ref());
    let (rekey, target) = (&journey.rekey, subject.target());
    let file = rekey.file("probes.sql");
    std::fs::write(&file, format!("{BY_NUMBER};\n\n{COUNT_BY_NUMBER};\n")).unwrap();
    let probes = ["--probe", COUNTED, "--probe", AN_ID, "--probes", &file];
    let rehearse = [&["rehearse", &target, "--plan", "plan.json", "--backup", &backup][..], &probes].concat();
    let rehearsed = rekey.done(&strs(&with_programs(subject.as_ref(), &journey, &rehearse)));
    assert_eq!(rehearsed["green"], true, "{rehearsed:#}");
    let sqlite = subject.product() == "sqlite";
    let timings = &rehearsed["timings"];
    // MySQL has read a single row before it begins to count its time, and then tells no index.
    let looked_up = if subject.product() == "mysql" { ".purchase with their " } else { ".customer by its key" };
    let all = timings.as_array().expect("timings");
    let key = all.iter().find(|one| one["title"].as_str().is_some_and(|title| title.contains(looked_up)));
    let key = key.unwrap_or_else(|| panic!("{looked_up} is not asked: {timings:#}"));
    for side in ["before", "after"] {
        assert!(key[side]["indexes"].as_array().is_some_and(|indexes| !indexes.is_empty()), "{side}: {key:#}");
        assert!(key[side]["plan"].as_array().is_some_and(|lines| !lines.is_empty()), "{side}: {key:#}");
        // SQLite keeps no time of its own.
        assert_eq!(key[side]["seconds"].as_f64().is_some_and(|seconds| seconds > 0.0), !sqlite, "{side}: {key:#}");
    }
    for (sql, stays) in [(COUNTED, true), (AN_ID, true), (BY_NUMBER, false), (COUNT_BY_NUMBER, false)] {
        let one = named(timings, "sql", sql);
        assert_eq!(one["chosen"], true);
        assert!(one["before_seconds"].as_f64().is_some_and(|seconds| seconds > 0.0), "{one:#}");
        assert_eq!(one["after_seconds"].is_number(), stays, "{one:#}");
        assert_eq!(one["not_after"].is_string(), !stays, "{one:#}");
    }
    indexes(subject.as_ref(), &rehearsed["indexes"]);
    let run = rekey.done(&["run", &target, "--plan", "plan.json", "--backup", &backup, "--yes"]);
    assert_eq!(run["rehearsal"]["indexes"], rehearsed["indexes"]);
    for format in ["html", "md", "json"] {
        let report = rekey.file(&format!("report.{format}"));
        rekey.run(&["report", "--run", run["run"].as_str().unwrap(), "--format", format, "-o", &report]).expect(0);
        let text = std::fs::read_to_string(&report).unwrap().replace('\\', "");
        for part in [
            "purchase_of",
            "ix_refund_customer_id",
            "FROM customer WHERE id = 7",
            rehearsed["indexes"]["uses"].as_str().unwrap(),
        ] {
            assert!(text.contains(part), "the report as {format} does not hold '{part}'");
        }
    }
}

fn indexes(subject: &dyn Subject, found: &Value) {
    let (rows, schema) = (&found["indexes"], subject.own_schema());
    let purchase = named(rows, "index", "purchase_of");
    assert_eq!((&purchase["schema"], &purchase["table"]), (&Value::from(schema), &Value::from("purchase")));
    let (before, after) = (purchase["before_bytes"].as_u64(), purchase["after_bytes"].as_u64());
    // Entries that are alike take one place on PostgreSQL, so pages need not become more.
    assert!(before > Some(0) && after >= before, "{purchase:#}");
    let made = named(rows, "index", "ix_refund_customer_id");
    assert_eq!((&made["before_bytes"], &made["uses"]), (&Value::Null, &Value::Null));
    assert!(made["after_bytes"].as_u64() > Some(0), "{made:#}");
    let told = found["uses"].as_str().expect("a note");
    match subject.product() {
        "sqlite" => assert!(told.contains("does not count") && purchase["uses"].is_null(), "{found:#}"),
        "postgres" => {
            let counted =
                subject.answer("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'purchase_of'");
            assert!(told.contains("Searches") && purchase["uses"].as_u64() <= counted.trim().parse().ok(), "{found:#}");
            assert!(purchase["uses"].is_number(), "{found:#}");
        }
        // Whether the server counts is its own setting.
        _ => assert_eq!(told.contains("Rows read"), purchase["uses"].is_number(), "{found:#}"),
    }
}

// What is no question, what is two, and what the database does not understand.
fn refused(make: Make) {
    let subject = make("only_questions");
    let (journey, backup) = prepared(subject.as_ref());
    let (rekey, target) = (&journey.rekey, subject.target());
    let ask = |probe: &str| {
        let rehearse = ["rehearse", &target, "--plan", "plan.json", "--backup", &backup, "--probe", probe];
        rekey.json(&strs(&with_programs(subject.as_ref(), &journey, &rehearse)))
    };
    for probe in [
        "DELETE FROM purchase",
        "SELECT 1; DELETE FROM purchase",
        "SELECT nonsense FROM customer",
        "SELECT id INTO other FROM customer",
    ] {
        ask(probe).expect(2);
    }
    // What writes in the guise of a question the server refuses, before or on the copy.
    let hidden = ask("WITH gone AS (DELETE FROM purchase RETURNING id) SELECT count(*) FROM gone");
    assert!(matches!(hidden.outcome.code, Some(2 | 3)), "{hidden}");
    assert_eq!(journey.start.dump, subject.dump());
    assert_eq!(subject.leftovers(), Vec::<String>::new());
}
