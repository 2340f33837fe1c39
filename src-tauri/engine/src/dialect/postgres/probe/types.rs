//! Columns whose type is a domain: they become plain UUIDs, and what the domain
//! says about its values no longer applies.

use super::super::blueprint::Scope;
use super::Found;
use crate::check::{AnswerOption, Finding, Severity};

/// Looks.
pub fn look(scope: &Scope<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for name in scope.columns.iter().filter(|(_, held)| held.plain().is_some()).map(|(name, _)| name) {
        let Some(column) = scope.column(name).filter(|column| column.is_domain() && !column.inherited) else {
            continue;
        };
        let meaning = format!(
            "The column's type is the domain {}. It becomes uuid, and what the domain demands of its values is demanded no longer.",
            column.type_name
        );
        let finding = Finding::new(
            Severity::Ask,
            "RK-109",
            name.to_string(),
            meaning,
            "Nothing else has to be done: the domain itself stays.",
        );
        let option = AnswerOption::new("convert", "The column becomes uuid; the undo gives it the domain's type back.");
        found.push((name.clone(), finding.asking(vec![option], Some("convert"))));
    }
    found
}
