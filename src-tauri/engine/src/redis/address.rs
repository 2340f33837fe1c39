//! Where a Redis server is: parsed by ourselves, so that no library reads the environment or
//! repeats a password.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::SecretString;

use super::Trouble;
use crate::connect::part;

/// Where a server is. Never holds a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// How it is reached.
    pub way: Way,
    /// The user of its access list; none means the user `default`.
    pub user: Option<String>,
    /// The database, by its number. A cluster has the database 0 alone.
    pub database: i64,
}

/// How a server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Over the network.
    Network {
        /// Host name or address.
        host: String,
        /// Port.
        port: u16,
        /// Encrypted, with the server's certificate and name checked.
        tls: bool,
    },
    /// Through a socket of this machine.
    Socket {
        /// Its path.
        path: String,
    },
}

/// An address as it was typed, with the password that may have been in it.
#[derive(Debug)]
pub struct Parsed {
    /// The address.
    pub address: Address,
    /// The password, where the text held one.
    pub password: Option<SecretString>,
}

impl Address {
    /// Reads `redis://`, `rediss://` or `redis+unix://` with user, password, host, port and
    /// the number of the database.
    ///
    /// # Errors
    /// [`Trouble::Address`] that says what is wrong, never with what was typed.
    pub fn parse(text: &str) -> Result<Parsed, Trouble> {
        let (scheme, rest) = text.trim().split_once("://").ok_or_else(|| refuse("it does not begin with redis://"))?;
        match scheme.to_ascii_lowercase().as_str() {
            "redis" | "valkey" => network(rest, false),
            "rediss" | "valkeys" => network(rest, true),
            "redis+unix" | "valkey+unix" | "unix" => socket(rest),
            _ => Err(refuse("it does not begin with redis://, rediss:// or redis+unix://")),
        }
    }

    /// The server and the database without user and password: what the journal calls it.
    pub fn place(&self) -> String {
        match &self.way {
            Way::Network { host, port, tls } => {
                let scheme = if *tls { "rediss" } else { "redis" };
                let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
                format!("{scheme}://{host}:{port}/{}", self.database)
            }
            Way::Socket { path } => format!("redis+unix://{path}?db={}", self.database),
        }
    }

    /// True where what is sent could be read on its way.
    pub fn is_open(&self) -> bool {
        match &self.way {
            Way::Network { host, tls, .. } => !tls && !matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1"),
            Way::Socket { .. } => false,
        }
    }
}

/// As it is typed, with the user and without a password.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = self.place();
        let Some(user) = &self.user else { return f.write_str(&place) };
        let user = utf8_percent_encode(user, NON_ALPHANUMERIC);
        match (&self.way, place.split_once("://")) {
            (Way::Network { .. }, Some((scheme, rest))) => write!(f, "{scheme}://{user}@{rest}"),
            (Way::Network { .. } | Way::Socket { .. }, _) => write!(f, "{place}&user={user}"),
        }
    }
}

fn refuse(reason: &str) -> Trouble {
    Trouble::Address { reason: reason.to_owned() }
}

fn network(rest: &str, tls: bool) -> Result<Parsed, Trouble> {
    if rest.contains('#') {
        // The library's `#insecure` turns the check of certificates off.
        return Err(refuse("what stands behind '#' is not understood; in a password it is written %23"));
    }
    let (rest, settings) = rest.split_once('?').unwrap_or((rest, ""));
    if !settings.is_empty() {
        return Err(refuse("settings behind '?' are not understood"));
    }
    let (login, place) = rest.rsplit_once('@').map_or(("", rest), |(login, place)| (login, place));
    let (user, password) = self::login(login)?;
    let (host_port, database) = place.split_once('/').unwrap_or((place, ""));
    let (host, port) = part::host_and_port(host_port, 6379).map_err(refuse)?;
    let host = if host.is_empty() { "localhost".to_owned() } else { host };
    Ok(Parsed {
        address: Address { way: Way::Network { host, port, tls }, user, database: number(database)? },
        password,
    })
}

fn socket(rest: &str) -> Result<Parsed, Trouble> {
    let (path, settings) = rest.split_once('?').unwrap_or((rest, ""));
    let (mut user, mut password, mut database) = (None, None, 0);
    for (name, value) in settings.split('&').filter_map(|one| one.split_once('=')) {
        match name {
            "db" => database = number(value)?,
            "user" => user = Some(decode(value)?),
            "pass" => password = Some(SecretString::from(decode(value)?)),
            _ => return Err(refuse("behind '?' only db, user and pass are understood")),
        }
    }
    if !path.starts_with('/') {
        return Err(refuse("the path of the socket must begin with a slash"));
    }
    Ok(Parsed { address: Address { way: Way::Socket { path: decode(path)? }, user, database }, password })
}

fn login(text: &str) -> Result<(Option<String>, Option<SecretString>), Trouble> {
    let (user, password) = text.split_once(':').map_or((text, None), |(user, password)| (user, Some(password)));
    let user = Some(decode(user)?).filter(|user| !user.is_empty());
    let password = password.filter(|password| !password.is_empty()).map(decode).transpose()?.map(SecretString::from);
    Ok((user, password))
}

fn number(text: &str) -> Result<i64, Trouble> {
    let text = text.trim_end_matches('/');
    if text.is_empty() {
        return Ok(0);
    }
    text.parse().ok().filter(|number| *number >= 0).ok_or_else(|| refuse("the database is not named by its number"))
}

fn decode(text: &str) -> Result<String, Trouble> {
    part::decoded(text).map_err(refuse)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn read(text: &str) -> Parsed {
        Address::parse(text).unwrap_or_else(|trouble| panic!("{text}: {trouble}"))
    }

    #[test]
    fn an_address_gives_its_parts_and_sets_the_password_apart() {
        let parsed = read("rediss://ann:p%40ss@w@cache.example.org:6380/3");
        assert_eq!(parsed.address.place(), "rediss://cache.example.org:6380/3");
        assert_eq!(parsed.address.user.as_deref(), Some("ann"));
        assert_eq!(parsed.password.expect("password").expose_secret(), "p@ss@w");
        assert_eq!(read("redis://:secret@h").password.expect("password").expose_secret(), "secret");
        assert_eq!(read("redis://h").address.place(), "redis://h:6379/0");
        assert_eq!(read("redis://[::1]:7000/").address.place(), "redis://[::1]:7000/0");
        assert_eq!(read("redis+unix:///run/redis.sock?db=2").address.place(), "redis+unix:///run/redis.sock?db=2");
    }

    #[test]
    fn what_is_kept_leads_to_the_same_place_without_the_password() {
        for text in [
            "rediss://ann%40home:secret@cache.example.org:6380/3",
            "redis+unix:///run/r.sock?db=2&user=a%26b&pass=secret",
        ] {
            let parsed = read(text);
            let kept = parsed.address.to_string();
            assert!(!kept.contains("secret"), "{kept}");
            assert_eq!(read(&kept).address, parsed.address);
        }
        assert_eq!(read("redis://:secret@h").address.to_string(), "redis://h:6379/0");
    }

    #[test]
    fn nonsense_is_refused_without_repeating_it() {
        for text in
            ["", "secret", "http://h", "redis://ann:secret", "redis://h/secret", "rediss://h#insecure", "redis://h/-1"]
        {
            let said = Address::parse(text).expect_err(text).to_string();
            assert!(!said.contains("secret"), "{said}");
        }
    }

    #[test]
    fn what_can_be_read_on_its_way_is_known() {
        assert!(read("redis://cache.example.org").address.is_open());
        assert!(!read("rediss://cache.example.org").address.is_open());
        assert!(!read("redis://127.0.0.1").address.is_open());
    }
}
