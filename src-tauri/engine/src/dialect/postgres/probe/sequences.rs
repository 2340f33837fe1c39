//! Sequences that nothing draws from once their keys are UUIDs: they stay, unless somebody
//! wants them away or closed.

use std::collections::BTreeSet;

use super::super::blueprint::{CLOSE, DROP, KEEP, SEQUENCES, Scope, can_close, can_go, idle, sequence_key};
use super::super::catalogue::complete;
use super::{Found, firsts};
use crate::check::{AnswerOption, Finding, Severity};
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::{ColumnName, Generator};

// Sequences on which more stands than defaults that only draw from them: a part of another
// default, one of a domain, a view, a function whose body the server has read.
const USED: &str = "
SELECT DISTINCT format('\"%s\".\"%s\"', replace(n.nspname, '\"', '\"\"'), replace(c.relname, '\"', '\"\"'))
FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid AND c.relkind = 'S' JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
WHERE d.refclassid = 'pg_class'::regclass AND d.deptype <> 'i' AND {user}
  AND (f.oid IS NULL OR pg_get_expr(f.adbin, f.adrelid) !~ '^nextval\\(''[^'']*''::regclass\\)$')";

// Bodies that the server has not read may name one.
const BODIES: &str = "
SELECT p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {user} AND {own proc} AND p.prosrc ~* '(next|curr|set)val'";

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut idle = idle(scope.schema, scope.conversions, &scope.columns);
    // The default of a domain stays.
    idle.retain(|_, column| scope.column(column).is_some_and(|found| found.default.is_some()));
    if idle.is_empty() {
        return Ok(Vec::new());
    }
    let used: BTreeSet<String> = firsts(connection.query(&complete(USED)).await?).into_iter().collect();
    let mut texts = firsts(connection.query(&complete(BODIES)).await?).join("\n");
    texts.push_str(&other_defaults(scope));
    let free = idle.into_iter().filter(|(sequence, _)| !used.contains(*sequence) && !named(&texts, sequence));
    Ok(free.filter_map(|(sequence, column)| choice(scope, sequence, column)).collect())
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

fn choice(scope: &Scope<'_>, sequence: &str, column: ColumnName) -> Option<Found> {
    let mut options = vec![AnswerOption::new(KEEP, "It stays as it is; nothing draws from it.")];
    if can_go(scope, sequence) {
        options.push(AnswerOption::new(
            DROP,
            "It goes; code that draws from it gets an error. The undo makes it again where it stood, with its owner, rights and comment.",
        ));
    }
    if can_close(scope, sequence) {
        options.push(AnswerOption::new(
            CLOSE,
            "It can be read, but the rights to draw from it and to set it are taken from everybody, its owner included: code that does gets an error. The undo gives them back.",
        ));
    }
    let object = sequence_key(sequence)?;
    let meaning = format!(
        "The sequence has numbered {column}, whose default makes UUIDs from then on. Nothing else draws from it."
    );
    let remedy =
        format!("It stays; answer '{SEQUENCES} {object}' otherwise where nobody should draw from it any more.");
    (options.len() > 1).then(|| {
        let finding = Finding::new(Severity::Info, SEQUENCES, object, meaning, remedy);
        (column, finding.asking(options, Some(KEEP)))
    })
}
