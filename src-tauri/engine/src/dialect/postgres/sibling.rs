//! Databases of our own beside the user's: what they must be made with, and how to tell them
//! from every other one.

use std::collections::BTreeMap;

use super::quote;
use crate::dialect::Connection;
use crate::error::Result;

/// First version whose databases say who sorts for them.
const PROVIDERS: u32 = 150_000;

/// The cluster's own number, made with it and the same under every address, and the database's.
///
/// Who may not ask for it is told the moment since which the archiver is counted instead:
/// everybody may read that, it is as old as the cluster and outlives a restart, and no two
/// clusters share it to the microsecond. (The start of the server would not outlive one, and
/// its address depends on where somebody comes from.)
pub async fn identity(connection: &mut dyn Connection) -> Result<String> {
    let asked = value(connection, "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')::text").await?;
    let cluster = if asked == "true" {
        "SELECT system_identifier::text FROM pg_control_system()"
    } else {
        "SELECT 'counted since ' || extract(epoch FROM stats_reset)::text FROM pg_stat_archiver"
    };
    let cluster = value(connection, cluster).await?;
    let database = value(connection, "SELECT oid::text FROM pg_database WHERE datname = current_database()").await?;
    Ok(format!("postgresql {cluster} {database}"))
}

/// What the database takes on disk.
pub async fn bytes(connection: &mut dyn Connection) -> Result<u64> {
    let told = value(connection, "SELECT pg_database_size(current_database())::text").await?;
    Ok(told.parse().unwrap_or_default())
}

// Read through the row, since the columns differ: the provider came with version 15, and what
// it sorts by is called otherwise since 17.
const SETTINGS: &str = "
SELECT e.key, e.value FROM pg_database d CROSS JOIN LATERAL (VALUES
  ('encoding', pg_encoding_to_char(d.encoding)),
  ('lc_collate', to_jsonb(d) ->> 'datcollate'),
  ('lc_ctype', to_jsonb(d) ->> 'datctype'),
  ('locale_provider', CASE to_jsonb(d) ->> 'datlocprovider' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' END),
  ('locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')),
  ('icu_rules', to_jsonb(d) ->> 'daticurules')) e(key, value)
WHERE d.datname = current_database() AND e.value IS NOT NULL";

/// Encoding and order of texts.
pub async fn settings(connection: &mut dyn Connection) -> Result<BTreeMap<String, String>> {
    let mut settings = BTreeMap::new();
    for row in connection.query(SETTINGS).await? {
        if let [Some(key), Some(value)] = row.as_slice() {
            settings.insert(key.clone(), value.clone());
        }
    }
    Ok(settings)
}

/// Makes an empty database.
pub async fn create(connection: &mut dyn Connection, name: &str, settings: &BTreeMap<String, String>) -> Result<()> {
    let version = value(connection, "SELECT current_setting('server_version_num')").await?;
    connection.execute(&statement(name, settings, version.parse().unwrap_or_default())).await
}

// Of template0, in which nobody has put anything.
fn statement(name: &str, settings: &BTreeMap<String, String>, version: u32) -> String {
    let mut words = vec![("ENCODING", "encoding"), ("LC_COLLATE", "lc_collate"), ("LC_CTYPE", "lc_ctype")];
    if version >= PROVIDERS {
        words.push(("LOCALE_PROVIDER", "locale_provider"));
        match settings.get("locale_provider").map(String::as_str) {
            Some("icu") => words.extend([("ICU_LOCALE", "locale"), ("ICU_RULES", "icu_rules")]),
            Some("builtin") => words.push(("BUILTIN_LOCALE", "locale")),
            Some(_) | None => {}
        }
    }
    let mut sql = format!("CREATE DATABASE {} TEMPLATE template0", quote::ident(name));
    for (word, key) in words {
        if let Some(value) = settings.get(key) {
            sql.push_str(&format!(" {word} {}", quote::literal(value)));
        }
    }
    sql
}

async fn value(connection: &mut dyn Connection, sql: &str) -> Result<String> {
    Ok(connection.query(sql).await?.into_iter().flatten().flatten().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(version: u32, settings: &[(&str, &str)]) -> String {
        let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        statement("a\"b", &settings, version)
    }

    #[test]
    fn names_and_values_are_quoted() {
        assert_eq!(
            made(140_000, &[("encoding", "UTF8"), ("lc_collate", "it's"), ("locale_provider", "libc")]),
            "CREATE DATABASE \"a\"\"b\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'it''s'"
        );
    }

    #[test]
    fn each_provider_is_told_what_it_sorts_by() {
        let icu = [("locale_provider", "icu"), ("locale", "de-AT"), ("icu_rules", "&a < b")];
        assert_eq!(
            made(160_000, &icu),
            "CREATE DATABASE \"a\"\"b\" TEMPLATE template0 LOCALE_PROVIDER 'icu' ICU_LOCALE 'de-AT' ICU_RULES '&a < b'"
        );
        assert!(
            made(170_000, &[("locale_provider", "builtin"), ("locale", "C.UTF-8")])
                .ends_with("BUILTIN_LOCALE 'C.UTF-8'")
        );
        assert!(made(150_000, &[("locale_provider", "libc")]).ends_with("LOCALE_PROVIDER 'libc'"));
    }
}
