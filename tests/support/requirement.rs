//! What a trial needs of the machine, and how a trial that cannot run says so by name.

use std::path::PathBuf;
use std::sync::OnceLock;

use libtest_mimic::{Failed, Trial};

/// Something that not every machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// The server's programs. Their absence is a failure where `CI=true`.
    Postgres,
    /// An installed server of at least that major version.
    Installed(u32),
    /// A server of another version, fetched by `cargo xtask setup`.
    Version(u32),
    /// MariaDB's server. Its absence is a failure where `CI=true`.
    Mariadb,
    /// A real MySQL, fetched by `cargo xtask test --lane mysql`.
    Mysql,
    /// A pooler in front of PostgreSQL.
    Pgbouncer,
    /// A Redis server. Its absence is a failure where `CI=true`.
    Redis,
    /// OpenSSH's client and server.
    Ssh,
    /// The `sqlite3` tool. Its absence is a failure where `CI=true`.
    SqliteTool,
    /// Alembic and Django, fetched by `cargo xtask setup`.
    Python,
    /// The folder with the public databases.
    Corpora,
    /// The command built with the feature `failpoints`.
    Failpoints,
    /// A plain browser to drive, and the packages of the front end.
    Browser,
    /// A window to drive: `REKEY_DESKTOP` names its binary, and display, driver, bus and keyring exist.
    #[cfg_attr(not(feature = "desktop"), allow(dead_code, reason = "only the window's tests ask for it"))]
    Desktop,
    /// The window as it is given to users: `REKEY_RELEASED` names its binary.
    Released,
}

impl Requirement {
    /// Why it is missing, where it is.
    pub fn missing(self) -> Option<String> {
        match self {
            Requirement::Postgres => super::versions::installed()
                .is_none()
                .then(|| "no PostgreSQL server programs in /usr/lib/postgresql/*/bin or PATH".to_owned()),
            Requirement::Installed(oldest) => (oldest > super::versions::installed_major().unwrap_or(oldest))
                .then(|| format!("needs PostgreSQL {oldest}; the installed one is older")),
            Requirement::Version(version) => super::versions::Programs::of(Some(version)).is_none().then(|| {
                let folder = super::versions::packages();
                format!("no PostgreSQL {version} in {}; `cargo xtask setup` fetches it where it can", folder.display())
            }),
            Requirement::Mariadb => super::mysql::Product::Mariadb.missing(),
            Requirement::Mysql => super::mysql::Product::Mysql.missing(),
            Requirement::Pgbouncer => {
                super::process::find_program("pgbouncer").is_none().then(|| "pgbouncer is not installed".to_owned())
            }
            Requirement::Redis => super::redis::program().is_none().then(|| "redis-server is not installed".to_owned()),
            Requirement::Ssh => {
                let client = super::process::find_program("ssh").is_some();
                let whole = client && super::sshd::program().is_some();
                (!whole).then(|| "OpenSSH's client or server is not installed".to_owned())
            }
            Requirement::SqliteTool => super::process::find_program("sqlite3")
                .is_none()
                .then(|| "the tool sqlite3 is not installed".to_owned()),
            Requirement::Python => (!python().is_file())
                .then(|| format!("{} does not exist; `cargo xtask setup` makes it where it can", python().display())),
            Requirement::Corpora => (!corpora().is_dir())
                .then(|| format!("{} does not exist; REKEY_CORPORA names the folder", corpora().display())),
            Requirement::Failpoints => {
                (!cfg!(feature = "failpoints")).then(|| "built without the feature failpoints".to_owned())
            }
            Requirement::Browser => browser_missing(),
            Requirement::Desktop => desktop_missing("REKEY_DESKTOP"),
            Requirement::Released => desktop_missing("REKEY_RELEASED"),
        }
    }

    fn is_optional(self) -> bool {
        match self {
            Requirement::Installed(_)
            | Requirement::Version(_)
            | Requirement::Mysql
            | Requirement::Pgbouncer
            | Requirement::Python
            | Requirement::Corpora
            | Requirement::Browser
            | Requirement::Desktop
            | Requirement::Released => true,
            Requirement::Postgres
            | Requirement::Mariadb
            | Requirement::Redis
            | Requirement::Ssh
            | Requirement::SqliteTool
            | Requirement::Failpoints => std::env::var("CI").as_deref() != Ok("true"),
        }
    }
}

fn browser_missing() -> Option<String> {
    let packages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules");
    let missing = super::window::missing_programs();
    if !packages.is_dir() {
        Some(format!("{} does not exist; `cargo xtask setup` fills it", packages.display()))
    } else if super::window::plain_browser().is_none() {
        Some("WebKitGTK's MiniBrowser is not installed".to_owned())
    } else {
        (!missing.is_empty()).then(|| format!("not installed: {}", missing.join(", ")))
    }
}

fn desktop_missing(variable: &str) -> Option<String> {
    if std::env::var_os(variable).is_none() {
        return Some(format!("{variable} does not name the window's binary"));
    }
    let missing = super::window::missing_programs();
    (!missing.is_empty()).then(|| format!("not installed: {}", missing.join(", ")))
}

/// The Python that has Alembic and Django.
pub fn python() -> PathBuf {
    let made = || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("xtask").join("python");
    std::env::var_os("REKEY_PYTHON").map_or_else(made, PathBuf::from).join("bin/python")
}

/// Where the public databases are.
pub fn corpora() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
            std::env::var_os("REKEY_CORPORA").map_or_else(|| root.join("../shared/corpora"), PathBuf::from)
        })
        .clone()
}

/// A trial that runs where everything it needs is there. Where something optional is
/// missing it is listed as ignored and the reason printed; where it may not be missing it fails.
pub fn trial(name: &str, needs: &[Requirement], test: impl FnOnce() + Send + 'static) -> Trial {
    let lack = needs.iter().find_map(|need| Some((*need, need.missing()?)));
    match lack {
        None => {
            let named = name.to_owned();
            Trial::test(name, move || {
                super::pace::timed(&named, test);
                Ok(())
            })
        }
        Some((need, reason)) if need.is_optional() => {
            eprintln!("skipped: {name}: {reason}");
            Trial::test(name, || Ok(())).with_ignored_flag(true)
        }
        Some((_, reason)) => Trial::test(name, move || Err(Failed::from(reason))),
    }
}
