//! What people vouched for before the run.

use crate::check::SignOff;
use crate::check::manual::{Profile, Tick, Ticked};
use crate::execute::RunRecord;
use crate::report::words::moment;

/// What people vouched for, as it is printed.
pub struct People {
    /// What was arranged, as pairs of name and value.
    pub facts: Vec<(&'static str, String)>,
    /// Group, item, how it stands, and who signed it when with which note.
    pub items: Vec<[String; 4]>,
}

/// What people vouched for; none where nothing was asked for, or where what was asked for hinders
/// nobody and nobody signed anything.
pub fn people(record: &RunRecord) -> Option<People> {
    let sign_off = record.safety_net.sign_off.as_ref()?;
    if sign_off.profile == Profile::Development && sign_off.is_blank() {
        return None;
    }
    Some(People { facts: facts(sign_off), items: sign_off.items.iter().map(item).collect() })
}

fn facts(sign_off: &SignOff) -> Vec<(&'static str, String)> {
    let arranged = &sign_off.arrangements;
    let mut facts = vec![("Profile", format!("{}: {}", sign_off.profile.word(), sign_off.profile.meaning()))];
    let window = arranged.maintenance_window.as_ref();
    facts.extend(window.map(|one| ("Maintenance window", format!("{} to {}", moment(&one.from), moment(&one.to)))));
    facts.extend(arranged.communication.iter().map(|one| ("Told", format!("{}: {}", one.who, one.how))));
    let contact = |one: &crate::check::Contact| ("Contact", format!("{}, {}: {}", one.name, one.role, one.reach));
    facts.extend(arranged.contacts.iter().map(contact));
    facts
}

fn item(one: &Ticked) -> [String; 4] {
    let word = if one.tick.is_some() { "signed" } else { "open" };
    let signed = one.tick.as_ref().map(signed).unwrap_or_default();
    [one.item.group.title().to_owned(), one.item.text.to_string(), word.to_owned(), signed]
}

fn signed(tick: &Tick) -> String {
    let note = tick.note.as_ref().map(|note| format!(" “{note}”")).unwrap_or_default();
    format!("{}, {}{note}", tick.by, moment(&tick.at))
}
