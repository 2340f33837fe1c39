//! A catalogue without what a dump does not carry, and in the spelling that a restored
//! database has.

use super::coerced::settled;
use crate::schema::{Attributes, Catalogue};

/// Kinds that belong to the database or to the server, not to what is dumped. A subscription
/// is dumped, but never restored into a scratch database: it would share its slot with the
/// real one, and removing it there would remove the slot.
const LEFT_OUT: &[&str] = &["setting", "subscription", "comment subscription"];

/// What a dump does not carry of an object, by kind: an extension is made anew in the version
/// that is there, by whoever restores; the version of a collation is the one of the library
/// that is there; triggers behind a reference that were switched off one by one are on again.
const NOT_CARRIED: &[(&str, &[&str])] = &[
    ("extension", &["version", "owner", "relocatable", "tables"]),
    ("collation", &["collversion"]),
    ("constraint", &["triggers"]),
];

/// Attributes that are expressions or statements.
const EXPRESSIONS: &[&str] = &["definition", "default", "using", "check", "filter", "partition_bound", "partition_key"];

/// The catalogue of a faithful copy.
pub fn of(catalogue: Catalogue) -> Catalogue {
    let heirs = heirs(&catalogue);
    let partitioned = partitioned(&catalogue);
    let mut objects = catalogue.objects;
    objects.retain(|key, attributes| {
        !(LEFT_OUT.iter().any(|kind| is_of(key, kind)) || is_of(key, "index") && is_broken(attributes, &partitioned))
    });
    for (key, attributes) in &mut objects {
        for (_, names) in NOT_CARRIED.iter().filter(|(kind, _)| is_of(key, kind)) {
            attributes.retain(|name, _| !names.contains(&name.as_str()));
        }
        if heirs.iter().any(|heir| key.starts_with(heir)) {
            attributes.remove("position");
        }
        for (name, value) in attributes.iter_mut() {
            if name == "acl" {
                *value = sorted(value);
            } else if EXPRESSIONS.contains(&name.as_str()) {
                *value = settled(value);
            }
        }
    }
    // A database begins with this schema, also where the user's has none any more.
    if !objects.keys().any(|key| key.contains(" public.") || key.contains(" on public.")) {
        objects.remove("schema public");
    }
    Catalogue { objects }
}

fn is_of(key: &str, kind: &str) -> bool {
    key.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' ') || rest.starts_with('.'))
}

// An index whose making failed is not dumped; that of a partitioned table is unfinished as
// long as a partition has none.
fn is_broken(attributes: &Attributes, partitioned: &[String]) -> bool {
    let table = attributes.get("table");
    attributes.get("valid").is_some_and(|valid| valid == "false")
        && !table.is_some_and(|table| partitioned.contains(table))
}

fn partitioned(catalogue: &Catalogue) -> Vec<String> {
    let tables = catalogue.objects.iter().filter(|(_, attributes)| attributes.contains_key("partition_key"));
    tables.filter_map(|(key, _)| key.strip_prefix("table ").map(str::to_owned)).collect()
}

// Tables that inherit without being partitions: columns that a parent got later are the first
// in a copy. The beginning of the keys of their columns.
fn heirs(catalogue: &Catalogue) -> Vec<String> {
    let inherits =
        |attributes: &Attributes| attributes.contains_key("inherits") && !attributes.contains_key("partition_bound");
    let tables = catalogue.objects.iter().filter(|(_, attributes)| inherits(attributes));
    tables.filter_map(|(key, _)| key.strip_prefix("table ").map(|name| format!("column {name}."))).collect()
}

// The order of the entries tells when they were granted, and nothing else.
fn sorted(acl: &str) -> String {
    let Ok(mut entries) = serde_json::from_str::<Vec<String>>(acl) else { return acl.to_owned() };
    entries.sort();
    serde_json::to_string(&entries).unwrap_or_else(|_| acl.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(objects: &[(&str, &[(&str, &str)])]) -> Catalogue {
        let text = |text: &str| text.to_owned();
        let objects = objects.iter().map(|(key, attributes)| {
            (text(key), attributes.iter().map(|(name, value)| (text(name), text(value))).collect())
        });
        Catalogue { objects: objects.collect() }
    }

    #[test]
    fn only_what_no_dump_carries_is_left_out() {
        let found = of(catalogue(&[
            ("setting shop.", &[("values", "x")]),
            ("settings_of public.x", &[("kept", "x")]),
            ("subscription news", &[]),
            ("extension citext", &[("version", "1.6"), ("schema", "public")]),
            ("table public.t", &[("acl", "[\"b=r/o\",\"a=r/o\"]")]),
            ("index public.broken", &[("valid", "false"), ("table", "t")]),
            ("index public.whole", &[("valid", "true"), ("table", "t")]),
        ]));
        let expected = catalogue(&[
            ("settings_of public.x", &[("kept", "x")]),
            ("extension citext", &[("schema", "public")]),
            ("table public.t", &[("acl", "[\"a=r/o\",\"b=r/o\"]")]),
            ("index public.whole", &[("valid", "true"), ("table", "t")]),
        ]);
        assert_eq!(found, expected);
    }

    #[test]
    fn places_count_but_for_heirs() {
        let found = of(catalogue(&[
            ("table public.heir", &[("inherits", "base")]),
            ("table public.part", &[("inherits", "whole"), ("partition_bound", "DEFAULT")]),
            ("column public.heir.a", &[("position", "1")]),
            ("column public.part.a", &[("position", "1")]),
        ]));
        assert!(found.objects["column public.heir.a"].is_empty());
        assert_eq!(found.objects["column public.part.a"].len(), 1);
    }
}
