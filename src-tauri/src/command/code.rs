//! `code`: what takes ids for numbers in an application's code.

use std::collections::BTreeMap;
use std::path::Path;

use rekey_engine::application::code::{self, Hit, Names, Page, Scan};
use rekey_engine::execute::Cancel;
use rekey_engine::observer::Silent;
use rekey_engine::plan::Conversion;
use rekey_engine::report::words::count;
use serde_json::json;

use crate::command::args::CodeArgs;
use crate::command::text::{blocks, plain};
use crate::command::{Outcome, Stop, safety};

/// Looks through a folder, or writes the page of advice where none is named. Only reads.
pub fn code(args: &CodeArgs) -> Result<Outcome, Stop> {
    let plan = safety::plan(&args.plan)?;
    let advice = code::advice(&plan.conversions);
    let Some(folder) = &args.folder else {
        let document = json!({ "plan_fingerprint": plan.fingerprint, "advice": advice });
        return Ok(Outcome::new(&document, pages(&advice)));
    };
    let scan = look(folder, &plan.conversions)?;
    let mut frameworks: BTreeMap<&str, usize> = BTreeMap::new();
    for hit in &scan.findings {
        *frameworks.entry(&hit.framework).or_default() += 1;
    }
    let document = json!({
        "plan_fingerprint": plan.fingerprint,
        "folder": folder.display().to_string(),
        "files": scan.files,
        "frameworks": frameworks,
        "findings": scan.findings,
        "left_out": scan.left_out,
        "advice": advice,
    });
    Ok(Outcome::new(&document, text(&scan)))
}

/// Looks through the folder of an application for what the converted columns break. Only reads.
///
/// # Errors
/// A [`Stop`] where it is no folder.
pub fn look(folder: &Path, conversions: &[Conversion]) -> Result<Scan, Stop> {
    if !folder.is_dir() {
        return Err(Stop::usage(
            &format!("'{}' is not a folder.", plain(&folder.display().to_string())),
            "The application's source code is looked through as a folder.",
            &["Name the folder with the code, or none for a page of advice."],
        ));
    }
    Ok(code::scan(folder, &Names::of(conversions), &Silent, &Cancel::default())?)
}

fn text(scan: &Scan) -> String {
    let mut groups: BTreeMap<&str, Vec<&Hit>> = BTreeMap::new();
    for hit in &scan.findings {
        groups.entry(&hit.framework).or_default().push(hit);
    }
    let mut all: Vec<String> = groups.into_iter().map(|(framework, hits)| group(framework, &hits)).collect();
    if !scan.left_out.is_empty() {
        let lines: Vec<String> = scan.left_out.iter().map(|line| format!("  {}", plain(line))).collect();
        all.push(format!("Not looked at\n{}", lines.join("\n")));
    }
    all.push(format!(
        "{} in {}. Nothing was changed; what is found here is a list for people, and may lack what is written in an unusual way.",
        count(scan.findings.len(), "line to change", "lines to change"),
        count(scan.files, "file", "files")
    ));
    blocks(&all)
}

fn group(framework: &str, hits: &[&Hit]) -> String {
    let told = hits.iter().map(|hit| {
        let mut text = format!(
            "  {}:{}  {}\n      {}\n      - {}",
            plain(&hit.file),
            hit.line,
            hit.rule.word(),
            hit.why,
            plain(&hit.before)
        );
        if let Some(after) = &hit.after {
            after.lines().for_each(|line| text.push_str(&format!("\n      + {}", plain(line))));
        }
        text
    });
    format!("{framework}\n{}", told.collect::<Vec<_>>().join("\n"))
}

fn pages(pages: &[Page]) -> String {
    let told = pages.iter().map(|page| {
        let lines: Vec<String> = page.lines.iter().map(|line| format!("  - {}", plain(line))).collect();
        format!("{}\n{}", page.framework, lines.join("\n"))
    });
    blocks(&told.collect::<Vec<_>>())
}
