//! UUIDs as SQLite expressions, for SQLite 3.35 and later.

use crate::plan::{Conversion, NAMESPACE, UuidVersion};

use super::quote;

/// Milliseconds since 1970, as SQLite tells them.
pub const NOW: &str = "CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER)";

// The last 62 bits behind those of the variant.
const RANDOM: &str = "32768 | (random() & 16383), random() & 281474976710655";
/// Tenths of a microsecond between the beginning of version 6, 1582, and 1970.
const EPOCH: &str = "122192928000000000";

/// The id of one of many rows, whose old id is `old`. `back` says how many come after it, and
/// `now` is the present millisecond: the last row gets it with the highest count that fits
/// into it, each one before it the next lower.
pub fn in_order(conversion: &Conversion, now: &str, back: &str, old: &str) -> String {
    match conversion.uuid {
        UuidVersion::V7 => version_7(&format!("({now} - {back} / 4096)"), &format!("4095 - {back} % 4096")),
        UuidVersion::V6 => {
            let tick = format!("({now} * 10000 + {EPOCH} + 9999 - {back})");
            version_6(&tick, &format!("{tick} & 4095"))
        }
        UuidVersion::V5 => format!(
            "rekey_uuid_v5({}, {} || {old})",
            quote::text(conversion.namespace.as_deref().unwrap_or(NAMESPACE)),
            quote::text(&format!("{}:", conversion.root))
        ),
        UuidVersion::V4 => version_4(),
    }
}

/// The default of a key that SQLite numbered before. None for version 5, which takes a hash
/// that SQLite cannot compute by itself.
pub fn new_key(version: UuidVersion) -> Option<String> {
    match version {
        UuidVersion::V7 => Some(version_7(NOW, "random() & 4095")),
        // SQLite tells the time in milliseconds; what is finer is random.
        UuidVersion::V6 => Some(version_6(&format!("({NOW} * 10000 + {EPOCH})"), "random() & 4095")),
        UuidVersion::V5 => None,
        UuidVersion::V4 => Some(version_4()),
    }
}

// From its milliseconds and the 12 bits behind them.
fn version_7(milliseconds: &str, counter: &str) -> String {
    format!("printf('%08x-%04x-7%03x-%04x-%012x', {milliseconds} >> 16, {milliseconds} & 65535, {counter}, {RANDOM})")
}

// From tenths of a microsecond since 1582. One bit of the last part says that it is no
// network card's address.
fn version_6(tick: &str, low: &str) -> String {
    format!(
        "printf('%08x-%04x-6%03x-%04x-%012x', {tick} >> 28, ({tick} >> 12) & 65535, {low}, {RANDOM} | 1099511627776)"
    )
}

/// A UUID of version 4.
pub fn version_4() -> String {
    format!("printf('%08x-%04x-4%03x-%04x-%012x', random() & 4294967295, random() & 65535, random() & 4095, {RANDOM})")
}

/// The condition that a value is a UUID as Rekey writes it, of whatever version.
pub fn is_uuid(value: &str) -> String {
    let digits = |count: usize| "[0-9a-f]".repeat(count);
    let pattern = [8, 4, 4, 4, 12].map(digits).join("-");
    format!("typeof({value}) = 'text' AND {value} GLOB '{pattern}'")
}

/// The condition that a value is a UUID of that version.
pub fn is_version(version: UuidVersion, value: &str) -> String {
    let digit = version.number();
    format!(
        "{} AND substr({value}, 15, 1) = '{digit}' AND substr({value}, 20, 1) IN ('8', '9', 'a', 'b')",
        is_uuid(value)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_give_what_they_promise() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        for version in [UuidVersion::V7, UuidVersion::V6, UuidVersion::V4] {
            let default = new_key(version).unwrap();
            let sql = format!(
                "WITH made (id) AS MATERIALIZED (SELECT {default}) SELECT id, {} FROM made",
                is_version(version, "id")
            );
            let (id, right) =
                connection.query_row(&sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))).unwrap();
            assert!(right, "{version:?}: {id}");
        }
        assert_eq!(new_key(UuidVersion::V5), None);
    }

    // 1 September 2023 in the layout of version 6 begins with 1ee.
    #[test]
    fn version_6_counts_from_1582() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let tick = format!("(1693526400000 * 10000 + {EPOCH})");
        let sql = format!("SELECT {}", version_6(&tick, &format!("{tick} & 4095")));
        let id: String = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
        let digits = u64::from_str_radix(&format!("{}{}{}", &id[..8], &id[9..13], &id[15..18]), 16).unwrap();
        assert_eq!(digits, 16_935_264_000_000_000 + 122_192_928_000_000_000, "{id}");
        assert_eq!(u8::from_str_radix(&id[24..26], 16).unwrap() & 1, 1, "{id}");
    }
}
