//! The runners' own totals, added up.

use crate::process;
use std::path::Path;
use std::process::Command;

/// Sum over the `test result:` lines of all Rust test binaries.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Totals {
    binaries: u32,
    passed: u64,
    failed: u64,
    ignored: u64,
    windows: u64,
}

impl Totals {
    /// Takes note of a line if it is a total.
    pub fn see(&mut self, line: &str) {
        if line.starts_with("test gui::") && line.trim_end().ends_with("... ok") {
            self.windows += 1;
        }
        let Some((_, result)) = line.split_once("test result: ") else {
            return;
        };
        let (_, counts) = result.split_once(". ").unwrap_or(("", result));
        self.binaries += 1;
        for count in counts.split(';') {
            let mut words = count.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else {
                continue;
            };
            let number: u64 = number.parse().unwrap_or(0);
            match word {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }

    /// How many tests ran.
    pub fn ran(&self) -> u64 {
        self.passed + self.failed
    }

    /// How many tests there were, those included that could not run.
    pub fn found(&self) -> u64 {
        self.ran() + self.ignored
    }

    /// How many tests drove the window and passed.
    pub fn windows(&self) -> u64 {
        self.windows
    }

    /// One line for the summary.
    pub fn line(&self) -> String {
        format!(
            "Rust tests: {} passed, {} failed, {} ignored, from {} totals above.",
            self.passed, self.failed, self.ignored, self.binaries
        )
    }
}

/// One line for the summary from the file that vitest wrote.
pub fn front_end(report: &Path) -> Option<String> {
    let path = report.to_str()?.replace('\'', "''");
    let sql = format!(
        "SELECT json_extract(t, '$.numPassedTests') || ' passed, ' || json_extract(t, '$.numFailedTests') || \
         ' failed, ' || json_extract(t, '$.numPendingTests') || ' skipped' FROM (SELECT readfile('{path}') AS t)"
    );
    let counts = process::read(Command::new("sqlite3").args([":memory:", &sql])).ok()?;
    (!counts.is_empty()).then(|| format!("Front end tests: {counts}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_of_several_binaries_are_added() {
        let mut totals = Totals::default();
        totals.see("running 3 tests\n");
        totals.see("test gui::the_window_opens ... ok\n");
        totals.see("test gui::the_sample ... ignored\n");
        totals.see("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.03s\n");
        totals.see("test result: FAILED. 7 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9s\n");
        assert_eq!(totals, Totals { binaries: 2, passed: 19, failed: 2, ignored: 1, windows: 1 });
        assert_eq!(totals.ran(), 21);
    }
}
