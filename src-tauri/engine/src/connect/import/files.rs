//! Files that connections may stand in: what they are called, and how much of them is read.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroizing;

use super::variables::Variables;
use super::{Haul, Origin, Source, guess, read};
use crate::error::{Error, Result};

/// How many bytes of a text are looked at.
pub const LIMIT: usize = 1024 * 1024;

const DEEPEST: usize = 4;
const MOST_NAMES: usize = 20_000;
// What is not the project's own, or is large.
const LEFT_OUT: [&str; 12] = [
    "node_modules",
    "vendor",
    "target",
    "venv",
    ".venv",
    "env",
    ".git",
    "dist",
    "build",
    "site-packages",
    "__pycache__",
    ".tox",
];

/// Looks into a file or into those of a folder that bear one of the usual names.
pub fn look(path: &Path) -> Result<Haul> {
    let refused = |detail: &str| Error::File { path: path.display().to_string(), detail: detail.to_owned() };
    let about = std::fs::metadata(path).map_err(|error| refused(&error.to_string()))?;
    let mut haul = Haul::default();
    if about.is_dir() {
        folder(path, &mut haul);
    } else if about.is_file() {
        let source = source_of(path);
        if source == Some(Known::Unsupported) {
            haul.remarks.push(UNSUPPORTED.to_owned());
        } else {
            file(path, path.parent(), source, &mut haul);
        }
    } else {
        return Err(refused("it is neither a file nor a folder"));
    }
    Ok(haul)
}

/// The files that PostgreSQL's and MySQL's programs read in a home folder.
pub fn usual(home: &Path) -> Haul {
    let mut haul = Haul::default();
    for name in [".pgpass", ".pg_service.conf", ".my.cnf"] {
        let path = home.join(name);
        if path.is_file() {
            file(&path, Some(home), source_of(&path), &mut haul);
        }
    }
    if home.join(".mylogin.cnf").is_file() {
        haul.remarks.push(UNSUPPORTED.to_owned());
    }
    haul
}

const UNSUPPORTED: &str = ".mylogin.cnf hides its passwords by a key of its own and is not read. 'my_print_defaults client' shows what is in it.";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Read(Source),
    Unsupported,
}

fn source_of(path: &Path) -> Option<Known> {
    let name = path.file_name()?.to_str()?;
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let settings = || path.components().rev().nth(1).is_some_and(|folder| folder.as_os_str() == "settings");
    let source = if name.starts_with(".env") || name.ends_with(".env") {
        Source::Variables
    } else if (name.contains("compose")) && ends(&[".yml", ".yaml"]) {
        Source::Compose
    } else if name.ends_with(".py") && (name.contains("settings") || settings()) {
        Source::Django
    } else if name == "database.yml" {
        Source::Rails
    } else if name.ends_with(".prisma") {
        Source::Prisma
    } else if name.starts_with("application") && ends(&[".properties", ".yml", ".yaml"]) {
        Source::Spring
    } else if matches!(name, ".pgpass" | "pgpass.conf") {
        Source::Pgpass
    } else if matches!(name, "pg_service.conf" | ".pg_service.conf") {
        Source::Service
    } else if matches!(name, ".my.cnf" | "my.cnf" | "my.ini") {
        Source::MyCnf
    } else if name == ".mylogin.cnf" {
        return Some(Known::Unsupported);
    } else {
        return None;
    };
    Some(Known::Read(source))
}

fn folder(root: &Path, haul: &mut Haul) {
    let inside = walkdir::WalkDir::new(root).max_depth(DEEPEST).sort_by_file_name().into_iter();
    let wanted = inside.filter_entry(|entry| {
        entry.depth() == 0 || !entry.file_type().is_dir() || !LEFT_OUT.iter().any(|name| entry.file_name() == *name)
    });
    let mut names = 0;
    for entry in wanted.filter_map(std::result::Result::ok) {
        names += 1;
        if names > MOST_NAMES {
            haul.remarks.push(format!("Only the first {MOST_NAMES} files and folders were looked at."));
            return;
        }
        let known = entry.file_type().is_file().then(|| source_of(entry.path())).flatten();
        match known {
            Some(Known::Unsupported) => haul.remarks.push(UNSUPPORTED.to_owned()),
            Some(known @ Known::Read(_)) => file(entry.path(), Some(root), Some(known), haul),
            None => {}
        }
    }
}

fn file(path: &Path, root: Option<&Path>, known: Option<Known>, haul: &mut Haul) {
    let shown = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path).display().to_string();
    haul.files.push(path.display().to_string());
    let text = match text_of(path) {
        Ok(text) => text,
        Err(reason) => return haul.remarks.push(format!("{shown} was not read: {reason}.")),
    };
    let source = match known {
        Some(Known::Read(source)) => Some(source),
        Some(Known::Unsupported) | None => guess::kind(&text),
    };
    let Some(source) = source else {
        return haul.remarks.push(format!("{shown} is none of the kinds of settings that Rekey knows."));
    };
    let origin = Origin { name: shown, folder: path.parent(), variables: beside(path), exposed: exposed(path) };
    read(source, &origin, &text, haul);
}

fn text_of(path: &Path) -> std::result::Result<Zeroizing<String>, String> {
    // A pipe would wait for ever.
    if !std::fs::metadata(path).is_ok_and(|about| about.is_file()) {
        return Err("it is not a plain file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > LIMIT {
        return Err(format!("it is larger than {} KiB", LIMIT / 1024));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.trim_start_matches('\u{feff}').to_owned())),
        Err(_) => Err("it is not text in UTF-8".to_owned()),
    }
}

// The nearest .env file: settings of Django lie a folder below the project's.
fn beside(path: &Path) -> Variables {
    let folders = path.ancestors().skip(1).take(3);
    let nearest = folders.map(|folder: &Path| folder.join(".env")).find(|file: &PathBuf| file.is_file());
    nearest.and_then(|file| text_of(&file).ok()).map_or_else(Variables::default, |text| Variables::read(&text))
}

#[cfg(unix)]
fn exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn exposed(_path: &Path) -> bool {
    false
}
