//! The files of a folder that may be code: read only, no link out of the folder, nothing large.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};
use crate::execute::Cancel;

/// The largest file that is read, in bytes. What people write is smaller.
const LARGEST: u64 = 1_000_000;
/// The most files that are looked at.
pub const MOST: usize = 50_000;

/// Folders of other people's code, of what is built, and of version control.
const FOREIGN: [&str; 22] = [
    ".git",
    ".hg",
    ".svn",
    "node_modules",
    "bower_components",
    "venv",
    ".venv",
    "env",
    "site-packages",
    "__pycache__",
    ".tox",
    ".mypy_cache",
    ".pytest_cache",
    "dist",
    "build",
    "out",
    "target",
    ".next",
    ".nuxt",
    "coverage",
    "vendor",
    ".svelte-kit",
];

/// What a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Python,
    Script,
    Prisma,
    Sql,
    Json,
    Yaml,
    Markup,
}

impl Language {
    /// By the ending of a file's name.
    pub fn of(path: &Path) -> Option<Language> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "py" | "pyi" => Language::Python,
            "ts" | "tsx" | "js" | "jsx" | "mjs" | "cjs" | "mts" | "cts" | "vue" | "svelte" => Language::Script,
            "prisma" => Language::Prisma,
            "sql" => Language::Sql,
            "json" => Language::Json,
            "yaml" | "yml" => Language::Yaml,
            "html" | "htm" | "jinja" | "jinja2" | "j2" => Language::Markup,
            _ => return None,
        })
    }
}

/// One file to look at.
pub struct Source {
    /// Where it is, below the folder.
    pub path: PathBuf,
    /// What it is written in.
    pub language: Language,
    /// Its text.
    pub text: String,
}

/// Hands on every file in order of name; gives those that were left out, with the reason.
///
/// # Errors
/// [`Error::Cancelled`] where that was wished.
pub fn sources(folder: &Path, cancel: &Cancel, mut sink: impl FnMut(Source)) -> Result<Vec<String>> {
    let mut left_out = Vec::new();
    let mut seen = 0_usize;
    let entries = WalkDir::new(folder).follow_links(false).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_foreign(entry)) {
        if cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let Ok(entry) = entry else {
            left_out.push("something that may not be read".to_owned());
            continue;
        };
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
        let Some(language) = Language::of(&below).filter(|_| entry.file_type().is_file()) else { continue };
        let mut leave = |reason: &str| left_out.push(format!("{}: {reason}", below.display()));
        seen += 1;
        if seen > MOST {
            leave("the folder has more files than are looked at; name a smaller one");
            break;
        }
        if entry.metadata().map_or(0, |found| found.len()) > LARGEST {
            leave("it is too large to be written by people");
            continue;
        }
        match std::fs::read_to_string(entry.path()) {
            Ok(text) => sink(Source { path: below, language, text }),
            Err(problem) => leave(&problem.to_string()),
        }
    }
    Ok(left_out)
}

fn is_foreign(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.file_type().is_dir() && (FOREIGN.contains(&name.as_ref()) || entry.path().join("pyvenv.cfg").is_file())
}
