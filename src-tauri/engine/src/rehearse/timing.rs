//! How fast questions are answered with the old keys and with the new ones, asked of the copy:
//! a row by its key, each reference joined with its key, and whatever the user wants to know.
//!
//! Seconds are those between question and answer, as a program would wait; of three times the
//! middle one. Then the server is asked as often to tell how long it was at work itself, and
//! with which indexes. Nobody else is slowed down by that. What was read once is in memory, on
//! both sides.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::question::Question;
use crate::dialect::{Access, Connection, Database, Explained};
use crate::error::{Error, Result};
use crate::plan::{Conversion, Plan};
use crate::schema::{ColumnName, Schema};

/// Questions that are asked unbidden at most; those about the largest tables come first.
const MOST: usize = 12;
const TIMES: usize = 3;
/// A question that takes longer is asked once.
const LONG: Duration = Duration::from_secs(5);

/// One question and how long its answer took.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Timing {
    /// What is asked, in plain words.
    pub title: String,
    /// The statement.
    pub sql: String,
    /// True where the user asks it.
    #[serde(default)]
    pub chosen: bool,
    /// Seconds with the old keys.
    pub before_seconds: f64,
    /// Seconds with the new keys; none where the rehearsal did not come so far.
    pub after_seconds: Option<f64>,
    /// What the server tells of its work with the old keys, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub before: Option<Explained>,
    /// What it tells with the new keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<Explained>,
    /// Why it cannot be asked with the new keys, where that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub not_after: Option<String>,
}

/// An answer, as far as it must be the same whatever the keys look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    rows: u64,
    // Of one row with nothing but a whole number in it.
    number: Option<i128>,
}

/// Asks all questions with the old keys.
pub async fn before(
    database: &dyn Database,
    schema: &Schema,
    plan: &Plan,
    chosen: &[Question],
) -> Result<(Vec<Timing>, Vec<Answer>)> {
    let mut connection = session(database).await?;
    let own = questions(database, schema, plan).into_iter().map(|(title, sql)| (title, sql, false));
    let theirs = chosen.iter().map(|one| (one.title(), one.sql().to_owned(), true));
    let mut found = (Vec::new(), Vec::new());
    for (title, sql, chosen) in own.chain(theirs) {
        let (before_seconds, answer) = ask(connection.as_mut(), &sql).await?;
        let before = explain(database, connection.as_mut(), &sql, before_seconds).await?;
        found.0.push(Timing { title, sql, chosen, before_seconds, before, ..Timing::default() });
        found.1.push(answer);
    }
    Ok(found)
}

/// Asks them again with the new keys. What the user asks may hold ids, which no row has any more.
pub async fn after(database: &dyn Database, timings: &mut [Timing], answers: &[Answer]) -> Result<()> {
    let mut connection = session(database).await?;
    for (timing, known) in timings.iter_mut().zip(answers) {
        let (seconds, answer) = match ask(connection.as_mut(), &timing.sql).await {
            Err(Error::Statement { detail, .. }) if timing.chosen => {
                timing.not_after = Some(format!("With the new keys the server refuses it: {detail}"));
                continue;
            }
            other => other?,
        };
        if timing.chosen && answer.differs(*known) {
            timing.not_after = Some(format!(
                "With the new keys it has another answer ({} instead of {}): an id stands in it that no row has any more.",
                answer.told(),
                known.told()
            ));
            continue;
        }
        timing.after_seconds = Some(seconds);
        timing.after = explain(database, connection.as_mut(), &timing.sql, seconds).await?;
    }
    Ok(())
}

async fn session(database: &dyn Database) -> Result<Box<dyn Connection>> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    for statement in database.as_application() {
        connection.execute(&statement).await?;
    }
    Ok(connection)
}

async fn ask(connection: &mut dyn Connection, sql: &str) -> Result<(f64, Answer)> {
    let mut taken = Vec::new();
    let mut answer = Answer { rows: 0, number: None };
    while taken.len() < TIMES {
        answer = Answer { rows: 0, number: None };
        let began = Instant::now();
        let mut count = |row: crate::dialect::Row| {
            answer.rows += 1;
            answer.number = match row.as_slice() {
                [Some(only)] if answer.rows == 1 => only.parse().ok(),
                _ => None,
            };
        };
        connection.stream(sql, &mut count).await?;
        let time = began.elapsed();
        taken.push(time);
        if time > LONG {
            break;
        }
    }
    taken.sort();
    Ok((taken.get(taken.len() / 2).map_or(0.0, Duration::as_secs_f64), answer))
}

impl Answer {
    // A number that has become a UUID is the answer that was to be had.
    fn differs(self, other: Answer) -> bool {
        self.rows != other.rows || self.number.zip(other.number).is_some_and(|(one, other)| one != other)
    }

    fn told(self) -> String {
        match self.number {
            Some(number) => number.to_string(),
            None => crate::report::words::count(usize::try_from(self.rows).unwrap_or(usize::MAX), "row", "rows"),
        }
    }
}

// The middle one of some, by the server's own time. What it does not explain stays unexplained.
async fn explain(
    database: &dyn Database,
    connection: &mut dyn Connection,
    sql: &str,
    seconds: f64,
) -> Result<Option<Explained>> {
    let times = if seconds > LONG.as_secs_f64() { 1 } else { TIMES };
    let mut found = Vec::new();
    for _ in 0..times {
        match database.explain(connection, sql).await {
            Err(Error::Statement { .. } | Error::Rights { .. }) => return Ok(None),
            other => found.push(other?),
        }
    }
    found.sort_by(|one, other| one.seconds.unwrap_or_default().total_cmp(&other.seconds.unwrap_or_default()));
    let middle = found.len() / 2;
    Ok(found.into_iter().nth(middle))
}

fn questions(database: &dyn Database, schema: &Schema, plan: &Plan) -> Vec<(String, String)> {
    let mut found: Vec<(u64, String, String)> = Vec::new();
    for conversion in &plan.conversions {
        let rows = |column: &ColumnName| schema.tables.get(&column.table).map_or(0, |table| table.rows);
        if conversion.led_to().is_none() {
            let (title, sql) = look_up(database, &conversion.root);
            found.push((rows(&conversion.root), title, sql));
        }
        for member in references(conversion) {
            let (title, sql) = join(database, conversion, member);
            found.push((rows(member), title, sql));
        }
    }
    found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    found.truncate(MOST);
    found.into_iter().map(|(_, title, sql)| (title, sql)).collect()
}

// Where references leave the key for another column, the key and that column are both there
// before and after, but of other types on one side: nothing can be compared.
fn references(conversion: &Conversion) -> impl Iterator<Item = &ColumnName> {
    let stays = conversion.led_to().is_none();
    let plain = conversion.members.iter().filter(move |member| stays && member.shape.is_plain());
    plain.map(|member| &member.column).filter(|column| **column != conversion.root)
}

fn table(database: &dyn Database, column: &ColumnName) -> String {
    format!("{}.{}", database.quote(&column.table.schema), database.quote(&column.table.name))
}

fn look_up(database: &dyn Database, key: &ColumnName) -> (String, String) {
    let (table, column) = (table(database, key), database.quote(&key.column));
    let count = database.text("count(*)");
    let sql = format!("SELECT {count} FROM {table} WHERE {column} = (SELECT {column} FROM {table} LIMIT 1)");
    (format!("One row of {} by its key", key.table), sql)
}

fn join(database: &dyn Database, conversion: &Conversion, reference: &ColumnName) -> (String, String) {
    let (child, parent) = (table(database, reference), table(database, &conversion.root));
    let (from, to) = (database.quote(&reference.column), database.quote(&conversion.root.column));
    let count = database.text("count(*)");
    let sql = format!("SELECT {count} FROM {child} c JOIN {parent} p ON c.{from} = p.{to}");
    (format!("All of {} with their {} by {}", reference.table, conversion.root.table, reference.column), sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_another_one_by_rows_or_by_a_count() {
        let answer = |rows, number| Answer { rows, number };
        assert!(answer(1, None).differs(answer(2, None)));
        assert!(answer(1, Some(0)).differs(answer(1, Some(3))));
        assert!(!answer(1, None).differs(answer(1, Some(3))), "an id is another one afterwards");
        assert!(!answer(1, Some(3)).differs(answer(1, Some(3))));
        assert_eq!((answer(1, Some(3)).told(), answer(2, None).told()), ("3".to_owned(), "2 rows".to_owned()));
    }
}
