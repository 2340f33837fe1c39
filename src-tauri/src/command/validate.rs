//! `validate`: does a finished run still stand?

use rekey_engine::DataState;
use rekey_engine::execute::{self, RunState, runs};
use serde_json::json;

use crate::command::args::RunOfTarget;
use crate::command::session::Session;
use crate::command::{Outcome, Stop, history, run};

/// Takes the lasting proofs of a run again and changes nothing.
pub async fn validate(session: &Session, args: &RunOfTarget) -> Result<Outcome, Stop> {
    let (target, mut connection) = session.reader(&args.target).await?;
    let database = target.database.as_ref();
    let known = runs(database, connection.as_mut()).await?;
    let stored = history::choose(&known, args.run.as_deref(), &[RunState::Converted, RunState::Kept])?;
    let validation = execute::validate(database, connection.as_mut(), stored).await?;
    let failed = validation.iter().filter(|proof| !proof.passed).count();
    let document = json!({
        "run": stored.run,
        "state": stored.state,
        "plan_fingerprint": stored.plan.fingerprint,
        "passed": failed == 0,
        "validation": validation,
    });
    let text = format!("Run {}: {}", stored.run, run::proofs(&validation));
    if failed == 0 {
        return Ok(Outcome::new(&document, text));
    }
    let stop = Stop::failed(
        &format!("Run {} no longer stands as it was proven.", stored.run),
        "Somebody changed the tables after the run, or took constraints away.",
        &["Look at the proofs that failed and at what was changed since.", "Nothing was changed by this look."],
    );
    Err(stop.in_state(DataState::Converted { run: stored.run.clone() }).with(&document, text))
}
