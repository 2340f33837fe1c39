//! The report as one self-contained page: no scripts, no requests, light and dark, and
//! made for paper too. Table names are hostile input; the template engine escapes them.

use askama::Template;

use crate::application::versions::Stamp;
use crate::check::Severity;
use crate::execute::{ProofResult, RunState};
use crate::report::code::{File, Row};
use crate::report::people::{People, people};
use crate::report::pictures::{self, Picture};
use crate::report::words::{count, line, moment, shown, span, thousands};
use crate::report::{Code, Group, Line, Outcome, Report, grouped, performance};

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    outcome: &'a Outcome,
    database: String,
    facts: Vec<Fact>,
    figures: Vec<Fact>,
    tables: Vec<TableRows>,
    conversion: Proofs,
    undo: Proofs,
    steps: Option<Picture>,
    undo_steps: Option<Picture>,
    sizes: Option<Picture>,
    safety: Vec<Fact>,
    criteria: Vec<Measure>,
    arranged: Vec<Fact>,
    items: Vec<[String; 4]>,
    restore: Vec<String>,
    timings: Vec<[String; 6]>,
    timings_told: &'static str,
    indexes: Vec<[String; 5]>,
    index_notes: Vec<String>,
    accepted: Vec<Noted>,
    accepted_by: String,
    findings: Vec<Noted>,
    failure: Option<String>,
    way_back: Vec<Shown>,
    map: Vec<Shown>,
    advice: Vec<String>,
    stamps: Vec<ToolRow>,
    code: Option<CodePart>,
}

struct ToolRow {
    name: String,
    text: String,
    commands: Vec<String>,
}

struct CodePart {
    told: String,
    pages: Vec<Sheet>,
    files: Vec<File>,
    notes: Vec<String>,
}

struct Sheet {
    framework: String,
    lines: Vec<String>,
}

struct Fact {
    name: &'static str,
    value: String,
}

struct Measure {
    met: bool,
    text: String,
}

struct TableRows {
    name: String,
    rows: Vec<[String; 5]>,
}

struct Proofs {
    summary: String,
    rows: Vec<ProofRow>,
}

struct ProofRow {
    passed: bool,
    title: String,
    expected: String,
    found: String,
    sql: String,
}

struct Noted {
    tone: &'static str,
    symbol: &'static str,
    word: &'static str,
    rule: String,
    objects: Vec<String>,
    meaning: String,
    remedy: String,
}

struct Shown {
    command: bool,
    text: String,
}

impl Report {
    /// The report as a self-contained HTML page.
    ///
    /// # Errors
    /// [`crate::Error::Internal`] where the page cannot be written.
    pub fn html(&self) -> crate::Result<String> {
        let record = &self.record;
        let people = people(record);
        let page = Page {
            report: self,
            outcome: &self.outcome,
            database: line(&record.database),
            facts: facts(self),
            figures: figures(self),
            tables: tables(self),
            conversion: proofs(&record.validation),
            undo: proofs(&record.undo_validation),
            steps: pictures::timeline(&record.steps),
            undo_steps: pictures::timeline(&record.undo_steps),
            sizes: pictures::sizes(record),
            safety: safety(self),
            criteria: self.criteria.iter().map(|one| Measure { met: one.met, text: line(&one.text) }).collect(),
            arranged: arranged(people.as_ref()),
            items: items(people.as_ref()),
            restore: super::safety::restore(record).iter().map(|text| line(text)).collect(),
            timings: performance::timings(record).iter().map(|row| row.each_ref().map(|cell| line(cell))).collect(),
            timings_told: performance::TIMINGS_TOLD,
            indexes: performance::indexes(record).iter().map(|row| row.each_ref().map(|cell| line(cell))).collect(),
            index_notes: performance::notes(record).iter().map(|text| line(text)).collect(),
            accepted: grouped(&record.safety_net.accepted).iter().map(noted).collect(),
            accepted_by: record.safety_net.started_by.as_deref().map(line).unwrap_or_default(),
            findings: grouped(&record.findings).iter().map(noted).collect(),
            failure: record.failure.as_deref().map(shown),
            way_back: lines(&self.way_back),
            map: lines(&self.map),
            advice: self.advice.iter().map(|text| shown(text)).collect(),
            stamps: self.stamps.iter().map(tool).collect(),
            code: self.code.as_ref().map(code_part),
        };
        page.render()
            .map_err(|error| crate::Error::Internal { detail: format!("the report cannot be written: {error}") })
    }
}

fn fact(name: &'static str, value: impl Into<String>) -> Fact {
    Fact { name, value: value.into() }
}

fn facts(report: &Report) -> Vec<Fact> {
    let record = &report.record;
    let mut facts = vec![
        fact("Database", line(&record.database)),
        fact("Where", line(&record.place)),
        fact(
            "Server",
            format!("{} {}", record.engine.product(&record.server_version), line(&record.server_version))
                .trim()
                .to_owned(),
        ),
        fact("Run", line(&record.run)),
        fact("Began", moment(&record.started)),
    ];
    facts.extend(record.finished.as_deref().map(|at| fact("Ended", moment(at))));
    facts.extend(record.undone.as_deref().map(|at| fact("Undone", moment(at))));
    facts.push(fact("Plan", line(&record.plan_fingerprint)));
    facts.push(fact("Rekey", line(&record.tool_version)));
    facts
}

fn figures(report: &Report) -> Vec<Fact> {
    let totals = report.totals;
    let mut figures = Vec::new();
    if matches!(report.record.state, RunState::Converted | RunState::Kept) {
        figures.push(fact("new ids", thousands(report.record.ids)));
    }
    figures.push(fact("tables", thousands(totals.tables as u64)));
    figures.push(fact("columns", thousands((totals.keys + totals.references) as u64)));
    if totals.proofs > 0 {
        figures.push(fact("proofs held", format!("{} of {}", totals.proofs_passed, totals.proofs)));
    }
    figures.push(fact("in all", span(report.record.seconds)));
    figures
}

fn tables(report: &Report) -> Vec<TableRows> {
    let rows = |table: &crate::report::ConvertedTable| {
        let row = |column: &crate::report::ConvertedColumn| {
            let of =
                if column.role == crate::report::Role::Key { String::new() } else { line(&column.root.to_string()) };
            [line(&column.column), column.role.word().to_owned(), of, line(&column.before), line(&column.after)]
        };
        TableRows { name: line(&table.table.to_string()), rows: table.columns.iter().map(row).collect() }
    };
    report.tables.iter().map(rows).collect()
}

fn proofs(results: &[ProofResult]) -> Proofs {
    let failed = results.iter().filter(|proof| !proof.passed).count();
    let summary = if failed == 0 {
        format!("{} held.", count(results.len(), "proof", "proofs"))
    } else {
        format!("{} of {} did not hold.", failed, count(results.len(), "proof", "proofs"))
    };
    let row = |proof: &ProofResult| ProofRow {
        passed: proof.passed,
        title: line(&proof.title),
        expected: line(&proof.expected),
        found: line(&proof.found),
        sql: shown(&proof.sql),
    };
    // What failed comes first: nobody should have to look for it.
    let (bad, good): (Vec<&ProofResult>, Vec<&ProofResult>) = results.iter().partition(|proof| !proof.passed);
    Proofs { summary, rows: bad.into_iter().chain(good).map(row).collect() }
}

fn safety(report: &Report) -> Vec<Fact> {
    super::safety::facts(&report.record).into_iter().map(|(name, value)| fact(name, line(&value))).collect()
}

fn arranged(people: Option<&People>) -> Vec<Fact> {
    people.into_iter().flat_map(|people| &people.facts).map(|(name, value)| fact(name, line(value))).collect()
}

fn items(people: Option<&People>) -> Vec<[String; 4]> {
    let rows = people.into_iter().flat_map(|people| &people.items);
    rows.map(|row| row.each_ref().map(|cell| line(cell))).collect()
}

fn noted(finding: &Group) -> Noted {
    let (tone, symbol, word) = match finding.severity {
        Severity::Info => ("neutral", "•", "Note"),
        Severity::Warn => ("warn", "!", "Warning"),
        Severity::Ask => ("warn", "?", "Question"),
        Severity::Block => ("bad", "✗", "Blocked"),
    };
    Noted {
        tone,
        symbol,
        word,
        rule: line(&finding.rule),
        objects: finding.objects.iter().map(|object| line(object)).collect(),
        meaning: shown(&finding.meaning),
        remedy: shown(&finding.remedy),
    }
}

fn tool(stamp: &Stamp) -> ToolRow {
    let name = match &stamp.newest {
        Some(newest) => format!("{}: {} stood at {newest}", stamp.tool, stamp.table),
        None => format!("{}: {} was empty", stamp.tool, stamp.table),
    };
    ToolRow {
        name: line(&name),
        text: shown(&stamp.text),
        commands: stamp.commands.iter().map(|command| line(command)).collect(),
    }
}

fn code_part(code: &Code) -> CodePart {
    let Some(scanned) = &code.scan else {
        let pages = code.advice.iter().map(|page| Sheet {
            framework: line(page.framework),
            lines: page.lines.iter().map(|text| shown(text)).collect(),
        });
        return CodePart {
            told: super::code::ADVISED.to_owned(),
            pages: pages.collect(),
            files: Vec::new(),
            notes: Vec::new(),
        };
    };
    let (files, out) = super::code::files(scanned);
    let left = scanned.scan.left_out.iter().map(|text| format!("Not looked at: {}", line(text)));
    CodePart {
        told: line(&super::code::told(scanned)),
        pages: Vec::new(),
        files: files.into_iter().map(safe).collect(),
        notes: super::code::left_out(out).into_iter().chain(left).collect(),
    }
}

fn safe(file: File) -> File {
    let row = |row: Row| Row { place: row.place, why: row.why, before: shown(&row.before), after: shown(&row.after) };
    File { name: line(&file.name), rows: file.rows.into_iter().map(row).collect() }
}

fn lines(lines: &[Line]) -> Vec<Shown> {
    let show = |each: &Line| match each {
        Line::Text(text) => Shown { command: false, text: shown(text) },
        Line::Command(text) => Shown { command: true, text: line(text) },
    };
    lines.iter().map(show).collect()
}
