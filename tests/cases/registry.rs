//! What the trials of this run have shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use super::list;

/// What must become of a case. In this order a case that is shown in several ways is
/// counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A person decides, and it is converted by the answer.
    Ask,
    /// It is converted, and an object that stands on it is built again.
    Rebuild,
    /// It is converted.
    Convert,
    /// It is named, and the conversion goes on.
    Warn,
    /// It is refused with the reason and a way out.
    Refuse,
}

#[derive(Debug, Default)]
struct Shown {
    begun: u32,
    passed: u32,
    classes: BTreeSet<Class>,
}

// By product and case.
static SHOWN: Mutex<BTreeMap<(String, String), Shown>> = Mutex::new(BTreeMap::new());

fn shown() -> MutexGuard<'static, BTreeMap<(String, String), Shown>> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs what shows these cases on a product. Only what comes to its end is counted.
pub fn counted(product: &str, cases: &[String], class: Class, show: impl FnOnce()) {
    let key = |case: &String| (product.to_owned(), case.clone());
    for case in cases {
        shown().entry(key(case)).or_default().begun += 1;
    }
    show();
    for case in cases {
        let mut all = shown();
        let entry = all.entry(key(case)).or_default();
        entry.passed += 1;
        entry.classes.insert(class);
    }
}

/// One line for each product on what this run has shown; nothing where no case was tried.
pub fn print() {
    let shown = shown();
    for (product, name) in list::PRODUCTS {
        if !shown.keys().any(|(of, _)| of == product) {
            continue;
        }
        let whole = |case: &list::Case| {
            shown.get(&(product.to_owned(), case.id.clone())).filter(|shown| shown.begun == shown.passed)
        };
        let list: Vec<list::Case> = list::read().into_iter().filter(|case| case.is_for(product)).collect();
        let counted = |class: Class| {
            list.iter().filter(|case| whole(case).and_then(|shown| shown.classes.first()) == Some(&class)).count()
        };
        let absent: Vec<&str> = list.iter().filter(|case| whole(case).is_none()).map(|case| case.id.as_str()).collect();
        println!(
            "cases on {name}: {} of {}, converted {}, rebuilt {}, asked {}, warned {}, refused {}; not covered: {}",
            list.len() - absent.len(),
            list.len(),
            counted(Class::Convert),
            counted(Class::Rebuild),
            counted(Class::Ask),
            counted(Class::Warn),
            counted(Class::Refuse),
            if absent.is_empty() { "none".to_owned() } else { absent.join(" ") }
        );
    }
}
