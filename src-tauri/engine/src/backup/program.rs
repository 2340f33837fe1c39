//! The client programs of the databases: which are installed where, and in which version.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde::Serialize;
use tokio::process::Command;
use ts_rs::TS;

/// How long a program may take to tell its version.
const PATIENCE: Duration = Duration::from_secs(10);

/// Folders beside those of PATH in which installers put the programs.
#[cfg(not(windows))]
const USUAL: &[&str] = &[
    "/usr/bin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/opt/homebrew/opt/libpq/bin",
    "/opt/homebrew/opt/mysql-client/bin",
    "/usr/local/mysql/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
];
#[cfg(windows)]
const USUAL: &[&str] = &[];

/// Folders with a folder for each version, in which `bin` lies.
#[cfg(not(windows))]
const VERSIONED: &[&str] = &["/usr/lib/postgresql", "/Library/PostgreSQL"];
#[cfg(windows)]
const VERSIONED: &[&str] = &["C:\\Program Files\\PostgreSQL", "C:\\Program Files\\MySQL", "C:\\Program Files\\MariaDB"];

/// A program that was found and says its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Program {
    /// Its name, such as `pg_dump`.
    pub name: String,
    /// Where it is.
    #[ts(type = "string")]
    pub path: PathBuf,
    /// What it says of itself, whole.
    pub told: String,
    /// The version in it as numbers, such as 15 and 18.
    pub version: Vec<u32>,
}

impl Program {
    /// Name and version, such as `pg_dump 15.18`.
    pub fn label(&self) -> String {
        let numbers: Vec<String> = self.version.iter().map(u32::to_string).collect();
        format!("{} {}", self.name, numbers.join("."))
    }

    /// True where MariaDB made it.
    pub fn is_mariadb(&self) -> bool {
        self.told.to_ascii_lowercase().contains("mariadb")
    }

    /// Another program of the same installation, whether or not it is there.
    pub fn neighbour(&self, name: &str) -> PathBuf {
        self.path.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Every program of these names, in `folder` alone where one is named, else in the folders of
/// PATH and in those where installers put them. Each place once, in order of search.
pub async fn find(names: &[&str], folder: Option<&Path>) -> Vec<Program> {
    let folders = folder.map_or_else(folders, |folder| vec![folder.to_owned()]);
    let mut found: Vec<Program> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    // A list: with an iterator of closures across the awaits the work could not be handed from
    // thread to thread, as the window does.
    let places: Vec<(&PathBuf, &str)> =
        folders.iter().flat_map(|folder| names.iter().map(move |name| (folder, *name))).collect();
    for (folder, name) in places {
        let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        // Links of one program by several names are one program, but the name decides what it does.
        let Ok(real) = path.canonicalize() else { continue };
        if seen.contains(&real) {
            continue;
        }
        if let Some(program) = ask(name, &path).await {
            seen.push(real);
            found.push(program);
        }
    }
    found
}

fn folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
    for parent in VERSIONED {
        let mut versions: Vec<PathBuf> = std::fs::read_dir(parent)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
            .collect();
        versions.sort();
        folders.extend(versions);
    }
    folders.extend(USUAL.iter().map(PathBuf::from));
    folders
}

/// Asks one program for its version. None where it is none, or does not tell.
pub async fn ask(name: &str, path: &Path) -> Option<Program> {
    if !path.is_file() {
        return None;
    }
    let mut command = Command::new(path);
    command.arg("--version").env_clear().stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE, command.output()).await.ok()?.ok()?;
    let told = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let version = version(&told)?;
    Some(Program { name: name.to_owned(), path: path.to_owned(), told, version })
}

// `pg_dump (PostgreSQL) 15.18 (Debian ...)`, `mariadb-dump from 10.11.19-MariaDB, client 10.19 ...`,
// `mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for ...`, `mysqldump  Ver 9.7.4 for Linux ...`.
// Where a distribution is named, that is the version and not what stands before it.
fn version(told: &str) -> Option<Vec<u32>> {
    let words: Vec<&str> = told.split_whitespace().collect();
    let after = |marks: &[&str]| {
        let place = words.iter().position(|word| marks.contains(word))?;
        words.get(place + 1).and_then(|word| numbers(word))
    };
    after(&["Distrib", "from"])
        .or_else(|| after(&["Ver"]))
        .or_else(|| words.iter().filter(|word| word.contains('.')).find_map(|word| numbers(word)))
        // Beta versions of PostgreSQL have no dot: `pg_dump (PostgreSQL) 19beta1`.
        .or_else(|| words.iter().find_map(|word| numbers(word)))
}

fn numbers(word: &str) -> Option<Vec<u32>> {
    let digits: &str = word.split(|letter: char| !letter.is_ascii_digit() && letter != '.').next()?;
    let parts: Vec<u32> = digits.split('.').map_while(|part| part.parse().ok()).collect();
    (!parts.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_each_product_writes_them() {
        for (told, expected) in [
            ("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", vec![15, 18]),
            ("pg_dump (PostgreSQL) 19beta1", vec![19]),
            ("mariadb-dump from 11.8.2-MariaDB, client 10.19 for debian-linux-gnu (x86_64)", vec![11, 8, 2]),
            ("mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)", vec![10, 11, 19]),
            ("mysqldump  Ver 9.7.4 for Linux on x86_64 (Debian)", vec![9, 7, 4]),
            ("mysqldump  Ver 8.0.39-0ubuntu0.22.04.1 for Linux on x86_64 ((Ubuntu))", vec![8, 0, 39]),
        ] {
            assert_eq!(version(told), Some(expected), "{told}");
        }
        assert_eq!(version("no version at all"), None);
    }
}
