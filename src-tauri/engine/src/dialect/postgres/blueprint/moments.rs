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
/// than the run's start, so that ids of new rows follow. Floating point numbers tell
/// microseconds of our time apart, and are several times as fast as exact ones.
fn moment(version: UuidVersion, column: &str, nullable: bool) -> String {
    let ticks = ticks(version, &microseconds(column));
    if nullable { format!("CASE WHEN isfinite({column}) THEN {ticks} END") } else { ticks }
}

// Since 1970, infinite where the moment is.
fn microseconds(column: &str) -> String {
    format!("greatest(date_part('epoch', {column}) * 1000000, 0)")
}

fn ticks(version: UuidVersion, microseconds: &str) -> String {
    let per_microsecond = match version {
        UuidVersion::V6 => "10",
        UuidVersion::V7 | UuidVersion::V5 | UuidVersion::V4 => "512 / 125",
    };
    format!("least({microseconds}, (SELECT s.ms FROM start s) * 1000::float8)::bigint * {per_microsecond}")
}

/// Where the old ids of a map come from.
pub enum Rows {
    /// All from the root, where this condition, if any, holds too.
    Root(String),
    /// From this query.
    Values(String),
}

/// How a row by itself tells its place in time.
pub struct Near {
    /// What is read of the row beside its id, each with a comma before it.
    pub read: String,
    /// The tick of the row `t` of `id` and what is read.
    pub tick: String,
}

impl Near {
    /// True where the moment of a row tells, and not its id alone.
    pub fn by_moment(&self) -> bool {
        !self.read.is_empty()
    }
}

/// The tick of a row where the ids lie so close together that the id itself can be
/// the number to count up by; none where a row by itself does not tell.
///
/// Rows may have been made at once, so the time in their ids runs on by a quarter of a
/// microsecond for each id: after four million it is a second late. That the moments have
/// the order of the ids must be looked at afterwards.
pub fn near(scope: &Scope<'_>, conversion: &Conversion) -> Option<Near> {
    let own = versions::ticks(conversion.uuid);
    match chosen(scope, conversion) {
        None => Some(Near {
            read: String::new(),
            tick: format!("(t.id - (SELECT s.high FROM start s) + (SELECT (s.ms + 1) * {own} - 1 FROM start s))"),
        }),
        Some(column) if column.nullable => None,
        // A tick is asked for twice, so what is dear about it is computed before.
        Some(column) => Some(Near {
            read: format!(", {} AS at", microseconds(&format!("t.{}", quote::ident(&column.name)))),
            tick: format!("({} + (t.id - (SELECT s.low FROM start s)))", ticks(conversion.uuid, "t.at")),
        }),
    }
}

/// The old ids in order, each with its tick: rows `k` of old_id, number and tick.
///
/// The greatest moment so far, counted up by one for each id, keeps the order of the ids
/// even where several rows were made at once, and carries on where a moment is missing.
pub fn ticked(scope: &Scope<'_>, conversion: &Conversion, rows: &Rows) -> String {
    let (root, version) = (&conversion.root, conversion.uuid);
    let ticks = versions::ticks(version);
    let (id, table) = (quote::ident(&root.column), scope.from(&root.table));
    let chosen = chosen(scope, conversion);
    let at = |nullable| {
        chosen.map_or_else(String::new, |column| {
            format!(", {} AS at", moment(version, &format!("t.{}", quote::ident(&column.name)), nullable))
        })
    };
    // Then every id has a moment, and the first must not wait for the last.
    let complete = matches!(rows, Rows::Root(_)) && chosen.is_some_and(|column| !column.nullable);
    let source = match (rows, chosen) {
        (Rows::Root(only), _) => {
            format!("SELECT t.{id} AS old_id{} FROM {table} t WHERE t.{id} IS NOT NULL{only}", at(!complete))
        }
        (Rows::Values(values), None) => format!("SELECT w.old_id FROM (\n{values}\n) w WHERE w.old_id IS NOT NULL"),
        (Rows::Values(values), Some(_)) => format!(
            "SELECT w.old_id, c.at FROM (\n{values}\n) w LEFT JOIN (SELECT t.{id} AS id{} FROM {table} t) c \
             ON c.id = w.old_id WHERE w.old_id IS NOT NULL",
            at(true)
        ),
    };
    let tick = match chosen {
        None => format!("(s.ms + 1) * {ticks} - count(*) OVER () + o.n - 1"),
        Some(_) if complete => "max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING) + o.n".to_owned(),
        Some(_) => format!(
            "coalesce(max(o.at - o.n) OVER (ORDER BY o.old_id ROWS UNBOUNDED PRECEDING), min(o.at - o.n) OVER (), s.ms * {ticks} - count(*) OVER ()) + o.n"
        ),
    };
    let numbered = if chosen.is_some() { ", v.at" } else { "" };
    format!(
        "SELECT o.old_id, o.n, {tick} AS tick\n\
         FROM start s, (SELECT v.old_id, row_number() OVER (ORDER BY v.old_id) AS n{numbered} FROM (\n{source}\n) v) o"
    )
}
