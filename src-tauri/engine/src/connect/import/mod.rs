//! Connections that the settings of other programs speak of, as a list to choose from.
//!
//! Text is taken apart and nothing else: no code of a project is carried out, no variable of
//! the environment is read, nothing is written. What cannot be told is a remark on the entry.

mod compose;
mod django;
mod dotenv;
mod files;
mod guess;
mod ini;
mod my_cnf;
mod pattern;
mod pgpass;
mod prisma;
mod python;
mod rails;
mod service;
mod spring;
mod variables;
mod yaml;

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::Draft;
use crate::error::Result;
use crate::schema::EngineKind;
use variables::Variables;

/// How many entries one look gives at most.
pub const MOST: usize = 200;

/// What kind of settings an entry was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export, rename = "ImportSource")]
pub enum Source {
    /// An address by itself.
    Address,
    /// Lines such as `DATABASE_URL=...`, or one variable for each part.
    Variables,
    /// Such a file of Laravel.
    Laravel,
    /// A file of Docker Compose.
    Compose,
    /// `settings.py` of Django.
    Django,
    /// `database.yml` of Rails.
    Rails,
    /// A schema of Prisma.
    Prisma,
    /// Properties of Spring, as lines or as YAML.
    Spring,
    /// The passwords of PostgreSQL's programs.
    Pgpass,
    /// The services of PostgreSQL's programs.
    Service,
    /// The options of MySQL's programs.
    MyCnf,
}

/// A connection that was found.
#[derive(Debug)]
pub struct Entry {
    /// In what.
    pub source: Source,
    /// Where in it, such as `docker-compose.yml, service db`. Empty where there is nothing to say.
    pub place: String,
    /// What is known of it, with what is to be said of it.
    pub draft: Draft,
}

/// What a look gave.
#[derive(Debug, Default)]
pub struct Haul {
    /// The connections.
    pub entries: Vec<Entry>,
    /// The files that were read.
    pub files: Vec<String>,
    /// What is to be said of the whole: files that cannot be read, entries left out.
    pub remarks: Vec<String>,
}

/// Looks into a text, whatever it is.
pub fn from_text(text: &str) -> Haul {
    let mut haul = Haul::default();
    if text.len() > files::LIMIT {
        haul.remarks.push(format!("The text is longer than {} KiB and was not looked at.", files::LIMIT / 1024));
        return haul;
    }
    match guess::kind(text) {
        Some(source) => read(source, &Origin::pasted(), text, &mut haul),
        None => haul.remarks.push("This text is none of the kinds of settings that Rekey knows.".to_owned()),
    }
    haul.settle()
}

/// Looks into a file, or into the files of a folder that bear one of the usual names.
///
/// # Errors
/// [`crate::Error::File`] where there is no such file or folder.
pub fn from_path(path: &Path) -> Result<Haul> {
    Ok(files::look(path)?.settle())
}

/// Looks where PostgreSQL's and MySQL's programs look in a home folder.
pub fn from_home(home: &Path) -> Haul {
    files::usual(home).settle()
}

/// Where a text comes from.
struct Origin<'a> {
    /// For people; empty where it was pasted.
    name: String,
    /// The folder that relative paths begin in.
    folder: Option<&'a Path>,
    /// What a `.env` file beside it says.
    variables: Variables,
    /// True where others than its owner can read the file.
    exposed: bool,
}

impl Origin<'_> {
    fn pasted() -> Self {
        Origin { name: String::new(), folder: None, variables: Variables::default(), exposed: false }
    }

    fn at(&self, part: &str) -> String {
        match (self.name.is_empty(), part.is_empty()) {
            (true, _) => part.to_owned(),
            (false, true) => self.name.clone(),
            (false, false) => format!("{}, {part}", self.name),
        }
    }

    // A path within a project is relative to it.
    fn file(&self, draft: &mut Draft) {
        let Some(path) = draft.path.take_if(|path| path.is_relative()) else { return };
        match self.folder {
            Some(folder) => draft.path = Some(folder.join(path)),
            None => {
                draft.remarks.push("The path is not a whole one: put the folder of the project before it.".to_owned());
                draft.path = Some(path);
            }
        }
    }
}

fn read(source: Source, origin: &Origin<'_>, text: &str, haul: &mut Haul) {
    let found = match source {
        Source::Address => addresses(text),
        Source::Variables | Source::Laravel => Ok(dotenv::read(text)),
        Source::Compose => compose::read(text, &origin.variables),
        Source::Django => Ok(django::read(text, origin)),
        Source::Rails => rails::read(text, &origin.variables),
        Source::Prisma => Ok(prisma::read(text, &origin.variables)),
        Source::Spring => spring::read(text, &origin.variables),
        Source::Pgpass => Ok(pgpass::read(text, origin.exposed)),
        Source::Service => Ok(service::read(text)),
        Source::MyCnf => Ok(my_cnf::read(text)),
    };
    match found {
        Ok(found) => haul.entries.extend(found.into_iter().map(|mut found| {
            origin.file(&mut found.draft);
            Entry { source: found.source.unwrap_or(source), place: origin.at(&found.part), draft: found.draft }
        })),
        Err(reason) => haul.remarks.push(match origin.name.as_str() {
            "" => format!("The text cannot be read: {reason}."),
            name => format!("{name} cannot be read: {reason}."),
        }),
    }
}

/// A connection within one text.
struct Found {
    source: Option<Source>,
    part: String,
    draft: Draft,
}

impl Found {
    fn new(part: impl Into<String>, draft: Draft) -> Self {
        Found { source: None, part: part.into(), draft }
    }
}

fn addresses(text: &str) -> std::result::Result<Vec<Found>, String> {
    let lines = text.lines().map(str::trim).filter(|line| super::url::is_address(line));
    Ok(lines.map(|line| Found::new("", from_url(line))).collect())
}

/// What an address says; one that cannot be read is told by its reason alone.
fn from_url(text: &str) -> Draft {
    let remark = match super::url::read(text) {
        Ok(draft) => return draft,
        Err(crate::Error::Address { reason }) => format!("The address cannot be understood: {reason}."),
        Err(error) => error.to_string(),
    };
    Draft { remarks: vec![remark], ..Draft::default() }
}

/// The product that a program means by a name.
fn product(name: &str) -> Option<EngineKind> {
    let name = name.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if says(&["postgres", "pgsql", "postgis", "pgvector", "timescale"]) || name == "pg" {
        Some(EngineKind::Postgres)
    } else if says(&["mysql", "mariadb", "percona", "trilogy"]) {
        Some(EngineKind::Mysql)
    } else if says(&["sqlite", "spatialite"]) {
        Some(EngineKind::Sqlite)
    } else {
        None
    }
}

/// What is said where a product is none that Rekey knows.
fn unknown_product(name: &str) -> String {
    format!("'{name}' is not a database that Rekey knows.")
}

impl Haul {
    fn settle(mut self) -> Self {
        if self.entries.len() > MOST {
            self.remarks.push(format!("Only the first {MOST} of {} connections are shown.", self.entries.len()));
            self.entries.truncate(MOST);
        }
        for entry in &mut self.entries {
            if entry.draft.engine.is_none() && entry.draft.remarks.is_empty() {
                entry.draft.remarks.push("It is not said which database this is.".to_owned());
            }
        }
        self
    }
}

#[cfg(test)]
mod tests;
