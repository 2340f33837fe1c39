//! Where a database is: parsed by ourselves, so that no driver reads the environment or
//! logs what it does not understand.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::certificates::Certificates;
use super::draft::refuse;
use super::ssh::Ssh;
use super::url;
use crate::error::Result;
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
    /// Encrypted, and whoever signed the server's certificate is trusted, whatever name it bears.
    VerifyCa,
    /// Encrypted, and the server's certificate and name are checked.
    VerifyFull,
}

impl Tls {
    /// True where it is looked who signed the server's certificate.
    pub fn verifies(self) -> bool {
        match self {
            Tls::Off | Tls::Prefer | Tls::Require => false,
            Tls::VerifyCa | Tls::VerifyFull => true,
        }
    }
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
        /// The files that belong to it.
        #[serde(default)]
        certificates: Certificates,
        /// Through whom it is reached.
        #[serde(default)]
        ssh: Ssh,
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
        /// The files that belong to it.
        #[serde(default)]
        certificates: Certificates,
        /// Through whom it is reached.
        #[serde(default)]
        ssh: Ssh,
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
    /// `+driver` or `jdbc:`, `sqlite:`) or the path of a file.
    ///
    /// # Errors
    /// [`crate::Error::Address`] that says which part is missing.
    pub fn parse(text: &str) -> Result<Parsed> {
        url::read(text)?.complete()
    }

    /// Which product it is.
    pub fn engine(&self) -> EngineKind {
        match self {
            Address::Postgres { .. } => EngineKind::Postgres,
            Address::Mysql { .. } => EngineKind::Mysql,
            Address::Sqlite { .. } => EngineKind::Sqlite,
        }
    }

    /// True where the database is on this machine. Behind SSH, `localhost` is another one.
    pub fn is_local(&self) -> bool {
        match self {
            Address::Postgres { host, ssh, .. } | Address::Mysql { host, ssh, .. } => {
                ssh.destination().is_none() && is_local_host(host)
            }
            Address::Sqlite { .. } => true,
        }
    }

    /// True where what no TLS protects can be read by others on its way. SSH protects it as far as
    /// to its server.
    pub fn is_exposed(&self) -> bool {
        match self {
            Address::Postgres { host, .. } | Address::Mysql { host, .. } => !is_local_host(host),
            Address::Sqlite { .. } => false,
        }
    }

    /// The same database, reached through that SSH server.
    ///
    /// # Errors
    /// [`crate::Error::Address`] for a file, and for an SSH server that cannot be one.
    pub fn through(mut self, way: Ssh) -> Result<Self> {
        way.check()?;
        match &mut self {
            Address::Postgres { ssh, .. } | Address::Mysql { ssh, .. } => *ssh = way,
            Address::Sqlite { .. } if way.destination().is_some() => {
                return Err(refuse("a file is not reached through SSH"));
            }
            Address::Sqlite { .. } => {}
        }
        Ok(self)
    }

    /// The SSH server that it is reached through, where it is.
    pub fn ssh(&self) -> Option<&str> {
        match self {
            Address::Postgres { ssh, .. } | Address::Mysql { ssh, .. } => ssh.destination(),
            Address::Sqlite { .. } => None,
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Postgres { host, port, user, database, .. } => {
                write!(f, "postgres://{user}@{host}:{port}/{database}")?;
            }
            Address::Mysql { host, user, database, .. } if host.starts_with('/') => {
                write!(f, "mysql://{user}@localhost/{database}?socket={host}")?;
            }
            Address::Mysql { host, port, user, database, .. } => {
                write!(f, "mysql://{user}@{host}:{port}/{database}")?;
            }
            Address::Sqlite { path } => write!(f, "sqlite:{}", path.display())?,
        }
        match self.ssh() {
            Some(destination) => write!(f, " through SSH by {destination}"),
            None => Ok(()),
        }
    }
}

/// True where a host is this machine.
pub fn is_local_host(host: &str) -> bool {
    host.starts_with('/') || matches!(host, "localhost" | "127.0.0.1" | "::1")
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
    fn behind_ssh_no_host_is_this_machine() {
        let way = || Ssh { destination: "ann@bastion".to_owned(), config: String::new() };
        let address = read("postgres://a@localhost/x").address.through(way()).expect("through");
        assert!(!address.is_local() && !address.is_exposed());
        assert_eq!(address.to_string(), "postgres://a@localhost:5432/x through SSH by ann@bastion");
        assert!(read("/a/b.db").address.through(way()).is_err());
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
