//! Connections: built field by field, made strict before the first statement.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::TryStreamExt;
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _, Row as _};

use super::blueprint::random;
use super::error::{self, Target};
use crate::connect::tunnel::{self, Entrance, Tunnel};
use crate::connect::{Address, Certificates, Ssh, Tls};
use crate::dialect::{Access, Connection, Interrupter, Login, Row};
use crate::error::{Error, Result};

/// How long a server may take to let us in.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// Oldest server that Rekey is proven on, as `server_version_num`.
const OLDEST: u32 = 120_000;
/// Longest application name that the server keeps, in bytes.
const NAME_LIMIT: usize = 63;

/// Where the server is and how to log in.
pub struct Profile {
    // Host name, address, or the folder of a Unix socket.
    host: String,
    port: u16,
    /// User.
    pub user: String,
    /// Database.
    pub database: String,
    tls: Tls,
    certificates: Certificates,
    ssh: Ssh,
    tunnel: Option<Arc<Tunnel>>,
    password: Option<SecretString>,
}

impl Profile {
    /// Takes an address apart.
    pub fn new(address: &Address, password: Option<SecretString>) -> Result<Self> {
        let Address::Postgres { host, port, user, database, tls, certificates, ssh } = address else {
            return Err(Error::Address { reason: "it is not the address of a PostgreSQL server".to_owned() });
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

    /// What is typed to reach the server by hand: host and port, and what goes before, where it is
    /// reached through SSH.
    pub fn by_hand(&self) -> (String, u16, Option<String>) {
        match tunnel::by_hand(&self.address(&self.database)) {
            Some((line, port)) => ("127.0.0.1".to_owned(), port, Some(line)),
            None => (self.host.clone(), self.port, None),
        }
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
        Address::Postgres {
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

    // The driver fills its defaults from PG* variables, so every field that can be set is
    // set here. What PGOPTIONS could bring in is overwritten by `settings`.
    fn options(&self, way: Option<&Entrance>, purpose: &str) -> PgConnectOptions {
        let password = self.password.as_ref().map_or("", |password| password.expose_secret());
        let options = PgConnectOptions::new_without_pgpass()
            .host(&self.host)
            .port(self.port)
            .username(&self.user)
            .password(password)
            .database(&self.database)
            .ssl_mode(match self.tls {
                Tls::Off => PgSslMode::Disable,
                Tls::Prefer => PgSslMode::Prefer,
                Tls::Require => PgSslMode::Require,
                Tls::VerifyCa => PgSslMode::VerifyCa,
                Tls::VerifyFull => PgSslMode::VerifyFull,
            })
            .application_name(cut(purpose, NAME_LIMIT))
            .extra_float_digits(None)
            .statement_cache_capacity(8)
            .disable_statement_logging();
        let options = match self.certificates.authority() {
            Some(file) => options.ssl_root_cert(file),
            // Else a file that is named in the environment would be trusted.
            None => options.ssl_root_cert_from_pem(Vec::new()),
        };
        let options = match self.certificates.client() {
            Some((certificate, key)) => options.ssl_client_cert(certificate).ssl_client_key(key),
            None => options,
        };
        match way {
            Some(way) => through(options, way),
            None => options,
        }
    }

    async fn dial(&self, purpose: &str) -> Result<(PgConnection, Option<Entrance>)> {
        let way = self.way().await?;
        let place = self.place();
        let target = Target { place: &place, user: &self.user, database: &self.database };
        let failure = match tokio::time::timeout(CONNECT_LIMIT, self.options(way.as_ref(), purpose).connect()).await {
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
    pub async fn connect(self: &Arc<Self>, access: Access, purpose: &str) -> Result<PostgresConnection> {
        let (wire, way) = self.dial(purpose).await?;
        let mut connection = PostgresConnection { wire, way, profile: Arc::clone(self), pid: 0, version: 0 };
        connection.greet().await?;
        let settings = settings(access, connection.version);
        connection.execute(&settings).await?;
        if connection.version >= 140_000 {
            // A session whose client died lets go of its locks sooner. Servers on some systems
            // cannot do that and refuse the setting.
            let _ = connection.execute("SET client_connection_check_interval = 500").await;
        }
        if access == Access::Write && connection.version < random::BUILT_IN * 10_000 {
            connection.bring_secret().await?;
        }
        Ok(connection)
    }
}

// The name of the host stays: it is what the server's certificate is compared with.
#[cfg(unix)]
fn through(options: PgConnectOptions, way: &Entrance) -> PgConnectOptions {
    options.socket(way.socket().parent().unwrap_or(way.socket()))
}

#[cfg(not(unix))]
fn through(options: PgConnectOptions, way: &Entrance) -> PgConnectOptions {
    options.host("127.0.0.1").port(way.port())
}

fn cut(text: &str, limit: usize) -> &str {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What a writing session is told on a server of that version.
pub fn settings_of_writers(version: u32) -> String {
    settings(Access::Write, version)
}

// One round trip. Everything that could make a text form, a name or a right depend on who
// connects from where is fixed.
fn settings(access: Access, version: u32) -> String {
    let mut lines = vec![
        "SET search_path = pg_catalog",
        "SET client_min_messages = warning",
        "SET statement_timeout = 0",
        "SET idle_in_transaction_session_timeout = 0",
        "SET lock_timeout = '2s'",
        "SET row_security = off",
        "SET bytea_output = 'hex'",
        "SET datestyle = 'ISO, YMD'",
        "SET intervalstyle = 'iso_8601'",
        "SET timezone = 'UTC'",
        "SET extra_float_digits = 1",
        "SET xmloption = content",
        "SET standard_conforming_strings = on",
        "SET quote_all_identifiers = off",
        "SET default_tablespace = ''",
        "SET default_table_access_method = 'heap'",
        // Compiling a question about the catalogue takes a hundred times as long as answering it.
        "SET jit = off",
        // A rewrite must keep the order of the rows, also of a table that another session reads.
        "SET synchronize_seqscans = off",
    ];
    if version >= 140_000 {
        lines.push("SET idle_session_timeout = 0");
    }
    if version >= 170_000 {
        lines.push("SET transaction_timeout = 0");
    }
    if access == Access::Read {
        lines.push("SET default_transaction_read_only = on");
    }
    lines.join("; ")
}

/// One open connection.
pub struct PostgresConnection {
    wire: PgConnection,
    way: Option<Entrance>,
    profile: Arc<Profile>,
    pid: i64,
    version: u32,
}

impl PostgresConnection {
    async fn greet(&mut self) -> Result<()> {
        let rows = self
            .query("SELECT pg_catalog.pg_backend_pid()::text, pg_catalog.current_setting('server_version_num'), pg_catalog.current_setting('server_version'), pg_catalog.version()")
            .await?;
        let row = rows.into_iter().next().unwrap_or_default();
        let text = |n: usize| row.get(n).cloned().flatten().unwrap_or_default();
        self.pid = text(0).parse().unwrap_or_default();
        self.version = text(1).parse().unwrap_or_default();
        let product = if text(3).contains("PostgreSQL") { "PostgreSQL" } else { "this server" };
        if product != "PostgreSQL" || self.version < OLDEST {
            return Err(Error::Version {
                product: product.to_owned(),
                version: text(2),
                supported: "PostgreSQL 12 and later".to_owned(),
            });
        }
        Ok(())
    }

    // Bound, so that it stands in no statement; a later session brings other bits.
    async fn bring_secret(&mut self) -> Result<()> {
        let secret: String = rand::random::<[u8; 32]>().iter().map(|byte| format!("{byte:02x}")).collect();
        let set = format!("SELECT pg_catalog.set_config('{}', $1, false)", random::SETTING);
        self.execute_with(&set, &[Some(secret)]).await
    }

    async fn failed(&self, problem: &sqlx::Error, sql: &str) -> Error {
        tunnel::judged(self.way.as_ref(), error::running(problem, sql, &self.profile.place())).await
    }

    /// Says goodbye.
    pub async fn close(self) {
        // Whether or not the server hears it, the session ends with the socket.
        let _ = self.wire.close().await;
    }
}

#[async_trait]
impl Connection for PostgresConnection {
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
        Box::new(Cancel { profile: Arc::clone(&self.profile), pid: self.pid })
    }
}

// The simple protocol sends every value as text, whatever its type.
fn decode(row: &PgRow) -> Result<Row> {
    (0..row.len())
        .map(|n| {
            row.try_get_unchecked::<Option<String>, _>(n)
                .map_err(|problem| Error::Internal { detail: problem.to_string() })
        })
        .collect()
}

struct Cancel {
    profile: Arc<Profile>,
    pid: i64,
}

#[async_trait]
impl Interrupter for Cancel {
    async fn interrupt(&self) {
        let Ok((mut side, _way)) = self.profile.dial("rekey: cancel").await else {
            return;
        };
        // If it cannot be sent, the statement simply runs to its end.
        let sql = format!("SELECT pg_catalog.pg_cancel_backend({})", self.pid);
        let _ = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut side).await;
        let _ = side.close().await;
    }
}
