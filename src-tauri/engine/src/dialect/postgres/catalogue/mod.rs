//! The canonical description of the whole catalogue, in a handful of catalogue-wide queries.
//!
//! Schema `rekey` and everything in it is left out, as is what an extension brought
//! along: the extension with its version stands for that.

pub mod lineage;
mod objects;
mod relations;

use std::collections::BTreeMap;

use serde_json::Value;

use super::quote;
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{Attributes, Catalogue};

/// Reads it.
pub async fn read(connection: &mut dyn Connection) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    for query in relations::QUERIES.iter().chain(objects::QUERIES) {
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

/// Fills in what all queries share.
pub fn complete(query: &str) -> String {
    let mut sql = query.replace("{user}", "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'rekey')");
    for (word, class, oid) in [
        ("{own class}", "pg_class", "c.oid"),
        ("{own proc}", "pg_proc", "p.oid"),
        ("{own type}", "pg_type", "t.oid"),
        ("{own object}", "{class}", "o.oid"),
    ] {
        sql = sql.replace(word, &format!(
            "NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '{class}'::regclass AND x.objid = {oid} AND x.deptype = 'e')"
        ));
    }
    sql
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
