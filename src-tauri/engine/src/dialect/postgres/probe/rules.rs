//! Would rules still be valid? Their conditions and what they do are asked about like
//! everything else, with the shadows of their table in place of `old` and `new`.

use super::super::blueprint::Scope;
use super::super::quote;
use super::shadow::{Question, own_path};
use super::{Found, each};
use crate::check::Severity;
use crate::schema::{ColumnName, Dependent, DependentKind, Table};

/// The questions, and what is said of rules about which the server cannot be asked.
pub fn questions<'s>(scope: &'s Scope<'_>) -> (Vec<Question<'s>>, Vec<Found>) {
    let (mut asked, mut told) = (Vec::new(), Vec::new());
    for rule in scope.dependents().into_iter().filter(|one| one.kind == DependentKind::Rule) {
        let columns: Vec<&ColumnName> = rule
            .columns
            .iter()
            .filter_map(|column| scope.columns.get_key_value(column))
            .map(|(column, _)| column)
            .collect();
        if let Some((table, queries)) = queries(scope, rule, &columns) {
            asked.extend(queries.into_iter().map(|query| Question {
                object: rule.name.clone(),
                what: "rule",
                tables: vec![table],
                columns: columns.clone(),
                parameters: String::new(),
                query,
                path: own_path(table),
                hidden: false,
            }));
        } else {
            let meaning = "Whether this rule is still valid with UUIDs cannot be told in advance. If it is not, the run fails and takes everything back.";
            let remedy = "Look at what it does with the key, or rehearse the run on a copy.";
            told.extend(each(columns, Severity::Warn, "RK-137", &rule.name, meaning, remedy));
        }
    }
    (asked, told)
}

// Other tables that change, and the rule's own but for `old` and `new`, have no shadows there.
fn queries<'s>(scope: &'s Scope<'_>, rule: &Dependent, columns: &[&ColumnName]) -> Option<(&'s Table, Vec<String>)> {
    let table = scope.table(rule.on.as_ref()?)?;
    let (head, rest) = split(rule.create.first()?, "DO")?;
    let own = quote::table(&table.name);
    let condition = split(head, "WHERE").map(|(_, condition)| condition);
    let elsewhere = columns.iter().any(|column| column.table != table.name);
    if elsewhere || rest.contains(&own) || condition.is_some_and(|condition| condition.contains(&own)) {
        return None;
    }
    let name = quote::ident(&table.name.name);
    let rows = format!("{name} old, {name} new");
    let mut found: Vec<String> = condition.map(|text| format!("\nSELECT ({text}) FROM {rows}")).into_iter().collect();
    for action in actions(rest) {
        found.extend(statement(action, &rows)?);
    }
    Some((table, found))
}

fn actions(rest: &str) -> Vec<&str> {
    let rest = rest.trim();
    let rest = rest.strip_prefix("INSTEAD").unwrap_or(rest).trim().trim_end_matches(';').trim();
    match rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => pieces(inner).into_iter().map(str::trim).filter(|one| !one.is_empty()).collect(),
        None => vec![rest],
    }
}

// A statement over the rows of `old` and `new`: an empty list where it concerns none. None
// for what cannot be written so.
fn statement(action: &str, rows: &str) -> Option<Option<String>> {
    if action == "NOTHING" || action.starts_with("NOTIFY ") {
        return Some(None);
    }
    let among = |word: &str| {
        // Behind what it names itself, before its condition.
        let (head, tail) =
            split(action, "WHERE").map_or((action, String::new()), |(head, tail)| (head, format!(" WHERE {tail}")));
        let joined =
            if split(head, word).is_some() { format!("{head}, {rows}") } else { format!("{head} {word} {rows}") };
        format!("\n{joined}{tail}")
    };
    if split(action, "RETURNING").is_some() {
        return None;
    }
    if action.starts_with("DELETE FROM ") {
        return Some(Some(among("USING")));
    }
    if action.starts_with("UPDATE ") {
        return Some(Some(among("FROM")));
    }
    let (head, values) = split(action, "VALUES").filter(|_| action.starts_with("INSERT INTO "))?;
    let values = values.trim().strip_prefix('(')?.strip_suffix(')')?;
    (!values.contains("DEFAULT")).then(|| Some(format!("\n{head} SELECT {values} FROM {rows}")))
}

// Before and behind a word that stands for itself: neither in quotes nor in parentheses.
fn split<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let mut found = None;
    outside(text, |at| {
        let rest = text.get(at..).unwrap_or_default();
        let before = text.get(..at).is_some_and(|head| head.ends_with(char::is_whitespace));
        let after = rest.strip_prefix(word).is_some_and(|tail| tail.is_empty() || tail.starts_with([' ', '\n', '(']));
        if found.is_none() && before && after {
            found = Some(at);
        }
    });
    let at = found?;
    Some((text.get(..at)?, text.get(at + word.len()..)?))
}

fn pieces(text: &str) -> Vec<&str> {
    let mut ends = Vec::new();
    outside(text, |at| {
        if text.get(at..).is_some_and(|rest| rest.starts_with(';')) {
            ends.push(at);
        }
    });
    let mut from = 0;
    let mut found = Vec::new();
    for end in ends {
        found.extend(text.get(from..end));
        from = end + 1;
    }
    found.extend(text.get(from..));
    found
}

fn outside(text: &str, mut see: impl FnMut(usize)) {
    let (mut quote, mut depth) = (None, 0_i32);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, ')') => depth -= 1,
            (None, letter) => {
                if depth == 0 {
                    see(at);
                }
                depth += i32::from(letter == '(');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_come_apart() {
        let rule = "CREATE RULE \"a DO WHERE\" AS\n    ON UPDATE TO s.t\n   WHERE (old.x <> 'WHERE DO'::text) DO ( DELETE FROM s.u\n  WHERE (u.k = old.k);\n UPDATE s.u SET k = new.k;\n)";
        let (head, rest) = split(rule, "DO").expect("there is one");
        assert_eq!(split(head, "WHERE").expect("there is one").1, " (old.x <> 'WHERE DO'::text) ");
        let all: Vec<_> = actions(rest).into_iter().map(|one| statement(one, "t old, t new")).collect();
        assert_eq!(
            all,
            vec![
                Some(Some("\nDELETE FROM s.u\n   USING t old, t new WHERE  (u.k = old.k)".to_owned())),
                Some(Some("\nUPDATE s.u SET k = new.k FROM t old, t new".to_owned())),
            ]
        );
        let insert = "INSERT INTO s.u (k, n)  VALUES (new.k, 'VALUES (1)'::text)";
        assert_eq!(
            statement(insert, "t old, t new"),
            Some(Some("\nINSERT INTO s.u (k, n)   SELECT new.k, 'VALUES (1)'::text FROM t old, t new".to_owned()))
        );
        assert_eq!(statement("NOTIFY changed", ""), Some(None));
        assert_eq!(statement("SELECT 1", ""), None);
    }

    #[test]
    fn broken_text_does_not_panic() {
        for text in ["", "DO", " DO ", ")))", "a DO (", "é'\" DO", "; DO ;"] {
            let _ = split(text, "DO").map(|(_, rest)| actions(rest).len());
        }
    }
}
