//! `~/.pgpass`: host, port, database, user and password in a line, with `*` for any.

use secrecy::zeroize::Zeroizing;

use super::Found;
use crate::connect::draft::Draft;
use crate::schema::EngineKind;

/// A connection for each line. A colon or a backslash within a part is escaped.
pub fn read(text: &str, exposed: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut earlier: Vec<Vec<String>> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let part = format!("line {number}");
        let mut parts = split(line);
        if parts.len() != 5 {
            let remarks = vec!["The line does not have five parts.".to_owned()];
            found.push(Found::new(part, Draft { remarks, ..Draft::of(EngineKind::Postgres) }));
            continue;
        }
        let password = parts.pop().unwrap_or_default();
        let parts: Vec<String> = parts.iter().map(|part| part.to_string()).collect();
        let mut draft = one(&parts);
        draft.with_password(&password);
        if exposed {
            draft
                .remarks
                .push("Others can read this file; PostgreSQL's programs ignore it until chmod 600.".to_owned());
        }
        if earlier.iter().any(|before| covers(before, &parts)) {
            draft.remarks.push("A line before it fits too, and PostgreSQL's programs take that one.".to_owned());
        }
        earlier.push(parts);
        found.push(Found::new(part, draft));
    }
    found
}

fn one(parts: &[String]) -> Draft {
    let mut draft = Draft::of(EngineKind::Postgres);
    let mut open = Vec::new();
    for (part, what) in parts.iter().zip(["host", "port", "database", "user"]) {
        if part == "*" {
            open.push(what);
        }
        let part = if part == "*" { "" } else { part };
        match what {
            "host" => draft.host = Some(part.to_owned()),
            "database" => draft.database = Some(part.to_owned()),
            "user" => draft.user = Some(part.to_owned()),
            _ if part.is_empty() => {}
            _ => match part.parse() {
                Ok(port) => draft.port = Some(port),
                Err(_) => draft.remarks.push("The port is not a number.".to_owned()),
            },
        }
    }
    if !open.is_empty() {
        draft.remarks.push(format!("The line fits any {}: fill in what you mean.", open.join(", any ")));
    }
    draft
}

fn covers(before: &[String], parts: &[String]) -> bool {
    before.iter().zip(parts).all(|(before, part)| before == "*" || before == part)
}

fn split(line: &str) -> Vec<Zeroizing<String>> {
    let mut parts = vec![Zeroizing::new(String::new())];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ':' if parts.len() < 5 => {
                parts.push(Zeroizing::new(String::new()));
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}
