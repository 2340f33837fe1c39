//! The plan as a list of statements that anybody can send.

use crate::application::export::{gate, record, steps};
use crate::dialect::{Client, Connection, Database};
use crate::error::Result;
use crate::execute::runs;
use crate::plan::{Action, Plan, Step};
use crate::schema::Schema;

/// In which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Old keys become new ones.
    Forward,
    /// New keys become old ones.
    Back,
}

/// Some statements with a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What they do, in plain words.
    pub title: String,
    /// The statements, in order.
    pub statements: Vec<String>,
}

/// Everything that is sent, in both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The plan it is written from.
    pub plan: Plan,
    /// The run under which the journal knows it: the beginning of the plan's fingerprint.
    pub run: String,
    /// What a client must be told.
    pub client: Client,
    /// The conversion.
    pub forward: Vec<Part>,
    /// The undo.
    pub back: Vec<Part>,
}

impl Script {
    /// The script of a plan that was carried out already: nothing is sent.
    pub fn carried_out(plan: &Plan, run: &str) -> Script {
        Script {
            plan: plan.clone(),
            run: run.to_owned(),
            client: Client::default(),
            forward: Vec::new(),
            back: Vec::new(),
        }
    }

    /// One direction in a session that is another program's: `before` stands before the settings,
    /// and what the session was told before is put back, with `after` behind it.
    pub(super) fn surrounded(&self, way: Way, before: &[String], after: &[String]) -> Vec<Part> {
        let client = &self.client;
        let work = match way {
            Way::Forward => &self.forward,
            Way::Back => &self.back,
        };
        let mut all = vec![part("Settings", [before, &client.settings].concat())];
        all.extend(work.iter().cloned());
        all.push(part("Settings as they were", [client.put_back.as_slice(), after].concat()));
        all.retain(|part| !part.statements.is_empty());
        all
    }

    /// What a person must know where every statement is final at once.
    pub(super) fn final_at_once(&self) -> String {
        let run = &self.run;
        format!(
            "Each statement is final at once: stop the application first. The journal in the database will\n\
             know it as run {run}; should it stop half-way, 'rekey undo --run {run}' takes it back."
        )
    }
}

/// Writes the script of a plan that was verified on that schema. The connection is asked which
/// runs the database knows.
///
/// # Errors
/// [`crate::Error::Refused`] by name where only a session of Rekey's can do the work.
pub async fn script(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
    plan: &Plan,
    tool_version: &str,
) -> Result<Script> {
    let sent = Plan { blueprint: database.blueprint_for_clients(schema, &plan.conversions)?, ..plan.clone() };
    let first = runs(database, connection).await?.is_empty();
    let mut script = Script {
        run: plan.fingerprint.chars().take(10).collect(),
        client: database.client(schema)?,
        forward: Vec::new(),
        back: Vec::new(),
        plan: plan.clone(),
    };
    let journal = record::journal(database, schema, &script, tool_version, first)?;
    script.forward = parts(database, &sent, Way::Forward, &journal.forward);
    script.back = parts(database, &sent, Way::Back, &journal.back);
    Ok(script)
}

/// What the journal is told at the start and at the end.
pub(super) struct Notes {
    pub start: Vec<String>,
    pub end: Vec<String>,
}

fn parts(database: &dyn Database, plan: &Plan, way: Way, notes: &Notes) -> Vec<Part> {
    let steps = match way {
        Way::Forward => &plan.blueprint.steps,
        Way::Back => &plan.blueprint.undo,
    };
    let staged = !database.capabilities().transactional_ddl;
    let first = steps.iter().position(|step| gate::is_first_change(step, way)).unwrap_or(steps.len());
    let cut = steps.iter().position(|step| step.action == Action::CutOver).unwrap_or(steps.len());
    let mut parts = vec![part("Write the run into the journal", notes.start.clone())];
    for (place, step) in steps.iter().enumerate() {
        if !staged && place == first {
            parts.push(part("Note what must be the same afterwards", gate::note(database, plan, way)));
        }
        if staged && place == cut {
            let title = "Compare the new tables with the live ones; the first difference ends the work";
            parts.push(part(title, gate::compare_aside(database, plan, way)));
        }
        if step.action == Action::Record && !staged {
            let title = "Compare with what was noted; the first difference takes everything back";
            parts.push(part(title, gate::compare(database, plan, way)));
        }
        parts.push(of(database, plan, way, step));
    }
    parts.push(part("Write into the journal that it is done", notes.end.clone()));
    parts.retain(|part| !part.statements.is_empty());
    parts
}

fn of(database: &dyn Database, plan: &Plan, way: Way, step: &Step) -> Part {
    Part { title: step.title.clone(), statements: steps::statements(database, plan, way, step) }
}

fn part(title: &str, statements: Vec<String>) -> Part {
    Part { title: title.to_owned(), statements }
}
