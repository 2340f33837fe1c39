//! What stands in the way here and now, whatever is to be converted.

use std::path::Path;

use super::{blockers, open};
use crate::check::{Finding, Severity};
use crate::schema::Schema;
use crate::{Error, Result};

/// Looks at the file, its folder, who uses it, and references that lead nowhere.
pub fn preflight(path: &Path, schema: &Schema) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    match open::must_be_writable(path) {
        Ok(()) => {}
        Err(Error::ReadOnly { place, detail }) => found.push(Finding::new(
            Severity::Block,
            "RK-230",
            place,
            format!("The database cannot be written: {detail}."),
            "Make the file and its folder writable for the user who runs Rekey.",
        )),
        Err(other) => return Err(other),
    }
    for holder in blockers::holders(path) {
        found.push(Finding::new(
            Severity::Warn,
            "RK-231",
            path.display().to_string(),
            format!("Another program is using the file: {holder}."),
            "Stop the application before the conversion; Rekey waits only briefly for it.",
        ));
    }
    found.extend(missing_parents(schema));
    Ok(found)
}

fn missing_parents(schema: &Schema) -> Vec<Finding> {
    let references = schema
        .catalogue
        .objects
        .iter()
        .filter_map(|(name, attributes)| Some((name.strip_prefix("foreign key ")?, attributes.get("parent")?)));
    references
        .filter(|(_, parent)| !schema.tables.keys().any(|table| table.name.eq_ignore_ascii_case(parent)))
        .map(|(name, parent)| {
            Finding::new(
                Severity::Info,
                "RK-229",
                name.to_owned(),
                format!("The reference points to a table '{parent}' that is not there. It stays as it is."),
                "Nothing needs to be done for the conversion.",
            )
        })
        .collect()
}
