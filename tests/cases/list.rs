//! The list of cases, and that none is passed over in silence.

use std::collections::{BTreeMap, BTreeSet};

use super::CODED;
use super::registry::Class;
use crate::scenario::{self, Scenario};

/// One line of the list.
#[derive(Debug)]
pub struct Case {
    /// Its id, such as `P26`.
    pub id: String,
    /// What may become of it.
    pub classes: Vec<Class>,
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

fn missing() -> BTreeMap<&'static str, &'static str> {
    lines(include_str!("missing.txt"))
        .map(|line| line.split_once('|').unwrap_or_else(|| panic!("'{line}' is not 'id|reason'")))
        .collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Every case of the list is shown by something or named as missing, not both; every class
/// is one that the list has, or the folder says why it is another.
pub fn judge() {
    let list = read();
    let known: BTreeMap<&str, &[Class]> = list.iter().map(|case| (case.id.as_str(), &*case.classes)).collect();
    assert_eq!(known.len(), list.len(), "a case is listed twice");
    let mut shown = BTreeSet::new();
    for coded in CODED {
        for case in coded.cases {
            let classes = known.get(case).unwrap_or_else(|| panic!("{} shows '{case}', which is no case", coded.name));
            assert!(
                coded.differs.is_some() || classes.contains(&coded.class),
                "{case} as {:?} in {}",
                coded.class,
                coded.name
            );
            shown.insert((*case).to_owned());
        }
    }
    for folder in scenario::folders().into_iter().filter(|folder| folder.join("postgres.sql").is_file()) {
        let (name, scenario) = (scenario::name(&folder), Scenario::read(&folder));
        for case in scenario.cases {
            let classes = known.get(case.as_str()).unwrap_or_else(|| panic!("{name} shows '{case}', which is no case"));
            let class = scenario.class.unwrap();
            let told = scenario.differs.as_ref().is_some_and(|reason| !reason.is_empty());
            assert!(told || classes.contains(&class), "{name} shows {case} as {class:?} and does not say why");
            shown.insert(case);
        }
    }
    let missing = missing();
    for (case, reason) in &missing {
        assert!(known.contains_key(case) && !reason.is_empty(), "{case} is no case, or has no reason");
        assert!(!shown.contains(*case), "{case} is shown and still named as missing");
    }
    let silent: Vec<&&str> =
        known.keys().filter(|case| !shown.contains(**case) && !missing.contains_key(**case)).collect();
    assert!(silent.is_empty(), "neither shown nor named as missing: {silent:?}");
}
