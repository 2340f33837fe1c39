//! Makes the maps and fills them.
//!
//! Numbers get their new ids in their order. Where they lie close together, each row's
//! place follows from its number, and several processes share the work. Where they do not,
//! or where the moments at which the rows were made have another order than the ids, the
//! rows are counted one after the other.

use super::super::quote;
use super::convert::Way;
use super::scope::Scope;
use super::{ids, maps, moments, scattered, text, versions};

// The ids of a map are all different: a small sample tells as much of them as a large one.
const SAMPLE: u32 = 10;
// By how many ticks the time in an id may be late: about a minute.
const LATEST: u64 = 1 << 28;

/// Makes the map of a conversion that is no numbering of ours.
pub fn others(scope: &Scope<'_>, number: usize, fill: Vec<String>) -> Vec<String> {
    let map = scope.map(number);
    let old = text::old_type(scope, number);
    let mut sql = vec![format!("CREATE TABLE {map} (old_id {old} NOT NULL, new_id uuid NOT NULL)")];
    sql.extend(scope.close(&map));
    sql.extend(fill);
    sql.push(format!("ALTER TABLE {map} ADD PRIMARY KEY (old_id)"));
    sql
}

/// Makes the map of a conversion of numbers.
pub fn numbers(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let map = scope.map(number);
    let Some(near) = one_by_one(scope, number) else {
        let rows = if of_root(scope, number) {
            moments::Rows::Root(String::new())
        } else {
            moments::Rows::Values(maps::values(scope, number))
        };
        let mut sql = vec![format!("CREATE TABLE {map} AS\n{}", counted(scope, number, &rows))];
        sql.extend(scope.close(&map));
        sql.push(key(&map));
        return sql;
    };
    let mut sql = vec![format!("CREATE TABLE {map} AS\n{}", by_number(scope, number, &near))];
    sql.extend(scope.close(&map));
    // From a table without a key nothing may be deleted where a publication has all tables.
    if near.by_moment() {
        sql.extend([key(&map), out_of_order(&map)]);
    }
    let rows = moments::Rows::Root(format!(" AND NOT EXISTS (SELECT FROM {map})"));
    sql.push(format!("INSERT INTO {map} (old_id, new_id)\n{}", counted(scope, number, &rows)));
    if !near.by_moment() {
        sql.push(key(&map));
    }
    sql
}

/// True where [`numbers`] takes each row's moment for granted first, and then looks whether
/// that gave the ids their order.
pub fn looks_at_order(scope: &Scope<'_>, number: usize) -> bool {
    one_by_one(scope, number).is_some_and(|near| near.by_moment())
}

// True where the root's rows, each with a value of its own, are all that needs an id.
fn of_root(scope: &Scope<'_>, number: usize) -> bool {
    let root = &scope.conversions[number].root;
    maps::free(scope, number) == [root]
        && scattered::values(scope, number, Way::Forth).is_empty()
        && maps::is_key(scope, root)
}

// How a row by itself tells its id, if it does.
fn one_by_one(scope: &Scope<'_>, number: usize) -> Option<moments::Near> {
    let conversion = &scope.conversions[number];
    let numbers = maps::in_order(conversion) && text::old_type(scope, number) == "bigint";
    moments::near(scope, conversion).filter(|_| numbers && of_root(scope, number))
}

fn key(map: &str) -> String {
    format!(
        "ALTER TABLE {map} ALTER COLUMN old_id SET STATISTICS {SAMPLE}, ALTER COLUMN new_id SET STATISTICS {SAMPLE}, \
         ALTER COLUMN new_id SET NOT NULL, ADD PRIMARY KEY (old_id)"
    )
}

// Empties a map in which the moments turned the order around. `assertions::order` relies on
// this being asked once the map has its key.
fn out_of_order(map: &str) -> String {
    format!(
        "DELETE FROM {map} WHERE EXISTS (SELECT FROM (SELECT m.new_id, lag(m.new_id) OVER (ORDER BY m.old_id) AS new_before FROM {map} m) o WHERE o.new_before >= o.new_id)"
    )
}

// Each row by itself, none at all where the lowest and the highest number are far apart. What
// all rows have in common is asked for in queries of one value: a join would keep the work
// with one process. In no order: several processes that had to keep one would wait for each
// other, which costs more than sorting what is nearly sorted.
fn by_number(scope: &Scope<'_>, number: usize, near: &moments::Near) -> String {
    let conversion = &scope.conversions[number];
    let (id, table) = (quote::ident(&conversion.root.column), scope.from(&conversion.root.table));
    let limit = match near.by_moment() {
        true => format!("least(4 * r.ids + 1000, {LATEST})"),
        false => "4 * r.ids + 1000".to_owned(),
    };
    let drawn = format!("CASE WHEN r.high::numeric - r.low < {limit} THEN {} END", ids::drawn("r.high - r.low + 1"));
    let rows = format!(
        ", r.low, r.high\nFROM (SELECT min(t.{id})::bigint AS low, max(t.{id})::bigint AS high, count(t.{id}) AS ids FROM {table} t) r"
    );
    format!(
        "WITH start AS MATERIALIZED ({})\n\
         SELECT t.id::bigint AS old_id, {} AS new_id\n\
         FROM (SELECT t.{id} AS id{} FROM {table} t WHERE t.{id} IS NOT NULL OFFSET '0') t WHERE (SELECT s.drawn FROM start s) > 0",
        ids::start(scope.version, &drawn, &rows),
        versions::new_id(scope, conversion, &ids::random("t.id - (SELECT s.low FROM start s) + 1"), &near.tick, "t.id"),
        near.read
    )
}

// The ids in order, so that the key built next finds them sorted.
fn counted(scope: &Scope<'_>, number: usize, rows: &moments::Rows) -> String {
    let conversion = &scope.conversions[number];
    let mut counts: Vec<String> = maps::free(scope, number)
        .iter()
        .map(|name| format!("(SELECT count({}) FROM {})", quote::ident(&name.column), scope.from(&name.table)))
        .collect();
    let scattered = scattered::values(scope, number, Way::Forth);
    counts.extend(scattered.iter().map(|query| format!("(SELECT count(*) FROM ({query}) c)")));
    format!(
        "WITH start AS MATERIALIZED ({})\n\
         SELECT k.old_id::{} AS old_id, {} AS new_id FROM (\n{}\n) k ORDER BY k.old_id",
        ids::start(scope.version, &ids::drawn(&counts.join(" + ")), ""),
        text::old_type(scope, number),
        versions::new_id(scope, conversion, &ids::random("k.n"), "k.tick", "k.old_id"),
        moments::ticked(scope, conversion, rows)
    )
}
