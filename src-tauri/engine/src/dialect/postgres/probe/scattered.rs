//! Ids where no foreign key can stand: in arrays, beside the name of a class. They are asked
//! about, with numbers, and converted only where a person says so.

use super::super::blueprint::{Scope, can_scatter};
use super::super::quote;
use super::{Found, beside, documents, firsts};
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::plan::{Conversion, ConversionKind};
use crate::schema::{Column, DomainMember, INFERRED, Shape, Table, is_named_for};

/// The answer that leaves such ids as they are.
const KEEP: &str = "keep";
/// The answer that converts them with their keys.
pub const CONVERT: &str = "convert";
/// Values that are shown of those that the key does not have.
const SHOWN: usize = 20;

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for table in scope.schema.tables.values().filter(|table| !scope.is_partition(table)) {
        // An inherited column goes with the one it comes from, whose rows those of its heirs are.
        for column in table.columns.iter().filter(|column| !column.inherited) {
            match column.type_name.as_str() {
                "smallint[]" | "integer[]" | "bigint[]" => found.extend(array(connection, scope, table, column).await?),
                "json" | "jsonb" => found.extend(documents::look(connection, scope, table, column).await?),
                _ => found.extend(beside::look(connection, scope, table, column).await?),
            }
        }
    }
    Ok(found)
}

/// The rows of a query. What may not be read, or not be understood, says nothing.
pub async fn rows(connection: &mut dyn Connection, sql: &str) -> Result<Vec<Row>> {
    match connection.query(sql).await {
        Ok(rows) => Ok(rows),
        Err(Error::Rights { .. } | Error::Statement { .. }) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

/// The finding with its answers. To leave such ids is safe as far as no row is lost and the
/// map is there to rewrite them.
pub fn asking(finding: Finding, mut answers: Vec<AnswerOption>, kept: &str) -> Finding {
    answers.push(AnswerOption::new(KEEP, kept));
    finding.asking(answers, Some(KEEP))
}

/// The conversions that give keys other values. Where references leave a key it stays as it
/// is, and so does what this looks for.
pub fn changing<'s>(scope: &'s Scope<'_>) -> impl Iterator<Item = &'s Conversion> {
    scope.conversions.iter().filter(|conversion| conversion.kind != ConversionKind::Repoint)
}

/// The conversion of the key that a name stands for.
pub fn named<'s>(scope: &'s Scope<'_>, name: &str) -> Option<&'s Conversion> {
    let mut fitting = changing(scope).filter(|conversion| is_named_for(&conversion.root, name));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// True for a column that can be converted by an answer: nothing else says what it holds.
pub fn is_free(table: &Table, column: &Column) -> bool {
    let keys = table.primary_key.iter().map(|key| &key.columns);
    let mut keys = keys.chain(table.foreign_keys.iter().map(|key| &key.columns));
    keys.all(|columns| !columns.contains(&column.name))
}

/// The column as the answer takes it in.
pub fn member(table: &Table, column: &Column, shape: Shape, to_type: &str) -> DomainMember {
    DomainMember {
        column: table.column_name(&column.name),
        via: INFERRED.to_owned(),
        type_name: column.type_name.clone(),
        confidence: None,
        fit: None,
        can_let_go: false,
        shape,
        to_type: Some(to_type.to_owned()),
    }
}

async fn array(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    table: &Table,
    column: &Column,
) -> Result<Option<Found>> {
    let Some(conversion) = named(scope, &column.name) else {
        return Ok(None);
    };
    let root = &conversion.root;
    let elements = format!(
        "FROM {} t CROSS JOIN LATERAL unnest(t.{}) e(id) WHERE e.id IS NOT NULL",
        quote::table(&table.name),
        quote::ident(&column.name)
    );
    let stray = format!(
        "NOT EXISTS (SELECT FROM {} p WHERE p.{} = e.id)",
        quote::table(&root.table),
        quote::ident(&root.column)
    );
    let sql = format!("SELECT count(*)::text, count(*) FILTER (WHERE {stray})::text {elements}");
    let counted = rows(connection, &sql).await?;
    let numbers: Vec<u64> =
        counted.into_iter().flatten().map(|cell| cell.and_then(|text| text.parse().ok()).unwrap_or(0)).collect();
    let [all, strays] = *numbers.as_slice() else {
        return Ok(None);
    };
    if all > 0 && all == strays {
        return Ok(None);
    }
    let mut list = String::new();
    if strays > 0 {
        let sql = format!("SELECT DISTINCT e.id::text, e.id {elements} AND {stray} ORDER BY e.id LIMIT {SHOWN}");
        list = format!(" ({})", firsts(rows(connection, &sql).await?).join(", "));
    }
    let meaning = format!(
        "By its name the column holds arrays of ids of {root}: {all} elements, {strays} of which the key does not have{list}. Elements of arrays are converted only where you say so."
    );
    let mut answers = Vec::new();
    let possible = is_free(table, column) && can_scatter(scope, conversion);
    if possible && strays == 0 {
        let consequence = "The column becomes uuid[]: each element becomes the UUID of its row, in its place; NULLs, doubles, bounds and dimensions stay. The undo gives the integers back.";
        answers.push(AnswerOption::new(CONVERT, consequence).taking_in(member(table, column, Shape::Array, "uuid[]")));
    }
    let remedy = if possible && strays > 0 {
        "Take those elements out of the arrays and they can be converted; or rewrite the arrays through the map after the run."
    } else {
        "Convert them together with the key, or rewrite the arrays through the map after the run."
    };
    // Arrays that are empty throughout have nothing to lose yet.
    let severity = if all == 0 { Severity::Warn } else { Severity::Ask };
    let finding = Finding::new(severity, "RK-193", table.column_name(&column.name).to_string(), meaning, remedy);
    let kept = "The arrays keep their integers, and lead nowhere until they are rewritten through the map.";
    Ok(Some((root.clone(), asking(finding, answers, kept))))
}
