//! `database.yml` of Rails. The Ruby in it is read as text: what a variable is set to, and what
//! stands in for it.

use regex::Captures;
use secrecy::zeroize::Zeroizing;
use serde_json::{Map, Value};

use super::pattern::Pattern;
use super::variables::{Variables, unknown};
use super::{Found, from_url, product, unknown_product, yaml};
use crate::connect::draft::Draft;
use crate::connect::settings;
use crate::schema::EngineKind;

/// A connection for each environment, and for each database of one that has several.
pub fn read(text: &str, variables: &Variables) -> Result<Vec<Found>, String> {
    let text = Zeroizing::new(STATEMENT.replaced(text, "").into_owned());
    let documents = yaml::Documents::read(&text)?;
    let mut found = Vec::new();
    for (name, value) in documents.each().filter_map(Value::as_object).flatten() {
        let Some(settings) = value.as_object() else { continue };
        if is_connection(settings) {
            // What is only there to be taken over by others names no database.
            if settings.contains_key("database") || settings.contains_key("url") {
                found.push(Found::new(name, one(settings, variables)));
            }
            continue;
        }
        let several = settings.iter().filter_map(|(inner, value)| Some((inner, value.as_object()?)));
        let several = several.filter(|(_, settings)| is_connection(settings));
        found.extend(several.map(|(inner, settings)| Found::new(format!("{name}.{inner}"), one(settings, variables))));
    }
    Ok(found)
}

fn is_connection(settings: &Map<String, Value>) -> bool {
    ["adapter", "url", "database"].iter().any(|key| settings.get(*key).is_some_and(|value| !value.is_object()))
}

fn one(values: &Map<String, Value>, variables: &Variables) -> Draft {
    let mut remarks = Vec::new();
    let mut get = |name: &str| {
        let text = Zeroizing::new(yaml::scalar(values.get(name)?)?);
        Some(resolve(&text, variables, &mut remarks)).filter(|text| !text.is_empty())
    };
    let mut draft = match get("url") {
        Some(url) => from_url(&url),
        None => Draft::default(),
    };
    let adapter = get("adapter");
    draft.engine = draft.engine.or(adapter.as_deref().and_then(|adapter| product(adapter)));
    if draft.engine == Some(EngineKind::Sqlite) {
        draft.path = draft.path.or(get("database").map(|path| path.as_str().into()));
    } else {
        for name in [
            "host",
            "port",
            "username",
            "password",
            "database",
            "socket",
            "sslmode",
            "ssl_mode",
            "sslrootcert",
            "sslca",
            "sslcert",
            "sslkey",
        ] {
            let Some(value) = get(name) else { continue };
            let taken = match draft.engine {
                Some(EngineKind::Mysql) => settings::mysql(&mut draft, name, &value),
                _ => settings::postgres(&mut draft, name, &value),
            };
            if let Err(crate::Error::Address { reason }) = taken {
                draft.remarks.push(format!("The setting {name} cannot be understood: {reason}."));
            }
        }
    }
    if draft.engine.is_none()
        && let Some(adapter) = adapter
    {
        remarks.push(unknown_product(&adapter));
    }
    draft.remarks.append(&mut remarks);
    draft
}

fn resolve(text: &str, variables: &Variables, remarks: &mut Vec<String>) -> Zeroizing<String> {
    let resolved = EXPRESSION.replaced(text, |found: &Captures<'_>| {
        let Some(asked) = VARIABLE.first(&found[1]) else {
            remarks.push("A part of it is computed by the application.".to_owned());
            return String::new();
        };
        let default = DEFAULT.first(&found[1]).and_then(|found| found.get(1).or(found.get(2)));
        match variables.get(&asked[1]).or(default.map(|default| default.as_str())) {
            Some(value) => value.to_owned(),
            None => {
                remarks.push(unknown(&asked[1]));
                String::new()
            }
        }
    });
    Zeroizing::new(resolved.into_owned())
}

// Lines that only do something, such as a condition.
static STATEMENT: Pattern = Pattern::new(r"(?m)^[ \t]*<%[^=][^%]*%>[ \t]*$");
static EXPRESSION: Pattern = Pattern::new(r"<%=\s*(.*?)\s*-?%>");
static VARIABLE: Pattern = Pattern::new(r#"^ENV(?:\.fetch)?\s*[\[(]\s*["'](\w+)["']"#);
static DEFAULT: Pattern = Pattern::new(r#"(?:,|\|\||\{)\s*(?:["']([^"']*)["']|(\d+))\s*[)}]?\s*$"#);
