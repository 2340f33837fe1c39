//! `.env` files: whole addresses, and addresses in parts.

use super::variables::{Style, Variables};
use super::{Found, Source, from_url, product, unknown_product};
use crate::connect::draft::Draft;
use crate::connect::url;
use crate::schema::EngineKind;

/// The first part of the names under which programs keep the parts, with the product that it
/// stands for.
const PREFIXES: [(&str, Option<EngineKind>); 7] = [
    ("DB_", None),
    ("DATABASE_", None),
    ("POSTGRES_", Some(EngineKind::Postgres)),
    ("POSTGRESQL_", Some(EngineKind::Postgres)),
    ("PG", Some(EngineKind::Postgres)),
    ("MYSQL_", Some(EngineKind::Mysql)),
    ("MARIADB_", Some(EngineKind::Mysql)),
];

/// Every connection that the lines speak of.
pub fn read(text: &str) -> Vec<Found> {
    let variables = Variables::read(text);
    let mut found: Vec<Found> = variables.each().filter_map(|(name, value)| whole(name, value, &variables)).collect();
    found.extend(PREFIXES.iter().filter_map(|(prefix, engine)| parts(prefix, *engine, &variables)));
    found
}

fn whole(name: &str, value: &str, variables: &Variables) -> Option<Found> {
    let mut remarks = Vec::new();
    let value = braced(value, variables, &mut remarks);
    if !url::is_address(&value) {
        return None;
    }
    let mut draft = from_url(&value);
    draft.remarks.append(&mut remarks);
    Some(Found::new(name, draft))
}

// A dollar sign without braces is a letter of a password more often than a variable.
fn braced(value: &str, variables: &Variables, remarks: &mut Vec<String>) -> secrecy::zeroize::Zeroizing<String> {
    variables.resolve(value, Style::Dotenv, remarks)
}

fn parts(prefix: &str, engine: Option<EngineKind>, variables: &Variables) -> Option<Found> {
    let first =
        |names: &[&str]| names.iter().find_map(|name| variables.get(&format!("{prefix}{name}"))).map(str::to_owned);
    let said = first(&["CONNECTION", "ENGINE", "TYPE", "DIALECT", "ADAPTER", "DRIVER", "CLIENT"]);
    let database = first(&["DATABASE", "NAME", "DB", "DBNAME", "DATABASE_NAME"]);
    let host = first(&["HOST", "HOSTNAME", "SERVER", "ADDRESS"]);
    let user = first(&["USERNAME", "USER"]);
    if database.is_none() && (host.is_none() || user.is_none()) {
        return None;
    }
    let port = first(&["PORT"]);
    let by_port = match port.as_deref() {
        Some("5432") => Some(EngineKind::Postgres),
        Some("3306") => Some(EngineKind::Mysql),
        _ => None,
    };
    let mut draft = Draft { engine: engine.or(said.as_deref().and_then(product)), ..Draft::default() };
    match (&said, draft.engine) {
        (Some(name), None) => draft.remarks.push(unknown_product(name)),
        (None, None) => draft.engine = by_port,
        _ => {}
    }
    if draft.engine == Some(EngineKind::Sqlite) {
        draft.path = database.map(Into::into);
        return Some(named(prefix, said.as_deref(), draft));
    }
    draft.port = port.and_then(|port| {
        let number = port.trim().parse().ok();
        if number.is_none() {
            draft.remarks.push("The port is not a number.".to_owned());
        }
        number
    });
    draft.with_password(
        &first(&["PASSWORD", "PASS", "PASSWD"]).map(secrecy::zeroize::Zeroizing::new).unwrap_or_default(),
    );
    draft.user = user;
    administrator(&mut draft, prefix, variables);
    (draft.host, draft.database) = (host, database);
    Some(named(prefix, said.as_deref(), draft))
}

// As the images of MySQL and MariaDB are told.
fn administrator(draft: &mut Draft, prefix: &str, variables: &Variables) {
    if draft.user.is_none()
        && let Some(password) = variables.get(&format!("{prefix}ROOT_PASSWORD"))
    {
        draft.user = Some("root".to_owned());
        draft.with_password(password);
    }
}

fn named(prefix: &str, said: Option<&str>, draft: Draft) -> Found {
    // Laravel says `DB_CONNECTION`, and nobody else does.
    let laravel = prefix == "DB_" && said.is_some_and(|said| ["pgsql", "mysql", "mariadb", "sqlite"].contains(&said));
    Found { source: laravel.then_some(Source::Laravel), ..Found::new(format!("{prefix}*"), draft) }
}
