//! What the rows tell before a conversion, and the texts that the server does not follow.

mod expressions;
mod repoint;
mod text;

use std::collections::BTreeSet;

use super::blueprint::ORPHANS;
use super::conditions::DROP;
use super::inspect::{declares_integers, has_word};
use super::quote::{ident, table};
use super::unindexed::lacking;
use super::uuid;
use super::version::Version;
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::plan::{Conversion, ConversionKind, Member};
use crate::schema::{ColumnName, Dependent, DependentKind, ForeignKey, Generator, INFERRED, Schema};

type Found = Vec<(ColumnName, Finding)>;

/// What becomes of rows that point nowhere.
const KEPT: &str = "Each of these values gets an id of its own, and the foreign key comes back without a look at these rows, as it is now.";
/// References counted by one query.
const CHUNK: usize = 50;

/// Looks at everything.
pub async fn probe(connection: &mut dyn Connection, schema: &Schema, conversions: &[Conversion]) -> Result<Found> {
    let mut found = strays(connection, schema, conversions).await?;
    for conversion in conversions {
        found.extend(unnumbered(schema, conversion));
        for member in &conversion.members {
            found.extend(default(connection, schema, conversion, member).await?);
        }
    }
    found.extend(expressions::look(schema, conversions));
    found.extend(text::look(connection, schema, conversions).await?);
    found.extend(repoint::look(connection, conversions).await?);
    let members: Vec<&ColumnName> = members(conversions).map(|member| &member.column).collect();
    for dependent in &schema.dependents {
        found.extend(unfollowed(dependent, &members));
    }
    let unindexed = lacking(schema, conversions).into_iter();
    found.extend(unindexed.map(|(one, index)| (one.table.column_name(one.column), one.finding(&index))));
    found.extend(super::views::invalid(connection, schema, conversions).await?);
    Ok(found)
}

// A key that the server numbers, for which it cannot make UUIDs by itself.
fn unnumbered(schema: &Schema, conversion: &Conversion) -> Option<(ColumnName, Finding)> {
    let root = &conversion.root;
    let column = schema.tables.get(&root.table)?.column(&root.column)?;
    let version = Version::parse(&schema.server_version)?;
    let made = uuid::new_key(&version, conversion.uuid, conversion.storage).is_some();
    let stays = conversion.kind == ConversionKind::Repoint;
    let told = column.generator != Generator::None && !made && !stays;
    let meaning = format!(
        "The server numbers this key now. It has no means to make UUIDs of version {} by itself, so new rows will have no id of its making.",
        conversion.uuid.number()
    );
    let remedy = "Let the application send the id of every new row from the run on.";
    told.then(|| (root.clone(), finding(Severity::Warn, "RK-171", root, &meaning, remedy)))
}

fn members(conversions: &[Conversion]) -> impl Iterator<Item = &Member> {
    conversions.iter().flat_map(|conversion| &conversion.members)
}

fn finding(severity: Severity, rule: &str, object: impl ToString, meaning: &str, remedy: &str) -> Finding {
    Finding::new(severity, rule, object.to_string(), meaning, remedy)
}

// The server checks rows against a foreign key only while that is switched on.
async fn strays(connection: &mut dyn Connection, schema: &Schema, conversions: &[Conversion]) -> Result<Found> {
    let taken: BTreeSet<&ColumnName> =
        members(conversions).filter(|member| member.via != INFERRED).map(|member| &member.column).collect();
    let mut keys: Vec<(ColumnName, &ForeignKey, String)> = Vec::new();
    for holder in schema.tables.values() {
        for key in &holder.foreign_keys {
            let first =
                key.columns.iter().map(|column| holder.column_name(column)).find(|column| taken.contains(column));
            if let Some(column) = first {
                keys.push((column, key, count(&holder.name, key)));
            }
        }
    }
    let mut found = Found::new();
    for chunk in keys.chunks(CHUNK) {
        let asked: Vec<String> = chunk.iter().map(|(_, _, sql)| format!("({sql})")).collect();
        let rows = match connection.query(&format!("SELECT {}", asked.join(", "))).await {
            Err(Error::Rights { detail }) => {
                found.extend(chunk.iter().map(|(column, ..)| (column.clone(), unseen(column, &detail))));
                continue;
            }
            other => other?,
        };
        let counts = rows.into_iter().flatten().map(|cell| cell.unwrap_or_default());
        for ((column, key, _), strays) in chunk.iter().zip(counts).filter(|(_, strays)| strays != "0") {
            let meaning = format!(
                "The foreign key {} was not watched over at some time: {strays} rows hold a value that {} does not have.",
                key.name, key.parent
            );
            let remedy = "Delete these rows or give them a value that is there first, let them keep pointing nowhere, or leave this key as it is.";
            let finding = finding(Severity::Ask, ORPHANS, column, &meaning, remedy);
            found.push((column.clone(), finding.asking(vec![AnswerOption::new("keep", KEPT)], None)));
        }
    }
    Ok(found)
}

// A value in which one of the columns is NULL refers to nothing.
fn count(holder: &crate::schema::TableName, key: &ForeignKey) -> String {
    let there: Vec<String> = key.columns.iter().map(|column| format!("c.{} IS NOT NULL", ident(column))).collect();
    let pairs = key.columns.iter().zip(&key.parent_columns);
    let alike: Vec<String> = pairs.map(|(own, parent)| format!("p.{} = c.{}", ident(parent), ident(own))).collect();
    format!(
        "SELECT CAST(COUNT(*) AS CHAR) FROM {} c LEFT JOIN {} p ON {} WHERE {} AND p.{} IS NULL",
        table(holder),
        table(&key.parent),
        alike.join(" AND "),
        there.join(" AND "),
        ident(key.parent_columns.first().map_or("", String::as_str))
    )
}

fn unseen(column: &ColumnName, detail: &str) -> Finding {
    let meaning = format!(
        "The connection's user may not read these rows, so nobody knows whether they hold what they should: {detail}"
    );
    finding(Severity::Warn, "RK-316", column, &meaning, "Plan with a user who may read the table.")
}

// A number that stands for one row, or for none. The new column has no default.
async fn default(
    connection: &mut dyn Connection,
    schema: &Schema,
    conversion: &Conversion,
    member: &Member,
) -> Result<Option<(ColumnName, Finding)>> {
    let own = schema.tables.get(&member.column.table).and_then(|table| table.column(&member.column.column));
    let Some(column) = own.filter(|column| column.generator == Generator::None) else { return Ok(None) };
    let Some(default) = &column.default else { return Ok(None) };
    let is_text = conversion.kind == ConversionKind::TextToUuid;
    if is_text && uuid::made_by_server(conversion.storage, column).is_some() {
        return Ok(None);
    }
    let number = default.trim_matches(['(', ')', '\'']).parse::<i128>().ok().map(|number| number.to_string());
    let value = if is_text { Some(default.clone()).filter(|default| default.starts_with('\'')) } else { number };
    let stands_for_a_row = match value {
        Some(value) => is_used(connection, &conversion.root, &value).await?,
        // What a call gives is not known.
        None => true,
    };
    let meaning = if stands_for_a_row {
        format!(
            "The column has the default {default}. Rows that are written without a value get it now, and would get none."
        )
    } else {
        format!("The column has the default {default}, which is the id of no row of {}.", conversion.root.table)
    };
    let remedy = "Answer 'drop' and let the application send the value, or remove the default first (ALTER TABLE ... ALTER COLUMN ... DROP DEFAULT).";
    let consequence = "The default is taken away: rows that are written without a value get none, or are refused where there must be one.";
    let finding = finding(Severity::Ask, "RK-311", &member.column, &meaning, remedy)
        .asking(vec![AnswerOption::new(DROP, consequence)], (!stands_for_a_row).then_some(DROP));
    Ok(Some((member.column.clone(), finding)))
}

async fn is_used(connection: &mut dyn Connection, root: &ColumnName, value: &str) -> Result<bool> {
    let sql = format!(
        "SELECT CAST(EXISTS (SELECT 1 FROM {} WHERE {} = {value}) AS CHAR)",
        table(&root.table),
        ident(&root.column)
    );
    match connection.query(&sql).await {
        Ok(rows) => Ok(rows.into_iter().flatten().flatten().next().is_some_and(|answer| answer == "1")),
        Err(Error::Rights { .. }) => Ok(true),
        Err(other) => Err(other),
    }
}

fn unfollowed(dependent: &Dependent, members: &[&ColumnName]) -> Found {
    let text = dependent.create.join("\n");
    let own = |column: &ColumnName| dependent.on.as_ref() == Some(&column.table);
    let speaks =
        |column: &&&ColumnName| has_word(&text, &column.column) && (own(column) || has_word(&text, &column.table.name));
    let used: Vec<&ColumnName> = members.iter().filter(speaks).copied().collect();
    let Some((rule, meaning)) = concern(dependent, &text, &used) else { return Found::new() };
    let remedy = "Read it, and change it after the run where it takes the key for a number.";
    used.into_iter()
        .map(|column| (column.clone(), finding(Severity::Warn, rule, &dependent.name, &meaning, remedy)))
        .collect()
}

fn concern(dependent: &Dependent, text: &str, used: &[&ColumnName]) -> Option<(&'static str, String)> {
    let names: Vec<String> = used.iter().map(ToString::to_string).collect();
    let names = names.join(", ");
    if used.is_empty() {
        return None;
    }
    let (rule, meaning) = if dependent.kind == DependentKind::View {
        (
            "RK-317",
            format!(
                "The view speaks of {names}. It will show UUIDs there; where it computes with them or compares them with numbers it will show something else."
            ),
        )
    } else if declares_integers(text) {
        (
            "RK-308",
            format!(
                "It speaks of {names} and has variables or parameters for whole numbers. Its text is not followed by the server: where it takes the key for a number it will fail when it is called, or find other rows."
            ),
        )
    } else {
        (
            "RK-318",
            format!("It speaks of {names}. Where it writes the values to, there will be UUIDs beside the old numbers."),
        )
    };
    Some((rule, meaning))
}
