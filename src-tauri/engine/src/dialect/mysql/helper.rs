//! Names of the objects that Rekey itself makes in a database.

use super::quote;
use crate::dialect::tag;
use crate::plan::Conversion;

/// The table of the journal.
pub const JOURNAL: &str = "_rekey_run";
/// The table of what was rewritten in Redis.
pub const REDIS: &str = "_rekey_redis";
const PREFIX: &str = "_rekey_";
const PASSING: &str = "rk_";
const KINDS: [&str; 5] = ["map_", "old_", "new_", "slice_", "kept_"];

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

    /// What all of them have in common.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The map of the conversion with that number, as SQL.
    pub fn map(&self, conversion: usize) -> String {
        quote::ident(&self.map_name(conversion))
    }

    /// The same without quotes.
    pub fn map_name(&self, conversion: usize) -> String {
        format!("{PREFIX}map_{}_{conversion}", self.tag)
    }

    /// The spellings of that conversion that its map does not have, as SQL.
    pub fn spellings(&self, conversion: usize) -> String {
        quote::ident(&format!("{PREFIX}kept_{}_{conversion}", self.tag))
    }

    /// The spellings that rows of a member of that conversion had of their own, as SQL.
    pub fn kept(&self, conversion: usize, member: usize) -> String {
        quote::ident(&format!("{PREFIX}kept_{}_{conversion}_{member}", self.tag))
    }

    /// How far the tables are filled, as SQL.
    pub fn slices(&self) -> String {
        quote::ident(&format!("{PREFIX}slice_{}", self.tag))
    }

    /// The new table of that number while it is built beside the live one. Not quoted.
    pub fn building(&self, number: usize, live: &str) -> String {
        roomy(format!("{PASSING}{}_{number}", self.tag), live)
    }

    /// The table of that number as it was before the run, kept until the user is sure. Not
    /// quoted.
    pub fn old(&self, number: usize, live: &str) -> String {
        roomy(format!("{PREFIX}old_{}_{number}", self.tag), live)
    }

    /// The table of that number as it was before an undo. Not quoted.
    pub fn new_away(&self, number: usize, live: &str) -> String {
        roomy(format!("{PREFIX}new_{}_{number}", self.tag), live)
    }
}

/// Letters that a sign takes in the name of a file, where it is neither letter nor digit.
const IN_A_FILE: usize = 5;

// A table's foreign keys without names of their own are renamed with it. MariaDB (10.11) keeps
// the room of the old name unless the new one is longer in the spelling of files, in which a
// sign takes five letters; where it only looks longer to people it is written beyond that
// room, and the server crashes. Dashes make it longer in both.
fn roomy(mut name: String, live: &str) -> String {
    let in_a_file: usize =
        live.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { 1 } else { IN_A_FILE }).sum();
    let plain = name.len();
    if live.len() < plain && in_a_file >= plain {
        name.push_str(&"-".repeat((in_a_file - plain) / IN_A_FILE + 1));
    }
    name
}

/// True for a name that Rekey gives to objects of its own.
pub fn is_helper(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else {
        return name.strip_prefix(PASSING).is_some_and(is_tagged);
    };
    rest == "run" || tag::is_redis(rest) || KINDS.iter().any(|kind| rest.strip_prefix(kind).is_some_and(tag::is_next))
}

/// True for a name that only Rekey may use, and that it did not give.
pub fn is_reserved(name: &str) -> bool {
    name.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX)) && !is_helper(name)
}

fn is_tagged(rest: &str) -> bool {
    tag::is_next(rest) && rest.as_bytes().get(tag::LENGTH) == Some(&b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_room_for_what_follows_it() {
        assert_eq!(roomy("rk_12345678_1".to_owned(), "orders"), "rk_12345678_1");
        assert_eq!(roomy("rk_12345678_1".to_owned(), "a, (a)"), "rk_12345678_1--");
        assert_eq!(roomy("rk_12345678_1".to_owned(), "a longer name than that"), "rk_12345678_1");
        assert!(roomy("_rekey_old_12345678_100".to_owned(), &"-".repeat(22)).len() <= 64);
    }

    #[test]
    fn helpers_are_known_by_their_names() {
        let names = Names::new("abc", &[]);
        let own = [
            names.map(3),
            names.spellings(0),
            names.kept(0, 12),
            names.slices(),
            names.building(0, "a"),
            names.old(1, "a"),
            names.new_away(2, "order-lines-of-you"),
            JOURNAL.to_owned(),
            REDIS.to_owned(),
            format!("{REDIS}_4k2j9x0q1z_0"),
        ];
        for own in own {
            let own = own.trim_matches('`');
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
