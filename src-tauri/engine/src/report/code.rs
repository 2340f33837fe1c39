//! What must change in the application's code: what was found in a folder, or advice.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::application::code::{Hit, Page, Scanned, advice};
use crate::plan::Conversion;
use crate::report::words::{count, moment};

/// Rows that are printed; the data has all of them.
const PRINTED: usize = 500;
/// Lines of data that are named before it says how many more there are.
const NAMED: usize = 5;

/// What stands above the advice.
pub const ADVISED: &str = "No folder with code was looked through. In general, from the converted tables:";

/// What must change in the application's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code {
    /// What was found in a folder, where one was looked through. Of a line that may be rows of
    /// data only the place is told.
    pub scan: Option<Scanned>,
    /// What to change, by framework, from the converted tables.
    pub advice: Vec<Page>,
}

impl Code {
    /// Advice for what was converted.
    pub fn of(conversions: &[Conversion]) -> Code {
        Code { scan: None, advice: advice(conversions) }
    }
}

/// The same without what may be rows of data.
pub fn without_rows(mut scanned: Scanned) -> Scanned {
    for hit in scanned.scan.findings.iter_mut().filter(|hit| hit.holds_rows()) {
        hit.before.clear();
        hit.after = None;
    }
    scanned
}

/// A file with what must change in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The file, below the folder.
    pub name: String,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// One line, or several lines of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub place: String,
    /// Why it breaks.
    pub why: String,
    /// The line as it is; empty where it may be data.
    pub before: String,
    /// How it could be; empty where a person must think.
    pub after: String,
}

impl Row {
    /// The line as it is, or why it is not told.
    pub fn before_told(&self) -> &str {
        if self.before.is_empty() { "(rows of data, not printed here)" } else { &self.before }
    }
}

/// The files, and how many lines are left out because nobody would read them.
pub fn files(scanned: &Scanned) -> (Vec<File>, usize) {
    let mut by_file: BTreeMap<&str, Vec<&Hit>> = BTreeMap::new();
    for hit in &scanned.scan.findings {
        by_file.entry(&hit.file).or_default().push(hit);
    }
    let (mut files, mut left, mut out) = (Vec::new(), PRINTED, 0);
    for (name, hits) in by_file {
        let mut all = rows(&hits);
        out += all.len().saturating_sub(left);
        all.truncate(left);
        left -= all.len();
        if !all.is_empty() {
            files.push(File { name: name.to_owned(), rows: all });
        }
    }
    (files, out)
}

// Lines of data come together by what is wrong with them.
fn rows(hits: &[&Hit]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut data: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for hit in hits {
        if hit.before.is_empty() {
            data.entry(&hit.why).or_default().push(hit.line);
            continue;
        }
        rows.push(Row {
            place: hit.line.to_string(),
            why: hit.why.to_string(),
            before: hit.before.clone(),
            after: hit.after.clone().unwrap_or_default(),
        });
    }
    rows.extend(data.into_iter().map(|(why, lines)| Row {
        place: places(&lines),
        why: why.to_owned(),
        before: String::new(),
        after: String::new(),
    }));
    rows
}

fn places(lines: &[usize]) -> String {
    let named: Vec<String> = lines.iter().take(NAMED).map(usize::to_string).collect();
    let more = lines.len().saturating_sub(NAMED);
    if more == 0 { named.join(", ") } else { format!("{} and {more} more", named.join(", ")) }
}

/// What stands above the list.
pub fn told(scanned: &Scanned) -> String {
    format!(
        "{} in {} of {}, looked through {}. It is a list for people, and may lack what is written in an unusual way.",
        count(scanned.scan.findings.len(), "line to change", "lines to change"),
        count(scanned.scan.files, "file", "files"),
        scanned.folder,
        moment(&scanned.at)
    )
}

/// What stands below a list that is too long to be printed.
pub fn left_out(lines: usize) -> Option<String> {
    (lines > 0)
        .then(|| format!("And {}: 'rekey code FOLDER --plan PLAN' lists all of them.", count(lines, "more", "more")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::code::{Rule, Scan};

    fn hit(file: &str, line: usize, rule: Rule, before: &str) -> Hit {
        Hit {
            file: file.to_owned(),
            line,
            rule,
            framework: rule.framework().into(),
            why: rule.why().into(),
            before: before.to_owned(),
            after: Some("after".to_owned()),
        }
    }

    fn scanned(findings: Vec<Hit>) -> Scanned {
        let scan = Scan { files: 3, findings, left_out: Vec::new() };
        Scanned { folder: "/shop".to_owned(), at: "2026-11-21T02:00:00Z".to_owned(), scan }
    }

    #[test]
    fn lines_that_may_be_rows_lose_their_text_and_come_together() {
        let mut all: Vec<Hit> =
            (1..=7).map(|line| hit("seed/users.json", line, Rule::Fixture, "\"pk\": 1, \"name\": \"Ann\"")).collect();
        all.push(hit("app.py", 3, Rule::RawSql, "db.run(\"INSERT INTO users (id) VALUES (5, 'Ann')\")"));
        all.push(hit("app.py", 9, Rule::RawSql, "db.run(\"SELECT 1 FROM users WHERE id = 5\")"));
        let kept = without_rows(scanned(all));
        assert!(!serde_json::to_string(&kept).expect("json").contains("Ann"));
        let (files, out) = files(&kept);
        assert_eq!(out, 0);
        let places: Vec<(&str, Vec<&str>)> = files
            .iter()
            .map(|file| (file.name.as_str(), file.rows.iter().map(|row| row.place.as_str()).collect()))
            .collect();
        assert_eq!(places, [("app.py", vec!["9", "3"]), ("seed/users.json", vec!["1, 2, 3, 4, 5 and 2 more"])]);
    }

    #[test]
    fn what_nobody_would_read_is_counted() {
        let all = (1..=PRINTED + 20).map(|line| hit("a.py", line, Rule::PythonParse, "int(user_id)"));
        let more = hit("b.py", 1, Rule::PythonParse, "int(user_id)");
        let (files, out) = files(&scanned(all.chain([more]).collect()));
        assert_eq!((files.len(), files[0].rows.len(), out), (1, PRINTED, 21));
        assert!(left_out(out).is_some_and(|text| text.contains("21 more")) && left_out(0).is_none());
    }
}
