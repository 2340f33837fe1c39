//! One connection to one node, with the login and the protection of the address.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, TlsCertificates};
use secrecy::{ExposeSecret, SecretString};

use super::{Address, Trouble, Way};

/// How long a server may take to take the connection.
const CONNECTING: Duration = Duration::from_secs(10);
/// How long it may take to answer a pipeline; what it cannot do in that time it is asked again.
const ANSWERING: Duration = Duration::from_secs(60);

/// Everything that is needed to log in.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Where the server is.
    pub address: Address,
    /// The password, where one is needed.
    pub password: Option<SecretString>,
    /// The certificates to trust in place of the system's, as PEM.
    pub authority: Option<Vec<u8>>,
    /// For how long what may pass by itself is tried again.
    pub patience: Duration,
}

impl Profile {
    /// Connects to the address itself.
    pub(super) async fn connect(&self) -> Result<MultiplexedConnection, Trouble> {
        let address = match &self.address.way {
            Way::Network { host, port, tls } => network(host, *port, *tls),
            Way::Socket { path } => ConnectionAddr::Unix(path.into()),
        };
        self.open(address, &self.address.place()).await
    }

    /// Connects to another node of the same cluster.
    pub(super) async fn connect_to(&self, host: &str, port: u16) -> Result<MultiplexedConnection, Trouble> {
        let (host, tls) = match &self.address.way {
            // A node that does not know its own address names its port alone.
            Way::Network { host: own, tls, .. } => (if host.is_empty() { own } else { host }, *tls),
            Way::Socket { .. } => (host, false),
        };
        self.open(network(host, port, tls), &format!("{host}:{port}")).await
    }

    async fn open(&self, address: ConnectionAddr, place: &str) -> Result<MultiplexedConnection, Trouble> {
        let failed = |error: redis::RedisError| Trouble::connecting(place, &error);
        let tls = matches!(address, ConnectionAddr::TcpTls { .. });
        let info = self.login(address.into_connection_info().map_err(failed)?);
        let client = if tls {
            // The certificates of the system are read here; an own authority stands in their place.
            Client::build_with_tls(info, TlsCertificates { client_tls: None, root_cert: self.authority.clone() })
        } else {
            Client::open(info)
        };
        let settings =
            AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECTING)).set_response_timeout(Some(ANSWERING));
        client.map_err(failed)?.get_multiplexed_async_connection_with_config(&settings).await.map_err(failed)
    }

    fn login(&self, info: ConnectionInfo) -> ConnectionInfo {
        let mut login = info.redis_settings().clone().set_db(self.address.database).set_skip_set_lib_name();
        if let Some(user) = &self.address.user {
            login = login.set_username(user);
        }
        if let Some(password) = &self.password {
            login = login.set_password(password.expose_secret());
        }
        info.set_redis_settings(login)
    }
}

fn network(host: &str, port: u16, tls: bool) -> ConnectionAddr {
    if tls {
        ConnectionAddr::TcpTls { host: host.to_owned(), port, insecure: false, tls_params: None }
    } else {
        ConnectionAddr::Tcp(host.to_owned(), port)
    }
}
