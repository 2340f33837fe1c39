//! The random part of many new ids at once.
//!
//! Drawing it for each id by itself takes most of the time that a map takes. Instead the
//! server draws one secret for the whole map, in the statement that uses it, and keeps it
//! nowhere. SHA-512 of the secret and a counter gives the random bits of eight ids. Whoever
//! knows ids, even all but one, learns nothing of the others: that would take the secret.

use super::random;

// Eight bytes each lie in the server's memory while the map is made; the bits of further
// ids are drawn one by one.
const MOST: u64 = 16_000_000;

/// What all ids of a map have in common, computed once: a query of one row, known as `s`.
pub fn start(version: u32) -> String {
    let random = random::uuid(version);
    format!(
        "SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms, uuid_send({random}) || uuid_send({random}) AS secret"
    )
}

/// The last eight bytes of the id of the row `k`, the one of number `k.n`, as an expression:
/// 62 random bits behind the two of the variant. `count` says how many rows there are at most.
pub fn random(version: u32, count: &str) -> String {
    let single = random::uuid(version);
    format!(
        "set_bit(set_bit(coalesce(nullif(substring((SELECT string_agg(sha512(s.secret || int8send(b.number)), '') \
         FROM start s, generate_series(0, least({count}, {MOST}) / 8) b(number)) FROM (least(k.n, {MOST} + 8) * 8 - 7)::int FOR 8), ''), \
         substring(uuid_send({single}) FROM 9)), 6, 0), 7, 1)"
    )
}
