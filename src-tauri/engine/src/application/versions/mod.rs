//! Tables of versions: which migration tool looks after a database, what it has done so far, and
//! what it must be told once the keys are converted.

mod known;
mod stamp;

pub use known::{Known, column, found};
pub use stamp::Stamp;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dialect::{Connection, Database};
use crate::error::Result;
use crate::schema::{Schema, Table, TableName};

/// What a migration tool has written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VersionTable {
    /// The tool.
    pub tool: String,
    /// Its table.
    #[serde(flatten)]
    pub table: TableName,
    /// The newest revision; none where nothing was carried out yet. Where the application has
    /// parts, `part.revision` of the part that came last.
    pub newest: Option<String>,
    /// The newest revision of each part of the application, where it has parts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub parts: BTreeMap<String, String>,
    /// How many migrations were carried out.
    #[ts(type = "number")]
    pub applied: u64,
    /// Migrations that failed or were begun and never finished.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub failed: Vec<String>,
}

impl VersionTable {
    /// True where the newest revision is this one: of the whole, or of a part as `part.revision`.
    pub fn is_at(&self, revision: &str) -> bool {
        let of_part = |(part, newest): (&String, &String)| {
            revision.strip_prefix(part.as_str()).and_then(|rest| rest.strip_prefix('.')) == Some(newest)
        };
        self.newest.as_deref() == Some(revision) || self.parts.iter().any(of_part)
    }
}

/// The names of all tools that are known.
pub fn tools() -> impl Iterator<Item = &'static str> {
    known::KNOWN.iter().map(|known| known.tool)
}

/// Reads every table of versions in a schema: one query each.
///
/// # Errors
/// When one of them cannot be read.
pub async fn read(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
) -> Result<Vec<VersionTable>> {
    let mut all = Vec::new();
    for (table, known) in found(schema) {
        let Some(sql) = question(database, table, known) else { continue };
        let mut told = VersionTable {
            tool: known.tool.to_owned(),
            table: table.name.clone(),
            newest: None,
            parts: BTreeMap::new(),
            applied: 0,
            failed: Vec::new(),
        };
        for row in connection.query(&sql).await? {
            told.take(row);
        }
        all.push(told);
    }
    Ok(all)
}

impl VersionTable {
    fn take(&mut self, row: Vec<Option<String>>) {
        let mut values = row.into_iter();
        let revision = values.next().flatten().unwrap_or_default();
        let part = values.next().flatten();
        let name = part.as_ref().map_or_else(|| revision.clone(), |part| format!("{part}.{revision}"));
        if values.next().flatten().as_deref() == Some("1") {
            self.failed.push(name);
            return;
        }
        self.applied += 1;
        self.newest = Some(name);
        if let Some(part) = part {
            // Their names are numbered, and one may have been added late.
            let newest = self.parts.entry(part).or_default();
            if *newest < revision {
                *newest = revision;
            }
        }
    }
}

// Revision, part, and `1` for what failed, the oldest first.
fn question(database: &dyn Database, table: &Table, known: &Known) -> Option<String> {
    let own = |name: &str| column(table, name).map(|name| database.quote(name));
    let condition = |text: &str| {
        let mut told = text.to_owned();
        for column in &table.columns {
            told = told.replace(&format!("{{{}}}", column.name.to_ascii_lowercase()), &database.quote(&column.name));
        }
        told
    };
    let (revision, order) = (own(known.revision)?, own(known.order)?);
    let part = known.part.and_then(own).map_or_else(|| "NULL".to_owned(), |part| database.text(&part));
    let failed = known
        .failed
        .map_or_else(|| "'0'".to_owned(), |failed| format!("CASE WHEN {} THEN '1' ELSE '0' END", condition(failed)));
    let counts = known.counts.map(|counts| format!(" WHERE {}", condition(counts))).unwrap_or_default();
    Some(format!(
        "SELECT {}, {part}, {failed} FROM {}.{}{counts} ORDER BY {order}",
        database.text(&revision),
        database.quote(&table.name.schema),
        database.quote(&table.name.name)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> VersionTable {
        VersionTable {
            tool: "Django".to_owned(),
            table: TableName::new("public", "django_migrations"),
            newest: None,
            parts: BTreeMap::new(),
            applied: 0,
            failed: Vec::new(),
        }
    }

    #[test]
    fn the_newest_of_each_part_and_what_failed_are_told_apart() {
        let mut told = table();
        for (revision, part, failed) in [
            ("0002_b", Some("shop"), "0"),
            ("0001_a", Some("shop"), "0"),
            ("0001_c", Some("auth"), "0"),
            ("0003_x", Some("shop"), "1"),
        ] {
            told.take(vec![Some(revision.to_owned()), part.map(str::to_owned), Some(failed.to_owned())]);
        }
        assert_eq!((told.applied, told.newest.as_deref()), (3, Some("auth.0001_c")));
        assert_eq!(told.failed, ["shop.0003_x"]);
        assert!(told.is_at("shop.0002_b") && told.is_at("auth.0001_c") && !told.is_at("shop.0001_a"));
    }
}
