//! A column of short ids beside the key: eleven letters and digits.

use super::super::ddl::TableText;
use super::super::quote;
use super::super::uuid;
use super::super::version::Version;
use super::announce::comes;
use super::work::TableWork;
use crate::plan::{Announcement, Assertion};
use crate::schema::TableName;

const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 11;
/// Wide enough for longer ones that an application may make.
const TYPE: &str = "varchar(22)";

/// The column as the table's text has it. Its default is computed anew for every row; where
/// two came out alike, which one in 10^19 does, the index stops the run.
pub fn definition(version: &Version, column: &str) -> String {
    format!(
        "{} {TYPE} CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ({})",
        quote::ident(column),
        default(version)
    )
}

fn default(version: &Version) -> String {
    // Out of 2 to the 56th: what is left favours no letter that one could tell.
    let number = if uuid::has_random_bytes(version) {
        format!("CONV(HEX({}), 16, 10) MOD {}", uuid::random_bytes(version, 7), LETTERS.len())
    } else {
        format!("FLOOR(RAND() * {})", LETTERS.len())
    };
    let letter = format!("SUBSTR('{LETTERS}', 1 + {number}, 1)");
    format!("CONCAT({})", vec![letter; LENGTH].join(", "))
}

/// The index that keeps them apart.
pub fn index(table: &TableWork<'_>, column: &str) -> String {
    format!("UNIQUE KEY {} ({})", quote::ident(&index_name(&table.text, column)), quote::ident(column))
}

/// Its name: the column's own, unless an index has it.
pub fn index_name(table: &TableText, column: &str) -> String {
    let taken = |name: &String| table.indexes.iter().any(|index| index.name.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{column}_{number}"));
    std::iter::once(column.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// What comes into the catalogue with it.
pub fn announced(table: &TableWork<'_>, column: &str) -> Vec<Announcement> {
    let name = &table.table.name;
    let key = |kind: &str, own: &str| quote::key(kind, &[&name.schema, &name.name, own]);
    [key("column", column), key("index", &index_name(&table.text, column))].map(comes).into()
}

/// That it is what was asked for in every row of the table while it has that name, and that an
/// index keeps them apart.
pub fn query(table: &TableWork<'_>, column: &str, name: &TableName) -> String {
    format!(
        "SELECT CAST((SELECT COUNT(*) FROM {} o WHERE NOT (o.{} REGEXP '^[0-9A-Za-z]{{{LENGTH}}}$')) + \
         (SELECT COUNT(*) = 0 FROM information_schema.statistics WHERE table_schema = {} AND table_name = {} \
         AND index_name = {} AND column_name = {} AND non_unique = 0) AS CHAR)",
        quote::table(name),
        quote::ident(column),
        quote::literal(&name.schema),
        quote::literal(&name.name),
        quote::literal(&index_name(&table.text, column)),
        quote::literal(column)
    )
}

/// The same as an assertion.
pub fn assertion(table: &TableWork<'_>, column: &str) -> Assertion {
    let name = &table.table.name;
    Assertion {
        id: format!("slug {name}.{column}"),
        title: format!("Every row of {name} has a short id of {LENGTH} letters and digits"),
        sql: query(table, column, name),
        expect: "0".to_owned(),
        lasting: false,
    }
}
