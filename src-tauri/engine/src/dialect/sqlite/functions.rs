//! Functions that SQLite lacks and this program's connections have.
//!
//! `rekey_disorder(value)`, an aggregate, counts the values that are not greater than the one
//! before them. `rekey_uuid(text)` is the one spelling of a UUID, NULL for what is none: the
//! same values are UUIDs here as PostgreSQL takes for such. `rekey_uuid_within(text)` looks
//! past blanks and `urn:uuid:` around it. `rekey_uuid_version(id)` is the version of a UUID in
//! that spelling or in 16 bytes, NULL for anything else. `rekey_uuid_v5(namespace, name)` is the
//! UUID of version 5.

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use sha1::{Digest, Sha1};
use uuid::{Uuid, Variant};

/// True for a statement that only a session of ours understands: the names of our functions
/// begin with `rekey_`, and no function of SQLite's does.
pub fn uses(sql: &str) -> bool {
    sql.match_indices("rekey_").any(|(place, _)| {
        let rest = sql[place..].trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
        rest.starts_with('(')
    })
}

/// Makes them known to a connection; the schema itself may not call them.
pub fn register(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    let unsteady = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_aggregate_function("rekey_disorder", 1, unsteady, Disorder)?;
    // Every new id is read so in the gate, and is spelt as it should be.
    connection.create_scalar_function("rekey_uuid", 1, flags, |context| {
        let made = |text: &str| canonical(text).map(|id| ToSqlOutput::Owned(Value::Text(id)));
        Ok(text(context, 0).and_then(|text| if is_canonical(text) { Some(ToSqlOutput::Arg(0)) } else { made(text) }))
    })?;
    connection.create_scalar_function("rekey_uuid_within", 1, flags, |context| {
        Ok(text(context, 0).and_then(|whole| canonical(stripped(whole))))
    })?;
    connection.create_scalar_function("rekey_uuid_version", 1, flags, |context| Ok(version(context.get_raw(0))))?;
    connection.create_scalar_function("rekey_uuid_v5", 2, flags, |context| {
        let parts = text(context, 0).and_then(bytes).zip(text(context, 1));
        Ok(parts.map(|(namespace, name)| version_5(namespace, name)))
    })
}

struct Disorder;

#[derive(Default)]
struct Last {
    value: Option<Vec<u8>>,
    wrong: i64,
}

impl Aggregate<Last, i64> for Disorder {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Last> {
        Ok(Last::default())
    }

    // What is neither text nor bytes has no order here.
    fn step(&self, row: &mut Context<'_>, last: &mut Last) -> rusqlite::Result<()> {
        let bytes = match row.get_raw(0) {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(bytes),
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => None,
        };
        let Some(bytes) = bytes.filter(|bytes| last.value.as_ref().is_none_or(|before| before.as_slice() < *bytes))
        else {
            last.wrong += 1;
            return Ok(());
        };
        let kept = last.value.get_or_insert_default();
        kept.clear();
        kept.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, last: Option<Last>) -> rusqlite::Result<i64> {
        Ok(last.unwrap_or_default().wrong)
    }
}

// Of a UUID in its one spelling or in 16 bytes, of the variant that has versions.
fn version(value: ValueRef<'_>) -> Option<i64> {
    let id = match value {
        ValueRef::Text(text) if text.iter().all(|letter| !letter.is_ascii_uppercase()) && text.len() == 36 => {
            Uuid::try_parse_ascii(text).ok()?
        }
        ValueRef::Blob(bytes) => Uuid::from_slice(bytes).ok()?,
        ValueRef::Text(_) | ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => return None,
    };
    (id.get_variant() == Variant::RFC4122).then(|| i64::try_from(id.get_version_num()).ok())?
}

// Bytes are no text, whatever they spell.
fn text<'c>(context: &'c Context<'_>, place: usize) -> Option<&'c str> {
    match context.get_raw(place) {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok(),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
    }
}

fn stripped(text: &str) -> &str {
    let bare = text.trim_matches([' ', '\t', '\r', '\n', '\u{a0}']);
    match bare.get(..9) {
        Some(prefix) if prefix.eq_ignore_ascii_case("urn:uuid:") => &bare[9..],
        Some(_) | None => bare,
    }
}

fn canonical(text: &str) -> Option<String> {
    bytes(text).map(spelt)
}

fn is_canonical(text: &str) -> bool {
    let right = |(place, byte): (usize, u8)| match place {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    };
    text.len() == 36 && text.bytes().enumerate().all(right)
}

// In either case, with or without braces, a hyphen after any four digits or none.
fn bytes(text: &str) -> Option<u128> {
    let bare = text.strip_prefix('{').map_or(Some(text), |rest| rest.strip_suffix('}'))?;
    let (mut value, mut digits) = (0_u128, 0_u32);
    let mut hyphen = false;
    for letter in bare.chars() {
        if letter == '-' {
            if hyphen || digits == 0 || digits % 4 != 0 || digits == 32 {
                return None;
            }
            hyphen = true;
            continue;
        }
        hyphen = false;
        digits += 1;
        if digits > 32 {
            return None;
        }
        value = value << 4 | u128::from(letter.to_digit(16)?);
    }
    (digits == 32).then_some(value)
}

fn spelt(value: u128) -> String {
    Uuid::from_u128(value).hyphenated().to_string()
}

// RFC 9562, section 5.5.
fn version_5(namespace: u128, name: &str) -> String {
    let hash = Sha1::new().chain_update(namespace.to_be_bytes()).chain_update(name.as_bytes()).finalize();
    let first = hash.iter().take(16).fold(0_u128, |value, byte| value << 8 | u128::from(*byte));
    let bare = first & !(0xf << 76) & !(0x3 << 62);
    spelt(bare | 5 << 76 | 2 << 62)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_of_ours_is_known_by_its_functions() {
        assert!(uses("SELECT max(rekey_digest(a)) FROM t"));
        assert!(!uses("CREATE TABLE \"_rekey_map_1_0\" (old_id INTEGER)"));
    }

    fn ask(sql: &str) -> Option<String> {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn disorder_is_counted() {
        for (values, wrong) in [
            ("('a'), ('ab'), ('b')", "0"),
            ("('a'), ('a')", "1"),
            ("('b'), ('a'), ('c'), (NULL)", "2"),
            ("(x'01'), (x'0100'), (x'ff')", "0"),
        ] {
            let sql = format!("WITH t (v) AS (VALUES {values}) SELECT CAST(rekey_disorder(v) AS TEXT) FROM t");
            assert_eq!(ask(&sql).as_deref(), Some(wrong), "{values}");
        }
    }

    #[test]
    fn every_spelling_is_one_value() {
        let same = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
        for text in [
            same,
            "6BA7B810-9DAD-11D1-80B4-00C04FD430C8",
            "6ba7b8109dad11d180b400c04fd430c8",
            "{6ba7b8109dad11d180b400c04fd430c8}",
            "6ba7-b810-9dad-11d1-80b4-00c0-4fd4-30c8",
        ] {
            assert_eq!(ask(&format!("SELECT rekey_uuid('{text}')")).as_deref(), Some(same), "{text}");
        }
        assert_eq!(ask(&format!("SELECT rekey_uuid_within(' URN:uuid:{same}\n')")).as_deref(), Some(same));
    }

    #[test]
    fn what_is_none_is_null() {
        for text in [
            "''",
            "'not-a-uuid'",
            "'6ba7b810-9dad-11d1-80b4-00c04fd430c'",
            "'6ba7b810-9dad-11d1-80b4-00c04fd430c88'",
            "'6ba7b810--9dad-11d1-80b4-00c04fd430c8'",
            "'6ba7b-8109dad11d180b400c04fd430c8'",
            "'6ba7b810-9dad-11d1-80b4-00c04fd430cg'",
            "'6ba7b810-9dad-11d1-80b400-c04fd430c8'",
            "'-6ba7b8109dad11d180b400c04fd430c8'",
            "'6ba7b8109dad11d180b400c04fd430c8-'",
            "'{6ba7b8109dad11d180b400c04fd430c8'",
            "'6ba7b8109dad11d180b400c04fd430c8}'",
            "' 6ba7b8109dad11d180b400c04fd430c8'",
            "'urn:uuid:6ba7b8109dad11d180b400c04fd430c8'",
            "'6ba7b8109dad11d180b400c04fd430cé'",
            "x'6ba7b8109dad11d180b400c04fd430c8'",
            "5",
            "NULL",
        ] {
            assert_eq!(ask(&format!("SELECT rekey_uuid({text})")), None, "{text}");
        }
    }

    #[test]
    fn a_version_is_told_of_one_spelling_and_of_bytes() {
        for (id, version) in [
            ("'017f22e2-79b0-7cc3-98c4-dc0c0c07398f'", Some("7")),
            ("x'017f22e279b07cc398c4dc0c0c07398f'", Some("7")),
            ("'919108f7-52d1-4320-9bac-f847db4148a8'", Some("4")),
            ("'017F22E2-79B0-7CC3-98C4-DC0C0C07398F'", None),
            ("'017f22e279b07cc398c4dc0c0c07398f'", None),
            ("'{017f22e279b07cc398c4dc0c0c07398f}'", None),
            ("'017f22e2-79b0-7cc3-c8c4-dc0c0c07398f'", None),
            ("'017f22e2-79b0-7cc3-98c4-dc0c0c07398g'", None),
            ("x'017f22e279b07cc398c4dc0c0c0739'", None),
            ("7", None),
            ("NULL", None),
        ] {
            assert_eq!(ask(&format!("SELECT CAST(rekey_uuid_version({id}) AS TEXT)")).as_deref(), version, "{id}");
        }
    }

    // The first is the example of RFC 9562, appendix A.4; the second is what PostgreSQL gives.
    #[test]
    fn version_5_is_the_same_everywhere() {
        for (namespace, name, id) in [
            ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            (crate::plan::NAMESPACE, "public.city.id:7", "a5d7445e-75b3-56a1-aa5f-31cf035de50b"),
        ] {
            assert_eq!(ask(&format!("SELECT rekey_uuid_v5('{namespace}', '{name}')")).as_deref(), Some(id));
        }
    }
}
