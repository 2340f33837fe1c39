//! From which column a view's column comes, where it is a plain reference: the server keeps
//! that in the view's stored query, and from it follows which type the column will have.

use std::collections::BTreeMap;

use super::super::quote;
use super::complete;
use crate::dialect::Connection;
use crate::error::Result;
use crate::schema::Catalogue;

/// The attribute that names the column a view's column comes from.
pub const ORIGIN: &str = "origin";

const QUERIES: &str = "
SELECT n.nspname, c.relname, r.ev_action::text
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename = '_RETURN' AND c.relkind IN ('v', 'm') AND {user} AND {own class}";

const COLUMNS: &str = "
SELECT c.oid::text, a.attnum::text, n.nspname, c.relname, a.attname
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {user}";

/// Adds the origin to every view's column that has one.
pub async fn add(connection: &mut dyn Connection, catalogue: &mut Catalogue) -> Result<()> {
    let views = connection.query(&complete(QUERIES)).await?;
    if views.is_empty() {
        return Ok(());
    }
    let mut keys = BTreeMap::new();
    let mut positions = BTreeMap::new();
    for row in connection.query(&complete(COLUMNS)).await? {
        let [Some(table), Some(number), Some(schema), Some(name), Some(column)] = row.as_slice() else {
            continue;
        };
        let key = quote::key("column", &[schema, name, column]);
        positions.insert((schema.clone(), name.clone(), number.clone()), key.clone());
        keys.insert((table.clone(), number.clone()), key);
    }
    for row in &views {
        let [Some(schema), Some(name), Some(tree)] = row.as_slice() else {
            continue;
        };
        for target in targets(tree) {
            let key = positions.get(&(schema.clone(), name.clone(), target.number));
            let origin = keys.get(&(target.table, target.column));
            if let (Some(object), Some(origin)) = (key.and_then(|key| catalogue.objects.get_mut(key)), origin) {
                object.insert(ORIGIN.to_owned(), origin.clone());
            }
        }
    }
    Ok(())
}

/// An entry of the target list of a stored query.
#[derive(Debug, Default, PartialEq, Eq)]
struct Target {
    number: String,
    table: String,
    column: String,
}

// The stored query is text in nested brackets, words in between, a backslash before every
// bracket or blank that is part of a word. The outermost query's fields are two deep, its
// target list three, the entries' fields four.
fn targets(tree: &str) -> Vec<Target> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut listed = false;
    let mut field = String::new();
    let mut target = Target::default();
    for token in Tokens(tree) {
        match token {
            "(" | "{" => depth += 1,
            ")" | "}" => {
                depth -= 1;
                if listed && depth == 3 {
                    found.push(std::mem::take(&mut target));
                }
                if listed && depth == 2 {
                    break;
                }
            }
            ":targetList" if depth == 2 => listed = true,
            word if listed && depth == 4 => {
                match field.as_str() {
                    ":resno" => target.number = word.to_owned(),
                    ":resorigtbl" => target.table = word.to_owned(),
                    ":resorigcol" => target.column = word.to_owned(),
                    _ => {}
                }
                field = word.to_owned();
            }
            _ => {}
        }
    }
    found
}

struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.0 = self.0.trim_start();
        let bytes = self.0.as_bytes();
        let mut end = 0;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'\\' => end += 2,
                b'(' | b')' | b'{' | b'}' | b' ' | b'\n' | b'\t' => break,
                _ => end += 1,
            }
        }
        // A backslash may stand before a character of several bytes.
        let mut end = end.max(1).min(bytes.len());
        while !self.0.is_char_boundary(end) {
            end += 1;
        }
        let (token, rest) = self.0.split_at(end);
        self.0 = rest;
        (!token.is_empty()).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_outer_list_only() {
        let tree = r"({QUERY :commandType 1 :rtable ({RTE :subquery {QUERY :targetList ({TARGETENTRY :resno 1 :resorigtbl 7 :resorigcol 7}) :x 1}})
            :targetList ({TARGETENTRY :expr {VAR :varno 1 :resno 9} :resno 1 :resname a\ \{b :ressortgroupref 0 :resorigtbl 16386 :resorigcol 2 :resjunk false}
            {TARGETENTRY :expr <> :resno 2 :resname é\} :resorigtbl 0 :resorigcol 0 :resjunk false}) :override 0})";
        let target = |number: &str, table: &str, column: &str| Target {
            number: number.into(),
            table: table.into(),
            column: column.into(),
        };
        assert_eq!(targets(tree), vec![target("1", "16386", "2"), target("2", "0", "0")]);
    }

    #[test]
    fn broken_text_does_not_panic() {
        for tree in ["", "(", "({QUERY :targetList (", "\\", "é\\", ")))"] {
            assert_eq!(targets(tree), Vec::new());
        }
    }
}
