//! Indexes that references lack, made where somebody asked for them.

use std::collections::BTreeSet;

use super::super::quote;
use super::scope::Scope;
use crate::dialect::unindexed::{Reference, inferred};
use crate::plan::{Action, Announcement, Step};
use crate::schema::{Difference, Table, TableName};

/// The references that the conversions carry along, whether an index serves them or not.
pub fn references<'a>(scope: &Scope<'a>) -> Vec<Reference<'a>> {
    let declared = scope.foreign_keys().into_iter().filter_map(|(table, key)| Reference::declared(table, key));
    declared.chain(undeclared(scope)).collect()
}

/// Those of them that no foreign key declares.
pub fn undeclared<'a>(scope: &Scope<'a>) -> Vec<Reference<'a>> {
    inferred(scope.conversions, |name| scope.table(name))
}

/// A name for the index: as people give it, unless it is taken, or another reference that may
/// get an index would have the same.
pub fn index_name(scope: &Scope<'_>, reference: &Reference<'_>) -> String {
    let plain = reference.plain_name();
    let schema = &reference.table.name.schema;
    let taken = |name: &str| scope.schema.index_names.contains(&TableName::new(schema, name));
    (0..)
        .map(|number| if number == 0 { cut(&plain, "") } else { cut(&plain, &format!("_{number}")) })
        .filter(|name| !taken(name))
        .nth(before(scope, reference, &plain))
        .unwrap_or(plain)
}

// How many references come first, in an order that no answer to this question changes, whose
// index would have the same name: `a_b` with `c` and `a` with `b_c`, or names that are alike as
// far as they are kept. Those that foreign keys declare come before all others.
fn before(scope: &Scope<'_>, reference: &Reference<'_>, plain: &str) -> usize {
    let own = place(reference);
    let schema = reference.table.name.schema.as_str();
    let tables = scope.schema.tables.values().filter(|other| other.name.schema == schema);
    let keys =
        tables.flat_map(|other| other.foreign_keys.iter().filter_map(move |key| Reference::declared(other, key)));
    let guessed = undeclared(scope).into_iter().filter(|other| other.table.name.schema == schema);
    let earlier = keys.chain(guessed).filter(|other| place(other) < own && is_named(other, plain));
    earlier.map(|other| place(&other)).collect::<BTreeSet<_>>().len()
}

fn place<'a>(reference: &Reference<'a>) -> (bool, &'a TableName, Vec<&'a str>) {
    let table: &'a Table = reference.table;
    (reference.key().is_none(), &table.name, reference.columns())
}

// Without making the name where that can be avoided: there may be many references.
fn is_named(reference: &Reference<'_>, wanted: &str) -> bool {
    let table = reference.table.name.name.as_bytes();
    let start = table.len().min(wanted.len().saturating_sub(3)).min(60);
    let alike = wanted.as_bytes().get(3..3 + start) == table.get(..start);
    alike && cut(&reference.plain_name(), "") == cut(wanted, "")
}

// The server cuts names after 63 bytes.
fn cut(name: &str, suffix: &str) -> String {
    let mut end = name.len().min(63 - suffix.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{suffix}", &name[..end])
}

fn wanted<'a>(scope: &Scope<'a>) -> Vec<Reference<'a>> {
    let chosen = references(scope).into_iter().filter(|one| one.is_wanted(scope.conversions));
    // One index serves every reference over the same columns.
    let mut seen = BTreeSet::new();
    chosen.filter(|one| seen.insert((&one.table.name, one.columns()))).collect()
}

/// The step that makes them; none where none is wanted.
pub fn make(scope: &Scope<'_>) -> Option<Step> {
    let statements: Vec<String> = wanted(scope)
        .into_iter()
        .map(|one| {
            let columns: Vec<String> = one.columns().into_iter().map(quote::ident).collect();
            let name = quote::ident(&index_name(scope, &one));
            format!("CREATE INDEX {name} ON {} ({})", quote::table(&one.table.name), columns.join(", "))
        })
        .collect();
    step("make_indexes", "Make the indexes that references lacked", statements)
}

/// The step that takes them away again.
pub fn remove(scope: &Scope<'_>) -> Option<Step> {
    let statements = wanted(scope)
        .into_iter()
        .map(|one| format!("DROP INDEX {}", quote::qualified(&one.table.name.schema, &index_name(scope, &one))))
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
    let new = |one: Reference<'_>| Difference {
        object: quote::key("index", &[&one.table.name.schema, &index_name(scope, &one)]),
        attribute: String::new(),
        before: None,
        after: Some(super::announced::ANY.to_owned()),
    };
    wanted(scope).into_iter().map(new).collect()
}
