//! Takes secrets out of text that repeats what a user typed or what a program said.

use std::sync::LazyLock;

use regex::Regex;

/// What stands in the place of a secret.
const STARS: &str = "***";

// A word that announces a secret, and what stands behind it; quotes of JSON may be around it.
const NAMED: &str = r#"(?i)((?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)["']?\s*[=:]\s*["']?)([^\s"',;&]+)"#;
// What goes with a request to say who asks.
const LOGIN: &str = r#"(?i)(\b(?:bearer|basic)\s+)([A-Za-z0-9._~+/=-]{6,})"#;
// A cookie is a whole line of them.
const COOKIE: &str = r"(?i)(\b(?:set-)?cookie\s*:\s*)(.+)";

static ANNOUNCED: LazyLock<Vec<Regex>> =
    LazyLock::new(|| [LOGIN, NAMED, COOKIE].iter().filter_map(|pattern| Regex::new(pattern).ok()).collect());

/// What a program said, without what looks like a secret and without the secrets that are known.
pub fn said(text: &str, known: &[&str]) -> String {
    let mut safe = redact(text);
    for secret in known.iter().filter(|secret| !secret.is_empty()) {
        safe = safe.replace(secret, STARS);
    }
    for pattern in ANNOUNCED.iter() {
        safe = pattern.replace_all(&safe, "${1}***").into_owned();
    }
    safe
}

/// The text with the password of every URL in it replaced by three stars.
pub fn redact(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, after) = rest.split_at(start + 3);
        // A password may hold nearly anything; a quote, a blank or the line ends the URL.
        let end = after.find(|letter: char| letter.is_whitespace() || "'\"".contains(letter)).unwrap_or(after.len());
        safe.push_str(before);
        safe.push_str(&without_password(&after[..end]));
        rest = &after[end..];
    }
    safe.push_str(rest);
    safe
}

fn without_password(url: &str) -> String {
    match url.rsplit_once('@') {
        Some((login, place)) => match login.split_once(':') {
            Some((user, _)) => format!("{user}:***@{place}"),
            None => url.to_owned(),
        },
        // Without an @ what follows the colon is a port, or a password whose host is missing.
        None => match url.split_once(':') {
            Some((user, tail)) if !tail.starts_with(|digit: char| digit.is_ascii_digit()) => format!("{user}:***"),
            _ => url.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_left() {
        assert_eq!(
            redact("unexpected argument 'postgres://ann:s3:cr@et@db:5432/shop' found\nand postgres://bob:x@h/d too"),
            "unexpected argument 'postgres://ann:***@db:5432/shop' found\nand postgres://bob:***@h/d too"
        );
        assert_eq!(redact("postgres://ann@h:5432/d"), "postgres://ann@h:5432/d");
        assert_eq!(redact("postgres://h:5432/d"), "postgres://h:5432/d");
        assert_eq!(redact("postgres://ann:secret"), "postgres://ann:***");
        assert_eq!(redact("nothing here"), "nothing here");
    }

    #[test]
    fn every_pattern_is_sound() {
        assert_eq!(ANNOUNCED.len(), 3);
    }

    #[test]
    fn what_a_program_said_keeps_no_secret() {
        let said = |text: &str| super::said(text, &["kn0wn-canary"]);
        assert_eq!(
            said("postgres://ann:x@h/d Authorization: Bearer eyJhbGciOi.abc"),
            "postgres://ann:***@h/d Authorization: Bearer ***"
        );
        assert_eq!(said("PGPASSWORD=hunter2 psql"), "PGPASSWORD=*** psql");
        assert_eq!(said(r#"{"api_key": "abc123", "id": 4}"#), r#"{"api_key": "***", "id": 4}"#);
        assert_eq!(said("it echoes kn0wn-canary twice: kn0wn-canary"), "it echoes *** twice: ***");
        assert_eq!(said("Cookie: session=abc; other=def"), "Cookie: ***");
        assert_eq!(said("stopped 4 workers, token bucket is empty"), "stopped 4 workers, token bucket is empty");
    }
}
