//! Ids in arrays and beside the name of a class, as the tests understand them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::oracle::{Map, Members, column_id};
use super::rows::{ColumnId, TableId, key_text};

/// What a column holds whose ids are not one of one key in each row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scattered {
    /// The column's type after the conversion.
    pub type_name: String,
    /// The column that names the class; none for arrays.
    pub by: Option<String>,
    /// The root by class; arrays have but one, without a name.
    pub of: BTreeMap<String, ColumnId>,
}

/// All such columns.
pub type AllScattered = BTreeMap<ColumnId, Scattered>;

/// Reads them out of a plan or of the answer to `plan --json`.
pub fn scattered(plan: &Value) -> AllScattered {
    let mut all = AllScattered::new();
    for conversion in plan["conversions"].as_array().expect("a plan has conversions") {
        let root = column_id(&conversion["root"]);
        for member in conversion["members"].as_array().expect("a conversion has members") {
            let shape = &member["shape"];
            let classes: Vec<String> = match shape["kind"].as_str() {
                None => continue,
                Some("array") => vec![String::new()],
                Some("typed") => serde_json::from_value(shape["values"].clone()).expect("values of a class"),
                Some(other) => panic!("a shape that no test knows: {other}"),
            };
            let one = all.entry(column_id(member)).or_default();
            one.type_name = member["to_type"].as_str().expect("a type").to_owned();
            one.by = shape["by"].as_str().map(str::to_owned);
            for class in classes {
                assert_eq!(one.of.insert(class.clone(), root.clone()), None, "'{class}' stands for two keys");
            }
        }
    }
    all
}

/// One of them with the places that matter in its table's rows.
pub struct Read<'a> {
    one: &'a Scattered,
    class: Option<(usize, Option<&'a ColumnId>)>,
}

impl<'a> Read<'a> {
    /// Finds them for a column of a table.
    pub fn of(
        (members, all): (&'a Members, &'a AllScattered),
        parents: &BTreeMap<TableId, TableId>,
        table: &TableId,
        columns: &[String],
        column: &str,
    ) -> Option<Read<'a>> {
        let id = |name: &str| (table.0.clone(), table.1.clone(), name.to_owned());
        let Some(one) = all.get(&id(column)) else {
            return Read::of((members, all), parents, parents.get(table)?, columns, column);
        };
        let class = one.by.as_ref().map(|by| {
            let at = columns.iter().position(|name| name == by).expect("the class stands in the table");
            (at, members.get(&id(by)))
        });
        Some(Read { one, class })
    }

    /// The root whose id the row holds; none where nothing says it.
    pub fn root(&self, row: &[String], map: Option<&Map>) -> Option<&'a ColumnId> {
        let Some((at, key)) = self.class else { return self.one.of.get("") };
        let class = key_text(&row[at])?;
        match (key, map) {
            (Some(key), Some(map)) => self.one.of.get(&map.old(key, class)?),
            _ => self.one.of.get(class),
        }
    }

    /// The ids in a value, in their order.
    pub fn ids(&self, literal: &str) -> Vec<String> {
        let Some(text) = key_text(literal) else { return Vec::new() };
        if self.class.is_some() {
            return vec![text.to_owned()];
        }
        parts(text).into_iter().filter(|part| is_id(part)).collect()
    }

    /// The value with each new id by the old one that the map has for it.
    pub fn translated(&self, row: &[String], literal: &str, map: &Map) -> String {
        let (Some(root), Some(text)) = (self.root(row, Some(map)), key_text(literal)) else {
            return literal.to_owned();
        };
        let old = |id: &str| map.old(root, id).unwrap_or_else(|| id.to_owned());
        if self.class.is_some() {
            return old(text);
        }
        parts(text).iter().map(|part| if is_id(part) { old(part) } else { part.clone() }).collect()
    }
}

// An array's text in pieces: what stands before `=` is its bounds.
fn parts(text: &str) -> Vec<String> {
    let (bounds, body) = text.split_once('=').map_or(("", text), |(bounds, body)| (bounds, body));
    let mut parts: Vec<String> = if bounds.is_empty() { Vec::new() } else { vec![format!("{bounds}=")] };
    let mut open = false;
    for letter in body.chars() {
        let of_id = letter.is_ascii_hexdigit() || letter == '-';
        if !(open && of_id) {
            parts.push(String::new());
        }
        open = of_id;
        parts.last_mut().expect("one was pushed").push(letter);
    }
    parts
}

fn is_id(part: &str) -> bool {
    !part.ends_with('=') && part.starts_with(|letter: char| letter.is_ascii_hexdigit() || letter == '-')
}
