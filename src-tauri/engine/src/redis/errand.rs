//! A rewrite of a run's ids on one server, or its way back, with what the database notes of it:
//! the same for whoever asks for it.

use super::domain::{Direction, Domains};
use super::note::{self, Note, NoteState};
use super::rewrite::{Job, Passed, rewrite};
use super::rule::{Rule, Written};
use super::{Profile, Trouble};
use crate::dialect::{Access, Connection, Database};
use crate::error::{Error, Result};
use crate::execute::{Cancel, RunState, runs};
use crate::observer::Observer;
use crate::report::words::thousands;

/// Why ids of a run cannot be translated.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// The database knows no such run.
    #[error("the database knows no such run")]
    Unknown,
    /// It is in a state in which there is no map.
    #[error("the run has no map")]
    NoMap(RunState),
    /// It was taken back; its map stays for the way back alone.
    #[error("the run was taken back")]
    TakenBack,
    /// The database could not be asked.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What is to be done, and where.
pub struct Errand<'a> {
    database: &'a dyn Database,
    profile: &'a Profile,
    run: String,
    server: String,
    direction: Direction,
    domains: Domains,
    known: Vec<Note>,
}

/// What an undo goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// The rules of the rewrite.
    pub rules: Vec<Written>,
    /// Keys that the rewrite removed and that do not come back.
    pub deleted: u64,
    /// The addresses that the rules were given under, where this one is not among them.
    pub elsewhere: Vec<String>,
}

/// How it is done.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// The rules.
    pub rules: &'a [Written],
    /// True where nothing is to be written.
    pub dry: bool,
    /// How many keys may be changed in a second, where that is limited.
    pub rate: Option<u64>,
}

impl<'a> Errand<'a> {
    /// Finds the run and what was done for it before.
    ///
    /// # Errors
    /// [`Unfit`].
    pub async fn begin(
        database: &'a dyn Database,
        connection: &mut dyn Connection,
        profile: &'a Profile,
        run: &str,
        direction: Direction,
    ) -> Result<Errand<'a>, Unfit> {
        let runs = runs(database, connection).await?;
        let known: Vec<Note> =
            note::notes(database, connection).await?.into_iter().filter(|note| note.run == run).collect();
        let domains = match (known.iter().find(|note| !note.held.is_empty()), direction) {
            (Some(note), Direction::Back) => Domains::after(database, note),
            (Some(_), Direction::Forward) => return Err(Unfit::TakenBack),
            (None, _) => {
                let stored = runs.iter().find(|stored| stored.run == run).ok_or(Unfit::Unknown)?;
                if stored.state != RunState::Converted {
                    return Err(Unfit::NoMap(stored.state));
                }
                Domains::of(database, &stored.plan)
            }
        };
        let server = profile.address.place();
        Ok(Errand { database, profile, run: run.to_owned(), server, direction, domains, known })
    }

    /// The server and its database, as the journal calls it.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// What an undo goes by; nothing where nothing was rewritten for the run.
    pub fn back(&self) -> Option<Back> {
        let (own, others): (Vec<&Note>, Vec<&Note>) = self.known.iter().partition(|note| note.server == self.server);
        let elsewhere =
            if own.is_empty() { others.iter().map(|note| note.server.clone()).collect() } else { Vec::new() };
        let notes = if own.is_empty() { others } else { own };
        let mut rules: Vec<Written> = Vec::new();
        for rule in notes.iter().flat_map(|note| &note.rules) {
            if !rules.contains(rule) {
                rules.push(rule.clone());
            }
        }
        let deleted = notes.iter().map(|note| note.counts.deleted).sum();
        (!notes.is_empty()).then_some(Back { rules, deleted, elsewhere })
    }

    /// Goes over the keys, and notes in the database that it does before the first is touched.
    /// What stopped it on the way is part of what is given.
    ///
    /// # Errors
    /// [`Trouble::Rule`], [`Trouble::Database`]: nothing was touched then.
    pub async fn carry_out(
        &self,
        manner: Manner<'_>,
        observer: &dyn Observer,
        cancel: &Cancel,
    ) -> Result<Passed, Trouble> {
        let rules: Result<Vec<Rule>, Trouble> = manner.rules.iter().map(|one| Rule::read(one, &self.domains)).collect();
        let rules = rules?;
        let job = Job {
            run: &self.run,
            database: self.database,
            domains: &self.domains,
            rules: &rules,
            direction: self.direction,
            profile: self.profile,
            dry: manner.dry,
            rate: manner.rate,
        };
        if manner.dry {
            return Ok(ended(rewrite(&job, observer, cancel).await));
        }
        let mut note = self.noted(manner.rules);
        note.state = self.state(NoteState::Rewriting, NoteState::Undoing);
        self.put(&note).await?;
        let mut passed = ended(rewrite(&job, observer, cancel).await);
        self.conclude(&mut note, &mut passed).await;
        Ok(passed)
    }

    fn state(&self, forward: NoteState, back: NoteState) -> NoteState {
        match self.direction {
            Direction::Forward => forward,
            Direction::Back => back,
        }
    }

    // What is known of this server and run, with these rules among its own.
    fn noted(&self, written: &[Written]) -> Note {
        let own = self.known.iter().find(|note| note.server == self.server).cloned();
        let mut note = own.unwrap_or_else(|| Note::new(&self.run, &self.server));
        note.add(written);
        note
    }

    // A connection of its own and only for a moment: nothing of the database is held while Redis
    // is at work.
    async fn put(&self, note: &Note) -> Result<()> {
        let mut connection = self.database.connect(Access::Write, &format!("rekey:{}", note.run)).await?;
        note::put(self.database, connection.as_mut(), note).await?;
        note::let_go(self.database, connection.as_mut(), &note.run).await
    }

    async fn conclude(&self, note: &mut Note, passed: &mut Passed) {
        let counts = passed.tally.total();
        note.counts.deleted += counts.deleted;
        note.counts.rewritten += counts.rewritten;
        if passed.complete && passed.trouble.is_none() {
            note.end(self.direction, counts.unmapped);
        }
        if let Err(error) = self.put(note).await {
            passed.trouble.get_or_insert(Trouble::Database(error));
        }
    }
}

// What is never at rest is told as what it is.
fn ended(mut passed: Passed) -> Passed {
    if !passed.complete && passed.trouble.is_none() {
        let detail =
            format!("keys that the rules name are written all the time; {} passes were not enough", passed.passes);
        passed.trouble = Some(Trouble::Unavailable { seconds: 0, detail });
    }
    passed
}

impl Passed {
    /// What Redis holds where the passes were stopped after something was changed.
    pub fn so_far(&self, run: &str) -> Option<String> {
        let counts = self.tally.total();
        let changed = counts.rewritten + counts.deleted;
        (changed > 0).then(|| {
            format!(
                "In Redis {} were changed before it stopped, and every other key is as it was; none is lost or written over. The same once more goes on from there. The database and run {run} are not touched by any of this.",
                thousands(changed)
            )
        })
    }
}
