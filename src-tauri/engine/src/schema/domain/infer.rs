//! References that nobody declared, guessed from name and type. A guess is never acted
//! upon without an answer, and the values have a say before anybody is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::confidence::Fit;
use super::graph::Graph;
use crate::schema::{Column, ColumnKind, ColumnName, Schema, Table};

/// A column that looks like a reference.
pub(super) struct Candidate {
    pub column: ColumnName,
    pub fit: Fit,
}

/// Columns that look like references, by the root they seem to reference.
pub(super) fn candidates(schema: &Schema, graph: &Graph, roots: &[ColumnName]) -> BTreeMap<ColumnName, Vec<Candidate>> {
    let names = Names::new(roots);
    let mut found: BTreeMap<ColumnName, Vec<Candidate>> = BTreeMap::new();
    for table in schema.tables.values() {
        // An inherited column goes with its ancestor's.
        for column in table
            .columns
            .iter()
            .filter(|column| matches!(column.kind, ColumnKind::Integer | ColumnKind::Text) && !column.inherited)
        {
            let name = table.column_name(&column.name);
            let of_many = type_beside(table, &column.name).is_some();
            if graph.is_child(&name) || is_own_key(table, &column.name) || of_many {
                continue;
            }
            if let Some((root, fit)) = names
                .root_of(&name, column.nullable)
                .filter(|(root, _)| **root != name && same_kind(schema, root, column))
            {
                found.entry(root.clone()).or_default().push(Candidate { column: name, fit });
            }
        }
    }
    found
}

// Numbers do not refer to texts, nor texts to numbers.
fn same_kind(schema: &Schema, root: &ColumnName, column: &Column) -> bool {
    let key = schema.tables.get(&root.table).and_then(|table| table.column(&root.column));
    key.is_some_and(|key| (key.kind == ColumnKind::Text) == (column.kind == ColumnKind::Text))
}

// A table's own single key is a root or a shared key, never a guess.
fn is_own_key(table: &Table, column: &str) -> bool {
    table.single_key() == Some(column)
}

/// True where a name is what people call a reference to this key, or several: `user_id`,
/// `userIds`.
pub fn is_named_for(root: &ColumnName, name: &str) -> bool {
    let whole = words(name).concat();
    let names = exact_names(root);
    names.contains(&whole) || whole.strip_suffix('s').is_some_and(|one| names.contains(one))
}

/// True where a class of that name, as frameworks write it, stands for the key's table:
/// `Post`, `Blog::Post`, `blog.post`.
pub fn is_class_of(root: &ColumnName, class: &str) -> bool {
    let table = words(&root.table.name).concat();
    let whole = words(class).concat();
    let last = class.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
    let last = words(last).concat();
    [whole, last].iter().any(|name| !name.is_empty() && (*name == table || *name == singular(&table)))
}

/// The column beside this one that says what its ids are ids of: `commentable_type` beside
/// `commentable_id`, Django's `content_type_id` beside `object_id`.
pub fn type_beside<'t>(table: &'t Table, column: &str) -> Option<&'t Column> {
    let words = words(column);
    let stem = words.strip_suffix(&["id".to_owned()])?.concat();
    let wanted = format!("{stem}type");
    let fits = |other: &&Column| match other.kind {
        ColumnKind::Text => self::words(&other.name).concat() == wanted,
        ColumnKind::Integer => stem == "object" && other.name == "content_type_id",
        ColumnKind::Numeric | ColumnKind::Uuid | ColumnKind::Other => false,
    };
    table.columns.iter().find(fits).filter(|_| !stem.is_empty())
}

/// The names that people give to references, by schema.
struct Names<'r> {
    exact: BTreeMap<(String, String), BTreeSet<&'r ColumnName>>,
    short: BTreeMap<(String, String), BTreeSet<&'r ColumnName>>,
    by_table: BTreeMap<(String, String), &'r ColumnName>,
    people: BTreeMap<String, BTreeSet<&'r ColumnName>>,
    anywhere: BTreeMap<String, BTreeSet<&'r ColumnName>>,
}

/// Tables of people, the likeliest first.
const PEOPLE: &[&str] = &["user", "account", "person", "member"];
/// Columns that name a person by what they are to the row.
const ROLES: &[&str] = &[
    "owner",
    "author",
    "creator",
    "assignee",
    "reviewer",
    "approver",
    "editor",
    "sender",
    "recipient",
    "receiver",
    "manager",
    "updater",
    "actor",
];

impl<'r> Names<'r> {
    fn new(roots: &'r [ColumnName]) -> Self {
        let mut names = Names {
            exact: BTreeMap::new(),
            short: BTreeMap::new(),
            by_table: BTreeMap::new(),
            people: BTreeMap::new(),
            anywhere: BTreeMap::new(),
        };
        for root in roots {
            let schema = &root.table.schema;
            for name in exact_names(root) {
                names.exact.entry((schema.clone(), name.clone())).or_default().insert(root);
                names.anywhere.entry(name).or_default().insert(root);
            }
            let words = words(&root.table.name);
            let last = words.last().map(|word| singular(word)).unwrap_or_default();
            if words.len() > 1 {
                names.short.entry((schema.clone(), format!("{last}id"))).or_default().insert(root);
            }
            names.by_table.insert((schema.clone(), root.table.name.clone()), root);
            if PEOPLE.iter().any(|noun| last.ends_with(noun)) {
                names.people.entry(schema.clone()).or_default().insert(root);
            }
        }
        names
    }

    // Two tables that the name fits equally well are no ground for a guess.
    fn root_of(&self, column: &ColumnName, nullable: bool) -> Option<(&'r ColumnName, Fit)> {
        let schema = &column.table.schema;
        let words = words(&column.column);
        let whole = words.concat();
        let at = |map: &BTreeMap<(String, String), BTreeSet<&'r ColumnName>>, name: &str| {
            map.get(&(schema.clone(), name.to_owned())).cloned()
        };
        if let Some(found) = at(&self.exact, &whole) {
            let root = only(&found)?;
            // A table seldom refers to itself by its own name, and then some rows refer to none.
            let own = root.table == column.table;
            return (!own || nullable).then_some((root, if own { Fit::Weak } else { Fit::Strong }));
        }
        if let Some(found) = at(&self.short, &whole) {
            return Some((only(&found)?, Fit::Fair));
        }
        if matches!(whole.as_str(), "parentid" | "parent") {
            let own = self.by_table.get(&(schema.clone(), column.table.name.clone()));
            return Some((own.copied()?, if nullable { Fit::Fair } else { Fit::Weak }));
        }
        // `home_address_id`: what stands before the noun says which one it is to the row.
        for from in 1..words.len().saturating_sub(1) {
            let rest = words.get(from..).unwrap_or_default().concat();
            if let Some(found) = at(&self.exact, &rest) {
                return Some((only(&found)?, Fit::Fair));
            }
        }
        if is_person(&words) {
            return Some((self.person(schema)?, Fit::Weak));
        }
        Some((only(self.anywhere.get(&whole)?)?, Fit::Fair))
    }

    fn person(&self, schema: &str) -> Option<&'r ColumnName> {
        let found = self.people.get(schema)?;
        PEOPLE.iter().find_map(|noun| {
            let of =
                |root: &&&ColumnName| words(&root.table.name).last().is_some_and(|last| singular(last).ends_with(noun));
            let fit: BTreeSet<&ColumnName> = found.iter().filter(of).copied().collect();
            only(&fit)
        })
    }
}

fn only<'r>(found: &BTreeSet<&'r ColumnName>) -> Option<&'r ColumnName> {
    found.first().copied().filter(|_| found.len() == 1)
}

// `created_by`, `createdById`, `owner_id`.
fn is_person(words: &[String]) -> bool {
    let without_id = words.strip_suffix(&["id".to_owned()]).unwrap_or(words);
    let by = without_id.len() > 1 && without_id.last().is_some_and(|word| word == "by");
    let role = words.len() > without_id.len() && without_id.last().is_some_and(|word| ROLES.contains(&word.as_str()));
    by || role
}

/// Column names that people give to a reference to this key, in lower case and without
/// what stands between the words.
fn exact_names(root: &ColumnName) -> BTreeSet<String> {
    let words = words(&root.table.name);
    let table = words.concat();
    let key = self::words(&root.column).concat();
    let mut names = BTreeSet::new();
    for noun in [table.clone(), singular(&table)] {
        names.insert(format!("{noun}id"));
        names.insert(format!("{noun}{key}"));
    }
    // `id` alone says nothing, `customer_id` does.
    if key != "id" && key.ends_with("id") {
        names.insert(key);
    }
    names
}

// The words of a name, in lower case: `order_items`, `orderItems` and `OrderItems` have two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    let mut lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open || (lower && letter.is_uppercase()) {
            words.push(String::new());
            open = true;
        }
        lower = !letter.is_uppercase();
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

fn singular(noun: &str) -> String {
    if noun == "people" {
        return "person".to_owned();
    }
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if noun.ends_with(ending) {
            return noun[..noun.len() - 2].to_owned();
        }
    }
    match noun.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem.to_owned(),
        _ => noun.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(tables: &[&str], table: &str, column: &str) -> Option<(String, Fit)> {
        let roots: Vec<ColumnName> = tables.iter().map(|name| ColumnName::new("public", *name, "id")).collect();
        let found = Names::new(&roots).root_of(&ColumnName::new("public", table, column), true);
        found.map(|(root, fit)| (root.table.name.clone(), fit))
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        let tables = ["users", "order_items", "blog_posts", "categories"];
        for (column, table, fit) in [
            ("user_id", "users", Fit::Strong),
            ("userId", "users", Fit::Strong),
            ("USERID", "users", Fit::Strong),
            ("orderItemId", "order_items", Fit::Strong),
            ("category_id", "categories", Fit::Strong),
            ("post_id", "blog_posts", Fit::Fair),
            ("home_user_id", "users", Fit::Fair),
            ("created_by", "users", Fit::Weak),
            ("updatedById", "users", Fit::Weak),
            ("owner_id", "users", Fit::Weak),
        ] {
            assert_eq!(guess(&tables, "notes", column), Some((table.to_owned(), fit)), "{column}");
        }
        for column in ["user", "amount", "id", "sorted", "standby", "user_count"] {
            assert_eq!(guess(&tables, "notes", column), None, "{column}");
        }
    }

    #[test]
    fn a_table_refers_to_itself_by_a_word_for_it() {
        assert_eq!(guess(&["nodes"], "nodes", "parent_id"), Some(("nodes".into(), Fit::Fair)));
        assert_eq!(guess(&["reactions"], "reactions", "reaction_id"), Some(("reactions".into(), Fit::Weak)));
        let root = [ColumnName::new("public", "reactions", "id")];
        let column = ColumnName::new("public", "reactions", "reaction_id");
        assert!(Names::new(&root).root_of(&column, false).is_none());
    }
}
