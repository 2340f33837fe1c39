//! Does a column tell when each row was made, and in the order of the ids?

use super::super::blueprint::{CREATION, START, Scope, creation_column};
use super::super::quote;
use super::{Found, firsts};
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::plan::{Conversion, ConversionKind};
use crate::schema::{Column, ColumnKind};

/// Looks at each key whose new ids hold a time. What was decided is not looked at again:
/// it costs a scan of the table.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for conversion in scope.conversions {
        let decided = conversion.answers.contains_key(&format!("{CREATION} {}", conversion.root));
        let numbered = scope.column(&conversion.root).is_some_and(|column| column.kind != ColumnKind::Text);
        if decided || !numbered || !conversion.uuid.ordered() || conversion.kind == ConversionKind::Repoint {
            continue;
        }
        let column = scope.table(&conversion.root.table).and_then(creation_column);
        if let Some(column) = column
            && let Some(against) = against(connection, conversion, column).await?
        {
            found.push((conversion.root.clone(), choice(conversion, column, against)));
        }
    }
    Ok(found)
}

// How many rows were made before one with a smaller id. None where the rows may not be read.
async fn against(connection: &mut dyn Connection, conversion: &Conversion, column: &Column) -> Result<Option<u64>> {
    let sql = format!(
        "SELECT count(*)::text FROM (SELECT t.{at} AS at, max(t.{at}) OVER (ORDER BY t.{id}) AS latest FROM {} t) o WHERE o.at < o.latest",
        quote::table(&conversion.root.table),
        at = quote::ident(&column.name),
        id = quote::ident(&conversion.root.column),
    );
    match connection.query(&sql).await {
        Ok(rows) => Ok(firsts(rows).first().and_then(|text| text.parse().ok())),
        Err(Error::Rights { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

fn choice(conversion: &Conversion, column: &Column, against: u64) -> Finding {
    let (root, name) = (&conversion.root, &column.name);
    let meaning = if against == 0 {
        format!("The column {name} says when each row was made, in the order of the ids.")
    } else {
        format!(
            "The column {name} says when each row was made, but {against} rows are older than one with a smaller id."
        )
    };
    let late = if against == 0 {
        ""
    } else {
        " A row that is older than those before it gets their time, so that the order stays."
    };
    let options = vec![
        AnswerOption::new(
            name,
            format!(
                "The new ids hold the time in {name}; whoever sees an id can read from it when the row was made.{late}"
            ),
        ),
        AnswerOption::new(
            START,
            "The new ids hold the time of the run, all but the same for every row, and tell nothing about when it was made.",
        ),
    ];
    let default = if against == 0 { name } else { START };
    Finding::new(Severity::Info, CREATION, root.to_string(), meaning, "Choose which time the new ids hold.")
        .asking(options, Some(default))
}
