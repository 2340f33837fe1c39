//! How the programs log in: the password stands in a private file, the rest in arguments.

use std::path::PathBuf;

use secrecy::ExposeSecret;
use tokio::process::Command;

use super::super::private::Private;
use crate::connect::tunnel::Entrance;
use crate::connect::{Address, Certificates, Tls};
use crate::dialect::Login;
use crate::{Error, Result};

/// Where systems keep the certificates that they trust. The programs trust none by themselves.
const TRUSTED: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/opt/homebrew/etc/ca-certificates/cert.pem",
];

/// A login, for as long as a program needs it.
#[derive(Debug)]
pub struct Session {
    host: String,
    port: u16,
    way: Option<Entrance>,
    user: String,
    database: String,
    tls: Tls,
    certificates: Certificates,
    // The folder is gone with this value, and the file in it.
    secret: Option<(Private, PathBuf)>,
}

impl Session {
    /// Puts the password into its file.
    ///
    /// # Errors
    /// [`Error::File`] where that cannot be written; [`Error::Program`] for a password that
    /// such a file cannot hold.
    pub fn new(login: &Login) -> Result<Self> {
        let Address::Postgres { host, port, user, database, tls, certificates, ssh: _ } = login.address.clone() else {
            return Err(Error::Internal { detail: "it is no PostgreSQL server".to_owned() });
        };
        let mut session =
            Session { host, port, way: login.way.clone(), user, database, tls, certificates, secret: None };
        if let Some(password) = &login.password {
            let private = Private::new()?;
            let file = private.write("login", line(password.expose_secret())?.as_bytes())?;
            session.secret = Some((private, file));
        }
        Ok(session)
    }

    /// Where to, and as whom.
    pub fn arguments(&self) -> Vec<String> {
        // The name stays, since the server's certificate is compared with it; a socket of another
        // machine has none.
        let host = if self.way.is_some() && self.host.starts_with('/') { "localhost" } else { &self.host };
        let by = if self.way.is_some() { " hostaddr=127.0.0.1" } else { "" };
        vec![
            format!("--host={host}"),
            format!("--port={}", self.way.as_ref().map_or(self.port, Entrance::port)),
            format!("--username={}", self.user),
            // A bare name could be read as an address.
            format!("--dbname=dbname={}{by}", setting(&self.database)),
        ]
    }

    /// What is told by the environment.
    pub fn enter(&self, command: &mut Command) {
        if let Some((_, file)) = &self.secret {
            command.env("PGPASSFILE", file);
        }
        command.env("PGAPPNAME", "rekey").env("PGCONNECT_TIMEOUT", "10").env("PGGSSENCMODE", "disable");
        command.env(
            "PGSSLMODE",
            match self.tls {
                Tls::Off => "disable",
                Tls::Prefer => "prefer",
                Tls::Require => "require",
                Tls::VerifyCa => "verify-ca",
                Tls::VerifyFull => "verify-full",
            },
        );
        if self.tls.verifies()
            && let Some(trusted) = self.certificates.authority().map(PathBuf::from).or_else(trusted)
        {
            command.env("PGSSLROOTCERT", trusted);
        }
        if let Some((certificate, key)) = self.certificates.client() {
            command.env("PGSSLCERT", certificate).env("PGSSLKEY", key);
        }
    }
}

fn trusted() -> Option<PathBuf> {
    let named = std::env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    named.into_iter().chain(TRUSTED.iter().map(PathBuf::from)).find(|file| file.is_file())
}

/// A value within a connection text, quoted.
pub fn setting(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

// Whatever the host, the port, the database and the user: the file is for this login alone.
fn line(password: &str) -> Result<String> {
    if password.contains(['\n', '\r', '\0']) {
        return Err(Error::Program {
            reason: "the password has a line break in it, and the programs of PostgreSQL cannot be told such a one in a file".to_owned(),
            remedy: vec!["Make backups as a user whose password has no line break.".to_owned()],
        });
    }
    Ok(format!("*:*:*:*:{}\n", password.replace('\\', "\\\\").replace(':', "\\:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(password: Option<&str>) -> Login {
        let address = Address::Postgres {
            host: "h".into(),
            port: 5,
            user: "u".into(),
            database: "postgres://it's \\".into(),
            tls: Tls::VerifyFull,
            certificates: Certificates::default(),
            ssh: crate::connect::Ssh::default(),
        };
        Login { address, password: password.map(|password| password.to_owned().into()), way: None }
    }

    #[test]
    fn the_password_is_in_a_private_file_only_as_long_as_needed() {
        let session = Session::new(&login(Some("a:b\\c"))).unwrap();
        let (_, file) = session.secret.as_ref().unwrap();
        let file = file.clone();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "*:*:*:*:a\\:b\\\\c\n");
        let mut command = Command::new("true");
        session.enter(&mut command);
        assert!(!format!("{:?} {command:?}", session.arguments()).contains("a:b"));
        drop(session);
        assert!(!file.exists() && !file.parent().unwrap().exists());
    }

    #[test]
    fn no_name_of_a_database_is_an_address() {
        let arguments = Session::new(&login(None)).unwrap().arguments();
        assert_eq!(arguments.last().unwrap(), "--dbname=dbname='postgres://it\\'s \\\\'");
    }

    #[test]
    fn a_password_that_no_file_can_hold_is_refused() {
        assert!(matches!(Session::new(&login(Some("a\nb"))), Err(Error::Program { .. })));
    }
}
