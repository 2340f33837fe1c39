//! Keys of text as expressions of MySQL and MariaDB: what is a UUID in some spelling, and
//! which texts the server holds for one.
//!
//! Collations hold texts for the same that differ in case, in accents or in blanks behind
//! them, so spellings are told apart by their bytes in UTF-8, and rows find their keys as the
//! key's own collation has it.

use super::quote;
use crate::dialect::text::unwraps;
use crate::plan::Conversion;
use crate::schema::{Column, ColumnName, Schema};

/// The longest value of a key that a map can hold, in bytes: what an entry of an index allows.
pub const LONGEST: u64 = 3_072;
/// Bytes of a character of UTF-8.
const BYTES: u64 = 4;
/// 32 digits with a hyphen after each four and a pair of braces.
const LONGEST_UUID: usize = 41;
const GROUPS: &str = "([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}";
// The server reads the escapes. The last one is a blank that does not break lines.
const BLANKS: &str = "[ \\t\\r\\n\u{a0}]";

/// A text in the characters of all texts.
pub fn utf8(expression: &str) -> String {
    format!("CONVERT({expression} USING utf8mb4)")
}

/// A text as bytes that tell any two spellings apart.
pub fn bytes(expression: &str) -> String {
    format!("CAST({} AS BINARY)", utf8(expression))
}

/// The 32 digits of the UUID that a text in UTF-8 is, in either case, with or without braces,
/// a hyphen after any four digits or none; NULL where it is none.
pub fn digits(text: &str) -> String {
    let bare = format!("UPPER(REPLACE(REPLACE(REPLACE({text}, '-', ''), '{{', ''), '}}', ''))");
    // The end of a line is an end to the server; the count of digits is not deceived.
    format!(
        "CASE WHEN CHAR_LENGTH({text}) <= {LONGEST_UUID} AND {text} COLLATE utf8mb4_bin REGEXP '^([{{]{GROUPS}[}}]|{GROUPS})$' \
         AND CHAR_LENGTH({bare}) = 32 THEN {bare} END"
    )
}

/// The same of the UUID that stands in a text, behind `urn:uuid:` or between blanks.
pub fn digits_within(text: &str) -> String {
    digits(&stripped(text))
}

fn stripped(text: &str) -> String {
    format!(
        "REGEXP_REPLACE(REGEXP_REPLACE({text}, '^{BLANKS}*([uU][rR][nN]:[uU][uU][iI][dD]:)?', ''), '{BLANKS}+$', '')"
    )
}

/// The 32 digits of the UUID that a text in UTF-8 counts as, by what was answered.
pub fn read(conversion: &Conversion, text: &str) -> String {
    if unwraps(conversion) { digits_within(text) } else { digits(text) }
}

/// How the server compares the texts of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    charset: String,
    collation: String,
}

impl Comparison {
    /// Of a column; none where it holds no texts.
    pub fn of(schema: &Schema, column: &ColumnName) -> Option<Self> {
        let key = quote::key("column", &[&column.table.schema, &column.table.name, &column.column]);
        let attributes = schema.catalogue.objects.get(&key)?;
        Some(Comparison {
            charset: attributes.get("character_set_name")?.clone(),
            collation: attributes.get("collation_name")?.clone(),
        })
    }

    /// A text in UTF-8 as one that is compared so.
    pub fn cast(&self, text: &str) -> String {
        format!("CONVERT({text} USING {}) COLLATE {}", self.charset, self.collation)
    }

    /// A type of texts that are compared so.
    pub fn declared(&self, type_name: &str) -> String {
        format!("{type_name} CHARACTER SET {} COLLATE {}", self.charset, self.collation)
    }

    /// The name of the character set and of the collation.
    pub fn names(&self) -> (&str, &str) {
        (&self.charset, &self.collation)
    }

    /// True where the key's character set has all characters of a text in UTF-8.
    pub fn can_hold(&self, text: &str) -> String {
        format!("{} = CAST({text} AS BINARY)", bytes(&format!("CONVERT({text} USING {})", self.charset)))
    }
}

/// A column's value as one that its key can be compared with.
pub fn comparable(schema: &Schema, root: &ColumnName, column: &ColumnName, own: &str) -> String {
    match Comparison::of(schema, root) {
        Some(comparison) if Comparison::of(schema, column).as_ref() != Some(&comparison) => comparison.cast(&utf8(own)),
        Some(_) | None => own.to_owned(),
    }
}

/// How many characters a column of text holds at most; none where it is one of the long kinds.
pub fn room(column: &Column) -> Option<u64> {
    let (_, rest) = column.type_name.split_once('(')?;
    rest.split(')').next()?.parse().ok()
}

/// How many bytes its values take at most; none where it is one of the long kinds.
pub fn bytes_at_most(column: &Column) -> Option<u64> {
    room(column).map(|characters| characters * BYTES)
}

/// The type of the old ids in a map of texts: wide enough for every column of the domain.
pub fn map_type(schema: &Schema, conversion: &Conversion) -> String {
    let bytes = conversion.members.iter().map(|member| {
        let column = schema.tables.get(&member.column.table)?.column(&member.column.column)?;
        bytes_at_most(column)
    });
    let widest = bytes.map(|bytes| bytes.unwrap_or(LONGEST).min(LONGEST)).max().unwrap_or(LONGEST);
    // What is written since may be spelt in 36 letters.
    format!("VARBINARY({})", widest.max(36))
}
