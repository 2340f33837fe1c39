//! The functions that look values up in a map.

use super::scope::Scope;

/// Everything that [`new_value`] calls.
pub fn forth(scope: &Scope<'_>, number: usize) -> Vec<String> {
    vec![one(scope, number, "new"), known_ids(scope, number), new_ids(scope, number)]
}

/// The function that looks a value up: `new` for the new id, `old` for the old one.
/// Subqueries are not allowed where it is used; it fails where the map lacks the value.
pub fn one(scope: &Scope<'_>, number: usize, side: &str) -> String {
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
