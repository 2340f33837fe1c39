//! The template of a key, as far as its letters tell: which segments are ids.

use std::ops::Range;

use super::domain::{Shape, is_uuid};
use super::tally::shown;
use super::template::is_word;

/// Shortest word of letters and digits mixed that is taken for a token and not for a name.
const TOKEN: usize = 16;

/// What a segment of a key is by its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// A whole number.
    Int,
    /// A UUID.
    Uuid,
    /// Letters and digits mixed, too long for a name.
    Token,
}

impl Segment {
    /// How it stands in a template.
    pub fn word(self) -> &'static str {
        match self {
            Segment::Int => "{int}",
            Segment::Uuid => "{uuid}",
            Segment::Token => "{token}",
        }
    }
}

/// The segments of a key that look like ids, from left to right.
///
/// Segments end at everything that is neither letter nor digit, so `user:5`, `user_5` and
/// `user/5/cart` have ids, `user5` and `v5` have none. A UUID keeps its dashes.
pub fn segments(key: &[u8]) -> Vec<(Segment, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < key.len() {
        let segment = if starts(key, at) { segment(&key[at..]) } else { None };
        let length = segment.map_or_else(|| plain(&key[at..]), |(_, length)| length);
        found.extend(segment.map(|(segment, length)| (segment, at..at + length)));
        at += length;
    }
    found
}

/// The key with `{int}`, `{uuid}` and `{token}` in the place of whole segments that are such.
pub fn template(key: &[u8]) -> String {
    let mut text = String::with_capacity(key.len());
    let mut at = 0;
    for (segment, span) in segments(key) {
        text.push_str(&shown(&key[at..span.start]));
        text.push_str(segment.word());
        at = span.end;
    }
    text.push_str(&shown(&key[at..]));
    text
}

fn starts(key: &[u8], at: usize) -> bool {
    is_word(key[at]) && (at == 0 || !is_word(key[at - 1]))
}

// How much stands for itself: up to the next separator, or the separator.
fn plain(rest: &[u8]) -> usize {
    rest.iter().position(|&byte| !is_word(byte)).map_or(rest.len(), |end| end.max(1))
}

// What a segment is and how long; none where it stands for itself.
fn segment(rest: &[u8]) -> Option<(Segment, usize)> {
    let ends = |length: usize| !rest.get(length).is_some_and(|&byte| is_word(byte));
    if rest.get(..36).is_some_and(is_uuid) && ends(36) {
        return Some((Segment::Uuid, 36));
    }
    let length = rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len());
    let word = &rest[..length];
    if Shape::Int.is(word) {
        return Some((Segment::Int, length));
    }
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    (length >= TOKEN && digits > 0 && word.is_ascii()).then_some((Segment::Token, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_segments_are_ids() {
        for (key, expected) in [
            ("user_sessions:42", "user_sessions:{int}"),
            ("user:5:cart/7.x-8#9|1", "user:{int}:cart/{int}.x-{int}#{int}|{int}"),
            ("user5:v5", "user5:v5"),
            ("order:018f3c5e-7d2a-7b41-9c30-5f1e2a6b8d04:x", "order:{uuid}:x"),
            (":1:views.decorators.cache.0123456789abcdef0123456789abcdef", ":{int}:views.decorators.cache.{token}"),
            ("day:2024-01-05", "day:{int}-01-05"),
            ("{user:5}:x", "{user:{int}}:x"),
            ("", ""),
        ] {
            assert_eq!(template(key.as_bytes()), expected, "{key}");
        }
        assert_eq!(template(b"b:\xff\x00:7"), "b:\\xff\\x00:{int}");
        assert_eq!(template("größe:5".as_bytes()), "größe:{int}");
    }
}
