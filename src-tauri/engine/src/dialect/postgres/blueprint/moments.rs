//! Where the new ids of a key stand in time: in the order of the old ids, ending at the
//! run's start or each at the moment its row was made.

use super::super::quote;
use super::scope::Scope;
use super::versions;
use crate::plan::{Conversion, UuidVersion};
use crate::schema::{Column, Table};

/// The rule of the question which column says when a row was made.
pub const CREATION: &str = "RK-170";
/// The answer that no column does.
pub const START: &str = "start";

/// Names that people give to the moment a row was made, the likeliest first.
const NAMES: &[&str] = &[
    "created_at",
    "created",
    "created_on",
    "inserted_at",
    "date_joined",
    "creation_date",
    "date_created",
    "created_date",
    "create_date",
    "create_time",
    "creation_time",
    "created_time",
    "createdat",
    "created_ts",
    "registered_at",
    "added_at",
];

/// The column of a table that says when a row was made, by its name and type.
pub fn creation_column(table: &Table) -> Option<&Column> {
    let fits = |column: &&Column| column.type_name.starts_with("timestamp");
    NAMES.iter().find_map(|name| {
        table
            .columns
            .iter()
            .filter(fits)
            .find(|column| column.name.to_lowercase().replace('_', "") == name.replace('_', ""))
    })
}

/// The column that was chosen for a conversion.
pub fn chosen<'s>(scope: &Scope<'s>, conversion: &Conversion) -> Option<&'s Column> {
    if !conversion.uuid.ordered() {
        return None;
    }
    let answer = conversion.answers.get(&format!("{CREATION} {}", conversion.root))?;
    scope.table(&conversion.root.table)?.column(answer)
}

/// The moment of a row in ticks since 1970, none where there is no saying; never later
/// than the start `s`, so that ids of new rows follow.
fn moment(version: UuidVersion, column: &str) -> String {
    let ticks = versions::ticks(version);
    format!(
        "CASE WHEN isfinite({column}) THEN floor(least(greatest(extract(epoch FROM {column}) * 1000, 0), s.ms) * {ticks})::bigint END"
    )
}

/// The old ids of `values` in order, each with its tick: rows `k` of old_id and tick.
///
/// The greatest moment so far, counted up by one for each id, keeps the order of the ids
/// even where several rows were made at once, and carries on where a moment is missing.
pub fn ticked(scope: &Scope<'_>, conversion: &Conversion, values: &str) -> String {
    let version = conversion.uuid;
    let ticks = versions::ticks(version);
    let Some(column) = chosen(scope, conversion) else {
        return format!(
            "SELECT v.old_id, (s.ms + 1) * {ticks} - (count(*) OVER () - row_number() OVER (ORDER BY v.old_id)) - 1 AS tick\n\
             FROM start s, (\n{values}\n) v WHERE v.old_id IS NOT NULL"
        );
    };
    format!(
        "SELECT o.old_id, coalesce(max(o.at - o.n) OVER (ORDER BY o.n), min(o.at - o.n) OVER (), s.ms * {ticks} - count(*) OVER ()) + o.n AS tick\n\
         FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n, c.at\n\
         FROM (\n{values}\n) v LEFT JOIN (SELECT t.{} AS id, {} AS at FROM start s, {} t) c ON c.id = v.old_id WHERE v.old_id IS NOT NULL) o",
        quote::ident(&conversion.root.column),
        moment(version, &format!("t.{}", quote::ident(&column.name))),
        quote::table(&conversion.root.table)
    )
}
