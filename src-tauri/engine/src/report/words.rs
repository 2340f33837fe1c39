//! Numbers, times and names as people read them.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// `1 table`, `1,234 tables`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { many })
}

/// A number with a comma between thousands.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A span of time: `0.04 s`, `12.3 s`, `4 min 10 s`, `2 h 5 min`.
pub fn span(seconds: f64) -> String {
    if seconds < 1.0 {
        return format!("{:.2} s", seconds.max(0.0));
    }
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    let whole = std::time::Duration::from_secs_f64(seconds.min(1e9)).as_secs();
    if whole < 3600 {
        return format!("{} min {} s", whole / 60, whole % 60);
    }
    format!("{} h {} min", whole / 3600, whole % 3600 / 60)
}

/// A moment: `2026-11-21 03:17:59 UTC`.
pub fn moment(rfc3339: &str) -> String {
    let shape = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    OffsetDateTime::parse(rfc3339, &Rfc3339)
        .ok()
        .and_then(|moment| moment.to_offset(time::UtcOffset::UTC).format(&shape).ok())
        .unwrap_or_else(|| shown(rfc3339))
}

/// Text from a database, with everything made visible that could mislead the eye:
/// control characters, and marks that turn the direction of writing. Line breaks and
/// tabs stay.
pub fn shown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        let hidden = (letter.is_control() && letter != '\n' && letter != '\t')
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if hidden {
            safe.push_str(&format!("⟨U+{:04X}⟩", u32::from(letter)));
        } else {
            safe.push(letter);
        }
    }
    safe
}

/// As [`shown`], on one line.
pub fn line(text: &str) -> String {
    shown(text).replace(['\n', '\t'], " ")
}

/// A word as it must be typed in a shell.
pub fn argument(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:@+,%".contains(c));
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_readable() {
        assert_eq!([thousands(7), thousands(1234), thousands(1_234_567)], ["7", "1,234", "1,234,567"]);
        assert_eq!(count(1, "table", "tables"), "1 table");
        assert_eq!(
            [span(0.041), span(12.34), span(250.0), span(7500.0)],
            ["0.04 s", "12.3 s", "4 min 10 s", "2 h 5 min"]
        );
        assert_eq!(moment("2026-11-21T04:17:59.123+01:00"), "2026-11-21 03:17:59 UTC");
    }

    #[test]
    fn what_misleads_the_eye_is_made_visible() {
        assert_eq!(shown("a\u{202e}b\u{1b}[31m"), "a⟨U+202E⟩b⟨U+001B⟩[31m");
        assert_eq!(argument("/a b/it's.db"), "'/a b/it'\\''s.db'");
        assert_eq!(argument("postgres://ann@localhost:5432/shop"), "postgres://ann@localhost:5432/shop");
    }
}
