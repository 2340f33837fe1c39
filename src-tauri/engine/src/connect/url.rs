//! Addresses as people, programs and hosting services write them.

use std::path::PathBuf;

use super::draft::{Draft, refuse};
use super::{part, settings};
use crate::error::Result;
use crate::schema::EngineKind;

/// Reads an address as far as it goes: a URL with or without `jdbc:`, a driver (`+psycopg`) or
/// the command that hosting services show (`psql 'postgres://...'`), or the path of a file.
///
/// # Errors
/// [`crate::Error::Address`] that says what is wrong, and never repeats what may be a password.
pub fn read(text: &str) -> Result<Draft> {
    let text = bare(text);
    if text.is_empty() {
        return Err(refuse("it is empty"));
    }
    let Some((scheme, rest)) = scheme(text) else {
        return sqlite(text);
    };
    match product(&scheme) {
        Some(EngineKind::Postgres) => server(EngineKind::Postgres, rest),
        Some(EngineKind::Mysql) => server(EngineKind::Mysql, rest),
        Some(EngineKind::Sqlite) => sqlite(sqlite_path(rest)),
        None => Err(refuse(&format!("'{scheme}' is not a database that Rekey knows"))),
    }
}

/// True where the text begins as the address of a database that Rekey knows.
pub fn is_address(text: &str) -> bool {
    scheme(bare(text)).is_some_and(|(scheme, _)| product(&scheme).is_some())
}

fn product(scheme: &str) -> Option<EngineKind> {
    match scheme {
        "postgres" | "postgresql" | "postgis" | "timescale" => Some(EngineKind::Postgres),
        "mysql" | "mysql2" | "mysqlgis" | "mariadb" => Some(EngineKind::Mysql),
        "sqlite" | "sqlite3" | "spatialite" | "file" => Some(EngineKind::Sqlite),
        _ => None,
    }
}

// Without what stands around an address where it is copied from.
fn bare(text: &str) -> &str {
    let mut text = text.trim();
    for command in ["psql ", "mysql ", "mariadb "] {
        text = text.strip_prefix(command).map_or(text, str::trim);
    }
    for quote in ['"', '\'', '`'] {
        let inside = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
        text = inside.map_or(text, str::trim);
    }
    // As programs for the Java machine write it.
    for driver in ["jdbc:", "r2dbc:"] {
        if text.get(..driver.len()).is_some_and(|start| start.eq_ignore_ascii_case(driver)) {
            text = &text[driver.len()..];
        }
    }
    text
}

// `postgresql+psycopg://` names a driver after the plus sign; it does not concern us. A
// single letter before the colon is a Windows drive.
fn scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let known = scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !known || !(rest.starts_with("//") || scheme.starts_with("sqlite") || scheme == "file") {
        return None;
    }
    let product = scheme.split('+').next().unwrap_or(scheme);
    Some((product.to_ascii_lowercase(), rest))
}

fn sqlite(path: &str) -> Result<Draft> {
    let path = match path.split_once('?') {
        Some((path, settings)) if settings.contains('=') => path,
        _ => path,
    };
    if path.is_empty() || path == ":memory:" {
        return Err(refuse("it names no file"));
    }
    Ok(Draft { path: Some(PathBuf::from(path)), ..Draft::of(EngineKind::Sqlite) })
}

// sqlite:PATH, sqlite://PATH and sqlite:///PATH; three slashes mean a path from the root
// where such a file can be, as SQLAlchemy's four slashes do.
fn sqlite_path(rest: &str) -> &str {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    path.strip_prefix('/').filter(|path| path.starts_with('/')).unwrap_or(path)
}

fn server(engine: EngineKind, rest: &str) -> Result<Draft> {
    let mut draft = Draft::of(engine);
    let (rest, query) = split_query(rest.strip_prefix("//").unwrap_or(rest));
    // A password may hold an unescaped @, so the last one counts.
    let (login, place) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (place, database) = place.split_once('/').unwrap_or((place, ""));
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    draft.user = filled(decode(user)?);
    draft.with_password(&decode(password)?);
    hosts(&mut draft, place)?;
    draft.database = filled(decode(database)?);
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match engine {
            EngineKind::Postgres => settings::postgres(&mut draft, &name, &value)?,
            EngineKind::Mysql | EngineKind::Sqlite => settings::mysql(&mut draft, &name, &value)?,
        }
    }
    Ok(draft)
}

fn hosts(draft: &mut Draft, place: &str) -> Result<()> {
    let (first, others) = place.split_once(',').unwrap_or((place, ""));
    if !others.is_empty() {
        draft.remarks.push("The address names several hosts; the first of them was taken.".to_owned());
    }
    let (host, port) = part::host_and_port(first, 0).map_err(refuse)?;
    draft.port = (port != 0).then_some(port);
    draft.host = filled(host);
    if draft.host.as_deref().is_some_and(is_pooler) || draft.port == Some(6543) {
        settings::pooled(draft);
    }
    Ok(())
}

// As Neon, Supabase and others name theirs.
fn is_pooler(host: &str) -> bool {
    host.split('.').any(|label| label == "pooler" || label.ends_with("-pooler"))
}

// The values of a query may hold an @, and a password may hold a question mark: the query is
// what looks like one and leaves the login alone.
fn split_query(rest: &str) -> (&str, &str) {
    for (at, _) in rest.match_indices('?') {
        let (before, query) = (&rest[..at], &rest[at + 1..]);
        if query.split('&').all(is_setting) && (before.contains('@') || !query.contains('@')) {
            return (before, query);
        }
    }
    (rest, "")
}

fn is_setting(text: &str) -> bool {
    let name = text.split('=').next().unwrap_or_default();
    text.is_empty() || (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)))
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn decode(text: &str) -> Result<String> {
    part::decoded(text).map_err(refuse)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::super::address::Tls;
    use super::*;

    fn shown(text: &str) -> String {
        let draft = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let password = draft.password.as_ref().map_or(String::new(), |word| format!(" {}", word.expose_secret()));
        let port = draft.port.map_or(String::new(), |port| format!(":{port}"));
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
        format!("{}@{}{port}/{}{password}", part(&draft.user), part(&draft.host), part(&draft.database))
    }

    #[test]
    fn passwords_are_found_however_they_are_written() {
        for (text, expected) in [
            ("postgres://ann:p@ss#w?rd@db/shop", "ann@db/shop p@ss#w?rd"),
            ("postgres://ann:p/w@db/shop?sslmode=require", "ann@db/shop p/w"),
            ("postgres://ann:a:b%23c@db:6000/shop", "ann@db:6000/shop a:b#c"),
            ("postgres://ann:p%zz@db/shop", "ann@db/shop p%zz"),
            ("postgres://ann:x?a=b@db/shop", "ann@db/shop x?a=b"),
            ("postgres://ann:w@db/shop?application_name=me@home", "ann@db/shop w"),
            ("mysql+pymysql://ann:w@db/shop?charset=utf8mb4", "ann@db/shop w"),
            ("jdbc:postgresql://db:5433/shop?user=ann&password=p%26w", "ann@db:5433/shop p&w"),
            ("JDBC:mysql://db/shop?user=ann&useSSL=false", "ann@db/shop"),
            (
                "psql 'postgresql://ann:w@ep-x.eu.neon.tech/shop?sslmode=require&channel_binding=require'",
                "ann@ep-x.eu.neon.tech/shop w",
            ),
            ("postgresql:///shop?host=/run/postgresql&user=ann", "ann@/run/postgresql/shop"),
            ("postgres://ann@one:1,two:2/shop", "ann@one:1/shop"),
            ("postgres://ann@[::1]:6/shop", "ann@::1:6/shop"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn protection_is_read_in_every_spelling() {
        for (text, expected) in [
            ("postgres://a@h/d?sslmode=verify-ca", Some(Tls::VerifyCa)),
            ("postgres://a@h/d?ssl=true", Some(Tls::VerifyFull)),
            ("postgres://a@h/d?ssl=true&sslmode=require", Some(Tls::Require)),
            ("postgres://a@h/d", None),
            ("mysql://a@h/d?sslMode=VERIFY_CA", Some(Tls::VerifyCa)),
            ("mysql://a@h/d?useSSL=false", Some(Tls::Off)),
            ("mysql://a@h/d?useSSL=true", Some(Tls::Require)),
            ("mysql://a@h/d?sslaccept=strict", Some(Tls::VerifyFull)),
            ("mysql://a@h/d?ssl={\"rejectUnauthorized\":true}", Some(Tls::VerifyFull)),
        ] {
            assert_eq!(read(text).unwrap().tls, expected, "{text}");
        }
        let draft = read("postgres://a@h/d?sslrootcert=/ca.pem&sslcert=/me.pem&sslkey=/me.key").unwrap();
        assert_eq!(draft.certificates.authority(), Some("/ca.pem"));
        assert_eq!(draft.certificates.client(), Some(("/me.pem", "/me.key")));
    }

    #[test]
    fn a_pooler_is_told() {
        for text in [
            "postgres://a@ep-x-pooler.eu.neon.tech/d",
            "postgres://a@aws-0-eu.pooler.supabase.com:5432/d",
            "postgres://a@db.supabase.co:6543/d",
            "postgres://a@h/d?pgbouncer=true",
        ] {
            let remarks = read(text).unwrap().remarks;
            assert!(remarks.len() == 1 && remarks[0].contains("pooler"), "{text}: {remarks:?}");
        }
        assert!(read("postgres://a@ep-x.eu.neon.tech/d").unwrap().remarks.is_empty());
    }

    #[test]
    fn files_are_read_without_their_settings() {
        assert_eq!(read("file:./dev.db?connection_limit=1").unwrap().path, Some(PathBuf::from("./dev.db")));
        assert_eq!(read("jdbc:sqlite:/a/b.db").unwrap().path, Some(PathBuf::from("/a/b.db")));
        assert!(read("sqlite::memory:").is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_stops_the_reading(text in "\\PC*") {
            let _ = read(&text);
            let _ = read(&format!("postgres://{text}"));
        }
    }
}
