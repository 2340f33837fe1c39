//! Questions about row security policies: their expressions on a row of their table.

use std::collections::BTreeMap;

use super::super::blueprint::Scope;
use super::super::catalogue::complete;
use super::super::quote;
use super::frame;
use super::shadow::Question;
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::DependentKind;

/// One question for every policy that is taken away.
pub async fn questions<'s>(connection: &mut dyn Connection, scope: &'s Scope<'_>) -> Result<Vec<Question<'s>>> {
    let policies = scope.dependents().into_iter().filter(|one| one.kind == DependentKind::Policy);
    let policies: Vec<_> = policies.collect();
    if policies.is_empty() {
        return Ok(Vec::new());
    }
    let (places, numbers) = (frame::places(connection).await?, numbers(connection).await?);
    let mut questions = Vec::new();
    for policy in policies {
        let (Some(number), Some(table)) = (numbers.get(&policy.name), &policy.on) else { continue };
        let mut question = frame::question(connection, scope, &places, policy, "policy").await?;
        // As it reads here: names without a schema, which the shadows cover.
        let sql = format!(
            "SELECT pg_get_expr(y.polqual, y.polrelid), pg_get_expr(y.polwithcheck, y.polrelid) FROM pg_policy y WHERE y.oid = {number}"
        );
        let expressions = connection.query(&sql).await?.into_iter().flatten().flatten();
        let conditions: Vec<String> = expressions.map(|expression| format!("({expression})")).collect();
        let name = quote::ident(&table.name);
        question.query.push_str(&format!("\nSELECT FROM {name} WHERE {}", conditions.join(" AND ")));
        questions.push(question);
    }
    Ok(questions)
}

// The number of each policy by its name.
async fn numbers(connection: &mut dyn Connection) -> Result<BTreeMap<String, String>> {
    let sql = complete(
        "SELECT y.oid::text, y.polname, n.nspname, c.relname FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {user}",
    );
    let rows = connection.query(&sql).await?;
    Ok(rows
        .iter()
        .filter_map(|row| match row.as_slice() {
            [Some(number), Some(name), Some(schema), Some(table)] => {
                Some((quote::on("policy", name, schema, table), number.clone()))
            }
            _ => None,
        })
        .collect())
}
