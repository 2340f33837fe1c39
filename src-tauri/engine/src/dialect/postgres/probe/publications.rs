//! Publications that name a converted column: the server takes the table out and puts it
//! back, but only a person can look after the subscribers.

use super::super::blueprint::Scope;
use super::Found;
use crate::check::{AnswerOption, Finding, Severity};
use crate::schema::DependentKind;

/// Looks.
pub fn look(scope: &Scope<'_>) -> Vec<Found> {
    let places = scope.dependents().into_iter().filter(|one| one.kind == DependentKind::Publication);
    places
        .flat_map(|place| {
            let columns = place.columns.iter().filter(|column| scope.columns.contains_key(column));
            columns.map(|column| (column.clone(), finding(&place.name))).collect::<Vec<_>>()
        })
        .collect()
}

fn finding(place: &str) -> Finding {
    let meaning = "This publication names the column in its list or its filter, so the table is taken out of it for the change and put back as it was. Subscribers still have integers and stop at the first change that reaches them.";
    let remedy = "Stop the subscriptions before the run; convert or refill the subscribers' tables afterwards.";
    let option = AnswerOption::new(
        "restore",
        "The table is put back into the publication with the same columns and filter; the subscribers are looked after.",
    );
    Finding::new(Severity::Ask, "RK-105", place, meaning, remedy).asking(vec![option], None)
}
