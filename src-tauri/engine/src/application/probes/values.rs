//! What stands at a path of a JSON document: UUIDs, numbers, or something else.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json_path::JsonPath;
use ts_rs::TS;
use uuid::Uuid;

/// How many values are shown.
const EXAMPLES: usize = 3;
/// How much of one is shown.
const LETTERS: usize = 80;

/// What stands at a path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Held {
    /// The path.
    pub path: String,
    /// How many are UUIDs, of whatever version.
    #[ts(type = "number")]
    pub uuids: usize,
    /// How many are numbers, or text that is one.
    #[ts(type = "number")]
    pub numbers: usize,
    /// How many are null.
    #[ts(type = "number")]
    pub nulls: usize,
    /// How many are anything else.
    #[ts(type = "number")]
    pub others: usize,
    /// Some of them; those that are no UUIDs first.
    pub examples: Vec<String>,
}

impl Held {
    /// True where there are UUIDs, and nothing but them and null.
    pub fn is_uuids(&self) -> bool {
        self.uuids > 0 && self.numbers == 0 && self.others == 0
    }
}

/// A path as it is written.
///
/// # Errors
/// Why it is none.
pub fn path(text: &str) -> Result<JsonPath, String> {
    JsonPath::parse(text).map_err(|error| error.to_string())
}

/// What stands at the path.
pub fn at(document: &Value, text: &str) -> Held {
    let mut held = Held { path: text.to_owned(), ..Held::default() };
    let Ok(path) = path(text) else { return held };
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for value in path.query(document) {
        let (count, examples) = match value {
            Value::Null => (&mut held.nulls, &mut good),
            Value::String(text) if is_uuid(text) => (&mut held.uuids, &mut good),
            Value::Number(_) => (&mut held.numbers, &mut bad),
            Value::String(text) if is_number(text) => (&mut held.numbers, &mut bad),
            Value::String(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_) => (&mut held.others, &mut bad),
        };
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(value.to_string().chars().take(LETTERS).collect());
        }
    }
    bad.append(&mut good);
    bad.truncate(EXAMPLES);
    held.examples = bad;
    held
}

// With its dashes or without; the nil UUID stands for nothing and is the id of nothing.
fn is_uuid(text: &str) -> bool {
    matches!(text.len(), 32 | 36) && Uuid::try_parse(text).is_ok_and(|uuid| !uuid.is_nil())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn uuids_of_every_version_are_known() {
        for version in 1..=8 {
            assert!(is_uuid(&format!("0190b0c4-7f1e-{version}000-8000-000000000001")), "{version}");
        }
        assert!(is_uuid("0190B0C47F1E70008000000000000001"));
        for text in [
            "",
            "42",
            "00000000-0000-0000-0000-000000000000",
            "{0190b0c4-7f1e-7000-8000-000000000001}",
            "0190b0c4-7f1e-7000-8000-00000000000g",
            "00000000000000000000000000000000",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
    }

    #[test]
    fn what_stands_at_a_path_is_counted() {
        let id = "0190b0c4-7f1e-7000-8000-000000000001";
        let document =
            json!({"items": [{"id": id, "user": null}, {"id": 7, "user": {"id": "8"}}, {"id": "x"}, {"id": [id]}]});
        let held = at(&document, "$.items[*].id");
        assert_eq!((held.uuids, held.numbers, held.others, held.nulls), (1, 1, 2, 0));
        assert_eq!(held.examples[0], "7");
        assert!(!held.is_uuids());
        let user = at(&document, "$.items[*].user.id");
        assert_eq!((user.numbers, user.uuids), (1, 0));
        assert!(at(&json!([{"id": id}, {"id": null}]), "$[*]['id']").is_uuids());
        assert!(at(&document, "$..user").nulls == 1);
        assert!(!at(&document, "$.none").is_uuids(), "nothing is not a UUID");
        assert!(path("items.id").is_err() && path("$.a[").is_err());
    }
}
