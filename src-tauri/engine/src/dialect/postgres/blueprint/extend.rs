//! The way back needs an integer for every UUID that was written since.

use super::super::quote;
use super::lookup;
use super::maps::select;
use super::repoint;
use super::scope::Scope;
use crate::plan::{Action, Step};
use crate::schema::Generator;

/// Gives every UUID that was written since an integer of its own.
pub fn step(scope: &Scope<'_>, number: usize) -> Step {
    let root = scope.conversions[number].root.clone();
    let map = scope.map(number);
    let fresh = scope
        .sources(number)
        .into_iter()
        .map(|name| select(scope, name, "new_id", ""))
        .collect::<Vec<_>>()
        .join("\nUNION\n");
    let mut statements = repoint::renew(scope, number);
    statements.extend([
        // Where the old numbering goes on: behind the highest old id and what the sequences gave out.
        format!(
            "INSERT INTO {map} (old_id, new_id)\n\
             SELECT f.d * (f.floor + row_number() OVER (ORDER BY v.new_id)), v.new_id\n\
             FROM (\n{fresh}\n) v CROSS JOIN (SELECT w.d, greatest({}) AS floor FROM (SELECT {} AS d) w) f\n\
             WHERE v.new_id IS NOT NULL AND NOT EXISTS (SELECT FROM {map} m WHERE m.new_id = v.new_id)",
            floors(scope, number).join(", "),
            direction(scope, number)
        ),
    ]);
    statements.extend(advance(scope, number));
    statements.push(format!("ANALYZE {map}"));
    statements.push(lookup::one(scope, number, "old"));
    Step {
        id: format!("extend_map {root}"),
        title: format!("Give every UUID of {root} that was added since a number"),
        action: Action::ExtendMap { root },
        statements,
    }
}

// 1 where the numbers of this key go up, -1 where they go down, as an expression: only the
// server knows the step of a sequence that stands by itself.
fn direction(scope: &Scope<'_>, number: usize) -> String {
    let root = &scope.conversions[number].root;
    match scope.column(root).map(|column| &column.generator) {
        Some(Generator::Identity { clause, .. }) if clause.contains("INCREMENT BY -") => "-1".to_owned(),
        Some(Generator::Sequence { sequence }) => format!(
            "(SELECT sign(q.seqincrement)::int FROM pg_sequence q WHERE q.seqrelid = {}::regclass)",
            quote::literal(sequence)
        ),
        Some(Generator::Identity { .. } | Generator::None | Generator::RowId { .. }) | None => "1".to_owned(),
    }
}

// How far the old numbering came, counted in its direction `w.d`.
fn floors(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let reached = "w.d * s.last_value - CASE WHEN s.is_called THEN 0 ELSE 1 END";
    let mut floors = vec![format!("coalesce((SELECT max(w.d * m.old_id) FROM {} m), 0)", scope.map(number))];
    for (_, generator) in scope.generators(number) {
        match generator {
            Generator::Sequence { sequence } => floors.push(format!("(SELECT {reached} FROM {sequence} s)")),
            Generator::Identity { sequence, .. } => floors.push(format!(
                "(SELECT {reached} FROM {} s WHERE s.sequence = {})",
                scope.kept_sequences(),
                quote::literal(sequence)
            )),
            Generator::None | Generator::RowId { .. } => {}
        }
    }
    floors
}

// A sequence moves on only if it is behind: an undo without new rows leaves it as it was.
// Only the numbers that were handed out just now count; the map before may well have been ahead.
fn advance(scope: &Scope<'_>, number: usize) -> Vec<String> {
    let reached = format!(
        "(SELECT w.d, max(w.d * m.old_id) AS edge FROM (SELECT {} AS d) w, {} m GROUP BY w.d) r",
        direction(scope, number),
        scope.map(number)
    );
    let mut sql = Vec::new();
    for (_, generator) in scope.generators(number) {
        match generator {
            Generator::Sequence { sequence } => sql.push(format!(
                "SELECT setval({}::regclass, r.d * r.edge, true) FROM {sequence} s, {reached} WHERE r.d * s.last_value < r.edge AND {}",
                quote::literal(sequence),
                added(scope, number)
            )),
            Generator::Identity { sequence, .. } => sql.push(format!(
                "UPDATE {} k SET last_value = r.d * r.edge, is_called = true FROM {reached} WHERE k.sequence = {} AND r.d * k.last_value < r.edge AND {}",
                scope.kept_sequences(),
                quote::literal(sequence),
                added(scope, number)
            )),
            Generator::None | Generator::RowId { .. } => {}
        }
    }
    sql
}

// True in the undo of a database that was written to since: the map then holds rows of the
// current transaction.
fn added(scope: &Scope<'_>, number: usize) -> String {
    // The type xid8 came with PostgreSQL 13; before it only the texts can be compared.
    let current = if scope.version < 13 {
        "m.xmin::text = (txid_current() % 4294967296)::text"
    } else {
        "m.xmin = pg_current_xact_id()::xid"
    };
    format!("EXISTS (SELECT FROM {} m WHERE {current})", scope.map(number))
}
