//! The file that tells the programs where to go and as whom: the only way on which a password
//! shows neither in the list of processes nor in anybody's environment.

use secrecy::ExposeSecret;

use crate::connect::{Address, Tls};
use crate::dialect::Login;
use crate::{Error, Result};

/// Where systems keep the certificates of those whom they trust.
const TRUSTED: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/opt/homebrew/etc/ca-certificates/cert.pem",
];

/// Its text.
pub fn text(login: &Login, mariadb: bool) -> Result<String> {
    let Address::Mysql { host, port, user, tls, certificates, .. } = &login.address else {
        return Err(Error::Address { reason: "it is not the address of a MySQL or MariaDB server".to_owned() });
    };
    let mut lines = vec!["[client]".to_owned(), format!("user={}", quoted(user))];
    if let Some(password) = &login.password {
        lines.push(format!("password={}", quoted(password.expose_secret())));
    }
    if let Some(way) = &login.way {
        if *tls == Tls::VerifyFull {
            return Err(behind_a_tunnel());
        }
        lines.extend(["host=127.0.0.1".to_owned(), format!("port={}", way.port()), "protocol=tcp".to_owned()]);
    } else if host.starts_with('/') {
        lines.push(format!("socket={}", quoted(host)));
    } else {
        // Else `localhost` would mean a socket.
        lines.extend([format!("host={}", quoted(host)), format!("port={port}"), "protocol=tcp".to_owned()]);
    }
    lines.extend(protection(*tls, mariadb).iter().map(|line| (*line).to_owned()));
    if tls.verifies() {
        let authority = certificates.authority().map(str::to_owned).or_else(trusted);
        lines.extend(authority.map(|path| format!("ssl-ca={}", quoted(&path))));
    }
    if let Some((certificate, key)) = certificates.client() {
        lines.extend([format!("ssl-cert={}", quoted(certificate)), format!("ssl-key={}", quoted(key))]);
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

// They compare the certificate with the name that they connect to, and take no other for it.
fn behind_a_tunnel() -> Error {
    Error::Program {
        reason: "the programs of MySQL and MariaDB cannot check the name in a server's certificate through SSH"
            .to_owned(),
        remedy: vec![
            "Connect with 'Encrypted, certificate checked, name not' (ssl-mode=VERIFY_CA): the way through SSH says which server it is."
                .to_owned(),
        ],
    }
}

// MariaDB checks certificates by itself from 11.4 on.
fn protection(tls: Tls, mariadb: bool) -> &'static [&'static str] {
    match (tls, mariadb) {
        (Tls::Off, true) => &["skip-ssl"],
        (Tls::Prefer, true) => &["ssl-verify-server-cert=0"],
        (Tls::Require, true) => &["ssl", "ssl-verify-server-cert=0"],
        // With a list of those who are trusted, MariaDB's programs check who signed.
        (Tls::VerifyCa, true) => &["ssl", "ssl-verify-server-cert=0"],
        (Tls::VerifyFull, true) => &["ssl", "ssl-verify-server-cert=1"],
        (Tls::Off, false) => &["ssl-mode=DISABLED", "get-server-public-key"],
        (Tls::Prefer, false) => &["ssl-mode=PREFERRED", "get-server-public-key"],
        (Tls::Require, false) => &["ssl-mode=REQUIRED"],
        (Tls::VerifyCa, false) => &["ssl-mode=VERIFY_CA"],
        (Tls::VerifyFull, false) => &["ssl-mode=VERIFY_IDENTITY"],
    }
}

// As the driver has it, whose list may be named in the environment.
fn trusted() -> Option<String> {
    let named = std::env::var("SSL_CERT_FILE").ok();
    named
        .into_iter()
        .chain(TRUSTED.iter().map(|path| (*path).to_owned()))
        .find(|path| std::path::Path::new(path).is_file())
}

// What the programs undo again: in double quotes, with backslashes.
fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for letter in value.chars() {
        match letter {
            '\\' => text.push_str("\\\\"),
            '"' => text.push_str("\\\""),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_stays_one_value() {
        assert_eq!(quoted("a\"b\\c\n[mysqldump]\n#x'"), "\"a\\\"b\\\\c\\n[mysqldump]\\n#x'\"");
    }
}
