//! How fast the usual questions are answered with the old keys and with the new ones, asked
//! of the copy: a row by its key, and each reference joined with its key.
//!
//! Seconds are those between question and answer, as a program would wait; of three times the
//! middle one. They are asked of the copy, so nobody else is slowed down by them.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dialect::{Access, Connection, Database};
use crate::error::Result;
use crate::plan::{Conversion, Plan};
use crate::schema::{ColumnName, Schema};

/// Questions that are asked at most; those about the largest tables come first.
const MOST: usize = 12;
const TIMES: usize = 3;
/// A question that takes longer is asked once.
const LONG: Duration = Duration::from_secs(5);

/// One question and how long its answer took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Timing {
    /// What is asked, in plain words.
    pub title: String,
    /// The statement.
    pub sql: String,
    /// Seconds with the old keys.
    pub before_seconds: f64,
    /// Seconds with the new keys; none where the rehearsal did not come so far.
    pub after_seconds: Option<f64>,
}

/// Asks all questions of a plan with the old keys.
pub async fn before(database: &dyn Database, schema: &Schema, plan: &Plan) -> Result<Vec<Timing>> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let mut found = Vec::new();
    for (title, sql) in questions(database, schema, plan) {
        let before_seconds = ask(connection.as_mut(), &sql).await?;
        found.push(Timing { title, sql, before_seconds, after_seconds: None });
    }
    Ok(found)
}

/// Asks them again with the new keys.
pub async fn after(database: &dyn Database, timings: &mut [Timing]) -> Result<()> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    for timing in timings {
        timing.after_seconds = Some(ask(connection.as_mut(), &timing.sql).await?);
    }
    Ok(())
}

async fn ask(connection: &mut dyn Connection, sql: &str) -> Result<f64> {
    let mut taken = Vec::new();
    while taken.len() < TIMES {
        let began = Instant::now();
        connection.query(sql).await?;
        let time = began.elapsed();
        taken.push(time);
        if time > LONG {
            break;
        }
    }
    taken.sort();
    Ok(taken.get(taken.len() / 2).map_or(0.0, Duration::as_secs_f64))
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
