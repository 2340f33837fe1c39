//! Questions about functions whose bodies the server has bound to columns: each statement of
//! a body, with a row of the arguments beside it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::blueprint::Scope;
use super::super::inspect::function_label;
use super::super::{catalogue, quote};
use super::frame;
use super::shadow::Question;
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{Dependent, DependentKind};

#[derive(Deserialize)]
struct Signature {
    number: String,
    schema: String,
    name: String,
    arguments: String,
    inputs: Vec<Argument>,
    // The types of the result's columns; none where the server alone knows them.
    outputs: Vec<String>,
}

#[derive(Deserialize)]
struct Argument {
    name: Option<String>,
    #[serde(rename = "type")]
    type_name: String,
}

const SIGNATURES: &str = "
SELECT jsonb_build_object('number', p.oid::text, 'schema', n.nspname, 'name', p.proname, 'arguments', pg_get_function_identity_arguments(p.oid),
  'inputs', coalesce((SELECT jsonb_agg(jsonb_build_object('name', nullif(p.proargnames[u.k], ''), 'type', format_type(u.type, NULL)) ORDER BY u.k)
     FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY u(type, k) WHERE coalesce(p.proargmodes[u.k], 'i') IN ('i', 'b', 'v')), '[]'),
  'outputs', CASE WHEN p.proallargtypes IS NOT NULL AND p.proargmodes && '{o,b,t}'::\"char\"[]
     THEN (SELECT jsonb_agg(format_type(u.type, NULL) ORDER BY u.k) FROM unnest(p.proallargtypes) WITH ORDINALITY u(type, k) WHERE p.proargmodes[u.k] IN ('o', 'b', 't'))
     WHEN y.typtype IN ('b', 'd', 'e', 'r', 'm') THEN jsonb_build_array(format_type(y.oid, NULL)) ELSE '[]' END)::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_type y ON y.oid = p.prorettype
WHERE p.prosqlbody IS NOT NULL AND {user}";

/// The questions about every such function that is replaced meanwhile.
pub async fn questions<'s>(connection: &mut dyn Connection, scope: &'s Scope<'_>) -> Result<Vec<Question<'s>>> {
    let functions: Vec<&Dependent> =
        scope.dependents().into_iter().filter(|one| one.kind == DependentKind::Function).collect();
    if functions.is_empty() {
        return Ok(Vec::new());
    }
    let places = frame::places(connection).await?;
    let signatures = signatures(connection).await?;
    let mut questions = Vec::new();
    for function in functions {
        let Some(signature) = signatures.get(&function.name) else { continue };
        let frame = frame::question(connection, scope, &places, function, "function").await?;
        let body = body(connection, &signature.number).await?;
        let parts = statements(&body);
        for (number, part) in (1..).zip(&parts) {
            let mut question = frame.clone();
            question.hidden |= !reads(part);
            question.parameters = parameters(signature);
            question.query.push_str(&wrapped(signature, part, number == parts.len()));
            questions.push(question);
        }
    }
    Ok(questions)
}

async fn signatures(connection: &mut dyn Connection) -> Result<BTreeMap<String, Signature>> {
    let rows = connection.query(&catalogue::complete(SIGNATURES)).await?;
    let mut found = BTreeMap::new();
    for text in rows.into_iter().flatten().flatten() {
        let one: Signature = catalogue::json(&text)?;
        found.insert(function_label(&one.schema, &one.name, &one.arguments), one);
    }
    Ok(found)
}

async fn body(connection: &mut dyn Connection, number: &str) -> Result<String> {
    let rows = connection.query(&format!("SELECT pg_get_function_sqlbody({number})")).await?;
    Ok(rows.into_iter().flatten().flatten().next().unwrap_or_default())
}

// The server writes one statement after the other, each with a semicolon at the end of a line.
fn statements(body: &str) -> Vec<String> {
    let body = body.trim();
    if let Some(expression) = body.strip_prefix("RETURN ") {
        return vec![format!("SELECT {expression}")];
    }
    let inner = body.strip_prefix("BEGIN ATOMIC").and_then(|rest| rest.strip_suffix("END")).unwrap_or(body);
    inner.split(";\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

// Shadows can be read and not written.
fn reads(statement: &str) -> bool {
    ["SELECT", "WITH", "VALUES", "("].iter().any(|word| statement.starts_with(word))
}

fn parameters(signature: &Signature) -> String {
    let types: Vec<&str> = signature.inputs.iter().map(|one| one.type_name.as_str()).collect();
    if types.is_empty() { String::new() } else { format!(" ({})", types.join(", ")) }
}

// Arguments are columns of a row that is called like the function, as the body calls them.
fn wrapped(signature: &Signature, statement: &str, last: bool) -> String {
    let named = signature.inputs.iter().filter_map(|one| Some((one.name.as_ref()?, &one.type_name)));
    let cells: Vec<String> =
        named.map(|(name, type_name)| format!("NULL::{type_name} AS {}", quote::ident(name))).collect();
    let row = format!("(SELECT {}) {}", cells.join(", "), quote::ident(&signature.name));
    let columns: Vec<String> = (1..=signature.outputs.len()).map(|number| format!("rk_{number}")).collect();
    if !last || columns.is_empty() {
        return format!("\nSELECT FROM {row}, LATERAL ({statement}) rk_body");
    }
    let cast = |(name, type_name): (&String, &String)| format!("rk_body.{name}::{type_name}");
    let casts: Vec<String> = columns.iter().zip(&signature.outputs).map(cast).collect();
    format!("\nSELECT {} FROM {row}, LATERAL ({statement}) rk_body({})", casts.join(", "), columns.join(", "))
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn bodies_fall_into_statements() {
        assert_eq!(statements("RETURN (1 + 2)"), ["SELECT (1 + 2)"]);
        assert_eq!(statements("BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND"), ["SELECT 1", "SELECT 2"]);
    }
}
