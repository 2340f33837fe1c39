//! What must hold once the new keys are in place.

use super::super::quote;
use super::scope::Scope;
use super::{repoint, slug};
use crate::plan::{Assertion, ConversionKind};
use crate::schema::{ColumnName, ForeignKey, Table};

/// Writes them.
pub fn write(scope: &Scope<'_>) -> Vec<Assertion> {
    let mut all = vec![types(scope)];
    for number in 0..scope.conversions.len() {
        all.push(one_to_one(scope, number));
        let conversion = &scope.conversions[number];
        if conversion.kind == ConversionKind::IntToUuid {
            all.extend(conversion.uuid.ordered().then(|| order(scope, number)));
            all.push(version(scope, number));
        }
        all.extend([used(scope, number), known(scope, number)]);
    }
    all.extend(
        scope
            .foreign_keys()
            .into_iter()
            .filter(|(_, key)| key.validated)
            .map(|(table, key)| references(scope, table, &repoint::led(scope, key))),
    );
    all.extend(slug::assertions(scope));
    all
}

fn types(scope: &Scope<'_>) -> Assertion {
    let rows: Vec<String> = scope
        .columns
        .keys()
        .map(|name| {
            let not_null = scope.column(name).is_some_and(|column| !column.nullable);
            let parts =
                [&name.table.schema, &name.table.name, &name.column].map(|part| quote::literal(part)).join(", ");
            format!("({parts}, {not_null})")
        })
        .collect();
    Assertion {
        id: "types".to_owned(),
        title: "Every converted column is of type uuid and as mandatory as before".to_owned(),
        sql: format!(
            "SELECT count(*)::text FROM (VALUES\n{}\n) w(s, t, c, n) JOIN pg_namespace n ON n.nspname = w.s JOIN pg_class r ON r.relnamespace = n.oid AND r.relname = w.t \
             JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = w.c WHERE a.atttypid = 'uuid'::regtype AND a.attnotnull = w.n",
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

fn order(scope: &Scope<'_>, number: usize) -> Assertion {
    assertion(
        scope,
        number,
        "order",
        "The new ids of {} are in the order of the old ones",
        format!(
            "SELECT count(*)::text FROM (SELECT old_id, lag(old_id) OVER (ORDER BY new_id) AS previous FROM {}) o WHERE o.previous >= o.old_id",
            scope.map(number)
        ),
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
            "SELECT count(*)::text FROM {} WHERE new_id::text !~ '^[0-9a-f]{{8}}-[0-9a-f]{{4}}-{digit}[0-9a-f]{{3}}-[89ab]'",
            scope.map(number)
        ),
        ("0", true),
    )
}

fn used(scope: &Scope<'_>, number: usize) -> Assertion {
    let nowhere: Vec<String> = scope
        .sources(number)
        .into_iter()
        .chain(&repoint::target(&scope.conversions[number]))
        .map(|name| {
            format!("NOT EXISTS (SELECT FROM {} WHERE t.{} = m.new_id)", from(scope, name), quote::ident(&name.column))
        })
        .collect();
    assertion(
        scope,
        number,
        "used",
        "The map of {} holds nothing that is not in a table",
        format!("SELECT count(*)::text FROM {} m WHERE {}", scope.map(number), nowhere.join(" AND ")),
        ("0", false),
    )
}

fn known(scope: &Scope<'_>, number: usize) -> Assertion {
    let unknown: Vec<String> = scope
        .sources(number)
        .into_iter()
        .map(|name| {
            let column = quote::ident(&name.column);
            format!("(SELECT count(*) FROM {} WHERE t.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {} m WHERE m.new_id = t.{column}))", from(scope, name), scope.map(number))
        })
        .collect();
    assertion(
        scope,
        number,
        "known",
        "Every id of {} in a table came from the map",
        format!("SELECT ({})::text", unknown.join(" + ")),
        ("0", false),
    )
}

fn references(scope: &Scope<'_>, table: &Table, key: &ForeignKey) -> Assertion {
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
            "SELECT count(*)::text FROM {} t WHERE {} AND NOT {met}",
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
