//! Questions about views: their definitions, with the views beneath them as further shadows.

use std::collections::{BTreeMap, BTreeSet};

use super::super::blueprint::Scope;
use super::super::catalogue::complete;
use super::super::quote;
use super::firsts;
use super::shadow::{Question, idents};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{Dependent, DependentKind, TableName};

/// One question for every view that is taken away.
pub async fn questions<'s>(connection: &mut dyn Connection, scope: &'s Scope<'_>) -> Result<Vec<Question<'s>>> {
    let places = places(connection).await?;
    let mut questions = Vec::new();
    for view in views(scope) {
        questions.push(view_question(connection, scope, &places, view).await?);
    }
    Ok(questions)
}

fn views<'s>(scope: &'s Scope<'_>) -> Vec<&'s Dependent> {
    let chosen = scope.dependents().into_iter();
    chosen.filter(|one| matches!(one.kind, DependentKind::View | DependentKind::MaterializedView)).collect()
}

// The view itself last, before it the views it stands on, each as a shadow of its own.
async fn view_question<'s>(
    connection: &mut dyn Connection,
    scope: &'s Scope<'_>,
    places: &Places,
    view: &Dependent,
) -> Result<Question<'s>> {
    let mut needed: BTreeSet<&str> = BTreeSet::from([view.name.as_str()]);
    let all = views(scope);
    for one in all.iter().rev() {
        if needed.contains(one.name.as_str()) {
            needed.extend(one.requires.iter().map(String::as_str));
        }
    }
    let chain: Vec<(&str, &TableName)> = all
        .iter()
        .filter(|one| needed.contains(one.name.as_str()))
        .filter_map(|one| Some((one.name.as_str(), places.get(&one.name)?)))
        .collect();
    let columns = scope.beneath(view);
    let names: BTreeSet<&TableName> = columns.iter().map(|column| &column.table).collect();
    let schemas: BTreeSet<&String> =
        names.iter().copied().chain(chain.iter().map(|(_, name)| *name)).map(|name| &name.schema).collect();
    // Where two schemas hold the same name, what is found depends on which is searched first.
    let forth: Vec<String> = schemas.into_iter().cloned().collect();
    let back: Vec<String> = forth.iter().rev().cloned().collect();
    let mut question = Question {
        object: view.name.clone(),
        what: "view",
        tables: names.iter().filter_map(|name| scope.table(name)).collect(),
        columns,
        query: String::new(),
        path: forth.clone(),
        hidden: true,
    };
    for path in [forth, back] {
        connection.execute(&format!("SET search_path = {}", idents(&path))).await?;
        if all_visible(connection, names.iter().copied().chain(chain.iter().map(|(_, name)| *name))).await? {
            question.query = shadows_of_views(connection, &chain).await?;
            question.path = path;
            question.hidden = false;
            break;
        }
    }
    Ok(question)
}

// The definitions as they read here: names have no schema in front, and a shadow of the
// same name covers them.
async fn shadows_of_views(connection: &mut dyn Connection, chain: &[(&str, &TableName)]) -> Result<String> {
    let mut query = String::new();
    for (_, name) in chain {
        let sql = format!("SELECT pg_get_viewdef({}::regclass)", quote::literal(&quote::table(name)));
        let definition = firsts(connection.query(&sql).await?).into_iter().next().unwrap_or_default();
        query.push_str(&format!(",\n{} AS ({})", quote::ident(&name.name), definition.trim().trim_end_matches(';')));
    }
    let last = chain.last().map(|(_, name)| quote::ident(&name.name)).unwrap_or_default();
    Ok(format!("{query}\nSELECT * FROM {last}"))
}

/// Where each view is, by its label.
type Places = BTreeMap<String, TableName>;

async fn places(connection: &mut dyn Connection) -> Result<Places> {
    let sql = complete(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND {user}",
    );
    let rows = connection.query(&sql).await?;
    Ok(rows
        .iter()
        .filter_map(|row| match row.as_slice() {
            [Some(schema), Some(name)] => Some((quote::label(&[schema, name]), TableName::new(schema, name))),
            _ => None,
        })
        .collect())
}

async fn all_visible<'n>(connection: &mut dyn Connection, names: impl Iterator<Item = &'n TableName>) -> Result<bool> {
    let list: Vec<String> =
        names.map(|name| format!("({}, {})", quote::literal(&name.schema), quote::literal(&name.name))).collect();
    let sql = format!(
        "SELECT bool_and(pg_table_is_visible(c.oid))::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname, c.relname) IN ({})",
        list.join(", ")
    );
    Ok(firsts(connection.query(&sql).await?).first().is_some_and(|answer| answer == "true"))
}
