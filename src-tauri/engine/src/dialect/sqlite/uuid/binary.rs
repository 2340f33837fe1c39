//! UUIDs of 16 bytes as defaults: expressions that every SQLite from 3.35 on evaluates.
//!
//! `unhex` came with 3.41 only, and a default must be one expression without a query. So
//! each byte of the time is taken from a row of all bytes; bytes that are put together are
//! a text to SQLite, which the cast makes bytes again. In a file whose texts are UTF-16 an
//! odd byte would get lost on the way.

use crate::plan::UuidVersion;

/// Its first 48 bits are those of `time`, the rest random.
pub fn timed(version: UuidVersion, time: &str) -> String {
    let every: Vec<u8> = (0..=255).collect();
    let every = literal(&every);
    let mut bytes: Vec<String> =
        [40, 32, 24, 16, 8].map(|shift| format!("substr({every}, 1 + (({time} >> {shift}) & 255), 1)")).into();
    bytes.push(format!("substr({every}, 1 + ({time} & 255), 1)"));
    bytes.push(rest(version));
    joined(&bytes)
}

/// Random but for its version.
pub fn random(version: UuidVersion) -> String {
    joined(&["randomblob(6)".to_owned(), rest(version)])
}

fn joined(bytes: &[String]) -> String {
    format!("CAST({} AS BLOB)", bytes.join(" || "))
}

// The ten bytes that begin with the version's.
fn rest(version: UuidVersion) -> String {
    let first = version.number() << 4;
    let versions: Vec<u8> = (first..=first + 15).collect();
    let variants: Vec<u8> = (0x80..=0xbf).collect();
    let last = match version {
        // One bit says that this is no network card's address.
        UuidVersion::V6 => {
            let odd: Vec<u8> = (0..=127).map(|half| half * 2 + 1).collect();
            format!("randomblob(1) || {} || randomblob(5)", one_of(&odd))
        }
        UuidVersion::V7 | UuidVersion::V5 | UuidVersion::V4 => "randomblob(7)".to_owned(),
    };
    format!("{} || randomblob(1) || {} || {last}", one_of(&versions), one_of(&variants))
}

// One byte of these, by chance; as many as a power of two.
fn one_of(bytes: &[u8]) -> String {
    format!("substr({}, 1 + (random() & {}), 1)", literal(bytes), bytes.len() - 1)
}

fn literal(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x'{digits}'")
}
