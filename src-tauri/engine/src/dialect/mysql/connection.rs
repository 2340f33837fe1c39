//! Connections: built field by field, made strict before the first statement.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::TryStreamExt;
use secrecy::{ExposeSecret, SecretString};
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlRow, MySqlSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _, Row as _};

use super::error::{self, Target};
use super::settings;
use super::version::Version;
use crate::connect::{Address, Certificates, Tls};
use crate::dialect::{Access, Connection, Interrupter, Login, Row};
use crate::error::{Error, Result};

/// How long a server may take to let us in.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// Where the server is and how to log in.
pub struct Profile {
    host: String,
    port: u16,
    user: String,
    /// Database.
    pub database: String,
    tls: Tls,
    certificates: Certificates,
    password: Option<SecretString>,
    // The server keeps no name for a session, so ours are known by their numbers.
    own: Mutex<BTreeSet<u64>>,
}

impl Profile {
    /// Takes an address apart.
    pub fn new(address: &Address, password: Option<SecretString>) -> Result<Self> {
        let Address::Mysql { host, port, user, database, tls, certificates } = address else {
            return Err(Error::Address { reason: "it is not the address of a MySQL or MariaDB server".to_owned() });
        };
        for (part, value) in [("host", host), ("user", user), ("database", database)] {
            if value.is_empty() || value.contains('\0') {
                return Err(Error::Address { reason: format!("the {part} is missing") });
            }
        }
        Ok(Profile {
            host: host.clone(),
            port: *port,
            user: user.clone(),
            database: database.clone(),
            tls: *tls,
            certificates: certificates.clone(),
            password,
            own: Mutex::default(),
        })
    }

    /// Address and password, for programs that come with the server.
    pub fn login(&self) -> Login {
        Login { address: self.address(&self.database), password: self.password.clone() }
    }

    /// The same login on another database of the server.
    ///
    /// # Errors
    /// [`Error::Address`] where no database can have that name.
    pub fn beside(&self, database: &str) -> Result<Self> {
        Self::new(&self.address(database), self.password.clone())
    }

    fn address(&self, database: &str) -> Address {
        Address::Mysql {
            host: self.host.clone(),
            port: self.port,
            user: self.user.clone(),
            database: database.to_owned(),
            tls: self.tls,
            certificates: self.certificates.clone(),
        }
    }

    /// Host, port and database, for people.
    pub fn place(&self) -> String {
        format!("{}:{}/{}", self.host, self.port, self.database)
    }

    /// Numbers of the sessions that this process has open.
    pub fn own(&self) -> BTreeSet<u64> {
        self.own_sessions().clone()
    }

    fn own_sessions(&self) -> MutexGuard<'_, BTreeSet<u64>> {
        // A set of numbers is whole at any time.
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // What the driver would set on its own (a concatenation mode, a time zone) is switched
    // off: `settings` says all that differs from the server's defaults.
    fn options(&self) -> MySqlConnectOptions {
        let options = MySqlConnectOptions::new()
            .port(self.port)
            .username(&self.user)
            .database(&self.database)
            .ssl_mode(match self.tls {
                Tls::Off => MySqlSslMode::Disabled,
                Tls::Prefer => MySqlSslMode::Preferred,
                Tls::Require => MySqlSslMode::Required,
                Tls::VerifyCa => MySqlSslMode::VerifyCa,
                Tls::VerifyFull => MySqlSslMode::VerifyIdentity,
            })
            .charset("utf8mb4")
            .set_names(false)
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .timezone(None)
            .statement_cache_capacity(8)
            .disable_statement_logging();
        // An empty password would be sent as the digest of one, which is another answer than none.
        let password = self.password.as_ref().map(|password| password.expose_secret());
        let options = match password.filter(|password| !password.is_empty()) {
            Some(password) => options.password(password),
            None => options,
        };
        let options = match self.certificates.authority() {
            Some(file) => options.ssl_ca(file),
            None => options,
        };
        let options = match self.certificates.client() {
            Some((certificate, key)) => options.ssl_client_cert(certificate).ssl_client_key(key),
            None => options,
        };
        if self.host.starts_with('/') { options.socket(&self.host) } else { options.host(&self.host) }
    }

    async fn dial(&self) -> Result<MySqlConnection> {
        let place = self.place();
        let target = Target { place: &place, user: &self.user, database: &self.database };
        match tokio::time::timeout(CONNECT_LIMIT, self.options().connect()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(problem)) => Err(error::connecting(&problem, &target)),
            Err(_) => Err(Error::Unreachable {
                place: place.clone(),
                detail: format!("no answer within {} seconds", CONNECT_LIMIT.as_secs()),
            }),
        }
    }

    /// Opens a connection and makes it strict.
    pub async fn connect(self: &Arc<Self>, access: Access) -> Result<MysqlConnection> {
        let wire = self.dial().await?;
        let own = Own { profile: Arc::clone(self), session: 0 };
        let mut connection = MysqlConnection { wire, own };
        let version = connection.greet().await?;
        connection.execute(&settings::session(&version, access)).await?;
        Ok(connection)
    }
}

/// One open connection.
pub struct MysqlConnection {
    wire: MySqlConnection,
    own: Own,
}

// A session of ours, known as such for as long as it is open.
struct Own {
    profile: Arc<Profile>,
    session: u64,
}

impl Drop for Own {
    fn drop(&mut self) {
        self.profile.own_sessions().remove(&self.session);
    }
}

impl MysqlConnection {
    async fn greet(&mut self) -> Result<Version> {
        let rows = self.query("SELECT CONNECTION_ID(), VERSION(), @@version_comment").await?;
        let mut cells = rows.into_iter().flatten().map(Option::unwrap_or_default);
        let mut next = || cells.next().unwrap_or_default();
        self.own.session = next().parse().unwrap_or_default();
        self.own.profile.own_sessions().insert(self.own.session);
        Version::accept(&next(), &next())
    }

    /// Says goodbye.
    pub async fn close(self) {
        // Whether or not the server hears it, the session ends with the socket.
        let _ = self.wire.close().await;
    }

    fn place(&self) -> String {
        self.own.profile.place()
    }
}

#[async_trait]
impl Connection for MysqlConnection {
    async fn execute(&mut self, sql: &str) -> Result<()> {
        let outcome = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.wire).await;
        outcome.map(|_| ()).map_err(|problem| error::running(&problem, sql, &self.place()))
    }

    async fn execute_with(&mut self, sql: &str, parameters: &[Option<String>]) -> Result<()> {
        let mut query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false);
        for parameter in parameters {
            query = query.bind(parameter.clone());
        }
        let outcome = query.execute(&mut self.wire).await;
        outcome.map(|_| ()).map_err(|problem| error::running(&problem, sql, &self.place()))
    }

    async fn query(&mut self, sql: &str) -> Result<Vec<Row>> {
        let outcome = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_all(&mut self.wire).await;
        let rows = outcome.map_err(|problem| error::running(&problem, sql, &self.place()))?;
        rows.iter().map(decode).collect()
    }

    async fn stream(&mut self, sql: &str, sink: &mut (dyn FnMut(Row) + Send)) -> Result<()> {
        let place = self.place();
        let mut rows = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch(&mut self.wire);
        while let Some(row) = rows.try_next().await.map_err(|problem| error::running(&problem, sql, &place))? {
            sink(decode(&row)?);
        }
        Ok(())
    }

    fn interrupter(&self) -> Box<dyn Interrupter> {
        Box::new(Cancel { profile: Arc::clone(&self.own.profile), session: self.own.session })
    }
}

// The text protocol sends every value as text, whatever its type.
fn decode(row: &MySqlRow) -> Result<Row> {
    (0..row.len()).map(|n| row.try_get_unchecked::<Option<String>, _>(n).or_else(|_| bytes(row, n))).collect()
}

// What is no text, such as a key of 16 bytes in a question of the user's, in hexadecimal digits.
fn bytes(row: &MySqlRow, n: usize) -> Result<Option<String>> {
    let bytes = row.try_get_unchecked::<Option<Vec<u8>>, _>(n);
    let bytes = bytes.map_err(|problem| Error::Internal { detail: problem.to_string() })?;
    Ok(bytes.map(|bytes| bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
}

struct Cancel {
    profile: Arc<Profile>,
    session: u64,
}

#[async_trait]
impl Interrupter for Cancel {
    async fn interrupt(&self) {
        let Ok(mut side) = self.profile.dial().await else {
            return;
        };
        // If it cannot be sent, the statement simply runs to its end.
        let sql = format!("KILL QUERY {}", self.session);
        let _ = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut side).await;
        let _ = side.close().await;
    }
}
