//! TARGET: a URL, the path of a file, or the name of a saved connection, and where the
//! password for it comes from. Never from the environment.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rekey_engine::connect::{self, Address, Ssh};
use rekey_engine::dialect::{Access, Database};
use rekey_engine::schema::EngineKind;
use rekey_engine::secret::SecretString;
use rekey_engine::{Error, Result};
use secrecy::zeroize::Zeroizing;

use crate::api::types::{ConnectionForm, SavedConnection};
use crate::secrets::{self, SecretStore};
use crate::store::Store;

/// A database that was named, not connected to yet.
pub struct Target {
    /// The database.
    pub database: Box<dyn Database>,
    /// Where it is.
    pub address: Address,
    /// The saved connection it was named by.
    pub saved: Option<SavedConnection>,
    /// What the user should know, such as a password in plain sight.
    pub warnings: Vec<String>,
}

/// How the database is reached.
pub struct Ways<'a> {
    /// Where its password may come from.
    pub passwords: Passwords<'a>,
    /// Through whom, where that was said; else as a saved connection says.
    pub ssh: Option<&'a Ssh>,
}

/// Where a password may come from.
pub struct Passwords<'a> {
    /// A file whose first line it is.
    pub file: Option<&'a Path>,
    /// The keyring, for saved connections.
    pub keyring: &'a Arc<dyn SecretStore>,
    /// True where a person can be asked.
    pub ask: bool,
}

/// Makes the database that `text` names.
///
/// # Errors
/// [`Error::Address`], [`Error::NoFile`], [`Error::File`] for the password file, and the
/// errors of connecting where a person is asked for the password.
pub async fn open(text: &str, by: &Ways<'_>, store: Option<&Store>) -> Result<Target> {
    named(text, by, store, whole).await
}

/// Makes the database that `text` names, which need not be there yet.
///
/// # Errors
/// Those of [`open`] but [`Error::NoFile`].
pub async fn open_new(text: &str, by: &Ways<'_>, store: Option<&Store>) -> Result<Target> {
    named(text, by, store, absolute).await
}

async fn named(
    text: &str,
    by: &Ways<'_>,
    store: Option<&Store>,
    place: fn(Address) -> Result<Address>,
) -> Result<Target> {
    let mut warnings = Vec::new();
    let saved = match store {
        Some(store) if !is_url(text) => store.connection_named(text).await?,
        _ => None,
    };
    let (address, written) = match &saved {
        Some(saved) => (address_of(&saved.form), None),
        None => {
            let parsed = Address::parse(text)?;
            (parsed.address, parsed.password)
        }
    };
    if saved.is_some() && Path::new(text).exists() {
        warnings.push(format!(
            "'{text}' is a file and a saved connection; the connection is used. Write ./{text} for the file."
        ));
    }
    if written.is_some() {
        warnings.push(
            "the password in the address can be seen in the list of processes and in the shell's history; use \
             --password-file or a saved connection instead."
                .to_owned(),
        );
    }
    let mut address = place(address)?;
    if let Some(ssh) = by.ssh {
        address = address.through(ssh.clone())?;
    }
    let password = find(&by.passwords, written, saved.as_ref(), &mut warnings).await?;
    let database = ask_where_needed(&address, password, by.passwords.ask).await?;
    Ok(Target { database, address, saved, warnings })
}

/// The address that a connection form describes.
pub fn address_of(form: &ConnectionForm) -> Address {
    match form.engine {
        EngineKind::Postgres => Address::Postgres {
            host: form.host.clone(),
            port: form.port,
            user: form.user.clone(),
            database: form.database.clone(),
            tls: form.tls,
            certificates: form.certificates.clone(),
            ssh: form.ssh.clone(),
        },
        EngineKind::Mysql => Address::Mysql {
            host: form.host.clone(),
            port: form.port,
            user: form.user.clone(),
            database: form.database.clone(),
            tls: form.tls,
            certificates: form.certificates.clone(),
            ssh: form.ssh.clone(),
        },
        EngineKind::Sqlite => Address::Sqlite { path: PathBuf::from(&form.path) },
    }
}

// The whole path of a file: the history and the report must name it from wherever they
// are read.
fn whole(address: Address) -> Result<Address> {
    let Address::Sqlite { path } = &address else { return Ok(address) };
    if !path.exists() {
        return Err(no_file(path));
    }
    // On Windows a canonical path has a form that people do not know.
    let found = if cfg!(windows) { std::path::absolute(path) } else { std::fs::canonicalize(path) };
    match found {
        Ok(path) => Ok(Address::Sqlite { path }),
        Err(error) => Err(Error::File { path: path.display().to_string(), detail: error.to_string() }),
    }
}

fn absolute(address: Address) -> Result<Address> {
    let Address::Sqlite { path } = &address else { return Ok(address) };
    match std::path::absolute(path) {
        Ok(path) => Ok(Address::Sqlite { path }),
        Err(error) => Err(Error::File { path: path.display().to_string(), detail: error.to_string() }),
    }
}

// What was meant as a URL may hold a password and must not be repeated as a path.
fn no_file(path: &Path) -> Error {
    let text = path.display().to_string();
    let product = text.split(':').next().unwrap_or_default().split('+').next().unwrap_or_default().to_ascii_lowercase();
    if text.contains(':') && ["postgres", "postgresql", "mysql", "mariadb"].contains(&product.as_str()) {
        return Error::Address { reason: "the two slashes after the colon are missing".to_owned() };
    }
    Error::NoFile { path: text }
}

fn is_url(text: &str) -> bool {
    text.contains("://") || text.starts_with("sqlite:") || text.starts_with("file:")
}

// The file comes first: whoever names one means it.
async fn find(
    passwords: &Passwords<'_>,
    written: Option<SecretString>,
    saved: Option<&SavedConnection>,
    warnings: &mut Vec<String>,
) -> Result<Option<SecretString>> {
    if let Some(file) = passwords.file {
        return read_password(file, warnings).map(Some);
    }
    if written.is_some() {
        return Ok(written);
    }
    let Some(saved) = saved.filter(|saved| saved.password_saved) else { return Ok(None) };
    let id = saved.id.clone();
    match secrets::ask(passwords.keyring, move |keyring| keyring.get(&id)).await {
        Ok(Some(password)) => return Ok(Some(password)),
        Ok(None) => warnings.push(format!("the keyring holds no password for '{}'.", saved.name)),
        Err(error) => warnings.push(format!("the password of '{}' could not be read: {error}.", saved.name)),
    }
    Ok(None)
}

/// The password in the first line of a file.
///
/// # Errors
/// [`Error::File`] where there is none.
pub fn read_password(path: &Path, warnings: &mut Vec<String>) -> Result<SecretString> {
    let failed = |detail: String| Error::File { path: path.display().to_string(), detail };
    // Large enough for any password, so that the buffer is never copied while it grows.
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
    let file = std::fs::File::open(path).map_err(|error| failed(error.to_string()))?;
    file.take(64 * 1024).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| failed("it is not text".to_owned()))?;
    let password = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if password.is_empty() {
        return Err(failed("it is empty".to_owned()));
    }
    if open_to_others(path) {
        warnings.push(format!(
            "other users of this machine can read '{}'; take that right away with chmod 600.",
            path.display()
        ));
    }
    Ok(SecretString::from(password))
}

/// The certificates to trust in place of the system's.
///
/// # Errors
/// [`Error::File`] where they cannot be read.
pub fn read_authority(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| Error::File { path: path.display().to_string(), detail: error.to_string() })
}

#[cfg(unix)]
fn open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    // A pipe, as in --password-file <(command), is nobody else's to read.
    std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_path: &Path) -> bool {
    false
}

// Only the server knows whether it wants a password, so it is asked once without one.
async fn ask_where_needed(address: &Address, password: Option<SecretString>, ask: bool) -> Result<Box<dyn Database>> {
    let Address::Postgres { user, .. } = address else { return connect::open(address, password) };
    let given = password.is_some();
    let database = connect::open(address, password)?;
    if given || !ask {
        return Ok(database);
    }
    match database.connect(Access::Read, "rekey").await {
        Err(Error::Login { .. }) => {
            connect::open(address, Some(prompt(format!("Password of {user} for {address}: ")).await?))
        }
        // Whatever else is wrong shows itself, and is told, when the command connects.
        Ok(_) | Err(_) => Ok(database),
    }
}

/// Asks whoever sits at the terminal for a password.
///
/// # Errors
/// [`Error::File`] where nothing can be read from it.
pub async fn prompt(question: String) -> Result<SecretString> {
    let asked = tokio::task::spawn_blocking(move || rpassword::prompt_password(question)).await;
    match asked {
        Ok(Ok(password)) => Ok(SecretString::from(password)),
        Ok(Err(error)) => Err(Error::File { path: "the terminal".to_owned(), detail: error.to_string() }),
        Err(error) => Err(Error::Internal { detail: error.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use rekey_engine::secret::ExposeSecret;

    use super::*;

    fn password_from(text: &[u8]) -> Result<String> {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("password");
        std::fs::write(&path, text).expect("write");
        read_password(&path, &mut Vec::new()).map(|password| password.expose_secret().to_owned())
    }

    #[test]
    fn only_the_last_line_end_is_cut() {
        assert_eq!(password_from(b" a b \n").expect("password"), " a b ");
        assert_eq!(password_from(b"a\r\n").expect("password"), "a");
        assert_eq!(password_from(b"a").expect("password"), "a");
        assert!(password_from(b"\n").is_err());
        assert!(password_from(b"").is_err());
        assert!(password_from(&[0xff, 0xfe]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_warned_of() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("password");
        std::fs::write(&path, "a").expect("write");
        for (mode, expected) in [(0o644, 1), (0o600, 0)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("mode");
            let mut warnings = Vec::new();
            read_password(&path, &mut warnings).expect("password");
            assert_eq!(warnings.len(), expected);
        }
    }

    #[test]
    fn a_url_that_lacks_its_slashes_is_not_repeated() {
        assert!(matches!(no_file(Path::new("postgres:/ann:secret@h/d")), Error::Address { .. }));
        assert!(matches!(no_file(Path::new("/data/shop.db")), Error::NoFile { .. }));
        assert!(matches!(no_file(Path::new("postgres.db")), Error::NoFile { .. }));
    }

    #[test]
    fn a_url_is_never_taken_for_a_name() {
        assert!(is_url("postgres://a@h/d") && is_url("sqlite:a.db") && is_url("file:a.db"));
        assert!(!is_url("shop") && !is_url("/a/b.db") && !is_url("C:\\a.db"));
    }
}
