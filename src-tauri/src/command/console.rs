//! The one place that prints.

use std::io::{IsTerminal, Write};

use rekey_engine::Failure;
use serde_json::json;

use crate::command::args::ProgressStyle;
use crate::command::text::plain;
use crate::command::{Outcome, Stop};

/// Where results, progress and warnings go.
#[derive(Debug, Clone)]
pub struct Console {
    json: bool,
    progress: ProgressStyle,
}

impl Console {
    /// A console that prints the way it was asked to.
    pub fn new(json: bool, progress: ProgressStyle) -> Self {
        Console { json, progress }
    }

    /// True where stdout holds one JSON document.
    pub fn json(&self) -> bool {
        self.json
    }

    /// How progress is told.
    pub fn progress(&self) -> ProgressStyle {
        self.progress
    }

    /// True where a person can be asked something.
    pub fn can_ask(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Asks a person on the terminal; anything but a whole yes means no.
    pub async fn agrees(&self, question: &str) -> bool {
        self.line(&format!("{} [yes/no]", plain(question)));
        let answered = tokio::task::spawn_blocking(|| {
            let mut answer = String::new();
            std::io::stdin().read_line(&mut answer).map(|_| answer)
        });
        matches!(answered.await, Ok(Ok(answer)) if answer.trim().eq_ignore_ascii_case("yes"))
    }

    /// Says on stderr what a person should know.
    pub fn warn(&self, message: &str) {
        match self.progress {
            ProgressStyle::Json => self.line(&json!({ "event": "warning", "message": message }).to_string()),
            ProgressStyle::Plain | ProgressStyle::None => self.line(&format!("Warning: {}", plain(message))),
        }
    }

    /// Says on stderr what goes on.
    pub fn note(&self, message: &str) {
        match self.progress {
            ProgressStyle::Json => self.line(&json!({ "event": "note", "message": message }).to_string()),
            ProgressStyle::Plain => self.line(&plain(message)),
            ProgressStyle::None => {}
        }
    }

    /// One line on stderr.
    pub fn line(&self, line: &str) {
        // Whoever closed stderr does not want to hear more.
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }

    /// Prints how the command ended and gives its exit code.
    pub fn finish(&self, ended: Result<Outcome, Stop>) -> u8 {
        match ended {
            Ok(Outcome::Written) => 0,
            Ok(Outcome::Shown { json, text }) => {
                self.result(if self.json { &json } else { &text });
                0
            }
            Err(stop) => self.stopped(stop),
        }
    }

    fn stopped(&self, stop: Stop) -> u8 {
        let Stop { failure, mut document, text } = stop;
        let exit = failure.exit;
        if self.json {
            document.insert("failure".to_owned(), serde_json::to_value(&failure).unwrap_or_default());
            self.result(&serde_json::to_string_pretty(&document).unwrap_or_default());
            return exit;
        }
        if !text.is_empty() {
            self.result(&text);
        }
        match self.progress {
            ProgressStyle::Json => self.line(&json!({ "event": "failure", "failure": failure }).to_string()),
            ProgressStyle::Plain | ProgressStyle::None => self.line(&told(&failure)),
        }
        exit
    }

    fn result(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush());
    }
}

// What happened, why, what to do, and in which state the data is.
fn told(failure: &Failure) -> String {
    let mut lines = vec![format!("Error {}: {}", failure.code, plain(&failure.what))];
    if !failure.why.is_empty() {
        lines.push(format!("  Why:        {}", indented(&failure.why)));
    }
    for (place, remedy) in failure.remedy.iter().enumerate() {
        let head = if place == 0 { "What to do: " } else { "            " };
        lines.push(format!("  {head}{}", indented(remedy)));
    }
    lines.push(format!("  Your data:  {}", indented(&failure.state_sentence)));
    if let Some(details) = &failure.details {
        lines.push(format!("  Details:    {}", indented(details)));
    }
    lines.join("\n")
}

fn indented(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n              ")
}
