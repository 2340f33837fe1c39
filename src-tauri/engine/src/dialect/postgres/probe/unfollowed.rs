//! Ids in places that no reference can be declared for: arrays, a type and an id beside
//! each other, JSON. They are left as they are, and named, since nothing would fail there.

use std::collections::{BTreeMap, BTreeSet};

use super::super::blueprint::Scope;
use super::super::catalogue::complete;
use super::super::quote;
use super::{Found, each};
use crate::check::Severity;
use crate::dialect::{Connection, Row};
use crate::error::{Error, Result};
use crate::schema::{ColumnName, TableName};

/// Rows that are looked at in each table.
const SAMPLE: u32 = 1_000;

// Arrays of whole numbers, JSON, and columns that say of what kind the id beside them is.
const CANDIDATES: &str = "
SELECT n.nspname::text, c.relname::text, a.attname::text,
       CASE WHEN a.atttypid IN ('int2[]'::regtype, 'int4[]'::regtype, 'int8[]'::regtype) THEN 'array'
            WHEN a.atttypid IN ('json'::regtype, 'jsonb'::regtype) THEN 'json' ELSE 'kind' END,
       coalesce(b.attname::text, '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attribute b ON b.attrelid = c.oid AND NOT b.attisdropped AND b.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'text'::regtype, 'varchar'::regtype)
  AND (b.attname = regexp_replace(a.attname, '_type$', '_id') AND a.attname ~ '._type$' OR a.attname = 'content_type_id' AND b.attname = 'object_id')
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND {user} AND {own class}
  AND (b.attnum IS NOT NULL OR a.atttypid IN ('int2[]'::regtype, 'int4[]'::regtype, 'int8[]'::regtype, 'json'::regtype, 'jsonb'::regtype))
ORDER BY 1, 2, a.attnum";

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let roots = nouns(scope);
    let mut found = Vec::new();
    for row in connection.query(&complete(CANDIDATES)).await? {
        let [Some(schema), Some(table), Some(column), Some(kind), Some(beside)] = row.as_slice() else {
            continue;
        };
        let table = TableName::new(schema, table);
        let name = ColumnName { table: table.clone(), column: column.clone() };
        found.extend(match kind.as_str() {
            "array" => arrays(&roots, &name),
            "json" => json(&roots, &name, sample(connection, &keys(&name)).await?),
            _ => {
                let id = ColumnName { table, column: beside.clone() };
                kinds(&roots, &name, &id, sample(connection, &types(&name)).await?)
            }
        });
    }
    Ok(found)
}

// What a key's table is called in names of columns, in lower case and without underscores.
fn nouns<'s>(scope: &'s Scope<'_>) -> BTreeMap<String, &'s ColumnName> {
    let mut nouns = BTreeMap::new();
    for conversion in scope.conversions {
        let table = flat(&conversion.root.table.name);
        if let Some(stem) = table.strip_suffix("ies") {
            nouns.insert(format!("{stem}y"), &conversion.root);
        }
        nouns.insert(table.strip_suffix('s').unwrap_or(&table).to_owned(), &conversion.root);
        nouns.insert(table, &conversion.root);
    }
    nouns
}

fn flat(name: &str) -> String {
    name.to_lowercase().replace('_', "")
}

fn noun_of<'s>(roots: &BTreeMap<String, &'s ColumnName>, name: &str) -> Option<&'s ColumnName> {
    let name = flat(name);
    let stem = name.strip_suffix("ids").or_else(|| name.strip_suffix("id"))?;
    roots.get(stem).copied()
}

fn arrays(roots: &BTreeMap<String, &ColumnName>, column: &ColumnName) -> Vec<Found> {
    let Some(root) = noun_of(roots, &column.column) else { return Vec::new() };
    let meaning = format!(
        "By its name this array holds ids of {root}. No reference can be declared for an array: its numbers stay, and lead nowhere afterwards."
    );
    let remedy = "If it does, let the application translate it through the map after the run (rekey map), or make a table of it first.";
    each([root], Severity::Warn, "RK-146", &column.to_string(), &meaning, remedy)
}

fn kinds(
    roots: &BTreeMap<String, &ColumnName>,
    kind: &ColumnName,
    id: &ColumnName,
    types: BTreeSet<String>,
) -> Vec<Found> {
    let mut named: BTreeSet<&ColumnName> = types.iter().filter_map(|word| roots.get(&flat(word)).copied()).collect();
    if kind.column == "content_type_id" {
        named.extend(roots.values());
    }
    let list: Vec<String> = named.iter().map(ToString::to_string).collect();
    let meaning = format!(
        "Together with {} this column holds ids of several tables, of {} among them. It stays as it is, and those ids lead nowhere afterwards.",
        kind.column,
        list.join(", ")
    );
    let remedy = "Let the application translate it through the maps after the run (rekey map), or leave those keys as they are (--domain names the others).";
    each(named, Severity::Warn, "RK-147", &id.to_string(), &meaning, remedy)
}

fn json(roots: &BTreeMap<String, &ColumnName>, column: &ColumnName, keys: BTreeSet<String>) -> Vec<Found> {
    let mut found = Vec::new();
    for (key, root) in keys.iter().filter_map(|key| Some((key, noun_of(roots, key)?))) {
        let meaning = format!(
            "The documents in this column have '{key}', which by its name holds ids of {root}. What stands inside documents is not changed."
        );
        let remedy = "If it does, let the application translate it through the map after the run (rekey map).";
        found.extend(each([root], Severity::Warn, "RK-148", &column.to_string(), &meaning, remedy));
    }
    found
}

fn keys(column: &ColumnName) -> String {
    format!(
        "SELECT DISTINCT m.key[1] FROM (SELECT {}::text AS document FROM {} LIMIT {SAMPLE}) s, regexp_matches(s.document, '\"([A-Za-z_]{{3,63}})\" *:', 'g') m (key)",
        quote::ident(&column.column),
        quote::table(&column.table)
    )
}

fn types(column: &ColumnName) -> String {
    format!(
        "SELECT DISTINCT s.kind FROM (SELECT {}::text AS kind FROM {} LIMIT {SAMPLE}) s",
        quote::ident(&column.column),
        quote::table(&column.table)
    )
}

// Who may not read the rows learns nothing from them.
async fn sample(connection: &mut dyn Connection, sql: &str) -> Result<BTreeSet<String>> {
    match connection.query(sql).await {
        Ok(rows) => Ok(rows.into_iter().filter_map(|row: Row| row.into_iter().next().flatten()).collect()),
        Err(Error::Rights { .. }) => Ok(BTreeSet::new()),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_its_table_in_every_style() {
        let user = ColumnName::new("public", "blog_users", "id");
        let roots = BTreeMap::from([("bloguser".to_owned(), &user), ("blogusers".to_owned(), &user)]);
        for name in ["blog_user_id", "blogUserId", "blog_user_ids", "BLOG_USERS_ID"] {
            assert_eq!(noun_of(&roots, name), Some(&user), "{name}");
        }
        for name in ["blog_user", "user_id", "id", "ids", "grid"] {
            assert_eq!(noun_of(&roots, name), None, "{name}");
        }
    }
}
