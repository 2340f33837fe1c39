//! The canonical description of the whole catalogue, in a handful of catalogue-wide queries.
//!
//! Schema `rekey` and everything in it is left out, as is what an extension brought
//! along: the extension with its version stands for that. Objects go by their names and
//! their definitions, never by their numbers, so that the same schema reads the same on
//! another server. Roles, tablespaces and the database itself, which belong to the server,
//! are named where something refers to them and not described.

mod attached;
mod code;
pub mod lineage;
mod relations;
mod whole;

use std::collections::BTreeMap;

use serde_json::Value;

use super::quote;
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{Attributes, Catalogue};

/// Reads it.
pub async fn read(connection: &mut dyn Connection) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    let version = version(connection).await?;
    let later = whole::LATER.iter().filter(|(since, _)| version >= *since).map(|(_, query)| query);
    let always = [relations::QUERIES, attached::QUERIES, code::QUERIES, whole::QUERIES];
    for query in always.into_iter().flatten().chain(later) {
        for row in connection.query(&complete(query)).await? {
            let (key, attributes) = entry(&row)?;
            if catalogue.objects.insert(key.clone(), attributes).is_some() {
                return Err(Error::Internal { detail: format!("two objects of the catalogue are called '{key}'") });
            }
        }
    }
    lineage::add(connection, &mut catalogue).await?;
    Ok(catalogue)
}

async fn version(connection: &mut dyn Connection) -> Result<u32> {
    let rows = connection.query("SELECT current_setting('server_version_num')").await?;
    let number = rows.into_iter().flatten().flatten().next().unwrap_or_default();
    number.parse().map_err(|_| Error::Internal { detail: format!("'{number}' is no version of a server") })
}

/// Fills in what all queries share: `{user}` for a schema of the user's, and `{own ...}` for
/// what no extension brought along. Only in queries that are written in this program: in one
/// with names of the user's, a table named `{user}` would be filled in too.
pub fn complete(query: &'static str) -> String {
    let mut sql = query.replace("{user}", "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'rekey')");
    for (word, class, oid) in
        [("{own class}", "pg_class", "c.oid"), ("{own proc}", "pg_proc", "p.oid"), ("{own type}", "pg_type", "t.oid")]
    {
        sql = sql.replace(word, &not_of_an_extension(class, oid));
    }
    while let Some((head, (class, tail))) =
        sql.split_once("{own ").and_then(|(head, rest)| Some((head, rest.split_once('}')?)))
    {
        sql = format!("{head}{}{tail}", not_of_an_extension(class, "o.oid"));
    }
    sql
}

fn not_of_an_extension(class: &str, oid: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '{class}'::regclass AND x.objid = {oid} AND x.deptype = 'e')"
    )
}

fn entry(row: &[Option<String>]) -> Result<(String, Attributes)> {
    let [Some(kind), Some(parts), Some(attributes)] = row else {
        return Err(Error::Internal { detail: "a row of the catalogue is incomplete".to_owned() });
    };
    let parts: Vec<String> = json(parts)?;
    let attributes: BTreeMap<String, Value> = json(attributes)?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let attributes =
        attributes.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, text(value)));
    Ok((quote::key(kind, &parts), attributes.collect()))
}

/// Reads what the server wrote as JSON.
pub fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|problem| Error::Internal { detail: format!("the catalogue cannot be read: {problem}") })
}

fn text(value: Value) -> String {
    if let Value::String(text) = value { text } else { value.to_string() }
}
