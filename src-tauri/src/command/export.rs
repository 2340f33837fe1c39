//! `export`: the plan as a script.

use serde_json::json;

use crate::command::args::ExportArgs;
use crate::command::session::Session;
use crate::command::{Outcome, Stop, safety, unsupported};

/// Shows every statement of a plan, in order.
pub async fn export(session: &Session, args: &ExportArgs) -> Result<Outcome, Stop> {
    match args.format.as_str() {
        "sql" => {}
        "alembic" | "django" => {
            return Err(unsupported::not_yet(&format!("--format {}", args.format), "Use --format sql."));
        }
        other => {
            let what = format!("'{other}' is not a format of 'rekey export'.");
            return Err(Stop::usage(&what, "Rekey knows sql, alembic and django.", &["Use --format sql."]));
        }
    }
    let plan = safety::plan(&args.plan)?;
    let (target, mut connection) = session.reader(&args.target).await?;
    let schema = target.database.inspect(connection.as_mut()).await?;
    rekey_engine::plan::verify(target.database.as_ref(), &schema, &plan)?;
    let script = plan.script();
    Ok(Outcome::new(&json!({ "plan_fingerprint": plan.fingerprint, "format": "sql", "script": script }), script))
}
