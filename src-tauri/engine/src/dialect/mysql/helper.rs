//! Names of the objects that Rekey itself makes in a database.

use super::quote;
use crate::dialect::tag;
use crate::plan::Conversion;

/// The table of the journal.
pub const JOURNAL: &str = "_rekey_run";
const PREFIX: &str = "_rekey_";

/// The map of the conversion with that number, as SQL.
pub fn map_table(schema_fingerprint: &str, conversions: &[Conversion], conversion: usize) -> String {
    quote::ident(&format!("{PREFIX}map_{}_{conversion}", tag::tag(schema_fingerprint, conversions)))
}

/// True for a name that Rekey gives to objects of its own.
pub fn is_helper(name: &str) -> bool {
    name.starts_with(PREFIX)
        || name
            .strip_prefix("rk_")
            .is_some_and(|rest| tag::is_next(rest) && rest.as_bytes().get(tag::LENGTH) == Some(&b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpers_are_known_by_their_names() {
        for own in [map_table("abc", &[], 3).trim_matches('`'), JOURNAL, "rk_0123abcd_4"] {
            assert!(is_helper(own), "{own}");
        }
        for other in ["rk_orders", "rk_12345678", "rekey", "é", "rk_ééééé"] {
            assert!(!is_helper(other), "{other}");
        }
    }
}
