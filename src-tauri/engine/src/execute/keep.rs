//! Keeping a run for good: the map goes, and with it the way back.

use crate::dialect::Database;
use crate::error::{DataState, Error, Result};
use crate::execute::run::{Stop, conclude, failed};
use crate::execute::session::Session;
use crate::execute::{Cancel, RunFailure, RunOptions, RunRecord, RunState, StoredRun, journal};
use crate::observer::Observer;

/// Makes a finished run final: drops its maps and notes it in the journal. After this the
/// only way back is the backup.
///
/// # Errors
/// [`RunFailure`]; the run then still stands and can still be undone.
pub async fn keep(
    database: &dyn Database,
    stored: &StoredRun,
    options: &RunOptions,
    observer: &dyn Observer,
) -> Result<RunRecord, RunFailure> {
    let mut record = stored.record.clone();
    record.state = stored.state;
    if stored.state != RunState::Converted {
        let error = Error::Unknown { kind: "run that can be kept", name: stored.run.clone() };
        return Err(failed(&error, DataState::Untouched, record));
    }
    let cancel = Cancel::default();
    let standing = DataState::Converted { run: stored.run.clone() };
    let mut session = match Session::open(database, options, observer, &cancel).await {
        Ok(session) => session,
        Err(error) => return Err(failed(&error, standing, record)),
    };
    let outcome = forget(&mut session, stored, options, &record).await;
    // Whichever side a lost COMMIT falls on, the conversion stands.
    let outcome = conclude(&mut session, outcome, &stored.run, RunState::Kept).await;
    session.close().await;
    match outcome {
        Ok(()) => {
            record.state = RunState::Kept;
            Ok(record)
        }
        Err((error, _)) => Err(failed(&error, standing, record)),
    }
}

async fn forget(
    session: &mut Session<'_>,
    stored: &StoredRun,
    options: &RunOptions,
    record: &RunRecord,
) -> Result<(), Stop> {
    let plan = &stored.plan;
    session.begin(None, plan, options.lock_limit).await?;
    for number in 0..plan.conversions.len() {
        let map = session.database.map_table(&plan.schema_fingerprint, &plan.conversions, number);
        session.connection.execute(&format!("DROP TABLE IF EXISTS {map}")).await?;
    }
    for statement in session.database.forget(&plan.schema_fingerprint, &plan.conversions) {
        session.connection.execute(&statement).await?;
    }
    let mut kept = record.clone();
    kept.state = RunState::Kept;
    journal::update(session.database, session.connection.as_mut(), &kept).await?;
    session.commit().await.map_err(Stop::AtCommit)
}
