//! What people vouch for before a run: ticked items, the maintenance window, who was told and
//! whom to reach. Kept with the run and printed in its report.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::manual::{self, Profile, Ticked, Ticks};
use super::{Finding, Looked, Severity};

/// What people vouch for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SignOff {
    /// What the database is there for, and so how much is asked for.
    pub profile: Profile,
    /// The items that are asked for, with their ticks.
    pub items: Vec<Ticked>,
    /// What was arranged.
    #[serde(flatten)]
    pub arrangements: Arrangements,
}

/// What was arranged around a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Arrangements {
    /// When the application may stand still.
    #[serde(default)]
    pub maintenance_window: Option<MaintenanceWindow>,
    /// Who was told.
    #[serde(default)]
    pub communication: Vec<Communication>,
    /// Whom to reach while it runs.
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// When the application may stand still; as moments or in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct MaintenanceWindow {
    /// Its beginning.
    pub from: String,
    /// Its end.
    pub to: String,
}

/// Somebody who was told of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Communication {
    /// A person or a group.
    pub who: String,
    /// By which way, and when.
    pub how: String,
}

/// Somebody to be reached while the run is at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// What they answer for.
    pub role: String,
    /// A number, an address, a place.
    pub reach: String,
}

impl SignOff {
    /// What a profile asks for, with what there is of it.
    pub fn of(profile: Profile, ticks: &Ticks, arrangements: Arrangements) -> SignOff {
        SignOff { profile, items: manual::asked(profile, ticks), arrangements }
    }

    /// What is still open, by name. Arrangements are asked for where people depend on the
    /// database.
    pub fn open(&self) -> Vec<String> {
        let items = self.items.iter().filter(|one| one.tick.is_none()).map(|one| one.item.id.to_string());
        let arranged = &self.arrangements;
        let lacking = [
            (arranged.maintenance_window.is_none(), "from and to of the maintenance window"),
            (arranged.communication.is_empty(), "who was told"),
            (arranged.contacts.is_empty(), "whom to reach"),
        ];
        let lacking = lacking.into_iter().filter(|(lacks, _)| *lacks && self.profile == Profile::Production);
        items.chain(lacking.map(|(_, what)| what.to_owned())).collect()
    }

    /// True where nothing is signed and nothing arranged.
    pub fn is_blank(&self) -> bool {
        self.items.iter().all(|one| one.tick.is_none()) && self.arrangements == Arrangements::default()
    }

    /// True where a run is refused because of what is open.
    pub fn refuses(&self) -> bool {
        self.profile == Profile::Production && !self.open().is_empty()
    }

    /// What is open as a finding, as heavy as the profile says; none where nothing hinders.
    pub fn finding(&self) -> Option<Finding> {
        let severity = match self.profile {
            Profile::Development => return None,
            Profile::Staging => Severity::Warn,
            Profile::Production => Severity::Ask,
        };
        let open = self.open();
        (!open.is_empty()).then(|| {
            Finding::new(
                severity,
                "RK-005",
                "sign-off",
                format!("Open on a {} database: {}. {}", self.profile.word(), open.join(", "), self.profile.meaning()),
                "Have each of them signed with name and time, on the checklist in the window or in a file for --ticks. What does not apply is signed with a note that says so.",
            )
        })
    }
}

impl Arrangements {
    /// What is wrong with them: a field without letters. The first of them in words.
    pub fn fault(&self) -> Option<String> {
        let window = self.maintenance_window.iter().flat_map(|window| [("from", &window.from), ("to", &window.to)]);
        let window = window.map(|(field, text)| ("maintenance_window", field, text));
        let told = self.communication.iter().flat_map(|one| [("who", &one.who), ("how", &one.how)]);
        let told = told.map(|(field, text)| ("communication", field, text));
        let contacts = self.contacts.iter();
        let contacts = contacts.flat_map(|one| [("name", &one.name), ("role", &one.role), ("reach", &one.reach)]);
        let contacts = contacts.map(|(field, text)| ("contacts", field, text));
        let empty = window.chain(told).chain(contacts).find(|(_, _, text)| text.trim().is_empty());
        empty.map(|(part, field, _)| format!("'{field}' of '{part}' is empty"))
    }
}

/// What the check sees.
pub(super) fn look(sign_off: Option<&SignOff>) -> Looked {
    let Some(sign_off) = sign_off else {
        return Looked::not_applicable(
            "It was not said what the database is there for (--profile), so nothing is asked for.",
        );
    };
    let ticked = sign_off.items.iter().filter(|one| one.tick.is_some()).count();
    let measured = format!("{}: {ticked} of {} items signed", sign_off.profile.word(), sign_off.items.len());
    Looked::found(measured, sign_off.finding().into_iter().collect()).because(sign_off.profile.meaning())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::manual::{ITEMS, Tick};
    use crate::check::{Name, Outcome};

    fn all() -> Ticks {
        let tick = Tick { by: "Ann".to_owned(), at: "2026-01-31T09:30:00Z".to_owned(), note: None };
        ITEMS.iter().map(|item| (item.id.to_string(), tick.clone())).collect()
    }

    fn arranged() -> Arrangements {
        let own = str::to_owned;
        Arrangements {
            maintenance_window: Some(MaintenanceWindow { from: own("Sunday 2:00"), to: own("Sunday 4:00") }),
            communication: vec![Communication { who: own("customers"), how: own("mail on Friday") }],
            contacts: vec![Contact { name: own("Ben"), role: own("database"), reach: own("extension 7") }],
        }
    }

    #[test]
    fn each_profile_is_as_strict_as_it_says() {
        let outcome = |profile, ticks: &Ticks, arrangements| {
            let sign_off = SignOff::of(profile, ticks, arrangements);
            (look(Some(&sign_off)).on_list(Name::SignOff).outcome, sign_off.refuses())
        };
        let (none, bare) = (Ticks::new(), Arrangements::default());
        assert_eq!(outcome(Profile::Development, &none, bare.clone()), (Outcome::Passed, false));
        assert_eq!(outcome(Profile::Staging, &none, bare.clone()), (Outcome::Warning, false));
        assert_eq!(outcome(Profile::Staging, &all(), bare.clone()), (Outcome::Passed, false));
        assert_eq!(outcome(Profile::Production, &none, arranged()), (Outcome::Blocking, true));
        assert_eq!(outcome(Profile::Production, &all(), bare), (Outcome::Blocking, true));
        assert_eq!(outcome(Profile::Production, &all(), arranged()), (Outcome::Passed, false));
        assert_eq!(look(None).on_list(Name::SignOff).outcome, Outcome::NotApplicable);
    }

    #[test]
    fn a_field_without_letters_is_named() {
        assert_eq!(arranged().fault(), None);
        let mut bad = arranged();
        bad.contacts[0].reach = " ".to_owned();
        assert_eq!(bad.fault().as_deref(), Some("'reach' of 'contacts' is empty"));
    }

    #[test]
    fn it_reads_as_it_was_written() {
        let sign_off = SignOff::of(Profile::Staging, &all(), arranged());
        let text = serde_json::to_string(&sign_off).expect("written");
        assert_eq!(serde_json::from_str::<SignOff>(&text).expect("read"), sign_off);
    }
}
