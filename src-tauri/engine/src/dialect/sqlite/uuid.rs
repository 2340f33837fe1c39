//! UUIDs of version 7 as SQLite expressions, for SQLite 3.35 and later.

/// Milliseconds since 1970, as SQLite tells them.
pub const NOW: &str = "CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER)";

/// A UUID of version 7 from its milliseconds and the 12 bits behind them; the other 62
/// bits are random.
pub fn version_7(milliseconds: &str, counter: &str) -> String {
    format!(
        "printf('%08x-%04x-7%03x-%04x-%012x', {milliseconds} >> 16, {milliseconds} & 65535, {counter}, \
         32768 | (random() & 16383), random() & 281474976710655)"
    )
}

/// The default of a key that SQLite numbered before.
pub fn new_key() -> String {
    version_7(NOW, "random() & 4095")
}

/// The condition that a value is a UUID as Rekey writes it, of whatever version.
pub fn is_uuid(value: &str) -> String {
    let digits = |count: usize| "[0-9a-f]".repeat(count);
    let pattern = [8, 4, 4, 4, 12].map(digits).join("-");
    format!("typeof({value}) = 'text' AND {value} GLOB '{pattern}'")
}

/// The condition that a value is a UUID of version 7.
pub fn is_version_7(value: &str) -> String {
    format!("{} AND substr({value}, 15, 1) = '7' AND substr({value}, 20, 1) IN ('8', '9', 'a', 'b')", is_uuid(value))
}
