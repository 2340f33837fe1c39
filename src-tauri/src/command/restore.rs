//! `restore`: a backup brought back into a new database, whole or some tables of it, and
//! compared with its manifest.

use rekey_engine::backup::{self, Backup, Restored, Restoring};
use rekey_engine::execute::Cancel;
use rekey_engine::report::words::{count, moment};
use serde_json::json;

use crate::command::args::RestoreArgs;
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::run::new_run;
use crate::command::session::Session;
use crate::command::text::{blocks, plain};
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
    let restoring = Restoring { new: database, tables: &args.table, programs: args.programs.as_deref() };
    let restored = backup::restore(&backup, &restoring, &printer, &cancel).await?;
    let document = json!({
        "database": place,
        "backup": backup.path,
        "source": backup.source,
        "created": backup.created,
        "verified": true,
        "compared": restored.compared,
        "tables": restored.tables,
        "left_out": restored.left_out,
        "copy_back": restored.copy_back,
    });
    Ok(Outcome::new(&document, text(&backup, &restored)))
}

fn text(backup: &Backup, restored: &Restored) -> String {
    let (place, source, made) = (plain(&restored.database), plain(&backup.source), moment(&backup.created));
    let compared = count(restored.compared, "digest", "digests");
    if restored.tables.is_empty() {
        return format!(
            "Restored into {place} and found equal to what the backup's manifest says ({compared}).\nIt is {source} as it was on {made}."
        );
    }
    let list = |head: &str, lines: &[String]| {
        let lines: Vec<String> = lines.iter().map(|line| format!("  {}", plain(line))).collect();
        if lines.is_empty() { String::new() } else { format!("{head}\n{}", lines.join("\n")) }
    };
    blocks(&[
        format!(
            "Restored {} into {place}, found equal to what the backup's manifest says ({compared}).\nThey are those of {source} as they were on {made}.",
            count(restored.tables.len(), "table", "tables")
        ),
        list("Tables", &restored.tables),
        list("Left out, since it leads to tables that were not chosen", &restored.left_out),
        list("To copy missing rows back into the live database", &restored.copy_back),
    ])
}
