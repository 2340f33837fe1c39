//! What is kept beside a scenario and reviewed like code.

use std::path::Path;

use crate::support::dump::{assert_same, differences};
use crate::support::oracle::is_uuid;

/// Compares with the file, or writes it where `REKEY_BLESS=1`.
pub fn assert_reviewed(file: &Path, found: &str) {
    let found = &without_conversions(&without_new_ids(&without_fingerprints(found)));
    if std::env::var("REKEY_BLESS").as_deref() == Ok("1") {
        std::fs::write(file, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    assert!(!expected.is_empty(), "{} is missing: look at what REKEY_BLESS=1 writes, then keep it", file.display());
    assert_same(&format!("{} against what is reviewed", file.display()), &expected, found);
}

// Fingerprints follow the catalogue of the server's version and every word of the plan; the
// names of helper objects follow them.
fn without_fingerprints(text: &str) -> String {
    let mut kept = String::new();
    let mut run = String::new();
    for letter in text.chars().chain(['\n']) {
        if matches!(letter, '0'..='9' | 'a'..='f') {
            run.push(letter);
            continue;
        }
        let word =
            kept.rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next().unwrap_or_default();
        let helper = run.len() == 8 && (word == "rk_" || (word.starts_with("_rekey_") && word.ends_with('_')));
        kept += &if helper || run.len() == 64 { "0".repeat(run.len()) } else { std::mem::take(&mut run) };
        run.clear();
        kept.push(letter);
    }
    kept.truncate(kept.len() - 1);
    kept
}

// MariaDB writes the conversions of character sets in a default, or leaves them out, as the
// table happens to have been opened.
fn without_conversions(text: &str) -> String {
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        let changed = line.contains(" using utf8mb4)");
        kept += &if changed { line.replace("convert(", "").replace(" using utf8mb4)", "") } else { line.to_owned() };
    }
    kept
}

// New ids that stand in a default differ from run to run, but for those of version 5.
fn without_new_ids(text: &str) -> String {
    let made = |part: &str| is_uuid(part) && "467".contains(&part[14..15]);
    let mut kept = String::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        match text.get(at..at + 36).filter(|part| made(part)) {
            Some(part) => {
                kept += &format!("00000000-0000-{}000-8000-000000000000", &part[14..15]);
                at += part.len();
            }
            None => {
                kept.push(letter);
                at += letter.len_utf8();
            }
        }
    }
    kept
}

/// Which lines of the catalogue's text went and came. Short enough to be reviewed.
pub fn changes(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let (lost, gained) = differences(&old, &new);
    let told = |sign: &str, lines: Vec<&str>| {
        lines
            .iter()
            .filter(|line| !matches!(line.trim(), "" | "--"))
            .map(|line| format!("{sign} {}\n", line.trim_end()))
            .collect::<String>()
    };
    told("-", lost) + &told("+", gained)
}
