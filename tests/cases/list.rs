//! The list of cases, and that none is passed over in silence.

use std::collections::{BTreeMap, BTreeSet};

use super::CODED;
use super::registry::Class;
use crate::scenario::{self, Scenario};

/// The products that cases are shown on, with their names for people.
pub const PRODUCTS: [(&str, &str); 5] =
    [("postgres", "PostgreSQL"), ("sqlite", "SQLite"), ("mariadb", "MariaDB"), ("mysql", "MySQL"), ("redis", "Redis")];

/// One line of the list.
#[derive(Debug)]
pub struct Case {
    /// Its id, such as `P26`.
    pub id: String,
    /// What may become of it.
    pub classes: Vec<Class>,
}

impl Case {
    /// True where it can be shown on that product: `P` is for PostgreSQL, `S` for SQLite, `M` for
    /// MariaDB and MySQL, `R` for Redis, and what is about UUIDs alone (`D`) for each database.
    pub fn is_for(&self, product: &str) -> bool {
        match self.id.chars().next() {
            Some('P') => product == "postgres",
            Some('S') => product == "sqlite",
            Some('M') => product == "mariadb" || product == "mysql",
            Some('R') => product == "redis",
            _ => product != "redis",
        }
    }
}

/// Reads the list.
pub fn read() -> Vec<Case> {
    lines(include_str!("list.txt"))
        .map(|line| {
            let [id, classes, title] = <[&str; 3]>::try_from(line.splitn(3, '|').collect::<Vec<_>>())
                .unwrap_or_else(|_| panic!("'{line}' is not 'id|classes|title'"));
            assert!(!title.is_empty(), "{id} has no title");
            let class = |word: &str| serde_json::from_value(word.into()).unwrap_or_else(|_| panic!("{id}: '{word}'"));
            Case { id: id.to_owned(), classes: classes.split(' ').map(class).collect() }
        })
        .collect()
}

fn missing(product: &str) -> BTreeMap<String, &'static str> {
    lines(include_str!("missing.txt"))
        .map(|line| line.split_once('|').unwrap_or_else(|| panic!("'{line}' is not 'product id|reason'")))
        .filter_map(|(key, reason)| {
            let (of, id) = key.split_once(' ').unwrap_or_else(|| panic!("'{key}' is not 'product id'"));
            (of == product).then(|| (id.to_owned(), reason))
        })
        .collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Every case of the list is shown by something or named as missing, not both, on each
/// product that it is for; every class is one that the list has, or the folder says why it is
/// another.
pub fn judge() {
    let list = read();
    let known: BTreeMap<&str, &Case> = list.iter().map(|case| (case.id.as_str(), case)).collect();
    assert_eq!(known.len(), list.len(), "a case is listed twice");
    for (product, _) in PRODUCTS {
        let shown = shown_on(product, &known);
        let missing = missing(product);
        for (case, reason) in &missing {
            let there = known.get(case.as_str()).is_some_and(|case| case.is_for(product));
            assert!(there && !reason.is_empty(), "{case} is no case on {product}, or has no reason");
            assert!(!shown.contains(case), "{case} is shown on {product} and still named as missing");
        }
        let silent: Vec<&str> = list
            .iter()
            .filter(|case| case.is_for(product) && !shown.contains(&case.id) && !missing.contains_key(&case.id))
            .map(|case| case.id.as_str())
            .collect();
        assert!(silent.is_empty(), "neither shown nor named as missing on {product}: {silent:?}");
    }
}

fn shown_on(product: &str, known: &BTreeMap<&str, &Case>) -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for coded in CODED.iter().filter(|coded| coded.product == product) {
        for case in coded.cases {
            let classes = known.get(case).unwrap_or_else(|| panic!("{} shows '{case}', which is no case", coded.name));
            let fits = coded.differs.is_some() || classes.classes.contains(&coded.class);
            assert!(fits, "{case} as {:?} in {}", coded.class, coded.name);
            shown.insert((*case).to_owned());
        }
    }
    for (name, cases, class) in crate::redis::cases().filter(|_| product == "redis") {
        for case in cases {
            let found = known.get(case).unwrap_or_else(|| panic!("{name} shows '{case}', which is no case"));
            assert!(found.classes.contains(&class), "{case} as {class:?} in {name}");
            shown.insert((*case).to_owned());
        }
    }
    for folder in scenario::folders().into_iter().filter(|folder| scenario::is_for(folder, product)) {
        let (name, scenario) = (scenario::name(&folder), Scenario::read(&folder));
        for case in scenario.cases {
            let found = known.get(case.as_str()).unwrap_or_else(|| panic!("{name} shows '{case}', which is no case"));
            if !found.is_for(product) {
                continue;
            }
            let class = scenario.class.unwrap();
            let told = scenario.differs.as_ref().is_some_and(|reason| !reason.is_empty());
            assert!(told || found.classes.contains(&class), "{name} shows {case} as {class:?} and does not say why");
            shown.insert(case);
        }
    }
    shown
}
