//! Does somebody write in this very moment? The server's counters are looked at twice, with the
//! other checks in between.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::{Finding, Looked, Severity, Subject};
use crate::dialect::{Connection, Database};
use crate::error::Result;

/// Sessions of PostgreSQL hand their counts over once a second (pgstat.c, PGSTAT_MIN_INTERVAL),
/// and MariaDB's times of tables have seconds.
const BETWEEN: Duration = Duration::from_millis(1200);

/// What the server has counted so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes {
    /// Programs that are connected beside us. Without any, nobody writes.
    pub others: u64,
    /// What was written, by table or by kind of statement.
    pub counted: BTreeMap<String, u64>,
}

/// The first look, with its moment.
pub(super) struct Before(Writes, Instant);

/// Looks for the first time.
pub(super) async fn before(
    database: &dyn Database,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
) -> Result<Before> {
    Ok(Before(database.writes(connection, subject).await?, Instant::now()))
}

/// Looks for the second time, late enough to see what was written meanwhile.
pub(super) async fn look(
    database: &dyn Database,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
    before: &Before,
) -> Result<Looked> {
    let Before(first, began) = before;
    if first.others > 0 {
        tokio::time::sleep(BETWEEN.saturating_sub(began.elapsed())).await;
    }
    let second = database.writes(connection, subject).await?;
    Ok(compare(first, &second, began.elapsed()))
}

fn compare(first: &Writes, second: &Writes, between: Duration) -> Looked {
    let risen = second.counted.iter().filter_map(|(name, now)| {
        let then = first.counted.get(name).copied().unwrap_or_default();
        (*now > then).then(|| (name.clone(), now - then))
    });
    let risen: Vec<(String, u64)> = risen.collect();
    let seconds = between.as_secs_f64();
    let others = second.others.max(first.others);
    if risen.is_empty() {
        return Looked::passed(match others {
            0 => "nobody else is connected".to_owned(),
            others => format!("no change within {seconds:.1} s; {others} others are connected"),
        });
    }
    let list: Vec<String> = risen.iter().map(|(name, more)| format!("{name}: {more}")).collect();
    let meaning = format!("Within {seconds:.1} s there were changes: {}.", list.join(", "));
    let finding = Finding::new(
        Severity::Warn,
        "RK-050",
        risen.first().map(|(name, _)| name.clone()).unwrap_or_default(),
        meaning,
        "Stop what writes (the application, its workers, jobs by the clock), then look again.",
    );
    Looked::found(format!("{} in {seconds:.1} s", list.join(", ")), vec![finding])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Name, Outcome};

    fn writes(others: u64, counted: &[(&str, u64)]) -> Writes {
        Writes { others, counted: counted.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect() }
    }

    #[test]
    fn only_what_rises_is_told() {
        let first = writes(1, &[("public.a", 5), ("public.b", 7)]);
        let look = |second: &Writes| compare(&first, second, Duration::from_secs(1)).on_list(Name::Writers);
        assert_eq!(look(&first).outcome, Outcome::Passed);
        // Counters start anew when somebody resets them.
        assert_eq!(look(&writes(1, &[("public.a", 5), ("public.b", 0)])).outcome, Outcome::Passed);
        let wrote = look(&writes(0, &[("public.a", 8), ("public.b", 7)]));
        assert_eq!((wrote.outcome, wrote.measured.as_str()), (Outcome::Warning, "public.a: 3 in 1.0 s"));
    }
}
