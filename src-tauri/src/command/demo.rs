//! `demo`: the whole job on the built-in sample, as a user would do it.

use std::path::{Path, PathBuf};

use rekey_engine::Error;
use rekey_engine::dialect::Access;
use rekey_engine::execute::{self, Overrides, RunRecord, SafetyNet};
use rekey_engine::plan::{Choices, Plan, build};
use rekey_engine::report::Report;
use rekey_engine::report::words::{count, span, thousands};
use serde_json::json;

use crate::command::args::{DemoArgs, ProvingArgs};
use crate::command::session::Session;
use crate::command::{Outcome, Stop, backup, history, rehearse, run};
use crate::sample;
use crate::target::Target;

/// Seconds to try for locks; nobody else knows the sample yet.
const LOCK_WAIT: u64 = 10;

/// Converts a fresh sample and writes the report.
pub async fn demo(session: &Session, args: &DemoArgs) -> Result<Outcome, Stop> {
    let folder = folder(args.dir.as_deref())?;
    session.console.note("Making the sample: a small shop in a SQLite file.");
    let path = sample::create(&folder).await?;
    let target = session.target(&path.display().to_string()).await?;
    let plan = plan(session, &target).await?;
    session.console.note("Making a backup and comparing it with the sample.");
    let backup = backup::make(session, &target, &folder, &ProvingArgs::default()).await?;
    session.console.note("Rehearsing the plan on a copy restored from the backup, there and back.");
    let (rehearsal, noted) =
        rehearse::carry_out(session, &target, &plan, &backup, &rehearse::Manner::default()).await?;
    let safety_net = SafetyNet::of(Some(&backup), Some((&noted, &rehearsal)));
    let options = run::options(&run::new_run(), safety_net, &Overrides::default(), LOCK_WAIT);
    let record = run::carry_out(session, &target, &plan, &options).await?;
    prove_again(session, &target, &record).await?;
    let report = write_report(&folder, &record, &plan)?;
    let document = json!({ "run": record.run, "database": path, "backup": backup, "record": record, "report": report });
    Ok(Outcome::new(&document, text(&record, &path, &report)))
}

fn folder(chosen: Option<&Path>) -> Result<PathBuf, Stop> {
    let folder = match chosen {
        Some(folder) => folder.to_owned(),
        None => std::env::temp_dir().join(format!("rekey-demo-{}", run::new_run())),
    };
    let failed = |error: std::io::Error| Error::File { path: folder.display().to_string(), detail: error.to_string() };
    std::fs::create_dir_all(&folder).map_err(failed)?;
    Ok(std::path::absolute(&folder).map_err(failed)?)
}

async fn plan(session: &Session, target: &Target) -> Result<Plan, Stop> {
    let database = target.database.as_ref();
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let found = rekey_engine::inspect::inspect(database, connection.as_mut()).await?;
    session.console.note(&format!(
        "Inspected: {}, {}.",
        count(found.tables.len(), "table", "tables"),
        count(found.domains.len(), "domain", "domains")
    ));
    let plan = build(database, connection.as_mut(), &Choices::default()).await?.plan;
    session.console.note(&format!(
        "Planned: {} to convert, {} rows.",
        count(plan.conversions.len(), "domain", "domains"),
        thousands(plan.rows)
    ));
    if plan.conversions.is_empty() {
        return Err(Error::Internal { detail: "the sample cannot be converted".to_owned() }.into());
    }
    Ok(plan)
}

async fn prove_again(session: &Session, target: &Target, record: &RunRecord) -> Result<(), Stop> {
    let database = target.database.as_ref();
    let mut connection = database.connect(Access::Read, "rekey").await?;
    let known = execute::runs(database, connection.as_mut()).await?;
    let stored = history::choose(&known, Some(&record.run), &[])?;
    let proofs = execute::validate(database, connection.as_mut(), stored).await?;
    session.console.note(&format!("Validated: {}", run::proofs(&proofs)));
    Ok(())
}

fn write_report(folder: &Path, record: &RunRecord, plan: &Plan) -> Result<PathBuf, Stop> {
    let path = folder.join(format!("report-{}.html", record.run));
    let page = Report::new(record.clone(), Some(plan)).html()?;
    std::fs::write(&path, page)
        .map_err(|error| Error::File { path: path.display().to_string(), detail: error.to_string() })?;
    Ok(path)
}

fn text(record: &RunRecord, database: &Path, report: &Path) -> String {
    format!(
        "The sample was converted and proven: {} in {}.\n{}\n\nDatabase:  {}\nBackup:    {}\nWay back:  rekey undo {} --run {} --yes\nThe report:\n{}",
        count(usize::try_from(record.ids).unwrap_or(usize::MAX), "new id", "new ids"),
        span(record.seconds),
        run::proofs(&record.validation),
        database.display(),
        record.safety_net.backup.as_deref().unwrap_or("none"),
        rekey_engine::report::words::argument(&database.display().to_string()),
        record.run,
        report.display()
    )
}
