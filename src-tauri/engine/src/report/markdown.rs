//! The report as Markdown, for tickets and repositories.

use std::fmt::Write;

use crate::check::Severity;
use crate::execute::{ProofResult, RunRecord, StepRecord};
use crate::report::pictures::{self, Picture};
use crate::report::words::{line, moment, shown, span, thousands};
use crate::report::{Line, Report, grouped, performance};

impl Report {
    /// The report as Markdown (CommonMark with tables).
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        let record = &self.record;
        put(&mut text, &format!("# {} {}: {}", self.outcome.symbol(), self.outcome.word, inline(&record.database)));
        put(&mut text, &format!("**{}** {}", inline(&self.outcome.headline), inline(&self.outcome.meaning)));
        if let Some(failure) = &record.failure {
            put(&mut text, &format!("**What went wrong:** {}", inline(failure)));
        }
        self.facts(&mut text);
        self.measures(&mut text);
        self.people(&mut text);
        self.accepted(&mut text);
        self.findings(&mut text);
        self.closing(&mut text);
        self.columns(&mut text);
        steps(&mut text, "Steps of the conversion", &record.steps);
        sizes(&mut text, record);
        timings(&mut text, &performance::timings(record));
        indexes(&mut text, &performance::indexes(record), &performance::notes(record));
        steps(&mut text, "Steps of the undo", &record.undo_steps);
        proofs(&mut text, "Proofs of the conversion", &record.validation);
        proofs(&mut text, "Proofs of the undo", &record.undo_validation);
        text
    }

    fn facts(&self, text: &mut String) {
        let record = &self.record;
        let mut rows = vec![
            ["Database".to_owned(), inline(&record.database)],
            ["Where".to_owned(), inline(&record.place)],
            [
                "Server".to_owned(),
                inline(format!("{} {}", record.engine.product(&record.server_version), record.server_version).trim()),
            ],
            ["Run".to_owned(), inline(&record.run)],
            ["Began".to_owned(), moment(&record.started)],
        ];
        rows.extend(record.finished.as_deref().map(|at| ["Ended".to_owned(), moment(at)]));
        rows.extend(record.undone.as_deref().map(|at| ["Undone".to_owned(), moment(at)]));
        rows.push(["Took".to_owned(), span(record.seconds)]);
        rows.push(["New ids".to_owned(), thousands(record.ids)]);
        rows.push(["Plan".to_owned(), inline(&record.plan_fingerprint)]);
        rows.push(["Rekey".to_owned(), inline(&record.tool_version)]);
        let safety = super::safety::facts(record).into_iter();
        rows.extend(safety.map(|(name, value)| [name.to_owned(), inline(&value)]));
        put(text, "## The run");
        table(text, ["What", "Value"], &rows);
    }

    fn measures(&self, text: &mut String) {
        if self.criteria.is_empty() {
            return;
        }
        put(text, "## By what it is measured");
        let word = |met: bool| if met { "✓ met" } else { "! not met" };
        let items = self.criteria.iter().map(|one| format!("- **{}** {}", word(one.met), inline(&one.text)));
        put(text, &items.collect::<Vec<_>>().join("\n"));
    }

    fn people(&self, text: &mut String) {
        let Some(people) = super::people::people(&self.record) else { return };
        put(text, "## What people vouched for");
        let facts: Vec<[String; 2]> =
            people.facts.iter().map(|(name, value)| [(*name).to_owned(), inline(value)]).collect();
        table(text, ["What", "Value"], &facts);
        let rows: Vec<[String; 4]> = people.items.iter().map(|row| row.each_ref().map(|cell| inline(cell))).collect();
        table(text, ["Group", "Item", "Stands", "By"], &rows);
    }

    fn accepted(&self, text: &mut String) {
        let net = &self.record.safety_net;
        if net.accepted.is_empty() {
            return;
        }
        put(text, "## Warnings that were accepted");
        let who = net.started_by.as_deref().unwrap_or("whoever began the run");
        put(text, &format!("The checklist warned of these when the run began; {} went on all the same.", inline(who)));
        let items = grouped(&net.accepted);
        let items = items.iter().map(|one| {
            format!("- {} ({}): {}", inline(&one.objects.join(", ")), inline(&one.rule), inline(&one.meaning))
        });
        put(text, &items.collect::<Vec<_>>().join("\n"));
    }

    fn findings(&self, text: &mut String) {
        if self.record.findings.is_empty() {
            return;
        }
        put(text, "## Worth knowing");
        let groups = grouped(&self.record.findings);
        let items = groups.iter().map(|finding| {
            let word = match finding.severity {
                Severity::Info => "Note",
                Severity::Warn => "Warning",
                Severity::Ask => "Question",
                Severity::Block => "Blocked",
            };
            let told = format!("{} {}", inline(&finding.meaning), inline(&finding.remedy));
            format!("- **{word}** {} ({}): {}", inline(&finding.objects.join(", ")), inline(&finding.rule), told.trim())
        });
        put(text, &items.collect::<Vec<_>>().join("\n"));
    }

    fn closing(&self, text: &mut String) {
        if !self.advice.is_empty() {
            put(text, "## What is left for the application");
            let items =
                self.advice.iter().enumerate().map(|(place, advice)| format!("{}. {}", place + 1, inline(advice)));
            put(text, &items.collect::<Vec<_>>().join("\n"));
        }
        self.stamps(text);
        self.code(text);
        put(text, "## The way back");
        lines(text, &self.way_back);
        let restore = super::safety::restore(&self.record);
        if !restore.is_empty() {
            put(text, "## How to restore the backup");
            put(text, &fenced("sh", &restore.iter().map(|each| line(each)).collect::<Vec<_>>().join("\n")));
        }
        if !self.map.is_empty() {
            put(text, "## Old and new ids");
            lines(text, &self.map);
        }
    }

    fn stamps(&self, text: &mut String) {
        if self.stamps.is_empty() {
            return;
        }
        put(text, "## What migration tools must be told");
        put(
            text,
            "They do not know of the conversion, since it went past them. What stands in capital letters is yours to fill in.",
        );
        for stamp in &self.stamps {
            let at =
                stamp.newest.as_ref().map_or_else(|| "was empty".to_owned(), |newest| format!("stood at {newest}"));
            put(
                text,
                &format!("**{}** {}", inline(&stamp.tool), inline(&format!("({} {at}): {}", stamp.table, stamp.text))),
            );
            if !stamp.commands.is_empty() {
                let commands: Vec<String> = stamp.commands.iter().map(|command| line(command)).collect();
                put(text, &fenced("", &commands.join("\n")));
            }
        }
    }

    fn code(&self, text: &mut String) {
        let Some(code) = &self.code else { return };
        put(text, "## What to change in the code");
        let Some(scanned) = &code.scan else {
            put(text, super::code::ADVISED);
            for page in &code.advice {
                put(text, &format!("### {}", inline(page.framework)));
                let items = page.lines.iter().map(|one| format!("- {}", inline(one)));
                put(text, &items.collect::<Vec<_>>().join("\n"));
            }
            return;
        };
        put(text, &inline(&super::code::told(scanned)));
        let (files, out) = super::code::files(scanned);
        for file in files {
            put(text, &format!("### {}", inline(&file.name)));
            let rows: Vec<[String; 4]> =
                file.rows.iter().map(|row| [&row.place, row.before_told(), &row.after, &row.why].map(inline)).collect();
            table(text, ["Line", "Before", "After", "Why"], &rows);
        }
        let left = scanned.scan.left_out.iter().map(|one| format!("Not looked at: {one}"));
        super::code::left_out(out).into_iter().chain(left).for_each(|note| put(text, &inline(&note)));
    }

    fn columns(&self, text: &mut String) {
        if self.tables.is_empty() {
            return;
        }
        let rows: Vec<[String; 6]> = self
            .tables
            .iter()
            .flat_map(|table| {
                table.columns.iter().map(|column| {
                    let of =
                        if column.role == super::Role::Key { String::new() } else { inline(&column.root.to_string()) };
                    [
                        inline(&table.table.to_string()),
                        inline(&column.column),
                        column.role.word().to_owned(),
                        of,
                        inline(&column.before),
                        inline(&column.after),
                    ]
                })
            })
            .collect();
        put(text, "## Columns");
        table(text, ["Table", "Column", "Is", "Of the key", "Before", "After"], &rows);
    }
}

fn put(text: &mut String, block: &str) {
    text.push_str(block);
    text.push_str("\n\n");
}

fn lines(text: &mut String, lines: &[Line]) {
    for each in lines {
        match each {
            Line::Text(words) => put(text, &inline(words)),
            Line::Command(command) => put(text, &fenced("sh", &line(command))),
        }
    }
}

fn proofs(text: &mut String, title: &str, proofs: &[ProofResult]) {
    if proofs.is_empty() {
        return;
    }
    put(text, &format!("## {title}"));
    let row = |proof: &ProofResult| {
        let word = if proof.passed { "✓ held" } else { "✗ failed" };
        [word.to_owned(), inline(&proof.title), inline(&proof.expected), inline(&proof.found)]
    };
    table(text, ["Outcome", "Proof", "Expected", "Found"], &proofs.iter().map(row).collect::<Vec<_>>());
    put(text, "<details><summary>The queries behind the proofs</summary>");
    for proof in proofs {
        put(text, &inline(&proof.title));
        put(text, &fenced("sql", &shown(&proof.sql)));
    }
    put(text, "</details>");
}

fn steps(text: &mut String, title: &str, steps: &[StepRecord]) {
    if steps.is_empty() {
        return;
    }
    put(text, &format!("## {title}"));
    let Some(picture) = pictures::timeline(steps) else { return };
    table(text, ["Step", "Began after", "Time"], &rows::<3>(picture));
}

fn sizes(text: &mut String, record: &RunRecord) {
    let Some(picture) = pictures::sizes(record) else { return };
    put(text, "## Sizes before and after");
    put(text, &picture.told);
    table(text, ["Table", "Rows before", "Rows after", "Indexes before", "Indexes after"], &rows::<5>(picture));
}

fn rows<const N: usize>(picture: Picture) -> Vec<[String; N]> {
    let lines = picture.lines.into_iter().filter_map(|line| line.cells.try_into().ok());
    lines.map(|cells: [String; N]| cells.map(|cell| inline(&cell))).collect()
}

fn timings(text: &mut String, timings: &[[String; 6]]) {
    if timings.is_empty() {
        return;
    }
    put(text, "## Before and after");
    put(text, &format!("{}.", performance::TIMINGS_TOLD));
    let rows: Vec<[String; 6]> = timings.iter().map(|row| row.each_ref().map(|cell| inline(cell))).collect();
    table(text, performance::TIMINGS, &rows);
}

fn indexes(text: &mut String, indexes: &[[String; 5]], notes: &[String]) {
    if indexes.is_empty() {
        return;
    }
    put(text, "## Indexes before and after");
    put(text, &notes.iter().map(|note| inline(note)).collect::<Vec<_>>().join(" "));
    let rows: Vec<[String; 5]> = indexes.iter().map(|row| row.each_ref().map(|cell| inline(cell))).collect();
    table(text, performance::INDEXES, &rows);
}

fn table<const N: usize>(text: &mut String, head: [&str; N], rows: &[[String; N]]) {
    let _ = writeln!(text, "| {} |", head.join(" | "));
    let _ = writeln!(text, "|{}", " --- |".repeat(N));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text.push('\n');
}

// Text on one line in which nothing is markup. Names come from a database and may hold
// anything.
fn inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in line(text).chars() {
        if "\\`*_[]<>&|~#$!".contains(letter) {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

// A fence longer than any run of backticks inside, so that nothing inside can close it.
fn fenced(language: &str, code: &str) -> String {
    let longest = code.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{code}\n{fence}")
}
