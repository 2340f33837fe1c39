//! `keep`: makes a finished run final.

use rekey_engine::execute;

use crate::command::args::ConsentArgs;
use crate::command::progress::Printer;
use crate::command::session::Session;
use crate::command::{Outcome, Stop, history, run, undo};

/// Gives up the map, and with it the way back.
pub async fn keep(session: &Session, args: &ConsentArgs) -> Result<Outcome, Stop> {
    let (target, stored) = undo::finished(session, args).await?;
    if !args.yes {
        return Err(undo::unconfirmed(
            args,
            &format!(
                "It would make run {} final: its map of old and new ids goes, and it can no longer be undone.",
                stored.run
            ),
            "keep",
        ));
    }
    let options = run::options(&stored.run, stored.record.safety_net.clone(), &stored.record.overrides, args.lock_wait);
    let printer = Printer::new(&session.console, &stored.run);
    let record = execute::keep(target.database.as_ref(), &stored, &options, &printer).await?;
    history::note(session, &record, Some(&stored.plan)).await;
    let text = format!("Run {}: kept. The map is gone; the way back from here is the backup.", record.run);
    Ok(Outcome::new(&record, text))
}
