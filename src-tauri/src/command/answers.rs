//! The file with answers to a plan's questions.

use std::collections::BTreeMap;
use std::path::Path;

use rekey_engine::Error;
use serde_json::Value;

use crate::command::Stop;

/// Reads a file of answers by question: a JSON object, or lines of the form `id=answer`.
///
/// # Errors
/// A [`Stop`] where it cannot be read or understood.
pub fn read(path: &Path) -> Result<BTreeMap<String, String>, Stop> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::File { path: path.display().to_string(), detail: error.to_string() })?;
    parse(&text).map_err(|reason| {
        Stop::usage(
            &format!("The answers in '{}' cannot be understood: {reason}.", path.display()),
            "The file is of another kind, or a line in it is incomplete.",
            &["Write a JSON object of question ids and answers, or one line 'id=answer' for each."],
        )
    })
}

fn parse(text: &str) -> Result<BTreeMap<String, String>, String> {
    if text.trim_start().starts_with('{') {
        return json(text);
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    // Ids hold names of columns, and those may hold an equals sign; answers do not.
    let pair = |line: &str| {
        let (id, answer) = line.rsplit_once('=').ok_or_else(|| format!("the line '{line}' has no equals sign"))?;
        Ok((id.trim().to_owned(), answer.trim().to_owned()))
    };
    lines.map(pair).collect()
}

fn json(text: &str) -> Result<BTreeMap<String, String>, String> {
    let read: BTreeMap<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let word = |(id, answer): (String, Value)| match answer {
        Value::String(answer) => Ok((id, answer)),
        Value::Bool(answer) => Ok((id, answer.to_string())),
        Value::Number(answer) => Ok((id, answer.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(format!("the answer to '{id}' is not a word")),
    };
    read.into_iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_give_the_same() {
        let lines = parse("# decided by Ann\n inferred public.a=b.c = convert \n\nx=no\n").expect("lines");
        let object = parse(r#" {"inferred public.a=b.c": "convert", "x": "no"}"#).expect("json");
        assert_eq!(lines, object);
        assert_eq!(lines["inferred public.a=b.c"], "convert");
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(parse("convert").is_err());
        assert!(parse("{\"a\": [1]}").is_err());
        assert!(parse("{\"a\":").is_err());
        assert!(parse("").expect("empty").is_empty());
    }
}
