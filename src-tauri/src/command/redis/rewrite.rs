//! `redis rewrite` and `redis undo`: the same passes, one way and the other.

use rekey_engine::dialect::{Access, Database};
use rekey_engine::execute::{Cancel, RunState};
use rekey_engine::redact;
use rekey_engine::redis::{Direction, Errand, Kind, Manner, Passed, Profile, Told, Unfit, Written};
use rekey_engine::report::words::argument;

use crate::command::args::{RedisPlace, RedisRewriteArgs, RedisRun, RedisUndoArgs};
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::session::Session;
use crate::command::{Outcome, Stop, history};

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
    let work = Work::begin(session, &args.place, &args.of, Direction::Forward).await?;
    work.carry_out(&work.errand().await?, &rules, None).await
}

/// Brings the old ids back, by the rules that the database keeps of the run.
pub async fn undo(session: &Session, args: &RedisUndoArgs) -> Result<Outcome, Stop> {
    let work = Work::begin(session, &args.place, &args.of, Direction::Back).await?;
    let errand = work.errand().await?;
    let Some(back) = errand.back() else {
        return Err(Stop::refused(
            &format!("Nothing was rewritten in Redis for run {}.", args.of.run),
            "The database keeps the rules of every rewrite beside its journal, and there are none for this run.",
            &["Check the run with 'rekey status'."],
        ));
    };
    if !back.elsewhere.is_empty() {
        session.console.warn(&format!(
            "the rewrite was made under another address ({}); its rules are used here.",
            back.elsewhere.join(", ")
        ));
    }
    work.carry_out(&errand, &back.rules, Some(back.deleted)).await
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
    place: &'a RedisPlace,
    of: &'a RedisRun,
    direction: Direction,
    profile: Profile,
    database: Box<dyn Database>,
}

impl<'a> Work<'a> {
    async fn begin(
        session: &'a Session,
        place: &'a RedisPlace,
        of: &'a RedisRun,
        direction: Direction,
    ) -> Result<Work<'a>, Stop> {
        let profile = super::profile(session, place).await?;
        let database = session.target(&of.target).await?.database;
        Ok(Work { session, place, of, direction, profile, database })
    }

    async fn errand(&self) -> Result<Errand<'_>, Stop> {
        let database = self.database.as_ref();
        let mut connection = database.connect(Access::Read, "rekey").await?;
        let begun = Errand::begin(database, connection.as_mut(), &self.profile, &self.of.run, self.direction).await;
        let errand = begun.map_err(|unfit| unfit_stop(&self.of.run, unfit))?;
        if self.of.dry_run || self.of.yes { Ok(errand) } else { Err(unconfirmed(self.place, self.of, self.direction)) }
    }

    async fn carry_out(
        &self,
        errand: &Errand<'_>,
        rules: &[Written],
        deleted_before: Option<u64>,
    ) -> Result<Outcome, Stop> {
        let run = &self.of.run;
        let cancel = Cancel::default();
        let _interrupt = Interrupt::listen(&self.session.console, &cancel);
        let printer = Printer::new(&self.session.console, run);
        let manner = Manner { rules, dry: self.of.dry_run, rate: self.of.rate };
        let passed = errand.carry_out(manner, &printer, &cancel).await;
        let passed = passed.map_err(|trouble| trouble.failure(None, None))?;
        let mut told = Told::new(run, errand.server(), self.of.dry_run, &passed);
        told.deleted_before = deleted_before;
        self.end(&told, &passed)
    }

    fn end(&self, told: &Told, passed: &Passed) -> Result<Outcome, Stop> {
        let text = super::told::text(told, self.direction);
        let Some(trouble) = &passed.trouble else { return Ok(Outcome::new(told, text)) };
        let run = &self.of.run;
        let done = passed.so_far(run).filter(|_| !told.dry_run);
        Err(Stop::from(trouble.failure(Some(run), done)).with(told, text))
    }
}

fn unfit_stop(run: &str, unfit: Unfit) -> Stop {
    match unfit {
        Unfit::Database(error) => error.into(),
        Unfit::Unknown => history::unknown(run, "this database"),
        Unfit::NoMap(state) => no_map(run, state),
        Unfit::TakenBack => Stop::refused(
            &format!("Run {run} was taken back."),
            "Its map stays only for the way back of what was rewritten in Redis.",
            &["Bring the old ids back with 'rekey redis undo'."],
        ),
    }
}

fn no_map(run: &str, state: RunState) -> Stop {
    Stop::refused(
        &format!("Run {run} has no map: it is {}.", state.word().replace('_', " ")),
        "Ids are translated through the map of a finished run; it goes when the run is kept.",
        &["Look with 'rekey status'."],
    )
}

fn unconfirmed(place: &RedisPlace, of: &RedisRun, direction: Direction) -> Stop {
    let verb = match direction {
        Direction::Forward => "rewrite",
        Direction::Back => "undo",
    };
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
