//! What keys of text hold: UUIDs in which spellings, values that are none, two spellings of
//! the same, references that are spelt differently from their key.

use super::{Found, finding};
use crate::check::{Finding, Severity};
use crate::dialect::mysql::quote::{ident, table};
use crate::dialect::mysql::text::{self, Comparison, LONGEST};
use crate::dialect::text::{self as keys, Census};
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::plan::{Conversion, ConversionKind, Storage};
use crate::schema::{ColumnName, Schema};

/// How ids of 36 letters are stored.
const OWN_TYPE: (&str, &str) = ("char(36)", "ascii_bin");

/// Looks at every key of text and what references it.
pub async fn look(connection: &mut dyn Connection, schema: &Schema, conversions: &[Conversion]) -> Result<Found> {
    let mut found = Found::new();
    for conversion in conversions.iter().filter(|one| one.kind == ConversionKind::TextToUuid) {
        for member in &conversion.members {
            let column = &member.column;
            let mut findings = if *column == conversion.root {
                key(connection, schema, conversion).await?
            } else {
                reference(connection, schema, conversion, column).await?
            };
            findings.extend(long(connection, schema, column).await?);
            findings.extend(odd(connection, conversion, column).await?);
            found.extend(findings.into_iter().map(|finding| (column.clone(), finding)));
        }
    }
    Ok(found)
}

fn values(column: &ColumnName) -> String {
    let own = format!("c.{}", ident(&column.column));
    format!("SELECT {} AS t FROM {} c WHERE {own} IS NOT NULL", text::utf8(&own), table(&column.table))
}

async fn key(connection: &mut dyn Connection, schema: &Schema, conversion: &Conversion) -> Result<Vec<Finding>> {
    let root = &conversion.root;
    let rows = values(root);
    let Some(counts) = numbers(connection, &census(&rows)).await? else { return Ok(Vec::new()) };
    let Some(census) = Census::of(&counts) else { return Ok(Vec::new()) };
    if let Some(finding) = census.unsaid(schema, root) {
        return Ok(vec![finding]);
    }
    if settled(connection, schema, conversion).await? {
        return Ok(vec![keys::already(root)]);
    }
    let mut found = Vec::new();
    if census.malformed() > 0 {
        found.push(census.malformed_key(root, &sample(connection, &rows).await?));
    }
    found.extend(keys::wrapped(root, census.wrapped));
    found.extend(census.shapes(
        root,
        match conversion.storage {
            Storage::Uuid => "in the server's own type",
            Storage::Binary16 => "as 16 bytes",
            Storage::Char36 => "in lower case with four hyphens",
        },
        "The map keeps each spelling for the undo. An application that looks rows up by another spelling, such as Django's 32 digits, must be told.",
    ));
    let pairs = format!(
        "SELECT GROUP_CONCAT(QUOTE(d.t) ORDER BY CAST(d.t AS BINARY) SEPARATOR ' and ') FROM \
         (SELECT v.t, {} AS id FROM ({rows}) v) d WHERE d.id IS NOT NULL GROUP BY d.id HAVING COUNT(*) > 1 ORDER BY 1",
        text::digits_within("v.t")
    );
    found.extend(keys::twice(root, &firsts(connection, &pairs).await?));
    Ok(found)
}

fn census(rows: &str) -> String {
    let count = |condition: &str| format!("CAST(COUNT(CASE WHEN {condition} THEN 1 END) AS CHAR)");
    let counts = [
        "TRUE",
        "d.plain IS NOT NULL",
        "d.plain IS NULL AND d.within IS NOT NULL",
        "d.plain IS NOT NULL AND CAST(d.t AS BINARY) <> CAST(LOWER(d.t) AS BINARY)",
        "d.plain IS NOT NULL AND d.t LIKE '{%'",
        "d.plain IS NOT NULL AND d.t NOT LIKE '%-%'",
        "d.plain IN (REPEAT('0', 32), REPEAT('F', 32))",
    ];
    format!(
        "SELECT {} FROM (SELECT v.t, {} AS plain, {} AS within FROM ({rows}) v) d",
        counts.map(count).join(", "),
        text::digits("v.t"),
        text::digits_within("v.t")
    )
}

// Key and references are what they would become.
async fn settled(connection: &mut dyn Connection, schema: &Schema, conversion: &Conversion) -> Result<bool> {
    let is_own = |column: &ColumnName| {
        let key =
            crate::dialect::mysql::quote::key("column", &[&column.table.schema, &column.table.name, &column.column]);
        let collation = schema.catalogue.objects.get(&key).and_then(|object| object.get("collation_name"));
        let found = schema.tables.get(&column.table).and_then(|table| table.column(&column.column));
        found.is_some_and(|found| found.type_name == OWN_TYPE.0) && collation.is_some_and(|own| own == OWN_TYPE.1)
    };
    if conversion.storage != Storage::Char36 || !conversion.members.iter().all(|member| is_own(&member.column)) {
        return Ok(false);
    }
    for member in &conversion.members {
        let own = format!("c.{}", ident(&member.column.column));
        let sql = format!(
            "SELECT CAST(EXISTS (SELECT 1 FROM {} c WHERE {own} IS NOT NULL AND NOT ({own} = LOWER({own}) AND {own} LIKE '________-____-____-____-____________' AND {} IS NOT NULL)) AS CHAR)",
            table(&member.column.table),
            text::digits(&text::utf8(&own))
        );
        if numbers(connection, &sql).await?.as_deref() != Some(&[0]) {
            return Ok(false);
        }
    }
    Ok(true)
}

// The rows whose value the key does not have in that very spelling. Never is the key compared
// with the bare column: MariaDB then puts one in the place of the other in the comparison of
// bytes too.
fn others(schema: &Schema, root: &ColumnName, column: &ColumnName) -> String {
    let (own, key) = (format!("c.{}", ident(&column.column)), format!("r.{}", ident(&root.column)));
    let compared = Comparison::of(schema, root).map_or_else(|| own.clone(), |how| how.cast(&text::utf8(&own)));
    format!(
        "SELECT {} AS t FROM {} c LEFT JOIN {} r ON {key} = {compared} AND {} = {} WHERE {own} IS NOT NULL AND {key} IS NULL",
        text::utf8(&own),
        table(&column.table),
        table(&root.table),
        text::bytes(&key),
        text::bytes(&own)
    )
}

async fn reference(
    connection: &mut dyn Connection,
    schema: &Schema,
    conversion: &Conversion,
    column: &ColumnName,
) -> Result<Vec<Finding>> {
    let root = &conversion.root;
    // What the key itself holds is asked about with the key.
    let rows = others(schema, root, column);
    let sql = format!(
        "SELECT CAST(COUNT(*) AS CHAR), CAST(COUNT(CASE WHEN d.plain IS NULL THEN d.within END) AS CHAR), \
         CAST(COUNT(CASE WHEN d.within IS NULL THEN 1 END) AS CHAR) \
         FROM (SELECT v.t, {} AS plain, {} AS within FROM ({rows}) v) d",
        text::digits("v.t"),
        text::digits_within("v.t")
    );
    let Some(counts) = numbers(connection, &sql).await? else { return Ok(Vec::new()) };
    let [all, wrapped, malformed] = counts[..] else { return Ok(Vec::new()) };
    let mut found: Vec<Finding> = keys::wrapped(column, wrapped).into_iter().collect();
    if malformed > 0 && !keys::makes_new(conversion) {
        found.push(keys::malformed_reference(root, column, malformed, &sample(connection, &rows).await?));
    }
    if all > 0 {
        let spelt = numbers(connection, &spelt(schema, conversion, column)).await?;
        let rows = spelt.and_then(|counts| counts.first().copied()).unwrap_or_default();
        let keyed = schema.tables.get(&column.table).is_some_and(|table| table.primary_key.is_some());
        found.extend(keys::spelt(column, rows, keyed));
    }
    Ok(found)
}

// Where the key lacks the value, the first spelling in order stands for it. Texts that are no
// UUIDs are the same where the key's collation holds them for it.
fn spelt(schema: &Schema, conversion: &Conversion, column: &ColumnName) -> String {
    let root = &conversion.root;
    let (key, keys) = (format!("r.{}", ident(&root.column)), table(&root.table));
    let members = conversion.members.iter().map(|member| &member.column).filter(|one| *one != root);
    let all: Vec<String> = members.map(|member| others(schema, root, member)).collect();
    let comparison = Comparison::of(schema, root);
    // What the key's character set cannot hold is like nothing but itself.
    let (alike, held) = comparison.map_or_else(
        || (text::utf8("s.b"), "1".to_owned()),
        |how| (how.cast(&text::utf8("s.b")), how.can_hold(&text::utf8("s.b"))),
    );
    format!(
        "WITH s AS (SELECT DISTINCT CAST(n.t AS BINARY) AS b FROM ({}) n), \
         i AS (SELECT s.b, CAST({} AS CHAR(32)) AS id, {alike} AS alike, {held} AS held FROM s), \
         k AS (SELECT i.b, CASE \
         WHEN i.id IS NOT NULL THEN i.id IN (SELECT q.id FROM (SELECT CAST({} AS CHAR(32)) AS id FROM {keys} r) q WHERE q.id IS NOT NULL) OR i.b <> MIN(i.b) OVER (PARTITION BY i.id) \
         WHEN i.held THEN EXISTS (SELECT 1 FROM {keys} r WHERE {key} = i.alike) OR i.b <> MIN(i.b) OVER (PARTITION BY i.id, i.held, i.alike) \
         ELSE 0 END AS other FROM i) \
         SELECT CAST(COUNT(*) AS CHAR) FROM ({}) n JOIN k ON k.b = CAST(n.t AS BINARY) WHERE k.other",
        all.join(" UNION ALL "),
        text::digits_within(&text::utf8("s.b")),
        text::digits_within(&text::utf8(&key)),
        others(schema, root, column)
    )
}

// A map is looked up by an index, whose entries have a limit.
async fn long(connection: &mut dyn Connection, schema: &Schema, column: &ColumnName) -> Result<Option<Finding>> {
    let found = schema.tables.get(&column.table).and_then(|table| table.column(&column.column));
    if found.and_then(text::bytes_at_most).is_some_and(|bytes| bytes <= LONGEST) {
        return Ok(None);
    }
    let sql = format!("SELECT CAST(COUNT(*) AS CHAR) FROM ({}) v WHERE LENGTH(v.t) > {LONGEST}", values(column));
    let rows = numbers(connection, &sql).await?.and_then(|counts| counts.first().copied()).unwrap_or_default();
    let meaning = format!("{rows} values are longer than {LONGEST} bytes, which is what an index can hold.");
    let remedy = "Shorten these values first, or leave this key as it is.";
    Ok((rows > 0).then(|| finding(Severity::Block, "RK-325", column, &meaning, remedy)))
}

// MariaDB's own type keeps some versions in another order of their bytes, and knows by version and
// variant which; a version from 8 on with a variant of before 1990 it refuses (1292).
async fn odd(connection: &mut dyn Connection, conversion: &Conversion, column: &ColumnName) -> Result<Option<Finding>> {
    if conversion.storage != Storage::Uuid {
        return Ok(None);
    }
    let sql = format!(
        "SELECT QUOTE(d.t) FROM (SELECT v.t, {} AS id FROM ({}) v) d \
         WHERE d.id REGEXP '^.{{12}}[89A-F].{{3}}[0-7]' ORDER BY CAST(d.t AS BINARY) LIMIT {}",
        text::digits_within("v.t"),
        values(column),
        keys::SHOWN
    );
    let shown = firsts(connection, &sql).await?;
    let meaning = format!(
        "Some values are UUIDs of a version and a variant that the server's own type does not take, such as {}.",
        shown.join(", ")
    );
    let remedy = "Choose to store the ids as 16 bytes or as 36 letters, or leave this key as it is.";
    Ok((!shown.is_empty()).then(|| finding(Severity::Block, "RK-328", column, &meaning, remedy)))
}

async fn sample(connection: &mut dyn Connection, rows: &str) -> Result<String> {
    let sql = format!(
        "SELECT QUOTE(v.t) FROM ({rows}) v WHERE {} IS NULL ORDER BY CAST(v.t AS BINARY) LIMIT {}",
        text::digits_within("v.t"),
        keys::SHOWN
    );
    Ok(firsts(connection, &sql).await?.join(", "))
}

/// The cells of one row as numbers; none where they may not be read.
pub async fn numbers(connection: &mut dyn Connection, sql: &str) -> Result<Option<Vec<u64>>> {
    let Some(rows) = readable(connection.query(sql).await)? else { return Ok(None) };
    let row = rows.into_iter().next().unwrap_or_default();
    Ok(Some(row.into_iter().map(|cell| cell.and_then(|text| text.parse().ok()).unwrap_or_default()).collect()))
}

async fn firsts(connection: &mut dyn Connection, sql: &str) -> Result<Vec<String>> {
    let rows = readable(connection.query(sql).await)?.unwrap_or_default();
    Ok(rows.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect())
}

// Who plans may be another than who runs, and may not read the rows.
fn readable(answer: Result<Vec<Row>>) -> Result<Option<Vec<Row>>> {
    match answer {
        Ok(rows) => Ok(Some(rows)),
        Err(Error::Rights { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
