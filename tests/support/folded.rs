//! Texts that a server holds for one though they are spelt differently.

use std::collections::{BTreeMap, BTreeSet};

use super::oracle::Members;
use super::rows::{ColumnId, Rows, key_text};

/// The rows with each reference to one of those keys spelt as its key, where the server holds them for one; of
/// those that no key is like, as the first in order.
pub fn as_keys_spell(mut rows: Rows, members: &Members, ignoring_case: &BTreeSet<ColumnId>) -> Rows {
    for root in ignoring_case {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        let own = members.iter().filter(|(_, of)| *of == root).map(|(member, _)| member);
        let (keys, references): (Vec<&ColumnId>, Vec<&ColumnId>) = own.partition(|member| *member == root);
        for members in [keys, references] {
            let mut found: Vec<String> = members.iter().flat_map(|member| literals(&rows, member)).collect();
            found.sort();
            for literal in found {
                known.entry(folded(&literal)).or_insert(literal);
            }
        }
        for (member, _) in members.iter().filter(|(_, of)| *of == root) {
            each(&mut rows, member, |literal| *literal = known[&folded(literal)].clone());
        }
    }
    rows
}

fn folded(literal: &str) -> String {
    key_text(literal).unwrap_or_default().trim_end().to_lowercase()
}

fn literals(rows: &Rows, column: &ColumnId) -> Vec<String> {
    let mut found = Vec::new();
    each(&mut rows.clone(), column, |literal| found.push(literal.clone()));
    found
}

// Every value that is there, as the product writes it.
fn each(rows: &mut Rows, column: &ColumnId, mut change: impl FnMut(&mut String)) {
    let Some(content) = rows.get_mut(&(column.0.clone(), column.1.clone())) else { return };
    let at = content.columns.iter().position(|name| *name == column.2).expect("the column is there");
    for row in &mut content.rows {
        if key_text(&row[at]).is_some() {
            change(&mut row[at]);
        }
    }
}
