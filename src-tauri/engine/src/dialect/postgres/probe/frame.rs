//! What a question about a view, a policy or a function needs around it: shadows for the
//! tables beneath, the views beneath as further shadows, and a search path under which the
//! server writes the names of all of them without a schema, so that the shadows cover them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::blueprint::Scope;
use super::super::catalogue::complete;
use super::super::quote;
use super::firsts;
use super::shadow::{Question, idents};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{Dependent, DependentKind, TableName};

/// Where each view is, by its label.
pub type Places = BTreeMap<String, TableName>;

/// The views that are taken away, such that each comes after those it stands on.
pub fn views<'s>(scope: &'s Scope<'_>) -> Vec<&'s Dependent> {
    let chosen = scope.dependents().into_iter();
    chosen.filter(|one| matches!(one.kind, DependentKind::View | DependentKind::MaterializedView)).collect()
}

/// The question about an object, its own text still missing. Its query holds the views
/// beneath, the object itself included where it is a view. The search path is left as the
/// question needs it; where there is none, the question is marked as hidden.
pub async fn question<'s>(
    connection: &mut dyn Connection,
    scope: &'s Scope<'_>,
    places: &Places,
    object: &Dependent,
    what: &'static str,
) -> Result<Question<'s>> {
    let chain = beneath(scope, places, object);
    let columns = scope.beneath(object);
    let names: BTreeSet<&TableName> = columns.iter().map(|column| &column.table).collect();
    let own = object.on.as_ref().filter(|name| scope.table(name).is_some());
    let all: BTreeSet<&TableName> = names.iter().copied().chain(chain.iter().copied()).chain(own).collect();
    let schemas: BTreeSet<&String> = all.iter().map(|name| &name.schema).collect();
    // Where two schemas hold the same name, what is found depends on which is searched first.
    let forth: Vec<String> = schemas.into_iter().cloned().collect();
    let back: Vec<String> = forth.iter().rev().cloned().collect();
    let mut question = Question {
        object: object.name.clone(),
        what,
        tables: names.iter().filter_map(|name| scope.table(name)).collect(),
        columns,
        parameters: String::new(),
        query: String::new(),
        path: forth.clone(),
        hidden: true,
    };
    for path in [forth, back] {
        if let Some(query) = seen_under(connection, &path, &all, &chain).await? {
            question.query = query;
            question.path = path;
            question.hidden = false;
            break;
        }
    }
    Ok(question)
}

fn beneath<'p>(scope: &Scope<'_>, places: &'p Places, object: &Dependent) -> Vec<&'p TableName> {
    let mut needed: BTreeSet<&str> = BTreeSet::from([object.name.as_str()]);
    needed.extend(object.requires.iter().map(String::as_str));
    let all = views(scope);
    for one in all.iter().rev() {
        if needed.contains(one.name.as_str()) {
            needed.extend(one.requires.iter().map(String::as_str));
        }
    }
    all.iter().filter(|one| needed.contains(one.name.as_str())).filter_map(|one| places.get(&one.name)).collect()
}

/// Reads where the views are.
pub async fn places(connection: &mut dyn Connection) -> Result<Places> {
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

// Sets the search path. Where these names are found under it without a schema: the views of the
// chain as shadows, by their definitions as they read there, in which names have no schema in
// front either. In one go, because there may be hundreds of views.
async fn seen_under(
    connection: &mut dyn Connection,
    path: &[String],
    names: &BTreeSet<&TableName>,
    chain: &[&TableName],
) -> Result<Option<String>> {
    let list: Vec<String> = names
        .iter()
        .map(|name| format!("({}, {})", quote::literal(&name.schema), quote::literal(&name.name)))
        .collect();
    let definitions: Vec<String> =
        chain.iter().map(|name| format!("pg_get_viewdef({}::regclass)", quote::literal(&quote::table(name)))).collect();
    let sql = format!(
        "SET search_path = {}; SELECT bool_and(pg_table_is_visible(c.oid))::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname, c.relname) IN ({}); SELECT unnest(ARRAY[{}]::text[])",
        idents(path),
        list.join(", "),
        definitions.join(", ")
    );
    let mut answers = firsts(connection.query(&sql).await?).into_iter();
    if answers.next().is_none_or(|visible| visible != "true") {
        return Ok(None);
    }
    let shadow = |(name, definition): (&&TableName, String)| {
        format!(",\n{} AS ({})", quote::ident(&name.name), definition.trim().trim_end_matches(';'))
    };
    Ok(Some(chain.iter().zip(answers).map(shadow).collect()))
}
