//! `rehearse`: the plan there and back on a copy restored from the backup.

use std::path::{Path, PathBuf};

use rekey_engine::backup::Backup;
use rekey_engine::execute::Cancel;
use rekey_engine::plan::Plan;
use rekey_engine::rehearse::{self, Question, Rehearsal, Rehearsing};
use rekey_engine::report::performance;
use rekey_engine::report::words::{count, span, thousands};

use crate::command::args::RehearseArgs;
use crate::command::interrupt::Interrupt;
use crate::command::progress::Printer;
use crate::command::run::{self, new_run};
use crate::command::safety::{self, Safety};
use crate::command::session::Session;
use crate::command::text::{blocks, columns, plain};
use crate::command::{Outcome, Stop, backup, probes};
use crate::target::Target;

/// How a rehearsal is carried out beside its matter.
#[derive(Default)]
pub struct Manner<'m> {
    /// The database whose server takes the copy, where it is not the target's own.
    pub server: Option<&'m Target>,
    /// The folder with the client programs.
    pub programs: Option<&'m Path>,
    /// Keep the copy, converted.
    pub keep: bool,
    /// Questions to be timed beside the usual ones.
    pub questions: &'m [Question],
}

/// Rehearses a plan; refuses where it went wrong on the copy.
pub async fn rehearse(session: &Session, args: &RehearseArgs) -> Result<Outcome, Stop> {
    let plan = safety::plan(&args.plan)?;
    let backup = safety::read(&args.backup)?;
    let target = session.target(&args.target).await?;
    let fitting = Safety { backup: Some(backup.clone()), ..Safety::default() };
    fitting.fits(target.database.as_ref())?;
    let server = backup::scratch_server(session, &args.proving).await?;
    let questions = probes::read(args, &plan)?;
    probes::check(&questions, target.database.as_ref()).await?;
    let manner = Manner {
        server: server.as_ref(),
        programs: args.proving.programs.as_deref(),
        keep: args.keep_copy,
        questions: &questions,
    };
    let (rehearsal, _) = carry_out(session, &target, &plan, &backup, &manner).await?;
    let text = text(&rehearsal, &args.target);
    if rehearsal.green {
        return Ok(Outcome::new(&rehearsal, text));
    }
    let what = rehearsal.failure.clone().unwrap_or_default();
    let stop = Stop::refused(
        &format!("The rehearsal failed: {}", what.trim_end_matches('.')),
        "What went wrong on the copy would go wrong on the database too. The database was not touched.",
        &["Read the reason, mend it or make another plan, and rehearse again."],
    );
    Err(stop.with(&rehearsal, text))
}

/// Rehearses and writes the outcome beside the backup; gives its path too.
///
/// # Errors
/// A [`Stop`] where there is no copy to rehearse on.
pub async fn carry_out(
    session: &Session,
    target: &Target,
    plan: &Plan,
    backup: &Backup,
    manner: &Manner<'_>,
) -> Result<(Rehearsal, PathBuf), Stop> {
    let run = new_run();
    let rehearsing = Rehearsing {
        run: &run,
        tool_version: env!("CARGO_PKG_VERSION"),
        server: manner.server.unwrap_or(target).database.as_ref(),
        source: target.database.as_ref(),
        questions: manner.questions,
        programs: manner.programs,
        keep: manner.keep,
    };
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    let printer = Printer::new(&session.console, &run);
    let rehearsal = rehearse::rehearse(plan, backup, &rehearsing, &printer, &cancel).await?;
    let path = rehearsal.write(backup, plan)?;
    Ok((rehearsal, path))
}

fn text(rehearsal: &Rehearsal, target: &str) -> String {
    let steps: Vec<[String; 2]> = rehearsal.steps.iter().map(|step| [step.title.clone(), span(step.seconds)]).collect();
    let head = if rehearsal.green {
        format!(
            "Rehearsed on {}: {}, there in {} and back in {}; the copy was then what the backup holds.",
            plain(&rehearsal.place),
            count(usize::try_from(rehearsal.ids).unwrap_or(usize::MAX), "new id", "new ids"),
            span(rehearsal.seconds),
            span(rehearsal.undo_seconds)
        )
    } else {
        "The rehearsal did not come to its end.".to_owned()
    };
    blocks(&[
        head,
        columns(["Step", "Time"], &steps),
        run::proofs(&rehearsal.validation),
        timings(rehearsal),
        indexes(rehearsal),
        expected(rehearsal),
        next(rehearsal, target),
    ])
}

fn expected(rehearsal: &Rehearsal) -> String {
    let Some(window) = &rehearsal.window else { return String::new() };
    format!(
        "Expect {} to {} for the run itself.\n  Programs that write wait   {}\n  Programs that read wait    {}\n  Disk at the most           {} bytes, {} more than before",
        span(window.low_seconds),
        span(window.high_seconds),
        span(window.writers_wait_seconds),
        span(window.readers_wait_seconds),
        thousands(rehearsal.peak_disk_bytes),
        thousands(rehearsal.peak_disk_bytes.saturating_sub(rehearsal.disk_bytes))
    )
}

fn timings(rehearsal: &Rehearsal) -> String {
    let rows: Vec<[String; 6]> =
        rehearsal.timings.iter().map(|one| performance::timing(one).map(|cell| plain(&cell))).collect();
    if rows.is_empty() { String::new() } else { columns(performance::TIMINGS, &rows) }
}

fn indexes(rehearsal: &Rehearsal) -> String {
    let found = &rehearsal.indexes;
    let rows: Vec<[String; 5]> =
        found.indexes.iter().map(|one| performance::index(one).map(|cell| plain(&cell))).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("{}\n{} {}", columns(performance::INDEXES, &rows), plain(&found.sizes), plain(&found.uses))
}

fn next(rehearsal: &Rehearsal, target: &str) -> String {
    let target = rekey_engine::report::words::argument(&rekey_engine::redact::redact(target));
    let copy = rehearsal.kept.then(|| format!("The copy is kept, converted: {}\n", plain(&rehearsal.place)));
    let run = rehearsal.green.then(|| {
        format!(
            "Next:  rekey run {target} --plan PLAN --backup {} --yes",
            rekey_engine::report::words::argument(&rehearsal.backup)
        )
    });
    format!("{}{}", copy.unwrap_or_default(), run.unwrap_or_default())
}
