//! New ids as expressions of MySQL and MariaDB.
//!
//! An id is put together as 32 hexadecimal digits and stored as the column wants it. The
//! random part is SHA-256 of a secret that the server draws for the map alone and forgets
//! with the session, and the old id: whoever knows ids, even all but one, learns nothing of
//! the others.

use super::quote;
use super::version::Version;
use crate::plan::{Conversion, NAMESPACE, Storage, UuidVersion};
use crate::schema::Column;

/// Tenths of a microsecond between the beginning of version 6's clock, 1582, and 1970.
const GREGORIAN: &str = "122192928000000000";

/// The type of a column that holds ids stored this way, as the server writes it.
pub fn column_type(storage: Storage) -> &'static str {
    match storage {
        Storage::Uuid => "uuid",
        Storage::Binary16 => "binary(16)",
        Storage::Char36 => "char(36) CHARACTER SET ascii COLLATE ascii_bin",
    }
}

/// 32 hexadecimal digits as a value of the column.
pub fn stored(storage: Storage, digits: &str) -> String {
    match storage {
        Storage::Uuid => dashed(digits),
        Storage::Binary16 => format!("UNHEX({digits})"),
        Storage::Char36 => format!("LOWER({})", dashed(digits)),
    }
}

/// The same for many rows at once: the type reads digits without dashes too, in three quarters
/// of the time.
pub fn written(storage: Storage, digits: &str) -> String {
    match storage {
        Storage::Uuid => digits.to_owned(),
        Storage::Binary16 | Storage::Char36 => stored(storage, digits),
    }
}

fn dashed(digits: &str) -> String {
    format!("INSERT(INSERT(INSERT(INSERT({digits}, 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')")
}

/// A stored id as text, in the spelling that people know.
pub fn told(storage: Storage, value: &str) -> String {
    match storage {
        Storage::Uuid | Storage::Char36 => format!("CAST({value} AS CHAR)"),
        Storage::Binary16 => format!("LOWER({})", dashed(&format!("HEX({value})"))),
    }
}

/// A stored id as 32 upper-case hexadecimal digits.
pub fn digits(storage: Storage, value: &str) -> String {
    match storage {
        Storage::Uuid => format!("UPPER(REPLACE(CAST({value} AS CHAR), '-', ''))"),
        Storage::Binary16 => format!("HEX({value})"),
        Storage::Char36 => format!("UPPER(REPLACE({value}, '-', ''))"),
    }
}

/// The statements that draw what all ids of a map have in common: the secret, and the moment
/// that the last of `count` ids gets.
pub fn start(version: &Version, uuid: UuidVersion, count: &str) -> Vec<String> {
    let mut statements = vec![format!("SET @rk_secret = {}", secret(version))];
    let now = "CAST(UNIX_TIMESTAMP(NOW(6)) * 1000 AS UNSIGNED)";
    match uuid {
        UuidVersion::V7 => statements.push(format!("SET @rk_place = {now} * 4096 - ({count})")),
        UuidVersion::V6 => statements.push(format!("SET @rk_place = {now} * 10000 + {GREGORIAN} - ({count})")),
        UuidVersion::V5 | UuidVersion::V4 => {}
    }
    statements
}

/// What the server draws for one map alone.
pub fn secret(version: &Version) -> &'static str {
    if has_random_bytes(version) {
        "SHA2(RANDOM_BYTES(64), 512)"
    } else {
        // No generator of the server's own: what it knows and nobody outside can see.
        "SHA2(CONCAT(UUID(), RAND(), UUID_SHORT(), NOW(6), RAND(), CONNECTION_ID(), @@server_uid, RAND()), 512)"
    }
}

/// True where the server draws random bytes itself.
pub fn has_random_bytes(version: &Version) -> bool {
    !version.is_mariadb() || version.number >= (10, 10, 0)
}

/// Random bytes in a default. MariaDB 10.11 takes the function for a constant: the first session
/// whose characters are not those of the default has it converted, and from then on all
/// sessions get the same bytes. What depends on `RAND()` is none.
pub fn random_bytes(version: &Version, count: u8) -> String {
    if version.is_mariadb() {
        format!("RANDOM_BYTES({count} + FLOOR(RAND() * 0))")
    } else {
        format!("RANDOM_BYTES({count})")
    }
}

/// True where ids of that kind can be made: those of version 5 are SHA-1, which MySQL 9 has
/// no function for.
pub fn can_make(version: &Version, uuid: UuidVersion) -> bool {
    uuid != UuidVersion::V5 || version.is_mariadb() || version.number < (9, 0, 0)
}

/// The new id of the row whose old id is `old`, as 32 digits. Ordered kinds count
/// `@rk_place` up by one with each row, so the rows must come in their order.
pub fn new_id(conversion: &Conversion, old: &str) -> String {
    let random = format!("SHA2(CONCAT(@rk_secret, {old}), 256)");
    match conversion.uuid {
        UuidVersion::V7 => ordered("0x7000", &tail(&random)),
        UuidVersion::V6 => ordered("0x6000", &tail(&random)),
        UuidVersion::V5 => named(conversion, old),
        UuidVersion::V4 => self::random(old),
    }
}

/// The new id of a value, as 32 digits that are random but for what says so.
pub fn random(old: &str) -> String {
    let random = format!("SHA2(CONCAT(@rk_secret, {old}), 256)");
    format!("INSERT(LEFT({random}, 32), 13, 5, CONCAT('4', MID({random}, 40, 3), {VARIANT}))")
}

// Two bits say that it is a UUID; the other two of that digit are random like the rest.
const VARIANT: &str = "ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B')";

fn tail(random: &str) -> String {
    format!("INSERT(LEFT({random}, 16), 1, 1, {VARIANT})")
}

fn ordered(version: &str, tail: &str) -> String {
    format!(
        "CONCAT(LPAD(HEX(((@rk_place := @rk_place + 1) DIV 4096 << 16) + {version} + (@rk_place & 4095)), 16, '0'), {tail})"
    )
}

fn named(conversion: &Conversion, old: &str) -> String {
    let namespace = conversion.namespace.as_deref().unwrap_or(NAMESPACE).replace('-', "");
    let prefix = quote::literal(&format!("{}:", conversion.root));
    let hash = format!("SHA1(CONCAT(UNHEX({}), {prefix}, {old}))", quote::literal(&namespace));
    format!(
        "INSERT(INSERT(LEFT({hash}, 32), 13, 1, '5'), 17, 1, ELT(1 + (CONV(MID({hash}, 17, 1), 16, 10) & 3), '8', '9', 'A', 'B'))"
    )
}

/// The default of a key that the server numbered before, where it can make such ids itself.
pub fn new_key(version: &Version, uuid: UuidVersion, storage: Storage) -> Option<String> {
    if !has_random_bytes(version) {
        return None;
    }
    let bytes = |count| format!("HEX({})", random_bytes(version, count));
    let digits = match uuid {
        UuidVersion::V7 => format!(
            "CONCAT(LPAD(HEX((CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) << 16) + 0x7000 + FLOOR(RAND() * 4096)), 16, '0'), \
             INSERT({}, 1, 1, {VARIANT}))",
            bytes(8)
        ),
        // A version 6 counts tenths of a microsecond, which the server does not tell.
        UuidVersion::V6 => format!(
            "CONCAT(INSERT(LPAD(HEX(CAST(UNIX_TIMESTAMP(NOW(6)) * 10000000 AS UNSIGNED) + {GREGORIAN} + FLOOR(RAND() * 10)), 15, '0'), 13, 0, '6'), \
             INSERT({}, 1, 1, {VARIANT}))",
            bytes(8)
        ),
        UuidVersion::V4 => format!("INSERT(INSERT({}, 13, 1, '4'), 17, 1, {VARIANT})", bytes(16)),
        // A name is made of a number, and there is none any more.
        UuidVersion::V5 => return None,
    };
    Some(format!("({})", stored(storage, &digits)))
}

/// The default of a column of text that is the server's own `uuid()`, as one of the new type.
pub fn made_by_server(storage: Storage, column: &Column) -> Option<String> {
    let default = column.default.as_deref()?.trim_matches(['(', ')', ' ']);
    if !default.eq_ignore_ascii_case("uuid") {
        return None;
    }
    Some(match storage {
        Storage::Uuid | Storage::Char36 => "(uuid())".to_owned(),
        Storage::Binary16 => "(UNHEX(REPLACE(uuid(), '-', '')))".to_owned(),
    })
}

/// The condition that the stored id is a UUID of that version. Of a type that holds nothing
/// but UUIDs two digits are enough, and are found in a twentieth of the time.
pub fn is_version(storage: Storage, uuid: UuidVersion, value: &str) -> String {
    if storage == Storage::Uuid {
        return format!(
            "SUBSTR({value}, 15, 1) = '{}' AND SUBSTR({value}, 20, 1) IN ('8', '9', 'a', 'b')",
            uuid.number()
        );
    }
    format!("{} REGEXP '^[0-9A-F]{{12}}{}[0-9A-F]{{3}}[89AB][0-9A-F]{{15}}$'", digits(storage, value), uuid.number())
}
