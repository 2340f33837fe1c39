//! The answers that a person can give to what would no longer be valid: it is taken away
//! now and put back by the undo, or its key stays as it is.

use std::collections::BTreeSet;

use super::super::blueprint::{DROP, Scope, close};
use crate::check::{AnswerOption, Finding};
use crate::schema::{Dependent, DependentKind};

/// The finding as a question, where the object can be taken away.
pub fn asking(scope: &Scope<'_>, finding: Finding) -> Finding {
    let Some(dependent) = scope.schema.dependents.iter().find(|one| one.name == finding.object && goes(one)) else {
        return finding;
    };
    let option = AnswerOption::new(DROP, consequence(scope, dependent));
    finding.asking(vec![option], safe(dependent.kind).then_some(DROP))
}

/// True for what can be taken away.
pub fn can_go(scope: &Scope<'_>, object: &str) -> bool {
    scope.schema.dependents.iter().any(|one| one.name == object && goes(one))
}

// A function on which other things stand does not go.
fn goes(dependent: &Dependent) -> bool {
    match dependent.kind {
        DependentKind::Function => dependent.for_good.is_some(),
        // It could only come back behind the other columns.
        DependentKind::Generated => false,
        DependentKind::View
        | DependentKind::MaterializedView
        | DependentKind::Rule
        | DependentKind::Trigger
        | DependentKind::Policy
        | DependentKind::Setting
        | DependentKind::Check
        | DependentKind::Index
        | DependentKind::UniqueIndex
        | DependentKind::Default
        | DependentKind::Publication => true,
    }
}

// Without a check more is accepted, without an index some queries take longer; without
// anything else people see or change what they should not, or miss what they need.
fn safe(kind: DependentKind) -> bool {
    match kind {
        DependentKind::Check | DependentKind::Index | DependentKind::Default | DependentKind::Setting => true,
        DependentKind::View
        | DependentKind::MaterializedView
        | DependentKind::Rule
        | DependentKind::Trigger
        | DependentKind::Policy
        | DependentKind::Function
        | DependentKind::Publication
        | DependentKind::Generated
        | DependentKind::UniqueIndex => false,
    }
}

fn consequence(scope: &Scope<'_>, dependent: &Dependent) -> String {
    let what = match dependent.kind {
        DependentKind::Generated => "The column is computed no longer.",
        DependentKind::Check => "The constraint is taken away: the server no longer checks this.",
        DependentKind::Index => "The index is taken away: queries that used it may take longer.",
        DependentKind::UniqueIndex => {
            "It is taken away: the server no longer keeps rows from being alike in this respect."
        }
        DependentKind::View | DependentKind::MaterializedView => {
            "The view is taken away: whoever reads it gets an error until a new one is made."
        }
        DependentKind::Rule => "The rule is taken away: statements are no longer rewritten by it.",
        DependentKind::Trigger => "The trigger is taken away: it no longer fires.",
        DependentKind::Policy => policy(dependent),
        DependentKind::Default => "The column has no default from then on: the application must send a value.",
        DependentKind::Setting => "It is not set again.",
        DependentKind::Function => {
            "The function is taken away: whoever calls it gets an error until a new one is made."
        }
        DependentKind::Publication => {
            "The table is taken out of the publication: subscribers get no more of its changes."
        }
    };
    let others: Vec<&str> = upon(scope, &dependent.name).into_iter().collect();
    let others = if others.is_empty() { String::new() } else { format!(" With it go {}.", others.join(", ")) };
    format!("{what}{others} The undo puts it back.")
}

/// What stands on an object and goes with it.
pub fn upon<'s>(scope: &'s Scope<'_>, object: &str) -> BTreeSet<&'s str> {
    let all: Vec<&Dependent> = scope.schema.dependents.iter().collect();
    let mut with: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).filter(|name| *name == object).collect();
    close(&all, &mut with);
    with.remove(object);
    with
}

fn policy(dependent: &Dependent) -> &'static str {
    if dependent.create.first().is_some_and(|sql| sql.contains(" AS RESTRICTIVE ")) {
        "The policy is taken away: rows that it kept from people are open to them."
    } else {
        "The policy is taken away: rows that it let people see or change are closed to them."
    }
}
