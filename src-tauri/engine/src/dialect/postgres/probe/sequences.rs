//! Sequences that nothing draws from once their keys are UUIDs: they stay, unless somebody
//! wants them away or closed.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::blueprint::{CLOSE, DROP, KEEP, SEQUENCES as RULE, Scope, can_close, can_give, idle, sequence_key};
use super::super::catalogue::{complete, json};
use super::{Found, firsts};
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{ColumnName, Generator};

// Every sequence, and whether more stands on it than defaults that only draw from it: a part of
// another default, one of a domain, a view, a function whose body the server has read.
const SEQUENCES: &str = "
SELECT jsonb_build_object('name', format('\"%s\".\"%s\"', replace(n.nspname, '\"', '\"\"'), replace(c.relname, '\"', '\"\"')),
  'owner', pg_get_userbyid(c.relowner), 'acl', to_jsonb(coalesce(c.relacl, acldefault('s', c.relowner))::text[]),
  'used', EXISTS (SELECT FROM pg_depend d LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype <> 'i'
      AND (f.oid IS NULL OR pg_get_expr(f.adbin, f.adrelid) !~ '^nextval\\(''[^'']*''::regclass\\)$')))::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND {user} AND {own class}";

// Bodies that the server has not read may name one.
const BODIES: &str = "
SELECT p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {user} AND {own proc} AND p.prosrc ~* '(next|curr|set)val'";

#[derive(Deserialize)]
struct Raw {
    name: String,
    owner: String,
    acl: Vec<String>,
    used: bool,
}

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut idle = idle(scope.schema, scope.conversions, &scope.columns);
    // The default of a domain stays.
    idle.retain(|_, column| scope.column(column).is_some_and(|found| found.default.is_some()));
    if idle.is_empty() {
        return Ok(Vec::new());
    }
    let rows = firsts(connection.query(&complete(SEQUENCES)).await?);
    let all: Vec<Raw> = rows.iter().map(|row| json(row)).collect::<Result<_>>()?;
    let free: BTreeMap<&str, &Raw> = all.iter().filter(|one| !one.used).map(|one| (one.name.as_str(), one)).collect();
    let mut texts = firsts(connection.query(&complete(BODIES)).await?).join("\n");
    texts.push_str(&other_defaults(scope));
    let found = idle.into_iter().filter(|(sequence, _)| !named(&texts, sequence));
    Ok(found.filter_map(|(sequence, column)| choice(free.get(sequence)?, column)).collect())
}

// Defaults that draw from a sequence whose name they hold as a text.
fn other_defaults(scope: &Scope<'_>) -> String {
    let columns = scope.schema.tables.values().flat_map(|table| &table.columns);
    let others = columns.filter(|column| column.generator == Generator::None);
    let drawing = others.filter_map(|column| column.default.as_deref()).filter(|default| default.contains("nextval("));
    drawing.collect::<Vec<_>>().join("\n")
}

// The name without its schema, however it is quoted in a text.
fn named(texts: &str, sequence: &str) -> bool {
    let name = sequence.rsplit_once(".\"").map_or(sequence, |(_, name)| name.trim_end_matches('"'));
    texts.contains(name)
}

fn choice(sequence: &Raw, column: ColumnName) -> Option<Found> {
    let mut options = vec![AnswerOption::new(KEEP, "It stays as it is; nothing draws from it.")];
    if can_give(&sequence.acl) {
        options.push(AnswerOption::new(
            DROP,
            "It goes; code that draws from it gets an error. The undo makes it again where it stood, with its owner, rights and comment.",
        ));
    }
    if can_close(&sequence.acl, &sequence.owner) {
        options.push(AnswerOption::new(
            CLOSE,
            "It can be read, but the rights to draw from it and to set it are taken from everybody, its owner included: code that does gets an error. The undo gives them back.",
        ));
    }
    let object = sequence_key(&sequence.name)?;
    let meaning = format!(
        "The sequence has numbered {column}, whose default makes UUIDs from then on. Nothing else draws from it."
    );
    let remedy = format!("It stays; answer '{RULE} {object}' otherwise where nobody should draw from it any more.");
    (options.len() > 1).then(|| {
        let finding = Finding::new(Severity::Info, RULE, object, meaning, remedy);
        (column, finding.asking(options, Some(KEEP)))
    })
}
