//! A column of short ids beside the key: eleven letters and digits, made by the server.

use super::super::quote;
use super::random;
use super::scope::Scope;
use crate::plan::{Action, Announcement, Assertion, Step};
use crate::schema::{DependentKind, TableName};

/// Its type. Wide enough for the 22 characters that a whole UUID takes in this alphabet.
pub const TYPE: &str = "character varying(22)";

/// The tables that get one, with the column's name.
pub fn all<'s>(scope: &Scope<'s>) -> impl Iterator<Item = (&'s TableName, &'s str)> + use<'s> {
    scope.conversions.iter().filter_map(|conversion| Some((&conversion.root.table, conversion.slug.as_deref()?)))
}

/// The column of a table, where it gets one.
pub fn of<'s>(scope: &Scope<'s>, table: &TableName) -> Option<&'s str> {
    all(scope).find(|(name, _)| *name == table).map(|(_, column)| column)
}

/// The name of the constraint that keeps its values apart.
pub fn constraint(table: &TableName, column: &str) -> String {
    // The server cuts names at 63 bytes; a cut must not make two names one.
    let whole = format!("{}_{column}_key", table.name);
    if whole.len() <= 63 { whole } else { format!("{column}_key") }
}

/// The part of `ALTER TABLE` that adds it. The default is computed anew for every row of the
/// rewrite; where two came out alike, which one in 10^19 does, the constraint stops the run.
pub fn add(table: &TableName, column: &str) -> String {
    format!(
        "ADD COLUMN {} {TYPE} DEFAULT rekey.slug() NOT NULL CONSTRAINT {} UNIQUE",
        quote::ident(column),
        quote::ident(&constraint(table, column))
    )
}

/// True where it must come after generated columns that are added again, to be the last one.
pub fn is_late(scope: &Scope<'_>, table: &TableName) -> bool {
    let mut dependents = scope.dependents().into_iter();
    scope.version < 17 && dependents.any(|one| one.kind == DependentKind::Generated && one.on.as_ref() == Some(table))
}

/// The step that adds those that come last; none where there are none.
pub fn late(scope: &Scope<'_>) -> Option<Step> {
    let all = all(scope).filter(|(table, _)| is_late(scope, table));
    let statements: Vec<String> =
        all.map(|(table, column)| format!("ALTER TABLE ONLY {} {}", quote::table(table), add(table, column))).collect();
    (!statements.is_empty()).then(|| Step {
        id: "add_short_ids".to_owned(),
        action: Action::RestoreDependents,
        title: "Add short ids behind generated columns".to_owned(),
        statements,
    })
}

/// The part that takes it away again.
pub fn drop(column: &str) -> String {
    format!("DROP COLUMN {}", quote::ident(column))
}

/// Makes the function behind the default.
pub fn functions(scope: &Scope<'_>) -> Vec<String> {
    if all(scope).next().is_none() {
        return Vec::new();
    }
    vec![function(scope.version), "GRANT EXECUTE ON FUNCTION \"rekey\".\"slug\"() TO PUBLIC".to_owned()]
}

// Each letter is two random bytes of a UUID, away from those that hold version and variant,
// divided by 62: what is left favours no letter by more than one part in thirty thousand.
fn function(version: u32) -> String {
    let (random, parallel) = (random::uuid(version), random::parallel(version));
    format!(
        "CREATE OR REPLACE FUNCTION \"rekey\".\"slug\"() RETURNS text LANGUAGE sql VOLATILE {parallel} SET search_path = pg_catalog AS $rekey$\n\
         SELECT string_agg(substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + (get_byte(b.r, o.n) * 256 + get_byte(b.r, o.n + 1)) % 62, 1), '')\n\
         FROM (SELECT uuid_send({random}) || uuid_send({random}) AS r) b, unnest('{{0,2,4,9,11,13,16,18,20,25,27}}'::int[]) o(n)\n\
         $rekey$"
    )
}

/// What the catalogue has more afterwards. How the server describes it differs between
/// versions; the assertion says what it must be.
pub fn announced(scope: &Scope<'_>) -> Vec<Announcement> {
    let mut found = Vec::new();
    for (table, column) in all(scope) {
        let key = constraint(table, column);
        let mut objects = vec![
            quote::key("column", &[&table.schema, &table.name, column]),
            quote::key("constraint", &[&table.schema, &table.name, &key]),
            quote::key("index", &[&table.schema, &key]),
        ];
        // From version 18 on that a column is mandatory is a constraint of its own.
        objects.push(quote::key(
            "constraint",
            &[&table.schema, &table.name, &format!("{}_{column}_not_null", table.name)],
        ));
        found.extend(objects.into_iter().map(|object| Announcement {
            object,
            attribute: String::new(),
            before: None,
            after: Some(super::announced::ANY.to_owned()),
        }));
        found.extend(published(scope, table, column));
    }
    found
}

// A publication that does not name columns has all of them, the new one too.
fn published(scope: &Scope<'_>, table: &TableName, column: &str) -> Vec<Announcement> {
    let objects = &scope.schema.catalogue.objects;
    let own = format!(".{}", quote::label(&[&table.schema, &table.name]));
    let kind = "published table ";
    let all = objects.range(kind.to_owned()..).take_while(|(key, _)| key.starts_with(kind));
    all.filter(|(key, _)| key.ends_with(&own))
        .filter(|(key, _)| {
            let member = objects.get(&key.replacen(kind, "publication member ", 1));
            member.is_none_or(|member| !member.contains_key("columns"))
        })
        .filter_map(|(key, object)| {
            let before = object.get("columns")?;
            let after = format!("{}, {}]", before.strip_suffix(']')?, serde_json::Value::from(column));
            Some(Announcement {
                object: key.clone(),
                attribute: "columns".to_owned(),
                before: Some(before.clone()),
                after: Some(after),
            })
        })
        .collect()
}

/// That it is what was asked for, in every row.
pub fn assertions(scope: &Scope<'_>) -> Vec<Assertion> {
    all(scope)
        .map(|(table, column)| {
            let name = quote::ident(column);
            let parts = [&table.schema, &table.name, &column.to_owned()].map(|part| quote::literal(part)).join(", ");
            Assertion {
                id: format!("slug {table}.{column}"),
                title: format!("Every row of {table} has a short id of its own"),
                sql: format!(
                    "SELECT (SELECT count(*) FROM ONLY {} t WHERE t.{name} IS NULL OR t.{name} !~ '^[0-9A-Za-z]{{11}}$') || ' ' || (SELECT count(*) FROM (VALUES ({parts})) w(s, t, c) \
                     JOIN pg_namespace n ON n.nspname = w.s JOIN pg_class r ON r.relnamespace = n.oid AND r.relname = w.t JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = w.c \
                     JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'u' AND k.conkey = ARRAY[a.attnum] AND k.conname = {} \
                     WHERE format_type(a.atttypid, a.atttypmod) = '{TYPE}' AND a.attnotnull)",
                    quote::table(table),
                    quote::literal(&constraint(table, column))
                ),
                expect: "0 1".to_owned(),
                lasting: false,
            }
        })
        .collect()
}
