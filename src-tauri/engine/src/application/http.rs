//! Asking an address of the user's once, over HTTP, and nobody else: no proxy of the
//! environment's, no redirect followed, no cookie kept.
//!
//! An answer is read up to a limit in time and in bytes, whatever the other side sends.

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use url::{Host, Url};

use crate::execute::Cancel;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where.
    pub url: Url,
    /// What goes with it, by name.
    pub headers: Vec<(String, String)>,
    /// The header that says who asks, and its value.
    pub login: Option<(String, SecretString)>,
    /// Certificates to trust in place of the system's, as PEM.
    pub authority: Option<Vec<u8>>,
    /// How long all of it may take.
    pub limit: Duration,
    /// How many bytes of the answer are read.
    pub bytes: u64,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status, such as 200.
    pub status: u16,
    /// How long it took, the body included.
    pub milliseconds: u64,
    /// Where the answer sends on to.
    pub location: Option<String>,
    /// What it says, up to the limit.
    pub body: Vec<u8>,
    /// True where that is all of it.
    pub whole: bool,
}

/// Why there is no answer, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// Nobody answers, or not in time, or not in HTTP.
    Unanswered {
        /// What happened, without a full stop.
        what: String,
        /// What to do.
        remedy: String,
    },
    /// The user pressed Cancel.
    Cancelled,
}

fn silence(what: impl Into<String>, remedy: &str) -> Silence {
    Silence::Unanswered { what: what.into(), remedy: remedy.to_owned() }
}

/// The address, where it is one that may be asked.
///
/// # Errors
/// Why it may not, without a full stop.
pub fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("it is no address: {error}"))?;
    if !["http", "https"].contains(&url.scheme()) {
        return Err("it must begin with http:// or https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a user or a password stands in it, which files and lists of processes would show".to_owned());
    }
    Ok(url)
}

/// Scheme, host and port, which a token belongs to.
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// True where what is sent can be read on its way.
pub fn is_open(url: &Url) -> bool {
    let own = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && !own
}

/// Asks once.
///
/// # Errors
/// [`Silence`]; an answer of whatever status is an answer.
pub async fn get(request: Request, cancel: &Cancel) -> Result<Answer, Silence> {
    // The library blocks. What nobody waits for any more ends by its own limit.
    let asked = tokio::task::spawn_blocking(move || ask(&request));
    tokio::select! {
        answer = asked => answer.unwrap_or_else(|error| Err(silence(error.to_string(), "This is a fault of Rekey."))),
        () = cancel.cancelled() => Err(Silence::Cancelled),
    }
}

fn ask(request: &Request) -> Result<Answer, Silence> {
    let mut settings = ureq::Agent::config_builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_idle_connections(0)
        .timeout_global(Some(request.limit))
        .user_agent(concat!("rekey/", env!("CARGO_PKG_VERSION")));
    if request.url.scheme() == "https" {
        settings = settings.tls_config(trust(request.authority.as_deref())?);
    }
    let agent = ureq::Agent::new_with_config(settings.build());
    let mut asking = agent.get(request.url.as_str());
    for (name, value) in &request.headers {
        asking = asking.header(name, value);
    }
    if let Some((name, value)) = &request.login {
        asking = asking.header(name, value.expose_secret());
    }
    let begun = Instant::now();
    let mut answer = asking.call().map_err(|error| told(&error, request))?;
    let location = answer.headers().get("location").map(|place| String::from_utf8_lossy(place.as_bytes()).into_owned());
    let mut body = Vec::new();
    // One byte more than is kept tells whether there is more.
    let read = answer.body_mut().as_reader().take(request.bytes.saturating_add(1)).read_to_end(&mut body);
    if let Err(error) = read {
        return Err(broken(&error, request));
    }
    let kept = usize::try_from(request.bytes).unwrap_or(usize::MAX);
    let whole = body.len() <= kept;
    body.truncate(kept);
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Answer { status: answer.status().as_u16(), milliseconds, location, body, whole })
}

fn trust(authority: Option<&[u8]>) -> Result<TlsConfig, Silence> {
    let roots: Vec<Certificate<'static>> = match authority {
        Some(pem) => ureq::tls::parse_pem(pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                Ok(_) | Err(_) => None,
            })
            .collect(),
        None => {
            let found = rustls_native_certs::load_native_certs();
            found.certs.iter().map(|certificate| Certificate::from_der(certificate.as_ref()).to_owned()).collect()
        }
    };
    if roots.is_empty() {
        return Err(silence(
            "there is no certificate to trust",
            "Name a file with the certificates of your authority (PEM) under \"ca\".",
        ));
    }
    let roots = RootCerts::from(roots.into_iter());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(TlsConfig::builder().root_certs(roots).unversioned_rustls_crypto_provider(provider).build())
}

fn too_slow(request: &Request) -> Silence {
    silence(
        format!("there was no whole answer within {} s", request.limit.as_secs()),
        "Whoever listens there hangs or is overloaded. Look at its log, or allow more time.",
    )
}

fn broken(error: &std::io::Error, request: &Request) -> Silence {
    use std::io::ErrorKind;
    // The library hands its own errors through where a body is read.
    if let Some(own) = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        return told(own, request);
    }
    #[allow(clippy::wildcard_enum_match_arm, reason = "the library's enum may grow")]
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => too_slow(request),
        ErrorKind::ConnectionRefused => silence(
            "nobody listens at this address",
            "The application is not running, or listens on another port. Look at its log.",
        ),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => silence(
            "the connection was cut before the answer was whole",
            "The application fell over while it answered. Look at its log.",
        ),
        _ => silence(format!("the address cannot be reached: {error}"), "Check host, port and the network."),
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the library's enum may grow")]
fn told(error: &ureq::Error, request: &Request) -> Silence {
    match error {
        ureq::Error::Io(error) => broken(error, request),
        ureq::Error::Timeout(_) => too_slow(request),
        ureq::Error::HostNotFound => silence(
            format!("there is no host '{}'", request.url.host_str().unwrap_or_default()),
            "Check the name, or write the number of the machine.",
        ),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => silence(
            format!("the connection cannot be trusted: {error}"),
            "Name a file with the certificates of your authority (PEM) under \"ca\", or check the certificate's name and time.",
        ),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => silence(
            format!("what answers there does not speak HTTP: {error}"),
            "Check the port, and whether the address must begin with https://.",
        ),
        other => silence(format!("it cannot be asked: {other}"), "Check the address."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_without_a_login_are_asked() {
        assert!(address("http://localhost:8000/health").is_ok());
        for wrong in
            ["localhost:8000", "/health", "ftp://h/", "http://ann@h/", "http://ann:secret@h/", "file:///etc/passwd"]
        {
            let reason = address(wrong).unwrap_err();
            assert!(!reason.contains("secret"), "{reason}");
        }
    }

    #[test]
    fn what_leaves_the_machine_in_the_clear_is_known() {
        let open = |text: &str| is_open(&Url::parse(text).unwrap());
        assert!(open("http://shop.example/"));
        assert!(!open("https://shop.example/") && !open("http://localhost:80/") && !open("http://127.0.0.2/"));
        assert!(!open("http://[::1]:8000/"));
    }
}
