//! Functions whose body is text: the server does not know what they use, so nothing stops
//! the change and they fail when they are called.

use std::collections::BTreeSet;

use super::super::blueprint::Scope;
use super::super::catalogue::complete;
use super::{Found, each};
use crate::check::Severity;
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::ColumnName;

const FUNCTIONS: &str = "
SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', lower(p.prosrc),
       coalesce((SELECT string_agg(DISTINCT lower(c.relname), ' ') FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE g.tgfoid = p.oid AND NOT g.tgisinternal), '')
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE l.lanname NOT IN ('c', 'internal') AND p.prosrc <> '' AND {user} AND {own proc}
ORDER BY 1";

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    let names: Vec<(&ColumnName, Vec<String>)> = scope.columns.keys().map(|column| (column, parts(column))).collect();
    for row in connection.query(&complete(FUNCTIONS)).await? {
        let [Some(name), Some(body), Some(tables)] = row.as_slice() else {
            continue;
        };
        let mut words = words(body);
        let fired_on = tables.split(' ');
        words.extend(fired_on.filter(|table| !table.is_empty()));
        let named = names.iter().filter(|(_, parts)| parts.iter().all(|part| words.contains(part.as_str())));
        let used: Vec<&ColumnName> = named.map(|(column, _)| *column).collect();
        let used = narrow(used, &words);
        let places: Vec<String> =
            used.iter().map(|column| format!("{column} ({})", lines(body, &column.column))).collect();
        let meaning = format!(
            "The body of this function names {}, counted from where the body begins. It is text that the server does not follow: where it takes the key for a number it will fail when it is called.",
            places.join(", ")
        );
        let remedy = "Read it, and change parameters, variables and results that hold the key to uuid after the run.";
        found.extend(each(used, Severity::Warn, "RK-131", name, &meaning, remedy));
    }
    Ok(found)
}

// Where tables of the same name lie in several schemas and the body names one of these,
// it means that one.
fn narrow<'c>(used: Vec<&'c ColumnName>, words: &BTreeSet<&str>) -> Vec<&'c ColumnName> {
    let named = |column: &ColumnName| mentions(words, &column.table.schema);
    if used.iter().any(|column| named(column)) {
        used.into_iter().filter(|column| named(column)).collect()
    } else {
        used
    }
}

// The lines of the body that name the column, as PL/pgSQL counts them in its own messages.
fn lines(body: &str, column: &str) -> String {
    let numbered = (1..).zip(body.lines());
    let hits: Vec<String> = numbered
        .filter(|(_, line)| mentions(&words(line), column))
        .map(|(number, _): (usize, &str)| number.to_string())
        .collect();
    match hits.as_slice() {
        [] => "over several lines".to_owned(),
        [only] => format!("line {only}"),
        several => format!("lines {}", several.join(", ")),
    }
}

fn words(body: &str) -> BTreeSet<&str> {
    body.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).filter(|word| !word.is_empty()).collect()
}

// The words of a column's name and its table's.
fn parts(column: &ColumnName) -> Vec<String> {
    let both = format!("{} {}", column.table.name, column.column).to_lowercase();
    words(&both).into_iter().map(str::to_owned).collect()
}

// A name of several words is told by all of them.
fn mentions(words: &BTreeSet<&str>, name: &str) -> bool {
    let name = name.to_lowercase();
    self::words(&name).into_iter().all(|part| words.contains(part))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_are_counted_from_the_first_of_the_body() {
        let body = "\nBEGIN\n  SELECT id FROM t;\n  -- nothing\n  RETURN t.id;\nEND";
        assert_eq!(lines(body, "id"), "lines 3, 5");
        assert_eq!(lines("SELECT \"user id\"", "user id"), "line 1");
        assert_eq!(lines("\"user\nid\"", "user id"), "over several lines");
    }
}
