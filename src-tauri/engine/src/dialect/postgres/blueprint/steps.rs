//! The steps of a conversion, in order.

use super::super::quote;
use super::convert::{self, Way};
use super::scope::Scope;
use super::{dependents, indexes, lookup, maps, memory, random, scattered, sequences, set_aside, slug, text, versions};
use crate::dialect::text::keep;
use crate::error::Result;
use crate::plan::{Action, Step, UuidVersion};

/// Writes them.
pub fn write(scope: &Scope<'_>) -> Result<Vec<Step>> {
    let mut locked = lock(scope);
    locked.statements.extend(sequences::lock(scope)?);
    let mut steps = vec![locked, prepare(scope)];
    steps.extend((0..scope.conversions.len()).map(|number| maps::build(scope, number)));
    steps.extend(keep_spellings(scope));
    steps.extend(set_values_aside(scope));
    steps.extend(scattered::prepare(scope, Way::Forth));
    steps.push(dependents::drop(scope, Way::Forth));
    steps.extend(convert::steps(scope, Way::Forth)?);
    steps.extend(dependents::foreign_keys(scope, Way::Forth));
    steps.extend(indexes::make(scope));
    steps.extend(sequences::take(scope));
    steps.push(dependents::restore_all(scope, Way::Forth));
    steps.extend(slug::late(scope));
    steps.push(analyze(scope));
    steps.push(record());
    let numbers = 0..scope.conversions.len();
    let functions = numbers.flat_map(|number| {
        lookup::functions(scope, number).iter().map(move |(suffix, takes)| drop_function(scope, number, suffix, takes))
    });
    let columns = set_aside::all(scope);
    let aside = columns.iter().map(|one| one.clean_up(scope));
    // What calls another function goes before it.
    let removed = aside.chain(scattered::remove(scope, Way::Forth)).chain(functions);
    steps.push(clean_up(removed.chain(memory::proving(scope)).collect()));
    Ok(steps)
}

/// Locks every table that is touched, in one fixed order.
pub fn lock(scope: &Scope<'_>) -> Step {
    let names: Vec<String> = scope.locked().into_iter().map(|name| format!("ONLY {}", quote::table(name))).collect();
    Step {
        id: "lock_tables".to_owned(),
        action: Action::LockTables,
        title: "Lock the tables".to_owned(),
        statements: vec![format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", names.join(", "))],
    }
}

fn prepare(scope: &Scope<'_>) -> Step {
    let mut statements = vec!["CREATE SCHEMA IF NOT EXISTS \"rekey\"".to_owned()];
    statements.extend(random::prepare(scope));
    if scope.version < 18 && scope.conversions.iter().any(|conversion| conversion.uuid == UuidVersion::V7) {
        statements.push(uuid_v7(scope.version));
        // Whoever may insert needs the default, and the default needs the schema. Nothing else
        // in it is open to others.
        statements.push("GRANT USAGE ON SCHEMA \"rekey\" TO PUBLIC".to_owned());
        statements.push("GRANT EXECUTE ON FUNCTION \"rekey\".\"uuid_v7\"() TO PUBLIC".to_owned());
    }
    let mut functions = versions::functions(scope);
    functions.extend(slug::functions(scope));
    if !functions.is_empty() {
        statements.push("GRANT USAGE ON SCHEMA \"rekey\" TO PUBLIC".to_owned());
        statements.extend(functions);
    }
    statements.extend(versions::sequences(scope));
    if scope.keeps_sequences() {
        statements.push(format!(
            "CREATE TABLE {} (sequence text PRIMARY KEY, last_value bigint NOT NULL, is_called boolean NOT NULL)",
            scope.kept_sequences()
        ));
        statements.extend(scope.close(&scope.kept_sequences()));
    }
    Step {
        id: "prepare".to_owned(),
        action: Action::Prepare,
        title: "Make room for maps and journal".to_owned(),
        statements,
    }
}

// Milliseconds since 1970, then the microseconds within as 12 bits, then 62 random bits.
fn uuid_v7(version: u32) -> String {
    let (random, parallel) = (random::uuid(version), random::parallel(version));
    format!(
        "CREATE OR REPLACE FUNCTION \"rekey\".\"uuid_v7\"() RETURNS uuid LANGUAGE sql VOLATILE {parallel} AS $rekey$\n\
     SELECT (pg_catalog.lpad(pg_catalog.to_hex(t.us OPERATOR(pg_catalog./) 1000), 12, '0') OPERATOR(pg_catalog.||) '7'\n\
     OPERATOR(pg_catalog.||) pg_catalog.lpad(pg_catalog.to_hex((t.us OPERATOR(pg_catalog.%) 1000) OPERATOR(pg_catalog.*) 4096 OPERATOR(pg_catalog./) 1000), 3, '0')\n\
     OPERATOR(pg_catalog.||) pg_catalog.\"right\"({random}::pg_catalog.text, 17))::pg_catalog.uuid\n\
     FROM (SELECT pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8 AS us) t\n\
     $rekey$"
    )
}

fn keep_spellings(scope: &Scope<'_>) -> Option<Step> {
    keep(text::deviations(scope).iter().flat_map(|one| one.keep(scope)).collect())
}

// It needs every map, since the keys of the rows may change too.
fn set_values_aside(scope: &Scope<'_>) -> Option<Step> {
    let statements: Vec<String> = set_aside::all(scope).iter().flat_map(|one| one.keep(scope)).collect();
    (!statements.is_empty()).then(|| Step {
        id: "set_values_aside".to_owned(),
        action: Action::Prepare,
        title: "Set aside what references hold that is none of their key's".to_owned(),
        statements,
    })
}

/// Renews the planner's statistics.
pub fn analyze(scope: &Scope<'_>) -> Step {
    Step {
        id: "analyze".to_owned(),
        action: Action::Analyze,
        title: "Renew the planner's statistics".to_owned(),
        statements: scope
            .complete()
            .into_iter()
            .map(|table| format!("ANALYZE {}", quote::table(&table.name)))
            .collect(),
    }
}

/// The runner writes the journal here.
pub fn record() -> Step {
    Step {
        id: "record".to_owned(),
        action: Action::Record,
        title: "Write the journal".to_owned(),
        statements: Vec::new(),
    }
}

/// Removes what only the run needed.
pub fn clean_up(statements: Vec<String>) -> Step {
    Step {
        id: "clean_up".to_owned(),
        action: Action::CleanUp,
        title: "Remove what only the run needed".to_owned(),
        statements,
    }
}

/// Drops a function that looks values up.
pub fn drop_function(scope: &Scope<'_>, number: usize, side: &str, takes: &str) -> String {
    format!("DROP FUNCTION {}({takes})", lookup::function(scope, number, side))
}
