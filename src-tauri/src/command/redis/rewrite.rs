//! `redis rewrite` and `redis undo`: the same passes, one way and the other.

use rekey_engine::dialect::{Access, Database};
use rekey_engine::execute::{Cancel, RunState, StoredRun, runs};
use rekey_engine::redis::{
    self, Direction, Domains, Job, Kind, Note, NoteState, Passed, Profile, Rule, Trouble, Written,
};
use rekey_engine::report::words::{argument, thousands};

use super::told::Told;
use crate::command::args::{RedisPlace, RedisRewriteArgs, RedisRun, RedisUndoArgs};
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::session::Session;
use crate::command::{Outcome, Stop, history, redact};

/// Rewrites ids by the rules that were given.
pub async fn rewrite(session: &Session, args: &RedisRewriteArgs) -> Result<Outcome, Stop> {
    let rules = written(args);
    if rules.is_empty() {
        return Err(Stop::usage(
            "No rule says what is to be rewritten.",
            "Only keys that a rule names are touched.",
            &[
                "Look with 'rekey redis scan' which keys there are.",
                "Give a rule with the column whose id stands there: --rule 'user_sessions:{public.users.id}'",
            ],
        ));
    }
    let work = Work::begin(session, &args.place, &args.of, "rewrite").await?;
    let note = work.known.iter().find(|note| note.server == work.server).cloned();
    work.carry_out(&rules, Direction::Forward, note, 0).await
}

/// Brings the old ids back, by the rules that the database keeps of the run.
pub async fn undo(session: &Session, args: &RedisUndoArgs) -> Result<Outcome, Stop> {
    let work = Work::begin(session, &args.place, &args.of, "undo").await?;
    if work.known.is_empty() {
        return Err(Stop::refused(
            &format!("Nothing was rewritten in Redis for run {}.", args.of.run),
            "The database keeps the rules of every rewrite beside its journal, and there are none for this run.",
            &["Check the run with 'rekey status'."],
        ));
    }
    let own = work.known.iter().find(|note| note.server == work.server).cloned();
    let notes: Vec<&Note> = match &own {
        Some(note) => vec![note],
        None => {
            let others: Vec<&str> = work.known.iter().map(|note| note.server.as_str()).collect();
            session.console.warn(&format!(
                "the rewrite was made under another address ({}); its rules are used here.",
                others.join(", ")
            ));
            work.known.iter().collect()
        }
    };
    let mut rules: Vec<Written> = Vec::new();
    for rule in notes.iter().flat_map(|note| &note.rules) {
        if !rules.contains(rule) {
            rules.push(rule.clone());
        }
    }
    let deleted = notes.iter().map(|note| note.counts.deleted).sum();
    work.carry_out(&rules, Direction::Back, own, deleted).await
}

fn written(args: &RedisRewriteArgs) -> Vec<Written> {
    let kinds = [
        (Kind::Names, &args.rule),
        (Kind::Members, &args.members),
        (Kind::Fields, &args.fields),
        (Kind::Values, &args.values),
        (Kind::Items, &args.items),
        (Kind::Json, &args.json_value),
        (Kind::Delete, &args.delete),
        (Kind::Leave, &args.leave),
    ];
    let of = |(kind, texts): (Kind, &Vec<String>)| {
        texts.iter().map(move |text| Written { kind, text: text.clone() }).collect::<Vec<_>>()
    };
    kinds.into_iter().flat_map(of).collect()
}

// What both ways begin with.
struct Work<'a> {
    session: &'a Session,
    of: &'a RedisRun,
    profile: Profile,
    server: String,
    database: Box<dyn Database>,
    run: String,
    domains: Domains,
    // What the database keeps of the run.
    known: Vec<Note>,
}

impl<'a> Work<'a> {
    async fn begin(session: &'a Session, place: &RedisPlace, of: &'a RedisRun, verb: &str) -> Result<Work<'a>, Stop> {
        let profile = super::profile(session, place)?;
        let (target, mut connection) = session.reader(&of.target).await?;
        let database = target.database.as_ref();
        let runs = runs(database, connection.as_mut()).await?;
        let notes = redis::notes(database, connection.as_mut()).await?;
        let known: Vec<Note> = notes.into_iter().filter(|note| note.run == of.run).collect();
        let domains = match known.iter().find(|note| !note.held.is_empty()) {
            Some(note) => after_the_run(database, note, verb)?,
            None => of_the_run(database, &runs, &of.run)?,
        };
        if !of.dry_run && !of.yes {
            return Err(unconfirmed(place, of, verb));
        }
        let server = profile.address.place();
        Ok(Work { session, of, profile, server, database: target.database, run: of.run.clone(), domains, known })
    }

    async fn carry_out(
        &self,
        written: &[Written],
        direction: Direction,
        note: Option<Note>,
        deleted_before: u64,
    ) -> Result<Outcome, Stop> {
        let database = self.database.as_ref();
        let rules: Result<Vec<Rule>, Trouble> = written.iter().map(|one| Rule::read(one, &self.domains)).collect();
        let rules = rules.map_err(|trouble| trouble.failure(None, None))?;
        let cancel = Cancel::default();
        let _interrupt = Interrupt::listen(&self.session.console, &cancel);
        let printer = Printer::new(&self.session.console, &self.run);
        let job = Job {
            run: &self.run,
            database,
            domains: &self.domains,
            rules: &rules,
            direction,
            profile: &self.profile,
            dry: self.of.dry_run,
            rate: self.of.rate,
        };
        let mut note = self.noted(note, written);
        if !job.dry {
            note.state = if direction == Direction::Forward { NoteState::Rewriting } else { NoteState::Undoing };
            self.put(&note).await?;
        }
        let mut passed = redis::rewrite(&job, &printer, &cancel).await;
        if !job.dry {
            self.conclude(&mut note, direction, &mut passed).await;
        }
        let mut told = Told::new(&self.run, &self.server, job.dry, &passed);
        if direction == Direction::Back {
            told.deleted_before = Some(deleted_before);
        }
        self.end(told, direction, passed)
    }

    // What is known of this server and run, with these rules among its own.
    fn noted(&self, note: Option<Note>, written: &[Written]) -> Note {
        let mut note = note.unwrap_or_else(|| Note::new(&self.run, &self.server));
        for rule in written {
            if !note.rules.contains(rule) {
                note.rules.push(rule.clone());
            }
        }
        note
    }

    // A connection of its own and only for a moment: nothing of the database is held while Redis
    // is at work.
    async fn put(&self, note: &Note) -> Result<(), rekey_engine::Error> {
        let mut connection = self.database.connect(Access::Write, &format!("rekey:{}", note.run)).await?;
        redis::put(self.database.as_ref(), connection.as_mut(), note).await?;
        redis::let_go(self.database.as_ref(), connection.as_mut(), &note.run).await
    }

    async fn conclude(&self, note: &mut Note, direction: Direction, passed: &mut Passed) {
        let counts = passed.tally.total();
        note.counts.deleted += counts.deleted;
        note.counts.rewritten += counts.rewritten;
        if passed.complete && passed.trouble.is_none() {
            note.state = if direction == Direction::Forward { NoteState::Rewritten } else { NoteState::Undone };
        }
        if let Err(error) = self.put(note).await {
            passed.trouble.get_or_insert(Trouble::Database(error));
        }
    }

    fn end(&self, told: Told, direction: Direction, passed: Passed) -> Result<Outcome, Stop> {
        let text = told.text(direction);
        let changed = told.counts.rewritten + told.counts.deleted;
        if let Some(trouble) = passed.trouble {
            let done = (changed > 0 && !told.dry_run).then(|| so_far(changed, &self.run));
            return Err(Stop::from(trouble.failure(Some(&self.run), done)).with(&told, text));
        }
        if !told.complete {
            let trouble = Trouble::Unavailable {
                seconds: 0,
                detail: format!(
                    "keys that the rules name are written all the time; {} passes were not enough",
                    told.passes
                ),
            };
            let done = so_far(changed, &self.run);
            return Err(Stop::from(trouble.failure(Some(&self.run), Some(done))).with(&told, text));
        }
        Ok(Outcome::new(&told, text))
    }
}

// The domains of a run whose maps are there.
fn of_the_run(database: &dyn Database, runs: &[StoredRun], run: &str) -> Result<Domains, Stop> {
    let stored = history::choose(runs, Some(run), &[])?;
    if stored.state == RunState::Converted {
        return Ok(Domains::of(database, &stored.plan));
    }
    Err(Stop::refused(
        &format!("Run {run} has no map: it is {}.", stored.state.word().replace('_', " ")),
        "Ids are translated through the map of a finished run; it goes when the run is kept.",
        &["Look with 'rekey status'."],
    ))
}

// The run was taken back; its maps stay for the ids that still stand in Redis.
fn after_the_run(database: &dyn Database, note: &Note, verb: &str) -> Result<Domains, Stop> {
    if verb == "undo" {
        return Ok(Domains::after(database, note));
    }
    Err(Stop::refused(
        &format!("Run {} was taken back.", note.run),
        "Its map stays only for the way back of what was rewritten in Redis.",
        &["Bring the old ids back with 'rekey redis undo'."],
    ))
}

fn so_far(changed: u64, run: &str) -> String {
    format!(
        "In Redis {} were changed before it stopped, and every other key is as it was; none is lost or written over. The same command goes on from there. The database and run {run} are not touched by any of this.",
        thousands(changed)
    )
}

fn unconfirmed(place: &RedisPlace, of: &RedisRun, verb: &str) -> Stop {
    let redis = argument(&redact::redact(&place.redis));
    let target = argument(&redact::redact(&of.target));
    Stop::usage(
        "Nothing was done: --yes is missing.",
        "Names and contents of keys would be changed while the application may be using them.",
        &[
            "Look first with --dry-run in its place: it counts and shows examples.",
            &format!(
                "Stop the application, then give the command again with --yes: rekey redis {verb} {redis} --target {target} --run {} ... --yes",
                of.run
            ),
        ],
    )
}
