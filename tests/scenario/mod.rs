//! Scenarios: a folder each, with a database per product, the choices and what must come
//! of them. See `scenarios/README.md`.

mod case;
mod description;
mod golden;
mod says;

use std::path::{Path, PathBuf};

use libtest_mimic::Trial;

use crate::cases;
use crate::support::mysql::Product;
use crate::support::requirement::{Requirement, trial};
use crate::support::subject::{new_postgres, new_postgres_of, new_sqlite};
use crate::support::subject_mysql::new_mysql;
use crate::support::versions;
use case::{Case, file_of};
pub use description::Scenario;

/// The version of PostgreSQL that the golden files are for.
const REVIEWED: u32 = 15;

const PRODUCTS: [(&str, Requirement); 4] = [
    ("postgres", Requirement::Postgres),
    ("sqlite", Requirement::SqliteTool),
    ("mariadb", Requirement::Mariadb),
    ("mysql", Requirement::Mysql),
];

/// One trial per folder and product.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for folder in folders() {
        for (product, need) in PRODUCTS {
            if is_for(&folder, product) {
                let since = if product == "postgres" { Scenario::read(&folder).since } else { 0 };
                let title = format!("scenario::{}::{product}", name(&folder));
                let folder = folder.clone();
                trials.push(trial(&title, &[need, Requirement::Installed(since)], move || take(&folder, product)));
            }
        }
    }
    trials
}

/// True where the folder has a database for that product.
pub fn is_for(folder: &Path, product: &str) -> bool {
    file_of(folder, "", product, ".sql").is_file()
}

/// Every scenario's folder, in order of name.
pub fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root()).expect("the folder of scenarios").flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

/// A folder's name.
pub fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

/// The scenarios for PostgreSQL that a server of this version can hold.
pub fn for_postgres(version: u32) -> Vec<String> {
    let holds = |folder: &PathBuf| folder.join("postgres.sql").is_file() && Scenario::read(folder).since <= version;
    folders().iter().filter(|folder| holds(folder)).map(|folder| name(folder)).collect()
}

/// Takes a scenario through all of it on a PostgreSQL of another version. What the plan says
/// and what the catalogue's text looks like follow the version, so neither is compared with
/// what is reviewed.
pub fn take_on(version: u32, name: &str) {
    let folder = root().join(name);
    let subject = new_postgres_of(version, &format!("sc_{}", name.replace('-', "_")));
    subject.load(&folder.join("postgres.sql"));
    Case { folder: &folder, scenario: Scenario::read(&folder), subject: subject.as_ref(), reviewed: false }.judge();
}

fn take(folder: &Path, product: &'static str) {
    let scenario = Scenario::read(folder);
    let shown = scenario.class.map(|class| (scenario.cases.clone(), class));
    let name = name(folder).replace('-', "_");
    let database = format!("sc_{name}");
    let subject = match product {
        "postgres" => new_postgres(&database),
        "mariadb" => new_mysql(Product::Mariadb, &database),
        "mysql" => new_mysql(Product::Mysql, &database),
        _ => new_sqlite(&name),
    };
    let judge = || {
        subject.load(&file_of(folder, "", product, ".sql"));
        // Plans and dumps follow the server's version.
        let reviewed = product != "postgres" || versions::installed_major() == Some(REVIEWED);
        Case { folder, scenario, subject: subject.as_ref(), reviewed }.judge();
    };
    match shown {
        Some((cases, class)) => cases::counted(product, &cases, class, judge),
        None => judge(),
    }
}
