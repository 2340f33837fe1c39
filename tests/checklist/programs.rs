//! The servers' own programs: those that fit, none, older ones, another product's.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::Pair;
use super::bench::{Bench, fired, quiet};
use super::everywhere::{database, shop};
use crate::support::requirement::Requirement;

pub fn pairs() -> Vec<Pair> {
    vec![
        Pair::new("client_programs", "postgres", &[Requirement::Postgres], || {
            show("postgres", "pg_dump 15", &[("older", &[("pg_dump", OLD), ("pg_restore", OLD)], "found pg_dump 9.6")])
        }),
        Pair::new("client_programs", "mariadb", &[Requirement::Mariadb], || {
            let older = [("mariadb-dump", OLD_MARIADB), ("mariadb", OLD_MARIADB)];
            let other = [("mysqldump", MYSQL), ("mysql", MYSQL)];
            show(
                "mariadb",
                "mariadb-dump 1",
                &[("older", &older, "MariaDB's mariadb-dump 10.5.8"), ("other", &other, "MySQL's mysqldump 9.7.4")],
            );
        }),
        // Debian's programs for both products are MariaDB's.
        Pair::new("client_programs", "mysql", &[Requirement::Mysql, Requirement::Mariadb], of_mysql),
        Pair::new("client_programs", "sqlite", &[Requirement::SqliteTool], none_needed),
    ]
}

const OLD: &str = "pg_dump (PostgreSQL) 9.6.24";
const OLD_MARIADB: &str = "mariadb-dump  Ver 10.19 Distrib 10.5.8-MariaDB, for debian-linux-gnu (x86_64)";
const MYSQL: &str = "mysqldump  Ver 9.7.4 for Linux on x86_64 (Debian)";

type Stub<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

fn show(product: &str, fitting: &str, misfits: &[Stub]) {
    let subject = database(product, "list_programs");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let usual = bench.look_with("client_programs", &[]);
    quiet(&usual);
    assert!(usual["measured"].as_str().is_some_and(|told| told.contains(fitting) && told.contains('/')), "{usual:#}");
    let in_folder = |folder: &PathBuf| bench.look_with("client_programs", &["--programs", folder.to_str().unwrap()]);
    let empty = bench.rekey.path("empty");
    std::fs::create_dir(&empty).unwrap();
    fired(&in_folder(&empty), "No backup can be made");
    for (name, programs, told) in misfits {
        let folder = bench.rekey.path(name);
        std::fs::create_dir(&folder).unwrap();
        programs.iter().for_each(|(program, version)| stub(&folder.join(program), version));
        let check = in_folder(&folder);
        fired(&check, told);
        assert!(check["remedy"].to_string().contains("--programs"), "{check:#}");
    }
}

fn of_mysql() {
    let subject = database("mysql", "list_programs");
    shop(subject.as_ref());
    let bench = Bench::new(subject.as_ref());
    let folder = bench.rekey.path("own");
    std::fs::create_dir(&folder).unwrap();
    ["mysqldump", "mysql"].iter().for_each(|program| stub(&folder.join(program), MYSQL));
    quiet(&bench.look_with("client_programs", &["--programs", folder.to_str().unwrap()]));
    fired(&bench.look_with("client_programs", &["--programs", "/usr/bin"]), "MariaDB's");
}

// Tells a version and can do nothing else.
fn stub(path: &std::path::Path, version: &str) {
    std::fs::write(path, format!("#!/bin/sh\necho '{version}'\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn none_needed() {
    let subject = database("sqlite", "list_programs");
    shop(subject.as_ref());
    let check = Bench::new(subject.as_ref()).look_with("client_programs", &[]);
    assert_eq!(check["outcome"], "not_applicable", "{check:#}");
    assert!(check["reason"].as_str().is_some_and(|reason| reason.contains("SQLite")), "{check:#}");
}
