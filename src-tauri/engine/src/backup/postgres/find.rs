//! Which `pg_dump` fits a server.

use std::path::Path;

use super::super::program::{self, Program};
use super::Programs;
use crate::dialect::{Access, Database};
use crate::{Error, Result};

/// Debian's name for the program that stands for whichever version it thinks fit.
const WRAPPER: &str = "pg_wrapper";

/// Finds `pg_dump` of at least the server's version with `pg_restore` beside it.
pub async fn fitting(database: &dyn Database, folder: Option<&Path>) -> Result<Programs> {
    let major = major(database).await?;
    let found = program::find(&["pg_dump"], folder).await;
    let mut pairs = Vec::new();
    for dump in &found {
        let path = dump.neighbour("pg_restore");
        if let Some(restore) = program::ask("pg_restore", &path).await.filter(|restore| restore.version == dump.version)
        {
            pairs.push(Programs { dump: dump.clone(), restore });
        }
    }
    best(pairs, major).ok_or_else(|| missing(major, &found, folder))
}

async fn major(database: &dyn Database) -> Result<u32> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let rows = connection.query("SELECT current_setting('server_version_num')").await?;
    let number: Option<u32> = rows.into_iter().flatten().flatten().next().and_then(|number| number.parse().ok());
    number
        .map(|number| number / 10_000)
        .ok_or_else(|| Error::Internal { detail: "the server tells no version".to_owned() })
}

// An older one refuses to read the server. Of those that do not, the next one up: what a
// newer one writes may begin with settings that this server does not know (17's
// `transaction_timeout`), and could then not be restored here. Of equals the newest.
fn best(pairs: Vec<Programs>, major: u32) -> Option<Programs> {
    let fit = pairs.into_iter().filter(|pair| of(&pair.dump) >= major);
    fit.min_by_key(|pair| {
        let minor = pair.dump.version.get(1).copied().unwrap_or_default();
        (is_wrapper(&pair.dump), of(&pair.dump), std::cmp::Reverse(minor))
    })
}

fn of(program: &Program) -> u32 {
    program.version.first().copied().unwrap_or_default()
}

// Which version it starts may follow from a file of the user's, or from the port.
fn is_wrapper(program: &Program) -> bool {
    program.path.canonicalize().is_ok_and(|real| real.file_name().is_some_and(|name| name == WRAPPER))
}

fn missing(major: u32, found: &[Program], folder: Option<&Path>) -> Error {
    let searched = folder.map_or_else(|| "on this machine".to_owned(), |folder| format!("in {}", folder.display()));
    let list: Vec<String> =
        found.iter().map(|program| format!("{} at {}", program.label(), program.path.display())).collect();
    let reason = if list.is_empty() {
        format!("the server is PostgreSQL {major}, and no pg_dump was found {searched}")
    } else if found.iter().any(|program| of(program) >= major) {
        format!(
            "the server is PostgreSQL {major}, and no pg_restore of its version was found beside {}",
            list.join(", ")
        )
    } else {
        format!(
            "the server is PostgreSQL {major}, and no pg_dump {searched} is new enough to read it: found {}",
            list.join(", ")
        )
    };
    Error::Program { reason, remedy: remedy(major) }
}

fn remedy(major: u32) -> Vec<String> {
    let install = if cfg!(target_os = "macos") {
        vec![format!("Install it: brew install postgresql@{major}")]
    } else if cfg!(windows) {
        vec![format!(
            "Install the command line tools of PostgreSQL {major} with the installer from postgresql.org/download/windows."
        )]
    } else {
        vec![
            format!("On Debian and Ubuntu: sudo apt install postgresql-client-{major}"),
            "Where apt knows no such package, add PostgreSQL's own first: sudo apt install postgresql-common && sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh".to_owned(),
            format!("On Fedora and Red Hat: sudo dnf install postgresql{major}, from the repository of yum.postgresql.org"),
        ]
    };
    install.into_iter().chain(["If it is there already, name its folder with --programs.".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(path: &str, version: &[u32]) -> Programs {
        let program = |name: &str| Program {
            name: name.into(),
            path: path.into(),
            told: String::new(),
            version: version.to_vec(),
        };
        Programs { dump: program("pg_dump"), restore: program("pg_restore") }
    }

    #[test]
    fn the_next_version_up_is_taken() {
        let chosen = |major| {
            let pairs = vec![pair("/a", &[14, 9]), pair("/b", &[16, 1]), pair("/c", &[16, 4]), pair("/d", &[18, 0])];
            best(pairs, major).map(|pair| pair.dump.version)
        };
        assert_eq!(chosen(12), Some(vec![14, 9]));
        assert_eq!(chosen(15), Some(vec![16, 4]));
        assert_eq!(chosen(18), Some(vec![18, 0]));
        assert_eq!(chosen(19), None);
    }

    #[test]
    fn it_says_what_was_found_and_what_to_install() {
        let Error::Program { reason, remedy } = missing(17, &[pair("/a/pg_dump", &[15, 3]).dump], None) else {
            panic!()
        };
        assert!(reason.contains("PostgreSQL 17") && reason.contains("pg_dump 15.3 at /a/pg_dump"), "{reason}");
        assert!(remedy.iter().any(|line| line.contains("17")), "{remedy:?}");
        let Error::Program { reason, .. } = missing(17, &[], Some(Path::new("/x"))) else { panic!() };
        assert!(reason.contains("no pg_dump was found in /x"), "{reason}");
    }
}
