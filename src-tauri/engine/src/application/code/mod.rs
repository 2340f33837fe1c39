//! What takes ids for numbers in the code of an application: found line by line in a folder that
//! is only read, from the very tables of a plan.
//!
//! Nothing is parsed as a whole and nothing is executed: each line is looked at with the headers
//! of the blocks around it. What is found is a list for people, who decide.

mod advice;
mod block;
mod names;
mod patterns;
mod python;
mod rules;
mod script;
mod stored;
mod walk;

pub use advice::{Page, advice};
pub use names::Names;
pub use rules::Rule;

use std::borrow::Cow;
use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Result;
use crate::execute::Cancel;
use crate::observer::{Event, Observer};
use crate::redact::redact;
use block::Blocks;
use walk::{Language, Source};

/// One line that breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Hit {
    /// The file, below the folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The rule's stable name.
    #[ts(type = "string")]
    pub rule: Rule,
    /// For whom: a framework or language.
    pub framework: Cow<'static, str>,
    /// Why it breaks.
    pub why: Cow<'static, str>,
    /// The line as it is, without the passwords of addresses in it.
    pub before: String,
    /// How it could be; none where a person must think.
    pub after: Option<String>,
}

impl Hit {
    /// True where the line may be rows of data, written down in a script or a file of fixtures.
    pub fn holds_rows(&self) -> bool {
        let data = match Language::of(Path::new(&self.file)) {
            Some(Language::Sql | Language::Json | Language::Yaml) => true,
            Some(Language::Python | Language::Script | Language::Prisma | Language::Markup) | None => false,
        };
        data || self.rule == Rule::Fixture || patterns::SQL_INSERT.fits(&self.before)
    }
}

/// What was found in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Scan {
    /// Files that were looked at.
    pub files: usize,
    /// Every line that breaks, by file and line.
    pub findings: Vec<Hit>,
    /// Files that were not looked at, with the reason.
    pub left_out: Vec<String>,
}

/// What was found in which folder, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Scanned {
    /// The folder.
    pub folder: String,
    /// When it was looked through, RFC 3339 in UTC.
    pub at: String,
    /// What was found.
    #[serde(flatten)]
    pub scan: Scan,
}

/// Looks through a folder.
///
/// # Errors
/// [`crate::Error::Cancelled`] where that was wished.
pub fn scan(folder: &Path, names: &Names, observer: &dyn Observer, cancel: &Cancel) -> Result<Scan> {
    let (mut files, mut findings) = (0, Vec::new());
    let left_out = walk::sources(folder, cancel, |source| {
        files += 1;
        findings.extend(look(&source, names));
        observer.notice(Event::Code { files, found: findings.len() });
    })?;
    Ok(Scan { files, findings, left_out })
}

/// One line with what stands around it.
struct Line<'a> {
    text: &'a str,
    /// The headers of the blocks around it, the innermost first.
    around: Vec<&'a str>,
    /// The lines before it and after it.
    before: &'a [&'a str],
    rest: &'a [&'a str],
    names: &'a Names,
}

impl Line<'_> {
    /// True where the word is one of the plan's ids, by itself or by what stands around it.
    fn is_id(&self, word: &str) -> bool {
        self.names.is_id(word) || (Names::is_plain(word) && self.is_about())
    }

    fn is_about(&self) -> bool {
        self.names.speaks_of(self.text) || self.around.iter().any(|header| self.names.speaks_of(header))
    }

    /// True where any word of a text is one of the plan's ids, or was given its value from one a
    /// few lines before.
    fn has_id(&self, text: &str) -> bool {
        names::words(text).any(|word| self.is_id(word) || self.was_given_id(word))
    }

    fn was_given_id(&self, word: &str) -> bool {
        const NEAR: usize = 8;
        let given = self.before.iter().rev().take(NEAR).filter_map(|line| patterns::GIVEN.groups(line));
        let value = given.into_iter().find(|groups| groups[1] == word).map(|groups| groups[2]);
        value.is_some_and(|value| names::words(value).any(|word| self.is_id(word)))
    }
}

/// What a rule says of a line.
struct Found {
    rule: Rule,
    after: Option<String>,
}

fn look(source: &Source, names: &Names) -> Vec<Hit> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut blocks = Blocks::default();
    let mut hits: Vec<Hit> = Vec::new();
    for (number, text) in lines.iter().enumerate() {
        let around = blocks.enter(text);
        if is_comment(text, source.language) {
            continue;
        }
        let line = Line { text, around, before: &lines[..number], rest: &lines[number + 1..], names };
        let path = source.path.to_string_lossy();
        let found = match source.language {
            Language::Python => python::look(&line),
            Language::Script | Language::Markup => script::look(&line),
            Language::Prisma => script::prisma(&line),
            Language::Sql => stored::sql(&line).into_iter().collect(),
            Language::Json | Language::Yaml => stored::fixture(&line, &path).into_iter().collect(),
        };
        for Found { rule, after } in found {
            // One line is told once by the rule that says most.
            if hits.last().is_none_or(|last| last.line != number + 1) {
                hits.push(Hit {
                    file: path.to_string(),
                    line: number + 1,
                    rule,
                    framework: rule.framework().into(),
                    why: rule.why().into(),
                    before: shown(text),
                    after: after.filter(|after| after.trim() != text.trim()).map(|after| shown(&after)),
                });
            }
        }
    }
    hits
}

// A line that goes on for ever is cut, and passwords stay where they are.
fn shown(text: &str) -> String {
    let text = text.trim();
    let safe = if text.contains('@') { redact(text) } else { text.to_owned() };
    safe.chars().take(240).collect()
}

fn is_comment(text: &str, language: Language) -> bool {
    let text = text.trim_start();
    match language {
        Language::Python | Language::Yaml => text.starts_with('#'),
        Language::Script | Language::Prisma | Language::Markup => {
            text.starts_with("//") || text.starts_with('*') || text.starts_with("/*") || text.starts_with("<!--")
        }
        Language::Sql => text.starts_with("--"),
        Language::Json => false,
    }
}
