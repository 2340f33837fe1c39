//! From the driver's errors to ours, which say what to do and hold no secret.
//!
//! The server's own error number is kept as the code: the SQLSTATE of most is `HY000`.

use sqlx::mysql::MySqlDatabaseError;

use crate::dialect::driver::{lost_or_internal, shorten};
use crate::error::Error;

/// A lock was not had in time, or two sessions waited for each other.
const LOCKS: [&str; 3] = ["1205", "1213", "3572"];

/// Where a connection was to lead, for errors while connecting.
pub struct Target<'a> {
    /// Host, port and database.
    pub place: &'a str,
    /// The user.
    pub user: &'a str,
    /// The database.
    pub database: &'a str,
}

/// Tells an error that came up while connecting.
pub fn connecting(error: &sqlx::Error, target: &Target<'_>) -> Error {
    let Some(server) = told(error) else {
        return Error::Unreachable { place: target.place.to_owned(), detail: error.to_string() };
    };
    let detail = server.message().to_owned();
    match server.number() {
        // Wrong password, unknown user, host not admitted, password outworn, account locked,
        // a way of logging in that the server does not offer.
        1045 | 1130 | 1129 | 1251 | 1396 | 1524 | 1698 | 1820 | 1862 | 3118 | 3955 => {
            Error::Login { user: target.user.to_owned(), detail }
        }
        3159 => Error::Login {
            user: target.user.to_owned(),
            detail: format!("{detail}. Add ?ssl-mode=REQUIRED to the address"),
        },
        1049 => Error::NoDatabase { database: target.database.to_owned() },
        1044 | 1142 | 1227 => Error::Rights { detail },
        _ => Error::Unreachable { place: target.place.to_owned(), detail },
    }
}

/// Tells an error that came up while a statement ran.
pub fn running(error: &sqlx::Error, sql: &str, place: &str) -> Error {
    let Some(server) = told(error) else {
        return lost_or_internal(error);
    };
    let detail = server.message().to_owned();
    match server.number() {
        1044 | 1045 | 1095 | 1142 | 1143 | 1227 | 1370 | 1410 | 1419 => Error::Rights { detail },
        // The server or the session only reads.
        1290 | 1792 | 1836 => Error::ReadOnly { place: place.to_owned(), detail },
        // Shut down, killed, gone, lost, idle for too long.
        1053 | 1077 | 1927 | 2006 | 2013 | 4031 => Error::ConnectionLost { detail },
        number => Error::Statement {
            step: String::new(),
            sql: shorten(sql),
            code: number.to_string(),
            detail: match number {
                1021 | 1114 => {
                    format!("{detail}. The disk that the server keeps its data on is full: make room, then go on")
                }
                // `FLUSH TABLES` waits for a run to let go of its tables, and whoever opens one of
                // them waits for that, the run itself included.
                1205 => format!(
                    "{detail}. Another session holds a lock on these tables or waits to close them all (backups with FLUSH TABLES do): SHOW PROCESSLIST names it. Let it end, then try again"
                ),
                _ => detail,
            },
        },
    }
}

/// True where the server gave up waiting for a lock, or found two sessions waiting for each other.
pub fn is_lock_timeout(error: &Error) -> bool {
    matches!(error, Error::Statement { code, .. } if LOCKS.contains(&code.as_str()))
}

fn told(error: &sqlx::Error) -> Option<&MySqlDatabaseError> {
    error.as_database_error()?.try_downcast_ref::<MySqlDatabaseError>()
}
