//! YAML as data, within limits, wiped when it is let go of.

use secrecy::zeroize::Zeroize as _;
use serde_json::Value;

/// Documents of a YAML text. May hold passwords.
pub struct Documents(Vec<Value>);

impl Documents {
    /// Reads all documents of a text.
    ///
    /// # Errors
    /// The number of the line, and nothing of what is written there: it may be a password.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_saphyr::from_multiple(text).map(Documents).map_err(|error| match error.location() {
            Some(place) => format!("it is not valid YAML at line {}", place.line()),
            None => "it is not valid YAML".to_owned(),
        })
    }

    /// The documents.
    pub fn each(&self) -> impl Iterator<Item = &Value> {
        self.0.iter()
    }
}

impl Drop for Documents {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(wipe);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(values) => values.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A value as it was written: text, number or truth value.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
