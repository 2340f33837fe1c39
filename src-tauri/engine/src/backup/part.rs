//! Some tables of a backup alone: everything is restored and proven first, then the other
//! tables are taken out, and what is left must be what it was.

use std::collections::{BTreeMap, BTreeSet};

use super::{Backup, Content, Restored, Restoring, Rung, Work};
use crate::dialect::Access;
use crate::schema::{Attributes, EngineKind, Schema, TableName};
use crate::{Error, Result};

/// Refuses names of tables that the backup does not hold, before anything is made. A backup of
/// an earlier version does not tell; there they are looked for in what was restored.
///
/// # Errors
/// [`Error::Unknown`].
pub fn must_be_there(backup: &Backup, wanted: &[String]) -> Result<()> {
    if backup.tables.is_empty() {
        return Ok(());
    }
    named(&backup.tables, wanted).map(|_| ())
}

/// Takes out all other tables and compares what is left with the backup's manifest, and with
/// the catalogue of the whole.
///
/// # Errors
/// [`Error::Apart`] where a table cannot be without another one; [`Error::Backup`] where
/// something is not as it was.
pub async fn take_out_the_others(
    backup: &Backup,
    restoring: &Restoring<'_>,
    whole: &Content,
    restored: Restored,
    work: &Work<'_>,
) -> Result<Restored> {
    work.tell("Take out the tables that were not chosen", None, 0, 0);
    let new = restoring.new;
    let mut connection = new.connect(Access::Write, "rekey").await?;
    let schema = new.structure(connection.as_mut()).await?;
    let own: Vec<TableName> = schema.tables.keys().cloned().collect();
    let chosen = with_parts(&schema, named(&own, restoring.tables)?);
    needs_nothing(&schema, &chosen)?;
    let tables = parents_first(&schema, &chosen);
    let left_out = new.keep_only(connection.as_mut(), &tables).await?;
    work.tell("Compare what is left with the backup", None, 0, 0);
    let left = new.content(connection.as_mut()).await?;
    let compared = unchanged(backup, whole, &left, &chosen, &left_out)?;
    let live = if backup.engine == EngineKind::Sqlite { &backup.source } else { &backup.database };
    let copy_back = new.copy_back(connection.as_mut(), &schema, &tables, live).await?;
    Ok(Restored { compared, tables: chosen.iter().map(ToString::to_string).collect(), left_out, copy_back, ..restored })
}

fn named(known: &[TableName], wanted: &[String]) -> Result<BTreeSet<TableName>> {
    wanted.iter().map(|text| one(known, text)).collect()
}

// Whole names come first: a dot may be part of a name. The schema of MySQL is the database,
// which has another name now.
fn one(known: &[TableName], text: &str) -> Result<TableName> {
    let whole: Vec<&TableName> = known.iter().filter(|name| name.to_string() == text).collect();
    let found = if whole.is_empty() { known.iter().filter(|name| name.name == text).collect() } else { whole };
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(Error::Unknown { kind: "table in the backup", name: text.to_owned() }),
        several => Err(Error::Unknown {
            kind: "single table of that name in the backup, but several:",
            name: several.iter().map(ToString::to_string).collect::<Vec<_>>().join("', '"),
        }),
    }
}

// The rows of a partitioned table are those of its partitions.
fn with_parts(schema: &Schema, mut chosen: BTreeSet<TableName>) -> BTreeSet<TableName> {
    loop {
        let more: Vec<TableName> = schema
            .tables
            .values()
            .filter(|table| !chosen.contains(&table.name) && table.parents.iter().any(|parent| chosen.contains(parent)))
            .map(|table| table.name.clone())
            .collect();
        if more.is_empty() {
            return chosen;
        }
        chosen.extend(more);
    }
}

fn needs_nothing(schema: &Schema, chosen: &BTreeSet<TableName>) -> Result<()> {
    let tables = chosen.iter().filter_map(|name| schema.tables.get(name));
    let reasons: Vec<String> = tables
        .flat_map(|table| {
            table.parents.iter().filter(|parent| !chosen.contains(parent)).map(move |parent| (table, parent))
        })
        .map(|(table, parent)| format!("{} is a part of {parent}: choose {parent}", table.name))
        .collect();
    if reasons.is_empty() { Ok(()) } else { Err(Error::Apart { reasons }) }
}

// In the order of their names where two lead to each other.
fn parents_first(schema: &Schema, chosen: &BTreeSet<TableName>) -> Vec<TableName> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for name in chosen {
        visit(schema, chosen, name, &mut seen, &mut order);
    }
    order
}

fn visit(
    schema: &Schema,
    chosen: &BTreeSet<TableName>,
    name: &TableName,
    seen: &mut BTreeSet<TableName>,
    order: &mut Vec<TableName>,
) {
    if !chosen.contains(name) || !seen.insert(name.clone()) {
        return;
    }
    for key in schema.tables.get(name).into_iter().flat_map(|table| &table.foreign_keys) {
        visit(schema, chosen, &key.parent, seen, order);
    }
    order.push(name.clone());
}

// What is left is what it was, by the digests of the manifest and by the catalogue of the whole;
// and of the chosen tables nothing is missing that was not named. Gives how many digests were
// compared.
fn unchanged(
    backup: &Backup,
    whole: &Content,
    left: &Content,
    chosen: &BTreeSet<TableName>,
    left_out: &[String],
) -> Result<usize> {
    let mut differing: Vec<String> = Vec::new();
    let alike = left.digests.iter().filter(|(name, _)| !loses_lines(backup, name));
    for (name, digest) in alike.clone() {
        if backup.digests.get(name) != Some(digest) {
            differing.push(name.clone());
        }
    }
    let (before, after) = (settled(backup, whole, left_out), settled(backup, left, left_out));
    for (object, attributes) in &after {
        if before.get(object) != Some(attributes) {
            differing.push(object.clone());
        }
    }
    for (object, attributes) in before.iter().filter(|(object, _)| !after.contains_key(*object)) {
        let of_chosen = chosen.iter().any(|table| belongs(object, attributes, table));
        if of_chosen && !left_out.iter().any(|told| is_told(object, told)) {
            differing.push(object.clone());
        }
    }
    for table in chosen {
        let rows = rows_of(&backup.digests, table);
        if rows.is_some_and(|name| !left.digests.contains_key(name)) {
            differing.push(table.to_string());
        }
    }
    if differing.is_empty() {
        return Ok(alike.count());
    }
    let detail = format!("what is left is not what was restored: {}", differing.join(", "));
    Err(Error::Backup { rung: Rung::Compared, detail })
}

// SQLite keeps the counters and the statistics of all tables in tables of its own, and takes a
// table's lines out of them with the table. They were compared with those of the whole.
fn loses_lines(backup: &Backup, name: &str) -> bool {
    backup.engine == EngineKind::Sqlite && name.starts_with("rows main.sqlite_")
}

fn rows_of<'a>(digests: &'a BTreeMap<String, String>, table: &TableName) -> Option<&'a String> {
    let names = [format!("rows {table}"), format!("rows {}", table.name)];
    digests.keys().find(|key| names.contains(key))
}

// The catalogue in a form in which one table less does not show. SQLite counts its objects and
// the references of a table, and keeps references in the table's text, which is another one
// where a reference was left out; columns, keys and conditions are objects of their own.
fn settled(backup: &Backup, content: &Content, left_out: &[String]) -> BTreeMap<String, Attributes> {
    let mut objects = content.catalogue.objects.clone();
    if backup.engine != EngineKind::Sqlite {
        return objects;
    }
    let references: Vec<String> = objects.keys().filter(|object| object.starts_with(REFERENCE)).cloned().collect();
    for object in references {
        let attributes = objects.remove(&object).unwrap_or_default();
        let table = object.trim_start_matches(REFERENCE).rsplit_once('.').map_or("", |(table, _)| table);
        let told = |name: &str| attributes.get(name).cloned().unwrap_or_default();
        objects.insert(format!("{REFERENCE}{table}.{} to {}", told("columns"), told("parent")), attributes);
    }
    for (object, attributes) in &mut objects {
        if !object.starts_with("column ") {
            attributes.remove("place");
        }
        let table = object.strip_prefix("table main.");
        if table
            .is_some_and(|table| left_out.iter().any(|told| told.starts_with(&format!("the reference of {table} to "))))
        {
            attributes.remove("sql");
        }
    }
    objects
}

const REFERENCE: &str = "foreign key ";

// `column public.orders.id`, `index public.orders_by_day` with its table beside it. In the
// catalogue of a copy on MySQL the database has no name of its own.
fn belongs(object: &str, attributes: &Attributes, table: &TableName) -> bool {
    let Some((_, name)) = object.split_once(' ') else { return false };
    [table.to_string(), format!("database.{}", table.name)].iter().any(|own| {
        name == own
            || name.strip_prefix(own).is_some_and(|rest| rest.starts_with('.'))
            || name.ends_with(&format!(" on {own}"))
            || attributes.get("table").is_some_and(|of| of == own || *of == table.name)
    })
}

// By its own name, the last of `public.orders.orders_user_fkey`; columns, keys and indexes of a
// chosen table never go.
fn is_told(object: &str, told: &str) -> bool {
    if ["column ", "table ", "index ", "primary key ", "unique key "].iter().any(|kind| object.starts_with(kind)) {
        return false;
    }
    if let Some((_, parent)) = object.rsplit_once(" to ").filter(|_| object.starts_with(REFERENCE)) {
        return told.ends_with(&format!(" to {parent}"));
    }
    let own = object.split_once(' ').map_or(object, |(_, name)| name);
    told.contains(own.rsplit('.').next().unwrap_or(own))
}
