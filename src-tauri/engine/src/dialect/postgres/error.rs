//! From the driver's errors to ours, which say what to do and hold no secret.

use super::blueprint::REFUSED;
use crate::dialect::driver::{lost_or_internal, shorten};
use crate::error::Error;

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
    if let sqlx::Error::Database(server) = error {
        let detail = server.message().to_owned();
        return match server.code().as_deref() {
            Some("28P01" | "28000") => Error::Login { user: target.user.to_owned(), detail },
            Some("3D000") => Error::NoDatabase { database: target.database.to_owned() },
            Some("42501") => Error::Rights { detail },
            _ => Error::Unreachable { place: target.place.to_owned(), detail },
        };
    }
    Error::Unreachable { place: target.place.to_owned(), detail: error.to_string() }
}

/// Tells an error that came up while a statement ran.
pub fn running(error: &sqlx::Error, sql: &str, place: &str) -> Error {
    let sqlx::Error::Database(server) = error else {
        return lost_or_internal(error);
    };
    let code = server.code().map(|code| code.into_owned()).unwrap_or_default();
    let detail = describe(server.as_ref());
    match code.as_str() {
        // A statement of ours that says why it is not carried out.
        REFUSED => Error::Refused { reasons: server.message().lines().map(str::to_owned).collect() },
        "42501" => Error::Rights { detail },
        "25006" => Error::ReadOnly { place: place.to_owned(), detail },
        "57P01" | "57P02" | "57P03" | "08000" | "08003" | "08006" => Error::ConnectionLost { detail },
        _ => Error::Statement { step: String::new(), sql: shorten(sql), code, detail },
    }
}

fn describe(server: &dyn sqlx::error::DatabaseError) -> String {
    let mut text = server.message().to_owned();
    if let Some(detail) = server.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().and_then(|e| e.detail()) {
        text.push_str(" (");
        text.push_str(detail);
        text.push(')');
    }
    text
}
