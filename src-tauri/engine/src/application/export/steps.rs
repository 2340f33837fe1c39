//! The statements of one step, for a single session that nobody watches over.

use crate::application::export::Way;
use crate::dialect::Database;
use crate::plan::{self, Action, Plan, Slices, Step};

/// What is sent for a step.
pub(super) fn statements(database: &dyn Database, plan: &Plan, way: Way, step: &Step) -> Vec<String> {
    let Some(staged) = &plan.blueprint.staged else {
        return if step.action == Action::Record { Vec::new() } else { step.statements.clone() };
    };
    let needed = match way {
        Way::Forward => &staged.forward,
        Way::Back => &staged.back,
    };
    match &step.action {
        // Another session would have to hold these locks: whoever runs the script stops the
        // application instead.
        Action::LockTables | Action::Record => Vec::new(),
        Action::CutOver => step.statements.iter().filter(|one| !one.starts_with("LOCK TABLES ")).cloned().collect(),
        Action::RestoreForeignKeys { .. } => {
            let checked = |on| database.check_references(on).into_iter();
            checked(true).chain(step.statements.iter().cloned()).chain(checked(false)).collect()
        }
        Action::ConvertTable { .. } => sliced(needed, step),
        Action::Prepare
        | Action::BuildMap { .. }
        | Action::ExtendMap { .. }
        | Action::DropDependents
        | Action::BuildIndexes { .. }
        | Action::RestoreDependents
        | Action::Analyze
        | Action::CleanUp => step.statements.clone(),
    }
}

// A script knows no loops, so each part of a table's rows is one slice, to its very end.
fn sliced(needed: &plan::Way, step: &Step) -> Vec<String> {
    let Some(slices) = needed.slices.get(&step.id) else { return step.statements.clone() };
    let begun = |slices: &Slices| slices.find.first().cloned().into_iter();
    let one = |part: &String| {
        let place = [part.clone()].into_iter().chain(begun(slices)).chain(["SET @rk_upto = @rk_last".to_owned()]);
        place.chain(step.statements.iter().cloned()).collect::<Vec<_>>()
    };
    slices.parts.iter().flat_map(one).collect()
}
