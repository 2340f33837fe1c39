//! The connection test: one stage after the other, up to the one that fails.

use std::time::Duration;

use rekey_engine::connect::{self, Address};
use rekey_engine::secret::SecretString;
use rekey_engine::{Error, Failure};
use tokio::net::TcpStream;

use crate::api::types::{ConnectionForm, PasswordSource, TestResult, TestStage};
use crate::api::{App, connect as connecting, server};

const SERVER: [&str; 6] =
    ["Read the address", "Reach the server", "Log in", "Find the database", "Ask for its version", "Check the rights"];
const SQLITE: [&str; 5] = [
    "Read the address",
    "Find the file",
    "Open it as a database",
    "Ask for its version",
    "Check that it can be written",
];

const REACH_LIMIT: Duration = Duration::from_secs(10);

impl App {
    /// Tries a connection without opening a job.
    ///
    /// # Errors
    /// Where the password cannot be had. What fails at the server is part of the result.
    pub async fn connection_test(&self, form: ConnectionForm, password: PasswordSource) -> Result<TestResult, Failure> {
        let password = self.password(password).await?;
        let mut passed = Vec::new();
        let failure = walk(&form, password, &mut passed).await.err();
        let titles: &[&str] = match form.engine {
            rekey_engine::schema::EngineKind::Postgres | rekey_engine::schema::EngineKind::Mysql => &SERVER,
            rekey_engine::schema::EngineKind::Sqlite => &SQLITE,
        };
        let stages =
            titles.iter().enumerate().map(|(number, title)| stage(number, title, &passed, failure.as_ref())).collect();
        Ok(TestResult { stages, failure: failure.map(Failure::from) })
    }
}

// `passed` holds what was found at each stage that held; the next one is where it failed.
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

async fn walk(form: &ConnectionForm, password: Option<SecretString>, passed: &mut Vec<String>) -> Result<(), Error> {
    let address = connecting::address(form)?;
    passed.push(address.to_string());
    let found = find(&address).await?;
    passed.push(found);
    let database = connect::open(&address, password)?;
    let mut connection = match connecting::reach(database.as_ref()).await {
        Ok(connection) => connection,
        Err(error) => {
            // The server looks at the login first, then at the database.
            if matches!(error, Error::NoDatabase { .. }) {
                passed.push(user(&address));
            }
            return Err(error);
        }
    };
    match &address {
        Address::Postgres { database, .. } | Address::Mysql { database, .. } => {
            passed.extend([user(&address), database.clone()])
        }
        Address::Sqlite { .. } => passed.push("it is a SQLite database".to_owned()),
    }
    let server = server::describe(database.as_ref(), connection.as_mut(), &address).await?;
    passed.push(format!("{} {}", server.engine.product(&server.version), server.version));
    passed.push(server::writable(database.as_ref(), connection.as_mut(), &address).await?);
    Ok(())
}

fn user(address: &Address) -> String {
    match address {
        Address::Postgres { user, .. } | Address::Mysql { user, .. } => format!("as {user}"),
        Address::Sqlite { .. } => String::new(),
    }
}

async fn find(address: &Address) -> Result<String, Error> {
    match address {
        Address::Sqlite { path } if path.is_file() => Ok(path.display().to_string()),
        Address::Sqlite { path } => Err(Error::NoFile { path: path.display().to_string() }),
        Address::Postgres { host, port, .. } | Address::Mysql { host, port, .. } => {
            let place = format!("{host}:{port}");
            let unreachable = |detail: String| Error::Unreachable { place: place.clone(), detail };
            match tokio::time::timeout(REACH_LIMIT, knock(address, host, *port)).await {
                Ok(Ok(())) => Ok(place.clone()),
                Ok(Err(error)) => Err(unreachable(error.to_string())),
                Err(_) => Err(unreachable(format!("no answer within {} s", REACH_LIMIT.as_secs()))),
            }
        }
    }
}

async fn knock(address: &Address, host: &str, port: u16) -> std::io::Result<()> {
    #[cfg(unix)]
    if host.starts_with('/') {
        let socket = match address {
            // PostgreSQL is told the folder that the socket is in, MySQL the socket itself.
            Address::Postgres { .. } => format!("{host}/.s.PGSQL.{port}"),
            Address::Mysql { .. } | Address::Sqlite { .. } => host.to_owned(),
        };
        return tokio::net::UnixStream::connect(socket).await.map(drop);
    }
    TcpStream::connect((host, port)).await.map(drop)
}
