//! The functions that look values up in a map.
//!
//! Looking each value up by a query of its own costs several times as much as the rewrite
//! of a table. So the map is also given out as arrays, which the server computes once per
//! statement. Where most numbers between the lowest and the highest old id are ids, the
//! place in the array follows from the number. Where they lie further apart, the place is
//! searched by halves. What is not found is looked up in the map, and fails if that lacks
//! it too.
//!
//! The functions are declared immutable though they read a table, because only then are
//! they computed once. It is true while they exist: they are dropped in the transaction
//! that made them, and the map does not change in between.

use super::super::quote;
use super::scope::Scope;
use super::text;

/// The functions that a conversion needs for itself, with what they take.
pub fn functions(scope: &Scope<'_>, number: usize) -> &'static [(&'static str, &'static str)] {
    match text::old_type(scope, number) {
        "text" if !text::looks_up(scope, number) => &[],
        "text" => &[("new", "text")],
        "numeric" => &[("new", "numeric")],
        _ => FORTH,
    }
}

const FORTH: &[(&str, &str)] =
    &[("new", "bigint"), ("first", ""), ("last", ""), ("uuids", ""), ("points", ""), ("ids", "")];

// Arrays of more would take too much of the server's memory: each place of the first kind
// takes 16 bytes, each id 24 to 48 in those that are searched.
const MOST_PLACES: u64 = 32_000_000;
const MOST_SEARCHED: u64 = 8_000_000;

// Stands in the place of what is no id.
const NONE: &str = "'00000000-0000-0000-0000-000000000000'::uuid";

/// Everything that [`new_value`] calls.
pub fn forth(scope: &Scope<'_>, number: usize) -> Vec<String> {
    if text::old_type(scope, number) != "bigint" {
        return functions(scope, number).iter().map(|(side, _)| one(scope, number, side)).collect();
    }
    vec![
        one(scope, number, "new"),
        once(scope, number, "first", "bigint", &format!("SELECT s.low FROM {}", shape(scope, number))),
        once(scope, number, "last", "bigint", &format!("SELECT s.high FROM {}", shape(scope, number))),
        once(scope, number, "uuids", "uuid[]", &places(scope, number)),
        once(scope, number, "points", "bigint[]", &searched(scope, number, "p.point")),
        once(scope, number, "ids", "uuid[]", &searched(scope, number, "p.id")),
    ]
}

/// The new id of the value in a column.
pub fn new_value(scope: &Scope<'_>, number: usize, column: &str) -> String {
    match text::old_type(scope, number) {
        "text" => return text::new_value(scope, number, column),
        "numeric" => return format!("{}({column}::numeric)", function(scope, number, "new")),
        _ => {}
    }
    let [new, first, last, uuids, points, ids] =
        ["new", "first", "last", "uuids", "points", "ids"].map(|side| function(scope, number, side));
    // Each call less is a tenth of a second for three million values, so numbers of any width
    // are compared and subtracted as they are.
    format!(
        "coalesce(nullif(CASE WHEN {column} BETWEEN {first}() AND {last}() \
         THEN ({uuids}())[({column} - {first}())::int + 1] \
         ELSE ({ids}())[width_bucket({column}::bigint, {points}())] END, {NONE}), {new}({column}))"
    )
}

/// The name of the function that looks values up.
pub fn function(scope: &Scope<'_>, number: usize, side: &str) -> String {
    scope.helper(&format!("{number}_{side}"))
}

/// The function that looks a value up: `new` for the new id, `old` for the old one.
/// Subqueries are not allowed where it is used; it fails where the map lacks the value.
pub fn one(scope: &Scope<'_>, number: usize, side: &str) -> String {
    let old = text::old_type(scope, number);
    let (from, takes, gives) = if side == "new" { ("old", old, "uuid") } else { ("new", "uuid", old) };
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

fn once(scope: &Scope<'_>, number: usize, suffix: &str, gives: &str, query: &str) -> String {
    format!(
        "CREATE FUNCTION {}() RETURNS {gives} LANGUAGE sql IMMUTABLE AS $rekey$\n{query}\n$rekey$",
        function(scope, number, suffix)
    )
}

// Lowest and highest id where the place is to follow from the number, no row otherwise. The
// server knew the number of ids when it built the map's keys; it need not be exact here.
fn shape(scope: &Scope<'_>, number: usize) -> String {
    let map = scope.map(number);
    format!(
        "(SELECT min(m.old_id) AS low, max(m.old_id) AS high FROM {map} m) s, pg_class c\n\
         WHERE c.oid = {}::regclass AND s.high::numeric - s.low < least(4 * c.reltuples + 1000, {MOST_PLACES})",
        quote::literal(&map)
    )
}

// The new ids in the order of the old ones, each in the place of its number.
fn places(scope: &Scope<'_>, number: usize) -> String {
    let map = scope.map(number);
    format!(
        "SELECT CASE WHEN s.high - s.low + 1 = (SELECT count(*) FROM {map})\n\
         THEN ARRAY(SELECT m.new_id FROM {map} m ORDER BY m.old_id)\n\
         ELSE ARRAY(SELECT coalesce(m.new_id, {NONE})\n\
         FROM (SELECT generate_series(s.low, s.high) AS id ORDER BY 1 OFFSET 0) g\n\
         LEFT JOIN (SELECT o.old_id, o.new_id FROM {map} o ORDER BY o.old_id OFFSET 0) m ON m.old_id = g.id ORDER BY g.id) END\n\
         FROM {}",
        shape(scope, number)
    )
}

// The old ids in order, each followed by the number after it where that is no id.
fn searched(scope: &Scope<'_>, number: usize, value: &str) -> String {
    let map = scope.map(number);
    format!(
        "SELECT array_agg({value} ORDER BY p.point)\n\
         FROM (SELECT m.old_id AS point, m.new_id AS id FROM {map} m UNION ALL\n\
         SELECT g.old_id + 1, {NONE} FROM\n\
         (SELECT m.old_id, lead(m.old_id) OVER (ORDER BY m.old_id) AS next FROM {map} m) g\n\
         WHERE g.old_id < 9223372036854775807 AND g.next IS DISTINCT FROM g.old_id + 1) p\n\
         WHERE NOT EXISTS (SELECT FROM {}) AND (SELECT count(*) FROM {map}) <= {MOST_SEARCHED}",
        shape(scope, number)
    )
}
