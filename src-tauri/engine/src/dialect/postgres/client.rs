//! The work in the hands of `psql`, or of a program that holds the transaction itself.

use super::blueprint::random;
use super::connection;
use crate::dialect::Client;
use crate::{Error, Result};

/// What a session is told: the settings of ours, for this transaction alone, so that nothing of
/// them is left behind; where the transaction goes on afterwards they are put back by hand.
pub fn client(server_version: &str, begin: Vec<String>) -> Result<Client> {
    let major = server_version.split(|letter: char| !letter.is_ascii_digit()).next().and_then(|word| word.parse().ok());
    let major: u32 = major.unwrap_or_default();
    if major < random::BUILT_IN {
        let reason = format!(
            "RK-331 PostgreSQL {server_version}: it has no generator of random UUIDs, and what stands in for it is \
             brought by sessions of Rekey; run the plan with 'rekey run', or export for a server of version {} or later",
            random::BUILT_IN
        );
        return Err(Error::Refused { reasons: vec![reason] });
    }
    let mut begin = begin.into_iter();
    let first: Vec<String> = begin.next().into_iter().collect();
    let mut settings: Vec<String> = connection::settings_of_writers(major * 10_000)
        .split("; ")
        .filter_map(|line| line.strip_prefix("SET "))
        .map(|line| format!("SET LOCAL {line}"))
        .collect();
    settings.extend(begin);
    let names = names(&settings);
    let note = names.iter().map(|name| {
        format!("SELECT pg_catalog.set_config('rekey.before_{name}', pg_catalog.current_setting('{name}'), true)")
    });
    let put_back = names.iter().map(|name| {
        format!("SELECT pg_catalog.set_config('{name}', pg_catalog.current_setting('rekey.before_{name}'), true)")
    });
    Ok(Client {
        program: "psql",
        directives: vec!["\\set ON_ERROR_STOP on".to_owned()],
        begin: first,
        note: note.collect(),
        put_back: put_back.collect(),
        settings,
        end: vec!["COMMIT".to_owned()],
        now: "pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    })
}

// Each is set by a line of its own, or raised by a query that names it.
fn names(settings: &[String]) -> Vec<&str> {
    let set = settings.iter().filter_map(|line| line.strip_prefix("SET LOCAL ")?.split_once(" ="));
    set.map(|(name, _)| name).chain(["work_mem", "maintenance_work_mem"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_noted_and_put_back() {
        let begin = ["BEGIN", "SET LOCAL jit = off"].map(str::to_owned).to_vec();
        let client = client("15.18", begin).unwrap();
        assert_eq!(client.begin, ["BEGIN"]);
        assert!(client.settings.contains(&"SET LOCAL search_path = pg_catalog".to_owned()));
        assert_eq!(client.note.len(), client.put_back.len());
        let noted = |name: &str| client.note.iter().any(|line| line.contains(&format!("'rekey.before_{name}'")));
        assert!(noted("search_path") && noted("jit") && noted("work_mem"));
    }

    #[test]
    fn a_server_without_random_uuids_is_refused() {
        assert!(matches!(client("12.22", Vec::new()), Err(Error::Refused { .. })));
    }
}
