//! Conditions that the rows would no longer meet with UUIDs in them: each is asked of every
//! row, with ids that stand in for the new ones.

use std::collections::BTreeMap;

use super::{Found, finding};
use crate::check::{AnswerOption, Severity};
use crate::dialect::Connection;
use crate::dialect::sqlite::ddl::{TableText, mentions};
use crate::dialect::sqlite::obstacle::{CONDITION, DROP, checked, conditions};
use crate::dialect::sqlite::{quote, uuid};
use crate::plan::{Conversion, ConversionKind, NAMESPACE};
use crate::schema::{ColumnName, Schema, Table};
use crate::{Error, Result};

/// Looks at every condition that names a converted column.
pub async fn look(connection: &mut dyn Connection, schema: &Schema, conversions: &[Conversion]) -> Result<Found> {
    let mut tables: BTreeMap<_, BTreeMap<&str, (&ColumnName, &Conversion)>> = BTreeMap::new();
    for conversion in conversions {
        for member in &conversion.members {
            let column = &member.column;
            tables.entry(&column.table).or_default().insert(&column.column, (column, conversion));
        }
    }
    let mut found = Found::new();
    for (name, columns) in tables {
        let Some(table) = schema.tables.get(name) else { continue };
        let sql = table.definition.as_deref().unwrap_or_default();
        let Some(text) = TableText::parse(sql) else { continue };
        for condition in conditions(sql, &text) {
            let named: Vec<&ColumnName> =
                columns.values().map(|(column, _)| *column).filter(|one| mentions(condition, &one.column)).collect();
            let object = checked(&name.name, condition);
            let asked = schema.obstacles.iter().any(|one| one.rule == CONDITION && one.object == object);
            if named.is_empty() || asked {
                continue;
            }
            if let Some(meaning) = refuses(connection, table, &columns, condition).await? {
                let remedy = "Let it be taken away, or leave this key as it is.";
                let finding = finding(Severity::Ask, CONDITION, &object, &meaning, remedy)
                    .asking(vec![AnswerOption::new(DROP, "The condition is taken away; the undo puts it back.")], None);
                found.extend(named.into_iter().map(|column| (column.clone(), finding.clone())));
            }
        }
    }
    Ok(found)
}

async fn refuses(
    connection: &mut dyn Connection,
    table: &Table,
    columns: &BTreeMap<&str, (&ColumnName, &Conversion)>,
    condition: &str,
) -> Result<Option<String>> {
    let cells: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let own = quote::name(&column.name);
            match columns.get(column.name.as_str()) {
                Some((_, conversion)) => format!("{} AS {own}", stand_in(conversion, &own)),
                None => own,
            }
        })
        .collect();
    let name = quote::name(&table.name.name);
    let sql = format!(
        "SELECT CAST(count(*) AS TEXT) FROM (SELECT {} FROM main.{name}) AS {name} WHERE NOT {condition}",
        cells.join(", ")
    );
    let rows = match connection.query(&sql).await {
        Ok(rows) => rows.into_iter().flatten().flatten().next(),
        Err(Error::Statement { detail, code, .. }) if code == "1" => {
            return Ok(Some(format!("SQLite cannot work out the condition CHECK {condition} with UUIDs: {detail}.")));
        }
        Err(other) => return Err(other),
    };
    Ok(rows.filter(|rows| rows != "0").map(|rows| {
        format!("The condition CHECK {condition} is one that {rows} rows would not meet with UUIDs in them.")
    }))
}

// Another one for each value, and the right one for what is a UUID already.
fn stand_in(conversion: &Conversion, own: &str) -> String {
    let made = format!("rekey_uuid_v5('{NAMESPACE}', '' || {own})");
    let text = match conversion.kind {
        ConversionKind::TextToUuid => format!("coalesce(rekey_uuid_within({own}), {made})"),
        ConversionKind::IntToUuid | ConversionKind::Repoint => made,
    };
    uuid::stored(conversion.storage, &text)
}
