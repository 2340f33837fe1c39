//! Comparing dumps, with a first difference that a person can read.

/// The dump without what differs between two dumps of the same database.
///
/// Newer `pg_dump` frames its text with a random token; the two versions in the head
/// follow the installed packages.
pub fn without_noise(text: &str) -> String {
    let mut kept: String = text
        .lines()
        .filter(|line| {
            !["\\restrict ", "\\unrestrict ", "-- Dumped from database version", "-- Dumped by pg_dump version"]
                .iter()
                .any(|noise| line.starts_with(noise))
        })
        .fold(String::new(), |text, line| text + line + "\n");
    kept.truncate(kept.trim_end().len());
    kept.push('\n');
    kept
}

/// Fails with the first lines that differ and what stands around them.
pub fn assert_same(what: &str, before: &str, after: &str) {
    if before == after {
        return;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let at = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let window = |lines: &[&str]| {
        let from = at.saturating_sub(4);
        lines[from..(at + 8).min(lines.len())].iter().map(|line| shorten(line)).collect::<Vec<_>>().join("\n")
    };
    let (lost, gained) = differences(&old, &new);
    panic!(
        "{what} differs from line {} on ({} lines before, {} after; {} lines only before, {} only after)\n\
         --- before\n{}\n--- after\n{}\n--- only before\n{}\n--- only after\n{}",
        at + 1,
        old.len(),
        new.len(),
        lost.len(),
        gained.len(),
        window(&old),
        window(&new),
        first(&lost),
        first(&gained),
    );
}

/// Lines of one text that the other does not have, counted with their number.
pub fn differences<'a>(old: &[&'a str], new: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let mut balance = std::collections::HashMap::new();
    for line in new {
        *balance.entry(*line).or_insert(0_i64) += 1;
    }
    let lost = old
        .iter()
        .filter(|line| {
            let left = balance.entry(**line).or_insert(0);
            *left -= 1;
            *left < 0
        })
        .copied()
        .collect();
    let mut balance = std::collections::HashMap::new();
    for line in old {
        *balance.entry(*line).or_insert(0_i64) += 1;
    }
    let gained = new
        .iter()
        .filter(|line| {
            let left = balance.entry(**line).or_insert(0);
            *left -= 1;
            *left < 0
        })
        .copied()
        .collect();
    (lost, gained)
}

fn first(lines: &[&str]) -> String {
    lines.iter().take(12).map(|line| shorten(line)).collect::<Vec<_>>().join("\n")
}

fn shorten(line: &str) -> String {
    let cut: String = line.chars().take(220).collect();
    if cut.len() < line.len() { cut + " ..." } else { cut }
}
