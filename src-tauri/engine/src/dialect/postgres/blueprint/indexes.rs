//! Indexes that references lack, made where somebody asked for them.

use std::collections::BTreeSet;

use super::super::quote;
use super::scope::Scope;
use crate::plan::{Action, Announcement, Step};
use crate::schema::{Difference, ForeignKey, Table, TableName};

/// The answer that asks for the index.
pub const CREATE: &str = "create";

/// The rule and the object of the finding that a reference has no index.
pub fn without_index(table: &Table, key: &ForeignKey) -> (&'static str, String) {
    ("RK-139", format!("reference {}.{}", table.name, key.name))
}

/// A name for the index: as people give it, unless it is taken, or another reference that may
/// get an index would have the same.
pub fn index_name(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> String {
    let plain = plain(table, key);
    let taken = |name: &str| scope.schema.index_names.contains(&TableName::new(&table.name.schema, name));
    (0..)
        .map(|number| if number == 0 { cut(&plain, "") } else { cut(&plain, &format!("_{number}")) })
        .filter(|name| !taken(name))
        .nth(before(scope, table, key, &plain))
        .unwrap_or(plain)
}

fn plain(table: &Table, key: &ForeignKey) -> String {
    format!("ix_{}_{}", table.name.name, key.columns.join("_"))
}

// How many references come first, in an order that no answer changes, whose index would have
// the same name: `a_b` with `c` and `a` with `b_c`, or names that are alike as far as they are kept.
fn before(scope: &Scope<'_>, table: &Table, key: &ForeignKey, plain: &str) -> usize {
    let own = (&table.name, &key.columns);
    let schema = table.name.schema.as_str();
    let tables = scope.schema.tables.values().filter(|other| other.name.schema == schema);
    let all = tables.flat_map(|other| other.foreign_keys.iter().map(move |key| (other, key)));
    let earlier = all.filter(|(other, key)| (&other.name, &key.columns) < own && named(other, key, plain));
    earlier.map(|(other, key)| (&other.name, &key.columns)).collect::<BTreeSet<_>>().len()
}

// Without making the name where that can be avoided: there may be many references.
fn named(table: &Table, key: &ForeignKey, wanted: &str) -> bool {
    let start = table.name.name.len().min(wanted.len().saturating_sub(3)).min(60);
    let alike = wanted.as_bytes().get(3..3 + start) == table.name.name.as_bytes().get(..start);
    alike && cut(&plain(table, key), "") == cut(wanted, "")
}

// The server cuts names after 63 bytes.
fn cut(name: &str, suffix: &str) -> String {
    let mut end = name.len().min(63 - suffix.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{suffix}", &name[..end])
}

fn wanted<'a>(scope: &Scope<'a>) -> Vec<(&'a Table, &'a ForeignKey)> {
    let asked = |(table, key): &(&Table, &ForeignKey)| {
        let (rule, object) = without_index(table, key);
        let id = format!("{rule} {object}");
        scope.conversions.iter().any(|conversion| conversion.answers.get(&id).is_some_and(|answer| answer == CREATE))
    };
    let mut chosen: Vec<(&Table, &ForeignKey)> = scope.foreign_keys().into_iter().filter(asked).collect();
    // One index serves every reference over the same columns.
    let mut seen = BTreeSet::new();
    chosen.retain(|(table, key)| seen.insert((&table.name, &key.columns)));
    chosen
}

/// The step that makes them; none where none is wanted.
pub fn make(scope: &Scope<'_>) -> Option<Step> {
    let statements: Vec<String> = wanted(scope)
        .into_iter()
        .map(|(table, key)| {
            let columns: Vec<String> = key.columns.iter().map(|column| quote::ident(column)).collect();
            let name = quote::ident(&index_name(scope, table, key));
            format!("CREATE INDEX {name} ON {} ({})", quote::table(&table.name), columns.join(", "))
        })
        .collect();
    step("make_indexes", "Make the indexes that references lacked", statements)
}

/// The step that takes them away again.
pub fn remove(scope: &Scope<'_>) -> Option<Step> {
    let statements = wanted(scope)
        .into_iter()
        .map(|(table, key)| {
            format!("DROP INDEX {}", quote::qualified(&table.name.schema, &index_name(scope, table, key)))
        })
        .collect();
    step("remove_indexes", "Take away the indexes that were made for references", statements)
}

fn step(id: &str, title: &str, statements: Vec<String>) -> Option<Step> {
    (!statements.is_empty()).then(|| Step {
        id: id.to_owned(),
        action: Action::RestoreDependents,
        title: title.to_owned(),
        statements,
    })
}

/// They are new in the catalogue; how the server describes them is its own affair.
pub fn announced(scope: &Scope<'_>) -> Vec<Announcement> {
    let new = |(table, key): (&Table, &ForeignKey)| Difference {
        object: quote::key("index", &[&table.name.schema, &index_name(scope, table, key)]),
        attribute: String::new(),
        before: None,
        after: Some(super::announced::ANY.to_owned()),
    };
    wanted(scope).into_iter().map(new).collect()
}
