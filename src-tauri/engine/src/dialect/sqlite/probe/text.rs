//! What keys of text hold: UUIDs in which spellings, values that are none, two spellings of
//! the same, references that are spelt differently from their key.

use super::{Found, count, finding};
use crate::check::{Finding, Severity};
use crate::dialect::Connection;
use crate::dialect::sqlite::quote;
use crate::dialect::text::{self, Census};
use crate::error::Result;
use crate::plan::{Conversion, ConversionKind, Storage};
use crate::schema::{ColumnName, Schema};

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
            findings.extend(stored(connection, column).await?);
            findings.extend(default(connection, schema, conversion.storage, column).await?);
            found.extend(findings.into_iter().map(|finding| (column.clone(), finding)));
        }
    }
    Ok(found)
}

// Key and references are what they would become.
async fn settled(connection: &mut dyn Connection, conversion: &Conversion) -> Result<bool> {
    for member in &conversion.members {
        let own = quote::name(&member.column.column);
        let table = quote::name(&member.column.table.name);
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {table} WHERE {own} IS NOT NULL AND {own} IS NOT rekey_uuid({own}) COLLATE BINARY)"
        );
        if numbers(connection, &sql).await? != [0] {
            return Ok(false);
        }
    }
    Ok(true)
}

fn values(column: &ColumnName) -> String {
    let own = quote::name(&column.column);
    format!("SELECT {own} AS t FROM {} WHERE {own} IS NOT NULL", quote::name(&column.table.name))
}

async fn key(connection: &mut dyn Connection, schema: &Schema, conversion: &Conversion) -> Result<Vec<Finding>> {
    let root = &conversion.root;
    let rows = values(root);
    let (plain, within) = ("rekey_uuid(v.t) IS NOT NULL", "rekey_uuid_within(v.t) IS NOT NULL");
    let sql = format!(
        "SELECT count(*), count(*) FILTER (WHERE {plain}), count(*) FILTER (WHERE {within} AND NOT {plain}), \
         count(*) FILTER (WHERE {plain} AND v.t GLOB '*[A-F]*'), count(*) FILTER (WHERE {plain} AND v.t LIKE '{{%'), \
         count(*) FILTER (WHERE {plain} AND v.t NOT LIKE '%-%'), \
         count(*) FILTER (WHERE rekey_uuid(v.t) IN ('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff')) \
         FROM ({rows}) v"
    );
    let Some(census) = Census::of(&numbers(connection, &sql).await?) else { return Ok(Vec::new()) };
    if let Some(finding) = census.unsaid(schema, root) {
        return Ok(vec![finding]);
    }
    if conversion.storage != Storage::Binary16 && settled(connection, conversion).await? {
        return Ok(vec![text::already(root)]);
    }
    let mut found = Vec::new();
    if census.malformed() > 0 {
        found.push(census.malformed_key(root, &sample(connection, &rows).await?));
    }
    found.extend(text::wrapped(root, census.wrapped));
    found.extend(census.shapes(
        root,
        match conversion.storage {
            Storage::Binary16 => "as 16 bytes",
            Storage::Uuid | Storage::Char36 => "in lower case with four hyphens",
        },
        "The map keeps each spelling for the undo. An application that looks rows up by another spelling, such as Django's 32 digits, must be told.",
    ));
    let pairs = format!(
        "SELECT group_concat(q, ' and ') FROM (SELECT quote(v.t) AS q, rekey_uuid_within(v.t) AS id FROM ({rows}) v ORDER BY v.t) \
         WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1 ORDER BY 1"
    );
    found.extend(text::twice(root, &firsts(connection, &pairs).await?));
    Ok(found)
}

// Whatever a foreign key says, SQLite lets a column hold anything where it was not asked to look.
async fn reference(
    connection: &mut dyn Connection,
    schema: &Schema,
    conversion: &Conversion,
    column: &ColumnName,
) -> Result<Vec<Finding>> {
    let root = &conversion.root;
    // What the key itself holds is asked about with the key.
    let rows = format!(
        "SELECT v.t FROM ({}) v WHERE NOT EXISTS (SELECT 1 FROM {} r WHERE r.{} = v.t)",
        values(column),
        quote::name(&root.table.name),
        quote::name(&root.column)
    );
    let sql = format!(
        "SELECT count(*) FILTER (WHERE rekey_uuid(v.t) IS NULL AND rekey_uuid_within(v.t) IS NOT NULL), \
         count(*) FILTER (WHERE rekey_uuid_within(v.t) IS NULL) FROM ({rows}) v"
    );
    let [wrapped, malformed] = numbers(connection, &sql).await?[..] else { return Ok(Vec::new()) };
    let mut found: Vec<Finding> = text::wrapped(column, wrapped).into_iter().collect();
    if malformed > 0 && !text::makes_new(conversion) {
        found.push(text::malformed_reference(root, column, malformed, &sample(connection, &rows).await?));
    }
    let keyed = schema.tables.get(&column.table).is_some_and(|table| table.primary_key.is_some());
    found.extend(text::spelt(column, spelt(connection, conversion, column).await?, keyed));
    Ok(found)
}

// Where the key lacks the value, the first spelling in order stands for it.
async fn spelt(connection: &mut dyn Connection, conversion: &Conversion, column: &ColumnName) -> Result<u64> {
    let of = |column: &ColumnName| format!("SELECT v.t, rekey_uuid_within(v.t) AS id FROM ({}) v", values(column));
    let members = conversion.members.iter().map(|member| &member.column).filter(|one| **one != conversion.root);
    let others: Vec<String> = members.map(of).collect();
    let sql = format!(
        "WITH r AS MATERIALIZED ({}), s AS MATERIALIZED (SELECT min(o.t) AS t, o.id FROM ({}) o \
         WHERE o.id IS NOT NULL AND o.id NOT IN (SELECT id FROM r WHERE id IS NOT NULL) GROUP BY o.id), \
         k AS MATERIALIZED (SELECT t, id FROM r WHERE id IS NOT NULL UNION ALL SELECT t, id FROM s) \
         SELECT count(*) FROM ({}) c JOIN k ON k.id = c.id WHERE c.t <> k.t COLLATE BINARY",
        of(&conversion.root),
        others.join(" UNION ALL "),
        of(column),
    );
    Ok(numbers(connection, &sql).await?.first().copied().unwrap_or_default())
}

// A column of text holds bytes as they are.
async fn stored(connection: &mut dyn Connection, column: &ColumnName) -> Result<Option<Finding>> {
    let own = quote::name(&column.column);
    let other = format!("{} WHERE {own} IS NOT NULL AND typeof({own}) <> 'text'", quote::name(&column.table.name));
    let Some((rows, example)) = count(connection, &own, &other).await? else { return Ok(None) };
    let meaning =
        format!("{rows} values are not stored as text, {example} for one. Rekey cannot say which row they mean.");
    let remedy = "Correct these values, or leave this key as it is.";
    Ok(Some(finding(Severity::Block, "RK-210", column, &meaning, remedy)))
}

// A default stays as it is, so it must give UUIDs as all keys are afterwards.
async fn default(
    connection: &mut dyn Connection,
    schema: &Schema,
    storage: Storage,
    column: &ColumnName,
) -> Result<Option<Finding>> {
    let found = schema.tables.get(&column.table).and_then(|table| table.column(&column.column));
    let Some(default) = found.and_then(|column| column.default.as_ref()) else { return Ok(None) };
    if default.eq_ignore_ascii_case("NULL") {
        return Ok(None);
    }
    let (right, kind) = match storage {
        Storage::Binary16 => ("typeof(d) = 'blob' AND length(d) = 16", "of 16 bytes"),
        Storage::Uuid | Storage::Char36 => ("d IS rekey_uuid(d)", "in lower case with four hyphens"),
    };
    let sql = format!("SELECT quote(d), {right} FROM (SELECT ({default}) AS d LIMIT 1 OFFSET 0)");
    let rows = connection.query(&sql).await?;
    let row = rows.into_iter().next().unwrap_or_default();
    let [given, right] = <[Option<String>; 2]>::try_from(row).unwrap_or_default();
    if right.as_deref() == Some("1") {
        return Ok(None);
    }
    let meaning = format!(
        "The column has the default {default}, which gives {}: no UUID {kind}, as all keys are afterwards.",
        given.unwrap_or_default()
    );
    let remedy = "Write the default anew or remove it from the table first, or leave this key as it is.";
    Ok(Some(finding(Severity::Block, "RK-205", column, &meaning, remedy)))
}

async fn sample(connection: &mut dyn Connection, rows: &str) -> Result<String> {
    let sql = format!(
        "SELECT quote(v.t) FROM ({rows}) v WHERE rekey_uuid_within(v.t) IS NULL ORDER BY v.t LIMIT {}",
        text::SHOWN
    );
    Ok(firsts(connection, &sql).await?.join(", "))
}

async fn numbers(connection: &mut dyn Connection, sql: &str) -> Result<Vec<u64>> {
    let row = connection.query(sql).await?.into_iter().next().unwrap_or_default();
    Ok(row.into_iter().map(|cell| cell.and_then(|text| text.parse().ok()).unwrap_or_default()).collect())
}

async fn firsts(connection: &mut dyn Connection, sql: &str) -> Result<Vec<String>> {
    let rows = connection.query(sql).await?;
    Ok(rows.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect())
}
