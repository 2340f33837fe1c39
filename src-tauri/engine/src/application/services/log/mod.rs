//! What the services complain of in their logs, and what it means after ids have changed.
//!
//! A file is read piece by piece and never held; of a line without an end only its beginning is
//! looked at.

mod lines;
mod moment;
mod patterns;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use ts_rs::TS;

use super::command::{self, How};
use super::{Ended, Services, Trouble};
use crate::execute::Cancel;
use crate::redact;
use lines::Lines;
use moment::Moments;
use patterns::Known;

/// How many hits are told one by one; all are counted.
const SHOWN: usize = 200;
/// How much of a line is shown.
const LETTERS: usize = 300;

/// Something else to look for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPattern {
    /// A regular expression in the syntax of the crate `regex`.
    pub pattern: String,
    /// What it means where a line has it.
    pub meaning: String,
    /// What to do then.
    pub remedy: String,
}

/// Which part of a log is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Lines from this moment on. Times without a zone are taken in the zone of this one, and a
    /// line without a time is as old as the one before it.
    pub since: Option<OffsetDateTime>,
    /// At most so many bytes from the end of each file.
    pub last_bytes: u64,
}

impl Period {
    /// As much as is usually looked at: the end of each log, or more of it where a moment is
    /// named, since so much may have been written from then on.
    pub fn since(since: Option<OffsetDateTime>) -> Period {
        Period { since, last_bytes: if since.is_some() { 256 << 20 } else { 1 << 20 } }
    }
}

/// A line that complains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Complaint {
    /// The file, or the command that wrote it.
    pub source: String,
    /// Its line there, counted from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// Which of the patterns.
    pub rule: String,
    /// The line, shortened and without secrets.
    pub text: String,
}

/// How often a pattern was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RuleCount {
    /// Which pattern.
    pub rule: String,
    /// How many lines have it.
    #[ts(type = "number")]
    pub lines: u64,
    /// What it means.
    pub meaning: String,
    /// What to do.
    pub remedy: String,
}

/// A log that was looked at, or could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Source {
    /// The file or the command.
    pub source: String,
    /// How many lines were looked at.
    #[ts(type = "number")]
    pub lines: u64,
    /// How many of them complain.
    #[ts(type = "number")]
    pub hits: u64,
    /// Why it could not be looked at.
    pub trouble: Option<String>,
    /// What to know of what was looked at.
    pub note: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LogReport {
    /// The first two hundred lines.
    pub hits: Vec<Complaint>,
    /// How often each pattern was found, in the order of the patterns.
    pub rules: Vec<RuleCount>,
    /// Each log.
    pub sources: Vec<Source>,
}

impl LogReport {
    /// True where all was looked at and nothing complains.
    pub fn is_clean(&self) -> bool {
        self.rules.is_empty() && self.sources.iter().all(|source| source.trouble.is_none())
    }
}

pub(super) fn look_over(own: &[OwnPattern]) -> Result<(), String> {
    Known::with(own).map(|_| ())
}

/// Looks through the files, and through what the commands write where `commands` says that they
/// may be carried out.
///
/// # Errors
/// [`Trouble::Missing`] where the file names no log, [`Trouble::Cancelled`]. A log that cannot be
/// read is told in its [`Source`].
pub async fn scan(services: &Services, period: Period, commands: bool, cancel: &Cancel) -> Result<LogReport, Trouble> {
    if services.logs.is_empty() && services.log_commands.is_empty() {
        return Err(Trouble::Missing { key: "logs" });
    }
    let known = Known::with(&services.patterns)
        .map_err(|reason| Trouble::Description { path: "\"patterns\"".to_owned(), reason })?;
    let counts = vec![0; known.len()];
    let mut search = Search { known, counts, period, cancel: cancel.clone(), report: LogReport::default() };
    for path in &services.logs {
        search = search.through(path.clone(), path.display().to_string(), None).await?;
    }
    for task in &services.log_commands {
        let name = task.shown().line;
        if !commands {
            let trouble = Some("it was not carried out: nobody said yes to it".to_owned());
            search.report.sources.push(Source { source: name, lines: 0, hits: 0, trouble, note: None });
            continue;
        }
        match command::collect(task, cancel).await {
            Ok((ended, _)) if ended.how == How::Cancelled => return Err(Trouble::Cancelled),
            Ok((ended, said)) => search = search.through(said.path().to_owned(), name, Some(ended)).await?,
            Err(trouble) => {
                let trouble = Some(trouble.to_string());
                search.report.sources.push(Source { source: name, lines: 0, hits: 0, trouble, note: None });
            }
        }
    }
    Ok(search.told())
}

struct Search {
    known: Known,
    counts: Vec<u64>,
    period: Period,
    cancel: Cancel,
    report: LogReport,
}

impl Search {
    // Files may be large, and reading them blocks.
    async fn through(mut self, path: PathBuf, name: String, ended: Option<Ended>) -> Result<Search, Trouble> {
        let cancel = self.cancel.clone();
        let searched = tokio::task::spawn_blocking(move || {
            let mut source = Source { source: name, lines: 0, hits: 0, trouble: None, note: None };
            if let Err(error) = self.file(&path, &mut source) {
                source.trouble = Some(error.to_string());
            }
            if let Some(ended) = ended.filter(|ended| !ended.well) {
                source.trouble = Some(ended.sentence());
            }
            self.report.sources.push(source);
            self
        });
        let search = searched.await.map_err(|error| crate::Error::Internal { detail: error.to_string() })?;
        if cancel.is_cancelled() { Err(Trouble::Cancelled) } else { Ok(search) }
    }

    fn file(&mut self, path: &Path, source: &mut Source) -> std::io::Result<()> {
        let mut lines = Lines::open(path, self.period.last_bytes, &self.cancel)?;
        let mut moments = self.period.since.map(Moments::since);
        let passed_over = lines.passed_over();
        while let Some((number, text)) = lines.next()? {
            if self.cancel.is_cancelled() {
                return Ok(());
            }
            if moments.as_mut().is_some_and(|moments| moments.is_before(&text)) {
                continue;
            }
            source.lines += 1;
            let Some(rule) = self.known.of(&text) else { continue };
            source.hits += 1;
            if let Some(count) = self.counts.get_mut(rule) {
                *count += 1;
            }
            if self.report.hits.len() < SHOWN {
                let text: String = redact::said(&text, &[]).chars().take(LETTERS).collect();
                let rule = self.known.name(rule).to_owned();
                self.report.hits.push(Complaint { source: source.source.clone(), line: number, rule, text });
            }
        }
        let mut notes = Vec::new();
        if passed_over > 0 && moments.as_ref().is_none_or(|moments| !moments.saw_older()) {
            notes.push(format!("The first {passed_over} bytes were not looked at."));
        }
        if moments.is_some_and(|moments| !moments.saw_any()) && source.lines > 0 {
            notes.push("No line has a time that Rekey can read, so all of them were looked at.".to_owned());
        }
        source.note = (!notes.is_empty()).then(|| notes.join(" "));
        Ok(())
    }

    fn told(mut self) -> LogReport {
        let counted = self.counts.iter().enumerate().filter(|(_, lines)| **lines > 0);
        self.report.rules = counted.map(|(rule, lines)| self.known.counted(rule, *lines)).collect();
        self.report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn scanned(bytes: &[u8], since: Option<&str>, last_bytes: u64) -> LogReport {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        std::fs::write(&path, bytes).unwrap();
        let services = Services { logs: vec![path], ..Services::default() };
        let since =
            since.map(|text| OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).unwrap());
        scan(&services, Period { since, last_bytes }, false, &Cancel::default()).await.unwrap()
    }

    const OLD: &[u8] = b"2026-11-22 11:59:59,123 ERROR invalid input syntax for type uuid: \"1\"\n";

    #[tokio::test]
    async fn lines_are_named_by_file_number_and_meaning() {
        let report =
            scanned(b"fine\nERROR: operator does not exist: uuid = integer\n\xff\xfe DataError\n", None, 1 << 20).await;
        let found: Vec<(u64, &str)> = report.hits.iter().map(|hit| (hit.line, hit.rule.as_str())).collect();
        assert_eq!(found, [(2, "comparison"), (3, "database-error")]);
        assert!(report.hits[0].source.ends_with("app.log") && !report.is_clean());
        assert!(report.rules.iter().all(|rule| !rule.meaning.is_empty() && !rule.remedy.is_empty()));
        assert_eq!((report.sources[0].lines, report.sources[0].hits), (3, 2));
    }

    #[tokio::test]
    async fn what_is_older_is_passed_over_with_the_lines_that_belong_to_it() {
        let mut log = OLD.to_vec();
        log.extend_from_slice(b"  psycopg2.DataError\n2026-11-22 12:00:00,001 INFO started\n  ValueError: badly formed hexadecimal UUID string\n");
        let report = scanned(&log, Some("2026-11-22T12:00:00Z"), 1 << 20).await;
        assert_eq!(report.hits.iter().map(|hit| hit.line).collect::<Vec<_>>(), [4]);
        assert_eq!(report.sources[0].note, None);
        let zone = scanned(OLD, Some("2026-11-22T12:00:00+01:00"), 1 << 20).await;
        assert!(zone.is_clean(), "a time without a zone is one of the given zone");
    }

    #[tokio::test]
    async fn the_end_of_a_long_file_keeps_its_numbers() {
        let mut log = b"line\n".repeat(100_000);
        log.extend_from_slice(OLD);
        let report = scanned(&log, None, 4_000).await;
        assert_eq!(report.hits[0].line, 100_001);
        assert!(report.sources[0].lines < 1_000 && report.sources[0].note.is_some());
    }

    #[tokio::test]
    async fn a_line_without_an_end_and_a_flood_of_hits_are_bounded() {
        let mut log = vec![b'x'; 5 << 20];
        log.push(b'\n');
        log.extend(OLD.repeat(1_000));
        let report = scanned(&log, None, 1 << 30).await;
        assert_eq!((report.hits.len(), report.rules[0].lines), (SHOWN, 1_000));
        assert_eq!(report.hits[0].line, 2);
    }

    #[tokio::test]
    async fn no_secret_is_shown() {
        let report =
            scanned(b"DataError at postgres://ann:canary@h/d Authorization: Bearer canary-token\n", None, 1 << 20)
                .await;
        assert!(!report.hits[0].text.contains("canary"), "{}", report.hits[0].text);
    }

    #[tokio::test]
    async fn a_log_that_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.log");
        let services = Services { logs: vec![missing, folder.path().to_owned()], ..Services::default() };
        let report = scan(&services, Period { since: None, last_bytes: 9 }, false, &Cancel::default()).await.unwrap();
        assert!(!report.is_clean());
        assert!(report.sources.iter().all(|source| source.trouble.is_some()), "{:?}", report.sources);
    }
}
