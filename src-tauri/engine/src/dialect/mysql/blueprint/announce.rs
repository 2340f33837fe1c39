//! How the catalogue will differ: the very values that will be found.

use super::super::quote;
use super::super::uuid;
use super::work::{TableWork, Work};
use crate::plan::{Announcement, Storage};
use crate::schema::Difference;
use crate::{Error, Result};

/// An announced value that only the server can spell.
const ANY: &str = "*";

/// All differences.
pub fn announced(work: &Work<'_>) -> Result<Vec<Announcement>> {
    let mut found = Vec::new();
    for table in &work.tables {
        for (column, number) in &table.columns {
            found.extend(changed(work, table, column, *number)?);
        }
    }
    Ok(found)
}

fn changed(work: &Work<'_>, table: &TableWork<'_>, column: &str, number: usize) -> Result<Vec<Announcement>> {
    let name = &table.table.name;
    let object = quote::key("column", &[&name.schema, &name.name, column]);
    let unknown = || Error::Internal { detail: format!("the catalogue does not have {object}") };
    let before = work.schema.catalogue.objects.get(&object).ok_or_else(unknown)?;
    let storage = work.conversions.get(number).ok_or_else(unknown)?.storage;
    let after = after(work, table, column, number)?;
    let (charset, collation) = match storage {
        Storage::Char36 => (Some("ascii"), Some("ascii_bin")),
        Storage::Uuid | Storage::Binary16 => (None, None),
    };
    let pairs = [("sql", Some(after.as_str())), ("character_set_name", charset), ("collation_name", collation)];
    let differences = pairs.into_iter().map(|(attribute, after)| Difference {
        object: object.clone(),
        attribute: attribute.to_owned(),
        before: before.get(attribute).cloned(),
        after: after.map(str::to_owned),
    });
    Ok(differences.filter(|one| one.before != one.after).collect())
}

// How the server spells a default, or names a character set that is the table's own, is not
// known beforehand.
fn after(work: &Work<'_>, table: &TableWork<'_>, column: &str, number: usize) -> Result<String> {
    let whole = table.retyped(work, column, number)?;
    let own = quote::ident(column);
    let spelt = whole.strip_prefix(&own).unwrap_or(&whole).trim_start();
    let told = spelt.contains(" DEFAULT (") || spelt.starts_with(uuid::column_type(Storage::Char36));
    Ok(if told { ANY.to_owned() } else { spelt.to_owned() })
}
