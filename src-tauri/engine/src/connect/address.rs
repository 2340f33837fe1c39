//! Where a database is: parsed by ourselves, so that no driver reads the environment or
//! logs what it does not understand.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::part;
use crate::error::{Error, Result};
use crate::schema::EngineKind;

/// How the connection is protected on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Tls {
    /// Not at all. For this machine only.
    Off,
    /// Encrypted where the server offers it. For this machine only.
    #[default]
    Prefer,
    /// Encrypted, whoever answers.
    Require,
    /// Encrypted, and the server's certificate and name are checked.
    VerifyFull,
}

/// Where a database is. Never holds a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "engine", rename_all = "lowercase")]
#[ts(export)]
pub enum Address {
    /// A PostgreSQL server.
    Postgres {
        /// Host name, address, or the folder of a Unix socket.
        host: String,
        /// Port.
        port: u16,
        /// User.
        user: String,
        /// Database.
        database: String,
        /// Protection on the way.
        tls: Tls,
    },
    /// A MySQL or MariaDB server.
    Mysql {
        /// Host name, address, or the path of a Unix socket.
        host: String,
        /// Port.
        port: u16,
        /// User.
        user: String,
        /// Database.
        database: String,
        /// Protection on the way.
        tls: Tls,
    },
    /// A SQLite file.
    Sqlite {
        /// Its path.
        #[ts(type = "string")]
        path: PathBuf,
    },
}

/// An address as it was typed, with the password that may have been in it.
#[derive(Debug)]
pub struct Parsed {
    /// The address.
    pub address: Address,
    /// The password, where the text held one.
    pub password: Option<SecretString>,
}

impl Address {
    /// Reads a URL (`postgres://`, `postgresql://`, `mysql://`, `mariadb://`, also with
    /// `+driver`, `sqlite:`) or the path of a file.
    ///
    /// # Errors
    /// [`Error::Address`] that says which part is missing.
    pub fn parse(text: &str) -> Result<Parsed> {
        let text = text.trim();
        if text.is_empty() {
            return Err(refuse("it is empty"));
        }
        let Some((scheme, rest)) = scheme(text) else {
            return Ok(sqlite(text));
        };
        match scheme.as_str() {
            "postgres" | "postgresql" => postgres(rest),
            "mysql" | "mysql2" | "mariadb" => mysql(rest),
            "sqlite" | "sqlite3" | "file" => Ok(sqlite(sqlite_path(rest))),
            other => Err(refuse(&format!("'{other}' is not a database that Rekey knows"))),
        }
    }

    /// Which product it is.
    pub fn engine(&self) -> EngineKind {
        match self {
            Address::Postgres { .. } => EngineKind::Postgres,
            Address::Mysql { .. } => EngineKind::Mysql,
            Address::Sqlite { .. } => EngineKind::Sqlite,
        }
    }

    /// True where the database is on this machine.
    pub fn is_local(&self) -> bool {
        match self {
            Address::Postgres { host, .. } | Address::Mysql { host, .. } => {
                host.starts_with('/') || matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1")
            }
            Address::Sqlite { .. } => true,
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Postgres { host, port, user, database, .. } => {
                write!(f, "postgres://{user}@{host}:{port}/{database}")
            }
            Address::Mysql { host, user, database, .. } if host.starts_with('/') => {
                write!(f, "mysql://{user}@localhost/{database}?socket={host}")
            }
            Address::Mysql { host, port, user, database, .. } => {
                write!(f, "mysql://{user}@{host}:{port}/{database}")
            }
            Address::Sqlite { path } => write!(f, "sqlite:{}", path.display()),
        }
    }
}

fn refuse(reason: &str) -> Error {
    Error::Address { reason: reason.to_owned() }
}

// `postgresql+psycopg://` names a driver after the plus sign; it does not concern us. A
// single letter before the colon is a Windows drive.
fn scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let known = scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !known || !(rest.starts_with("//") || scheme.starts_with("sqlite") || scheme == "file") {
        return None;
    }
    let product = scheme.split('+').next().unwrap_or(scheme);
    Some((product.to_ascii_lowercase(), rest))
}

fn sqlite(path: &str) -> Parsed {
    Parsed { address: Address::Sqlite { path: PathBuf::from(path) }, password: None }
}

// sqlite:PATH, sqlite://PATH and sqlite:///PATH; three slashes mean a path from the root
// where such a file can be, as SQLAlchemy's four slashes do.
fn sqlite_path(rest: &str) -> &str {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    path.strip_prefix('/').filter(|path| path.starts_with('/')).unwrap_or(path)
}

fn postgres(rest: &str) -> Result<Parsed> {
    let Server { mut host, port, user, database, password, settings } = server(rest, 5432)?;
    let mut tls = None;
    for (name, value) in settings {
        match name.as_str() {
            "sslmode" => tls = Some(tls_mode(&value)?),
            "host" => host = value,
            // What other tools write there does not concern the address.
            _ => {}
        }
    }
    let database = if database.is_empty() { user.clone() } else { database };
    let host = or_here(host);
    let mut address = Address::Postgres { host, port, user, database, tls: Tls::Prefer };
    let chosen = tls.unwrap_or(usual_tls(&address));
    if let Address::Postgres { tls, .. } = &mut address {
        *tls = chosen;
    }
    Ok(Parsed { address, password })
}

fn mysql(rest: &str) -> Result<Parsed> {
    let Server { mut host, port, user, database, password, settings } = server(rest, 3306)?;
    let mut tls = None;
    for (name, value) in settings {
        // `ssl-mode`, `ssl_mode` and `sslMode` are all in use.
        match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
            "sslmode" => tls = Some(tls_mode(&value)?),
            "socket" | "unixsocket" => host = value,
            // What other tools write there does not concern the address.
            _ => {}
        }
    }
    if database.is_empty() {
        return Err(refuse("it names no database"));
    }
    let host = or_here(host);
    let mut address = Address::Mysql { host, port, user, database, tls: Tls::Prefer };
    let chosen = tls.unwrap_or(usual_tls(&address));
    if let Address::Mysql { tls, .. } = &mut address {
        *tls = chosen;
    }
    Ok(Parsed { address, password })
}

fn or_here(host: String) -> String {
    if host.is_empty() { "localhost".to_owned() } else { host }
}

fn usual_tls(address: &Address) -> Tls {
    if address.is_local() { Tls::Prefer } else { Tls::VerifyFull }
}

// The parts that the address of any server has.
struct Server {
    host: String,
    port: u16,
    user: String,
    database: String,
    password: Option<SecretString>,
    settings: Vec<(String, String)>,
}

fn server(rest: &str, usual_port: u16) -> Result<Server> {
    let rest = rest.trim_start_matches('/');
    let (authority, tail) = split_authority(rest);
    // A password may hold an unescaped @, so the last one counts.
    let (login, place) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (user, password) = login.split_once(':').map_or((login, None), |(user, word)| (user, Some(word)));
    let (host, port) = part::host_and_port(place, usual_port).map_err(refuse)?;
    let (database, query) = tail.split_once('?').unwrap_or((tail, ""));
    let user = decode(user)?;
    if user.is_empty() {
        return Err(refuse("it names no user"));
    }
    let password = password.map(decode).transpose()?.filter(|word| !word.is_empty()).map(SecretString::from);
    let settings = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Ok(Server { host, port, user, database: decode(database)?, password, settings })
}

fn split_authority(rest: &str) -> (&str, &str) {
    let after_login = rest.rfind('@').map_or(0, |at| at + 1);
    match rest[after_login..].find(['/', '?']) {
        Some(end) if rest.as_bytes()[after_login + end] == b'/' => {
            (&rest[..after_login + end], &rest[after_login + end + 1..])
        }
        Some(end) => (&rest[..after_login + end], &rest[after_login + end..]),
        None => (rest, ""),
    }
}

fn tls_mode(text: &str) -> Result<Tls> {
    Ok(match text.to_ascii_lowercase().replace('_', "-").as_str() {
        "disable" | "disabled" => Tls::Off,
        "allow" | "prefer" | "preferred" => Tls::Prefer,
        "require" | "required" | "trust" => Tls::Require,
        "verify-ca" | "verify-full" | "verify-identity" => Tls::VerifyFull,
        _ => return Err(refuse(&format!("'{text}' is not an sslmode"))),
    })
}

fn decode(text: &str) -> Result<String> {
    part::decoded(text).map_err(refuse)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn read(text: &str) -> Parsed {
        Address::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_url_gives_its_parts_and_sets_the_password_apart() {
        let parsed = read("postgresql+psycopg://ann:p%40ss@w@db.example.org:6000/shop?sslmode=require&schema=x");
        assert_eq!(parsed.address.to_string(), "postgres://ann@db.example.org:6000/shop");
        assert_eq!(parsed.password.expect("password").expose_secret(), "p@ss@w");
        assert!(matches!(parsed.address, Address::Postgres { tls: Tls::Require, .. }));
    }

    #[test]
    fn a_remote_server_is_verified_unless_told_otherwise() {
        assert!(matches!(
            read("postgres://a@db.example.org/x").address,
            Address::Postgres { tls: Tls::VerifyFull, .. }
        ));
        assert!(matches!(read("postgres://a@localhost/x").address, Address::Postgres { tls: Tls::Prefer, .. }));
    }

    #[test]
    fn mysql_and_mariadb_are_one_kind_of_address() {
        let parsed = read("mysql+pymysql://ann:p%40ss@w@db.example.org/shop?charset=utf8mb4&ssl-mode=VERIFY_IDENTITY");
        assert_eq!(parsed.address.to_string(), "mysql://ann@db.example.org:3306/shop");
        assert_eq!(parsed.password.expect("password").expose_secret(), "p@ss@w");
        assert!(matches!(parsed.address, Address::Mysql { tls: Tls::VerifyFull, .. }));
        assert!(matches!(
            read("mariadb://a@[::1]:3307/x").address,
            Address::Mysql { port: 3307, tls: Tls::Prefer, .. }
        ));
        let socket = read("mysql://a@localhost/x?socket=/run/mysqld/mysqld.sock").address;
        assert_eq!(read(&socket.to_string()).address, socket);
        assert!(socket.is_local());
        assert!(Address::parse("mysql://a@localhost").is_err());
    }

    #[test]
    fn a_path_is_a_sqlite_file() {
        for text in ["/a/b.db", "sqlite:/a/b.db", "sqlite:///a/b.db", "sqlite:////a/b.db", "file:/a/b.db"] {
            assert_eq!(read(text).address, Address::Sqlite { path: PathBuf::from("/a/b.db") }, "{text}");
        }
        assert_eq!(read("sqlite:b.db").address, Address::Sqlite { path: PathBuf::from("b.db") });
        assert_eq!(read("C:\\a\\b.db").address, Address::Sqlite { path: PathBuf::from("C:\\a\\b.db") });
    }

    #[test]
    fn nonsense_is_refused_with_the_part_that_is_wrong() {
        for text in ["", "postgres://", "postgres://a@h:x/d", "oracle://a@h/d", "postgres://a@h/d?sslmode=maybe"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
