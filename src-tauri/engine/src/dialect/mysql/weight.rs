//! The locks that statements take (dev.mysql.com/doc/refman/8.4/en/metadata-locking.html,
//! mariadb.com/kb/en/metadata-locking). A statement that is not known is taken for the heaviest.

use crate::dialect::weight::{Lock, NONE, Reach, Weight, body, head, names, one_by_one};
use crate::plan::Step;

const METADATA: Lock = (Reach::Everybody, "exclusive metadata lock");

/// What a statement means to others.
pub fn weigh(step: &Step, statement: &str) -> Weight {
    let did = body(statement);
    let own = is_own(did);
    let needed = names(statement, '`').any(|name| name.starts_with("_rekey_map_") || name.starts_with("_rekey_old_"));
    one_by_one(lock(did, own), step, statement, own, needed)
}

// The first name is the table's, or its database's. An exchange names the live tables first.
fn is_own(statement: &str) -> bool {
    let ours = |name: &str| name.starts_with("_rekey_") || name.starts_with("rk_");
    !head(statement).starts_with("RENAME") && names(statement, '`').take(2).any(ours)
}

fn lock(statement: &str, own: bool) -> Lock {
    let head = head(statement);
    let is = |verbs: &[&str]| verbs.iter().any(|verb| head.starts_with(verb));
    if is(&["LOCK TABLES"]) {
        let written = statement.contains(" WRITE");
        return if written {
            (Reach::Everybody, "LOCK TABLES ... WRITE")
        } else {
            (Reach::Writers, "LOCK TABLES ... READ")
        };
    }
    if own || is(&["SET", "SELECT", "DO", "ANALYZE"]) {
        return NONE;
    }
    if is(&["INSERT", "REPLACE", "UPDATE", "DELETE"]) {
        return (Reach::Writers, "row locks");
    }
    if is(&["CREATE"]) && !is(&["CREATE TRIGGER", "CREATE DEFINER", "CREATE INDEX", "CREATE UNIQUE"]) {
        return NONE;
    }
    METADATA
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Reversal;
    use crate::plan::Action;

    fn weighed(action: Action, statement: &str) -> (Reach, Reversal) {
        let step = Step { id: String::new(), action, title: String::new(), statements: Vec::new() };
        let weight = weigh(&step, statement);
        (weight.reach, weight.reversal)
    }

    #[test]
    fn what_follows_common_table_expressions_is_what_counts() {
        let table = || Action::ConvertTable { table: "s.a".to_owned() };
        let beside = "WITH c AS (SELECT * FROM `s`.`_rekey_map_00000000_0`) ";
        let weighed = |rest: &str| weighed(table(), &format!("{beside}{rest}"));
        assert_eq!(weighed("SELECT * FROM c"), (Reach::Nobody, Reversal::Nothing));
        assert_eq!(weighed("UPDATE `s`.`a` SET b = 1"), (Reach::Writers, Reversal::Undone));
        assert_eq!(weighed("DELETE FROM `s`.`rk_00000000_1`"), (Reach::Nobody, Reversal::Removed));
    }

    #[test]
    fn what_is_built_beside_holds_nobody_up_and_the_exchange_everybody() {
        let table = || Action::ConvertTable { table: "s.a".to_owned() };
        assert_eq!(weighed(Action::LockTables, "LOCK TABLES `s`.`a` READ"), (Reach::Writers, Reversal::Nothing));
        assert_eq!(
            weighed(table(), "INSERT INTO `s`.`rk_00000000_1` (`id`) SELECT 1"),
            (Reach::Nobody, Reversal::Removed)
        );
        let exchange = "RENAME TABLE `s`.`a` TO `s`.`_rekey_old_00000000_1`";
        assert_eq!(weighed(Action::CutOver, exchange), (Reach::Everybody, Reversal::Undone));
        assert_eq!(
            weighed(Action::CleanUp, "DROP TABLE IF EXISTS `_rekey_slice_00000000`"),
            (Reach::Nobody, Reversal::Removed)
        );
        assert_eq!(
            weighed(Action::CleanUp, "DROP TABLE IF EXISTS `_rekey_map_00000000_0`"),
            (Reach::Nobody, Reversal::Never)
        );
    }
}
