//! What keys of text hold: UUIDs in which spellings, values that are none, two spellings of
//! the same, references that are spelt differently from their key.

use super::super::blueprint::{Scope, text};
use super::super::quote;
use super::{Found, firsts};
use crate::check::{Finding, Severity};
use crate::dialect::text::{self as keys, Census};
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::plan::{Conversion, ConversionKind};
use crate::schema::{Column, ColumnName};

/// Looks at every key of text and what references it.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for (number, conversion) in scope.conversions.iter().enumerate() {
        if conversion.kind == ConversionKind::TextToUuid {
            let mut findings = kinds(scope, conversion);
            findings.extend(key(connection, scope, conversion).await?);
            found.extend(findings.into_iter().map(|finding| (conversion.root.clone(), finding)));
            found.extend(references(connection, scope, number).await?);
        }
    }
    Ok(found)
}

// Types whose values the server compares in ways of their own.
fn kinds(scope: &Scope<'_>, conversion: &Conversion) -> Vec<Finding> {
    let mut found = Vec::new();
    for member in &conversion.members {
        // What becomes of a domain is asked about for every kind of key.
        let declared = scope.column(&member.column).map_or(member.from_type.as_str(), Column::base_type);
        let base = declared.split('(').next().unwrap_or_default();
        if matches!(base, "text" | "character varying" | "character" | "name") {
            continue;
        }
        let meaning = format!("The column is of type {base}, which compares its values in a way of its own.");
        found.push(Finding::new(
            Severity::Block,
            text::KIND,
            member.column.to_string(),
            meaning,
            "Change its type to text first.",
        ));
    }
    found
}

// Text of a value as the census reads it.
const VALUE: &str = "v.t";

async fn key(connection: &mut dyn Connection, scope: &Scope<'_>, conversion: &Conversion) -> Result<Vec<Finding>> {
    let root = &conversion.root;
    let rows = values(root);
    let (plain, bare) = (text::valid(VALUE), text::valid(&text::stripped(VALUE)));
    let sql = format!(
        "SELECT count(*)::text, count(*) FILTER (WHERE {plain})::text, count(*) FILTER (WHERE {bare} AND NOT {plain})::text, \
         count(*) FILTER (WHERE {plain} AND v.t ~ '[A-F]')::text, count(*) FILTER (WHERE {plain} AND v.t LIKE '{{%')::text, count(*) FILTER (WHERE {plain} AND v.t NOT LIKE '%-%')::text, \
         count(*) FILTER (WHERE {plain} AND lower(translate(v.t, '{{}}-', '')) IN (repeat('0', 32), repeat('f', 32)))::text FROM ({rows}) v"
    );
    let Some(counts) = numbers(connection, &sql).await? else { return Ok(Vec::new()) };
    let Some(census) = Census::of(&counts) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    if census.has_none() {
        found.extend(no_uuid(scope, conversion, &census));
        return Ok(found);
    }
    if census.malformed() > 0 {
        found.push(census.malformed_key(root, &sample(connection, &rows, &bare).await?));
    }
    found.extend(keys::wrapped(root, census.wrapped));
    found.extend(census.shapes(
        root,
        "in the server's own type",
        "Nothing has to be done: the map keeps each spelling for the undo.",
    ));
    found.extend(twice(connection, root, &rows).await?);
    Ok(found)
}

fn values(column: &ColumnName) -> String {
    let name = quote::ident(&column.column);
    format!("SELECT t.{name}::text AS t FROM {} t WHERE t.{name} IS NOT NULL", quote::table(&column.table))
}

// An empty table says nothing; its type or its default may.
fn no_uuid(scope: &Scope<'_>, conversion: &Conversion, census: &Census) -> Option<Finding> {
    let column = scope.column(&conversion.root)?;
    let made = column.default.as_deref().is_some_and(|default| text::native(default).is_some());
    let known = census.all == 0 && (matches!(text::limit(column), Some(32 | 36)) || made);
    (!known).then(|| census.none(&conversion.root, &column.type_name))
}

// Two rows whose keys are one UUID would become one.
async fn twice(connection: &mut dyn Connection, root: &ColumnName, rows: &str) -> Result<Option<Finding>> {
    let value = text::stripped(VALUE);
    let valid = text::valid(&value);
    let sql = format!(
        "SELECT string_agg(quote_literal(d.t), ' and ' ORDER BY d.t) FROM (SELECT v.t, CASE WHEN {valid} THEN ({value})::uuid END AS id FROM ({rows}) v) d \
         WHERE d.id IS NOT NULL GROUP BY d.id HAVING count(*) > 1 ORDER BY 1"
    );
    let Some(pairs) = texts(connection, &sql).await? else { return Ok(None) };
    Ok(keys::twice(root, &pairs))
}

async fn sample(connection: &mut dyn Connection, rows: &str, valid: &str) -> Result<String> {
    let sql =
        format!("SELECT quote_literal(v.t) FROM ({rows}) v WHERE NOT ({valid}) ORDER BY v.t LIMIT {}", keys::SHOWN);
    Ok(texts(connection, &sql).await?.unwrap_or_default().join(", "))
}

// What no valid foreign key ties to the key may hold anything.
async fn references(connection: &mut dyn Connection, scope: &Scope<'_>, number: usize) -> Result<Vec<Found>> {
    let conversion = &scope.conversions[number];
    let mut found = Vec::new();
    for column in
        scope.members(number).iter().filter(|column| **column != conversion.root && !text::tied(scope, column, number))
    {
        let rows = values(column);
        let (plain, bare) = (text::valid(VALUE), text::valid(&text::stripped(VALUE)));
        let sql = format!(
            "SELECT count(*) FILTER (WHERE {bare} AND NOT {plain})::text, count(*) FILTER (WHERE NOT ({bare}))::text FROM ({rows}) v"
        );
        let Some(counts) = numbers(connection, &sql).await? else { continue };
        let [wrapped, malformed] = counts[..] else { continue };
        let mut findings: Vec<Finding> = keys::wrapped(column, wrapped).into_iter().collect();
        if malformed > 0 && !text::looks_up(scope, number) {
            let sample = sample(connection, &rows, &bare).await?;
            findings.push(keys::malformed_reference(&conversion.root, column, malformed, &sample));
        }
        findings.extend(spelt(connection, scope, number, column).await?);
        found.extend(findings.into_iter().map(|finding| (column.clone(), finding)));
    }
    Ok(found)
}

async fn spelt(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    number: usize,
    column: &ColumnName,
) -> Result<Option<Finding>> {
    let root = &scope.conversions[number].root;
    let value = |alias: &str| {
        let value = text::stripped(&format!("{alias}.t"));
        format!("CASE WHEN {} THEN ({value})::uuid END", text::valid(&value))
    };
    // Where the key lacks the value, the first spelling in order stands for it.
    let sql = format!(
        "SELECT count(*)::text FROM (SELECT c.t, coalesce(r.t, min(c.t) OVER (PARTITION BY c.id)) AS k FROM (SELECT v.t, {} AS id FROM ({}) v) c LEFT JOIN (SELECT v.t, {} AS id FROM ({}) v) r ON r.id = c.id WHERE c.id IS NOT NULL) d WHERE d.t <> d.k",
        value("v"),
        values(column),
        value("v"),
        values(root)
    );
    let rows = numbers(connection, &sql).await?.and_then(|counts| counts.first().copied()).unwrap_or_default();
    let keyed = scope.table(&column.table).is_some_and(|table| table.primary_key.is_some());
    Ok(keys::spelt(column, rows, keyed))
}

async fn numbers(connection: &mut dyn Connection, sql: &str) -> Result<Option<Vec<u64>>> {
    let Some(rows) = readable(connection.query(sql).await)? else { return Ok(None) };
    let cells = rows.into_iter().next().unwrap_or_default();
    Ok(Some(cells.into_iter().map(|cell| cell.and_then(|text| text.parse().ok()).unwrap_or_default()).collect()))
}

async fn texts(connection: &mut dyn Connection, sql: &str) -> Result<Option<Vec<String>>> {
    Ok(readable(connection.query(sql).await)?.map(firsts))
}

// Who plans may be another than who runs, and may not read the rows.
fn readable(answer: Result<Vec<Row>>) -> Result<Option<Vec<Row>>> {
    match answer {
        Ok(rows) => Ok(Some(rows)),
        Err(Error::Rights { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
