//! What a new id is made of.

use super::random;

/// What all ids of a map have in common, computed once: a query of one row, known to
/// [`new_id`] as `s`.
pub fn start() -> &'static str {
    "SELECT floor(extract(epoch FROM transaction_timestamp()) * 1000)::bigint AS ms"
}

/// The id of the row `k`, which `k.later` others follow.
///
/// A UUID of version 7: the last one ends at the start of the run and 4096 fit into a
/// millisecond, so time and counter rise with the old id. 28672 is the version's digit, 7,
/// before the 12 bits of the counter. The last 62 bits come from a random UUID.
pub fn new_id(version: u32) -> String {
    let random = random::uuid(version);
    format!(
        "(lpad(to_hex(((s.ms - k.later / 4096) << 16) | (28672 + 4095 - k.later % 4096)), 16, '0') || right({random}::text, 17))::uuid"
    )
}
