//! What the values say about references that nobody declared: the server counts, many
//! columns at once, and guesses that nothing speaks for are dropped unasked.

use crate::dialect::{Connection, Database};
use crate::error::{Error, Result};
use crate::plan::orphans_query;
use crate::schema::{ColumnName, Confidence, Domain, Fit, Schema};

/// Columns counted by one query.
const CHUNK: usize = 50;
/// Above so many rows a few values are looked at before all of them are counted.
const LARGE: u64 = 200_000;
/// How many those few are.
const SAMPLE: u64 = 1_000;

struct Guess {
    domain: usize,
    root: ColumnName,
    column: ColumnName,
    fit: Fit,
    large: bool,
}

/// Gives every undeclared reference of these domains its confidence, and takes away those
/// that neither name nor values speak for.
///
/// # Errors
/// When the server refuses to count for another reason than missing rights.
pub(crate) async fn weigh(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
    domains: &mut [Domain],
) -> Result<()> {
    let guesses = guesses(schema, domains);
    let (large, small): (Vec<Guess>, Vec<Guess>) = guesses.into_iter().partition(|guess| guess.large);
    let mut exact = small;
    for chunk in large.chunks(CHUNK) {
        for (guess, counted) in chunk.iter().zip(counts(database, connection, schema, chunk, Some(SAMPLE)).await?) {
            let hopeless =
                counted.is_some_and(|(values, strays)| Confidence::weigh(guess.fit, values, strays).is_none());
            match hopeless {
                true => domains[guess.domain].settle_guess(&guess.column, None),
                false => exact.push(guess.again()),
            }
        }
    }
    for chunk in exact.chunks(CHUNK) {
        for (guess, counted) in chunk.iter().zip(counts(database, connection, schema, chunk, None).await?) {
            // What may not be read says nothing for or against.
            let (values, strays) = counted.unwrap_or_default();
            domains[guess.domain].settle_guess(&guess.column, Confidence::weigh(guess.fit, values, strays));
        }
    }
    Ok(())
}

impl Guess {
    fn again(&self) -> Guess {
        Guess { root: self.root.clone(), column: self.column.clone(), ..*self }
    }
}

fn guesses(schema: &Schema, domains: &[Domain]) -> Vec<Guess> {
    let of = |(number, domain): (usize, &Domain)| {
        let inferred: Vec<Guess> = domain
            .members
            .iter()
            .filter(|member| member.is_inferred())
            .map(|member| Guess {
                domain: number,
                root: domain.root.clone(),
                column: member.column.clone(),
                fit: member.fit.unwrap_or(Fit::Strong),
                large: schema.tables.get(&member.column.table).is_some_and(|table| table.rows > LARGE),
            })
            .collect();
        inferred
    };
    domains.iter().enumerate().flat_map(of).collect()
}

/// Rows with a value and those of them whose value the root lacks; none where they may not
/// be read.
type Counted = Option<(u64, u64)>;

async fn counts(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
    guesses: &[Guess],
    sample: Option<u64>,
) -> Result<Vec<Counted>> {
    match ask(database, connection, schema, guesses, sample).await {
        Err(Error::Rights { .. }) => {}
        other => return other,
    }
    let mut found = Vec::new();
    for guess in guesses {
        match ask(database, connection, schema, std::slice::from_ref(guess), sample).await {
            Ok(counted) => found.extend(counted),
            Err(Error::Rights { .. }) => found.push(None),
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}

async fn ask(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
    guesses: &[Guess],
    sample: Option<u64>,
) -> Result<Vec<Counted>> {
    let parts: Vec<String> = guesses
        .iter()
        .map(|guess| {
            let table = source(database, &guess.column, sample);
            let strays = orphans_query(database, schema, &guess.root, &guess.column, &table);
            format!("(SELECT {} FROM {table} v), ({strays})", database.text("count(*)"))
        })
        .collect();
    let rows = connection.query(&format!("SELECT {}", parts.join(", "))).await?;
    let cells: Vec<u64> =
        rows.into_iter().flatten().map(|cell| cell.and_then(|text| text.parse().ok()).unwrap_or_default()).collect();
    Ok(cells.chunks(2).map(|pair| Some((pair.first().copied()?, pair.get(1).copied()?))).collect())
}

// The values of a column, or a few of them.
fn source(database: &dyn Database, column: &ColumnName, sample: Option<u64>) -> String {
    let key = database.quote(&column.column);
    let limit = sample.map(|rows| format!(" LIMIT {rows}")).unwrap_or_default();
    format!(
        "(SELECT {key} FROM {}.{} WHERE {key} IS NOT NULL{limit})",
        database.quote(&column.table.schema),
        database.quote(&column.table.name)
    )
}
