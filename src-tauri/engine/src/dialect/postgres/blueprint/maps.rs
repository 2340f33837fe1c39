//! The maps from old ids to new ones.

use super::super::quote;
use super::convert::Way;
use super::scope::{self, Scope};
use super::{fill, lookup, repoint, scattered, set_aside, text};
use crate::dialect::MapIndex;
use crate::plan::{Action, Conversion, ConversionKind, Step};
use crate::schema::ColumnName;

/// The name of a map, quoted and qualified.
pub fn map_table(schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> String {
    let name = format!("rk_{}_{conversion}", scope::tag(schema_fingerprint, conversions));
    quote::qualified("rekey", &name)
}

/// The index by which new ids are found before any undo of the database has made its own.
pub fn map_index(schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> MapIndex {
    let map = map_table(schema_fingerprint, conversions, conversion);
    let name = format!("rk_{}_{conversion}_redis", scope::tag(schema_fingerprint, conversions));
    MapIndex {
        there: format!(
            "SELECT CASE WHEN EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] \
             WHERE i.indrelid = to_regclass({}) AND a.attname = 'new_id' AND i.indisvalid AND i.indpred IS NULL) THEN '1' ELSE '0' END",
            quote::literal(&map)
        ),
        make: format!("CREATE INDEX IF NOT EXISTS {} ON {map} (new_id)", quote::ident(&name)),
    }
}

/// Gives every old id of a conversion its new one.
pub fn build(scope: &Scope<'_>, number: usize) -> Step {
    let root = scope.conversions[number].root.clone();
    let map = scope.map(number);
    let conversion = &scope.conversions[number];
    let mut statements = match conversion.kind {
        ConversionKind::IntToUuid => fill::numbers(scope, number),
        ConversionKind::Repoint => fill::others(scope, number, repoint::fill(scope, number)),
        ConversionKind::TextToUuid => fill::others(scope, number, text::fill(scope, number)),
    };
    if !in_order(conversion) {
        statements.push(unique(&map));
    }
    statements.push(format!("ANALYZE {map}"));
    statements.extend(lookup::forth(scope, number));
    Step {
        id: format!("build_map {root}"),
        title: format!("Give every id of {root} its UUID"),
        action: Action::BuildMap { root },
        statements,
    }
}

/// True where the order of the new ids proves that none of them appears twice. An index to
/// find them by is made only when they are looked for, on the way back.
pub fn in_order(conversion: &Conversion) -> bool {
    conversion.kind == ConversionKind::IntToUuid && conversion.uuid.ordered()
}

/// Makes the key over the new ids of a map.
pub fn unique(map: &str) -> String {
    format!("ALTER TABLE {map} ADD UNIQUE (new_id)")
}

/// Every value that needs an id. Members that no valid foreign key ties to a member may hold
/// values that the root lacks; they keep an id of their own.
pub fn values(scope: &Scope<'_>, number: usize) -> String {
    let mut selects: Vec<String> = free(scope, number)
        .into_iter()
        .map(|name| select(scope, name, "old_id", &format!("::{}", text::old_type(scope, number))))
        .collect();
    selects.extend(scattered::values(scope, number, Way::Forth));
    match selects.as_slice() {
        // A key by itself holds each value once; any other column may hold it several times.
        [only] if !is_key(scope, &scope.conversions[number].root) => only.replacen("SELECT", "SELECT DISTINCT", 1),
        _ => selects.join("\nUNION\n"),
    }
}

/// True for a column that holds each value once.
pub fn is_key(scope: &Scope<'_>, name: &ColumnName) -> bool {
    scope.conversion_of(&name.table, &name.column).is_some()
        && scope.table(&name.table).is_some_and(|table| {
            let mut keys = table.primary_key.iter().chain(&table.unique_keys);
            keys.any(|key| key.columns == [name.column.clone()])
        })
}

/// The root and the members that may hold values of their own.
pub fn free<'s>(scope: &'s Scope<'_>, number: usize) -> Vec<&'s ColumnName> {
    scope.sources(number).into_iter().filter(|name| !tied(scope, name, number)).collect()
}

/// Every value of a column.
pub fn select(scope: &Scope<'_>, name: &ColumnName, alias: &str, cast: &str) -> String {
    format!("SELECT {}{cast} AS {alias} FROM {}", quote::ident(&name.column), scope.from(&name.table))
}

/// True where a valid foreign key says that a column holds only values of other members.
pub fn tied(scope: &Scope<'_>, name: &ColumnName, number: usize) -> bool {
    if *name == scope.conversions[number].root {
        return false;
    }
    // What it held beside is set aside.
    if set_aside::of(scope, name).is_some() {
        return true;
    }
    let Some(table) = scope.table(&name.table) else {
        return false;
    };
    table.foreign_keys.iter().any(|key| {
        // A reference to the column itself proves nothing, nor does a composite one with NULLs.
        let single = key.columns.len() == 1 && key.columns[0] == name.column;
        let elsewhere = key.parent != name.table || key.parent_columns != key.columns;
        let root = &scope.conversions[number].root;
        let inside = key.parent_columns.first().is_some_and(|column| {
            scope.conversion_of(&key.parent, column) == Some(number)
                || (key.parent == root.table && *column == root.column)
        });
        key.validated && single && elsewhere && inside && !in_circle(scope, name, number)
    })
}

// Columns that refer to each other in a circle hold each other's values only: one of them
// must be read. Circles through the root are broken there.
fn in_circle(scope: &Scope<'_>, start: &ColumnName, number: usize) -> bool {
    let root = &scope.conversions[number].root;
    let mut seen = vec![start.clone()];
    let mut open = vec![start.clone()];
    while let Some(next) = open.pop() {
        let Some(table) = scope.table(&next.table) else {
            continue;
        };
        for key in table.foreign_keys.iter().filter(|key| key.columns == [next.column.clone()]) {
            let Some(column) = key.parent_columns.first() else {
                continue;
            };
            let parent = ColumnName { table: key.parent.clone(), column: column.clone() };
            if parent == *start {
                return true;
            }
            if parent != *root && !seen.contains(&parent) {
                seen.push(parent.clone());
                open.push(parent);
            }
        }
    }
    false
}
