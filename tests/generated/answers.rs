//! Answers to the questions of a plan, as somebody may give them who reads each.

use std::collections::BTreeMap;

use serde_json::Value;

use super::dice::Dice;

/// Answers by question.
pub type Answers = BTreeMap<String, String>;

/// What is answered otherwise than by the default. The same question of the same database
/// always gets the same answer.
pub fn give(pick: u32, plan: &Value) -> Answers {
    let questions = list(plan, "questions").chain(list(plan, "findings").filter(|one| one["severity"] == "info"));
    let mut answers = Answers::new();
    for question in questions {
        let own = || format!("{} {}", text(question, "rule"), text(question, "object"));
        let id = question["id"].as_str().map_or_else(own, str::to_owned);
        let free = question["id"].is_null();
        let mut dice = Dice::new(pick ^ sum(&id));
        let default = question["default"].as_str();
        if default.is_some() && dice.chance(if free { 90 } else { 65 }) {
            continue;
        }
        let mut options: Vec<&str> = list(question, "options").map(|option| text(option, "value")).collect();
        // A key that stays as it is shows less than one that is converted.
        if options.len() > 1 && dice.chance(75) {
            options.retain(|option| *option != "leave");
        }
        if !options.is_empty() {
            let answer = *dice.pick(&options);
            if Some(answer) != default {
                answers.insert(id, answer.to_owned());
            }
        }
    }
    answers
}

fn list<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    value[field].as_array().into_iter().flatten()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

// FNV-1a.
fn sum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
