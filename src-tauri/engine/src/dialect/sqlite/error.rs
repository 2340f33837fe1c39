//! From SQLite's result codes to errors that a person can act on.

use crate::Error;

/// The primary result code: the lowest byte of an extended one.
pub fn primary(code: i32) -> i32 {
    code & 0xff
}

const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const UNFINISHED: i32 = 776;
const INTERRUPTED: i32 = 9;
const INPUT_OUTPUT: i32 = 10;
const FULL: i32 = 13;
const CORRUPT: i32 = 11;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;
const LONGEST: usize = 2000;

/// The extended result code, where SQLite itself refused.
pub fn code(error: &rusqlite::Error) -> Option<i32> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "an enum of the driver that may grow")]
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => Some(failure.extended_code),
        rusqlite::Error::SqlInputError { error, .. } => Some(error.extended_code),
        _ => None,
    }
}

/// True where the code says that a lock was not to be had in time.
pub fn is_lock(code: i32) -> bool {
    matches!(primary(code), BUSY | LOCKED)
}

/// True where the file could not be opened.
pub fn is_cannot_open(code: i32) -> bool {
    primary(code) == CANNOT_OPEN
}

/// True where another program's unfinished transaction would have to be taken back first.
pub fn is_unfinished(code: i32) -> bool {
    code == UNFINISHED
}

/// Tells an error of the driver.
pub fn told(error: &rusqlite::Error, place: &str, sql: &str) -> Error {
    let place = place.to_owned();
    let Some(code) = code(error) else {
        return Error::Statement {
            step: String::new(),
            sql: shortened(sql),
            code: String::new(),
            detail: error.to_string(),
        };
    };
    let detail = message(error);
    match primary(code) {
        READ_ONLY => Error::ReadOnly { place, detail },
        INTERRUPTED => Error::Cancelled,
        CORRUPT | NOT_A_DATABASE => Error::NotADatabase { path: place, detail },
        CANNOT_OPEN => Error::Unreachable { place, detail },
        INPUT_OUTPUT | FULL => Error::File { path: place, detail },
        _ => Error::Statement { step: String::new(), sql: shortened(sql), code: code.to_string(), detail },
    }
}

fn message(error: &rusqlite::Error) -> String {
    #[allow(clippy::wildcard_enum_match_arm, reason = "an enum of the driver that may grow")]
    match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

fn shortened(sql: &str) -> String {
    if sql.chars().count() <= LONGEST {
        return sql.to_owned();
    }
    format!("{} ...", sql.chars().take(LONGEST).collect::<String>())
}
