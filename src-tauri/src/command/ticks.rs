//! The items of the checklist that people tick: read from a file, told with the rest.

use std::path::Path;

use rekey_engine::check::manual::{self, Circle, Profile, Ticked, Ticks};

use crate::command::Stop;
use crate::command::args::ProfileName;
use crate::command::text::plain;

/// The items that a profile asks for, with the ticks of a file. Nothing where neither was named.
///
/// # Errors
/// A [`Stop`] with exit code 2 where the file cannot be read as ticks.
pub fn read(profile: Option<ProfileName>, file: Option<&Path>) -> Result<Vec<Ticked>, Stop> {
    let profile = match (profile, file) {
        (None, None) => return Ok(Vec::new()),
        (Some(ProfileName::Development), _) => Profile::Development,
        (Some(ProfileName::Staging), _) => Profile::Staging,
        // Who ticks without saying for what is asked for everything.
        (Some(ProfileName::Production), _) | (None, Some(_)) => Profile::Production,
    };
    let ticks = file.map(of_file).transpose()?.unwrap_or_default();
    Ok(manual::asked(profile, &ticks))
}

fn of_file(file: &Path) -> Result<Ticks, Stop> {
    let wrong = |why: &str| {
        Stop::usage(
            &format!("The ticks in '{}' cannot be read: {why}.", file.display()),
            "A file of ticks is a JSON object of items, each with a name and a time.",
            &[
                r#"Write it like {"contacts": {"by": "Ann", "at": "2026-01-31T09:30:00Z"}}; 'rekey check --profile production' names the items."#,
            ],
        )
    };
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error.to_string()))?;
    let ticks: Ticks = serde_json::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
    match manual::fault(&ticks) {
        Some(fault) => Err(wrong(&fault)),
        None => Ok(ticks),
    }
}

/// The items for people.
pub fn text(items: &[Ticked]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut lines = vec!["To be ticked by people".to_owned()];
    for Ticked { item, tick } in items {
        let head = if tick.is_some() { "ticked" } else { "open" };
        let signed = tick.as_ref().map(|tick| format!(" ({}, {})", plain(&tick.by), plain(&tick.at)));
        lines.push(format!(
            "  {head:<9}{}: {} ({}){}",
            circle(item.group),
            item.text,
            item.id,
            signed.unwrap_or_default()
        ));
    }
    lines.join("\n")
}

fn circle(circle: Circle) -> &'static str {
    match circle {
        Circle::Environment => "Environment",
        Circle::Testing => "Testing",
        Circle::Team => "Team",
        Circle::Clients => "Clients",
    }
}
