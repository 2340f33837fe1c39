//! `restore`: a backup brought back into a new database, and compared with its manifest.

use rekey_engine::backup;
use rekey_engine::execute::Cancel;
use serde_json::json;

use crate::command::args::RestoreArgs;
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::run::new_run;
use crate::command::session::Session;
use crate::command::text::plain;
use crate::command::{Outcome, Stop, safety};

/// Restores; never writes over what is there.
pub async fn restore(session: &Session, args: &RestoreArgs) -> Result<Outcome, Stop> {
    let backup = safety::read(&args.backup)?;
    let target = session.new_target(&args.target).await?;
    let (database, place) = (target.database.as_ref(), target.database.place());
    if database.engine() != backup.engine {
        return Err(Stop::refused(
            &format!("The backup is of a {} database, and the new one would not be.", backup.engine.label()),
            "A backup can be restored by the product alone that it was made of.",
            &["Name a database of that product."],
        ));
    }
    if backup::is_there(database).await? {
        return Err(Stop::refused(
            &format!("'{}' is there already.", plain(&place)),
            "A backup is restored into a new database, so that nothing that is there is ever lost.",
            &[
                "Name a database that is not there yet, look at it, and let the application use it then.",
                "Or rename or remove the one that is there yourself first.",
            ],
        ));
    }
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    let printer = Printer::new(&session.console, &new_run());
    backup::restore(&backup, database, args.programs.as_deref(), &printer, &cancel).await?;
    let document = json!({ "database": place, "backup": backup.path, "source": backup.source, "created": backup.created, "verified": true });
    let text = format!(
        "Restored into {} and found equal to what the backup's manifest says.\nIt is {} as it was on {}.",
        plain(&place),
        plain(&backup.source),
        rekey_engine::report::words::moment(&backup.created)
    );
    Ok(Outcome::new(&document, text))
}
