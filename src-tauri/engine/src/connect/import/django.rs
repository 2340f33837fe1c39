//! `settings.py` of Django: what `DATABASES` is set to.

use secrecy::zeroize::Zeroizing;
use std::path::PathBuf;

use super::pattern::Pattern;
use super::python::{self, Value};
use super::variables::{Variables, unknown};
use super::{Found, Origin, from_url, product, unknown_product};
use crate::connect::draft::Draft;
use crate::connect::settings;
use crate::schema::EngineKind;

/// A connection for each entry of `DATABASES`.
pub fn read(text: &str, origin: &Origin<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for assignment in ASSIGNMENT.each(text) {
        let Some(whole) = assignment.get(0) else { continue };
        let value = python::value(&text[whole.end()..]);
        match (assignment.get(1), value) {
            (Some(name), value) => found.push(Found::new(name.as_str(), entry(&value, origin))),
            (None, Value::Dictionary(entries)) => {
                found.extend(entries.iter().map(|(name, value)| Found::new(name, entry(value, origin))));
            }
            (None, _) => {}
        }
    }
    found
}

fn entry(value: &Value, origin: &Origin<'_>) -> Draft {
    let mut remarks = Vec::new();
    let mut draft = match value {
        Value::Dictionary(parts) => parts_of(parts, origin, &mut remarks),
        Value::Call(name, _, _) => match url(name, value, &origin.variables, &mut remarks) {
            Some(url) => from_url(&url),
            None => Draft::default(),
        },
        Value::Text(_) | Value::Joined(_) | Value::Other => {
            remarks.push(COMPUTED.to_owned());
            Draft::default()
        }
    };
    draft.remarks.append(&mut remarks);
    draft
}

const COMPUTED: &str = "A part of it is computed by the application.";

fn parts_of(parts: &[(String, Value)], origin: &Origin<'_>, remarks: &mut Vec<String>) -> Draft {
    let value = |name: &str| parts.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let mut text =
        |name: &str| Some(resolve(value(name)?, &origin.variables, remarks)?).filter(|text| !text.is_empty());
    let mut draft = Draft::default();
    let engine = text("ENGINE");
    draft.engine = engine.as_deref().and_then(|engine| product(engine));
    let (name, host, port) = (text("NAME"), text("HOST"), text("PORT"));
    draft.user = text("USER").map(|user| user.to_string());
    draft.with_password(&text("PASSWORD").unwrap_or_default());
    if let (Some(engine), None) = (&engine, draft.engine) {
        draft.remarks.push(unknown_product(engine));
    }
    if draft.engine == Some(EngineKind::Sqlite) {
        draft.path = name.map(|name| file(&name, origin));
        return draft;
    }
    draft.database = name.map(|name| name.to_string());
    draft.host = host.map(|host| host.to_string());
    draft.port = port.and_then(|port| port.parse().ok());
    if let Some(Value::Dictionary(options)) = value("OPTIONS") {
        more(&mut draft, options, origin, remarks);
    }
    draft
}

fn more(draft: &mut Draft, options: &[(String, Value)], origin: &Origin<'_>, remarks: &mut Vec<String>) {
    for (name, value) in options {
        match (name.as_str(), value) {
            // `"ssl": {"ca": "/path"}` of MySQL.
            ("ssl", Value::Dictionary(files)) => {
                let named = files.iter().map(|(part, value)| (format!("ssl-{part}"), value));
                named.for_each(|(name, value)| setting(draft, &name, value, origin, remarks));
            }
            ("service", Value::Text(service)) => {
                draft.remarks.push(format!("The rest stands under [{}] in pg_service.conf.", service.as_str()));
            }
            (_, Value::Text(_) | Value::Call(..) | Value::Joined(_)) => setting(draft, name, value, origin, remarks),
            (_, Value::Dictionary(_) | Value::Other) => {}
        }
    }
}

fn setting(draft: &mut Draft, name: &str, value: &Value, origin: &Origin<'_>, remarks: &mut Vec<String>) {
    let protects = name.to_ascii_lowercase().starts_with("ssl") || name == "unix_socket";
    let Some(value) = (if protects { resolve(value, &origin.variables, remarks) } else { None }) else { return };
    let taken = match draft.engine {
        Some(EngineKind::Mysql) => settings::mysql(draft, name, &value),
        _ => settings::postgres(draft, name, &value),
    };
    if let Err(crate::Error::Address { reason }) = taken {
        draft.remarks.push(format!("The setting {name} cannot be understood: {reason}."));
    }
}

// The folder of the project is the one above that of its settings.
fn file(name: &str, origin: &Origin<'_>) -> PathBuf {
    let above = origin.folder.and_then(|folder| folder.parent());
    match above.map(|above| above.join(name)) {
        Some(path) if path.is_file() => path,
        _ => PathBuf::from(name),
    }
}

fn resolve(value: &Value, variables: &Variables, remarks: &mut Vec<String>) -> Option<Zeroizing<String>> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Joined(last) => resolve(last, variables, remarks),
        Value::Call(name, places, _) if name.ends_with("join") => resolve(places.last()?, variables, remarks),
        Value::Call(name, places, _) if places.is_empty() && ["None", "True", "False"].contains(&name.as_str()) => None,
        Value::Call(name, places, _) if ["str", "int", "Path"].contains(&name.as_str()) => {
            resolve(places.first()?, variables, remarks)
        }
        Value::Call(name, places, named) if asks(name) => {
            let Some(Value::Text(asked)) = places.first() else {
                remarks.push(COMPUTED.to_owned());
                return None;
            };
            let default = named.iter().find(|(name, _)| name == "default").map(|(_, value)| value).or(places.get(1));
            match (variables.get(asked), default) {
                (Some(value), _) => Some(Zeroizing::new(value.to_owned())),
                (None, Some(default)) => resolve(default, variables, remarks),
                (None, None) => {
                    remarks.push(unknown(asked));
                    None
                }
            }
        }
        Value::Call(..) | Value::Dictionary(_) | Value::Other => {
            remarks.push(COMPUTED.to_owned());
            None
        }
    }
}

// os.environ, os.environ.get, os.getenv, decouple's config, environ's env and its kinds.
fn asks(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    name.contains("environ") || ["getenv", "config", "env"].contains(&last) || name.starts_with("env.")
}

// dj_database_url.parse(...), dj_database_url.config(env=..., default=...), env.db(...).
fn url(name: &str, call: &Value, variables: &Variables, remarks: &mut Vec<String>) -> Option<Zeroizing<String>> {
    let Value::Call(_, places, named) = call else { return None };
    let by_name = |wanted: &str| named.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    if name.ends_with("parse") {
        return resolve(places.first().or(by_name("url"))?, variables, remarks);
    }
    if !name.ends_with("config") && !name.contains("db") {
        remarks.push(COMPUTED.to_owned());
        return None;
    }
    let asked = match by_name("env").or(places.first()) {
        Some(Value::Text(asked)) => asked.to_string(),
        _ => "DATABASE_URL".to_owned(),
    };
    if let Some(url) = variables.get(&asked) {
        return Some(Zeroizing::new(url.to_owned()));
    }
    match by_name("default").or(places.get(1)) {
        Some(default) => resolve(default, variables, remarks),
        None => {
            remarks.push(unknown(&asked));
            None
        }
    }
}

static ASSIGNMENT: Pattern = Pattern::new(r#"(?m)^[ \t]*DATABASES(?:\[["'](\w+)["']\])?\s*(?::[^=\n]*)?=[^\S\n]*"#);
