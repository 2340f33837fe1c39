//! `report`: the report of a run, from the local history alone.

use std::path::Path;

use rekey_engine::Error;
use rekey_engine::application::code::Scanned;
use rekey_engine::plan::Conversion;
use rekey_engine::report::Report;
use serde_json::json;

use crate::command::args::{ReportArgs, ReportFormat};
use crate::command::code::look;
use crate::command::session::Session;
use crate::command::{Outcome, Stop, history};
use crate::store::now;

/// Writes the report of a run.
pub async fn report(session: &Session, args: &ReportArgs) -> Result<Outcome, Stop> {
    let report = read(session, args).await?;
    let content = match args.format {
        ReportFormat::Html => report.html()?,
        ReportFormat::Json => report.json(),
        ReportFormat::Md => report.markdown(),
    };
    let format = match args.format {
        ReportFormat::Html => "html",
        ReportFormat::Json => "json",
        ReportFormat::Md => "md",
    };
    let Some(path) = &args.output else {
        return Ok(match args.format {
            ReportFormat::Json => Outcome::new(&report, content),
            ReportFormat::Html | ReportFormat::Md => {
                Outcome::new(&json!({ "run": args.run, "format": format, "content": content }), content)
            }
        });
    };
    std::fs::write(path, content)
        .map_err(|error| Error::File { path: path.display().to_string(), detail: error.to_string() })?;
    let document = json!({ "run": args.run, "format": format, "path": path });
    Ok(Outcome::new(&document, format!("Report of run {} written to {}", args.run, path.display())))
}

async fn read(session: &Session, args: &ReportArgs) -> Result<Report, Stop> {
    let run = &args.run;
    let Some(store) = &session.store else {
        return Err(Stop::failed(
            "The history on this machine cannot be read.",
            "The report is made from it.",
            &["Check the folder named by REKEY_DATA_DIR, or the data folder of your account."],
        ));
    };
    let record = store.run(run).await?.ok_or_else(|| history::unknown(run, "the history of this machine"))?;
    let plan = store.plan(&record.plan_fingerprint).await?;
    let scanned = match &args.code {
        Some(folder) => Some(scanned(folder, &record.conversions)?),
        None => store.code(&record.plan_fingerprint).await?,
    };
    Ok(Report::new(record, plan.as_ref()).with_code(scanned))
}

fn scanned(folder: &Path, conversions: &[Conversion]) -> Result<Scanned, Stop> {
    Ok(Scanned { folder: folder.display().to_string(), at: now(), scan: look(folder, conversions)? })
}
