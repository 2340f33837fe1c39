//! The steps back, through the maps.

use super::convert::{self, Way};
use super::scope::Scope;
use super::text;
use super::{dependents, extend, indexes, room, scattered, sequences, set_aside, steps, versions};
use crate::error::Result;
use crate::plan::Step;

/// Writes them. Ids that were written since get their integer before anything is dropped,
/// so that the proofs see them too.
pub fn write(scope: &Scope<'_>) -> Result<Vec<Step>> {
    let mut undo = vec![steps::lock(scope)];
    let mut extended: Vec<Step> = (0..scope.conversions.len()).map(|number| extend::step(scope, number)).collect();
    if let Some(first) = extended.first_mut() {
        first.statements.insert(0, room::create(scope));
    }
    undo.extend(extended);
    undo.extend(scattered::prepare(scope, Way::Back));
    undo.push(dependents::drop(scope, Way::Back));
    undo.extend(indexes::remove(scope));
    undo.extend(sequences::restore(scope)?);
    undo.extend(convert::steps(scope, Way::Back)?);
    undo.extend(dependents::foreign_keys(scope, Way::Back));
    undo.push(dependents::restore_all(scope, Way::Back));
    undo.push(steps::analyze(scope));
    undo.push(steps::record());
    undo.push(steps::clean_up(helpers(scope)));
    Ok(undo)
}

fn helpers(scope: &Scope<'_>) -> Vec<String> {
    let numbers = 0..scope.conversions.len();
    let mut sql: Vec<String> =
        numbers.clone().map(|number| steps::drop_function(scope, number, "old", "uuid")).collect();
    // What calls another function goes before it.
    sql.splice(0..0, scattered::remove(scope, Way::Back));
    sql.splice(0..0, set_aside::all(scope).iter().flat_map(|one| one.remove(scope)));
    sql.splice(0..0, text::deviations(scope).iter().flat_map(|one| one.remove(scope)));
    sql.push(room::remove(scope));
    sql.extend(numbers.map(|number| format!("DROP TABLE {}", scope.map(number))));
    let own = (0..scope.conversions.len()).filter_map(|number| versions::substitute(scope, number));
    sql.extend(own.map(|(own, _)| format!("DROP SEQUENCE {own}")));
    if scope.keeps_sequences() {
        sql.push(format!("DROP TABLE {}", scope.kept_sequences()));
    }
    sql
}
