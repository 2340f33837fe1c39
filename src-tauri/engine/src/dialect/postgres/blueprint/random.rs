//! Random UUIDs on servers that cannot make them: PostgreSQL 12, without any extension.
//!
//! What is unguessable there? `random()` is not enough: its state has 48 bits, and whoever
//! sees a few values can compute the rest. Clock, process number and transaction number can
//! be watched. The server draws strong random numbers for itself, but shows them to nobody
//! but a superuser. So the secret comes from outside: a writing session brings 256 bits from
//! the system's generator along as a bound parameter (in no statement's text, in no plan and
//! in no journal), and the server hashes them with numbers of its own. The outcome lies in a
//! table that only its owner may read; what is made from it are SHA-256 digests, from which
//! neither the secret nor another id can be told.

use super::super::quote;
use super::scope::Scope;

/// The first version that has `gen_random_uuid()` without an extension.
pub const BUILT_IN: u32 = 13;
/// The session's setting that holds the bits from outside.
pub const SETTING: &str = "rekey.secret";

const SECRET: &str = "secret";

/// A new random UUID of version 4, as an expression. It is schema-qualified, so that it can
/// stand in the body of a function.
pub fn uuid(version: u32) -> &'static str {
    if version < BUILT_IN { "\"rekey\".\"random_uuid\"()" } else { "pg_catalog.gen_random_uuid()" }
}

/// The same as a column's default, in the words that the server uses itself.
pub fn default_text(version: u32) -> &'static str {
    if version < BUILT_IN { "rekey.random_uuid()" } else { "gen_random_uuid()" }
}

/// How far a function that calls [`uuid`] may be spread over processes.
pub fn parallel(version: u32) -> &'static str {
    if version < BUILT_IN { "PARALLEL RESTRICTED" } else { "PARALLEL SAFE" }
}

/// What must be there before the first UUID is made.
pub fn prepare(scope: &Scope<'_>) -> Vec<String> {
    if scope.version >= BUILT_IN {
        return Vec::new();
    }
    let secret = quote::qualified("rekey", SECRET);
    let mut statements = vec![format!("CREATE TABLE IF NOT EXISTS {secret} (value bytea NOT NULL)")];
    statements.extend(scope.close(&secret));
    statements.extend([
        // An earlier run's secret stays: ids are made from it until the run is taken back.
        format!(
            "INSERT INTO {secret} (value) SELECT sha256(decode(current_setting('{SETTING}'), 'hex') || float8send(random()) || float8send(random())\n\
             || int8send((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) || int4send(pg_backend_pid()))\n\
             WHERE NOT EXISTS (SELECT FROM {secret})"
        ),
        // Owner's rights, because only the owner may read the secret. What makes two calls
        // differ is the number from `random()`, the microsecond and the process.
        format!(
            "CREATE OR REPLACE FUNCTION \"rekey\".\"random_uuid\"() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL RESTRICTED SECURITY DEFINER\n\
             SET search_path = pg_catalog, pg_temp AS $rekey$\n\
             SELECT overlay(overlay(encode(substring(h.hash FROM 1 FOR 16), 'hex') PLACING '4' FROM 13 FOR 1)\n\
             PLACING substr('89ab', 1 + get_byte(h.hash, 16) % 4, 1) FROM 17 FOR 1)::uuid\n\
             FROM (SELECT sha256(s.value || float8send(random()) || float8send(random())\n\
             || int8send((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) || int4send(pg_backend_pid())) AS hash FROM {secret} s) h\n\
             $rekey$"
        ),
        "GRANT USAGE ON SCHEMA \"rekey\" TO PUBLIC".to_owned(),
        "GRANT EXECUTE ON FUNCTION \"rekey\".\"random_uuid\"() TO PUBLIC".to_owned(),
    ]);
    statements
}

/// Takes away what [`prepare`] made, where it is there.
pub fn remove() -> Vec<String> {
    vec![
        "DROP FUNCTION IF EXISTS \"rekey\".\"random_uuid\"()".to_owned(),
        format!("DROP TABLE IF EXISTS {}", quote::qualified("rekey", SECRET)),
    ]
}
