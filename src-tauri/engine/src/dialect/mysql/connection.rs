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
use crate::connect::tunnel::{self, Entrance, Tunnel};
use crate::connect::{Address, Certificates, Ssh, Tls};
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
    ssh: Ssh,
    tunnel: Option<Arc<Tunnel>>,
    password: Option<SecretString>,
    // The server keeps no name for a session, so ours are known by their numbers.
    own: Mutex<BTreeSet<u64>>,
}

impl Profile {
    /// Takes an address apart.
    pub fn new(address: &Address, password: Option<SecretString>) -> Result<Self> {
        let Address::Mysql { host, port, user, database, tls, certificates, ssh } = address else {
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
            tunnel: Tunnel::to(address)?,
            ssh: ssh.clone(),
            password,
            own: Mutex::default(),
        })
    }

    /// Address and password, for programs that come with the server.
    ///
    /// # Errors
    /// [`Error::Ssh`] where the way through SSH is not there.
    pub async fn login(&self) -> Result<Login> {
        let way = self.way().await?;
        Ok(Login { address: self.address(&self.database), password: self.password.clone(), way })
    }

    /// The way through SSH, where one is needed.
    pub fn tunnel(&self) -> Option<Arc<Tunnel>> {
        self.tunnel.clone()
    }

    async fn way(&self) -> Result<Option<Entrance>> {
        match &self.tunnel {
            Some(tunnel) => Ok(Some(tunnel.entrance().await?)),
            None => Ok(None),
        }
    }

    /// The same login on another database of the server.
    ///
    /// # Errors
    /// [`Error::Address`] where no database can have that name.
    pub fn beside(&self, database: &str) -> Result<Self> {
        let beside = Self::new(&self.address(database), self.password.clone())?;
        Ok(Profile { tunnel: self.tunnel.clone(), ..beside })
    }

    fn address(&self, database: &str) -> Address {
        Address::Mysql {
            host: self.host.clone(),
            port: self.port,
            user: self.user.clone(),
            database: database.to_owned(),
            tls: self.tls,
            certificates: self.certificates.clone(),
            ssh: self.ssh.clone(),
        }
    }

    /// Host, port and database, for people.
    pub fn place(&self) -> String {
        let place = format!("{}:{}/{}", self.host, self.port, self.database);
        match self.ssh.destination() {
            Some(destination) => format!("{place} through SSH by {destination}"),
            None => place,
        }
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
    fn options(&self, way: Option<&Entrance>) -> MySqlConnectOptions {
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
        match way {
            // A socket of another machine has no name to compare with the server's certificate.
            Some(way) if self.host.starts_with('/') => through(options, way),
            Some(way) => through(options.host(&self.host), way),
            None if self.host.starts_with('/') => options.socket(&self.host),
            None => options.host(&self.host),
        }
    }

    async fn dial(&self) -> Result<(MySqlConnection, Option<Entrance>)> {
        let way = self.way().await?;
        let place = self.place();
        let target = Target { place: &place, user: &self.user, database: &self.database };
        let failure = match tokio::time::timeout(CONNECT_LIMIT, self.options(way.as_ref()).connect()).await {
            Ok(Ok(connection)) => return Ok((connection, way)),
            Ok(Err(problem)) => error::connecting(&problem, &target),
            Err(_) => Error::Unreachable {
                place: place.clone(),
                detail: format!("no answer within {} seconds", CONNECT_LIMIT.as_secs()),
            },
        };
        Err(tunnel::judged(way.as_ref(), failure).await)
    }

    /// Opens a connection and makes it strict.
    pub async fn connect(self: &Arc<Self>, access: Access) -> Result<MysqlConnection> {
        let (wire, way) = self.dial().await?;
        let own = Own { profile: Arc::clone(self), session: 0 };
        let mut connection = MysqlConnection { wire, way, own };
        let version = connection.greet().await?;
        connection.execute(&settings::session(&version, access)).await?;
        Ok(connection)
    }
}

// The name of the host stays: it is what the server's certificate is compared with.
#[cfg(unix)]
fn through(options: MySqlConnectOptions, way: &Entrance) -> MySqlConnectOptions {
    options.socket(way.socket())
}

#[cfg(not(unix))]
fn through(options: MySqlConnectOptions, way: &Entrance) -> MySqlConnectOptions {
    options.host("127.0.0.1").port(way.port())
}

/// One open connection.
pub struct MysqlConnection {
    wire: MySqlConnection,
    way: Option<Entrance>,
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

    async fn failed(&self, problem: &sqlx::Error, sql: &str) -> Error {
        tunnel::judged(self.way.as_ref(), error::running(problem, sql, &self.place())).await
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
        match outcome {
            Ok(_) => Ok(()),
            Err(problem) => Err(self.failed(&problem, sql).await),
        }
    }

    async fn execute_with(&mut self, sql: &str, parameters: &[Option<String>]) -> Result<()> {
        let mut query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false);
        for parameter in parameters {
            query = query.bind(parameter.clone());
        }
        let outcome = query.execute(&mut self.wire).await;
        match outcome {
            Ok(_) => Ok(()),
            Err(problem) => Err(self.failed(&problem, sql).await),
        }
    }

    async fn query(&mut self, sql: &str) -> Result<Vec<Row>> {
        let outcome = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_all(&mut self.wire).await;
        match outcome {
            Ok(rows) => rows.iter().map(decode).collect(),
            Err(problem) => Err(self.failed(&problem, sql).await),
        }
    }

    async fn stream(&mut self, sql: &str, sink: &mut (dyn FnMut(Row) + Send)) -> Result<()> {
        let mut rows = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch(&mut self.wire);
        let ended = loop {
            match rows.try_next().await {
                Ok(Some(row)) => sink(decode(&row)?),
                Ok(None) => break None,
                Err(problem) => break Some(problem),
            }
        };
        drop(rows);
        match ended {
            Some(problem) => Err(self.failed(&problem, sql).await),
            None => Ok(()),
        }
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
        let Ok((mut side, _way)) = self.profile.dial().await else {
            return;
        };
        // If it cannot be sent, the statement simply runs to its end.
        let sql = format!("KILL QUERY {}", self.session);
        let _ = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut side).await;
        let _ = side.close().await;
    }
}
