//! What is known of a connection before all of it is: an address half typed, or what another
//! program's settings say.

use std::path::PathBuf;

use secrecy::SecretString;

use super::address::{Address, Parsed, Tls};
use super::certificates::Certificates;
use super::ssh::Ssh;
use crate::error::{Error, Result};
use crate::schema::EngineKind;

/// Parts of a connection, as far as they are known.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Which product.
    pub engine: Option<EngineKind>,
    /// Host name, address, or the path that a Unix socket is at.
    pub host: Option<String>,
    /// Port.
    pub port: Option<u16>,
    /// User.
    pub user: Option<String>,
    /// Database.
    pub database: Option<String>,
    /// The file, on SQLite.
    pub path: Option<PathBuf>,
    /// Protection on the way.
    pub tls: Option<Tls>,
    /// The files that belong to it.
    pub certificates: Certificates,
    /// The password.
    pub password: Option<SecretString>,
    /// What whoever goes on with it should know. Holds no secret.
    pub remarks: Vec<String>,
}

impl Draft {
    /// One on a product of which nothing else is known.
    pub fn of(engine: EngineKind) -> Self {
        Draft { engine: Some(engine), ..Self::default() }
    }

    /// Takes a password, where there is one.
    pub fn with_password(&mut self, password: &str) {
        if !password.is_empty() {
            self.password = Some(password.to_owned().into());
        }
    }

    /// The protection that was named, or what is usual for the place.
    pub fn protection(&self) -> Tls {
        let usual = if self.host.as_deref().is_none_or(super::is_local_host) { Tls::Prefer } else { Tls::VerifyFull };
        self.tls.unwrap_or(usual)
    }

    /// The whole address.
    ///
    /// # Errors
    /// [`Error::Address`] that says which part is missing.
    pub fn complete(self) -> Result<Parsed> {
        let tls = self.protection();
        let host = self.host.filter(|host| !host.is_empty()).unwrap_or_else(|| "localhost".to_owned());
        let certificates = self.certificates;
        let user = || self.user.ok_or_else(|| refuse("it names no user"));
        let address = match self.engine.ok_or_else(|| refuse("it does not say which database it is"))? {
            EngineKind::Sqlite => {
                let path = self.path.ok_or_else(|| refuse("it names no file"))?;
                Address::Sqlite { path }
            }
            EngineKind::Postgres => {
                let user = user()?;
                let database = self.database.unwrap_or_else(|| user.clone());
                let port = self.port.unwrap_or(5432);
                Address::Postgres { host, port, user, database, tls, certificates, ssh: Ssh::default() }
            }
            EngineKind::Mysql => {
                let user = user()?;
                let database = self.database.ok_or_else(|| refuse("it names no database"))?;
                let port = self.port.unwrap_or(3306);
                Address::Mysql { host, port, user, database, tls, certificates, ssh: Ssh::default() }
            }
        };
        Ok(Parsed { address, password: self.password })
    }
}

pub(super) fn refuse(reason: &str) -> Error {
    Error::Address { reason: reason.to_owned() }
}
