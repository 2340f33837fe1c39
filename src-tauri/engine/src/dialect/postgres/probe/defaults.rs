//! Defaults of converted columns: a plain number becomes the UUID of its row, if there is one.

use super::super::blueprint::{DROP, Scope, array_default, plain_default, text_default};
use super::super::quote;
use super::{Found, answers, each, firsts};
use crate::check::{Finding, Severity};
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{ColumnName, Dependent, DependentKind};

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for one in scope.dependents().into_iter().filter(|one| one.kind == DependentKind::Default) {
        found.extend(default(connection, scope, one).await?);
    }
    Ok(found)
}

async fn default(connection: &mut dyn Connection, scope: &Scope<'_>, one: &Dependent) -> Result<Option<Found>> {
    let Some(name) = one.columns.first() else { return Ok(None) };
    let text = scope.column(name).and_then(|column| column.default.clone()).unwrap_or_default();
    if let Some(now) = text_default(scope, one).or_else(|| array_default(scope, one).map(str::to_owned)) {
        let meaning = format!("The default {text} becomes {now}.");
        return Ok(each([name], Severity::Info, "RK-144", &name.to_string(), &meaning, "Nothing has to be done.").pop());
    }
    let Some((_, number, conversion)) = plain_default(scope, one) else {
        let meaning = format!("The column has the default {text}, which gives a number and would not fit a UUID.");
        let remedy = format!(
            "Let it give a UUID: make one that does, and set it after the run; or answer '{DROP}' and let the application send the value."
        );
        let mut finding =
            answers::asking(scope, Finding::new(Severity::Ask, "RK-120", name.to_string(), meaning, remedy));
        // What the call would have given is not known, so nothing is safe by itself.
        finding.default = None;
        return Ok(Some((name.clone(), finding)));
    };
    if is_used(connection, scope, conversion, number).await? {
        let meaning = format!("The default {number} becomes the UUID of the row that it stands for.");
        return Ok(each([name], Severity::Info, "RK-144", &name.to_string(), &meaning, "Nothing has to be done.").pop());
    }
    let root = &scope.conversions[conversion].root;
    let meaning =
        format!("The column has the default {number}, but {root} holds no such value, so no UUID stands for it.");
    let finding = Finding::new(
        Severity::Ask,
        "RK-120",
        name.to_string(),
        meaning,
        "Take the default away, or add the row that it stands for.",
    );
    Ok(Some((name.clone(), answers::asking(scope, finding))))
}

// Every value of a member is in the map.
async fn is_used(connection: &mut dyn Connection, scope: &Scope<'_>, conversion: usize, number: i64) -> Result<bool> {
    let somewhere = |name: &ColumnName| {
        format!(
            "EXISTS (SELECT FROM ONLY {} t WHERE t.{} = {number})",
            quote::table(&name.table),
            quote::ident(&name.column)
        )
    };
    let parts: Vec<String> = scope.members(conversion).iter().map(somewhere).collect();
    match connection.query(&format!("SELECT ({})::text", parts.join(" OR "))).await {
        Ok(rows) => Ok(firsts(rows).first().is_some_and(|answer| answer == "true")),
        Err(Error::Rights { .. }) => Ok(true),
        Err(other) => Err(other),
    }
}
