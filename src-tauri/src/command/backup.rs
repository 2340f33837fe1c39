//! `backup`: a copy that was read again and compared with its source.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rekey_engine::backup::{self, Backup};
use rekey_engine::connect::Address;
use rekey_engine::report::words::thousands;
use serde_json::json;
use time::macros::format_description;

use crate::api::types::BackupMade;
use crate::command::args::{BackupArgs, ProgressStyle};
use crate::command::console::Console;
use crate::command::session::Session;
use crate::command::text::blocks;
use crate::command::{Outcome, Stop};
use crate::target::Target;

/// Makes a backup of a SQLite file; says what is missing for a PostgreSQL database.
pub async fn backup(session: &Session, args: &BackupArgs) -> Result<Outcome, Stop> {
    let target = session.target(&args.target).await?;
    let made = make(session, &target, &args.dir).await?;
    let text = text(&made);
    Ok(Outcome::new(&made, text))
}

/// Makes a backup in `folder` and notes it in the history.
///
/// # Errors
/// A [`Stop`] where this version cannot, or the copy could not be made or proven.
pub async fn make(session: &Session, target: &Target, folder: &Path) -> Result<Backup, Stop> {
    let Address::Sqlite { path } = &target.address else { return Err(missing()) };
    std::fs::create_dir_all(folder)
        .map_err(|error| rekey_engine::Error::File { path: folder.display().to_string(), detail: error.to_string() })?;
    let progress = Bytes { console: session.console.clone(), last: Mutex::new(Instant::now()) };
    let made = backup::sqlite(path, folder, &moment(), &|done, all| progress.notice(done, all)).await?;
    if let Some(store) = &session.store
        && let Err(error) = store.keep_backup(&target.database.place(), &view(&made)).await
    {
        session.console.warn(&format!("the history could not be written: {error}."));
    }
    Ok(made)
}

fn missing() -> Stop {
    Stop::refused(
        "This version of Rekey makes no backups of PostgreSQL databases.",
        "It lacks the part that calls pg_dump, restores the dump and compares it with the database.",
        &[
            "Make one yourself, such as with pg_dump --format=custom, and restore it once to see that it works.",
            "Then give 'rekey run' that as the reason: --no-backup \"pg_dump of today, restored and looked at\".",
        ],
    )
}

// Part of the file's name: sortable, and different for every backup of a file.
fn moment() -> String {
    let shape = format_description!("[year][month][day]-[hour][minute][second]");
    time::OffsetDateTime::now_utc().format(&shape).unwrap_or_else(|_| crate::command::run::new_run())
}

fn view(made: &Backup) -> BackupMade {
    BackupMade {
        path: made.path.clone(),
        bytes: made.bytes,
        sha256: made.sha256.clone(),
        verified: made.verified,
        restore: made.restore.join("\n"),
    }
}

struct Bytes {
    console: Console,
    last: Mutex<Instant>,
}

impl Bytes {
    fn notice(&self, done: u64, all: u64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() < Duration::from_secs(1) {
            return;
        }
        *last = Instant::now();
        match self.console.progress() {
            ProgressStyle::None => {}
            ProgressStyle::Plain => {
                self.console.line(&format!("Copying: {} of {} bytes", thousands(done), thousands(all)));
            }
            ProgressStyle::Json => {
                let line =
                    json!({ "event": "backup", "step": "Copy the database", "bytes_done": done, "bytes_total": all });
                self.console.line(&line.to_string());
            }
        }
    }
}

fn text(made: &Backup) -> String {
    blocks(&[
        format!(
            "Backup made, read again and found equal to its source.\n  File      {}\n  Manifest  {}\n  Size      {} bytes\n  SHA-256   {}",
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
