//! What was done since the window was opened, line by line, for the drawer that shows it.
//!
//! In memory alone, and without what may be a secret: texts go through
//! [`rekey_engine::redact::said`], and the statements of other sessions are left out. The page
//! asks for what it has not seen yet, so a page that was reloaded loses nothing.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rekey_engine::Failure;
use rekey_engine::observer::{Blocker, Event};
use rekey_engine::redact::said;
use serde::Serialize;
use ts_rs::TS;

use crate::api::App;
use crate::store::now;

/// More than anybody reads; a run over a thousand tables takes about this many.
const KEPT: usize = 5000;

/// What the window can be asked to do that is worth a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Job {
    /// The sample is made and opened.
    Sample,
    /// A connection is tried.
    Test,
    /// A database is opened.
    Connect,
    /// It is looked at.
    Inspect,
    /// A plan is made.
    Plan,
    /// The checklist is gone through.
    Checklist,
    /// A backup is made and proven.
    Backup,
    /// A backup is put back into a new database.
    Restore,
    /// The plan is rehearsed on a copy.
    Rehearsal,
    /// The database is converted.
    Migration,
    /// The database is taken back.
    Undo,
    /// A run that stopped goes on.
    Resume,
    /// What a run that stopped had done is taken back.
    Abandon,
    /// What going back needs is removed.
    Keep,
    /// What must last is asked again.
    Validation,
    /// Keys are looked for in Redis.
    RedisScan,
    /// What rules would do in Redis is counted.
    RedisForesight,
    /// Ids are replaced in Redis.
    RedisRewrite,
    /// Ids in Redis are taken back.
    RedisUndo,
    /// Keys are removed from Redis.
    RedisRemoval,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "entry", rename_all = "snake_case")]
#[ts(export)]
pub enum LogEntry {
    /// Something was begun.
    Began {
        /// What.
        job: Job,
    },
    /// It ended well.
    Ended {
        /// What.
        job: Job,
        /// How long it took.
        seconds: f64,
    },
    /// It failed, or was cancelled.
    Failed {
        /// What.
        job: Job,
        /// After how long.
        seconds: f64,
        /// The failure's code.
        code: String,
        /// What happened, in a sentence.
        what: String,
    },
    /// A step was begun.
    Step {
        /// What it does.
        step: String,
    },
    /// A step ended.
    StepDone {
        /// What it did.
        step: String,
        /// How long it took.
        seconds: f64,
    },
    /// Others hold what is waited for.
    Waiting {
        /// How often it was tried.
        attempt: u32,
        /// Who they are, without what they do.
        who: Vec<String>,
    },
    /// Whether a run rests, as it was asked to.
    Paused {
        /// True where it does, false where it goes on.
        rests: bool,
    },
    /// Whether the computer is kept from falling asleep.
    Awake {
        /// True where it is.
        kept: bool,
        /// What the system said where it is not.
        detail: Option<String>,
    },
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct LogLine {
    /// Its number, from 1.
    #[ts(type = "number")]
    pub number: u64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub entry: LogEntry,
}

/// The lines since the window was opened.
#[derive(Debug, Default)]
pub struct Log {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    lines: VecDeque<LogLine>,
    number: u64,
    // Of a step that goes on only its beginning is a line.
    step: String,
}

impl Log {
    /// Notes what the engine tells, as far as it is a line's worth.
    pub fn notice(&self, event: &Event) {
        match event {
            Event::Progress(progress) => self.step(&progress.step),
            Event::Backup { step, .. } => self.step(step),
            Event::StepDone { step, seconds, .. } => {
                self.add(LogEntry::StepDone { step: safe(step), seconds: *seconds });
            }
            Event::Waiting { attempt, blockers } => {
                self.add(LogEntry::Waiting { attempt: *attempt, who: blockers.iter().map(who).collect() });
            }
            Event::Paused { paused } => self.add(LogEntry::Paused { rests: *paused }),
            Event::Code { .. } => {}
        }
    }

    /// Notes that something was begun.
    pub fn began(&self, job: Job) {
        self.locked().step.clear();
        self.add(LogEntry::Began { job });
    }

    /// Notes how it ended.
    pub fn ended(&self, job: Job, took: Duration, failure: Option<&Failure>) {
        let seconds = took.as_secs_f64();
        self.add(match failure {
            None => LogEntry::Ended { job, seconds },
            Some(failure) => LogEntry::Failed { job, seconds, code: failure.code.clone(), what: safe(&failure.what) },
        });
    }

    /// Notes whether the computer is kept awake; `refused` is what the system said.
    pub fn awake(&self, refused: Option<&str>) {
        self.add(LogEntry::Awake { kept: refused.is_none(), detail: refused.map(safe) });
    }

    /// The lines behind the one with that number.
    pub fn after(&self, number: u64) -> Vec<LogLine> {
        self.locked().lines.iter().filter(|line| line.number > number).cloned().collect()
    }

    fn step(&self, step: &str) {
        if self.locked().step == step {
            return;
        }
        step.clone_into(&mut self.locked().step);
        self.add(LogEntry::Step { step: safe(step) });
    }

    fn add(&self, entry: LogEntry) {
        let mut kept = self.locked();
        kept.number += 1;
        let line = LogLine { number: kept.number, at: now(), entry };
        kept.lines.push_back(line);
        if kept.lines.len() > KEPT {
            kept.lines.pop_front();
        }
    }

    fn locked(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// The lines of the log behind the one with that number; 0 gives all.
    ///
    /// # Errors
    /// None at present; the window treats every command alike.
    pub async fn log_view(&self, after: u64) -> Result<Vec<LogLine>, Failure> {
        Ok(self.log.after(after))
    }
}

fn safe(text: &str) -> String {
    said(text, &[])
}

// Their last statement may hold rows.
fn who(blocker: &Blocker) -> String {
    safe(&Blocker { query: String::new(), ..blocker.clone() }.to_string())
}

#[cfg(test)]
mod tests {
    use rekey_engine::observer::Progress;

    use super::*;

    fn progress(step: &str, rows_done: u64) -> Event {
        Event::Progress(Progress {
            run: "r".to_owned(),
            step: step.to_owned(),
            number: 1,
            of: 2,
            table: None,
            rows_done,
            rows_total: 10,
            elapsed: 0.0,
            eta: None,
        })
    }

    fn entries(log: &Log) -> Vec<LogEntry> {
        log.after(0).into_iter().map(|line| line.entry).collect()
    }

    #[test]
    fn a_step_is_a_line_at_its_beginning_and_at_its_end() {
        let log = Log::default();
        log.began(Job::Migration);
        for rows in 0..10 {
            log.notice(&progress("Convert a", rows));
        }
        log.notice(&Event::StepDone { id: "a".to_owned(), step: "Convert a".to_owned(), seconds: 1.5 });
        log.notice(&progress("Convert b", 0));
        log.ended(Job::Migration, Duration::from_secs(2), None);
        let step = |step: &str| LogEntry::Step { step: step.to_owned() };
        assert_eq!(
            entries(&log),
            [
                LogEntry::Began { job: Job::Migration },
                step("Convert a"),
                LogEntry::StepDone { step: "Convert a".to_owned(), seconds: 1.5 },
                step("Convert b"),
                LogEntry::Ended { job: Job::Migration, seconds: 2.0 },
            ]
        );
        assert_eq!(log.after(4).len(), 1);
        assert_eq!(log.after(5), []);
    }

    #[test]
    fn the_same_step_of_the_next_job_is_a_line_again() {
        let log = Log::default();
        for job in [Job::Migration, Job::Undo] {
            log.began(job);
            log.notice(&progress("Take the proofs", 0));
        }
        assert_eq!(entries(&log).len(), 4);
    }

    #[test]
    fn neither_passwords_nor_what_others_ask_are_kept() {
        let log = Log::default();
        let blocker = Blocker {
            pid: "42".to_owned(),
            user: "ann".to_owned(),
            application: "psql".to_owned(),
            state: "idle in transaction".to_owned(),
            query: "SELECT 'row-canary'".to_owned(),
        };
        log.notice(&Event::Waiting { attempt: 1, blockers: vec![blocker] });
        log.notice(&progress("Open postgres://ann:canary@db.example.org/shop", 0));
        log.awake(Some("password=canary"));
        let told = format!("{:?}", log.after(0));
        assert!(!told.contains("canary"), "{told}");
        assert!(told.contains("session 42 of user 'ann' (psql), idle in transaction"), "{told}");
    }

    #[test]
    fn the_oldest_lines_give_way() {
        let log = Log::default();
        for _ in 0..=KEPT {
            log.began(Job::Plan);
        }
        let lines = log.after(0);
        assert_eq!((lines.len(), lines[0].number), (KEPT, 2));
    }
}
