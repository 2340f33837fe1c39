//! The way back needs an integer for every UUID that was written since.

use super::super::quote;
use super::scope::Scope;
use super::{lookup, maps, repoint, room, sequences, set_aside, text};
use crate::plan::{Action, Step};

/// Gives every UUID that was written since an integer of its own.
pub fn step(scope: &Scope<'_>, number: usize) -> Step {
    let root = scope.conversions[number].root.clone();
    let map = scope.map(number);
    let fresh = room::held(scope, number);
    let mut statements = repoint::renew(scope, number);
    if maps::in_order(&scope.conversions[number]) {
        statements.push(maps::unique(&map));
    }
    statements.push(if text::is_text(scope, number) {
        text::extend(scope, number, &fresh)
    } else {
        numbers(scope, number, &fresh)
    });
    statements.extend(room::check(scope, number));
    statements.extend(advance(scope, number));
    statements.push(format!("ANALYZE {map}"));
    statements.push(lookup::one(scope, number, "old"));
    statements.extend(text::deviations_of(scope, number).iter().map(|one| one.create(scope)));
    statements.extend(set_aside::of_conversion(scope, number).iter().map(|one| one.create(scope)));
    Step {
        id: format!("extend_map {root}"),
        title: format!("Give every UUID of {root} that was added since a number"),
        action: Action::ExtendMap { root },
        statements,
    }
}

// Where the old numbering goes on: behind the highest old id and what the sequences gave out.
// Where that is more than the narrowest column can hold, which takes one row with the highest
// number it has: through the gaps, from where the sequences are if that is far enough, and the
// lowest numbers first for what stands in the narrowest columns.
fn numbers(scope: &Scope<'_>, number: usize, fresh: &str) -> String {
    let map = scope.map(number);
    let (narrow, wide) = room::limits(scope, number);
    let (limit, end) = (narrow.min(i64::MAX.into()), wide.min(i64::MAX.into()));
    let (most, order) = match narrow < wide {
        true => (", v.most", "CASE WHEN r.more > 0 THEN a.most END, a.new_id"),
        false => ("", "a.new_id"),
    };
    let mut floors = floors(scope, number);
    let highest = floors.remove(0);
    let handed = if floors.is_empty() { "0".to_owned() } else { format!("greatest({}, 0)", floors.join(", ")) };
    format!(
        "INSERT INTO {map} (old_id, new_id)\n\
         WITH added AS (SELECT v.new_id{most} FROM (\n{fresh}\n) v\n\
         \x20 WHERE v.new_id IS NOT NULL AND NOT EXISTS (SELECT FROM {map} m WHERE m.new_id = v.new_id)),\n\
         sizes AS (SELECT (SELECT count(*) FROM added) AS added, (SELECT count(*) FROM {map}) AS known),\n\
         reached AS (SELECT w.d, {highest} AS highest, {handed} AS handed FROM (SELECT {} AS d) w),\n\
         room AS (SELECT r.d, s.added, 0 AS more, greatest(r.highest, r.handed) AS floor FROM reached r, sizes s WHERE greatest(r.highest, r.handed)::numeric + s.added <= {limit}\n\
         \x20 UNION ALL SELECT r.d, s.added, s.known, CASE WHEN r.handed::numeric + s.added + s.known <= {limit} THEN r.handed ELSE 0 END\n\
         \x20 FROM reached r, sizes s WHERE greatest(r.highest, r.handed)::numeric + s.added > {limit}),\n\
         free AS (SELECT n.old_id, row_number() OVER (ORDER BY n.place) AS place\n\
         \x20 FROM (SELECT (r.d * g.n)::bigint AS old_id, g.n AS place FROM room r\n\
         \x20   CROSS JOIN generate_series(r.floor::numeric + 1, least(r.floor::numeric + r.added + r.more, {end})) g(n) WHERE r.added > 0) n\n\
         \x20 WHERE NOT EXISTS (SELECT FROM {map} m WHERE m.old_id = n.old_id)),\n\
         placed AS (SELECT a.new_id, row_number() OVER (ORDER BY {order}) AS place FROM added a, room r)\n\
         SELECT coalesce(f.old_id, {}), a.new_id FROM placed a LEFT JOIN free f USING (place)",
        direction(scope, number),
        room::none_left(scope, number)
    )
}

// 1 where the numbers of this key go up, -1 where they go down, as an expression: only the
// server knows the step of a sequence that stands by itself.
fn direction(scope: &Scope<'_>, number: usize) -> String {
    let root = &scope.conversions[number].root;
    let Some(generator) = scope.column(root).map(|column| &column.generator) else { return "1".to_owned() };
    match (sequences::kept_clause(scope, generator), generator.sequence()) {
        (Some(clause), _) if clause.contains("INCREMENT BY -") => "-1".to_owned(),
        (None, Some(sequence)) => format!(
            "(SELECT sign(q.seqincrement)::int FROM pg_sequence q WHERE q.seqrelid = {}::regclass)",
            quote::literal(sequence)
        ),
        (Some(_), _) | (None, None) => "1".to_owned(),
    }
}

// How far the old numbering came, counted in its direction `w.d`.
fn floors(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let reached = "w.d * s.last_value - CASE WHEN s.is_called THEN 0 ELSE 1 END";
    let mut floors = vec![format!("coalesce((SELECT max(w.d::numeric * m.old_id) FROM {} m), 0)", scope.map(number))];
    for (_, generator) in scope.generators(number) {
        let Some(sequence) = generator.sequence() else { continue };
        floors.push(match sequences::kept_clause(scope, generator) {
            None => format!("(SELECT {reached} FROM {sequence} s)"),
            Some(_) => format!(
                "(SELECT {reached} FROM {} s WHERE s.sequence = {})",
                scope.kept_sequences(),
                quote::literal(sequence)
            ),
        });
    }
    floors
}

// A sequence moves on only if it is behind: an undo without new rows leaves it as it was.
// Only the numbers that were handed out just now count; the map before may well have been ahead.
fn advance(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let mut sql = Vec::new();
    if text::is_text(scope, number) {
        return sql;
    }
    for (_, generator) in scope.generators(number) {
        let Some(sequence) = generator.sequence() else { continue };
        let name = quote::literal(sequence);
        sql.push(match sequences::kept_clause(scope, generator) {
            None => {
                let ends = format!(
                    "(SELECT CASE WHEN w.d > 0 THEN q.seqmax ELSE -q.seqmin::numeric END FROM pg_sequence q WHERE q.seqrelid = {name}::regclass)"
                );
                format!(
                    "SELECT setval({name}::regclass, (r.d * r.edge)::bigint, true) FROM {sequence} s, {} WHERE r.d * s.last_value - CASE WHEN s.is_called THEN 0 ELSE 1 END < r.edge",
                    edge(scope, number, &ends)
                )
            }
            Some(clause) => format!(
                "UPDATE {} k SET last_value = r.d * r.edge, is_called = true FROM {} WHERE k.sequence = {name} AND r.d * k.last_value - CASE WHEN k.is_called THEN 0 ELSE 1 END < r.edge",
                scope.kept_sequences(),
                edge(scope, number, &end(&clause))
            ),
        });
    }
    sql
}

// How far the new numbers came that the sequence could have given out itself.
fn edge(scope: &Scope<'_>, number: usize, ends: &str) -> String {
    format!(
        "(SELECT w.d, max(w.d * m.old_id) AS edge FROM (SELECT {} AS d) w, {} m WHERE {} AND w.d::numeric * m.old_id <= {ends} GROUP BY w.d) r",
        direction(scope, number),
        scope.map(number),
        current(scope)
    )
}

// The end of a sequence's numbers, counted in its direction.
fn end(clause: &str) -> String {
    let after = |word: &str| clause.split_once(word).and_then(|(_, rest)| rest.split([' ', ')']).next());
    let (word, sign) = if clause.contains("INCREMENT BY -") { ("MINVALUE ", "-") } else { ("MAXVALUE ", "") };
    after(word).map_or_else(|| i64::MAX.to_string(), |number| format!("{sign}({number})::numeric"))
}

// True for the rows of the map that this undo has added.
fn current(scope: &Scope<'_>) -> &'static str {
    // The type xid8 came with PostgreSQL 13; before it only the texts can be compared.
    if scope.version < 13 {
        "m.xmin::text = (txid_current() % 4294967296)::text"
    } else {
        "m.xmin = pg_current_xact_id()::xid"
    }
}
