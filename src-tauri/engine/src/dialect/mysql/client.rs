//! The work in the hands of `mariadb` or `mysql`, or of a program with a session of its own.

use super::settings;
use super::version::Version;
use crate::dialect::{Access, Client};
use crate::{Error, Result};

/// What a session is told: the settings of ours. Each statement is final at once, so there is
/// nothing to begin and nothing to end.
pub fn client(server_version: &str) -> Result<Client> {
    let unknown = || Error::Internal { detail: format!("the server's version {server_version} cannot be read") };
    let version = Version::parse(server_version).ok_or_else(unknown)?;
    let told = settings::session(&version, Access::Write);
    let settings: Vec<String> = told.split("; ").map(str::to_owned).chain(settings::worker()).collect();
    let names = names(&settings, &version);
    let note = names.iter().map(|name| format!("SET @rk_before_{name} = @@SESSION.{name}"));
    let put_back = names.iter().map(|name| format!("SET SESSION {name} = @rk_before_{name}"));
    Ok(Client {
        program: if version.is_mariadb() { "mariadb" } else { "mysql" },
        note: note.collect(),
        put_back: put_back.collect(),
        settings,
        now: "DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%SZ')",
        ..Client::default()
    })
}

// Whoever drives the session looks after its transactions.
fn names(settings: &[String], version: &Version) -> Vec<String> {
    let isolation = if version.is_mariadb() { "tx_isolation" } else { "transaction_isolation" };
    let mut names: Vec<String> = [
        "character_set_client",
        "character_set_connection",
        "character_set_results",
        "collation_connection",
        isolation,
    ]
    .map(str::to_owned)
    .into();
    for part in settings.iter().flat_map(|line| line.split("SESSION ").skip(1)) {
        let Some((name, _)) = part.split_once(" =") else { continue };
        let word = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        // What was never set cannot be named as a value again.
        let own = ["autocommit", "system_versioning_asof"].contains(&name);
        if word && !own && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_noted_and_put_back() {
        let client = client("10.11.19-MariaDB-0+deb12u1").unwrap();
        let put_back = |name: &str| client.put_back.contains(&format!("SET SESSION {name} = @rk_before_{name}"));
        assert!(put_back("sql_mode") && put_back("foreign_key_checks") && put_back("tx_isolation"));
        assert!(!put_back("autocommit"));
        assert_eq!(client.note.len(), client.put_back.len());
        assert!(client.settings.iter().any(|line| line.contains("foreign_key_checks = 0")));
    }
}
