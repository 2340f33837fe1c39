//! Which programs fit a server: those of its own product, not older than it is.

use std::path::Path;

use super::Programs;
use crate::backup::program::{self, Program};
use crate::dialect::mysql::version::Version;
use crate::dialect::{Access, Connection, Database};
use crate::{Error, Result};

/// Finds them, the newest that fit.
pub async fn find(database: &dyn Database, folder: Option<&Path>) -> Result<Programs> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let told = one(connection.as_mut(), "SELECT VERSION()").await?;
    let server = Version::accept(&told, "")?;
    let history = server.is_mariadb() && has_history(connection.as_mut()).await?;
    let found = program::find(&["mariadb-dump", "mysqldump"], folder).await;
    let mut fitting: Vec<&Program> = found.iter().filter(|program| fits(program, &server, history)).collect();
    fitting.sort_by(|one, other| other.version.cmp(&one.version));
    for dump in fitting {
        if let Some(client) = client_beside(dump, &server).await {
            return Ok(Programs { dump: dump.clone(), client, server, history });
        }
    }
    Err(missing(&server, &found, history, folder))
}

async fn one(connection: &mut dyn Connection, sql: &str) -> Result<String> {
    Ok(connection.query(sql).await?.into_iter().flatten().flatten().next().unwrap_or_default())
}

async fn has_history(connection: &mut dyn Connection) -> Result<bool> {
    let asked = "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'SYSTEM VERSIONED'";
    Ok(one(connection, asked).await? != "0")
}

// MariaDB changes what a dump must hold with each series, MySQL with each major version.
fn fits(program: &Program, server: &Version, history: bool) -> bool {
    let (major, minor, _) = server.number;
    let own = |place: usize| program.version.get(place).copied().unwrap_or_default();
    if program.is_mariadb() != server.is_mariadb() {
        return false;
    }
    let oldest = if server.is_mariadb() { (major, minor) } else { (major, 0) };
    // History is dumped from 10.11 on.
    let oldest = if history { oldest.max((10, 11)) } else { oldest };
    (own(0), own(1)) >= oldest
}

async fn client_beside(dump: &Program, server: &Version) -> Option<Program> {
    let names: &[&str] = if server.is_mariadb() { &["mariadb", "mysql"] } else { &["mysql"] };
    for name in names {
        if let Some(client) = program::ask(name, &dump.neighbour(name)).await
            && client.is_mariadb() == server.is_mariadb()
        {
            return Some(client);
        }
    }
    None
}

fn missing(server: &Version, found: &[Program], history: bool, folder: Option<&Path>) -> Error {
    let (major, minor, _) = server.number;
    let (programs, version) = if server.is_mariadb() {
        let oldest = if history { (major, minor).max((10, 11)) } else { (major, minor) };
        ("mariadb-dump and mariadb", format!("MariaDB {}.{}", oldest.0, oldest.1))
    } else {
        ("mysqldump and mysql", format!("MySQL {major}"))
    };
    let listed: Vec<String> = found
        .iter()
        .map(|program| {
            let whose = if program.is_mariadb() { "MariaDB's" } else { "MySQL's" };
            format!("{whose} {} ({})", program.label(), program.path.display())
        })
        .collect();
    let searched =
        folder.map_or("in the usual folders and on PATH".to_owned(), |folder| format!("in {}", folder.display()));
    let listed = if listed.is_empty() { "none at all".to_owned() } else { listed.join(", ") };
    Error::Program {
        reason: format!(
            "to back up this {} {server} it takes {programs} of {version} or later; found {searched}: {listed}",
            server.product()
        ),
        remedy: remedy(server.is_mariadb(), major),
    }
}

fn remedy(mariadb: bool, major: u32) -> Vec<String> {
    let mut lines: Vec<String> = if mariadb {
        vec![
            "Debian, Ubuntu: sudo apt install mariadb-client; Fedora, RHEL: sudo dnf install mariadb; Arch: sudo pacman -S mariadb-clients".to_owned(),
            "macOS: brew install mariadb; Windows: the MSI package of MariaDB Server from mariadb.org, feature 'Client Programs'".to_owned(),
        ]
    } else {
        vec![
            format!(
                "Debian, Ubuntu, Fedora, RHEL: add the repository of repo.mysql.com for version {major}, then install mysql-community-client (Ubuntu has mysql-client of its own); where MariaDB's mysqldump is installed, both can stay"
            ),
            "macOS: brew install mysql-client; Windows: the MySQL Installer from dev.mysql.com, 'Client only'"
                .to_owned(),
        ]
    };
    lines.push("If they are there, name their folder with --programs.".to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(told: &str, version: &[u32]) -> Program {
        Program {
            name: "mysqldump".to_owned(),
            path: "/x/mysqldump".into(),
            told: told.to_owned(),
            version: version.to_vec(),
        }
    }

    #[test]
    fn only_those_of_the_product_that_are_not_older_fit() {
        let server = |text: &str| Version::accept(text, "").unwrap();
        let (ours, theirs) = ("Distrib 11.4.2-MariaDB", "Ver 9.7.4 for Linux");
        for (told, version, told_by_server, fit) in [
            (ours, &[11, 4, 2][..], "10.11.19-MariaDB", true),
            (ours, &[10, 6, 2], "10.11.19-MariaDB", false),
            (theirs, &[9, 7, 4], "10.11.19-MariaDB", false),
            (theirs, &[9, 7, 4], "8.0.39", true),
            (theirs, &[8, 0, 1], "8.4.3", true),
            (theirs, &[8, 4, 0], "9.0.1", false),
            (ours, &[11, 4, 2], "8.0.39", false),
        ] {
            assert_eq!(fits(&program(told, version), &server(told_by_server), false), fit, "{told} {told_by_server}");
        }
        let old = server("10.6.2-MariaDB");
        assert!(fits(&program(ours, &[10, 6, 2]), &old, false) && !fits(&program(ours, &[10, 6, 2]), &old, true));
    }

    #[test]
    fn what_is_missing_is_named_with_what_was_found() {
        let error = missing(&Version::accept("9.7.4", "").unwrap(), &[program("x MariaDB", &[10, 11])], false, None);
        let Error::Program { reason, remedy } = error else { panic!("another error") };
        assert!(reason.contains("MySQL 9.7.4") && reason.contains("MariaDB's mysqldump 10.11"), "{reason}");
        assert!(remedy.iter().any(|line| line.contains("mysql-community-client")), "{remedy:?}");
    }
}
