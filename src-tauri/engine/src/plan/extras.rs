//! What is wished for beside the keys: references led elsewhere, columns of short ids.

use crate::error::{Error, Result};
use crate::plan::{Choices, Conversion, Refusal, Selection, Slug};
use crate::schema::Schema;

/// Refuses what no plan could do.
pub(super) fn check(schema: &Schema, choices: &Choices) -> Result<()> {
    let mut reasons = Vec::new();
    for one in &choices.repoint {
        let taken = match &choices.selection {
            Selection::All => true,
            Selection::Domains { roots } => roots.contains(&one.root),
        };
        if !taken {
            reasons.push(format!(
                "RK-177 {}: its references are to lead elsewhere, but it is not among the chosen domains",
                one.root
            ));
        }
    }
    for slug in &choices.slugs {
        reasons.extend(against(schema, slug));
    }
    if reasons.is_empty() { Ok(()) } else { Err(Error::Refused { reasons }) }
}

fn against(schema: &Schema, slug: &Slug) -> Option<String> {
    let Some(table) = schema.tables.get(&slug.table) else {
        return Some(format!("RK-178 {}: there is no such table to give short ids to", slug.table));
    };
    if table.column(&slug.column).is_some() {
        return Some(format!(
            "RK-178 {}.{}: the column for short ids is there already; name another one",
            slug.table, slug.column
        ));
    }
    let heirs = schema.tables.values().any(|other| other.parents.contains(&slug.table));
    (heirs || !table.parents.is_empty()).then(|| {
        format!(
            "RK-178 {}: a table in an inheritance tree gets no column of its own from Rekey; add it by hand",
            slug.table
        )
    })
}

/// Refuses short ids for a table whose key is not converted. Where the key was refused, its
/// own reasons say why.
pub(super) fn check_taken(choices: &Choices, conversions: &[Conversion], refused: &[Refusal]) -> Result<()> {
    let known = |slug: &&Slug| {
        conversions
            .iter()
            .map(|one| &one.root)
            .chain(refused.iter().map(|one| &one.root))
            .any(|root| root.table == slug.table)
    };
    let strays = choices.slugs.iter().filter(|slug| !known(slug));
    let reasons: Vec<String> = strays
        .map(|slug| {
            format!("RK-179 {}: short ids are for tables whose own key is converted, and this one's is not", slug.table)
        })
        .collect();
    if reasons.is_empty() { Ok(()) } else { Err(Error::Refused { reasons }) }
}
