//! A value inside a JSON document, found and replaced without touching any other byte of it:
//! the order of names, blanks and the spelling of numbers stay.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde_json::value::RawValue;

/// The way to a value: `$.user.id`, `$.items[*].owner`, `$.ids[0]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPath {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Item(usize),
    Each,
}

impl JsonPath {
    /// Reads a path.
    ///
    /// # Errors
    /// A reason, and what to do.
    pub fn parse(text: &str) -> Result<JsonPath, (String, String)> {
        let bad = || {
            (
                format!("'{text}' is no path that Rekey knows"),
                "Write it like $.user.id, $.items[*].owner or $.ids[0].".to_owned(),
            )
        };
        let mut rest = text.strip_prefix('$').ok_or_else(bad)?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (name, tail) = after.split_at(end);
                if name.is_empty() {
                    return Err(bad());
                }
                steps.push(Step::Name(name.to_owned()));
                rest = tail;
            } else {
                let (inside, tail) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(bad)?;
                steps.push(if inside == "*" { Step::Each } else { Step::Item(inside.parse().map_err(|_| bad())?) });
                rest = tail;
            }
        }
        Ok(JsonPath { steps })
    }

    /// Where the values stand that the path leads to, from left to right; nothing where the
    /// text is no JSON.
    pub fn find(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let whole: &RawValue = serde_json::from_str(text).ok()?;
        let mut found = Vec::new();
        walk(whole, &self.steps, &mut |value| {
            // Both are slices of one text, so the distance of their addresses is the place.
            let start = (value.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            found.push(start..start + value.len());
        });
        found.sort_by_key(|span| span.start);
        Some(found)
    }
}

fn walk<'a>(value: &'a RawValue, steps: &[Step], found: &mut dyn FnMut(&'a str)) {
    let Some((step, after)) = steps.split_first() else { return found(value.get()) };
    match step {
        Step::Name(name) => {
            let object = serde_json::from_str::<HashMap<Cow<'a, str>, &'a RawValue>>(value.get());
            if let Some(value) = object.ok().and_then(|object| object.get(name.as_str()).copied()) {
                walk(value, after, found);
            }
        }
        Step::Item(number) => {
            if let Some(value) = items(value).get(*number) {
                walk(value, after, found);
            }
        }
        Step::Each => items(value).into_iter().for_each(|value| walk(value, after, found)),
    }
}

fn items(value: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(value.get()).unwrap_or_default()
}

/// The text of a JSON string or number, and whether it stood between quotes.
pub fn plain(value: &str) -> Option<(String, bool)> {
    if value.starts_with('"') {
        return serde_json::from_str(value).ok().map(|text| (text, true));
    }
    value.starts_with(|first: char| first == '-' || first.is_ascii_digit()).then(|| (value.to_owned(), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(path: &str, text: &'a str) -> Vec<&'a str> {
        let spans = JsonPath::parse(path).expect(path).find(text).expect("json");
        spans.into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn values_are_found_where_they_stand() {
        let text = r#" {"b":1.0, "user" : {"id":5,"n":"\u00e9"}, "items":[{"o":7},{"o":"8"},{}], "x.y":9} "#;
        assert_eq!(found("$.user.id", text), ["5"]);
        assert_eq!(found("$.items[*].o", text), ["7", "\"8\""]);
        assert_eq!(found("$.items[1].o", text), ["\"8\""]);
        assert_eq!(found("$.user.none", text), Vec::<&str>::new());
        assert_eq!(found("$", "5"), ["5"]);
        assert_eq!(JsonPath::parse("$.a").expect("path").find("not json"), None);
        for bad in ["user.id", "$user", "$.", "$.a[x]", "$.a["] {
            assert!(JsonPath::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn text_and_number_are_told_apart() {
        assert_eq!(plain("\"a\\u0035\""), Some(("a5".to_owned(), true)));
        assert_eq!(plain("-5"), Some(("-5".to_owned(), false)));
        assert_eq!(plain("{}"), None);
        assert_eq!(plain("true"), None);
    }
}
