//! The way to a server through the system's own `ssh`, which knows the user's configuration,
//! jump hosts, agent and hardware keys. Opened when it is first needed, opened anew when it was
//! lost, and closed with whatever used it last.

mod child;
pub mod hosts;
mod said;

use std::path::{Path, PathBuf};
use std::sync::{Arc, MutexGuard, PoisonError};

use self::child::Running;
use super::{Address, Ssh};
use crate::error::{Error, Result, SshFault};
use crate::schema::EngineKind;

/// A server behind SSH.
#[derive(Debug)]
pub struct Tunnel {
    ssh: Ssh,
    target: Target,
    // One at a time opens it; the others wait and find it open.
    opening: tokio::sync::Mutex<()>,
    open: std::sync::Mutex<Option<Arc<Running>>>,
}

/// What lies behind it.
#[derive(Debug)]
struct Target {
    // Host and port, or the path of a socket, as the SSH server sees them.
    place: String,
    // PostgreSQL's programs and drivers make a socket's name out of the port.
    port: u16,
}

/// An open way, held open for as long as this value is there.
#[derive(Debug, Clone)]
pub struct Entrance {
    running: Arc<Running>,
    refusals: u64,
}

impl Tunnel {
    /// The way to that address, where it leads through SSH.
    ///
    /// # Errors
    /// [`Error::Address`] where the SSH server or the host is written so that `ssh` could take
    /// it for something else.
    pub fn to(address: &Address) -> Result<Option<Arc<Self>>> {
        let (host, port, ssh) = match address {
            Address::Postgres { host, port, ssh, .. } | Address::Mysql { host, port, ssh, .. } => (host, *port, ssh),
            Address::Sqlite { .. } => return Ok(None),
        };
        if ssh.destination().is_none() {
            return Ok(None);
        }
        ssh.check()?;
        let is_socket = host.starts_with('/');
        let place = if is_socket && address.engine() == EngineKind::Postgres {
            format!("{host}/.s.PGSQL.{port}")
        } else if is_socket {
            host.clone()
        } else if host.contains(':') {
            format!("[{host}]:{port}")
        } else {
            format!("{host}:{port}")
        };
        let separators = if is_socket { "._-/+@" } else { "._-:" };
        if !host.chars().all(|letter| letter.is_alphanumeric() || separators.contains(letter)) {
            return Err(super::draft::refuse("the host has letters that no name of a host has"));
        }
        let target = Target { place, port };
        Ok(Some(Arc::new(Tunnel { ssh: ssh.clone(), target, opening: Default::default(), open: Default::default() })))
    }

    /// Where it begins on this machine. Opens it where it is not open.
    ///
    /// # Errors
    /// [`Error::Ssh`].
    pub async fn entrance(&self) -> Result<Entrance> {
        let _alone = self.opening.lock().await;
        let open = self.held().clone().filter(|running| !running.heard().over);
        let running = match open {
            Some(running) => running,
            None => {
                let running = Arc::new(child::open(&self.ssh, &self.target).await?);
                *self.held() = Some(Arc::clone(&running));
                running
            }
        };
        let refusals = running.heard().refusals;
        Ok(Entrance { running, refusals })
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<Running>>> {
        // What is kept is there or not at any time.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entrance {
    /// The socket that leads to the server. Nobody but the user can open its folder.
    #[cfg(unix)]
    pub fn socket(&self) -> &Path {
        self.running.socket()
    }

    /// The port of 127.0.0.1 that leads to the server, for programs that can take no socket.
    pub fn port(&self) -> u16 {
        self.running.port()
    }

    /// What an error comes from that was met on this way: a connection that was not had, or lost.
    pub async fn judge(&self, error: Error) -> Error {
        if !matches!(error, Error::Unreachable { .. } | Error::ConnectionLost { .. }) {
            return error;
        }
        let heard = self.running.trouble(self.refusals).await;
        let destination = self.running.destination().to_owned();
        let detail = if heard.said.is_empty() { "it ended without a word".to_owned() } else { heard.said };
        if let Error::ConnectionLost { detail: lost } = error {
            if !heard.over {
                return Error::ConnectionLost { detail: lost };
            }
            let detail = format!("{lost}\nThe way through SSH by '{destination}' is gone: {detail}");
            return Error::ConnectionLost { detail };
        }
        if heard.refusals > self.refusals {
            return Error::Ssh { destination, fault: SshFault::Forward, detail };
        }
        if heard.over {
            return Error::Ssh { destination, fault: said::fault(&detail), detail };
        }
        error
    }
}

/// An error as it is on the way that it was met on.
pub async fn judged(way: Option<&Entrance>, error: Error) -> Error {
    match way {
        Some(way) => way.judge(error).await,
        None => error,
    }
}

/// What to type so that the address is reached at a port of this machine, and that port, where it
/// is reached through SSH.
pub fn by_hand(address: &Address) -> Option<(String, u16)> {
    let tunnel = Tunnel::to(address).ok()??;
    // Not those of a server that may run here.
    let port = if address.engine() == EngineKind::Postgres { 54320 } else { 33060 };
    let word = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    let config = tunnel.ssh.config().map_or(String::new(), |config| format!(" -F {}", word(config)));
    let way = word(&format!("127.0.0.1:{port}:{}", tunnel.target.place));
    let destination = word(tunnel.ssh.destination().unwrap_or_default());
    let line = format!(
        "# The server is reached through SSH. First, in another terminal: ssh -N{config} -L {way} {destination}"
    );
    Some((line, port))
}

/// Where the program `ssh` is, where there is one.
pub fn program() -> Option<PathBuf> {
    found(if cfg!(windows) { "ssh.exe" } else { "ssh" })
}

fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let files = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).map(|folder| folder.join(name));
    files.into_iter().find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::{Certificates, Tls};

    fn place(host: &str, postgres: bool) -> Result<String> {
        let ssh = Ssh { destination: "bastion".to_owned(), config: String::new() };
        let (host, user, database) = (host.to_owned(), "a".to_owned(), "d".to_owned());
        let (tls, certificates) = (Tls::Off, Certificates::default());
        let address = if postgres {
            Address::Postgres { host, port: 5432, user, database, tls, certificates, ssh }
        } else {
            Address::Mysql { host, port: 3306, user, database, tls, certificates, ssh }
        };
        Ok(Tunnel::to(&address)?.expect("a tunnel").target.place.clone())
    }

    #[test]
    fn every_kind_of_host_is_written_as_ssh_reads_it() {
        assert_eq!(place("db.example.org", true).unwrap(), "db.example.org:5432");
        assert_eq!(place("::1", false).unwrap(), "[::1]:3306");
        assert_eq!(place("/run/postgresql", true).unwrap(), "/run/postgresql/.s.PGSQL.5432");
        assert_eq!(place("/run/mysqld/mysqld.sock", false).unwrap(), "/run/mysqld/mysqld.sock");
        for bad in ["a b", "a/b", "${HOME}", "/run/a:b", "%h"] {
            assert!(place(bad, true).is_err(), "{bad}");
        }
    }
}
