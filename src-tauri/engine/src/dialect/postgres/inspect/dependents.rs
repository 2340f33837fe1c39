//! What stands on columns and is taken away and put back: views, rules and triggers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::super::catalogue::complete;
use super::super::quote;
use super::actions::RawAction;
use super::checks::RawCheck;
use super::functions::RawFunction;
use super::generated::RawGenerated;
use super::indexes::RawTableIndex;
use super::policies::RawPolicy;
use super::publications::RawPublished;
use super::settings::RawSetting;
use super::tail::RawTail;
use super::views::RawView;
use super::{answers, documents, query};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{ColumnName, Dependent, DependentKind, Obstacle, TableName};

/// A relation, or one of its columns, that something uses.
#[derive(Deserialize)]
pub struct Use {
    schema: String,
    name: String,
    kind: char,
    column: Option<String>,
}

/// Reads all of them, and which of them cannot be put back.
pub async fn read(connection: &mut dyn Connection) -> Result<(Vec<Dependent>, Vec<Obstacle>)> {
    let Newer { functions, published, generated, tail } = newer(connection).await?;
    let views: Vec<RawView> = documents(connection, query::VIEWS).await?;
    let rules: Vec<RawAction> = documents(connection, query::RULES).await?;
    let triggers: Vec<RawAction> = documents(connection, query::TRIGGERS).await?;
    let policies: Vec<RawPolicy> = documents(connection, query::POLICIES).await?;
    let settings: Vec<RawSetting> = documents(connection, query::STATISTICS_TARGETS).await?;
    let checks: Vec<RawCheck> = documents(connection, query::CHECKS).await?;
    let indexes: Vec<RawTableIndex> = documents(connection, query::INDEXES).await?;
    let strangers = connection.query(query::DEFAULT_GRANTEES).await?;
    let strangers: Vec<String> = strangers.into_iter().flatten().flatten().collect();
    let callers = connection.query(query::DEFAULT_CALLERS).await?;
    let callers: Vec<String> = callers.into_iter().flatten().flatten().collect();
    // Functions first: what is filled anew may call them.
    let mut all: Vec<Dependent> = functions.iter().map(|function| function.dependent(&callers)).collect();
    let mut stuck = BTreeMap::new();
    all.extend(generated.iter().map(RawGenerated::dependent));
    for column in &tail {
        all.push(column.dependent()?);
    }
    for view in &views {
        if let Some(reason) = view.reason_against() {
            stuck.insert(view.label(), reason);
        }
        all.push(view.dependent(&strangers));
    }
    all.extend(rules.iter().map(|rule| rule.dependent(DependentKind::Rule)));
    all.extend(triggers.iter().map(|trigger| trigger.dependent(DependentKind::Trigger)));
    all.extend(policies.iter().map(RawPolicy::dependent));
    all.extend(checks.iter().map(RawCheck::dependent));
    all.extend(indexes.iter().map(|index| index.dependent(&tail)));
    all.extend(settings.iter().map(RawSetting::dependent));
    all.extend(published.iter().map(RawPublished::dependent));
    for function in &functions {
        stuck.extend(function.stuck_views());
    }
    let mut obstacles: Vec<Obstacle> = stuck.into_iter().map(|(name, reason)| obstacle(&all, name, reason)).collect();
    obstacles.extend(functions.iter().filter_map(RawFunction::obstacle));
    obstacles.extend(indexes.iter().filter_map(RawTableIndex::obstacle));
    Ok((all, obstacles))
}

// What only newer servers have.
struct Newer {
    functions: Vec<RawFunction>,
    published: Vec<RawPublished>,
    generated: Vec<RawGenerated>,
    // What older ones have instead.
    tail: Vec<RawTail>,
}

async fn newer(connection: &mut dyn Connection) -> Result<Newer> {
    let version = connection.query("SELECT current_setting('server_version_num')").await?;
    let version: u32 = version.into_iter().flatten().flatten().find_map(|text| text.parse().ok()).unwrap_or_default();
    let (bound, body) = match version {
        140_000.. => ("p.prosqlbody IS NOT NULL", "pg_get_function_sqlbody(p.oid)"),
        _ => ("false", "NULL"),
    };
    let functions = complete(query::FUNCTIONS).replace("{rows of}", query::ROWS_OF);
    let functions = answers(connection, &functions.replace("{bound}", bound).replace("{body}", body)).await?;
    let published = if version >= 150_000 { documents(connection, query::PUBLISHED).await? } else { Vec::new() };
    let generated = if version >= 170_000 { documents(connection, query::GENERATED).await? } else { Vec::new() };
    let tail = if version < 170_000 { documents(connection, query::TAIL).await? } else { Vec::new() };
    Ok(Newer { functions, published, generated, tail })
}

// What stands on a view makes every column that the view rests on impossible to convert.
fn obstacle(all: &[Dependent], name: String, reason: String) -> Obstacle {
    let by_name: BTreeMap<&str, &Dependent> = all.iter().map(|one| (one.name.as_str(), one)).collect();
    let mut columns = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![name.as_str()];
    while let Some(next) = open.pop() {
        if let Some(&dependent) = by_name.get(next).filter(|_| seen.insert(next)) {
            columns.extend(dependent.columns.iter().cloned());
            open.extend(dependent.requires.iter().map(String::as_str));
        }
    }
    Obstacle {
        rule: "RK-124".to_owned(),
        object: name,
        columns: columns.into_iter().collect(),
        meaning: format!(
            "This view must be taken away and put back around the change, and that is not possible: {reason}."
        ),
        remedy: "Remove what is named before the run and put it back afterwards.".to_owned(),
        options: Vec::new(),
        default: None,
    }
}

/// The columns of tables and the views that are used.
pub fn edges(uses: &[Use]) -> (Vec<ColumnName>, Vec<String>) {
    let mut columns = BTreeSet::new();
    let mut views = BTreeSet::new();
    for used in uses {
        if matches!(used.kind, 'v' | 'm') {
            views.insert(quote::label(&[&used.schema, &used.name]));
        } else if let Some(column) = &used.column {
            let table = TableName::new(&used.schema, &used.name);
            columns.insert(ColumnName { table, column: column.clone() });
        }
    }
    (columns.into_iter().collect(), views.into_iter().collect())
}
