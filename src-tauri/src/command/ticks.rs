//! What people vouch for: read from a file, told with the checklist.

use std::path::Path;

use rekey_engine::check::manual::{self, Profile, Ticked, Ticks};
use rekey_engine::check::{Arrangements, Communication, Contact, MaintenanceWindow, SignOff};
use serde::Deserialize;

use crate::command::Stop;
use crate::command::args::{PeopleArgs, ProfileName};
use crate::command::text::plain;

/// The file, where it says more than who signed what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    items: Ticks,
    maintenance_window: Option<MaintenanceWindow>,
    #[serde(default)]
    communication: Vec<Communication>,
    #[serde(default)]
    contacts: Vec<Contact>,
}

/// What people vouch for: what a profile asks for, with what a file says of it. None where
/// neither was named.
///
/// # Errors
/// A [`Stop`] with exit code 2 where the file cannot be read as ticks.
pub fn read(args: &PeopleArgs) -> Result<Option<SignOff>, Stop> {
    let profile = match (args.profile, &args.ticks) {
        (None, None) => return Ok(None),
        (Some(ProfileName::Development), _) => Profile::Development,
        (Some(ProfileName::Staging), _) => Profile::Staging,
        // Who signs without saying for what is asked for everything.
        (Some(ProfileName::Production), _) | (None, Some(_)) => Profile::Production,
    };
    let (ticks, arrangements) = args.ticks.as_deref().map(of_file).transpose()?.unwrap_or_default();
    Ok(Some(SignOff::of(profile, &ticks, arrangements)))
}

fn of_file(file: &Path) -> Result<(Ticks, Arrangements), Stop> {
    let wrong = |why: &str| {
        Stop::usage(
            &format!("The ticks in '{}' cannot be read: {why}.", file.display()),
            "A file of ticks is a JSON object of items, each with a name and a time.",
            &[
                r#"Write it like {"items": {"contacts": {"by": "Ann", "at": "2026-01-31T09:30:00Z"}}, "contacts": [{"name": "Ben", "role": "database", "reach": "extension 7"}]}; 'rekey check --profile production' names the items, 'rekey run --help' the other parts."#,
            ],
        )
    };
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error.to_string()))?;
    let (ticks, arrangements) = parsed(&text).map_err(|error| wrong(&error.to_string()))?;
    match manual::fault(&ticks).or_else(|| arrangements.fault()) {
        Some(fault) => Err(wrong(&fault)),
        None => Ok((ticks, arrangements)),
    }
}

// No item is called 'items'.
fn parsed(text: &str) -> serde_json::Result<(Ticks, Arrangements)> {
    let value: serde_json::Value = serde_json::from_str(text)?;
    if value.get("items").is_none() {
        return Ok((serde_json::from_value(value)?, Arrangements::default()));
    }
    let Whole { items, maintenance_window, communication, contacts } = serde_json::from_value(value)?;
    Ok((items, Arrangements { maintenance_window, communication, contacts }))
}

/// What people vouch for, as it stands.
pub fn text(sign_off: Option<&SignOff>) -> String {
    let Some(sign_off) = sign_off else { return String::new() };
    let mut lines =
        vec![format!("What people vouch for ({}): {}", sign_off.profile.word(), sign_off.profile.meaning())];
    lines.extend(sign_off.items.iter().map(item));
    lines.extend(arranged(&sign_off.arrangements));
    lines.join("\n")
}

fn item(Ticked { item, tick }: &Ticked) -> String {
    let head = if tick.is_some() { "ticked" } else { "open" };
    let signed = tick.as_ref().map(|tick| {
        let note = tick.note.as_ref().map(|note| format!(": {}", plain(note))).unwrap_or_default();
        format!(" ({}, {}{note})", plain(&tick.by), plain(&tick.at))
    });
    let signed = signed.unwrap_or_default();
    format!("  {head:<9}{}: {} ({}){signed}", item.group.title(), item.text, item.id)
}

fn arranged(arranged: &Arrangements) -> Vec<String> {
    let line = |head: &str, text: &str| format!("  {head}: {}", plain(text));
    let window = arranged.maintenance_window.as_ref();
    let mut lines: Vec<String> =
        window.map(|one| line("Maintenance window", &format!("{} to {}", one.from, one.to))).into_iter().collect();
    lines.extend(arranged.communication.iter().map(|one| line("Told", &format!("{}: {}", one.who, one.how))));
    let contact = |one: &Contact| line("Contact", &format!("{}, {}: {}", one.name, one.role, one.reach));
    lines.extend(arranged.contacts.iter().map(contact));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICK: &str = r#"{"by": "Ann", "at": "2026-01-31T09:30:00Z"}"#;

    #[test]
    fn a_file_holds_items_alone_or_all_there_is() {
        let (ticks, arranged) = parsed(&format!(r#"{{"contacts": {TICK}}}"#)).expect("items alone");
        assert!(ticks.len() == 1 && arranged == Arrangements::default());
        let whole = format!(
            r#"{{"items": {{"contacts": {TICK}}}, "maintenance_window": {{"from": "2:00", "to": "4:00"}},
                "communication": [{{"who": "customers", "how": "mail"}}],
                "contacts": [{{"name": "Ben", "role": "database", "reach": "7"}}]}}"#
        );
        let (ticks, arranged) = parsed(&whole).expect("whole");
        assert!(ticks.len() == 1 && arranged.fault().is_none());
        assert_eq!(arranged.contacts[0].name, "Ben");
        let told = text(Some(&SignOff::of(Profile::Production, &ticks, arranged)));
        assert!(
            told.contains("Maintenance window: 2:00 to 4:00") && told.contains("Contact: Ben, database: 7"),
            "{told}"
        );
        assert!(parsed(r#"{"items": {}, "contact": []}"#).is_err(), "a misspelt part");
    }
}
