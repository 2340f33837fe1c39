//! Lines such as `NAME=value`, and texts in which `${NAME}` stands for the value.

use std::collections::BTreeMap;

use regex::Captures;
use secrecy::zeroize::Zeroizing;

use super::pattern::Pattern;

/// What a `.env` file says. The environment of this process is never asked.
#[derive(Default)]
pub struct Variables(BTreeMap<String, Zeroizing<String>>);

/// How a text names variables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `${NAME}`, `${NAME:-default}`, `$NAME`; `$$` is a dollar sign.
    Compose,
    /// `${NAME}` and `${NAME:-default}`; other dollar signs are letters.
    Dotenv,
    /// `${NAME:default}`.
    Spring,
}

impl Variables {
    /// Takes the lines apart. A value in single quotes stays as it is written.
    pub fn read(text: &str) -> Self {
        let mut variables = Variables::default();
        for (name, value) in text.lines().filter_map(line) {
            variables.0.insert(name.to_owned(), value);
        }
        variables
    }

    /// The value of a variable that is set to something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.as_str()).filter(|value| !value.is_empty())
    }

    /// All of them, by name.
    pub fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets a variable that is not set yet.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_insert_with(|| Zeroizing::new(value.to_owned()));
    }

    /// A text with its variables resolved. What is not known is said and left out.
    pub fn resolve(&self, text: &str, style: Style, remarks: &mut Vec<String>) -> Zeroizing<String> {
        let resolved = NAMED.replaced(text, |found: &Captures<'_>| {
            if &found[0] == "$$" {
                return if style == Style::Compose { "$" } else { "$$" }.to_owned();
            }
            let plain = found.name("plain").map(|name| name.as_str());
            if plain.is_some() && style != Style::Compose {
                return found[0].to_owned();
            }
            let name = plain.unwrap_or_else(|| found.name("name").map_or("", |name| name.as_str()));
            let default = found.name("default").map(|default| default.as_str());
            let default = match style {
                Style::Compose | Style::Dotenv => {
                    default.map(|text| text.trim_start_matches(':')).and_then(|text| text.strip_prefix('-'))
                }
                Style::Spring => default.map(|text| text.strip_prefix(':').unwrap_or(text)),
            };
            match self.get(name).or(default) {
                Some(value) => value.to_owned(),
                None => {
                    remarks.push(unknown(name));
                    String::new()
                }
            }
        });
        Zeroizing::new(resolved.into_owned())
    }
}

/// What is said of a variable that is not known.
pub fn unknown(name: &str) -> String {
    format!("The variable {name} is not set in a .env file beside it.")
}

static NAMED: Pattern = Pattern::new(
    r"\$\$|\$\{(?P<name>[A-Za-z_][A-Za-z0-9_.]*?)(?P<default>:[^}]*|[-?+][^}]*)?\}|\$(?P<plain>[A-Za-z_][A-Za-z0-9_]*)",
);

fn line(text: &str) -> Option<(&str, Zeroizing<String>)> {
    let text = text.trim();
    let text = text.strip_prefix("export ").map_or(text, str::trim_start);
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    let known = name.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c));
    (known && !name.is_empty() && !text.starts_with('#')).then(|| (name, unquoted(value.trim())))
}

fn unquoted(value: &str) -> Zeroizing<String> {
    if let Some(inside) = value.strip_prefix('\'') {
        return Zeroizing::new(inside.split('\'').next().unwrap_or_default().to_owned());
    }
    let Some(inside) = value.strip_prefix('"') else {
        let end = value.find(" #").unwrap_or(value.len());
        return Zeroizing::new(value[..end].trim_end().to_owned());
    };
    let mut text = Zeroizing::new(String::new());
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            other => text.push(other),
        }
    }
    text
}
