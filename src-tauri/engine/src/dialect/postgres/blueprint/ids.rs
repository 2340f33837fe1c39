//! The random part of many new ids at once.
//!
//! Drawing it for each id by itself takes most of the time that a map takes. Instead the
//! server draws one secret for the whole map, in the statement that uses it, and keeps it
//! nowhere. SHA-512 of the secret and a counter gives the random bits of eight ids. Whoever
//! knows ids, even all but one, learns nothing of the others: that would take the secret.

use super::random;

// Eight bytes each lie in the server's memory while the map is made. The bits of further
// ids take a hash each.
const MOST: u64 = 16_000_000;

/// What all ids of a map have in common, computed once: a query of one row, known as `s`.
/// `drawn` says for how many ids the random bits are drawn at once, none for no more than
/// a few; `rows` is what it is computed from.
pub fn start(version: u32, drawn: &str, rows: &str) -> String {
    let random = random::uuid(version);
    format!(
        "SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send({random}) || uuid_send({random}) AS secret, {drawn} AS drawn{rows}"
    )
}

/// How many ids' bits are drawn at once where so many are needed.
pub fn drawn(count: &str) -> String {
    format!("least({count}, {MOST})")
}

/// The last eight bytes of an id, as an expression: 62 random bits behind the two of the
/// variant. `place` is the id's number, from 1 on. No number of a block of eight ids is as
/// high as that of an id which takes a hash of its own.
pub fn random(place: &str) -> String {
    format!(
        "set_bit(set_bit(CASE WHEN {place} <= (SELECT s.drawn FROM start s) \
         THEN substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') \
         FROM start s, generate_series(0, s.drawn / 8) b(number)) FROM (({place}) * 8 - 7)::int FOR 8) \
         ELSE substring(sha512((SELECT s.secret FROM start s) || int8send({place})) FROM 1 FOR 8) END, 6, 0), 7, 1)"
    )
}
