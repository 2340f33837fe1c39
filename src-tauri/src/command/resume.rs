//! `resume`: takes a run, or an undo, that stopped on the way to its end.

use rekey_engine::execute::{self, Cancel, RunState, StoredRun, runs};

use crate::command::args::RunOfTarget;
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::session::Session;
use crate::command::{Outcome, Stop, history, run, status, undo};
use crate::target::Target;

/// How long to try for the locks again.
const LOCK_WAIT: u64 = 60;

/// Goes on where a run stopped; says where things stand if none did.
pub async fn resume(session: &Session, args: &RunOfTarget) -> Result<Outcome, Stop> {
    let (target, mut connection) = session.reader(&args.target).await?;
    let database = target.database.as_ref();
    let known = runs(database, connection.as_mut()).await?;
    drop(connection);
    let wanted = |stored: &&StoredRun| args.run.as_ref().is_none_or(|id| *id == stored.run) && stored.is_halfway();
    let Some(stored) = known.iter().find(wanted) else {
        let staged = !database.capabilities().transactional_ddl;
        return status::nothing_to_resume(session, args, staged).await;
    };
    go_on(session, &target, stored, &args.target).await
}

async fn go_on(session: &Session, target: &Target, stored: &StoredRun, word: &str) -> Result<Outcome, Stop> {
    let options = run::options(&stored.run, stored.record.safety_net.clone(), &stored.record.overrides, LOCK_WAIT);
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    let printer = Printer::new(&session.console, &stored.run);
    match execute::resume(target.database.as_ref(), stored, &options, &printer, &cancel).await {
        Ok(record) => {
            history::note(session, &record, Some(&stored.plan)).await;
            let standing = record.state == RunState::Converted;
            let text = if standing { run::text(&record, word) } else { undo::text(&record) };
            Ok(Outcome::new(&record, text))
        }
        Err(failed) => {
            history::note(session, &failed.record, None).await;
            let record = failed.record.clone();
            Err(Stop::from(failed).with(&record, String::new()))
        }
    }
}
