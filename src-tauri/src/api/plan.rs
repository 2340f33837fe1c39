//! Plan: from choices to the statements that will be sent.

use std::path::Path;
use std::sync::Arc;

use rekey_engine::dialect::Database;
use rekey_engine::plan::{self, Choices, Plan, Step, Storage};
use rekey_engine::{Error, Failure};
use serde::Deserialize;

use crate::api::types::{PlanView, Stage};
use crate::api::{App, connect, failure};

/// As what a plan is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlanFormat {
    /// To be run by `rekey run`.
    Json,
    /// The script, to be read.
    Sql,
}

impl PlanFormat {
    /// The end of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            PlanFormat::Json => "json",
            PlanFormat::Sql => "sql",
        }
    }
}

impl App {
    /// Makes the plan for these choices.
    ///
    /// # Errors
    /// Where a choice names what is not there, or the database cannot be read.
    pub async fn plan_make(&self, choices: Choices) -> Result<PlanView, Failure> {
        let target = self.session.lock().await.open(Stage::Plan, self.work.stage())?;
        let mut connection = connect::reach(target.database.as_ref()).await?;
        let built = plan::build(target.database.as_ref(), connection.as_mut(), &choices).await?;
        let storages = target.database.storages(&built.schema);
        let mut session = self.session.lock().await;
        session.still(&target)?;
        self.idle()?;
        let plan = Arc::new(built.plan);
        session.take_plan(Arc::clone(&plan));
        Ok(view(target.database.as_ref(), &plan, storages))
    }

    /// Writes the plan to a file that the user chose.
    ///
    /// # Errors
    /// Where there is no plan, or the file cannot be written.
    pub async fn plan_write(&self, path: &Path, format: PlanFormat) -> Result<String, Failure> {
        let Some(plan) = self.session.lock().await.plan.clone() else {
            return Err(failure::closed("Make a plan first."));
        };
        let text = match format {
            PlanFormat::Json => plan.to_json(),
            PlanFormat::Sql => plan.script(),
        };
        let path_text = path.display().to_string();
        match tokio::fs::write(path, text).await {
            Ok(()) => Ok(path_text),
            Err(error) => Err(Error::File { path: path_text, detail: error.to_string() }.into()),
        }
    }
}

fn view(database: &dyn Database, plan: &Plan, storages: Vec<Storage>) -> PlanView {
    let weigh = |steps: &[Step]| {
        let of = |step: &Step| step.statements.iter().map(|statement| database.weigh(step, statement)).collect();
        steps.iter().map(of).collect()
    };
    PlanView {
        fingerprint: plan.fingerprint.clone(),
        conversions: plan.conversions.clone(),
        questions: plan.questions.clone(),
        findings: plan.findings.clone(),
        refused: plan.refused.clone(),
        steps: plan.blueprint.steps.clone(),
        undo: plan.blueprint.undo.clone(),
        weights: weigh(&plan.blueprint.steps),
        undo_weights: weigh(&plan.blueprint.undo),
        can_pause: plan.blueprint.staged.is_some(),
        storages,
        script: plan.script(),
        rows: plan.rows,
    }
}
