//! Names of the objects that Rekey itself makes in a database.

use super::quote;
use crate::dialect::{MapIndex, tag};
use crate::plan::Conversion;

/// The table of the journal.
pub const JOURNAL: &str = "_rekey_run";
/// The table of what was rewritten in Redis.
pub const REDIS: &str = "_rekey_redis";
const PREFIX: &str = "_rekey_";

/// Names that belong to one plan: the same schema and conversions give the same names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    tag: String,
}

impl Names {
    /// The names for these conversions on this schema.
    pub fn new(schema_fingerprint: &str, conversions: &[Conversion]) -> Self {
        Names { tag: tag::tag(schema_fingerprint, conversions) }
    }

    /// The map of the conversion with that number, as SQL.
    pub fn map(&self, conversion: usize) -> String {
        quote::name(&format!("{PREFIX}map_{}_{conversion}", self.tag))
    }

    /// The index of a map whose old ids may be there twice, as SQL.
    pub fn map_index(&self, conversion: usize) -> String {
        quote::name(&format!("{PREFIX}map_{}_{conversion}_old", self.tag))
    }

    /// The index of a map over the ids of values that point nowhere, as SQL.
    pub fn map_strays(&self, conversion: usize) -> String {
        quote::name(&format!("{PREFIX}map_{}_{conversion}_strays", self.tag))
    }

    /// The index of a map over its new ids, as SQL.
    pub fn map_new(&self, conversion: usize) -> String {
        quote::name(&format!("{PREFIX}map_{}_{conversion}_new", self.tag))
    }

    /// The index of a map over its new ids that the way back in Redis makes before the undo.
    pub fn map_index_of_redis(&self, conversion: usize) -> MapIndex {
        let (map, name) = (self.map(conversion), format!("{PREFIX}map_{}_{conversion}", self.tag));
        MapIndex {
            there: format!(
                "SELECT CAST(EXISTS (SELECT 1 FROM pragma_index_list({}) i JOIN pragma_index_info(i.name) c \
                 WHERE i.partial = 0 AND c.seqno = 0 AND c.name = 'new_id') AS TEXT)",
                quote::text(&name)
            ),
            make: format!("CREATE INDEX IF NOT EXISTS {} ON {map} (new_id)", quote::name(&format!("{name}_redis"))),
        }
    }

    /// The spellings that a reference had beside its key's, kept for the undo, as SQL.
    pub fn spellings(&self, conversion: usize, member: usize) -> String {
        quote::name(&format!("{PREFIX}own_{}_{conversion}_{member}", self.tag))
    }

    /// The sequence values as they were, kept for the undo, as SQL.
    pub fn sequences(&self) -> String {
        quote::name(&format!("{PREFIX}seq_{}", self.tag))
    }

    /// The planner's statistics as they were, kept for the undo, as SQL.
    pub fn statistics(&self, table: &str) -> String {
        quote::name(&format!("{PREFIX}{}_{}", table.trim_start_matches("sqlite_"), self.tag))
    }

    /// A table that lives only while a run is at work. Not quoted.
    pub fn passing(&self, number: usize) -> String {
        format!("rk_{}_{number}", self.tag)
    }
}

/// True for a name that Rekey gives to objects of its own.
pub fn is_helper(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else {
        return name.strip_prefix("rk_").is_some_and(|rest| tag::is_next(rest) && rest[tag::LENGTH..].starts_with('_'));
    };
    rest == "run"
        || tag::is_redis(rest)
        || ["map_", "own_", "seq_", "stat1_", "stat4_"]
            .iter()
            .any(|kind| rest.strip_prefix(kind).is_some_and(tag::is_next))
}

/// True for a name that only Rekey may use, and that it did not give.
pub fn is_reserved(name: &str) -> bool {
    name.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX)) && !is_helper(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpers_are_known_by_their_names() {
        let names = Names::new("abc", &[]);
        for own in [
            names.map(3),
            names.spellings(0, 1),
            names.sequences(),
            names.statistics("sqlite_stat1"),
            names.passing(0),
            JOURNAL.to_owned(),
            REDIS.to_owned(),
            format!("{REDIS}_4k2j9x0q1z_0"),
        ] {
            let own = own.trim_matches('"');
            assert!(is_helper(own) && !is_reserved(own), "{own}");
        }
        for other in ["_rekey_notes", "_REKEY_run", "_rekey_map_x", "_rekey_redis_x"] {
            assert!(!is_helper(other) && is_reserved(other), "{other}");
        }
        for other in ["rk_orders", "rk_12345678", "rekey", "é"] {
            assert!(!is_helper(other) && !is_reserved(other), "{other}");
        }
    }
}
