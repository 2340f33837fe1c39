//! The named settings of a connection, as the query of a URL, a service file and an option file
//! write them. What does not concern the connection is left alone.

use super::address::Tls;
use super::draft::{Draft, refuse};
use crate::error::Result;

/// Takes a setting of PostgreSQL. The names are those of libpq, of its JDBC driver and of
/// what hosting services add.
///
/// # Errors
/// [`crate::Error::Address`] for a value that the setting cannot have.
pub fn postgres(draft: &mut Draft, name: &str, value: &str) -> Result<()> {
    match name.to_ascii_lowercase().as_str() {
        "sslmode" => draft.tls = Some(mode(value)?),
        // Of the JDBC driver: it checks name and signer.
        "ssl" if is_true(value) => draft.tls = draft.tls.or(Some(Tls::VerifyFull)),
        "sslrootcert" if value != "system" => draft.certificates.authority = value.to_owned(),
        "sslcert" => draft.certificates.client = value.to_owned(),
        "sslkey" => draft.certificates.key = value.to_owned(),
        "pgbouncer" if is_true(value) => pooled(draft),
        other => common(draft, other, value)?,
    }
    Ok(())
}

/// Takes a setting of MySQL or MariaDB. `ssl-mode`, `ssl_mode` and `sslMode` are all in use.
///
/// # Errors
/// As for [`postgres`].
pub fn mysql(draft: &mut Draft, name: &str, value: &str) -> Result<()> {
    match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
        "sslmode" => draft.tls = Some(mode(value)?),
        "ssl" | "usessl" | "requiressl" if is_true(value) => draft.tls = draft.tls.or(Some(Tls::Require)),
        "ssl" if value.replace(' ', "").contains("\"rejectUnauthorized\":true") => draft.tls = Some(Tls::VerifyFull),
        "ssl" | "usessl" if is_false(value) => draft.tls = Some(Tls::Off),
        "skipssl" if is_true(value) => draft.tls = Some(Tls::Off),
        "verifyservercertificate" | "sslverifyservercert" if is_true(value) => draft.tls = Some(Tls::VerifyFull),
        "sslaccept" => draft.tls = Some(if value == "strict" { Tls::VerifyFull } else { Tls::Require }),
        "sslca" | "serversslcert" => draft.certificates.authority = value.to_owned(),
        "sslcert" => draft.certificates.client = value.to_owned(),
        "sslkey" => draft.certificates.key = value.to_owned(),
        "socket" | "unixsocket" => draft.host = Some(value.to_owned()),
        other => common(draft, other, value)?,
    }
    Ok(())
}

/// Says, once, that an address leads through a pooler.
pub fn pooled(draft: &mut Draft) {
    if !draft.remarks.iter().any(|remark| remark == POOLED) {
        draft.remarks.push(POOLED.to_owned());
    }
}

const POOLED: &str =
    "The address leads through a pooler. Rekey needs the server itself: take the direct address of your database.";

fn common(draft: &mut Draft, name: &str, value: &str) -> Result<()> {
    let given = || Some(value.to_owned()).filter(|value| !value.is_empty());
    match name {
        "host" => draft.host = given().or(draft.host.take()),
        "hostaddr" => draft.host = draft.host.take().or_else(given),
        "port" => draft.port = Some(value.trim().parse().map_err(|_| refuse("the port is not a number"))?),
        "user" | "username" => draft.user = given().or(draft.user.take()),
        "password" => draft.with_password(value),
        "dbname" | "database" => draft.database = given().or(draft.database.take()),
        _ => {}
    }
    Ok(())
}

fn mode(text: &str) -> Result<Tls> {
    Ok(match text.to_ascii_lowercase().replace('_', "-").as_str() {
        "disable" | "disabled" => Tls::Off,
        "allow" | "prefer" | "preferred" => Tls::Prefer,
        "require" | "required" | "trust" | "no-verify" => Tls::Require,
        "verify-ca" => Tls::VerifyCa,
        "verify-full" | "verify-identity" => Tls::VerifyFull,
        _ => return Err(refuse(&format!("'{text}' is not an sslmode"))),
    })
}

fn is_true(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "true" | "1" | "yes" | "on" | "")
}

fn is_false(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "false" | "0" | "no" | "off")
}
