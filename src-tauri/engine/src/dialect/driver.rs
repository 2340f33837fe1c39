//! What the driver of PostgreSQL and that of MySQL share, since they are one library.

use std::io;

use crate::error::Error;

/// Longest part of a statement that goes into an error.
const SHOWN: usize = 400;

/// A driver error that is not the server's: nearly always the wire.
pub fn lost_or_internal(error: &sqlx::Error) -> Error {
    if let sqlx::Error::Io(cause) = error {
        let detail = if cause.kind() == io::ErrorKind::UnexpectedEof {
            "the server closed the connection".to_owned()
        } else {
            cause.to_string()
        };
        return Error::ConnectionLost { detail };
    }
    if matches!(error, sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed) {
        return Error::ConnectionLost { detail: error.to_string() };
    }
    Error::Internal { detail: error.to_string() }
}

/// A statement as it goes into an error.
pub fn shorten(sql: &str) -> String {
    if sql.chars().count() <= SHOWN {
        return sql.to_owned();
    }
    let start: String = sql.chars().take(SHOWN).collect();
    format!("{start} …")
}
