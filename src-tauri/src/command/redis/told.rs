//! What a rewrite in Redis comes to, for people.

use rekey_engine::redis::{Direction, Example, Skipped, Told};
use rekey_engine::report::words::thousands;

use crate::command::text::{blocks, columns, plain};

/// What came out, for people.
pub fn text(told: &Told, direction: Direction) -> String {
    let counts = &told.counts;
    let done = match (told.dry_run, direction) {
        (true, Direction::Forward) => "would be rewritten",
        (false, Direction::Forward) => "rewritten",
        (true, Direction::Back) => "would get their old ids back",
        (false, Direction::Back) => "have their old ids back",
    };
    let mut head = format!("{}: {} {done}", told.server, thousands(counts.rewritten));
    if counts.deleted > 0 {
        let verb = if told.dry_run { "would be removed" } else { "removed" };
        head.push_str(&format!(", {} {verb}", thousands(counts.deleted)));
    }
    head.push('.');
    if counts.rewritten + counts.deleted == 0 && told.complete {
        head = format!("{}: nothing is left to do.", told.server);
    }
    let left = [
        (counts.unmapped, "not touched: the map does not know their id", named(&told.unmapped_keys)),
        (counts.conflicts, "not touched: what they would become is there already", pairs(&told.conflict_keys)),
        (counts.skipped, "not touched: the server could not do it", reasons(&told.skipped_keys)),
    ];
    let left: Vec<String> = left
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, what, names)| format!("{} {what}\n{names}", thousands(count)))
        .collect();
    let gone = told
        .deleted_before
        .filter(|gone| *gone > 0)
        .map(|gone| format!("{} keys that the rewrite removed do not come back.", thousands(gone)));
    let statements =
        if told.dry_run { sent("Of it the database would be told by:", &told.statements) } else { String::new() };
    blocks(&[head, rules(told), examples(&told.examples), left.join("\n\n"), gone.unwrap_or_default(), statements])
}

fn rules(told: &Told) -> String {
    let rows: Vec<[String; 5]> = told
        .rules
        .iter()
        .map(|one| {
            let counts = &one.counts;
            let left = counts.unmapped + counts.conflicts + counts.skipped;
            [
                format!("{} {}", one.option, one.rule),
                thousands(counts.matched),
                thousands(counts.rewritten),
                thousands(counts.deleted),
                thousands(left),
            ]
        })
        .collect();
    columns(["Rule", "Matched", "Rewritten", "Removed", "Left"], &rows)
}

/// Statements for people, under a line that says what they are; nothing where there are none.
pub fn sent(head: &str, statements: &[String]) -> String {
    if statements.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = statements.iter().map(|statement| format!("  {};", plain(statement))).collect();
    format!("{head}\n{}", lines.join("\n"))
}

fn examples(examples: &[Example]) -> String {
    let rows: Vec<[String; 2]> = examples.iter().map(|one| [one.before.clone(), one.after.clone()]).collect();
    if rows.is_empty() { String::new() } else { columns(["Before", "After"], &rows) }
}

const SHOWN: usize = 20;

fn named(keys: &[String]) -> String {
    keys.iter().take(SHOWN).map(|key| format!("  {}", plain(key))).collect::<Vec<_>>().join("\n")
}

fn pairs(keys: &[Example]) -> String {
    keys.iter()
        .take(SHOWN)
        .map(|one| format!("  {} -> {}", plain(&one.before), plain(&one.after)))
        .collect::<Vec<_>>()
        .join("\n")
}

fn reasons(keys: &[Skipped]) -> String {
    keys.iter()
        .take(SHOWN)
        .map(|one| format!("  {}: {}", plain(&one.key), plain(&one.reason)))
        .collect::<Vec<_>>()
        .join("\n")
}
