//! Option files of MySQL's programs. Only what they read themselves as clients counts.

use super::{Found, ini};
use crate::connect::draft::Draft;
use crate::connect::settings;
use crate::schema::EngineKind;

/// A connection for the section of all clients, and for each group of it.
pub fn read(text: &str) -> Vec<Found> {
    let sections = ini::sections(text);
    let includes = text.lines().any(|line| line.trim_start().starts_with("!include"));
    let clients = sections.iter().filter(|section| section.name == "client" || section.name.starts_with("client-"));
    clients.filter(|section| !section.settings.is_empty()).map(|section| one(section, includes)).collect()
}

fn one(section: &ini::Section<'_>, includes: bool) -> Found {
    let mut draft = Draft::of(EngineKind::Mysql);
    for (name, value) in &section.settings {
        let name = name.strip_prefix("loose-").or(name.strip_prefix("loose_")).unwrap_or(name);
        if let Err(crate::Error::Address { reason }) = settings::mysql(&mut draft, name, &unquoted(value)) {
            draft.remarks.push(format!("The setting {name} cannot be understood: {reason}."));
        }
    }
    if includes {
        draft.remarks.push("It includes other files, which were not read.".to_owned());
    }
    Found::new(format!("[{}]", section.name), draft)
}

fn unquoted(value: &str) -> secrecy::zeroize::Zeroizing<String> {
    let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.split(*quote).next());
    let text = quoted.unwrap_or_else(|| value.split(" #").next().unwrap_or_default().trim_end());
    secrecy::zeroize::Zeroizing::new(text.replace("\\\\", "\\"))
}
