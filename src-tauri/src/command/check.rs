//! `check`: the checklist of a plan.

use rekey_engine::Error;
use rekey_engine::check::{self, Finding, Severity};
use serde_json::json;

use crate::command::args::CheckArgs;
use crate::command::safety::{self, Safety};
use crate::command::session::Session;
use crate::command::text::{blocks, findings};
use crate::command::{Outcome, Stop};

/// Goes through the checklist and changes nothing.
pub async fn check(session: &Session, args: &CheckArgs) -> Result<Outcome, Stop> {
    let safety = Safety::read(&args.safety)?;
    let plan = safety::plan(&args.plan)?;
    let (target, mut connection) = session.reader(&args.target).await?;
    safety.fits(target.database.as_ref())?;
    let found = check::check(target.database.as_ref(), connection.as_mut(), &plan, &safety.circumstances()).await?;
    let clear = !found.iter().any(|finding| finding.severity >= Severity::Ask);
    let document = json!({ "plan_fingerprint": plan.fingerprint, "clear": clear, "findings": found });
    match blocked(&found, Severity::Block) {
        Some(stop) => Err(stop.with(&document, text(&found, clear))),
        None => Ok(Outcome::new(&document, text(&found, clear))),
    }
}

/// The refusal for findings of at least that weight, where there is one.
pub fn blocked(found: &[Finding], from: Severity) -> Option<Stop> {
    let heavy: Vec<String> = found
        .iter()
        .filter(|finding| finding.severity >= from)
        .map(|finding| format!("{} {}: {}", finding.rule, finding.object, finding.meaning))
        .collect();
    (!heavy.is_empty()).then(|| Error::Refused { reasons: heavy }.into())
}

fn text(found: &[Finding], clear: bool) -> String {
    let head = if clear { "The checklist is clear." } else { "The checklist is not clear." };
    blocks(&[findings(found), head.to_owned()])
}
