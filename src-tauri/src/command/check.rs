//! `check`: the checklist of a plan.

use std::path::Path;

use rekey_engine::Error;
use rekey_engine::check::Outcome as Seen;
use rekey_engine::check::{
    self, Check, Checklist, Circumstances, ExpectedRevision, Finding, Grade, Group, Name, Severity, SignOff,
};
use rekey_engine::report::words::count;
use serde_json::json;

use crate::command::args::CheckArgs;
use crate::command::safety::{self, Safety};
use crate::command::session::Session;
use crate::command::text::{blocks, findings, plain};
use crate::command::{Outcome, Stop, ticks};

/// Goes through the checklist and changes nothing.
pub async fn check(session: &Session, args: &CheckArgs) -> Result<Outcome, Stop> {
    let safety = Safety::read(&args.safety)?;
    let only = names(&args.only)?;
    let sign_off = ticks::read(&args.people)?;
    let expected = args.expect_revision.iter().map(|text| expected(text)).collect::<Result<_, Stop>>()?;
    let plan = safety::plan(&args.plan)?;
    let (target, mut connection) = session.reader(&args.target).await?;
    let database = target.database.as_ref();
    safety.fits(database)?;
    let circumstances = Circumstances {
        programs: args.programs.clone(),
        sign_off: sign_off.clone(),
        expected,
        ..safety.circumstances(&plan)
    };
    let list = check::checklist(database, connection.as_mut(), &plan, &circumstances, &only).await?;
    if let Some(file) = &args.inventory {
        write(file, &list)?;
    }
    let clear = !list.findings.iter().any(|finding| finding.severity >= Severity::Ask);
    let document = json!({
        "plan_fingerprint": plan.fingerprint,
        "clear": clear,
        "findings": list.findings,
        "checks": list.checks,
        "grade": list.grade,
        "inventory": list.inventory,
        "manual": sign_off.as_ref().map(|one| one.items.clone()).unwrap_or_default(),
        "sign_off": sign_off,
    });
    let text = text(&list, sign_off.as_ref(), clear);
    match blocked(&list.findings, Severity::Block) {
        Some(stop) => Err(stop.with(&document, text)),
        None => Ok(Outcome::new(&document, text)),
    }
}

fn names(words: &[String]) -> Result<Vec<Name>, Stop> {
    let known = || Name::ALL.iter().map(|name| name.word()).collect::<Vec<_>>().join(", ");
    let read = |word: &String| {
        Name::read(word).ok_or_else(|| {
            Stop::usage(
                &format!("There is no check '{}'.", plain(word)),
                "The name is misspelt, or another version of Rekey has it.",
                &[&format!("Name one of these: {}.", known())],
            )
        })
    };
    words.iter().map(read).collect()
}

fn expected(text: &str) -> Result<ExpectedRevision, Stop> {
    ExpectedRevision::read(text).ok_or_else(|| {
        Stop::usage(
            &format!("'{}' names no revision of a migration tool.", plain(text)),
            "The form is TOOL=REVISION, with a tool that Rekey knows.",
            &["Write it as in --expect-revision alembic=ae1027a6acf or --expect-revision django=shop.0007_prices."],
        )
    })
}

fn write(file: &Path, list: &Checklist) -> Result<(), Stop> {
    let text = serde_json::to_string_pretty(&list.inventory).unwrap_or_default();
    std::fs::write(file, text + "\n").map_err(|error| {
        Stop::failed(
            &format!("The inventory cannot be written to '{}': {error}.", file.display()),
            "The folder is missing or may not be written, or the disk is full.",
            &["Name another file with --inventory."],
        )
    })
}

/// The refusal for findings of at least that weight, where there is one.
pub fn blocked(found: &[Finding], from: Severity) -> Option<Stop> {
    let heavy: Vec<String> = found
        .iter()
        .filter(|finding| finding.severity >= from)
        .map(|finding| format!("{} {}: {}", finding.rule, finding.object, finding.meaning))
        .collect();
    (!heavy.is_empty()).then(|| Error::Refused { reasons: heavy }.into())
}

fn text(list: &Checklist, sign_off: Option<&SignOff>, clear: bool) -> String {
    let mut all: Vec<String> = Group::ALL.iter().map(|group| group_text(*group, &list.checks)).collect();
    all.push(findings(&list.findings));
    all.push(ticks::text(sign_off));
    all.push(if clear { "The checklist is clear." } else { "The checklist is not clear." }.to_owned());
    all.extend(list.grade.as_ref().map(graded));
    blocks(&all)
}

fn group_text(group: Group, checks: &[Check]) -> String {
    let mut lines: Vec<String> = checks.iter().filter(|check| check.group == group).map(line).collect();
    if !lines.is_empty() {
        lines.insert(0, group.title().to_owned());
    }
    lines.join("\n")
}

// What was found is told below with its remedy; here is what was looked at.
fn line(check: &Check) -> String {
    let seen = [Some(check.measured.as_str()).filter(|text| !text.is_empty()), check.reason.as_deref()];
    let seen: Vec<String> = seen.into_iter().flatten().map(plain).collect();
    let mut text = format!("  {:<9}{} ({}): {}", word(check), check.title, check.name.word(), seen.join(". "));
    if check.findings.is_empty() {
        check.remedy.iter().for_each(|remedy| text.push_str(&format!("\n           {}", plain(remedy))));
    }
    text
}

fn word(check: &Check) -> &'static str {
    let blocks = check.findings.iter().any(|finding| finding.severity == Severity::Block);
    match check.outcome {
        Seen::Passed => "ok",
        Seen::Warning => "warning",
        Seen::Blocking if blocks => "blocked",
        Seen::Blocking => "decide",
        Seen::NotApplicable => "-",
        Seen::Unknown => "unknown",
    }
}

fn graded(grade: &Grade) -> String {
    format!(
        "Grade {:?}: {}\nAbout {} of standstill, estimated from rows and bytes; {}, {} open.",
        grade.letter,
        grade.meaning,
        if grade.minutes < 1.0 { "a minute".to_owned() } else { format!("{:.0} minutes", grade.minutes.ceil()) },
        count(grade.decisions, "decision", "decisions"),
        grade.open
    )
}
