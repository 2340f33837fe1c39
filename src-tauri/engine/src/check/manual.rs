//! What no program can look at: items that people tick, with their name and the time.
//!
//! Pure data. The four groups are those of the migration guides that Rekey replaces; which items
//! are asked for depends on what the database is there for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a database is there for. Each is stricter than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Profile {
    /// Nobody is hurt if it is gone.
    Development,
    /// As production, without its users.
    Staging,
    /// People depend on it.
    Production,
}

impl Profile {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Profile::Development => "development",
            Profile::Staging => "staging",
            Profile::Production => "production",
        }
    }

    /// How strict it is, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Profile::Development => "What is open is told and hinders nothing.",
            Profile::Staging => "What is open is a warning, and a backup may be seven days old.",
            Profile::Production => {
                "A run is refused as long as an item is open or the maintenance window, who was told or whom to reach is missing; a backup older than a day is a warning."
            }
        }
    }

    /// How old a backup may be before it is warned of.
    pub fn oldest_backup(self) -> Duration {
        match self {
            Profile::Development | Profile::Staging => Duration::from_hours(7 * 24),
            Profile::Production => Duration::from_hours(24),
        }
    }
}

/// Who an item concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Circle {
    /// Servers, backups, monitoring.
    Environment,
    /// Tests of the application.
    Testing,
    /// The people who run it.
    Team,
    /// Programs of others that use its ids.
    Clients,
}

impl Circle {
    /// Its title for people.
    pub fn title(self) -> &'static str {
        match self {
            Circle::Environment => "Environment",
            Circle::Testing => "Testing",
            Circle::Team => "Team",
            Circle::Clients => "Clients",
        }
    }
}

/// One item. A record of the past has the words that were signed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Item {
    /// Its stable name.
    pub id: Cow<'static, str>,
    /// Who it concerns.
    pub group: Circle,
    /// What is to be true before it is ticked.
    pub text: Cow<'static, str>,
    /// From which profile on it is asked for.
    pub from: Profile,
}

const fn item(id: &'static str, group: Circle, from: Profile, text: &'static str) -> Item {
    Item { id: Cow::Borrowed(id), group, text: Cow::Borrowed(text), from }
}

/// Every item.
pub const ITEMS: &[Item] = {
    use Circle::{Clients, Environment, Team, Testing};
    use Profile::{Development, Production, Staging};
    &[
        item("code_backup", Environment, Development, "The version of the application that runs now can be put back."),
        item(
            "staging_ready",
            Environment,
            Production,
            "The same plan ran on staging, and the application works there.",
        ),
        item(
            "monitoring",
            Environment,
            Staging,
            "Somebody sees errors and slow queries of database and application as they come.",
        ),
        item(
            "maintenance_window",
            Environment,
            Production,
            "A maintenance window is fixed, longer than the expected standstill and the way back together.",
        ),
        item(
            "recovery",
            Environment,
            Production,
            "A second way back exists outside this server, such as recovery to a point in time.",
        ),
        item("unit_tests", Testing, Development, "The application's own tests pass with UUIDs as ids."),
        item("integration_tests", Testing, Staging, "Calls with UUIDs in paths, parameters and answers were tried."),
        item("query_times", Testing, Staging, "The times of the important queries before the change are written down."),
        item("load_tests", Testing, Production, "The application was tried with UUIDs under its usual load."),
        item("team_knows", Team, Staging, "Whoever works on the application knows what changes in its code."),
        item(
            "announced",
            Team,
            Production,
            "Everybody who notices the standstill knows when it is and how long it lasts.",
        ),
        item("way_back_known", Team, Staging, "Whoever is on duty knows how to take the run back, and until when."),
        item(
            "contacts",
            Team,
            Production,
            "Somebody for the database, the servers and the application can be reached during the window.",
        ),
        item("api_clients", Clients, Staging, "Programs that call the application accept UUIDs as ids."),
        item(
            "mobile_apps",
            Clients,
            Production,
            "Apps that are installed elsewhere accept UUIDs, or are made to update.",
        ),
        item(
            "web_front_end",
            Clients,
            Staging,
            "The web front end takes ids for text: no parseInt, no number in a path, no old id in its storage.",
        ),
        item(
            "third_parties",
            Clients,
            Production,
            "Others who keep our ids know of the change and of the map from old to new ids.",
        ),
    ]
};

/// Who ticked an item, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Tick {
    /// The name of whoever answers for it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// What there is to say about it, such as that it does not apply and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Ticks by the item's id.
pub type Ticks = BTreeMap<String, Tick>;

/// An item with its tick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Ticked {
    /// The item.
    #[serde(flatten)]
    pub item: Item,
    /// Its tick; none where it is open.
    pub tick: Option<Tick>,
}

/// The items that a profile asks for, with their ticks.
pub fn asked(profile: Profile, ticks: &Ticks) -> Vec<Ticked> {
    let asked = ITEMS.iter().filter(|item| item.from <= profile);
    asked.map(|item| Ticked { item: item.clone(), tick: ticks.get(item.id.as_ref()).cloned() }).collect()
}

/// What is wrong with ticks: an item that nobody knows, a name without letters, a time that is
/// none. The first of them in words.
pub fn fault(ticks: &Ticks) -> Option<String> {
    ticks.iter().find_map(|(id, tick)| {
        if ITEMS.iter().all(|item| item.id != *id) {
            return Some(format!("there is no item '{id}'"));
        }
        if tick.by.trim().is_empty() {
            return Some(format!("nobody has signed '{id}'"));
        }
        let format = &time::format_description::well_known::Rfc3339;
        let time = time::OffsetDateTime::parse(&tick.at, format);
        time.is_err().then(|| format!("the time of '{id}' is not written as 2026-01-31T09:30:00Z"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(id: &str, by: &str, at: &str) -> Ticks {
        [(id.to_owned(), Tick { by: by.to_owned(), at: at.to_owned(), note: None })].into()
    }

    #[test]
    fn each_profile_asks_for_more_and_production_for_all() {
        let count = |profile| asked(profile, &Ticks::new()).len();
        assert!(0 < count(Profile::Development) && count(Profile::Development) < count(Profile::Staging));
        assert_eq!(count(Profile::Production), ITEMS.len());
        let ids: std::collections::BTreeSet<&str> = ITEMS.iter().map(|item| item.id.as_ref()).collect();
        assert_eq!(ids.len(), ITEMS.len(), "an id stands twice");
        assert!(ITEMS.is_sorted_by_key(|item| item.group), "groups stand together");
    }

    #[test]
    fn a_tick_has_an_item_a_name_and_a_time() {
        let good = ticks("contacts", "Ann", "2026-01-31T09:30:00Z");
        assert_eq!(fault(&good), None);
        let open = asked(Profile::Production, &good).iter().filter(|item| item.tick.is_none()).count();
        assert_eq!(open, ITEMS.len() - 1);
        for (bad, told) in [
            (ticks("contract", "Ann", "2026-01-31T09:30:00Z"), "no item"),
            (ticks("contacts", " ", "2026-01-31T09:30:00Z"), "nobody has signed"),
            (ticks("contacts", "Ann", "yesterday"), "the time of"),
        ] {
            assert!(fault(&bad).is_some_and(|text| text.contains(told)), "{bad:?}");
        }
    }
}
