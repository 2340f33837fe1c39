//! Protected ways to real servers, with certificates of an authority that nobody else knows.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use libtest_mimic::Trial;
use rekey_engine::connect::way::{self, Protection};
use rekey_engine::connect::{Address, Tls};
use rekey_engine::{Error, error::TlsFault};

use crate::support::mysql;
use crate::support::postgres::{Server, own, unprivileged};
use crate::support::process::{find_program, finish, until};
use crate::support::rekey::Rekey;
use crate::support::requirement::{Requirement, trial};
use crate::support::sshd::Sshd;
use crate::support::versions::Programs;

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("protected::postgres", &[Requirement::Postgres], postgres),
        trial("protected::mariadb", &[Requirement::Mariadb], mariadb),
    ]
}

/// An authority, a server's certificate for the name `localhost` alone, and one of ours.
struct Files(tempfile::TempDir);

impl Files {
    fn make() -> Option<Files> {
        find_program("openssl")?;
        let files = Files(tempfile::Builder::new().prefix("rk-tls-").tempdir().unwrap());
        let openssl = |words: &str| {
            let made = finish(Command::new("openssl").args(words.split(' ')).current_dir(files.0.path()), None);
            assert_eq!(made.code, Some(0), "openssl {words}: {}", made.stderr);
        };
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        let authority = "-addext basicConstraints=critical,CA:TRUE";
        for name in ["ca", "stranger"] {
            openssl(&format!(
                "req -x509 {key} -keyout {name}.key -out {name}.pem -days 2 -subj /CN={name}-of-rekey {authority}"
            ));
        }
        std::fs::write(files.0.path().join("names"), "subjectAltName=DNS:localhost\n").unwrap();
        for name in ["server", "me"] {
            openssl(&format!("req {key} -keyout {name}.key -out {name}.csr -subj /CN={name}"));
            openssl(&format!(
                "x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out {name}.pem -days 2 -extfile names"
            ));
        }
        Some(files)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    // Of the server's user, who alone may read its key.
    fn hand_over(&self) {
        own(self.0.path(), unprivileged());
        for name in ["server.key", "server.pem", "ca.pem"] {
            own(&self.path(name), unprivileged());
        }
    }
}

fn protect(url: &str) -> Result<Protection, Error> {
    let address = Address::parse(url).unwrap().address;
    let (Address::Postgres { host, port, .. } | Address::Mysql { host, port, .. }) = &address else { unreachable!() };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let found = way::resolve(host, *port).await?;
        let at = way::knock(&found, "the server").await?;
        way::protect(&address, at).await
    })
}

fn fault(url: &str) -> TlsFault {
    match protect(url) {
        Err(Error::Protection { fault, .. }) => fault,
        other => panic!("{url}: {other:?}"),
    }
}

// What every product does alike; `with` puts settings behind the address of a host.
fn looked_at(files: &Files, with: impl Fn(&str, Tls, Option<&Path>) -> String) {
    let (ca, stranger) = (files.path("ca.pem"), files.path("stranger.pem"));
    let seen = protect(&with("localhost", Tls::VerifyFull, Some(&ca))).unwrap();
    let Protection::Tls { signer, trusted: true, named: true, .. } = &seen else { panic!("{seen:?}") };
    assert!(signer.contains("ca-of-rekey"), "{signer}");
    assert_eq!(fault(&with("localhost", Tls::VerifyFull, None)), TlsFault::Signer);
    assert_eq!(fault(&with("localhost", Tls::VerifyCa, Some(&stranger))), TlsFault::Signer);
    assert_eq!(fault(&with("127.0.0.1", Tls::VerifyFull, Some(&ca))), TlsFault::Name);
    let other_name = protect(&with("127.0.0.1", Tls::VerifyCa, Some(&ca))).unwrap();
    assert!(matches!(other_name, Protection::Tls { trusted: true, named: false, .. }), "{other_name:?}");
    let whoever = protect(&with("127.0.0.1", Tls::Require, None)).unwrap();
    assert!(matches!(whoever, Protection::Tls { trusted: false, .. }), "{whoever:?}");
    assert_eq!(fault(&with("localhost", Tls::VerifyFull, Some(&files.path("none.pem")))), TlsFault::File);
    assert_eq!(fault(&with("localhost", Tls::VerifyFull, Some(&files.path("ca.key")))), TlsFault::File);
    assert_eq!(protect(&with("localhost", Tls::Off, None)).unwrap(), Protection::None);
}

fn mode(tls: Tls) -> &'static str {
    match tls {
        Tls::Off => "disable",
        Tls::Prefer => "prefer",
        Tls::Require => "require",
        Tls::VerifyCa => "verify-ca",
        Tls::VerifyFull => "verify-full",
    }
}

fn postgres() {
    let Some(files) = Files::make() else {
        eprintln!("skipped: protected::postgres: openssl is not installed");
        return;
    };
    files.hand_over();
    let server = Server::start(Programs::of(None).expect("the requirement was checked"));
    let port = server.port();
    let with = |host: &str, tls: Tls, ca: Option<&Path>| {
        let ca = ca.map(|ca| format!("&sslrootcert={}", ca.display())).unwrap_or_default();
        format!("postgres://postgres@{host}:{port}/postgres?sslmode={}{ca}", mode(tls))
    };
    assert_eq!(fault(&with("localhost", Tls::Require, None)), TlsFault::NotOffered);
    assert_eq!(protect(&with("localhost", Tls::Prefer, None)).unwrap(), Protection::None);
    for (setting, file) in [("ssl_cert_file", "server.pem"), ("ssl_key_file", "server.key"), ("ssl_ca_file", "ca.pem")]
    {
        server.sql("postgres", &format!("ALTER SYSTEM SET {setting} = '{}'", files.path(file).display()));
    }
    server.sql("postgres", "ALTER SYSTEM SET ssl = on");
    server.sql("postgres", "SELECT pg_reload_conf()");
    until("the server to offer TLS", Duration::from_secs(30), || {
        protect(&with("localhost", Tls::Require, None)).is_ok().then_some(())
    });
    looked_at(&files, with);

    // The command and the programs of the server go the same way.
    let ca = files.path("ca.pem");
    server.sql("postgres", "CREATE TABLE shelf (id integer PRIMARY KEY); INSERT INTO shelf VALUES (1)");
    let rekey = Rekey::new(Some(server.password()));
    let refused = rekey.json(&["inspect", &with("localhost", Tls::VerifyFull, None)]).expect(1);
    assert!(!refused.outcome.text().contains(server.password()));
    for tls in [Tls::VerifyCa, Tls::VerifyFull] {
        let address = with("localhost", tls, Some(&ca));
        assert_eq!(rekey.done(&["inspect", &address])["tables"].as_array().unwrap().len(), 1);
        let folder = tempfile::tempdir().unwrap();
        let made = rekey.done(&["backup", &address, "--dir", &folder.path().display().to_string()]);
        assert_eq!(made["verified"], true, "{made:#}");
    }

    // Through SSH the certificate is still compared with the name of the server.
    if Requirement::Ssh.missing().is_none() {
        let sshd = Sshd::start("");
        let through = Rekey::new(Some(server.password())).with_arguments(sshd.options("config"));
        let address = with("localhost", Tls::VerifyFull, Some(&ca));
        through.done(&["inspect", &address]);
        assert_eq!(through.done(&["backup", &address, "--dir", "backups"])["verified"], true);
        through.json(&["inspect", &with("127.0.0.1", Tls::VerifyFull, Some(&ca))]).expect(1);
        sshd.must_be_left();
    }

    // A user who is let in by a certificate alone.
    server.sql("postgres", "CREATE ROLE me LOGIN SUPERUSER");
    let rules = finish(server.client("psql", "postgres").args(["-XAtc", "SHOW hba_file"]), None);
    let rules = PathBuf::from(rules.text().trim());
    let before = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, format!("hostssl all me all cert\n{before}")).unwrap();
    server.sql("postgres", "SELECT pg_reload_conf()");
    let me = with("localhost", Tls::VerifyFull, Some(&ca)).replace("postgres@", "me@");
    let known = format!("{me}&sslcert={}&sslkey={}", files.path("me.pem").display(), files.path("me.key").display());
    let alone = Rekey::new(None);
    assert_eq!(alone.done(&["inspect", &known])["tables"].as_array().unwrap().len(), 1);
    alone.json(&["inspect", &me]).expect(1);
    server.stop();
}

fn mariadb() {
    let Some(files) = Files::make() else {
        eprintln!("skipped: protected::mariadb: openssl is not installed");
        return;
    };
    files.hand_over();
    let setting = |name: &str, file: &str| -> &'static str {
        Box::leak(format!("--{name}={}", files.path(file).display()).into_boxed_str())
    };
    let settings = [setting("ssl-cert", "server.pem"), setting("ssl-key", "server.key"), setting("ssl-ca", "ca.pem")];
    let server = mysql::Server::start(mysql::Product::Mariadb, Box::leak(Box::new(settings)));
    server.sql(
        "",
        "CREATE DATABASE kept; CREATE TABLE kept.shelf (id int PRIMARY KEY); INSERT INTO kept.shelf VALUES (1)",
    );
    let port = server.port();
    let with = |host: &str, tls: Tls, ca: Option<&Path>| {
        let ca = ca.map(|ca| format!("&ssl-ca={}", ca.display())).unwrap_or_default();
        format!("mariadb://owner@{host}:{port}/kept?ssl-mode={}{ca}", mode(tls))
    };
    looked_at(&files, with);
    let ca = files.path("ca.pem");
    let rekey = Rekey::new(Some(server.password()));
    rekey.json(&["inspect", &with("localhost", Tls::VerifyFull, None)]).expect(1);
    for (host, tls) in [("127.0.0.1", Tls::VerifyCa), ("localhost", Tls::VerifyFull)] {
        let address = with(host, tls, Some(&ca));
        assert_eq!(rekey.done(&["inspect", &address])["tables"].as_array().unwrap().len(), 1);
        let folder = tempfile::tempdir().unwrap();
        let made = rekey.done(&["backup", &address, "--dir", &folder.path().display().to_string()]);
        assert_eq!(made["verified"], true, "{made:#}");
    }

    // Its programs cannot compare the name through SSH, and say so instead of going without.
    if Requirement::Ssh.missing().is_none() {
        let sshd = Sshd::start("");
        let through = Rekey::new(Some(server.password())).with_arguments(sshd.options("config"));
        let whole = with("localhost", Tls::VerifyFull, Some(&ca));
        through.done(&["inspect", &whole]);
        through.json(&["inspect", &with("127.0.0.1", Tls::VerifyFull, Some(&ca))]).expect(1);
        let refused = through.json(&["backup", &whole, "--dir", "backups"]).expect(1);
        assert_eq!(refused.failure()["code"], "RK-E34", "{refused}");
        let signer = with("localhost", Tls::VerifyCa, Some(&ca));
        assert_eq!(through.done(&["backup", &signer, "--dir", "backups"])["verified"], true);
        sshd.must_be_left();
    }
    server.stop();
}
