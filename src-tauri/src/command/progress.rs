//! Progress on stderr: lines for people, or one JSON object a line.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rekey_engine::observer::{Event, Observer, Progress};
use rekey_engine::report::words::{span, thousands};
use serde_json::{Value, json};

use crate::command::args::ProgressStyle;
use crate::command::console::Console;

/// Seconds between two lines about the same step.
const PAUSE: f64 = 2.0;

/// Prints what happens during a run.
pub struct Printer {
    console: Console,
    began: Instant,
    last: Mutex<Last>,
}

struct Last {
    progress: Progress,
    printed: Option<(u32, f64)>,
    // The step of a backup that was told last, and when.
    backup: Option<(String, f64)>,
}

impl Printer {
    /// A printer for the run with that id.
    pub fn new(console: &Console, run: &str) -> Self {
        let progress = Progress {
            run: run.to_owned(),
            step: String::new(),
            number: 0,
            of: 0,
            table: None,
            rows_done: 0,
            rows_total: 0,
            elapsed: 0.0,
            eta: None,
        };
        Printer {
            console: console.clone(),
            began: Instant::now(),
            last: Mutex::new(Last { progress, printed: None, backup: None }),
        }
    }
}

impl Observer for Printer {
    fn notice(&self, event: Event) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Event::Progress(progress) = &event {
            last.progress = progress.clone();
        } else {
            last.progress.elapsed = self.began.elapsed().as_secs_f64();
        }
        match self.console.progress() {
            ProgressStyle::None => {}
            ProgressStyle::Json => self.console.line(&object(&event, &last.progress).to_string()),
            ProgressStyle::Plain => {
                if let Some(line) = words(&event, &mut last) {
                    self.console.line(&crate::command::text::plain(&line));
                }
            }
        }
    }
}

// Every line has all keys of the contract, whatever the event: the newest that is known.
fn object(event: &Event, progress: &Progress) -> Value {
    let mut object = serde_json::to_value(progress).unwrap_or_default();
    let more = match event {
        Event::Progress(_) => json!({ "event": "progress" }),
        Event::Backup { step, table, bytes_done, bytes_total } => json!({
            "event": "backup", "step": step, "table": table, "bytes_done": bytes_done, "bytes_total": bytes_total
        }),
        Event::Code { files, found } => json!({ "event": "code", "files": files, "found": found }),
        Event::StepDone { id, step, seconds } => {
            json!({ "event": "step_done", "id": id, "step": step, "seconds": seconds })
        }
        Event::Paused { paused } => json!({ "event": "paused", "paused": paused }),
        Event::Waiting { attempt, blockers } => json!({ "event": "waiting", "attempt": attempt, "blockers": blockers }),
    };
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

fn words(event: &Event, last: &mut Last) -> Option<String> {
    match event {
        Event::Progress(progress) => {
            let due =
                last.printed.is_none_or(|(number, at)| number != progress.number || progress.elapsed - at >= PAUSE);
            due.then(|| {
                last.printed = Some((progress.number, progress.elapsed));
                at_work(progress)
            })
        }
        Event::Backup { step, table, bytes_done, bytes_total } => {
            let now = last.progress.elapsed;
            let due = last.backup.as_ref().is_none_or(|(told, at)| told != step || now - at >= PAUSE);
            due.then(|| {
                last.backup = Some((step.clone(), now));
                copied(step, table.as_deref(), *bytes_done, *bytes_total)
            })
        }
        // The command that looks through code prints its list at once.
        Event::Code { .. } => None,
        // What takes no time needs no second line.
        Event::StepDone { step, seconds, .. } => {
            (*seconds >= 1.0).then(|| format!("        done: {step} ({})", span(*seconds)))
        }
        Event::Paused { paused } => Some(format!("        {}", if *paused { "resting" } else { "going on" })),
        Event::Waiting { attempt, blockers } => {
            let who = blockers.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            let who = if who.is_empty() { "a session that cannot be seen".to_owned() } else { who };
            Some(format!("        waiting for locks (attempt {attempt}), held by {who}"))
        }
    }
}

fn copied(step: &str, table: Option<&str>, done: u64, total: u64) -> String {
    let mut line = format!("        {step}");
    if let Some(table) = table {
        line.push_str(&format!(", {table}"));
    }
    if done > 0 {
        line.push_str(&format!(", {}", thousands(done)));
        if total > 0 {
            line.push_str(&format!(" of {}", thousands(total.max(done))));
        }
        line.push_str(" bytes");
    }
    line
}

fn at_work(progress: &Progress) -> String {
    let mut line = format!("[{:>2}/{}] {}", progress.number, progress.of, progress.step);
    if progress.rows_done > 0 && progress.rows_done < progress.rows_total {
        line.push_str(&format!(", {} of {} rows", thousands(progress.rows_done), thousands(progress.rows_total)));
    }
    if let Some(eta) = progress.eta.filter(|eta| *eta >= 1.0) {
        line.push_str(&format!(", about {} left", span(eta)));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_has_the_keys_of_the_contract() {
        let console = Console::new(false, ProgressStyle::None);
        let printer = Printer::new(&console, "abc");
        let last = printer.last.into_inner().expect("lock");
        let events = [
            Event::Progress(last.progress.clone()),
            Event::StepDone { id: "x".to_owned(), step: "X".to_owned(), seconds: 1.0 },
            Event::Waiting { attempt: 1, blockers: Vec::new() },
            Event::Backup { step: "Dump".to_owned(), table: None, bytes_done: 1, bytes_total: 2 },
        ];
        for event in events {
            let object = object(&event, &last.progress);
            for key in ["event", "run", "step", "table", "rows_done", "rows_total", "elapsed", "eta"] {
                assert!(object.get(key).is_some(), "{key} is missing in {object}");
            }
        }
    }

    #[test]
    fn a_step_is_not_told_too_often() {
        let progress = |number, elapsed| {
            Event::Progress(Progress {
                run: "abc".to_owned(),
                step: "Convert public.a".to_owned(),
                number,
                of: 9,
                table: None,
                rows_done: 1500,
                rows_total: 3000,
                elapsed,
                eta: Some(4.2),
            })
        };
        let mut last = Last {
            progress: Printer::new(&Console::new(false, ProgressStyle::None), "a")
                .last
                .into_inner()
                .expect("lock")
                .progress,
            printed: None,
            backup: None,
        };
        assert_eq!(
            words(&progress(1, 0.0), &mut last).as_deref(),
            Some("[ 1/9] Convert public.a, 1,500 of 3,000 rows, about 4.2 s left")
        );
        assert!(words(&progress(1, 0.5), &mut last).is_none());
        assert!(words(&progress(1, 2.5), &mut last).is_some());
        assert!(words(&progress(2, 2.6), &mut last).is_some());
    }
}
