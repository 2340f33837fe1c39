//! What must hold once the new keys are in place.

use super::super::quote;
use super::convert::Way;
use super::scope::Scope;
use super::{fill, maps, repoint, scattered, set_aside, slug, text};
use crate::dialect::repoint::target;
use crate::plan::{Assertion, ConversionKind};
use crate::schema::{ColumnName, ForeignKey, Table};

/// Writes them.
pub fn write(scope: &Scope<'_>) -> Vec<Assertion> {
    let mut all = vec![types(scope)];
    for number in 0..scope.conversions.len() {
        let conversion = &scope.conversions[number];
        let made = conversion.kind == ConversionKind::IntToUuid;
        // The order says already that nothing appears twice.
        all.push(if maps::in_order(conversion) { order(scope, number) } else { one_to_one(scope, number) });
        all.extend(made.then(|| version(scope, number)));
        if conversion.kind == ConversionKind::TextToUuid {
            all.push(text::same(scope, number));
        }
        all.push(used(scope, number));
    }
    all.extend(
        scope
            .foreign_keys()
            .into_iter()
            .filter(|(_, key)| key.validated)
            .map(|(table, key)| references(scope, table, &repoint::led(scope, key))),
    );
    all.extend(scattered::assertions(scope));
    all.extend(set_aside::all(scope).iter().map(|one| one.assertion(scope)));
    all.extend(slug::assertions(scope));
    all
}

fn types(scope: &Scope<'_>) -> Assertion {
    let rows: Vec<String> = scope
        .columns
        .iter()
        .map(|(name, held)| {
            let not_null = scope.column(name).is_some_and(|column| !column.nullable);
            let parts =
                [&name.table.schema, &name.table.name, &name.column].map(|part| quote::literal(part)).join(", ");
            format!("({parts}, {not_null}, {})", quote::literal(held.to_type()))
        })
        .collect();
    Assertion {
        id: "types".to_owned(),
        title: "Every converted column is of its new type and as mandatory as before".to_owned(),
        sql: format!(
            "SELECT count(*)::text FROM (VALUES\n{}\n) w(s, t, c, n, y) JOIN pg_namespace n ON n.nspname = w.s JOIN pg_class r ON r.relnamespace = n.oid AND r.relname = w.t \
             JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = w.c WHERE a.atttypid = w.y::regtype AND a.attnotnull = w.n",
            rows.join(",\n")
        ),
        expect: scope.columns.len().to_string(),
        lasting: true,
    }
}

fn one_to_one(scope: &Scope<'_>, number: usize) -> Assertion {
    assertion(
        scope,
        number,
        "map",
        "No old id and no new id of {} appears twice in the map",
        format!(
            "SELECT (count(*) - count(DISTINCT old_id)) || ' ' || (count(*) - count(DISTINCT new_id)) FROM {}",
            scope.map(number)
        ),
        ("0 0", true),
    )
}

// That no old id appears twice is what the map's primary key says.
//
// Where the ids followed from the rows one by one, the run has looked at their order already,
// after the key was made, and has left no row where it was wrong (see `fill`). So it is asked
// again only if any row is not from before the key: one statement of the transaction that
// made the key wrote them all.
fn order(scope: &Scope<'_>, number: usize) -> Assertion {
    let map = scope.map(number);
    let asked = format!(
        "SELECT count(*) FROM (SELECT new_id, lag(new_id) OVER (ORDER BY old_id) AS new_before FROM {map}) o WHERE o.new_before >= o.new_id"
    );
    let sql = if fill::looks_at_order(scope, number) {
        // Numbers of statements grow within a transaction, but can be compared as texts only.
        let first = |column: &str| format!("(SELECT f.{column} FROM {map} f LIMIT 1)");
        let key = format!(
            "SELECT FROM pg_constraint c WHERE c.conrelid = {}::regclass AND c.contype = 'p' AND c.xmin = {} AND c.cmin::text::bigint > {}::text::bigint",
            quote::literal(&map),
            first("xmin"),
            first("cmin")
        );
        format!(
            "SELECT CASE WHEN EXISTS ({key})\nAND (SELECT bool_and(m.xmin = {} AND m.cmin = {}) FROM {map} m)\nTHEN 0 ELSE ({asked}) END::text",
            first("xmin"),
            first("cmin")
        )
    } else {
        format!("SELECT ({asked})::text")
    };
    assertion(
        scope,
        number,
        "order",
        "The new ids of {} are in the order of the old ones, and none of either appears twice",
        sql,
        ("0", true),
    )
}

fn version(scope: &Scope<'_>, number: usize) -> Assertion {
    let digit = scope.conversions[number].uuid.number();
    assertion(
        scope,
        number,
        "version",
        &format!("Every new id of {{}} is a UUID of version {digit}"),
        format!(
            "SELECT count(*)::text FROM (SELECT uuid_send(new_id) AS bytes FROM {}) m WHERE get_byte(m.bytes, 6) >> 4 <> {digit} OR get_byte(m.bytes, 8) >> 6 <> 2",
            scope.map(number)
        ),
        ("0", true),
    )
}

// Each value of a member that is tied to others is one of theirs. That every id in a table
// came from the map is what the proofs of the rows count.
fn used(scope: &Scope<'_>, number: usize) -> Assertion {
    let map = scope.map(number);
    let conversion = &scope.conversions[number];
    let target = target(conversion);
    let mut free = maps::free(scope, number);
    free.extend(&target);
    let scattered = scattered::values(scope, number, Way::Back);
    let sql = match free.as_slice() {
        // A root has no value twice, so the numbers suffice.
        [root] if **root == conversion.root && scattered.is_empty() => format!(
            "SELECT ((SELECT count(*) FROM {map}) - (SELECT count(t.{}) FROM {}))::text",
            quote::ident(&root.column),
            from(scope, root)
        ),
        several => {
            let mut nowhere: Vec<String> = several
                .iter()
                .map(|name| {
                    format!(
                        "NOT EXISTS (SELECT FROM {} WHERE t.{} = m.new_id)",
                        from(scope, name),
                        quote::ident(&name.column)
                    )
                })
                .collect();
            let scattered =
                scattered.iter().map(|query| format!("NOT EXISTS (SELECT FROM ({query}) t WHERE t.new_id = m.new_id)"));
            nowhere.extend(scattered);
            format!("SELECT count(*)::text FROM {map} m WHERE {}", nowhere.join(" AND "))
        }
    };
    assertion(scope, number, "used", "The map of {} holds nothing that is not in a table", sql, ("0", false))
}

// The server has looked already where this transaction put the constraint back, and then is
// not asked to do so again.
fn references(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> Assertion {
    let now =
        if scope.version >= 13 { "pg_current_xact_id()::xid" } else { "(txid_current() % 4294967296)::text::xid" };
    let checked = format!(
        "SELECT FROM pg_constraint c WHERE c.conrelid = {}::regclass AND c.conname = {} AND c.convalidated AND c.xmin = {now}",
        quote::literal(&quote::table(&table.name)),
        quote::literal(&key.name)
    );
    let set: Vec<String> = key.columns.iter().map(|column| format!("t.{} IS NOT NULL", quote::ident(column))).collect();
    let mut pairs: Vec<String> = key
        .columns
        .iter()
        .zip(&key.parent_columns)
        .map(|(child, parent)| format!("p.{} = t.{}", quote::ident(parent), quote::ident(child)))
        .collect();
    let parent = scope.from(&key.parent);
    let met = match period(key) {
        // Rows of the parent cover the child's time together.
        Some((child, covering)) => {
            pairs.pop();
            let time = format!("SELECT range_agg(p.{covering}) FROM {parent} p WHERE {}", pairs.join(" AND "));
            format!("coalesce(t.{child} <@ ({time}), false)")
        }
        None => format!("EXISTS (SELECT FROM {parent} p WHERE {})", pairs.join(" AND ")),
    };
    Assertion {
        id: format!("dangling {}.{}", table.name, key.name),
        title: format!("No reference {} of {} leads nowhere", key.name, table.name),
        sql: format!(
            "SELECT CASE WHEN EXISTS ({checked}) THEN 0 ELSE (SELECT count(*) FROM {} t WHERE {} AND NOT {met}) END::text",
            scope.from(&table.name),
            set.join(" AND ")
        ),
        expect: "0".to_owned(),
        lasting: true,
    }
}

// The last columns of a reference that holds for a time (`PERIOD`, from PostgreSQL 18 on),
// child's and parent's. A quoted name in the definition ends with the quote, so no name can
// be taken for the word.
fn period(key: &ForeignKey) -> Option<(String, String)> {
    let (child, parent) = (key.columns.last()?, key.parent_columns.last()?);
    let named = |text: &str| key.definition.contains(&format!(", PERIOD {text}) REFERENCES "));
    (named(child) || named(&quote::ident(child))).then(|| (quote::ident(child), quote::ident(parent)))
}

fn from(scope: &Scope<'_>, name: &ColumnName) -> String {
    format!("{} t", scope.from(&name.table))
}

fn assertion(
    scope: &Scope<'_>,
    number: usize,
    id: &str,
    title: &str,
    sql: String,
    (expect, lasting): (&str, bool),
) -> Assertion {
    let root = scope.conversions[number].root.to_string();
    Assertion { id: format!("{id} {root}"), title: title.replace("{}", &root), sql, expect: expect.to_owned(), lasting }
}
