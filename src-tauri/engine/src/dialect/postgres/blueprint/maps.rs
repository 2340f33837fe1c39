//! The maps from old ids to new ones, and the functions that look values up in them.

use super::super::quote;
use super::scope::{self, Scope};
use crate::plan::{Action, Conversion, Step};
use crate::schema::ColumnName;

/// The name of a map, quoted and qualified.
pub fn map_table(schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> String {
    let name = format!("rk_{}_{conversion}", scope::tag(schema_fingerprint, conversions));
    quote::qualified("rekey", &name)
}

/// Gives every old id of a conversion its new one.
pub fn build(scope: &Scope<'_>, number: usize) -> Step {
    let root = scope.conversions[number].root.clone();
    let map = scope.map(number);
    let mut statements = vec![format!("CREATE TABLE {map} (old_id bigint NOT NULL, new_id uuid NOT NULL)")];
    statements.extend(scope.close(&map));
    statements.extend([
        fill(scope, number),
        format!("ALTER TABLE {map} ADD PRIMARY KEY (old_id)"),
        format!("ALTER TABLE {map} ADD UNIQUE (new_id)"),
        format!("ANALYZE {map}"),
        lookup(scope, number, "new"),
        known_ids(scope, number),
        new_ids(scope, number),
    ]);
    Step {
        id: format!("build_map {root}"),
        title: format!("Give every id of {root} its UUID"),
        action: Action::BuildMap { root },
        statements,
    }
}

// UUIDs of version 7, one for each id that `later` ids follow: the last one ends at the
// start of the run and 4096 fit into a millisecond, so time and counter rise with the old
// id. 28672 is the version's digit, 7, before the 12 bits of the counter. The last 62 bits
// come from the server's own generator of random UUIDs. The start is computed once.
fn fill(scope: &Scope<'_>, number: usize) -> String {
    format!(
        "WITH start AS MATERIALIZED (SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms)\n\
         INSERT INTO {} (old_id, new_id)\n\
         SELECT k.old_id, (lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right(gen_random_uuid()::text, 17))::uuid\n\
         FROM start s, (SELECT v.old_id, count(*) OVER () - row_number() OVER (ORDER BY v.old_id) AS later FROM (\n{}\n) v WHERE v.old_id IS NOT NULL) k\n\
         ORDER BY k.old_id",
        scope.map(number),
        values(scope, number)
    )
}

// Every value that needs an id: the root's, and those of members that no valid foreign key
// ties to a member. Those may hold values that the root lacks; they keep an id of their own.
fn values(scope: &Scope<'_>, number: usize) -> String {
    let selects: Vec<String> = scope
        .members(number)
        .iter()
        .filter(|name| !tied(scope, name, number))
        .map(|name| select(name, "old_id", "::bigint"))
        .collect();
    selects.join("\nUNION\n")
}

/// Every value of a column.
pub fn select(name: &ColumnName, alias: &str, cast: &str) -> String {
    format!("SELECT {}{cast} AS {alias} FROM ONLY {}", quote::ident(&name.column), quote::table(&name.table))
}

fn tied(scope: &Scope<'_>, name: &ColumnName, number: usize) -> bool {
    if *name == scope.conversions[number].root {
        return false;
    }
    let Some(table) = scope.table(&name.table) else {
        return false;
    };
    table.foreign_keys.iter().any(|key| {
        // A reference to the column itself proves nothing, nor does a composite one with NULLs.
        let single = key.columns.len() == 1 && key.columns[0] == name.column;
        let elsewhere = key.parent != name.table || key.parent_columns != key.columns;
        let inside =
            key.parent_columns.first().is_some_and(|column| scope.conversion_of(&key.parent, column) == Some(number));
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

/// The function that looks a value up: `new` for the new id, `old` for the old one.
/// Subqueries are not allowed where it is used; it fails where the map lacks the value.
pub fn lookup(scope: &Scope<'_>, number: usize, side: &str) -> String {
    let (from, takes, gives) = if side == "new" { ("old", "bigint", "uuid") } else { ("new", "uuid", "bigint") };
    format!(
        "CREATE FUNCTION {}({takes}) RETURNS {gives} LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $rekey$\n\
         DECLARE found_id {gives};\n\
         BEGIN\n\
         SELECT m.{side}_id INTO found_id FROM {} m WHERE m.{from}_id = $1;\n\
         IF NOT FOUND THEN\n\
         RAISE EXCEPTION 'the value % belongs to no row, though a foreign key says that it does', $1 USING ERRCODE = 'foreign_key_violation';\n\
         END IF;\n\
         RETURN found_id;\n\
         END\n\
         $rekey$",
        function(scope, number, side),
        scope.map(number)
    )
}

// Looking each value up by a query of its own costs several times as much as the rewrite.
// So the map is also given out as two arrays, which the server computes once per statement
// and then searches by halves: the old ids in order, each followed by the number after it
// where that is no id, and their UUIDs, with the empty UUID in the place of no id. What is
// not found there is looked up, and fails if the map lacks it. Maps above the limit are
// not given out: their arrays would take too much of the server's memory.
//
// The functions are declared immutable though they read a table, because only then are
// they computed once. It is true while they exist: they are dropped in the transaction
// that made them, and the map does not change in between.
const ARRAY_LIMIT: u64 = 4_000_000;

fn points(scope: &Scope<'_>, number: usize) -> String {
    let map = scope.map(number);
    format!(
        "FROM (SELECT m.old_id AS point, m.new_id AS id FROM {map} m UNION ALL\n\
         SELECT g.old_id + 1, '00000000-0000-0000-0000-000000000000'::uuid FROM\n\
         (SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM {map} m) g\n\
         WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p\n\
         WHERE (SELECT count(*) FROM {map}) <= {ARRAY_LIMIT}"
    )
}

fn known_ids(scope: &Scope<'_>, number: usize) -> String {
    array(scope, number, "ids", "bigint[]", "p.point")
}

fn new_ids(scope: &Scope<'_>, number: usize) -> String {
    array(scope, number, "uuids", "uuid[]", "p.id")
}

fn array(scope: &Scope<'_>, number: usize, suffix: &str, gives: &str, value: &str) -> String {
    format!(
        "CREATE FUNCTION {}() RETURNS {gives} LANGUAGE sql IMMUTABLE AS $rekey$\n\
         SELECT array_agg({value} ORDER BY p.point)\n{}\n\
         $rekey$",
        function(scope, number, suffix),
        points(scope, number)
    )
}

/// The new id of the value in a column.
pub fn new_value(scope: &Scope<'_>, number: usize, column: &str) -> String {
    let (ids, uuids) = (function(scope, number, "ids"), function(scope, number, "uuids"));
    format!(
        "coalesce(nullif(({uuids}())[width_bucket({column}::bigint, {ids}())], '00000000-0000-0000-0000-000000000000'::uuid), {}({column}))",
        function(scope, number, "new")
    )
}

/// The functions that a conversion needs for itself, with what they take.
pub const FORTH: &[(&str, &str)] = &[("new", "bigint"), ("ids", ""), ("uuids", "")];

/// The name of the function that looks values up.
pub fn function(scope: &Scope<'_>, number: usize, side: &str) -> String {
    scope.helper(&format!("{number}_{side}"))
}
