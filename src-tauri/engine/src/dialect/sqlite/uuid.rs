//! UUIDs as SQLite expressions, for SQLite 3.35 and later.

mod binary;

use crate::plan::{Conversion, NAMESPACE, Storage, UuidVersion};

use super::quote;
use crate::schema::Schema;

/// Milliseconds since 1970, as SQLite tells them.
pub const NOW: &str = "CAST((julianday('now') - 2440587.5) * 86400000 + 0.5 AS INTEGER)";

// The last 62 bits behind those of the variant.
const RANDOM: &str = "32768 | (random() & 16383), random() & 281474976710655";
/// Tenths of a microsecond between the beginning of version 6, 1582, and 1970.
const EPOCH: &str = "122192928000000000";

/// The id of one of many rows, whose old id is `old`, as it is stored. `back` says how many
/// come after it, and `now` is the present millisecond: the last row gets it with the highest
/// count that fits into it, each one before it the next lower.
pub fn in_order(conversion: &Conversion, now: &str, back: &str, old: &str) -> String {
    let text = match conversion.uuid {
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
    };
    stored(conversion.storage, &text)
}

/// A UUID of text as it is stored; an expression that only Rekey's own connection evaluates.
pub fn stored(storage: Storage, text: &str) -> String {
    match storage {
        Storage::Binary16 => format!("unhex({text}, '-')"),
        Storage::Uuid | Storage::Char36 => text.to_owned(),
    }
}

/// A stored UUID as 36 characters.
pub fn shown(storage: Storage, value: &str) -> String {
    match storage {
        Storage::Binary16 => {
            let part = |from: u8, length: u8| format!("substr(hex({value}), {from}, {length})");
            let parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)];
            format!("lower({})", parts.join(" || '-' || "))
        }
        Storage::Uuid | Storage::Char36 => value.to_owned(),
    }
}

/// An old or a new id as text, however it is stored.
pub fn text(value: &str) -> String {
    let bytes = shown(Storage::Binary16, value);
    format!("CASE typeof({value}) WHEN 'blob' THEN {bytes} ELSE CAST({value} AS TEXT) END")
}

/// The default of a key that SQLite numbered before, where an expression can give one: not
/// for version 5, which takes a hash that SQLite cannot compute by itself, and not for bytes
/// in a file whose texts are UTF-16, where SQLite puts bytes together two by two.
pub fn default(schema: &Schema, conversion: &Conversion) -> Option<String> {
    let settings = schema.catalogue.objects.get("database main");
    let wide = settings.and_then(|settings| settings.get("encoding")).is_some_and(|name| name.starts_with("UTF-16"));
    let possible = !(wide && conversion.storage == Storage::Binary16);
    new_key(conversion.uuid, conversion.storage).filter(|_| possible)
}

fn new_key(version: UuidVersion, storage: Storage) -> Option<String> {
    // SQLite tells the time in milliseconds; what is finer is random.
    let tick = format!("({NOW} * 10000 + {EPOCH})");
    match (version, storage) {
        (UuidVersion::V5, _) => None,
        (UuidVersion::V7, Storage::Binary16) => Some(binary::timed(version, NOW)),
        (UuidVersion::V6, Storage::Binary16) => Some(binary::timed(version, &format!("({tick} >> 12)"))),
        (UuidVersion::V4, Storage::Binary16) => Some(binary::random(version)),
        (UuidVersion::V7, Storage::Uuid | Storage::Char36) => Some(version_7(NOW, "random() & 4095")),
        (UuidVersion::V6, Storage::Uuid | Storage::Char36) => Some(version_6(&tick, "random() & 4095")),
        (UuidVersion::V4, Storage::Uuid | Storage::Char36) => Some(version_4()),
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

/// The condition that a value is a UUID of that version as Rekey stores it.
pub fn is_version(version: UuidVersion, storage: Storage, value: &str) -> String {
    let kind = match storage {
        Storage::Binary16 => "blob",
        Storage::Uuid | Storage::Char36 => "text",
    };
    format!("typeof({value}) = '{kind}' AND rekey_uuid_version({value}) IS {}", version.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_give_what_they_promise() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        crate::dialect::sqlite::functions::register(&connection).unwrap();
        for (version, storage) in [UuidVersion::V7, UuidVersion::V6, UuidVersion::V4]
            .into_iter()
            .flat_map(|version| [(version, Storage::Char36), (version, Storage::Binary16)])
        {
            let default = new_key(version, storage).unwrap();
            let sql = format!(
                "WITH made (id) AS MATERIALIZED (SELECT {default}) SELECT {}, {} FROM made",
                shown(storage, "id"),
                is_version(version, storage, "id")
            );
            let (id, right) =
                connection.query_row(&sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))).unwrap();
            assert!(right, "{version:?} {storage:?}: {id}");
        }
        assert_eq!(new_key(UuidVersion::V5, Storage::Char36), None);
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
