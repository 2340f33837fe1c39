//! PostgreSQL: `pg_dump` on an exported snapshot, and `pg_restore`.

mod find;
mod hand;
mod said;
mod session;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use tokio::process::Command;

use super::child::{Ended, Running};
use super::dumper::{Dumper, Moment};
use super::program::Program;
use super::{Rung, Work};
use crate::dialect::{Connection, Database, Login};
use crate::{Error, Result};
use session::Session;

/// How often it is looked how large the dump is by now.
const LOOK: Duration = Duration::from_millis(500);
/// How long the dump waits for the locks that keep a table from being dropped, in milliseconds.
const PATIENCE: &str = "--lock-wait-timeout=10000";
/// Sessions that restore; one reads the tables in while another makes indexes.
const JOBS: &str = "--jobs=2";

/// `pg_dump` and `pg_restore` of one installation.
#[derive(Debug)]
pub(super) struct Programs {
    dump: Program,
    restore: Program,
}

impl Programs {
    /// Finds those that fit the server.
    ///
    /// # Errors
    /// [`Error::Program`] that says which were found and what to install.
    pub async fn find(database: &dyn Database, folder: Option<&Path>) -> Result<Self> {
        find::fitting(database, folder).await
    }

    // Runs one of them to its end, or to the user's wish to stop.
    async fn run(
        program: &Program,
        arguments: Vec<String>,
        session: Option<&Session>,
        rung: Rung,
        task: Task<'_>,
    ) -> Result<()> {
        let mut command = Command::new(&program.path);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        if let Some(session) = session {
            session.enter(&mut command);
        }
        let mut running = Running::start(command)?;
        let table = std::sync::Mutex::new(None);
        let hear = |line: &str| {
            if let Some(name) = said::table(line) {
                *table.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(name.to_owned());
            }
            !said::is_complaint(line)
        };
        let tell = || {
            let table = table.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
            let written = task.written.and_then(|path| std::fs::metadata(path).ok()).map_or(0, |file| file.len());
            task.work.tell(task.step, table.as_deref(), written, task.work.bytes_total);
        };
        let ending = running.wait(task.work.cancel, &hear);
        tokio::pin!(ending);
        let mut clock = tokio::time::interval(LOOK);
        let ended = loop {
            tokio::select! {
                ended = &mut ending => break ended?,
                _ = clock.tick() => tell(),
            }
        };
        tell();
        judge(program, &ended, rung)
    }
}

// What a program is at work for.
struct Task<'a> {
    step: &'a str,
    written: Option<&'a Path>,
    work: &'a Work<'a>,
}

fn judge(program: &Program, ended: &Ended, rung: Rung) -> Result<()> {
    if ended.well {
        return Ok(());
    }
    let said = if ended.said.is_empty() { "it ended without a word" } else { &ended.said };
    Err(Error::Backup { rung, detail: format!("{}: {said}", program.label()) })
}

#[async_trait]
impl Dumper for Programs {
    fn programs(&self) -> [&Program; 2] {
        [&self.dump, &self.restore]
    }

    fn client(&self) -> String {
        self.dump.told.clone()
    }

    fn ending(&self) -> &'static str {
        "dump"
    }

    async fn freeze(&self, _database: &dyn Database, connection: &mut dyn Connection) -> Result<Moment> {
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let rows = connection.query("SELECT pg_export_snapshot()").await?;
        Ok(Moment { snapshot: rows.into_iter().flatten().flatten().next(), ..Moment::default() })
    }

    async fn dump(&self, login: &Login, moment: &mut Moment, path: &Path, work: &Work<'_>) -> Result<()> {
        let session = Session::new(login)?;
        let mut arguments: Vec<String> =
            ["--format=custom", "--verbose", "--no-password", PATIENCE].map(str::to_owned).into();
        arguments.extend(moment.snapshot.as_ref().map(|name| format!("--snapshot={name}")));
        arguments.push(format!("--file={}", path.display()));
        arguments.extend(session.arguments());
        let task = Task { step: "Write the dump", written: Some(path), work };
        Programs::run(&self.dump, arguments, Some(&session), Rung::Written, task).await
    }

    async fn read_whole(&self, path: &Path, work: &Work<'_>) -> Result<()> {
        let nowhere = if cfg!(windows) { "--file=NUL" } else { "--file=/dev/null" };
        let task = Task { step: "Read the dump from end to end", written: None, work };
        let arguments = vec![nowhere.to_owned(), path.display().to_string()];
        Programs::run(&self.restore, arguments, None, Rung::Readable, task).await
    }

    async fn restore(&self, path: &Path, into: &Login, work: &Work<'_>) -> Result<()> {
        let session = Session::new(into)?;
        let mut arguments: Vec<String> =
            ["--exit-on-error", "--verbose", "--no-password", JOBS].map(str::to_owned).into();
        // A subscription of a copy would share its slot with the real one, and dropping it there
        // would drop the slot.
        arguments.push("--no-subscriptions".to_owned());
        // For materialized views over tables whose owner is bound by policies too: without it
        // the server would refuse to fill them.
        arguments.push("--enable-row-security".to_owned());
        arguments.extend(session.arguments());
        arguments.push(path.display().to_string());
        let task = Task { step: "Restore the dump into a scratch database", written: None, work };
        Programs::run(&self.restore, arguments, Some(&session), Rung::Restored, task).await
    }

    fn by_hand(&self, path: &Path, source: &Login, _settings: &BTreeMap<String, String>) -> Vec<String> {
        hand::lines(&self.restore.path, path, &source.address)
    }
}
