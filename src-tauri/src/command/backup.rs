//! `backup`: a copy that was restored, or read again, and compared with its source.

use std::path::Path;

use rekey_engine::backup::{self, Backup, Making};
use rekey_engine::execute::Cancel;
use rekey_engine::report::words::thousands;
use rekey_engine::schema::EngineKind;
use time::macros::format_description;

use crate::api::types::BackupMade;
use crate::command::args::{BackupArgs, ProvingArgs};
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::run::new_run;
use crate::command::session::Session;
use crate::command::text::blocks;
use crate::command::{Outcome, Stop};
use crate::target::Target;

/// Makes a backup and proves it.
pub async fn backup(session: &Session, args: &BackupArgs) -> Result<Outcome, Stop> {
    let target = session.target(&args.target).await?;
    let made = make(session, &target, &args.dir, &args.proving).await?;
    let text = text(&made);
    Ok(Outcome::new(&made, text))
}

/// Makes a backup in `folder` and notes it in the history.
///
/// # Errors
/// A [`Stop`] where it could not be made or proven; nothing of it is left then.
pub async fn make(session: &Session, target: &Target, folder: &Path, proving: &ProvingArgs) -> Result<Backup, Stop> {
    let run = new_run();
    let server = scratch_server(session, proving).await?;
    let making = Making {
        folder,
        name: &moment(),
        run: &run,
        programs: proving.programs.as_deref(),
        server: server.as_ref().map(|server| server.database.as_ref()),
    };
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    let printer = Printer::new(&session.console, &run);
    let made = backup::make(target.database.as_ref(), &making, &printer, &cancel).await?;
    if let Some(store) = &session.store
        && let Err(error) = store.keep_backup(&target.database.place(), &view(&made)).await
    {
        session.console.warn(&format!("the history could not be written: {error}."));
    }
    Ok(made)
}

/// The database whose server takes the scratch database, where another one was named.
///
/// # Errors
/// A [`Stop`] where it names none.
pub async fn scratch_server(session: &Session, proving: &ProvingArgs) -> Result<Option<Target>, Stop> {
    match &proving.scratch {
        Some(text) => Ok(Some(session.target(text).await?)),
        None => Ok(None),
    }
}

// Part of the file's name: sortable, and different for every backup of a file.
fn moment() -> String {
    let shape = format_description!("[year][month][day]-[hour][minute][second]");
    time::OffsetDateTime::now_utc().format(&shape).unwrap_or_else(|_| new_run())
}

fn view(made: &Backup) -> BackupMade {
    BackupMade {
        path: made.path.clone(),
        bytes: made.bytes,
        sha256: made.sha256.clone(),
        verified: made.verified,
        client: made.client.clone(),
        restore: made.restore.join("\n"),
    }
}

fn text(made: &Backup) -> String {
    blocks(&[
        format!(
            "Backup made, {} and found equal to its source.\n  Made by   {}\n  File      {}\n  Manifest  {}\n  Size      {} bytes\n  SHA-256   {}",
            if made.engine == EngineKind::Sqlite { "read again" } else { "restored into a scratch database" },
            made.client,
            made.path,
            made.manifest,
            thousands(made.bytes),
            made.sha256
        ),
        format!(
            "To restore it by hand\n{}",
            made.restore.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
        ),
    ])
}
