//! The way to a server, gone step by step before anybody logs in: its name, its port, and the
//! protection with whoever signed for it. Each step tells why it fails.

mod hello;
mod verifier;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, ProtocolVersion, RootCertStore};

use super::address::{Address, Tls};
use super::certificates::Certificates;
use crate::error::{Error, Result, TlsFault};
use verifier::{Seen, Verifier};

/// How long each step may take.
const LIMIT: Duration = Duration::from_secs(10);

/// How the way is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protection {
    /// Not at all: it was not asked for, or the server has none.
    None,
    /// Encrypted.
    Tls {
        /// Such as `TLS 1.3`.
        version: String,
        /// Whoever signed the server's certificate.
        signer: String,
        /// True where the signer is one that is trusted.
        trusted: bool,
        /// True where the certificate was made for this host.
        named: bool,
    },
}

/// The addresses of a host.
///
/// # Errors
/// [`Error::NoHost`].
pub async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>> {
    let no_host = |detail: String| Error::NoHost { host: host.to_owned(), detail };
    let found = match tokio::time::timeout(LIMIT, tokio::net::lookup_host((host, port))).await {
        Ok(Ok(found)) => found.collect::<Vec<_>>(),
        Ok(Err(error)) => return Err(no_host(error.to_string())),
        Err(_) => return Err(no_host(format!("no answer within {} s", LIMIT.as_secs()))),
    };
    if found.is_empty() { Err(no_host("it has no address".to_owned())) } else { Ok(found) }
}

/// Opens a connection to the first of the addresses that answers, and closes it again.
///
/// # Errors
/// [`Error::Unreachable`], with what the last of them said.
pub async fn knock(addresses: &[SocketAddr], place: &str) -> Result<SocketAddr> {
    let mut detail = String::new();
    for address in addresses {
        match tokio::time::timeout(LIMIT, tokio::net::TcpStream::connect(address)).await {
            Ok(Ok(_)) => return Ok(*address),
            Ok(Err(error)) => detail = error.to_string(),
            Err(_) => detail = format!("no answer within {} s", LIMIT.as_secs()),
        }
    }
    Err(Error::Unreachable { place: place.to_owned(), detail })
}

/// Lets the server say hello: a port that only leads on to another one takes every connection,
/// whether or not anybody is behind it.
///
/// # Errors
/// [`Error::Unreachable`].
pub async fn greet(address: &Address, at: SocketAddr) -> Result<()> {
    let address = address.clone();
    let asked = tokio::task::spawn_blocking(move || hello(&address, at).map(drop)).await;
    asked.unwrap_or_else(|error| Err(Error::Internal { detail: error.to_string() }))
}

/// Asks the server for protection as the address wants it. The session is given up before any
/// login, which a server counts as one that was broken off.
///
/// # Errors
/// [`Error::Protection`], and [`Error::Unreachable`] where what answers is no such server.
pub async fn protect(address: &Address, at: SocketAddr) -> Result<Protection> {
    let address = address.clone();
    let asked = tokio::task::spawn_blocking(move || ask(&address, at)).await;
    asked.unwrap_or_else(|error| Err(Error::Internal { detail: error.to_string() }))
}

fn ask(address: &Address, at: SocketAddr) -> Result<Protection> {
    let (host, tls, certificates) = match address {
        Address::Postgres { host, tls, certificates, .. } | Address::Mysql { host, tls, certificates, .. } => {
            (host, *tls, certificates)
        }
        Address::Sqlite { .. } => return Ok(Protection::None),
    };
    if tls == Tls::Off {
        return Ok(Protection::None);
    }
    let fault = |fault: TlsFault, detail: String| Error::Protection { host: host.clone(), fault, detail };
    // What is wrong with a file is told before the server is asked.
    let roots = roots(certificates).map_err(|detail| fault(TlsFault::File, detail))?;
    let verifier = Arc::new(Verifier::new(roots, tls));
    let config = config(&verifier, certificates).map_err(|detail| fault(TlsFault::File, detail))?;
    let (mut stream, offered) = hello(address, at)?;
    if !offered {
        return match tls {
            Tls::Prefer => Ok(Protection::None),
            Tls::Off | Tls::Require | Tls::VerifyCa | Tls::VerifyFull => {
                Err(fault(TlsFault::NotOffered, "the server offers no TLS".to_owned()))
            }
        };
    }
    // A socket has no name.
    let name = if host.starts_with('/') { "localhost".to_owned() } else { host.clone() };
    let name = ServerName::try_from(name).map_err(|error| fault(TlsFault::Name, error.to_string()))?;
    let shaken = ClientConnection::new(Arc::new(config), name)
        .map_err(|error| error.to_string())
        .and_then(|session| shake(session, &mut stream));
    match (shaken, verifier.seen()) {
        (Ok(version), Some(seen)) => Ok(told(&version, seen)),
        (Err(detail), Some(seen)) => Err(fault(seen.fault.unwrap_or(TlsFault::Refused), seen.told(&detail))),
        (Ok(_), None) | (Err(_), None) => {
            Err(fault(TlsFault::Refused, "the server and Rekey found no common way of encrypting".to_owned()))
        }
    }
}

// The stream, and whether the server offers TLS on it.
fn hello(address: &Address, at: SocketAddr) -> Result<(std::net::TcpStream, bool)> {
    let place = at.to_string();
    let unreachable = |detail: String| Error::Unreachable { place: place.clone(), detail };
    let mut stream =
        std::net::TcpStream::connect_timeout(&at, LIMIT).map_err(|error| unreachable(error.to_string()))?;
    let limits = stream.set_read_timeout(Some(LIMIT)).and(stream.set_write_timeout(Some(LIMIT)));
    limits.map_err(|error| unreachable(error.to_string()))?;
    let offered = match address {
        Address::Postgres { .. } => hello::postgres(&mut stream),
        Address::Mysql { .. } | Address::Sqlite { .. } => hello::mysql(&mut stream),
    };
    offered.map(|offered| (stream, offered)).map_err(unreachable)
}

fn shake(mut session: ClientConnection, stream: &mut std::net::TcpStream) -> std::result::Result<String, String> {
    while session.is_handshaking() {
        session.complete_io(stream).map_err(|error| error.to_string())?;
    }
    Ok(match session.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
        _ => "TLS",
    }
    .to_owned())
}

fn told(version: &str, seen: Seen) -> Protection {
    Protection::Tls {
        version: version.to_owned(),
        trusted: matches!(seen.fault, None | Some(TlsFault::Name)),
        named: seen.fault.is_none(),
        signer: seen.signer,
    }
}

// Those whom the system trusts, and those of the file.
fn roots(certificates: &Certificates) -> std::result::Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = certificates.authority() {
        let added = roots.add_parsable_certificates(chain(file)?).0;
        if added == 0 {
            return Err(format!("'{file}' holds no certificate that can be used"));
        }
    }
    Ok(roots)
}

fn config(verifier: &Arc<Verifier>, certificates: &Certificates) -> std::result::Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(verifier) as _);
    match (certificates.client(), certificates.client.trim().is_empty() && certificates.key.trim().is_empty()) {
        (Some((certificate, key)), _) => {
            let key = PrivateKeyDer::from_pem_file(key).map_err(|error| {
                format!("'{key}' holds no key that can be used (one with a password cannot): {error}")
            })?;
            config.with_client_auth_cert(chain(certificate)?, key).map_err(|error| error.to_string())
        }
        (None, true) => Ok(config.with_no_client_auth()),
        (None, false) => Err("your own certificate and its key belong together, and one of them is missing".to_owned()),
    }
}

fn chain(file: &str) -> std::result::Result<Vec<CertificateDer<'static>>, String> {
    let unreadable = |detail: String| format!("'{file}' cannot be read as certificates in PEM: {detail}");
    let found = CertificateDer::pem_file_iter(file).map_err(|error| unreadable(error.to_string()))?;
    let found: std::result::Result<Vec<_>, _> = found.collect();
    let found = found.map_err(|error| unreadable(error.to_string()))?;
    if found.is_empty() { Err(unreadable("there is none in it".to_owned())) } else { Ok(found) }
}
