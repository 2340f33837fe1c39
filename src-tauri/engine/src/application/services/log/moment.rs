//! The times that stand in the lines of a log.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

/// How far into a line its time is looked for.
const LETTERS: usize = 120;

// ISO 8601 and its relatives: Python, Java, PostgreSQL, journald, most others.
static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[T ](?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)(?:[.,]\d+)?\s?(?P<z>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?").ok()
});
// Web servers: 22/Nov/2026:12:00:00 +0000.
static WEB: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?P<d>\d\d)/(?P<b>[A-Z][a-z]{2})/(?P<y>\d{4}):(?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)(?: (?P<z>[+-]\d{4}))?",
    )
    .ok()
});
// Syslog: Nov 22 12:00:00, without a year.
static SYSLOG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<b>[A-Z][a-z]{2}) {1,2}(?P<d>\d{1,2}) (?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)\b").ok()
});

/// Which lines are older than a moment.
pub struct Moments {
    since: OffsetDateTime,
    // Whether the last line with a time was older; nothing as long as there was none.
    older: Option<bool>,
    any_older: bool,
}

impl Moments {
    /// Those before this one.
    pub fn since(since: OffsetDateTime) -> Moments {
        Moments { since, older: None, any_older: false }
    }

    /// True where the line is older, or goes with one that is.
    pub fn is_before(&mut self, line: &str) -> bool {
        if let Some(moment) = read(line, self.since) {
            let older = moment < self.since;
            self.older = Some(older);
            self.any_older |= older;
        }
        self.older.unwrap_or(false)
    }

    /// True where some line was older: then nothing wanted stands before what was looked at.
    pub fn saw_older(&self) -> bool {
        self.any_older
    }

    /// True where some line had a time.
    pub fn saw_any(&self) -> bool {
        self.older.is_some()
    }
}

// The zone and the year that a line leaves out are those of `like`.
fn read(line: &str, like: OffsetDateTime) -> Option<OffsetDateTime> {
    let end = line.char_indices().nth(LETTERS).map_or(line.len(), |(end, _)| end);
    let head = &line[..end];
    [&ISO, &WEB, &SYSLOG].into_iter().find_map(|form| moment(&form.as_ref()?.captures(head)?, like))
}

fn moment(found: &Captures<'_>, like: OffsetDateTime) -> Option<OffsetDateTime> {
    let text = |name: &str| found.name(name).map(|part| part.as_str());
    let number = |name: &str| text(name).and_then(|part| part.parse::<u8>().ok());
    let month = match text("b") {
        Some(name) => month(name)?,
        None => Month::try_from(number("m")?).ok()?,
    };
    let year = text("y").map_or(Some(like.year()), |year| year.parse().ok())?;
    let date = Date::from_calendar_date(year, month, number("d")?).ok()?;
    let time = Time::from_hms(number("H")?, number("M")?, number("S")?.min(59)).ok()?;
    let zone = text("z").map_or(Some(like.offset()), zone)?;
    Some(date.with_time(time).assume_offset(zone))
}

fn month(name: &str) -> Option<Month> {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let place = names.iter().position(|known| *known == name)?;
    Month::try_from(u8::try_from(place + 1).ok()?).ok()
}

fn zone(text: &str) -> Option<UtcOffset> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return Some(UtcOffset::UTC),
    };
    let digits: Vec<i8> =
        text.chars().filter_map(|digit| digit.to_digit(10)).filter_map(|digit| i8::try_from(digit).ok()).collect();
    let two = |at: usize| Some(digits.get(at)? * 10 + digits.get(at + 1)?);
    UtcOffset::from_hms(sign * two(0)?, sign * two(2).unwrap_or(0), 0).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn times_are_read_as_logs_write_them() {
        let like = datetime!(2026-11-22 12:00 +1);
        for (line, expected) in [
            ("2026-11-22T12:00:00Z fine", datetime!(2026-11-22 12:00 UTC)),
            ("[2026-11-22 12:00:00,345] ERROR", datetime!(2026-11-22 12:00 +1)),
            ("2026-11-22 12:00:00.123 UTC [42] ERROR", datetime!(2026-11-22 12:00 UTC)),
            ("2026-11-22 12:00:00+05:30 x", datetime!(2026-11-22 12:00 +5:30)),
            ("2026-11-22 12:00:00-03 x", datetime!(2026-11-22 12:00 -3)),
            ("10.0.0.1 - - [22/Nov/2026:12:00:00 +0000] \"GET /\"", datetime!(2026-11-22 12:00 UTC)),
            ("Nov  2 12:00:00 host app[1]: x", datetime!(2026-11-02 12:00 +1)),
        ] {
            assert_eq!(read(line, like), Some(expected), "{line}");
        }
        for line in ["", "Traceback (most recent call last):", "2026-13-41 12:00:00", "id 2026-1122"] {
            assert_eq!(read(line, like), None, "{line}");
        }
    }
}
