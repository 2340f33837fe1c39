//! Sequences that nothing draws from once their keys are UUIDs. They stay as they are, unless
//! somebody chose that they go until the undo, or are left to be read only. The sequence of an
//! identity column is a part of the column and goes with it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{acl, quote};
use super::scope::{Converted, Scope};
use super::stacked::DROP;
use super::{convert, names};
use crate::error::{Error, Result};
use crate::plan::{Action, Conversion, ConversionKind, Step, UuidVersion};
use crate::schema::{Attributes, ColumnName, Generator, Schema};

/// The rule of the choice.
pub const RULE: &str = "RK-197";
/// The answer that leaves a sequence to be read only.
pub const CLOSE: &str = "close";
/// The answer that leaves it as it is.
pub const KEEP: &str = "keep";

/// What becomes of a sequence that does not stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes, and the undo makes it again.
    Dropped,
    /// Nobody may draw from it until the undo.
    Closed,
}

/// Those that were decided about, by their names, quoted and qualified.
pub fn fates(schema: &Schema, conversions: &[Conversion], columns: &Converted) -> BTreeMap<String, Fate> {
    let answered: BTreeMap<&str, Fate> = conversions
        .iter()
        .flat_map(|conversion| &conversion.answers)
        .filter_map(|(id, answer)| {
            let fate = match answer.as_str() {
                DROP => Fate::Dropped,
                CLOSE => Fate::Closed,
                _ => return None,
            };
            Some((id.strip_prefix(RULE)?.strip_prefix(' ')?, fate))
        })
        .collect();
    if answered.is_empty() {
        return BTreeMap::new();
    }
    let fate = |sequence: &&str| answered.get(convert::sequence_key(sequence)?.as_str()).copied();
    let idle = idle(schema, conversions, columns).into_keys();
    idle.filter_map(|sequence| Some((sequence.to_owned(), fate(&sequence)?))).collect()
}

/// Sequences that only columns of one conversion draw from, each with the first of these
/// columns: their defaults make UUIDs from then on, without a number to make them of.
pub fn idle<'s>(schema: &'s Schema, conversions: &[Conversion], columns: &Converted) -> BTreeMap<&'s str, ColumnName> {
    let mut found: BTreeMap<&str, (ColumnName, BTreeSet<Option<usize>>)> = BTreeMap::new();
    for table in schema.tables.values() {
        for column in &table.columns {
            let Generator::Sequence { sequence } = &column.generator else { continue };
            let name = table.column_name(&column.name);
            let number = columns.get(&name).and_then(|held| held.plain());
            let leaves = number.filter(|number| {
                let conversion = conversions.get(*number);
                conversion.is_some_and(|one| one.kind != ConversionKind::Repoint && one.uuid != UuidVersion::V5)
            });
            found.entry(sequence).or_insert_with(|| (name, BTreeSet::new())).1.insert(leaves);
        }
    }
    let left = found.into_iter().filter(|(_, (_, numbers))| numbers.len() == 1 && !numbers.contains(&None));
    left.map(|(sequence, (column, _))| (sequence, column)).collect()
}

/// True where rights can be given again.
pub fn can_give(items: &[String]) -> bool {
    acl::statements(&acl::Object { phrase: "", column: None, owner: "" }, items).is_some()
}

/// True where there are rights to take away, and the owner alone gave them.
pub fn can_close(items: &[String], owner: &str) -> bool {
    let own = items.iter().all(|item| acl::Grant::parse(item).is_some_and(|grant| grant.is_by(owner)));
    own && can_give(items) && items.iter().any(|item| closed(item).as_ref() != Some(item))
}

fn rights(object: &Attributes) -> Option<Vec<String>> {
    serde_json::from_str(object.get("acl")?).ok()
}

// An entry without the rights to draw and to set; none where nothing is left of it.
fn closed(item: &str) -> Option<String> {
    acl::without(item, &['U', 'w'])
}

/// The words that make a sequence again: its type and what it counts by.
fn clause(object: &Attributes) -> Option<String> {
    let of = |name: &str| object.get(name).map(String::as_str);
    let cycle = if of("cycle")? == "true" { "CYCLE" } else { "NO CYCLE" };
    Some(format!(
        "AS {} START WITH {} INCREMENT BY {} MINVALUE {} MAXVALUE {} CACHE {} {cycle}",
        of("type")?,
        of("start")?,
        of("increment")?,
        of("min")?,
        of("max")?,
        of("cache")?
    ))
}

/// The words of a sequence whose state is kept in a table of ours while it is away.
pub fn kept_clause(scope: &Scope<'_>, generator: &Generator) -> Option<String> {
    match generator {
        Generator::Identity { clause, .. } => Some(clause.clone()),
        Generator::Sequence { sequence } if scope.fates.get(sequence) == Some(&Fate::Dropped) => {
            clause(convert::sequence_object(scope, sequence)?.1)
        }
        Generator::Sequence { .. } | Generator::None | Generator::RowId { .. } | Generator::AutoIncrement => None,
    }
}

/// The column that a sequence belongs to, none inside where it belongs to none; none at all
/// where that cannot be told.
fn owner_column(scope: &Scope<'_>, object: &Attributes) -> Option<Option<ColumnName>> {
    let Some(owned) = object.get("owned_by") else { return Some(None) };
    let owned = owned.strip_prefix("a ")?;
    let tables = scope.schema.tables.values();
    let likely = tables.filter(|table| owned.contains(&table.name.name.replace('"', "\"\"")));
    let mut found = likely.flat_map(|table| {
        let whole = format!("{}.{}.", names::shortest(&table.name.schema), names::shortest(&table.name.name));
        table
            .columns
            .iter()
            .filter(move |column| owned.strip_prefix(&whole) == Some(&column.name))
            .map(|column| table.column_name(&column.name))
    });
    found.next().map(Some)
}

fn of_fate<'s>(scope: &'s Scope<'_>, fate: Fate) -> impl Iterator<Item = (&'s str, &'s Attributes)> {
    let chosen = scope.fates.iter().filter(move |(_, own)| **own == fate);
    chosen.filter_map(|(sequence, _)| Some((sequence.as_str(), convert::sequence_object(scope, sequence)?.1)))
}

/// True where at least one of them goes.
pub fn any_goes(scope: &Scope<'_>) -> bool {
    of_fate(scope, Fate::Dropped).next().is_some()
}

/// Locks those that go, which no `LOCK TABLE` does: that it belongs to a column is said again.
pub fn lock(scope: &Scope<'_>) -> Result<Vec<String>> {
    of_fate(scope, Fate::Dropped).map(|(sequence, object)| owned(scope, sequence, object)).collect()
}

fn owned(scope: &Scope<'_>, sequence: &str, object: &Attributes) -> Result<String> {
    let column = owner_column(scope, object)
        .ok_or_else(|| Error::Internal { detail: format!("the column of {sequence} is not known") })?;
    let of = column.map_or_else(
        || "NONE".to_owned(),
        |column| format!("{}.{}", quote::table(&column.table), quote::ident(&column.column)),
    );
    Ok(format!("ALTER SEQUENCE {sequence} OWNED BY {of}"))
}

/// The step that takes them away, or the rights to draw from them.
pub fn take(scope: &Scope<'_>) -> Option<Step> {
    let mut statements = Vec::new();
    for (sequence, _) in of_fate(scope, Fate::Dropped) {
        statements.push(convert::keep(scope, sequence));
        statements.push(format!("DROP SEQUENCE {sequence}"));
    }
    for (sequence, object) in of_fate(scope, Fate::Closed) {
        let items = rights(object).unwrap_or_default();
        let open = items.iter().filter(|item| closed(item).as_ref() != Some(item));
        let roles = open.filter_map(|item| Some(acl::Grant::parse(item)?.to()));
        statements.extend(roles.map(|role| format!("REVOKE USAGE, UPDATE ON SEQUENCE {sequence} FROM {role}")));
    }
    step("take_sequences", "Take away or close the sequences that nothing draws from any more", statements)
}

/// The step that makes them again as they were.
pub fn restore(scope: &Scope<'_>) -> Result<Option<Step>> {
    let mut statements = Vec::new();
    for (sequence, object) in of_fate(scope, Fate::Dropped) {
        let words =
            clause(object).ok_or_else(|| Error::Internal { detail: format!("{sequence} is not described whole") })?;
        let unlogged = if object.get("persistence").is_some_and(|one| one == "u") { "UNLOGGED " } else { "" };
        statements.push(format!("CREATE {unlogged}SEQUENCE {sequence} {words}"));
        let owner = object.get("owner").map_or("", String::as_str);
        statements.push(format!("ALTER SEQUENCE {sequence} OWNER TO {}", quote::ident(owner)));
        statements.push(owned(scope, sequence, object)?);
        statements.extend(convert::give_back(scope, sequence, sequence)?);
    }
    for (sequence, object) in of_fate(scope, Fate::Closed) {
        let items = rights(object).unwrap_or_default();
        // In the order in which they stood, so each is given anew.
        let roles: BTreeSet<String> = items
            .iter()
            .filter_map(|item| closed(item))
            .filter_map(|item| Some(acl::Grant::parse(&item)?.to()))
            .collect();
        statements.extend(roles.iter().map(|role| format!("REVOKE ALL ON SEQUENCE {sequence} FROM {role}")));
        let owner = object.get("owner").map_or("", String::as_str);
        let phrase = format!("SEQUENCE {sequence}");
        let all = acl::statements(&acl::Object { phrase: &phrase, column: None, owner }, &items);
        statements.extend(all.unwrap_or_default());
    }
    Ok(step("restore_sequences", "Make the sequences again as they were", statements))
}

fn step(id: &str, title: &str, statements: Vec<String>) -> Option<Step> {
    (!statements.is_empty()).then(|| Step {
        id: id.to_owned(),
        action: Action::RestoreDependents,
        title: title.to_owned(),
        statements,
    })
}

/// How each is described afterwards; none where it goes.
pub fn after<'s>(scope: &'s Scope<'_>) -> impl Iterator<Item = (&'s String, Option<Attributes>)> {
    scope.fates.iter().filter_map(|(sequence, fate)| {
        let (key, object) = convert::sequence_object(scope, sequence)?;
        let left = (*fate == Fate::Closed).then(|| {
            let items: Vec<String> =
                rights(object).unwrap_or_default().iter().filter_map(|item| closed(item)).collect();
            let mut object = object.clone();
            object.insert("acl".to_owned(), serde_json::json!(items).to_string());
            object
        });
        Some((key, left))
    })
}
