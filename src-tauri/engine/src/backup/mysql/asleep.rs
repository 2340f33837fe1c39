//! Filling a copy from a dump, with what would not stay within the copy changed on the way:
//! events that would run there too are put to sleep, and triggers lose the name of the database
//! that they were made in. The file itself stays as it is.

use std::path::Path;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::ChildStdin;

use crate::Result;
use crate::backup::Work;
use crate::backup::file::failed;
use crate::dialect::mysql::header;

/// How often progress is told, in bytes.
const STEP: u64 = 1 << 20;
const TRIGGER: &[u8] = b"/*!50003 CREATE*/";
const EVENT: &[u8] = b"/*!50106 CREATE*/";

/// Sends the dump to a program's input.
pub async fn fill(path: &Path, input: Option<ChildStdin>, sleeping: &str, work: &Work<'_>) -> Result<()> {
    let Some(mut input) = input else { return Ok(()) };
    let file = tokio::fs::File::open(path).await.map_err(|failure| failed(path, failure))?;
    let size = file.metadata().await.map_or(0, |found| found.len());
    let mut lines = BufReader::with_capacity(1 << 16, file);
    let mut changing = Changing { sleeping: sleeping.to_owned(), ..Changing::default() };
    let (mut done, mut told) = (0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line).await.map_err(|failure| failed(path, failure))?;
        let ready = if read == 0 { changing.rest() } else { changing.take(&line) };
        // It went away; why, it says itself.
        if input.write_all(ready.as_deref().unwrap_or(&line[..if changing.holds() { 0 } else { read }])).await.is_err()
            || read == 0
        {
            break;
        }
        done += read as u64;
        if done >= told + STEP {
            told = done;
            work.tell("Restore the backup into a scratch database", None, done, size);
        }
    }
    let _ = input.shutdown().await;
    Ok(())
}

/// Statements that are changed are held back until they are whole.
#[derive(Default)]
struct Changing {
    sleeping: String,
    database: String,
    held: Vec<u8>,
}

impl Changing {
    fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    // Something to send instead of the line; none where it is to be sent as it is, or is held.
    fn take(&mut self, line: &[u8]) -> Option<Vec<u8>> {
        if self.database.is_empty() && line.starts_with(b"-- Host: ") {
            self.database = database_of(line).unwrap_or_default();
        }
        if self.held.is_empty() && !line.starts_with(TRIGGER) && !line.starts_with(EVENT) {
            return None;
        }
        self.held.extend_from_slice(line);
        line.trim_ascii_end().ends_with(b";;").then(|| self.changed())
    }

    fn rest(&mut self) -> Option<Vec<u8>> {
        Some(std::mem::take(&mut self.held))
    }

    fn changed(&mut self) -> Vec<u8> {
        let held = std::mem::take(&mut self.held);
        if held.starts_with(TRIGGER) {
            return header::without_database(&held, &self.database);
        }
        asleep(&held, &self.sleeping)
    }
}

fn database_of(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?;
    let (_, name) = line.split_once("    Database: ")?;
    Some(name.trim_end_matches(['\r', '\n']).to_owned())
}

// The server writes the head of an event itself: behind the schedule stands whether it is kept,
// then whether it is at work. Before that, names and texts are in quotes.
fn asleep(statement: &[u8], sleeping: &str) -> Vec<u8> {
    const WORD: &[u8] = b" ENABLE ";
    let mut quote = None;
    for (at, byte) in statement.iter().enumerate() {
        match quote {
            Some(open) if *byte == open => quote = None,
            None if b"'`\"".contains(byte) => quote = Some(*byte),
            None if statement[at..].starts_with(b" DISABLE ") => return statement.to_vec(),
            None if statement[at..].starts_with(WORD) => {
                let end = at + WORD.len();
                return [&statement[..at], b" ", sleeping.as_bytes(), b" ", &statement[end..]].concat();
            }
            Some(_) | None => {}
        }
    }
    statement.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_sleep_and_nothing_else_is_touched() {
        let head = "/*!50106 CREATE*/ /*!50117 DEFINER=`a`@`b`*/ /*!50106 EVENT `x ENABLE ` ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01' ON COMPLETION NOT PRESERVE";
        for (status, expected) in [
            ("ENABLE DO select ' DISABLE '", "DISABLE ON SLAVE DO select ' DISABLE '"),
            ("ENABLE COMMENT ' ENABLE ' DO select 1", "DISABLE ON SLAVE COMMENT ' ENABLE ' DO select 1"),
            ("DISABLE DO select 1 as ENABLE ", "DISABLE DO select 1 as ENABLE "),
        ] {
            let slept = asleep(format!("{head} {status} */ ;;").as_bytes(), "DISABLE ON SLAVE");
            assert_eq!(String::from_utf8(slept).unwrap(), format!("{head} {expected} */ ;;"));
        }
    }

    #[test]
    fn statements_are_changed_as_a_whole() {
        let mut changing = Changing { sleeping: "DISABLE ON SLAVE".to_owned(), ..Changing::default() };
        assert_eq!(changing.take(b"-- Host: localhost    Database: my shop\n"), None);
        assert_eq!(changing.take(b"INSERT INTO `a` VALUES (' ENABLE ');\n"), None);
        assert_eq!(changing.take(b"/*!50003 CREATE*/ /*!50003 TRIGGER `my shop`.t\n"), None);
        assert!(changing.holds());
        let sent = changing.take(b"BEFORE INSERT ON `my shop`.u FOR EACH ROW SET @a = 1 */;;\n").unwrap();
        assert_eq!(sent, b"/*!50003 CREATE*/ /*!50003 TRIGGER t\nBEFORE INSERT ON u FOR EACH ROW SET @a = 1 */;;\n");
        assert!(!changing.holds());
    }
}
