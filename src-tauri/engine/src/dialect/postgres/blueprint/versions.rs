//! The kinds of new ids: how each is made for the rows that are there, and what makes it
//! for new ones.

use std::collections::BTreeSet;

use super::super::quote;
use super::random;
use super::scope::Scope;
use crate::plan::{Conversion, NAMESPACE, UuidVersion};
use crate::schema::{ColumnName, Generator};

/// How many ticks of a version's clock a millisecond has: version 7 counts 4096 ids in
/// it, version 6 tenths of a microsecond.
pub fn ticks(version: UuidVersion) -> u32 {
    match version {
        UuidVersion::V6 => 10_000,
        UuidVersion::V7 | UuidVersion::V5 | UuidVersion::V4 => 4096,
    }
}

/// The id of a row, from its random bits, its place in time and its old id.
///
/// The last 62 bits of versions 6 and 7 come from a random UUID. In version 6 one of them says that they are no network card's address;
/// 122192928000000000 tenths of a microsecond lie between its beginning, 1582, and 1970.
pub fn new_id(scope: &Scope<'_>, conversion: &Conversion, random: &str, tick: &str, old_id: &str) -> String {
    match conversion.uuid {
        UuidVersion::V7 => {
            format!("encode(int8send((({tick} >> 12) << 16) | 28672 | ({tick} & 4095)) || {random}, 'hex')::uuid")
        }
        UuidVersion::V6 => format!("({})::uuid", version_6(scope.version, tick, "")),
        UuidVersion::V5 => named(scope, conversion, &format!("{old_id}::text")),
        UuidVersion::V4 => random::uuid(scope.version).to_owned(),
    }
}

// The text of a UUID of version 6. `overlay` without its schema is a word of its own before
// PostgreSQL 14, with a grammar of its own. The eighth character of the tail holds the bit.
fn version_6(version: u32, tick: &str, schema: &str) -> String {
    let random = random::uuid(version);
    let plus = if schema.is_empty() { "+" } else { "OPERATOR(pg_catalog.+)" };
    format!(
        "{schema}regexp_replace({schema}lpad({schema}to_hex({tick} {plus} 122192928000000000::{schema}int8), 15, '0'), '(.{{12}})', '\\16')\
         {0} pg_catalog.overlay({schema}\"right\"({random}::{schema}text, 17), 'b', 7, 1)",
        if schema.is_empty() { "||" } else { "OPERATOR(pg_catalog.||)" }
    )
}

// An extension computes the hash a hundred times faster than the function that the default
// of new rows calls. That one needs none, since an extension may be dropped later.
fn named(scope: &Scope<'_>, conversion: &Conversion, old_id: &str) -> String {
    let name = format!("{} || {old_id}", quote::literal(&prefix(conversion)));
    let function = extension(scope, "uuid-ossp")
        .map_or_else(|| "\"rekey\".\"uuid_v5\"".to_owned(), |schema| quote::qualified(schema, "uuid_generate_v5"));
    format!("{function}({}::uuid, {name})", namespace(conversion))
}

/// The schema that an extension is installed in.
pub fn extension<'s>(scope: &Scope<'s>, name: &str) -> Option<&'s str> {
    scope.schema.catalogue.objects.get(&quote::key("extension", &[name]))?.get("schema").map(String::as_str)
}

fn namespace(conversion: &Conversion) -> String {
    quote::literal(conversion.namespace.as_deref().unwrap_or(NAMESPACE))
}

// What stands before the old id in a name, so that the same number in two tables gives two ids.
fn prefix(conversion: &Conversion) -> String {
    format!("{}:", conversion.root)
}

/// What fills a converted column from now on, in the words that the server uses itself.
pub fn default_of(scope: &Scope<'_>, column: &ColumnName) -> String {
    let number = scope.conversion_of(&column.table, &column.column);
    let conversion = number.and_then(|number| Some((number, scope.conversions.get(number)?)));
    match conversion {
        Some((_, Conversion { uuid: UuidVersion::V4, .. })) => random::default_text(scope.version).to_owned(),
        Some((_, Conversion { uuid: UuidVersion::V6, .. })) => "rekey.uuid_v6()".to_owned(),
        Some((number, conversion @ Conversion { uuid: UuidVersion::V5, .. })) => format!(
            "rekey.uuid_v5({}::uuid, ({}::text || {}))",
            namespace(conversion),
            quote::told(&prefix(conversion)),
            next_number(scope, number, column)
        ),
        Some((_, Conversion { uuid: UuidVersion::V7, .. })) | None => scope.new_default().to_owned(),
    }
}

// Version 5 needs a number to make an id of. Where the sequence goes with the identity,
// one of ours takes its place.
fn next_number(scope: &Scope<'_>, number: usize, column: &ColumnName) -> String {
    match scope.column(column).map(|found| (&found.generator, found.default.as_deref())) {
        Some((Generator::Sequence { .. }, Some(default))) => default.to_owned(),
        Some(_) | None => format!("nextval('rekey.rk_{}_{number}_ids'::regclass)", scope.tag()),
    }
}

/// The sequence that numbers new rows where the key's own goes with its identity, and the
/// sequence whose place it takes.
pub fn substitute<'s>(scope: &Scope<'s>, number: usize) -> Option<(String, &'s str)> {
    if scope.conversions.get(number)?.uuid != UuidVersion::V5 {
        return None;
    }
    scope.generators(number).into_iter().find_map(|(_, generator)| match generator {
        Generator::Identity { sequence, .. } => Some((scope.helper(&format!("{number}_ids")), sequence.as_str())),
        Generator::Sequence { .. } | Generator::None | Generator::AutoIncrement | Generator::RowId { .. } => None,
    })
}

/// Makes the functions that defaults and maps call, open to everybody: whoever may insert
/// a row needs its default.
pub fn functions(scope: &Scope<'_>) -> Vec<String> {
    let used: BTreeSet<u8> = scope.conversions.iter().map(|conversion| conversion.uuid.number()).collect();
    let mut sql = Vec::new();
    if used.contains(&6) {
        sql.push(uuid_v6(scope.version));
        sql.push("GRANT EXECUTE ON FUNCTION \"rekey\".\"uuid_v6\"() TO PUBLIC".to_owned());
    }
    if used.contains(&5) {
        sql.push(UUID_V5.to_owned());
        sql.push("GRANT EXECUTE ON FUNCTION \"rekey\".\"uuid_v5\"(uuid, text) TO PUBLIC".to_owned());
    }
    sql
}

/// Makes the sequences that take the place of others.
pub fn sequences(scope: &Scope<'_>) -> Vec<String> {
    (0..scope.conversions.len())
        .filter_map(|number| substitute(scope, number))
        .flat_map(|(own, old)| {
            [
                format!("CREATE SEQUENCE {own}"),
                format!(
                    "SELECT setval({}::regclass, greatest(s.last_value, 1), s.is_called) FROM {old} s",
                    quote::literal(&own)
                ),
                format!("GRANT USAGE ON SEQUENCE {own} TO PUBLIC"),
            ]
        })
        .collect()
}

fn uuid_v6(version: u32) -> String {
    let parallel = random::parallel(version);
    let tick = "pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 10000000)::pg_catalog.int8";
    format!(
        "CREATE OR REPLACE FUNCTION \"rekey\".\"uuid_v6\"() RETURNS uuid LANGUAGE sql VOLATILE {parallel} AS $rekey$\n\
         SELECT ({})::pg_catalog.uuid\n\
         $rekey$",
        version_6(version, tick, "pg_catalog.")
    )
}

// SHA-1 of the namespace's 16 bytes and the name, by the algorithm's own description
// (FIPS 180-4): the server has no such function of its own.
const UUID_V5: &str = "CREATE OR REPLACE FUNCTION \"rekey\".\"uuid_v5\"(namespace uuid, name text) RETURNS uuid LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $rekey$
DECLARE
m bytea := uuid_send(namespace) || convert_to(name, 'UTF8');
w bigint[];
h0 bigint := 1732584193; h1 bigint := 4023233417; h2 bigint := 2562383102; h3 bigint := 271733878; h4 bigint := 3285377520;
a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; t bigint;
hex text;
BEGIN
m := m || '\\x80'::bytea || decode(repeat('00', (119 - length(m) % 64) % 64), 'hex') || int8send(length(m) * 8::bigint);
FOR p IN 0 .. length(m) / 64 - 1 LOOP
FOR i IN 0 .. 15 LOOP
w[i] := (get_byte(m, p * 64 + i * 4)::bigint << 24) | (get_byte(m, p * 64 + i * 4 + 1) << 16) | (get_byte(m, p * 64 + i * 4 + 2) << 8) | get_byte(m, p * 64 + i * 4 + 3);
END LOOP;
FOR i IN 16 .. 79 LOOP
t := w[i - 3] # w[i - 8] # w[i - 14] # w[i - 16];
w[i] := ((t << 1) | (t >> 31)) & 4294967295;
END LOOP;
a := h0; b := h1; c := h2; d := h3; e := h4;
FOR i IN 0 .. 79 LOOP
f := CASE WHEN i < 20 THEN ((b & c) | (~b & 4294967295 & d)) + 1518500249 WHEN i < 40 THEN (b # c # d) + 1859775393
WHEN i < 60 THEN ((b & c) | (b & d) | (c & d)) + 2400959708 ELSE (b # c # d) + 3395469782 END;
t := (((a << 5) | (a >> 27)) & 4294967295) + f + e + w[i] & 4294967295;
e := d; d := c; c := ((b << 30) | (b >> 2)) & 4294967295; b := a; a := t;
END LOOP;
h0 := h0 + a & 4294967295; h1 := h1 + b & 4294967295; h2 := h2 + c & 4294967295; h3 := h3 + d & 4294967295; h4 := h4 + e & 4294967295;
END LOOP;
hex := lpad(to_hex(h0), 8, '0') || lpad(to_hex(h1), 8, '0') || lpad(to_hex(h2), 8, '0') || lpad(to_hex(h3), 8, '0');
RETURN overlay(overlay(hex PLACING '5' FROM 13) PLACING to_hex((('x0' || substr(hex, 17, 1))::bit(8)::int & 3) | 8) FROM 17)::uuid;
END
$rekey$";
