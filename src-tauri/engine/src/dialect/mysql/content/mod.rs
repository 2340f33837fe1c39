//! What a database holds, in a form in which it and its faithful copy are the same.
//!
//! The database's own name is left out where the server's answers give it by itself. Texts of
//! definitions are as the server writes them for a session in that database: it leaves its name
//! out there, or writes it on both sides alike, since a dump holds the very same text.

mod numbers;
mod rows;

use std::collections::BTreeMap;

use super::catalogue;
use super::header::without_database;
use super::read::{self, Raw};
use crate::backup::Content;
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::Catalogue;

pub use numbers::next_numbers;

/// What the database is called in a content, whatever its name.
const NAMELESS: &str = "database";

/// Reads it all.
pub async fn content(connection: &mut dyn Connection) -> Result<Content> {
    let raw = read::read_own(connection).await?;
    complete(&raw)?;
    let mut digests = rows::digests(connection, &raw).await?;
    digests.extend(next_numbers(connection).await?.into_iter().map(|(name, next)| (name, next.to_string())));
    Ok(Content { catalogue: faithful(raw), digests })
}

// What is not seen could be lost unseen.
fn complete(raw: &Raw) -> Result<()> {
    for row in raw.of("tables") {
        let name = row.table("TABLE_SCHEMA", "TABLE_NAME");
        let kind = match row.text("TABLE_TYPE") {
            "VIEW" => "VIEW",
            "SEQUENCE" => "SEQUENCE",
            _ => "TABLE",
        };
        if !raw.created.contains_key(&(kind, name.clone())) {
            let detail = format!("the server does not show this user how {} was made (SHOW CREATE {kind})", name.name);
            return Err(Error::Rights { detail });
        }
    }
    Ok(())
}

fn faithful(raw: Raw) -> Catalogue {
    let own = raw.database.clone();
    let mut found = catalogue::catalogue(&raw.renamed(NAMELESS));
    // A dump does not hold what was granted, nor what the server counted.
    let undumped = ["right ", "histogram "];
    found.objects.retain(|name, _| !undumped.iter().any(|kind| name.starts_with(kind)));
    for (name, attributes) in &mut found.objects {
        if name.starts_with("trigger ") {
            attributes.entry("sql".to_owned()).and_modify(|sql| *sql = unnamed(sql, &own));
        }
        if name.starts_with("column ") {
            attributes.entry("sql".to_owned()).and_modify(|sql| *sql = without_charset(sql));
        }
        if name.starts_with("event ") {
            attributes.entry("status".to_owned()).and_modify(|status| *status = awake(status));
        }
        // That which was asked for is among the options; the rest is the server's choice.
        if name.starts_with("table ") {
            attributes.remove("row_format");
            // What is among the options of the text, once it is spelled out there.
            attributes.remove("create_options");
        }
    }
    found
}

fn unnamed(sql: &str, database: &str) -> String {
    String::from_utf8_lossy(&without_database(sql.as_bytes(), database)).trim_end().to_owned()
}

// MySQL writes a column's character set out where a dump gave its collation and nothing where
// its table did. Both are told by themselves. Texts and expressions stay as they are.
fn without_charset(sql: &str) -> String {
    let (mut kept, mut rest, mut quote, mut depth) = (String::new(), sql, None, 0_u32);
    while let Some(letter) = rest.chars().next() {
        let word = [" CHARACTER SET ", " COLLATE "].into_iter().find(|word| rest.starts_with(word));
        if let (Some(word), None, 0) = (word, quote, depth) {
            let behind = &rest[word.len()..];
            rest = &behind[behind.find(' ').unwrap_or(behind.len())..];
            continue;
        }
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '`' | '"') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (Some(_) | None, _) => {}
        }
        kept.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    kept
}

// In a copy, events that are at work are put to sleep as those of a replica are.
fn awake(status: &str) -> String {
    if status.contains("SIDE_DISABLED") { "ENABLED".to_owned() } else { status.to_owned() }
}

type Digests = BTreeMap<String, String>;

#[cfg(test)]
mod tests {
    use super::without_charset;

    #[test]
    fn only_the_columns_own_character_set_is_left_out() {
        for (told, kept) in [
            ("varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL", "varchar(9) NOT NULL"),
            ("enum('a COLLATE b') COLLATE utf8mb4_bin", "enum('a COLLATE b')"),
            (
                "int GENERATED ALWAYS AS (a COLLATE x = b) COMMENT ' COLLATE '",
                "int GENERATED ALWAYS AS (a COLLATE x = b) COMMENT ' COLLATE '",
            ),
        ] {
            assert_eq!(without_charset(told), kept);
        }
    }
}
