//! Writing a dump: what the program says goes into our file, and is looked at on the way.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::ChildStdout;

use super::{Programs, complaint, database};
use crate::backup::child::Running;
use crate::backup::dumper::Moment;
use crate::backup::file::failed;
use crate::backup::private::Private;
use crate::backup::{Rung, Work};
use crate::dialect::Login;
use crate::{Error, Result};

/// How long writers are kept out at most. What they write after that shows in the comparison.
const LONGEST_HOLD: Duration = Duration::from_secs(30);
/// How often progress is told, in bytes.
const STEP: u64 = 1 << 20;
/// What every whole dump ends with.
pub const TRAILER: &[u8] = b"-- Dump completed";

const OPTIONS: &[&str] = &[
    "--single-transaction",
    "--quick",
    "--skip-lock-tables",
    "--skip-add-locks",
    "--routines",
    "--triggers",
    "--events",
    "--hex-blob",
    "--tz-utc",
    "--no-tablespaces",
    "--comments",
    "--default-character-set=utf8mb4",
    "--max-allowed-packet=1G",
];

/// Writes it.
pub async fn dump(programs: &Programs, login: &Login, moment: &mut Moment, path: &Path, work: &Work<'_>) -> Result<()> {
    let private = Private::new()?;
    let mut command = programs.command(&programs.dump, &private, login)?;
    command.args(OPTIONS);
    if programs.history {
        command.arg("--dump-history");
    }
    if !programs.server.is_mariadb() {
        command.arg("--set-gtid-purged=OFF");
    }
    command.arg("--").arg(database(login)).stdout(Stdio::piped());
    let mut running = Running::start(command)?;
    let Some(output) = running.output() else {
        return Err(Error::Internal { detail: "the program's output is not heard".to_owned() });
    };
    let (written, ended) = tokio::join!(write(output, path, moment, work), running.wait(work.cancel, &|_| false));
    let ended = ended?;
    let whole = written?;
    if !ended.well {
        return Err(complaint(Rung::Written, login, &ended.said));
    }
    if whole {
        return Ok(());
    }
    let detail =
        format!("'{}' said that all went well, but its dump has no end. {}", programs.dump.label(), ended.said);
    Err(Error::Backup { rung: Rung::Written, detail: detail.trim_end().to_owned() })
}

// True where its last line is the one that ends a dump.
async fn write(mut output: ChildStdout, path: &Path, moment: &mut Moment, work: &Work<'_>) -> Result<bool> {
    let file = tokio::fs::OpenOptions::new().write(true).open(path).await;
    let mut file = file.map_err(|failure| failed(path, failure))?;
    let (mut seen, mut buffer) = (Seen::default(), vec![0; 1 << 16]);
    let (mut done, mut told) = (0, 0);
    let patience = tokio::time::sleep(LONGEST_HOLD);
    tokio::pin!(patience);
    loop {
        let read = tokio::select! {
            read = output.read(&mut buffer) => read.map_err(|failure| failed(path, failure))?,
            () = &mut patience, if moment.holder.is_some() => {
                release(moment).await;
                continue;
            }
        };
        if read == 0 {
            break;
        }
        file.write_all(&buffer[..read]).await.map_err(|failure| failed(path, failure))?;
        let news = seen.look(&buffer[..read]);
        if seen.began {
            release(moment).await;
        }
        done += read as u64;
        if news || done >= told + STEP {
            told = done;
            work.tell("Write the backup", seen.table.as_deref(), done, work.bytes_total.max(done));
        }
    }
    file.flush().await.map_err(|failure| failed(path, failure))?;
    release(moment).await;
    Ok(seen.ended)
}

// Whoever held it may be gone with its server; then nobody is kept out any more.
async fn release(moment: &mut Moment) {
    if let Some(mut holder) = moment.holder.take() {
        let _ = holder.execute("UNLOCK TABLES").await;
    }
}

/// What was seen in a dump so far, from the beginnings of its lines.
#[derive(Default)]
struct Seen {
    line: Vec<u8>,
    /// It speaks of an object: the transaction that it reads in has begun. Before that it
    /// writes its head, which tells nothing (`main` of `mysqldump.cc` and `mysqldump.c`).
    began: bool,
    ended: bool,
    table: Option<String>,
}

const LONGEST_LINE: usize = 400;
/// What stands before each object, behind the head.
const OBJECTS: [&[u8]; 4] = [b"Table structure for ", b"Temporary ", b"Sequence structure for ", b"Dumping "];

impl Seen {
    // True where another table is at work.
    fn look(&mut self, bytes: &[u8]) -> bool {
        let mut news = false;
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = LONGEST_LINE.saturating_sub(self.line.len());
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            if part.ends_with(b"\n") {
                news |= self.end_line();
            }
        }
        news
    }

    fn end_line(&mut self) -> bool {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() && line != b"\n" {
            self.ended = line.starts_with(TRAILER);
        }
        let Some(rest) = line.strip_prefix(b"-- ") else { return false };
        self.began |= self.ended || OBJECTS.iter().any(|start| rest.starts_with(start));
        let Some(name) = rest.strip_prefix(b"Dumping data for table `") else { return false };
        let name = String::from_utf8_lossy(name);
        self.table = Some(name.trim_end().trim_end_matches('`').replace("``", "`"));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_no_beginning_and_only_the_trailer_is_an_end() {
        let mut seen = Seen::default();
        seen.look(b"-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu\n--\n-- Server version\t1\n");
        assert!(!seen.began && !seen.ended);
        seen.look(b"--\n-- Table struc");
        assert!(!seen.began);
        assert!(!seen.look(b"ture for table `a`\n"));
        assert!(seen.began);
        assert!(seen.look(b"-- Dumping data for table `a``b`\n") && seen.table.as_deref() == Some("a`b"));
        seen.look(b"-- Dump completed on 2026-01-01\n\n");
        assert!(seen.ended);
        seen.look(b"x\n");
        assert!(!seen.ended);
    }
}
