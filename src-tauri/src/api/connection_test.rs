//! The connection test: one stage after the other, up to the one that fails. What would stand in
//! the way of a run later is a warning.

use std::net::SocketAddr;

use rekey_engine::check::{Asked, Finding, Name, Severity, Subject};
use rekey_engine::connect::tunnel::Tunnel;
use rekey_engine::connect::way::{self, Protection};
use rekey_engine::connect::{self, Address, Tls};
use rekey_engine::dialect::{Connection, Database};
use rekey_engine::schema::{EngineKind, Schema};
use rekey_engine::secret::SecretString;
use rekey_engine::{Error, Failure};

use crate::api::types::{ConnectionForm, PasswordSource, TestResult, TestStage};
use crate::api::{App, connect as connecting, server};

const SERVER: [&str; 8] = [
    "Read the address",
    "Find the host",
    "Open the port",
    "Protect the way",
    "Log in",
    "Find the database",
    "Ask for its version",
    "Look at the rights",
];
const SQLITE: [&str; 5] = [
    "Read the address",
    "Find the file",
    "Open it as a database",
    "Ask for its version",
    "Check that it can be written",
];

const SSH: &str = "Connect through SSH";

/// What was found on the way.
#[derive(Default)]
struct Walk {
    // At each stage that held; the next one is where it failed.
    passed: Vec<String>,
    warnings: Vec<Finding>,
}

impl App {
    /// Tries a connection without opening a job.
    ///
    /// # Errors
    /// Where the password cannot be had. What fails at the server is part of the result.
    pub async fn connection_test(&self, form: ConnectionForm, password: PasswordSource) -> Result<TestResult, Failure> {
        let password = self.password(password).await?;
        let mut walk = Walk::default();
        let failure = walk.go(&form, password).await.err();
        let mut titles: Vec<&str> = match form.engine {
            EngineKind::Postgres | EngineKind::Mysql => SERVER.into(),
            EngineKind::Sqlite => SQLITE.into(),
        };
        if form.engine != EngineKind::Sqlite && form.ssh.destination().is_some() {
            titles.insert(1, SSH);
        }
        let stages = titles
            .iter()
            .enumerate()
            .map(|(number, title)| stage(number, title, &walk.passed, failure.as_ref()))
            .collect();
        Ok(TestResult { stages, warnings: walk.warnings, failure: failure.map(Failure::from) })
    }
}

fn stage(number: usize, title: &str, passed: &[String], failure: Option<&Error>) -> TestStage {
    let (outcome, detail) = match passed.get(number) {
        Some(detail) => (Some(true), detail.clone()),
        None if number == passed.len() => {
            (failure.map(|_| false), failure.map(ToString::to_string).unwrap_or_default())
        }
        None => (None, String::new()),
    };
    TestStage { title: title.to_owned(), passed: outcome, detail }
}

impl Walk {
    async fn go(&mut self, form: &ConnectionForm, password: Option<SecretString>) -> Result<(), Error> {
        let address = connecting::address(form)?;
        self.passed.push(address.to_string());
        let database = connect::open(&address, password)?;
        match (&address, database.tunnel()) {
            (Address::Sqlite { path }, _) if path.is_file() => self.passed.push(path.display().to_string()),
            (Address::Sqlite { path }, _) => return Err(Error::NoFile { path: path.display().to_string() }),
            (Address::Postgres { host, port, .. } | Address::Mysql { host, port, .. }, Some(tunnel)) => {
                self.reach_through(&tunnel, &address, host, *port).await?;
            }
            (Address::Postgres { host, port, .. } | Address::Mysql { host, port, .. }, None) => {
                self.reach(&address, host, *port).await?;
            }
        }
        let mut connection = match connecting::reach(database.as_ref()).await {
            Ok(connection) => connection,
            Err(error) => {
                self.let_in_as_far_as(&error, &address);
                return Err(error);
            }
        };
        match &address {
            Address::Postgres { database, .. } | Address::Mysql { database, .. } => {
                self.passed.extend([user(&address), database.clone()]);
            }
            Address::Sqlite { .. } => self.passed.push("it is a SQLite database".to_owned()),
        }
        let server = server::describe(database.as_ref(), connection.as_mut(), &address).await?;
        self.passed.push(format!("{} {}", server.engine.product(&server.version), server.version));
        let (rights, lacking) = server::rights(database.as_ref(), connection.as_mut(), &address).await?;
        self.passed.push(rights);
        self.warnings.extend(lacking);
        self.look_ahead(database.as_ref(), connection.as_mut()).await;
        Ok(())
    }

    // The server looks at the login first, then at the database; its version is asked last.
    fn let_in_as_far_as(&mut self, error: &Error, address: &Address) {
        let no_version = matches!(error, Error::Version { .. });
        if no_version || matches!(error, Error::NoDatabase { .. }) {
            self.passed.push(user(address));
        }
        if let (true, Address::Postgres { database, .. } | Address::Mysql { database, .. }) = (no_version, address) {
            self.passed.push(database.clone());
        }
    }

    async fn reach(&mut self, address: &Address, host: &str, port: u16) -> Result<(), Error> {
        if host.starts_with('/') {
            self.passed.push("a socket on this machine".to_owned());
            let socket = open_socket(address, host, port).await?;
            self.passed.extend([socket, "not needed: it does not leave this machine".to_owned()]);
            return Ok(());
        }
        let found = way::resolve(host, port).await?;
        self.passed.push(known_as(host, &found));
        let reached = way::knock(&found, &format!("{host}:{port}")).await?;
        self.passed.push(format!("{port} answers at {}", reached.ip()));
        self.protect(address, reached).await
    }

    async fn protect(&mut self, address: &Address, at: SocketAddr) -> Result<(), Error> {
        let protection = way::protect(address, at).await?;
        if let Some(warning) = exposed(address, &protection) {
            self.warnings.push(warning);
        }
        self.passed.push(told(&protection));
        Ok(())
    }

    async fn reach_through(&mut self, tunnel: &Tunnel, address: &Address, host: &str, port: u16) -> Result<(), Error> {
        let way = tunnel.entrance().await?;
        let destination = address.ssh().unwrap_or_default();
        self.passed.push(format!("{destination} let us in"));
        self.passed.push(format!("{destination} looks up {host}"));
        let at = SocketAddr::from(([127, 0, 0, 1], way.port()));
        if let Err(error) = way::greet(address, at).await {
            return Err(way.judge(error).await);
        }
        self.passed.push(format!("{port} answers there"));
        self.protect(address, at).await
    }

    // What cannot be looked at now is looked at by the checklist.
    async fn look_ahead(&mut self, database: &dyn Database, connection: &mut dyn Connection) {
        let schema = Schema::unread(database.engine());
        for (name, asked) in [(Name::Replica, Asked::Replica), (Name::Pooler, Asked::Pooler)] {
            let subject = Subject { schema: &schema, conversions: &[] };
            if let Ok(looked) = database.look(asked, connection, subject).await {
                self.warnings.extend(looked.on_list(name).findings);
            }
        }
    }
}

fn user(address: &Address) -> String {
    match address {
        Address::Postgres { user, .. } | Address::Mysql { user, .. } => format!("as {user}"),
        Address::Sqlite { .. } => String::new(),
    }
}

fn known_as(host: &str, found: &[SocketAddr]) -> String {
    let mut numbers: Vec<String> = found.iter().map(|address| address.ip().to_string()).collect();
    numbers.dedup();
    match numbers.as_slice() {
        [one] if one == host => one.clone(),
        _ => format!("{host} is {}", numbers.join(", ")),
    }
}

fn told(protection: &Protection) -> String {
    let Protection::Tls { version, signer, trusted, named } = protection else {
        return "not encrypted".to_owned();
    };
    let checked = match (trusted, named) {
        (true, true) => "checked",
        (true, false) => "checked, but made for another host",
        (false, _) => "which nobody who is trusted signed",
    };
    format!("{version}, certificate signed by {signer}, {checked}")
}

fn exposed(address: &Address, protection: &Protection) -> Option<Finding> {
    if !address.is_exposed() {
        return None;
    }
    let tls = match address {
        Address::Postgres { tls, .. } | Address::Mysql { tls, .. } => *tls,
        Address::Sqlite { .. } => return None,
    };
    let (meaning, remedy) = match protection {
        Protection::None => (
            "The way to this server is not encrypted: everything, the password included, travels readable.",
            "Choose 'Encrypted, certificate and name checked', or have TLS switched on at the server.",
        ),
        Protection::Tls { .. } if !tls.verifies() => (
            "Nobody can listen, but it is not checked whether this is really your server.",
            "Choose 'Encrypted, certificate and name checked', and name the file of your authority where it needs one.",
        ),
        Protection::Tls { .. } => return None,
    };
    let weight = if tls == Tls::Require { Severity::Info } else { Severity::Warn };
    Some(Finding::new(weight, "RK-009", address.to_string(), meaning, remedy))
}

#[cfg(unix)]
async fn open_socket(address: &Address, host: &str, port: u16) -> Result<String, Error> {
    let socket = match address {
        // PostgreSQL is told the folder that the socket is in, MySQL the socket itself.
        Address::Postgres { .. } => format!("{host}/.s.PGSQL.{port}"),
        Address::Mysql { .. } | Address::Sqlite { .. } => host.to_owned(),
    };
    match tokio::net::UnixStream::connect(&socket).await {
        Ok(_) => Ok(socket),
        Err(error) => Err(Error::Unreachable { place: socket, detail: error.to_string() }),
    }
}

#[cfg(not(unix))]
async fn open_socket(_address: &Address, host: &str, _port: u16) -> Result<String, Error> {
    Err(Error::Unreachable { place: host.to_owned(), detail: "this system has no such sockets".to_owned() })
}
