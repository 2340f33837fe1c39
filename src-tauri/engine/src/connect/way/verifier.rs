//! Looks at a server's certificate as strictly as was asked for, and remembers what it saw.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use x509_cert::der::Decode as _;

use crate::connect::address::Tls;
use crate::error::TlsFault;

/// What was seen of a certificate.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Whoever signed it.
    pub signer: String,
    /// What is wrong with it, also where that was not asked.
    pub fault: Option<TlsFault>,
    detail: String,
}

impl Seen {
    /// What is to be told where the server was turned away.
    pub fn told(&self, otherwise: &str) -> String {
        let detail = if self.fault.is_some() { &self.detail } else { otherwise };
        format!("{detail}; the certificate was signed by {}", self.signer)
    }
}

/// The verifier of one connection.
#[derive(Debug)]
pub struct Verifier {
    inner: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
    tls: Tls,
    seen: Mutex<Option<Seen>>,
}

impl Verifier {
    /// One that trusts these.
    pub fn new(roots: RootCertStore, tls: Tls) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        // Without anybody to trust there is none, and nobody is trusted.
        let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().ok();
        Verifier { inner, provider, tls, seen: Mutex::default() }
    }

    /// What was seen, once the server showed its certificate.
    pub fn seen(&self) -> Option<Seen> {
        self.held().clone()
    }

    fn held(&self) -> MutexGuard<'_, Option<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        stapled: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let looked = match &self.inner {
            Some(inner) => inner.verify_server_cert(certificate, between, name, stapled, now),
            None => Err(CertificateError::UnknownIssuer.into()),
        };
        let fault = looked.as_ref().err().map(fault);
        let detail = looked.as_ref().err().map(ToString::to_string).unwrap_or_default();
        *self.held() = Some(Seen { signer: signer(certificate), fault, detail });
        let passes = match self.tls {
            Tls::Off | Tls::Prefer | Tls::Require => true,
            Tls::VerifyCa => matches!(fault, None | Some(TlsFault::Name)),
            Tls::VerifyFull => fault.is_none(),
        };
        if passes { Ok(ServerCertVerified::assertion()) } else { looked }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the library's enums may grow")]
fn fault(error: &rustls::Error) -> TlsFault {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsFault::Name,
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => TlsFault::Time,
            CertificateError::UnknownIssuer => TlsFault::Signer,
            _ => TlsFault::Refused,
        },
        _ => TlsFault::Refused,
    }
}

// For people: what signed it calls itself.
fn signer(certificate: &CertificateDer<'_>) -> String {
    let read = x509_cert::Certificate::from_der(certificate.as_ref());
    let unknown = || "somebody whose name cannot be read".to_owned();
    let Ok(read) = read else { return unknown() };
    let inside = read.tbs_certificate();
    if inside.issuer() == inside.subject() {
        return "itself".to_owned();
    }
    let name = inside.issuer().to_string();
    if name.is_empty() { unknown() } else { name }
}
