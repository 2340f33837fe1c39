//! Tables of migration tools: known by their columns, read on every product, compared with the
//! revision that the code expects.

use libtest_mimic::Trial;
use serde_json::Value;

use crate::support::journey::{Journey, OVERRIDES};
use crate::support::mysql::Product;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{Subject, new_postgres, new_sqlite};
use crate::support::subject_mysql::new_mysql;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("versions postgres", &[Requirement::Postgres], || told(new_postgres("versions").as_ref())),
        trial("versions sqlite", &[Requirement::SqliteTool], || told(new_sqlite("versions").as_ref())),
        trial("versions mariadb", &[Requirement::Mariadb], || told(new_mysql(Product::Mariadb, "versions").as_ref())),
        trial("versions mysql", &[Requirement::Mysql], || told(new_mysql(Product::Mysql, "versions").as_ref())),
    ]
}

/// Each as its tool makes it, with what it writes there.
const TABLES: &str = "
CREATE TABLE shelf (id int NOT NULL PRIMARY KEY); INSERT INTO shelf VALUES (1), (2);
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY); INSERT INTO alembic_version VALUES ('ae1027a6acf');
CREATE TABLE django_migrations (id varchar(9) NOT NULL, app varchar(99) NOT NULL, name varchar(99) NOT NULL, applied timestamp NOT NULL);
INSERT INTO django_migrations VALUES ('1', 'auth', '0001_initial', '2026-01-01 00:00:00'), ('2', 'shop', '0001_initial', '2026-01-01 00:00:00'), ('3', 'shop', '0002_more', '2026-01-02 00:00:00');
CREATE TABLE schema_migrations (version varchar(99) NOT NULL PRIMARY KEY); INSERT INTO schema_migrations VALUES ('20260101000000'), ('20260102000000');
CREATE TABLE _prisma_migrations (id varchar(36) NOT NULL PRIMARY KEY, migration_name varchar(99) NOT NULL, started_at timestamp NOT NULL, finished_at timestamp NULL, rolled_back_at timestamp NULL);
INSERT INTO _prisma_migrations VALUES ('a', '1_first', '2026-01-01 00:00:00', '2026-01-01 00:00:01', NULL), ('b', '2_broken', '2026-01-02 00:00:00', NULL, NULL), ('c', '3_gone', '2026-01-03 00:00:00', NULL, '2026-01-03 00:00:01');
CREATE TABLE flyway_schema_history (installed_rank varchar(9) NOT NULL, version varchar(50), success boolean NOT NULL);
INSERT INTO flyway_schema_history VALUES ('1', '1.0', true), ('2', NULL, true), ('3', '1.1', false);
CREATE TABLE databasechangelog (id varchar(99) NOT NULL, orderexecuted varchar(9) NOT NULL, exectype varchar(10) NOT NULL); INSERT INTO databasechangelog VALUES ('one', '1', 'EXECUTED');
CREATE TABLE knex_migrations (id varchar(9) NOT NULL, name varchar(99), batch varchar(9)); INSERT INTO knex_migrations VALUES ('1', '20260101_first.js', '1');
CREATE TABLE sequelizemeta (name varchar(99) NOT NULL PRIMARY KEY); INSERT INTO sequelizemeta VALUES ('20260101-first.js');
CREATE TABLE migrations (id varchar(9) NOT NULL, timestamp bigint NOT NULL, name varchar(99) NOT NULL); INSERT INTO migrations VALUES ('1', 1700000000000, 'First1700000000000');
CREATE TABLE _sqlx_migrations (version bigint NOT NULL, success boolean NOT NULL, checksum varchar(9) NOT NULL); INSERT INTO _sqlx_migrations VALUES (1, true, 'x'), (2, false, 'y');
";

/// Tool, newest revision, how many were carried out, what failed.
const TOLD: [(&str, &str, u64, &[&str]); 10] = [
    ("Alembic", "ae1027a6acf", 1, &[]),
    ("Django", "shop.0002_more", 3, &[]),
    ("Rails, Ecto or golang-migrate", "20260102000000", 2, &[]),
    ("Prisma", "1_first", 1, &["2_broken"]),
    ("Flyway", "1.0", 1, &["1.1"]),
    ("Liquibase", "one", 1, &[]),
    ("Knex", "20260101_first.js", 1, &[]),
    ("Sequelize", "20260101-first.js", 1, &[]),
    ("TypeORM", "First1700000000000", 1, &[]),
    ("sqlx", "1", 1, &["2"]),
];

fn told(subject: &dyn Subject) {
    subject.execute(TABLES);
    let key = format!("{}.shelf.id", subject.own_schema());
    let (journey, planned) = Journey::plan(subject, &["--domain", &key, "--accept-defaults"]);
    planned.expect(0);
    let target = subject.target();
    let found = journey.rekey.done(&["inspect", &target]);
    let tables = found["version_tables"].as_array().expect("tables of versions");
    assert_eq!(tables.len(), TOLD.len(), "{tables:#?}");
    for (tool, newest, applied, failed) in TOLD {
        let table = tables.iter().find(|table| table["tool"] == tool).unwrap_or_else(|| panic!("{tool}: {tables:#?}"));
        assert_eq!((table["newest"].as_str(), table["applied"].as_u64()), (Some(newest), Some(applied)), "{table}");
        let names: Vec<&str> = table["failed"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(names, failed, "{table}");
    }
    let check = |expected: &str| {
        let head = ["check", &target, "--plan", "plan.json", "--only", "migrations", "--expect-revision", expected];
        journey.rekey.json(&[&head[..], &OVERRIDES].concat())
    };
    for right in ["alembic=ae1027a6acf", "django=shop.0002_more", "django=auth.0001_initial", "rails=20260102000000"] {
        check(right).expect(0);
    }
    for wrong in ["alembic=ae1027a6ace", "django=shop.0001_initial", "laravel=one"] {
        let answer = check(wrong).expect(3);
        assert!(answer.json["findings"].to_string().contains("RK-333"), "{answer}");
    }
    check("nothing=1").expect(2);
    let run = journey.convert();
    let report = journey.rekey.run(&["report", "--run", &run, "--format", "md"]).expect(0).outcome.text();
    for word in ["alembic stamp head", "--format django --state-only", "prisma migrate resolve"] {
        assert!(report.contains(word), "'{word}' is not in the report");
    }
    let report = journey.rekey.done(&["report", "--run", &run, "--format", "json"]);
    let stamps = report["stamps"].as_array().expect("what each tool must be told");
    assert_eq!(stamps.len(), TOLD.len(), "{stamps:#?}");
    assert!(stamps.iter().all(|one| one["commands"].as_array().is_some_and(|all| !all.is_empty())), "{stamps:#?}");
}
